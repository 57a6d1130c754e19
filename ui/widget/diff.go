package widget

import (
	"slices"
	"strings"

	"ampedit/client/sanitize"
)

// The equal lines of a difference that are drawn: those next to a change, and
// whole stretches that are no longer than shortStretch.
const (
	contextLines = 3
	shortStretch = 6
)

// Diff is the difference between two texts, line by line, and word by word
// within lines that were changed. Making one takes time that grows with the
// texts' size, but not faster; drawing it does not change it.
type Diff struct {
	old, new []sanitize.Text // the lines as they are drawn
	rows     []diffRow
	added    int
	removed  int
	coarse   bool
}

// diffRow is a line that both texts have, one that was changed, one that only
// one of them has, or a stretch of equal lines that is not drawn.
type diffRow struct {
	old, new int  // lines counted from 0, -1 for none
	changed  bool // with both lines: they are not equal
	// oldMarks and newMarks are the parts of a changed line that differ.
	oldMarks, newMarks []mark
	// note says what cannot be seen of a change, "" if all of it can.
	note sanitize.Text
	// hidden counts the lines from here on that are not drawn; inside names the
	// block of the text that goes on after them, "" if none does.
	hidden int
	inside sanitize.Text
}

func (r *diffRow) equal() bool { return r.old >= 0 && r.new >= 0 && !r.changed }

// NewDiff compares two texts, whose lines are made fit to be drawn by a function
// such as [sanitize.Line].
func NewDiff(old, wanted string, clean func(string) sanitize.Text) *Diff {
	before, after := splitLines(old), splitLines(wanted)
	edits, coarse := alignLines(before, after)
	d := &Diff{old: drawn(before, clean), new: drawn(after, clean), coarse: coarse}
	p := pairer{d: d, budget: pairBudget}
	i, j := 0, 0
	for _, e := range edits {
		d.equalRows(i, j, e.Start-i)
		d.removed += e.End - e.Start
		d.added += e.ReplEnd - e.ReplStart
		d.rows = append(d.rows, p.rows(e)...)
		i, j = e.End, e.ReplEnd
	}
	d.equalRows(i, j, len(before)-i)
	for k := range d.rows {
		if r := &d.rows[k]; r.changed && d.old[r.old] == d.new[r.new] {
			r.note = unseen(before[r.old], after[r.new])
		}
	}
	return d
}

// Equal reports whether the texts are the same.
func (d *Diff) Equal() bool { return d.added+d.removed == 0 }

// Added counts the lines that only the new text has, changed ones included.
func (d *Diff) Added() int { return d.added }

// Removed counts the lines that only the old text has, changed ones included.
func (d *Diff) Removed() int { return d.removed }

// splitLines splits a text into lines that keep their newlines.
func splitLines(text string) []string {
	lines := strings.SplitAfter(text, "\n")
	if last := len(lines) - 1; lines[last] == "" {
		lines = lines[:last]
	}
	return lines
}

func drawn(lines []string, clean func(string) sanitize.Text) []sanitize.Text {
	out := make([]sanitize.Text, len(lines))
	for i, l := range lines {
		out[i] = CleanLine(strings.TrimRight(l, "\r\n"), clean)
	}
	return out
}

// unseen says why two lines differ that look the same.
func unseen(before, after string) sanitize.Text {
	switch {
	case sanitize.Verbatim(strings.TrimRight(before, "\r\n")) != sanitize.Verbatim(strings.TrimRight(after, "\r\n")):
		return "only secrets differ, which are not shown here"
	case before == after+"\n":
		return "the newline at the end goes"
	case before+"\n" == after:
		return "a newline at the end comes"
	}
	return "only tabs, line ends or control characters differ"
}

// equalRows adds n equal lines from i and j on, those far from any change as one
// row.
func (d *Diff) equalRows(i, j, n int) {
	head, tail := contextLines, contextLines
	if i == 0 && j == 0 {
		head = 0
	}
	if i+n == len(d.old) && j+n == len(d.new) {
		tail = 0
	}
	hidden := n - head - tail
	if n <= shortStretch {
		hidden = 0
	}
	for k := 0; k < n; k++ {
		if k == head && hidden > 0 {
			d.rows = append(d.rows, diffRow{old: i + k, new: j + k, hidden: hidden, inside: openBlock(d.new[j+k : j+k+hidden])})
			k += hidden - 1
			continue
		}
		d.rows = append(d.rows, diffRow{old: i + k, new: j + k})
	}
}

// openBlock returns the first line of the block that the lines end in, such as
// "type Post @model {": the last one that begins with a letter at the margin,
// unless a line at the margin follows that does not.
func openBlock(lines []sanitize.Text) sanitize.Text {
	for _, l := range slices.Backward(lines) {
		switch {
		case l == "" || l[0] == ' ':
		case l[0] >= 'a' && l[0] <= 'z' && strings.HasSuffix(string(l), "{"):
			return l
		default:
			return ""
		}
	}
	return ""
}
