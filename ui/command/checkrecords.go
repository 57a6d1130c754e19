package command

import (
	"errors"
	"path/filepath"
	"slices"
	"time"

	"ampedit/client/project"
	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
	"ampedit/forms/schema"
	"ampedit/ui/host"
)

// record is a problem or a difference, as a JSON object or as a line.
type record struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Risk     string `json:"risk,omitempty"`
}

// text is the record as a line. What stands in no file has no place in it.
func (r record) text() sanitize.Text {
	var place, risk sanitize.Text
	if r.File != "" {
		place = sanitize.Format("%s:%d:%d: ", filepath.FromSlash(r.File), r.Line, r.Column)
	}
	if r.Risk != "" {
		risk = sanitize.Format("%s: ", r.Risk)
	}
	return sanitize.Format("%s%s: %s%s [%s]", place, r.Severity, risk, r.Message, r.Rule)
}

// isError reports whether the record is an error.
func (r record) isError() bool { return r.Severity == schema.Error.String() }

// at puts the record to a place; unknown lines and columns are the first.
func (r record) at(file string, line, column int) record {
	r.File, r.Line, r.Column = file, max(line, 1), max(column, 1)
	return r
}

// checkPrinter prints problems as they are found, and counts errors.
type checkPrinter struct {
	out    *host.Printer
	json   bool
	errors int
	err    error
	// within is where a schema stands that is a value in a file, nil for none.
	within *record
}

func (p *checkPrinter) print(r record) {
	if r.isError() {
		p.errors++
	}
	if p.within != nil {
		r.Message = string(sanitize.Format("line %d, column %d of the schema: %s", r.Line, r.Column, r.Message))
		r = r.at(p.within.File, p.within.Line, p.within.Column)
	}
	switch {
	case p.err != nil:
	case p.json:
		p.err = p.out.JSON(r, "")
	default:
		p.err = p.out.Print(r.text() + "\n")
	}
}

func (p *checkPrinter) problem(found schema.Problem) {
	p.print(record{
		File: found.File, Line: found.Line, Column: found.Column,
		Severity: found.Severity.String(), Rule: found.Rule, Message: found.Message,
	})
}

// difference prints a difference from the deployed schema. What destroys data or
// breaks clients is a warning: it may be wanted. What is gone with all that held
// it has no place in the new schema and is put at its beginning.
func (p *checkPrinter) difference(source *schema.Source, d schema.Difference) {
	if d.File == "" {
		d.File, d.Line = source.Locate(1)
	}
	severity := schema.Info
	if d.Risk >= schema.Breaking {
		severity = schema.Warning
	}
	r := record{Severity: severity.String(), Rule: "compare", Message: d.Symbol + " " + d.Path + ": " + d.Message, Risk: d.Risk.String()}
	p.print(r.at(d.File, d.Line, d.Column))
}

// failed prints that a file could not be read.
func (p *checkPrinter) failed(name string, err error) {
	r := record{Severity: schema.Error.String(), Rule: "load", Message: err.Error()}.at(name, 1, 1)
	var broken *document.Error
	if errors.As(err, &broken) {
		r.Message = broken.Text
		r = r.at(name, broken.Line, broken.Column)
	}
	p.print(r)
}

// findingRecord is what a project says that a request cannot, or what makes the job
// fail. root is the project's folder.
func findingRecord(root string, f project.Finding) record {
	severity := schema.Info
	switch f.Code.Kind() {
	case project.Contradiction, project.Inexpressible, project.Incomplete:
		severity = schema.Warning
	case project.Refused, project.Unreadable:
		severity = schema.Error
	}
	return record{Severity: severity.String(), Rule: string(f.Code), Message: f.Message}.at(inProject(root, f.File), f.Line, f.Column)
}

// inProject is the path of a file of the project, from here if it is below.
func inProject(root, file string) string {
	if file == "" {
		return shortPath(root)
	}
	return shortPath(filepath.Join(root, filepath.FromSlash(file)))
}

// noteRecord is what of a kept request was not taken as it stands.
func noteRecord(name string, n document.Note) record {
	r := record{Severity: schema.Info.String(), Rule: "not-taken", Message: n.Path + ": " + n.Text}
	if n.Misspelt {
		r.Severity, r.Rule = schema.Warning.String(), string(project.UnknownMember)
	}
	return r.at(name, n.Line, n.Column)
}

// A placer says where the value of a request's member stands, by its path in the
// request; false for none.
type placer func(member string) (file string, line, column int, ok bool)

// inDocument places values in a kept request.
func inDocument(name string, doc *document.Document) placer {
	return func(member string) (string, int, int, bool) {
		line, column, ok := doc.Place(member)
		return name, line, column, ok
	}
}

// inBackend places values in a project's files.
func inBackend(root string, b project.Backend) placer {
	return func(member string) (string, int, int, bool) {
		at, ok := b.Place(member)
		return inProject(root, at.File), at.Line, at.Column, ok
	}
}

// statedRecords are what the rules of the forms find in a request that files state.
// What has no place in them is at the beginning of a file, "" for none.
func statedRecords(in *wire.UpdateBackendAPIInput, region string, place placer, other string) []record {
	var out []record
	for _, found := range forms.CheckStated(in, region, time.Now()) {
		r := record{Severity: found.Severity.String(), Rule: found.Rule, Message: found.Text}
		if found.Severity == forms.Note {
			r.Severity = schema.Info.String()
		}
		if file, line, column, ok := place(found.Member); ok {
			r = r.at(file, line, column)
		} else if other != "" {
			r = r.at(other, 1, 1)
		}
		out = append(out, r)
	}
	return out
}

// withoutTwice leaves out of a project's findings what a rule of the forms says of the
// same value.
func withoutTwice(root string, findings []project.Finding, stated []record) []project.Finding {
	return slices.DeleteFunc(slices.Clone(findings), func(finding project.Finding) bool {
		f := findingRecord(root, finding)
		return slices.ContainsFunc(stated, func(s record) bool {
			return s.Rule == f.Rule && s.File == f.File && s.Line == f.Line && s.Column == f.Column
		})
	})
}
