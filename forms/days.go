package forms

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// The limits of an API key's life in days, as AppSync's and Amplify's own checks
// have them.
const (
	MinKeyDays = 1
	MaxKeyDays = 365
)

const day = 24 * time.Hour

// errStatedDays is what is wrong with days in a file, which other tools send as they
// stand.
var errStatedDays = errors.New("a file states whole days, 1 to 365")

var errDays = errors.New("give days from 1 to 365, +90 after the present end, or a date such as 2027-04-30")

// ParseDays reads an API key's life: a number of days from now, "+N" days after
// the key's present end, or a date (the whole of that day in now's time zone is
// covered). The result is 1 to 365. An end of zero is not known; "+N" then counts
// from now.
func ParseDays(text string, now, end time.Time) (int, error) {
	text = strings.TrimSpace(text)
	if after, ok := strings.CutPrefix(text, "+"); ok {
		n, err := strconv.ParseUint(after, 10, 16)
		if err != nil {
			return 0, errDays
		}
		if end.IsZero() {
			return inKeyLimits(int(n))
		}
		return daysUntil(end.Truncate(time.Hour).Add(time.Duration(n)*day), now)
	}
	if date, err := time.ParseInLocation(time.DateOnly, text, now.Location()); err == nil {
		return daysUntil(date.AddDate(0, 0, 1), now)
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, errDays
	}
	return inKeyLimits(n)
}

// daysUntil returns the smallest number of days for which a key that is made now,
// its end rounded down to the hour, is good until the target.
func daysUntil(target, now time.Time) (int, error) {
	n := int(math.Ceil(float64(target.Sub(now)) / float64(day)))
	if n >= MinKeyDays && KeyEnd(now, n).Before(target) {
		n++
	}
	if n < MinKeyDays {
		return 0, fmt.Errorf("%s is not in the future; a key lives 1 to 365 days", target.Add(-time.Second).Format(time.DateOnly))
	}
	return inKeyLimits(n)
}

func inKeyLimits(n int) (int, error) {
	if n < MinKeyDays || n > MaxKeyDays {
		return 0, fmt.Errorf("%d days are outside of what AppSync allows, 1 to 365 days", n)
	}
	return n, nil
}

// KeyEnd returns when an API key ends that is made now for so many days: AppSync
// rounds the end down to the hour.
func KeyEnd(now time.Time, days int) time.Time {
	return now.Add(time.Duration(days) * day).UTC().Truncate(time.Hour)
}

// FormatEnd writes an end in UTC and, where it differs, in the time zone loc.
func FormatEnd(end time.Time, loc *time.Location) string {
	utc := end.UTC().Format("Mon 2 Jan 2006 15:04 MST")
	local := end.In(loc)
	if _, offset := local.Zone(); offset == 0 {
		return utc
	}
	layout := "15:04 MST"
	if local.YearDay() != end.UTC().YearDay() {
		layout = "Mon 2 Jan 15:04 MST"
	}
	return fmt.Sprintf("%s (%s)", utc, local.Format(layout))
}
