package page

import (
	"fmt"
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
}

// Lines draws the list on exactly h lines. The selected problem shows the line of
// the schema that it is about.
func (l *problemList) Lines(s *style.Styles, r *edit.SchemaReport, w, h int) []string {
	var lines []string
	from, to := 0, 0
	l.selected = max(0, min(l.selected, len(r.Problems)-1))
	for i, p := range r.Problems {
		selected := l.focused && i == l.selected
		start := len(lines)
		lines = append(lines, problemLines(s, r, p, selected, w)...)
		if i == l.selected {
			from, to = start, len(lines)
		}
	}
	if to-l.top > h {
		l.top = to - h
	}
	l.top = max(0, min(l.top, from, len(lines)-h))
	lines = lines[l.top:min(len(lines), l.top+h)]
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines
}

func problemLines(s *style.Styles, r *edit.SchemaReport, p schema.Problem, selected bool, w int) []string {
	bar := "   "
	if selected {
		bar = " " + s.Focus.Render(style.Focus) + " "
	}
	glyph, st := severityGlyph(s, p.Severity)
	where := fmt.Sprintf("%s:%d:%d", widget.CleanLine(p.File), p.Line, p.Column)
	head := st.Render(glyph) + " " + s.Title.Render(where) + "  " + widget.CleanLine(p.Message) + s.Faint.Render(" ["+p.Rule+"]")
	if !selected {
		return []string{bar + ansi.Truncate(head, max(w-4, 1), style.Ellipsis)}
	}
	lines := widget.Indent(widget.Wrap(head, w-6), bar)
	lines = append(lines, widget.Indent(excerpt(s, r.Source, p, w-8), bar+"  ")...)
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
	cut := max(0, column-w/2) // a long line shows the part that matters
	text := widget.CleanLine(string(line[min(cut, len(line)):]))
	indent := ansi.StringWidth(string(line[cut:column]))
	caret := strings.Repeat(" ", indent) + strings.Repeat("^", max(1, min(p.Length, w-indent)))
	return []string{
		s.Faint.Render(ansi.Truncate(text, max(w, 1), style.Ellipsis)),
		s.Warning.Render(ansi.Truncate(caret, max(w, 1), "")),
	}
}
