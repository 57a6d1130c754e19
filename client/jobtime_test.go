package client_test

import (
	"encoding/json"
	"testing"
	"time"

	"ampedit/client"
)

func TestJobTime(t *testing.T) {
	whole := time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)
	half := whole.Add(500 * time.Millisecond)
	for text, want := range map[string]time.Time{
		"1793698200":                       whole,
		"1793698200.0":                     whole,
		"1793698200.5":                     half,
		"1.7936982e9":                      whole,
		"1.7936982E+09":                    whole,
		"1793698200500":                    half,
		"1793698200500000":                 half,
		"1793698200500000000":              half,
		"17936982000e-1":                   whole,
		" 1793698200\n":                    whole,
		"\u00a01793698200\u00a0":           whole,
		"99999999999":                      time.Date(5138, time.November, 16, 9, 46, 39, 0, time.UTC),
		"100000000000":                     time.Date(1973, time.March, 3, 9, 46, 40, 0, time.UTC),
		"99999999999999":                   time.Date(5138, time.November, 16, 9, 46, 39, 999_000_000, time.UTC),
		"2026-11-03T09:30:00Z":             whole,
		"2026-11-03T10:30:00+01:00":        whole,
		"2026-11-03T09:30:00.5Z":           half,
		"2026-11-03T09:30:00.500000000Z":   half,
		"2026-11-03T09:30:00":              whole,
		"2026-11-03T09:30:00.500":          half,
		"Tue, 03 Nov 2026 09:30:00 GMT":    whole,
		"Tue, 03 Nov 2026 09:30:00 UTC":    whole,
		"Tue, 03 Nov 2026 08:30:00 -0100":  whole,
		"Tue, 03 Nov 2026 09:50:00 +0020":  whole,
		"Tuesday, 03-Nov-26 09:30:00 GMT":  whole,
		"Tue Nov  3 09:30:00 2026":         whole,
		"\t Tue Nov  3 09:30:00 2026 \r\n": whole,
		"9999-12-31T23:59:59Z":             time.Date(9999, time.December, 31, 23, 59, 59, 0, time.UTC),
		"1970-01-01T00:00:00Z":             time.Unix(0, 0),
		"1969-12-31T23:30:00-01:00":        time.Unix(1800, 0),
	} {
		if got, ok := client.JobTime(text); !ok || !got.Equal(want) || got.Location() != time.UTC {
			t.Errorf("%q is read as %v, %t; want %v", text, got, ok, want)
		}
	}
}

func TestJobTimesThatAreNotUnderstood(t *testing.T) {
	for _, text := range []string{
		"", " ", "yesterday", "3 Nov", "0", "0.0", "-5", "+5", "1.", ".5", "1e", "1 793 698 200", "1_793_698_200",
		"NaN", "Inf", "Infinity", "0x6AE9F8D8", "0x1p31", "1e20", "1e300", "1e999999999", "１７９３６９８２００",
		"0000-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00", "10000-01-01T00:00:00Z",
		"2026-13-03T09:30:00Z", "2026-11-03", "Tue, 03 Nov 2026 09:30:00 CEST", "Tue, 03 Nov 2026 09:30:00 +05",
		"Tuesday, 03-Nov-26 09:30:00 PST", "Sunday, 31-Aug-69 09:30:00 GMT",
	} {
		if got, ok := client.JobTime(text); ok || !got.IsZero() {
			t.Errorf("%q is read as %v, %t", text, got, ok)
		}
	}
}

func FuzzJobTime(f *testing.F) {
	for _, text := range []string{"1793698200", "1793698200.5", "17e8", "2026-11-03T09:30:00.5+01:00", "Tue, 03 Nov 2026 09:30:00 GMT", "Tuesday, 03-Nov-26 09:30:00 GMT", "Tue Nov  3 09:30:00 2026"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := client.JobTime(text)
		if !ok {
			return
		}
		data, err := json.Marshal(got)
		if err != nil {
			t.Fatalf("%q is read as %v: %v", text, got, err)
		}
		var back time.Time
		if err := json.Unmarshal(data, &back); err != nil || !back.Equal(got) {
			t.Errorf("%q is read as %v, and back from %s as %v: %v", text, got, data, back, err)
		}
	})
}
