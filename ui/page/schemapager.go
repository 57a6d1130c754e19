package page

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
	"ampedit/ui/style"
)

// schemaText is what a pager knows of the schema that it shows.
type schemaText struct {
	source *schema.Source
	// name shortens the name of a file.
	name func(file string) string
	// problems are the first of each line of the text, counted from 0.
	problems map[int]schema.Problem
	// open opens the file of a line of the text, counted from 1; nil if the text
	// has no file.
	open func(line int) tea.Cmd
}

// NewSchemaPager returns a pager over the schema of a report: coloured, numbered
// as the files are, with the lines marked that have problems. open opens the file
// of a line of the text, counted from 1; it is nil for a schema without a file.
func NewSchemaPager(s *Shared, r *edit.SchemaReport, open func(line int) tea.Cmd) *Pager {
	p := newPager(s, "schema.graphql", r.Source.Text(), sanitize.Verbatim)
	p.schema = &schemaText{source: r.Source, name: r.Name, problems: map[int]schema.Problem{}, open: open}
	p.lines = highlight(s.Styles, p.lines)
	p.marks = map[int]sanitize.Text{}
	for _, problem := range r.Problems {
		line := problem.TextLine - 1
		if first, found := p.schema.problems[line]; found && first.Severity <= problem.Severity {
			continue
		}
		glyph, st := severityGlyph(s.Styles, problem.Severity)
		p.marks[line], p.schema.problems[line] = st.Render(glyph), problem
	}
	p.matches = p.marked()
	p.render()
	return p
}

// status says what is wrong with a line, else where it is and how long the text
// is.
func (t *schemaText) status(s *style.Styles, line int, otherwise sanitize.Text) sanitize.Text {
	file, number := t.source.Locate(line + 1)
	place := sanitize.Format("%s:%d", t.name(file), number)
	if p, found := t.problems[line]; found {
		glyph, st := severityGlyph(s, p.Severity)
		return st.Render(glyph) + " " + place + "  " + sanitize.Line(p.Message)
	}
	return place + "  of" + otherwise
}
