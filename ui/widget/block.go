// Package widget holds the parts that pages are drawn from. A widget draws
// exactly the lines and at most the cells that it is given.
package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Fit returns exactly h lines of at most w cells, joined by newlines.
func Fit(lines []string, w, h int) string {
	w, h = max(w, 0), max(h, 0)
	out := make([]string, h)
	for i := range min(h, len(lines)) {
		out[i] = ansi.Truncate(lines[i], w, "…")
	}
	return strings.Join(out, "\n")
}

// Wrap breaks a text at spaces into lines of at most w cells. It does not break at
// hyphens, which stand within ids and names.
func Wrap(text string, w int) []string {
	if text == "" {
		return nil
	}
	const held = "\u2011" // a hyphen that nothing breaks at
	text = strings.ReplaceAll(text, "-", held)
	return strings.Split(strings.ReplaceAll(ansi.Wrap(text, max(w, 1), ""), held, "-"), "\n")
}

// Indent puts a prefix before each line.
func Indent(lines []string, prefix string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = prefix + l
	}
	return out
}

// Ends writes left and right on one line of w cells. Where both do not fit, left
// gives way.
func Ends(left, right string, w int) string {
	if right == "" {
		return ansi.Truncate(left, max(w, 0), "…")
	}
	rw := ansi.StringWidth(right)
	if rw >= w {
		return ansi.Truncate(right, max(w, 0), "…")
	}
	left = ansi.Truncate(left, max(w-rw-1, 0), "…")
	return left + strings.Repeat(" ", max(w-rw-ansi.StringWidth(left), 0)) + right
}

// Pad fills a text with spaces to w cells; a longer one is cut.
func Pad(text string, w int) string {
	text = ansi.Truncate(text, max(w, 0), "…")
	return text + strings.Repeat(" ", max(w-ansi.StringWidth(text), 0))
}

// Beside draws two blocks of the same height next to each other, the left one w
// cells wide, with a bar between them.
func Beside(left, right, bar string, w int) string {
	l, r := strings.Split(left, "\n"), strings.Split(right, "\n")
	out := make([]string, len(l))
	for i := range l {
		out[i] = Pad(l[i], w) + bar
		if i < len(r) {
			out[i] += r[i]
		}
	}
	return strings.Join(out, "\n")
}

// Over draws a box in the middle of a screen of w by h cells. The screen's lines
// that it covers are replaced whole at the box's place.
func Over(screen, box string, w, h int) string {
	back := strings.Split(screen, "\n")
	front := strings.Split(box, "\n")
	bw := 0
	for _, l := range front {
		bw = max(bw, ansi.StringWidth(l))
	}
	left, top := max((w-bw)/2, 0), max((h-len(front))/2, 0)
	for i, l := range front {
		y := top + i
		if y >= len(back) {
			break
		}
		before := Pad(ansi.Cut(back[y], 0, left), left)
		after := ansi.Cut(back[y], left+bw, w)
		back[y] = ansi.Truncate(before+Pad(l, bw)+after, w, "")
	}
	return strings.Join(back, "\n")
}
