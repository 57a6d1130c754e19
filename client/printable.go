package client

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// Printable makes text from outside safe for a line on a terminal: escape
// sequences, control characters and those that change the direction of writing
// are removed, line breaks and tabs become spaces, and bytes that are not UTF-8
// become U+FFFD.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, ansi.Strip(strings.ToValidUTF8(s, "\uFFFD")))
}
