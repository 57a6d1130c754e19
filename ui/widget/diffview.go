package widget

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

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
func (d *Diff) Lines(s *style.Styles, w int) []string {
	v := &diffView{d: d, digits: len(fmt.Sprint(max(len(d.old), len(d.new)))), faint: brushOf(s.Faint)}
	v.plain = side{sign: " ", line: brushOf(s.Text)}
	v.old = side{sign: "-", line: brushOf(s.Bad), mark: brushOf(s.BadMark)}
	v.new = side{sign: "+", line: brushOf(s.Good), mark: brushOf(s.GoodMark)}
	if v.old.mark.on == "" {
		v.old.mark, v.new.mark, v.written = brush{"[-", "-]"}, brush{"{+", "+}"}, true
	}
	var lines []string
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

// brush puts a style around a text. It does what the style's Render does, which
// is too slow for the lines of a large schema.
type brush struct{ on, off string }

func brushOf(st lipgloss.Style) brush {
	on, off, _ := strings.Cut(st.Render("x"), "x")
	return brush{on, off}
}

func (b brush) paint(text string) string {
	if text == "" {
		return ""
	}
	return b.on + text + b.off
}

// side is how lines of one text are drawn.
type side struct {
	sign       string
	line, mark brush
}

type diffView struct {
	d               *Diff
	plain, old, new side
	faint           brush
	written         bool // marks are characters
	bar             string
	digits          int
	cell, text      int // widths of a column and of the text in it
}

// unified draws a row in one column, an old line above the new one.
func (v *diffView) unified(r *diffRow) []string {
	switch {
	case r.hidden > 0:
		return []string{v.fold(r)}
	case r.equal():
		return v.lines(v.plain, r.new, v.d.new[r.new], nil)
	}
	var lines []string
	if r.old >= 0 {
		lines = v.lines(v.old, r.old, v.d.old[r.old], r.oldMarks)
	}
	if r.new >= 0 {
		lines = append(lines, v.lines(v.new, r.new, v.d.new[r.new], r.newMarks)...)
	}
	return append(lines, v.note(r)...)
}

// beside draws a row in two columns.
func (v *diffView) beside(r *diffRow) []string {
	if r.hidden > 0 {
		return []string{v.fold(r)}
	}
	oldSide, newSide := v.old, v.new
	if r.equal() {
		oldSide, newSide = v.plain, v.plain
	}
	var left, right []string
	if r.old >= 0 {
		left = v.lines(oldSide, r.old, v.d.old[r.old], r.oldMarks)
	}
	if r.new >= 0 {
		right = append(v.lines(newSide, r.new, v.d.new[r.new], r.newMarks), v.note(r)...)
	}
	lines := make([]string, max(len(left), len(right)))
	for i := range lines {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		lines[i] = l + strings.Repeat(" ", max(v.cell-ansi.StringWidth(l), 0)) + v.bar + r
	}
	return lines
}

// fold says how many equal lines are not drawn, and in which block they end.
func (v *diffView) fold(r *diffRow) string {
	text := fmt.Sprintf("%s %d equal lines", style.Ellipsis, r.hidden)
	if r.hidden == 1 {
		text = style.Ellipsis + " 1 equal line"
	}
	if r.inside != "" {
		text += "  " + r.inside
	}
	return strings.Repeat(" ", v.digits+4) + v.faint.paint(ansi.Truncate(text, v.text, style.Ellipsis))
}

func (v *diffView) note(r *diffRow) []string {
	var lines []string
	for _, l := range Wrap(r.note, v.text-2) {
		lines = append(lines, strings.Repeat(" ", v.digits+4)+v.faint.paint("("+l+")"))
	}
	return lines
}

// lines draws a line, broken to the width; what goes on has no number.
func (v *diffView) lines(s side, number int, text string, marks []mark) []string {
	if v.written {
		text, marks = s.write(text, marks), nil
	}
	head := v.faint.paint(fmt.Sprintf(" %*d ", v.digits, number+1)) + s.line.paint(s.sign) + " "
	if len(text) <= v.text { // no text has more cells than bytes
		return []string{head + s.paint(text, 0, marks)}
	}
	var lines []string
	from := 0
	for _, piece := range strings.Split(ansi.Hardwrap(text, v.text, true), "\n") {
		lines = append(lines, head+s.paint(piece, from, marks))
		from += len(piece)
		head = strings.Repeat(" ", v.digits+2) + s.line.paint(s.sign) + " "
	}
	return lines
}

// write puts the characters of marks into a line.
func (s side) write(text string, marks []mark) string {
	for _, m := range slices.Backward(marks) {
		text = text[:m.from] + s.mark.paint(text[m.from:m.to]) + text[m.to:]
	}
	return text
}

// paint styles a piece of a line that begins at a byte of it.
func (s side) paint(piece string, from int, marks []mark) string {
	var b strings.Builder
	at := 0
	for _, m := range marks {
		start, end := max(m.from-from, at), min(m.to-from, len(piece))
		if start < end {
			b.WriteString(s.line.paint(piece[at:start]))
			b.WriteString(s.mark.paint(piece[start:end]))
			at = end
		}
	}
	b.WriteString(s.line.paint(piece[at:]))
	return b.String()
}
