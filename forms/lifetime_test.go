package forms_test

import (
	"strconv"
	"testing"
	"time"

	"ampedit/forms"
)

func TestParseLifetime(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"3600000":       time.Hour,
		"1":             time.Millisecond,
		" 1h ":          time.Hour,
		"90s":           90 * time.Second,
		"15m":           15 * time.Minute,
		"1h30m":         90 * time.Minute,
		"1.5h":          90 * time.Minute,
		"500ms":         500 * time.Millisecond,
		"30d":           30 * oneDay,
		"1d12h":         36 * time.Hour,
		"0d1h":          time.Hour,
		"9223372036854": 9223372036854 * time.Millisecond,
	} {
		if got, err := forms.ParseLifetime(text); err != nil || got != want {
			t.Errorf("%q: got %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{
		"", " ", "0", "-1", "+5", "1.5", "h", "d", "1x", "1 h", "-1h", "1d-2h", "1h30d", "0s", "0d", "5us", "1ms1us",
		"1e3", "1_000", "9223372036855", "99999999999999999999", "70000d", "65535d999999h", "٣", "one hour",
	} {
		if got, err := forms.ParseLifetime(text); err == nil {
			t.Errorf("%q was taken for %v", text, got)
		}
	}
}

func TestMillisecondsAreWhatTheServiceWants(t *testing.T) {
	for text, want := range map[string]string{"1h": "3600000", "90s": "90000", "30d": "2592000000", "250": "250"} {
		d, err := forms.ParseLifetime(text)
		if got := forms.Milliseconds(d); err != nil || got != want {
			t.Errorf("%q: got %s, %v; want %s", text, got, err, want)
		}
	}
}

func FuzzParseLifetime(f *testing.F) {
	for _, text := range append([]string{"1d2h", "65535d2000000h", "1.0000001s"}, texts...) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := forms.ParseLifetime(text)
		if err != nil {
			return
		}
		if d < time.Millisecond || d%time.Millisecond != 0 {
			t.Errorf("%q gives %v", text, d)
		}
		digits := forms.Milliseconds(d)
		again, err := forms.ParseLifetime(digits)
		if _, errDigits := strconv.ParseUint(digits, 10, 64); errDigits != nil || err != nil || again != d {
			t.Errorf("%q is sent as %q, which reads as %v, %v", text, digits, again, err)
		}
	})
}
