package forms_test

import (
	"strings"
	"testing"
	"time"

	"ampedit/forms"
)

func TestParseDays(t *testing.T) {
	inFiveDays := noon.Add(5 * oneDay)
	for _, test := range []struct {
		text string
		end  time.Time
		want int
		err  string
	}{
		{text: "30", want: 30},
		{text: " 30 ", want: 30},
		{text: "1", want: 1},
		{text: "365", want: 365},
		{text: "007", want: 7},
		{text: "0", err: "outside"},
		{text: "366", err: "outside"},
		{text: "-1", err: "outside"},
		{text: "99999999999999999999", err: "give days"},
		{text: "", err: "give days"},
		{text: "1.5", err: "give days"},
		{text: "1e2", err: "give days"},
		{text: "thirty", err: "give days"},
		{text: "٣", err: "give days"},

		{text: "+90", want: 90},
		{text: "+90", end: inFiveDays, want: 95},
		{text: "+0", end: inFiveDays, want: 5},
		{text: "+90", end: noon.Add(-2 * oneDay), want: 88},
		{text: "+1", end: noon.Add(time.Minute), want: 1},
		{text: "+1", end: noon.Add(time.Hour), want: 2},
		{text: "+1", end: noon.Add(-3 * oneDay), err: "not in the future"},
		{text: "+361", end: inFiveDays, err: "outside"},
		{text: "+0", err: "outside"},
		{text: "++5", err: "give days"},
		{text: "+-5", err: "give days"},
		{text: "+", err: "give days"},
		{text: "+60000", err: "outside"},
		{text: "+1000000000000", end: inFiveDays, err: "give days"},

		{text: "2026-11-23", want: 2},
		{text: "2026-11-22", want: 1},
		{text: "2027-11-20", want: 364},
		{text: "2026-11-21", err: "not in the future"},
		{text: "2028-01-01", err: "outside"},
		{text: "9999-12-31", err: "outside"},
		{text: "2027-02-29", err: "give days"},
		{text: "2027-4-30", err: "give days"},
	} {
		got, err := forms.ParseDays(test.text, noon, test.end)
		switch {
		case test.err == "" && (err != nil || got != test.want):
			t.Errorf("%q with the end %v: got %d, %v; want %d", test.text, test.end, got, err, test.want)
		case test.err != "" && (err == nil || !strings.Contains(err.Error(), test.err)):
			t.Errorf("%q with the end %v: got %d, %v; want an error with %q", test.text, test.end, got, err, test.err)
		}
	}
}

// TestDatesAreCovered holds that the key is still good at the end of the day
// that was typed, whatever the time of day, and not a day longer than needed.
func TestDatesAreCovered(t *testing.T) {
	for _, zone := range []*time.Location{time.UTC, berlin, time.FixedZone("", 5*3600+1800), time.FixedZone("", -10*3600)} {
		for half := range 48 {
			now := time.Date(2026, time.November, 22, half/2, half%2*30+10, 0, 1, zone)
			days, err := forms.ParseDays("2027-04-30", now, time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			over := time.Date(2027, time.May, 1, 0, 0, 0, 0, zone)
			if end := forms.KeyEnd(now, days); end.Before(over) {
				t.Errorf("at %v: %d days end at %v, before the day is over", now, days, end)
			}
			if shorter := forms.KeyEnd(now, days-1); !shorter.Before(over) {
				t.Errorf("at %v: %d days are one too many", now, days)
			}
		}
	}
}

func TestKeyEndIsRoundedDownToTheHour(t *testing.T) {
	for _, test := range []struct {
		now  time.Time
		days int
		want string
	}{
		{noon, 30, "2026-12-22T12:00:00Z"},
		{time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 1, "2026-01-02T00:00:00Z"},
		{time.Date(2026, 1, 1, 0, 59, 59, 999, time.UTC), 365, "2027-01-01T00:00:00Z"},
		{time.Date(2026, 1, 1, 0, 15, 0, 0, time.FixedZone("", 5*3600+1800)), 1, "2026-01-01T18:00:00Z"},
	} {
		if got := forms.KeyEnd(test.now, test.days).Format(time.RFC3339); got != test.want {
			t.Errorf("%v and %d days: got %s, want %s", test.now, test.days, got, test.want)
		}
	}
}

func TestFormatEnd(t *testing.T) {
	end := time.Date(2026, time.December, 22, 14, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		zone *time.Location
		want string
	}{
		{time.UTC, "Tue 22 Dec 2026 14:00 UTC"},
		{time.FixedZone("GMT", 0), "Tue 22 Dec 2026 14:00 UTC"},
		{berlin, "Tue 22 Dec 2026 14:00 UTC (15:00 CET)"},
		{time.FixedZone("NZDT", 13*3600), "Tue 22 Dec 2026 14:00 UTC (Wed 23 Dec 03:00 NZDT)"},
		{time.FixedZone("HST", -15*3600), "Tue 22 Dec 2026 14:00 UTC (Mon 21 Dec 23:00 HST)"},
	} {
		if got := forms.FormatEnd(end, test.zone); got != test.want {
			t.Errorf("%v: got %q, want %q", test.zone, got, test.want)
		}
	}
}

func FuzzParseDays(f *testing.F) {
	for _, text := range texts {
		f.Add(text, int64(5))
	}
	f.Fuzz(func(t *testing.T, text string, endDays int64) {
		end := noon.Add(time.Duration(endDays % 100000 * int64(oneDay)))
		n, err := forms.ParseDays(text, noon, end)
		if err == nil && (n < forms.MinKeyDays || n > forms.MaxKeyDays) {
			t.Errorf("%q gives %d days", text, n)
		}
	})
}
