package charset_test

import (
	"errors"
	"testing"

	"ampedit/client/charset"
)

func TestUTF8(t *testing.T) {
	for data, want := range map[string]string{
		"": "", "a": "a", "{}": "{}", "\xef\xbb\xbfé\n": "é\n", "\uFFFD": "\uFFFD", "\x00\x00": "\x00\x00",
	} {
		if text, err := charset.UTF8([]byte(data)); err != nil || string(text) != want {
			t.Errorf("%q: %q, %v", data, text, err)
		}
	}
	for data, want := range map[string]charset.Error{
		"\xff\xfe{\x00}\x00":     {UTF16: true, Line: 1, Column: 1},
		"\xfe\xff\x00{\x00}":     {UTF16: true, Line: 1, Column: 1},
		"{\x00}\x00":             {UTF16: true, Line: 1, Column: 1},
		"\x00{\x00}":             {UTF16: true, Line: 1, Column: 1},
		"\xef\xbb\xbfä\nüb\xe4c": {Offset: 9, Line: 2, Column: 3, Byte: 0xe4},
	} {
		_, err := charset.UTF8([]byte(data))
		var got *charset.Error
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%q: %+v, want %+v", data, err, want)
		}
	}
}
