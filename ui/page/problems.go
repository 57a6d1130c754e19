package page

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

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
func (l *problemList) Lines(s *style.Styles, r *edit.SchemaReport, w, h int) []string {
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
	lines := make([]string, h)
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
			l.where = max(l.where, ansi.StringWidth(r.Place(p)))
		}
	}
	l.where = min(l.where, w/2)
}

// head is the beginning of a problem: severity, rule and place.
func (l *problemList) head(s *style.Styles, r *edit.SchemaReport, p schema.Problem) string {
	glyph, st := severityGlyph(s, p.Severity)
	place := widget.CleanLine(r.Place(p))
	if cut := ansi.StringWidth(place) - l.where; cut > 0 {
		place = ansi.TruncateLeft(place, cut+1, style.Ellipsis) // its end says more
	}
	return st.Render(glyph) + " " + s.Faint.Render(p.Rule) + " " + s.Title.Render(widget.Pad(place, l.where)) + "  "
}

func (l *problemList) closedLine(s *style.Styles, r *edit.SchemaReport, p schema.Problem, w int) string {
	return "   " + ansi.Truncate(l.head(s, r, p)+widget.CleanLine(p.Message), max(w-4, 1), style.Ellipsis)
}

// openLines draws the selected problem.
func (l *problemList) openLines(s *style.Styles, r *edit.SchemaReport, w int) []string {
	p := r.Problems[l.selected]
	if !l.focused {
		return []string{l.closedLine(s, r, p, w)}
	}
	const readable = 36 // cells that a message needs beside its place
	bar := " " + s.Focus.Render(style.Focus) + " "
	head := l.head(s, r, p)
	indent := ansi.StringWidth(head)
	message := widget.CleanLine(p.Message)
	var lines []string
	if room := w - 4 - indent; room >= readable {
		lines = widget.Indent(widget.Wrap(message, room), bar+strings.Repeat(" ", indent))
		lines[0] = bar + head + strings.TrimPrefix(lines[0], bar+strings.Repeat(" ", indent))
	} else {
		lines = append([]string{bar + head}, widget.Indent(widget.Wrap(message, w-6), bar+"  ")...)
	}
	lines = append(lines, widget.Indent(excerpt(s, r.Source, p, w-8), bar+"    ")...)
	if mode := p.Fix.AddMode; mode != "" {
		lines = append(lines, bar+"  "+s.Link.Render("ctrl+t: add "+mode.Title()+" as an additional type"))
	}
	return lines
}

func severityGlyph(s *style.Styles, severity schema.Severity) (string, interface{ Render(...string) string }) {
	switch severity {
	case schema.Error:
		return style.Failed, s.Bad
	case schema.Warning:
		return style.Warn, s.Warning
	}
	return "i", s.Faint
}

// excerpt is the line of the schema with a caret below what is meant.
func excerpt(s *style.Styles, source *schema.Source, p schema.Problem, w int) []string {
	line := []rune(strings.ReplaceAll(source.Line(p.TextLine), "\t", " "))
	column := max(0, min(p.Column-1, len(line)))
	before, text := "", widget.CleanLine(string(line))
	cut := 0
	if column+p.Length > w { // a long line shows the part that matters
		cut = max(0, column-w/2)
		before = style.Ellipsis
		text = before + widget.CleanLine(string(line[cut:]))
	}
	indent := ansi.StringWidth(before + string(line[cut:column]))
	caret := strings.Repeat(" ", indent) + strings.Repeat("^", max(1, min(p.Length, w-indent)))
	return []string{
		highlight(s, []string{ansi.Truncate(text, max(w, 1), style.Ellipsis)})[0],
		s.Warning.Render(ansi.Truncate(caret, max(w, 1), "")),
	}
}
