package redact

import (
	"regexp"
	"strings"
)

// A look is how secrets of one kind begin, and what is left of them after that.
type look struct {
	begins string
	// inside says that the secret may begin within a word.
	inside bool
	// rest matches what follows the beginning, from its start.
	rest *regexp.Regexp
}

var looks = []look{
	{"da2-", false, regexp.MustCompile(`^[A-Za-z0-9]+`)},             // the API key of an AppSync API
	{"AKIA", false, regexp.MustCompile(`^[A-Z0-9]{12,}`)},            // the id of an access key
	{"ASIA", false, regexp.MustCompile(`^[A-Z0-9]{12,}`)},            // the id of a temporary one
	{"IQoJb3JpZ2lu", true, regexp.MustCompile(`^[\w+/=%\\-]*`)},      // a session token of STS
	{"FwoGZXIvYXdz", true, regexp.MustCompile(`^[\w+/=%\\-]*`)},      // likewise, older
	{"FQoGZXIvYXdz", true, regexp.MustCompile(`^[\w+/=%\\-]*`)},      // likewise
	{"eyJ", false, regexp.MustCompile(`^[\w-]+\.[\w-]+(\.[\w-]*)*`)}, // a JSON Web Token, RFC 7519
}

// byLook takes out what looks like a secret.
func byLook(text string) string {
	for _, l := range looks {
		if strings.Contains(text, l.begins) {
			text = l.remove(text)
		}
	}
	return text
}

func (l look) remove(text string) string {
	var out strings.Builder
	for {
		at := strings.Index(text, l.begins)
		if at < 0 {
			out.WriteString(text)
			return out.String()
		}
		end := at + len(l.begins)
		length := len(l.rest.FindString(text[end:]))
		whole := at == 0 || !alphanumeric(text[at-1]) || length >= MinKnown // "panda2-prod" is a name
		if l.inside || whole && length > 0 {
			out.WriteString(text[:at] + Gap)
			end += length
		} else {
			out.WriteString(text[:end])
		}
		text = text[end:]
	}
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
