// Package sanitize is the one door through which text from outside reaches a
// terminal, a log or an event. Outside is the service, a file, an argument, the
// environment, and every error.
//
// What is drawn or printed is of type [Text]. A constant of the program's own is a
// Text as it stands; any other string becomes one by the functions of this package.
// A conversion would compile too, so that a test of the module's source forbids it.
package sanitize

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"ampedit/client/redact"
)

// Text is text that is fit for a terminal: without escape sequences other than the
// program's own styles, without control characters but the line feed, without
// characters that are not drawn or that change the direction of writing, valid
// UTF-8, and without secrets.
type Text string

// Line makes one line of a text: line breaks and tabs become spaces.
func Line(text string) Text {
	return Text(strings.ReplaceAll(redact.Text(clean(text, " ")), "\n", " "))
}

// Lines makes a Text that keeps its line breaks, as line feeds. Tabs become two
// spaces.
func Lines(text string) Text { return Text(redact.Text(clean(text, "  "))) }

// Stream is [Lines] that keeps tabs as well, for the output of programs and libraries
// that print by themselves.
func Stream(text string) Text { return Text(redact.Text(clean(text, "\t"))) }

// Verbatim is [Lines] without taking secrets out. It is for what must be shown as it
// is, and for nothing else:
//
//   - a schema: in its pager, in the excerpts below its problems, and in the part of the
//     Diff tab that compares schemas;
//   - the bytes of a request on the Request tab;
//   - what the user pastes into a text input, where it is data. While the input has the
//     focus it shows its value with the secrets in it, and otherwise by [Line].
func Verbatim(text string) Text { return Text(clean(text, "  ")) }

// Error is [Line] of an error's text.
func Error(err error) Text { return Line(err.Error()) }

// Brief is [Line], cut to a number of characters, for what a sentence quotes.
func Brief(text string, most int) Text {
	line := Line(text)
	if runes := []rune(string(line)); len(runes) > most {
		return Text(runes[:most-1]) + "…"
	}
	return line
}

// Format is fmt.Sprintf for one line: an argument that is a Text is put in as it is,
// numbers and truth values as well, and of all others what they print goes through
// [Line].
func Format(format Text, args ...any) Text {
	shown := make([]any, len(args))
	for i, arg := range args {
		switch arg := arg.(type) {
		case Text, bool, int, int64, uint64, float64:
			shown[i] = arg
		case string:
			shown[i] = Line(arg)
		default:
			shown[i] = Line(fmt.Sprint(arg))
		}
	}
	return Text(fmt.Sprintf(string(format), shown...))
}

// Join puts a separator between texts.
func Join(texts []Text, separator Text) Text {
	var out strings.Builder
	for i, t := range texts {
		if i > 0 {
			out.WriteString(string(separator))
		}
		out.WriteString(string(t))
	}
	return Text(out.String())
}

// sequence is an escape sequence that is complete. Of one that is not, only the
// control characters go, so that it cannot hide the text behind it.
var sequence = regexp.MustCompile(
	"(?:\x1b\\[|\u009b)[0-?]*[ -/]*[@-~]" + // CSI
		"|(?:\x1b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\x1b\x07\u009c\n]*(?:\x1b\\\\|\x07|\u009c)" + // OSC, DCS, SOS, PM, APC
		"|\x1b[ -/]+[0-~]")

// clean removes what a terminal would not show as it stands. Tabs become tab.
func clean(text, tab string) string {
	if plain(text) {
		return text
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	if strings.ContainsAny(text, "\x1b\u009b\u009d\u0090\u0098\u009e\u009f") {
		text = sequence.ReplaceAllString(text, "")
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\t", tab).Replace(text)
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && !Drawn(r) { // of tabs, those are left that were asked for
			return -1
		}
		return r
	}, text)
}

// plain reports whether a text is of printable ASCII alone, as nearly all are.
func plain(text string) bool {
	for i := range len(text) {
		if text[i] < ' ' && text[i] != '\n' || text[i] > '~' {
			return false
		}
	}
	return true
}

// Control reports whether a character is a control character, which no value of the
// API's configuration can have.
func Control(r rune) bool { return unicode.IsControl(r) }

// Drawn reports whether a terminal draws something for a character, and nothing
// else: it is no control or format character, does not change the direction of
// writing, and is not one that is ignored where it is not understood.
func Drawn(r rune) bool {
	switch {
	case r >= ' ' && r <= '~':
		return true
	case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == '\u2028', r == '\u2029':
		return false
	}
	return !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) && !unicode.Is(unicode.Variation_Selector, r)
}
