package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// Width is how many cells a line takes.
func Width(line sanitize.Text) int { return ansi.StringWidth(string(line)) }

// Truncate cuts a line to at most w cells; an ellipsis says that it was cut.
func Truncate(line sanitize.Text, w int) sanitize.Text {
	return sanitize.Text(ansi.Truncate(string(line), max(w, 0), style.Ellipsis))
}

// TruncateLeft takes the first n cells of a line away; an ellipsis says so.
func TruncateLeft(line sanitize.Text, n int) sanitize.Text {
	return sanitize.Text(ansi.TruncateLeft(string(line), n, style.Ellipsis))
}

// Cut returns the cells of a line from one, counted from 0, up to another.
func Cut(line sanitize.Text, from, to int) sanitize.Text {
	return sanitize.Text(ansi.Cut(string(line), from, to))
}

// Plain is a text without its styles.
func Plain(text sanitize.Text) string { return ansi.Strip(string(text)) }

// Repeat writes a text n times, never if n is below 0.
func Repeat(text sanitize.Text, n int) sanitize.Text {
	return sanitize.Text(strings.Repeat(string(text), max(n, 0)))
}

// Split returns the lines of a text.
func Split(text sanitize.Text) []sanitize.Text { return lines(string(text)) }

// Wrap breaks a text at spaces into lines of at most w cells. It does not break at
// hyphens, which stand within ids and names.
func Wrap(text sanitize.Text, w int) []sanitize.Text {
	if text == "" {
		return nil
	}
	const held = "\u2011" // a hyphen that nothing breaks at
	whole := strings.ReplaceAll(string(text), "-", held)
	return lines(strings.ReplaceAll(ansi.Wrap(whole, max(w, 1), ""), held, "-"))
}

// Hardwrap breaks a line into lines of at most w cells, wherever that is.
func Hardwrap(line sanitize.Text, w int) []sanitize.Text {
	return lines(ansi.Hardwrap(string(line), max(w, 1), true))
}

// lines are those of what is a text already.
func lines(text string) []sanitize.Text {
	out := make([]sanitize.Text, 0, strings.Count(text, "\n")+1)
	for l := range strings.SplitSeq(text, "\n") {
		out = append(out, sanitize.Text(l))
	}
	return out
}
