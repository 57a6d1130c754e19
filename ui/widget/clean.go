package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Clean makes a text from outside fit for the terminal: escape sequences and
// control characters go, tabs become spaces, newlines stay.
func Clean(text string) string {
	text = strings.ReplaceAll(ansi.Strip(strings.ReplaceAll(text, "\r\n", "\n")), "\t", "  ")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0:
			return -1
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // they reorder what is on the screen
			return -1
		}
		return r
	}, text)
}

// CleanLine is Clean for one line: newlines become spaces.
func CleanLine(text string) string { return strings.ReplaceAll(Clean(text), "\n", " ") }
