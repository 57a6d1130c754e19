package schema

import (
	"encoding/json"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A scalarFormat tells whether text can stand for a value of a scalar, and
// what such text looks like. The tests are those of the transformer, which
// differ in places from what AppSync accepts at run time.
type scalarFormat struct {
	valid   func(string) bool
	example string
}

// scalarFormats has every scalar that can have a default. BigInt and Double
// are missing: the transformer breaks on them.
var scalarFormats = map[string]scalarFormat{
	"ID":           {anyText, "any text"},
	"String":       {anyText, "any text"},
	"Int":          {wholeNumber.MatchString, "a whole number such as 5"},
	"Float":        {startsAsNumber.MatchString, "a number such as 1.5"},
	"Boolean":      {isBoolean, "true or false"},
	"AWSJSON":      {func(s string) bool { return json.Valid([]byte(s)) }, `JSON such as {\"a\": 1}`},
	"AWSDate":      {isDate, "a date such as 2024-12-31"},
	"AWSTime":      {awsTime.MatchString, "a time with zone such as 23:59:00Z"},
	"AWSDateTime":  {isDateTime, "a time with zone such as 2024-12-31T23:59:00Z"},
	"AWSTimestamp": {wholeNumber.MatchString, "seconds since 1970 such as 1735689540"},
	"AWSEmail":     {email.MatchString, "an address such as name@example.com"},
	"AWSURL":       {isURL, "an address with scheme such as https://example.com"},
	"AWSPhone":     {isPhone, "a number with country code such as +12025550123"},
	"AWSIPAddress": {isIP, "an address such as 192.0.2.1"},
}

var (
	wholeNumber    = regexp.MustCompile(`^\s*[+-]?[0-9]`)
	startsAsNumber = regexp.MustCompile(`^\s*[+-]?(Infinity|[0-9]|\.[0-9])`)
	awsTime        = regexp.MustCompile(`^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+|-]([01][0-9]|2[0-3]):[0-5][0-9])$`)
	awsDate        = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	email          = regexp.MustCompile("^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$")
	length         = regexp.MustCompile(`^\s*(\+?[0-9]|-0+([^0-9]|$))`)
	phone          = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)
	urlScheme      = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
)

func anyText(string) bool { return true }

func isBoolean(s string) bool { return strings.EqualFold(s, "true") || strings.EqualFold(s, "false") }

func isDate(s string) bool {
	if !awsDate.MatchString(s) {
		return false
	}
	_, err := time.Parse("2006-01-02", s)
	return err == nil
}

func isDateTime(s string) bool {
	date, clock, found := strings.Cut(s, "T")
	return found && isDate(date) && awsTime.MatchString(clock) && !strings.Contains(clock, "|")
}

// isURL follows the URL standard loosely: a scheme, and for the schemes of the
// web a host.
func isURL(s string) bool {
	s = strings.TrimSpace(s)
	scheme := urlScheme.FindString(s)
	switch strings.ToLower(scheme) {
	case "":
		return false
	case "http:", "https:", "ws:", "wss:", "ftp:":
		u, err := url.Parse(scheme + "//" + strings.TrimLeft(s[len(scheme):], `/\`))
		if err != nil || u.Hostname() == "" {
			return false
		}
		port, err := strconv.Atoi(orElse(u.Port(), "0"))
		return err == nil && port <= 65535
	}
	return true
}

// isPhone accepts every number that could be one. The transformer knows the
// numbering plan of each country, which is more than is done here.
func isPhone(s string) bool {
	return phone.MatchString(strings.NewReplacer(" ", "", "-", "", "(", "", ")", "", ".", "").Replace(s))
}

func isIP(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}
