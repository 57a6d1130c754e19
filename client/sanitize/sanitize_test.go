package sanitize_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"ampedit/client/sanitize"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", "a b, ‘é’ ✓ ┃ 日本 🙂", "a b, ‘é’ ✓ ┃ 日本 🙂"},
		{"line breaks", "a\nb\r\nc\rd\u2028e\u2029f\u0085g", "a b c d e f g"},
		{"tab", "a\tb", "a b"},
		{"colours", "\x1b[31mred\x1b[0m", "red"},
		{"hidden by a style", "\x1b[8mhidden\x1b[28m", "hidden"},
		{"clipboard", "a\x1b]52;c;Zm9v\x07b", "ab"},
		{"hyperlink", "\x1b]8;;https://x\x1b\\here\x1b]8;;\x1b\\", "here"},
		{"C1", "a\u009b31mb\u009d52;c;x\u009cc", "abc"},
		{"what ends too soon hides nothing", "a\x1b]52;c;the rest", "a]52;c;the rest"},
		{"likewise", "a\x1bPthe rest", "aPthe rest"},
		{"likewise, of one byte", "a\x9bthe rest", "a\uFFFDthe rest"},
		{"bidi", "a\u202eb\u2066c\u200ed\u061ce", "abcde"},
		{"not drawn", "a\u200bb\u200dc\u2060d\ufeffe\u00adf\u034fg\ufe0fh\u3164i", "abcdefghi"},
		{"NUL, DEL and their like", "a\x00b\x7fc\x08d\u0080e", "abcde"},
		{"no UTF-8", "a\xffb\xc3", "a\uFFFDb\uFFFD"},
		{"secret", "key da2-abcdefghijklmnop", "key [redacted]"},
		{"secret that is not drawn whole", "key da2\u200b-abc\u200bdefghijklmnop", "key [redacted]"},
		{"secret with a style in it", "key da2-abc\x1b[1mdefghijklmnop", "key [redacted]"},
		{"header up to its end", "Cookie: a b\nA: c", "Cookie: [redacted] A: c"},
	} {
		if got := sanitize.Line(c.text); string(got) != c.want {
			t.Errorf("%s: %q became %q, want %q", c.name, c.text, got, c.want)
		}
		if got := sanitize.Error(errors.New(c.text)); string(got) != c.want {
			t.Errorf("%s, of an error: %q", c.name, got)
		}
	}
	if got := sanitize.Lines("a\r\n\tb da2-abcdefghijklmnop"); got != "a\n  b [redacted]" {
		t.Errorf("%q", got)
	}
	if got := sanitize.Verbatim("a\n\x1b[8mda2-abcdefghijklmnop"); got != "a\nda2-abcdefghijklmnop" {
		t.Errorf("%q", got)
	}
}

type named string

func TestFormat(t *testing.T) {
	const hostile = "\x1b[1m\u202eda2-abcdefghijklmnop\n"
	got := sanitize.Format("%s|%s|%v|%s|%d|%5.1f|%v", sanitize.Text("\x1b[1mstyled\x1b[0m"), hostile, errors.New(hostile), named(hostile), 7, 1.25, true)
	if want := "\x1b[1mstyled\x1b[0m|[redacted] |[redacted] |[redacted] |7|  1.2|true"; string(got) != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := sanitize.Join([]sanitize.Text{"a", "b"}, ", "); got != "a, b" {
		t.Errorf("%q", got)
	}
}

func TestJSON(t *testing.T) {
	got, err := sanitize.JSON(map[string]any{"a": "é\u009b\u202e<\U000E0041>\u2028\ufeff", "b": "da2-abcdefghijklmnop\","}, "")
	if want := `{"a":"é\u009b\u202e<\udb40\udc41>\u2028\ufeff","b":"[redacted]\","}` + "\n"; err != nil || string(got) != want {
		t.Errorf("%s, want %s, error %v", got, want, err)
	}
	if _, err := sanitize.JSON(func() {}, ""); err == nil {
		t.Error("a function was encoded")
	}
}

// Whatever comes in, only what is drawn comes out, once and for all; JSON says the
// same as before.
func TestAnything(t *testing.T) {
	pieces := []string{"\x1b", "[", "]", "31m", "52;c;", "\x07", "\x1b\\", "\u009b", "\u202e", "\u200b", "\x00", "\xff", "\n", "\t", "a", "é", "🙂", "da2-abcdefghijklmnop", "\U000E0041"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, 9).Draw(t, "pieces"), "")
		for _, got := range []sanitize.Text{sanitize.Line(text), sanitize.Lines(text), sanitize.Verbatim(text)} {
			for _, r := range string(got) {
				if r != '\n' && !sanitize.Drawn(r) {
					t.Fatalf("%q became %q", text, got)
				}
			}
			if !utf8.ValidString(string(got)) {
				t.Fatalf("%q became %q", text, got)
			}
		}
		if line := sanitize.Line(text); sanitize.Line(string(line)) != line || strings.Contains(string(line), "\n") {
			t.Fatalf("%q became %q", text, line)
		}
		data, err := sanitize.JSON(text, "")
		var back string
		if err != nil || json.Unmarshal(data, &back) != nil || strings.ContainsAny(string(data), "\u009b\u202e\u200b\U000E0041") {
			t.Fatalf("%q became %s, error %v", text, data, err)
		}
		if want := strings.ToValidUTF8(text, "\uFFFD"); !strings.Contains(text, "da2-") && len([]rune(back)) != len([]rune(text)) {
			t.Fatalf("%q came back as %q, want %q", text, back, want)
		}
	})
}
