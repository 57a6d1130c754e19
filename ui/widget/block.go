// Package widget holds the parts that pages are drawn from. A widget draws
// exactly the lines and at most the cells that it is given.
package widget

import (
	"strings"

	"ampedit/client/sanitize"
)

// Fit returns exactly h lines of at most w cells, joined by newlines.
func Fit(lines []sanitize.Text, w, h int) sanitize.Text {
	h = max(h, 0)
	out := make([]sanitize.Text, h)
	for i := range min(h, len(lines)) {
		out[i] = Truncate(lines[i], w)
	}
	return sanitize.Join(out, "\n")
}

// Indent puts a prefix before each line.
func Indent(lines []sanitize.Text, prefix sanitize.Text) []sanitize.Text {
	out := make([]sanitize.Text, len(lines))
	for i, l := range lines {
		out[i] = prefix + l
	}
	return out
}

// Ends writes left and right on one line of w cells. Where both do not fit, left
// gives way.
func Ends(left, right sanitize.Text, w int) sanitize.Text {
	if right == "" {
		return Truncate(left, w)
	}
	rw := Width(right)
	if rw >= w {
		return Truncate(right, w)
	}
	left = Truncate(left, w-rw-1)
	return left + Repeat(" ", w-rw-Width(left)) + right
}

// Pad fills a text with spaces to w cells; a longer one is cut.
func Pad(text sanitize.Text, w int) sanitize.Text {
	text = Truncate(text, w)
	return text + Repeat(" ", w-Width(text))
}

// Beside draws two blocks of the same height next to each other, the left one w
// cells wide, with a bar between them.
func Beside(left, right, bar sanitize.Text, w int) sanitize.Text {
	l, r := Split(left), Split(right)
	out := make([]sanitize.Text, len(l))
	for i := range l {
		out[i] = Pad(l[i], w) + bar
		if i < len(r) {
			out[i] += r[i]
		}
	}
	return sanitize.Join(out, "\n")
}

// Over draws a box in the middle of a screen of w by h cells. The screen's lines
// that it covers are replaced whole at the box's place.
func Over(screen, box sanitize.Text, w, h int) sanitize.Text {
	back, front := Split(screen), Split(box)
	bw := 0
	for _, l := range front {
		bw = max(bw, Width(l))
	}
	left, top := max((w-bw)/2, 0), max((h-len(front))/2, 0)
	for i, l := range front {
		y := top + i
		if y >= len(back) {
			break
		}
		before := Pad(Cut(back[y], 0, left), left)
		after := Cut(back[y], left+bw, w)
		back[y] = Cut(before+Pad(l, bw)+after, 0, w)
	}
	return sanitize.Join(back, "\n")
}

// CleanLines splits a text from outside at its line ends and makes each line fit to
// be drawn, by a function such as [sanitize.Line].
func CleanLines(text string, clean func(string) sanitize.Text) []sanitize.Text {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	lines := make([]sanitize.Text, 0, strings.Count(text, "\n")+1)
	for line := range strings.SplitSeq(text, "\n") {
		lines = append(lines, CleanLine(line, clean))
	}
	return lines
}

// CleanLine is [CleanLines] for what is one line, whatever stands in it.
func CleanLine(line string, clean func(string) sanitize.Text) sanitize.Text {
	return sanitize.Text(strings.ReplaceAll(string(clean(line)), "\n", " "))
}
