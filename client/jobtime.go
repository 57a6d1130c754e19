package client

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// decimal is a number as JSON and people write it, without a sign.
var decimal = regexp.MustCompile(`^[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$`)

// epochs are the units in which a number may count the time since 1970, each with
// the number from which on a smaller unit is meant: 1e11 seconds would be after the
// year 5000.
var epochs = []struct{ below, perSecond float64 }{{1e11, 1}, {1e14, 1e3}, {1e17, 1e6}, {1e20, 1e9}}

// layouts are the usual forms of a date, each with any fraction of a second. A time
// without a zone counts as UTC. The numeric zone comes before the named one, for
// which a number would be a name.
var layouts = []string{time.RFC3339, "2006-01-02T15:04:05", time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC}

// JobTime reads a time of a job. The service documents it as a string and nothing
// more. Seconds, milliseconds, microseconds and nanoseconds since 1970 are
// understood, told apart by their magnitude, and the usual layouts: RFC 3339, also
// without a zone, RFC 1123, RFC 850 and ANSI C. White space around it does not
// matter. The time is in UTC, to a microsecond if it was a number, and from 1970 to
// 9999, which is what JSON can hold; anything else is not understood.
func JobTime(text string) (time.Time, bool) {
	text = strings.TrimSpace(text)
	if decimal.MatchString(text) {
		return epochTime(text)
	}
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, text, time.UTC)
		if err != nil {
			continue
		}
		// For a name that it does not know, such as CEST, time makes up a zone.
		if zone, _ := t.Zone(); zone != "" && zone != "UTC" && !strings.HasPrefix(zone, "GMT") {
			break
		}
		if t = t.UTC(); t.Year() >= 1970 && t.Year() <= 9999 {
			return t, true
		}
	}
	return time.Time{}, false
}

func epochTime(text string) (time.Time, bool) {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n <= 0 { // nobody ran a job in 1970: 0 is a time that is not set
		return time.Time{}, false
	}
	for _, epoch := range epochs {
		if n < epoch.below {
			rest := math.Mod(n, epoch.perSecond) // exact, as a quotient would not be
			seconds := math.Round((n - rest) / epoch.perSecond)
			return time.Unix(int64(seconds), int64(rest*(1e9/epoch.perSecond))).UTC().Round(time.Microsecond), true
		}
	}
	return time.Time{}, false
}
