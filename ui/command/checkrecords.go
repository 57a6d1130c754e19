package command

import (
	"path/filepath"

	"ampedit/client/project"
	"ampedit/client/wire"
	"ampedit/forms/schema"
)

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
	p.print(record{
		File: d.File, Line: max(d.Line, 1), Column: max(d.Column, 1), Severity: severity.String(),
		Rule: "compare", Message: d.Symbol + " " + d.Path + ": " + d.Message, Risk: d.Risk.String(),
	})
}

// finding prints what a project says that a request cannot, or what makes the
// job fail.
func (p *checkPrinter) finding(f project.Finding) {
	severity := schema.Info
	switch f.Code.Kind() {
	case project.Contradiction, project.Inexpressible, project.Incomplete:
		severity = schema.Warning
	case project.Refused, project.Unreadable:
		severity = schema.Error
	}
	p.print(record{
		File: f.File, Line: max(f.Line, 1), Column: max(f.Column, 1),
		Severity: severity.String(), Rule: string(f.Code), Message: f.Message,
	})
}

// failed prints that a schema could not be read.
func (p *checkPrinter) failed(name string, err error) {
	p.print(record{File: name, Line: 1, Column: 1, Severity: schema.Error.String(), Rule: "load", Message: err.Error()})
}

// projectSchema loads the files that a project says make up its schema.
func projectSchema(p *project.Project, b project.Backend) (*schema.Source, error) {
	paths := make([]string, len(b.SchemaFiles))
	for i, file := range b.SchemaFiles {
		paths[i] = filepath.Join(p.Root(), filepath.FromSlash(file))
	}
	return schema.Load(schema.Disk{}, paths...)
}

// projectConfig is a project's configuration as the checker wants it.
func projectConfig(b project.Backend) schema.Config {
	c := schema.Config{Default: schema.Mode(b.DefaultAuthType.Value.Mode)}
	for _, a := range b.AdditionalAuthTypes.Value {
		c.Additional = append(c.Additional, schema.Mode(a.Mode))
	}
	strategy := wire.ResolutionStrategy(b.ConflictStrategy.Value)
	c.ConflictResolution = strategy != "" && strategy != wire.StrategyNone
	switch b.TransformerVersion.Value {
	case 1:
		c.Transformer = schema.V1
	case 2:
		c.Transformer = schema.V2
	}
	return c
}
