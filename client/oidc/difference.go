package oidc

import (
	"net/url"
	"strings"
)

// difference says in a sentence how the issuer that a provider states differs
// from the one that is given, "" if they are equal to the letter.
func difference(given, stated string) string {
	if given == stated {
		return ""
	}
	what := "is another one"
	switch {
	case strings.HasSuffix(given, DiscoveryPath):
		what = "is not the address of its document"
	case given+"/" == stated:
		what = "ends with a slash"
	case given == stated+"/":
		what = "ends without a slash"
	case strings.EqualFold(given, stated):
		what = "differs in upper and lower case"
	default:
		what = differentPart(given, stated, what)
	}
	return "The provider's issuer " + what + ": " + stated + "."
}

func differentPart(given, stated, otherwise string) string {
	g, errGiven := url.Parse(given)
	s, errStated := url.Parse(stated)
	switch {
	case errGiven != nil || errStated != nil:
		return otherwise
	case s.Scheme != g.Scheme && s.Host == g.Host:
		return "has the scheme " + s.Scheme
	case s.Host != g.Host:
		return "is on another host"
	}
	return "has another path"
}
