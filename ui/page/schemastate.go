package page

import (
	"fmt"
	"path"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui/style"
)

// state says which schema would be sent, what it holds, and from which files it
// was read.
func (p *Schema) state(int) []sanitize.Text {
	s, loaded := p.Styles, p.Edit.Schema()
	text, ok := p.text()
	named := p.Edit.SchemaPath() != ""
	switch {
	case p.source() == forms.SourceFile && !named:
		return []sanitize.Text{" " + s.Faint.Render("No file is named yet: type a path, or press → for a list."), ""}
	case !named && !ok:
		return []sanitize.Text{" " + s.Faint.Render("No schema was read; without one the member is not sent."), ""}
	case named && loaded.Path != p.Edit.SchemaPath():
		return []sanitize.Text{" " + s.Faint.Render("reading…"), ""}
	case named && loaded.Err != nil:
		return nil // the field says it
	}
	lines := []sanitize.Text{" " + p.summary(text)}
	if files := p.files(); named && files != "" {
		lines = append(lines, " "+files)
	}
	return append(lines, "")
}

func (p *Schema) source() string {
	return p.Edit.Answers.Text(forms.At(forms.StepSchema, forms.KeySchemaSource))
}

// summary counts the problems and what the schema holds.
func (p *Schema) summary(text string) sanitize.Text {
	s, r := p.Styles, p.Edit.Report()
	if r == nil || p.Edit.Checking() {
		return s.Faint.Render("checking…")
	}
	glyph, st := sanitize.Text(style.Done), s.Good
	switch {
	case r.Deployed && len(r.Problems) > 0: // they block nothing
		glyph, st = style.Warn, s.Warning
	case count(r.Problems, schema.Error) > 0:
		glyph, st = style.Failed, s.Bad
	case count(r.Problems, schema.Warning) > 0:
		glyph, st = style.Warn, s.Warning
	}
	parts := []sanitize.Text{problemCounts(r.Problems)}
	if r.Summary != (schema.Summary{}) { // of a schema with syntax errors nothing is counted
		parts = append(parts, sanitize.Line(r.Summary.String()))
	}
	parts = append(parts, sanitize.Format("%d lines", strings.Count(strings.TrimSuffix(text, "\n"), "\n")+1))
	return st.Render(glyph + " " + sanitize.Join(parts, "; "))
}

func count(problems []schema.Problem, severity schema.Severity) int {
	n := 0
	for _, p := range problems {
		if p.Severity == severity {
			n++
		}
	}
	return n
}

// problemCounts is the number of problems of each kind in words.
func problemCounts(problems []schema.Problem) sanitize.Text {
	var parts []sanitize.Text
	for _, kind := range []struct {
		severity  schema.Severity
		one, many sanitize.Text
	}{{schema.Error, "error", "errors"}, {schema.Warning, "warning", "warnings"}, {schema.Info, "note", "notes"}} {
		switch n := count(problems, kind.severity); n {
		case 0:
		case 1:
			parts = append(parts, "1 "+kind.one)
		default:
			parts = append(parts, sanitize.Format("%d %s", n, kind.many))
		}
	}
	if len(parts) == 0 {
		return "no problems"
	}
	return sanitize.Join(parts, ", ")
}

// files names the files of a folder that count and those that do not, "" for a
// schema of one file with nothing beside it.
func (p *Schema) files() sanitize.Text {
	loaded := p.Edit.Schema()
	if len(loaded.Files) < 2 {
		return ""
	}
	var used, ignored []string
	for _, f := range loaded.Files {
		if f.Ignored == "" {
			used = append(used, loaded.Name(f.Name))
		} else {
			ignored = append(ignored, path.Base(f.Name))
		}
	}
	files := sanitize.Format("%d files", len(used))
	if len(used) == 1 {
		files = "1 file"
	}
	if len(ignored) == 0 {
		return files + ": " + sanitize.Line(strings.Join(used, ", "))
	}
	return sanitize.Format("%s, %d ignored (%s): %s", files, len(ignored), strings.Join(firstOf(ignored, 2), ", "), strings.Join(used, ", "))
}

// firstOf returns the first n names, and an ellipsis for those after them.
func firstOf(names []string, n int) []string {
	if len(names) <= n {
		return names
	}
	return append(names[:n:n], style.Ellipsis)
}

// fileList is the whole list of files, in the order in which they are joined, and
// why others are ignored.
func (p *Schema) fileList() string {
	loaded := p.Edit.Schema()
	var used, ignored strings.Builder
	for _, f := range loaded.Files {
		if name := loaded.Name(f.Name); f.Ignored == "" {
			fmt.Fprintf(&used, "  %s\n", name)
		} else {
			fmt.Fprintf(&ignored, "  %s: %s\n", name, f.Ignored)
		}
	}
	text := "Read from " + loaded.Path + ", joined in this order:\n" + used.String()
	if ignored.Len() > 0 {
		text += "\nIgnored:\n" + ignored.String()
	}
	return text
}
