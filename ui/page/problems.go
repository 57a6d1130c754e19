package page

import (
	"strings"

	"ampedit/client/sanitize"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// problemList is the list of what is wrong with a schema.
type problemList struct {
	selected int
	focused  bool
	top      int
	report   *edit.SchemaReport // that where was measured for
	where    int                // the width of the column of places
}

// move selects another problem.
func (l *problemList) move(by, n int) { l.selected = max(0, min(l.selected+by, n-1)) }

// Lines draws the list on exactly h lines. The selected problem shows the whole
// message and the line of the schema that it is about.
func (l *problemList) Lines(s *style.Styles, r *edit.SchemaReport, w, h int) []sanitize.Text {
	l.measure(r, w)
	l.move(0, len(r.Problems))
	open := l.openLines(s, r, w)
	// Each problem takes one line, but the selected one, so that only those in sight
	// need be drawn.
	total := len(r.Problems) - 1 + len(open)
	if end := l.selected + len(open); end-l.top > h {
		l.top = end - h
	}
	l.top = max(0, min(l.top, l.selected, total-h))
	lines := make([]sanitize.Text, h)
	for i := range min(h, total-l.top) {
		switch at := l.top + i; {
		case at < l.selected:
			lines[i] = l.closedLine(s, r, r.Problems[at], w)
		case at < l.selected+len(open):
			lines[i] = open[at-l.selected]
		default:
			lines[i] = l.closedLine(s, r, r.Problems[at-len(open)+1], w)
		}
	}
	return lines
}

// measure finds the width of the places, once for each report.
func (l *problemList) measure(r *edit.SchemaReport, w int) {
	if l.report != r {
		l.report, l.where = r, 0
		for _, p := range r.Problems {
			l.where = max(l.where, widget.Width(sanitize.Line(r.Place(p))))
		}
	}
	l.where = min(l.where, w/2)
}

// head is the beginning of a problem: severity, rule and place.
func (l *problemList) head(s *style.Styles, r *edit.SchemaReport, p schema.Problem) sanitize.Text {
	glyph, st := severityGlyph(s, p.Severity)
	place := sanitize.Line(r.Place(p))
	if cut := widget.Width(place) - l.where; cut > 0 {
		place = widget.TruncateLeft(place, cut+1) // its end says more
	}
	return st.Render(glyph) + " " + s.Faint.Render(sanitize.Line(p.Rule)) + " " + s.Title.Render(widget.Pad(place, l.where)) + "  "
}

func (l *problemList) closedLine(s *style.Styles, r *edit.SchemaReport, p schema.Problem, w int) sanitize.Text {
	return "   " + widget.Truncate(l.head(s, r, p)+sanitize.Line(p.Message), w-4)
}

// openLines draws the selected problem.
func (l *problemList) openLines(s *style.Styles, r *edit.SchemaReport, w int) []sanitize.Text {
	p := r.Problems[l.selected]
	if !l.focused {
		return []sanitize.Text{l.closedLine(s, r, p, w)}
	}
	const readable = 36 // cells that a message needs beside its place
	bar := " " + s.Focus.Render(style.Focus) + " "
	head := l.head(s, r, p)
	indent := widget.Width(head)
	message := sanitize.Line(p.Message)
	var lines []sanitize.Text
	if room := w - 4 - indent; room >= readable {
		lines = widget.Indent(widget.Wrap(message, room), bar+widget.Repeat(" ", indent))
		lines[0] = bar + head + lines[0][len(bar)+indent:]
	} else {
		lines = append([]sanitize.Text{bar + head}, widget.Indent(widget.Wrap(message, w-6), bar+"  ")...)
	}
	lines = append(lines, widget.Indent(excerpt(s, r.Source, p, w-8), bar+"    ")...)
	if mode := p.Fix.AddMode; mode != "" {
		lines = append(lines, bar+"  "+s.Link.Render(sanitize.Format("ctrl+t: add %s as an additional type", mode.Title())))
	}
	return lines
}

func severityGlyph(s *style.Styles, severity schema.Severity) (sanitize.Text, style.Style) {
	switch severity {
	case schema.Error:
		return style.Failed, s.Bad
	case schema.Warning:
		return style.Warn, s.Warning
	}
	return "i", s.Faint
}

// excerpt is the line of the schema with a caret below what is meant.
func excerpt(s *style.Styles, source *schema.Source, p schema.Problem, w int) []sanitize.Text {
	line := []rune(strings.ReplaceAll(source.Line(p.TextLine), "\t", " "))
	column := max(0, min(p.Column-1, len(line)))
	before, cut := sanitize.Text(""), 0
	if column+p.Length > w { // a long line shows the part that matters
		before, cut = style.Ellipsis, max(0, column-w/2)
	}
	before += widget.CleanLine(string(line[cut:column]), sanitize.Verbatim)
	text := before + widget.CleanLine(string(line[column:]), sanitize.Verbatim)
	indent := widget.Width(before)
	caret := widget.Repeat(" ", indent) + widget.Repeat("^", max(1, min(p.Length, w-indent)))
	return []sanitize.Text{
		highlight(s, []sanitize.Text{widget.Truncate(text, max(w, 1))})[0],
		s.Warning.Render(widget.Cut(caret, 0, max(w, 1))),
	}
}
