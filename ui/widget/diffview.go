package widget

import (
	"fmt"
	"slices"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// BesideWidth is the width in cells from which a Diff has both texts beside each
// other.
const BesideWidth = 120

// coarseNote stands over a difference that is not as fine as it could be.
const coarseNote = "The texts are too large and too different to be compared line by line everywhere: long stretches are shown as replaced."

// Lines draws the difference at most w cells wide: as one column, or from
// BesideWidth on with the old text on the left and the new one on the right, if
// there are both. Every line has the number that it has in its text. Changed words are shown in reverse,
// and without colour as [-old-] and {+new+}.
func (d *Diff) Lines(s *style.Styles, w int) []sanitize.Text {
	v := &diffView{d: d, digits: len(fmt.Sprint(max(len(d.old), len(d.new)))), faint: s.Faint}
	v.plain = side{sign: " ", line: s.Text}
	v.old = side{sign: "-", line: s.Bad, mark: s.BadMark}
	v.new = side{sign: "+", line: s.Good, mark: s.GoodMark}
	if !v.old.mark.Shows() {
		v.old.mark, v.new.mark, v.written = style.Between("[-", "-]"), style.Between("{+", "+}"), true
	}
	var lines []sanitize.Text
	if d.coarse {
		for _, l := range Wrap(coarseNote, max(w-2, 1)) {
			lines = append(lines, " "+s.Warning.Render(l))
		}
	}
	draw := v.unified
	if w >= BesideWidth && len(d.old) > 0 && len(d.new) > 0 {
		v.bar = " " + s.Border.Render("│") + " "
		w = (w - 3) / 2
		draw = v.beside
	}
	v.cell = w
	v.text = max(w-v.digits-4, 2)
	for i := range d.rows {
		lines = append(lines, draw(&d.rows[i])...)
	}
	return lines
}

// side is how lines of one text are drawn.
type side struct {
	sign       sanitize.Text
	line, mark style.Style
}

type diffView struct {
	d               *Diff
	plain, old, new side
	faint           style.Style
	written         bool // marks are characters
	bar             sanitize.Text
	digits          int
	cell, text      int // widths of a column and of the text in it
}

// unified draws a row in one column, an old line above the new one.
func (v *diffView) unified(r *diffRow) []sanitize.Text {
	switch {
	case r.hidden > 0:
		return []sanitize.Text{v.fold(r)}
	case r.equal():
		return v.lines(v.plain, r.new, v.d.new[r.new], nil)
	}
	var lines []sanitize.Text
	if r.old >= 0 {
		lines = v.lines(v.old, r.old, v.d.old[r.old], r.oldMarks)
	}
	if r.new >= 0 {
		lines = append(lines, v.lines(v.new, r.new, v.d.new[r.new], r.newMarks)...)
	}
	return append(lines, v.note(r)...)
}

// beside draws a row in two columns.
func (v *diffView) beside(r *diffRow) []sanitize.Text {
	if r.hidden > 0 {
		return []sanitize.Text{v.fold(r)}
	}
	oldSide, newSide := v.old, v.new
	if r.equal() {
		oldSide, newSide = v.plain, v.plain
	}
	var left, right []sanitize.Text
	if r.old >= 0 {
		left = v.lines(oldSide, r.old, v.d.old[r.old], r.oldMarks)
	}
	if r.new >= 0 {
		right = append(v.lines(newSide, r.new, v.d.new[r.new], r.newMarks), v.note(r)...)
	}
	lines := make([]sanitize.Text, max(len(left), len(right)))
	for i := range lines {
		var l, r sanitize.Text
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines[i] = l + Repeat(" ", v.cell-Width(l)) + v.bar + r
	}
	return lines
}

// fold says how many equal lines are not drawn, and in which block they end.
func (v *diffView) fold(r *diffRow) sanitize.Text {
	text := sanitize.Format("%s %d equal lines", style.Ellipsis, r.hidden)
	if r.hidden == 1 {
		text = style.Ellipsis + " 1 equal line"
	}
	if r.inside != "" {
		text += "  " + r.inside
	}
	return Repeat(" ", v.digits+4) + v.faint.Render(Truncate(text, v.text))
}

func (v *diffView) note(r *diffRow) []sanitize.Text {
	var lines []sanitize.Text
	for _, l := range Wrap(r.note, v.text-2) {
		lines = append(lines, Repeat(" ", v.digits+4)+v.faint.Render("("+l+")"))
	}
	return lines
}

// lines draws a line, broken to the width; what goes on has no number.
func (v *diffView) lines(s side, number int, text sanitize.Text, marks []mark) []sanitize.Text {
	if v.written {
		text, marks = s.write(text, marks), nil
	}
	head := v.faint.Render(sanitize.Format(" %*d ", v.digits, number+1)) + s.line.Render(s.sign) + " "
	if len(text) <= v.text { // no text has more cells than bytes
		return []sanitize.Text{head + s.paint(text, 0, marks)}
	}
	var lines []sanitize.Text
	from := 0
	for _, piece := range Hardwrap(text, v.text) {
		lines = append(lines, head+s.paint(piece, from, marks))
		from += len(piece)
		head = Repeat(" ", v.digits+2) + s.line.Render(s.sign) + " "
	}
	return lines
}

// write puts the characters of marks into a line.
func (s side) write(text sanitize.Text, marks []mark) sanitize.Text {
	for _, m := range slices.Backward(marks) {
		text = text[:m.from] + s.mark.Render(text[m.from:m.to]) + text[m.to:]
	}
	return text
}

// paint styles a piece of a line that begins at a byte of it.
func (s side) paint(piece sanitize.Text, from int, marks []mark) sanitize.Text {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		start, end := max(m.from-from, at), min(m.to-from, len(piece))
		if start < end {
			b.WriteString(string(s.line.Render(piece[at:start])))
			b.WriteString(string(s.mark.Render(piece[start:end])))
			at = end
		}
	}
	b.WriteString(string(s.line.Render(piece[at:])))
	return sanitize.Text(b.String())
}
