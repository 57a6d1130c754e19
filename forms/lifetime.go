package forms

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

var errLifetime = errors.New("give whole milliseconds in digits, or a time such as 90s, 15m, 1h or 30d")

// ParseLifetime reads the lifetime of an OpenID Connect token: digits are
// milliseconds, otherwise a number and a unit (s, m, h, d), or several of them.
// The result is at least one millisecond.
func ParseLifetime(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil {
		if ms < 1 || ms > math.MaxInt64/int64(time.Millisecond) || text[0] == '+' {
			return 0, errLifetime
		}
		return time.Duration(ms) * time.Millisecond, nil
	}
	var days time.Duration
	if n, rest, ok := strings.Cut(text, "d"); ok {
		count, err := strconv.ParseUint(n, 10, 16)
		if err != nil {
			return 0, errLifetime
		}
		days, text = time.Duration(count)*day, rest
		if text == "" {
			text = "0s"
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 || text == "" || days+d < time.Millisecond || (days+d)%time.Millisecond != 0 {
		return 0, errLifetime
	}
	return days + d, nil
}

// Milliseconds writes a lifetime as the service wants it: whole milliseconds in
// decimal digits.
func Milliseconds(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }

// describeLifetime writes a lifetime for people, such as 1 h 30 m.
func describeLifetime(d time.Duration) string {
	var parts []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{day, "d"}, {time.Hour, "h"}, {time.Minute, "m"}, {time.Second, "s"}, {time.Millisecond, "ms"}} {
		if n := d / unit.size; n > 0 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+unit.name)
			d -= n * unit.size
		}
	}
	return strings.Join(parts, " ")
}
