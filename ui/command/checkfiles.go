package command

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ampedit/client/files"
	"ampedit/client/project"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
)

// files checks each schema and each kept request on its own.
func (f *checkFlags) files(p *checkPrinter, in io.Reader, args []string, config schema.Config) error {
	for _, name := range args {
		doc, source, err := readChecked(in, name)
		if name == "-" {
			name = standardInput
		}
		switch {
		case err != nil:
			p.failed(name, err)
			continue
		case doc != nil:
			err = f.request(p, name, doc, config)
		default:
			err = f.judge(p, source, config)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standardInput is the name of what - stands for, in messages.
const standardInput = "standard input"

// readChecked reads a file that is a kept request or a schema. The names of most say
// what they are; of others, and of standard input, the text does.
func readChecked(in io.Reader, name string) (*document.Document, *schema.Source, error) {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(in, edit.MaxFile+1))
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", standardInput, err)
		}
		doc, err := document.Parse(standardInput, data)
		switch text := bytes.TrimLeft(data, "\uFEFF \t\r\n"); {
		case err == nil:
			return doc, nil, nil
		case bytes.HasPrefix(text, []byte("{")): // no schema begins so
			return nil, nil, err
		}
		source, err := schema.NewSource(standardInput, string(data))
		return nil, source, err
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".json", ".yaml", ".yml":
		if info, err := os.Stat(name); err == nil && info.IsDir() {
			break
		}
		file, err := edit.OpenFile(name)
		if err != nil {
			return nil, nil, err
		}
		return file.Document, nil, nil
	}
	source, err := schema.Load(files.Disk{}, name)
	return nil, source, err
}

// request checks a kept request and the schema in it, under the request's own modes
// and strategy unless flags name others.
func (f *checkFlags) request(p *checkPrinter, name string, doc *document.Document, config schema.Config) error {
	for _, note := range doc.Notes {
		p.print(noteRecord(name, note))
	}
	in := &wire.UpdateBackendAPIInput{
		AppID: doc.Target.AppID, BackendEnvironmentName: doc.Target.Environment, ResourceName: doc.Target.ResourceName, ResourceConfig: doc.Stated().Config,
	}
	place := inDocument(name, doc)
	for _, r := range statedRecords(in, "", place, name) {
		p.print(r)
	}
	if doc.Config == nil || wire.Text(doc.Config.TransformSchema) == "" || forms.LooksLikePlace(*doc.Config.TransformSchema) {
		return nil
	}
	source, err := schema.NewSource(name, *doc.Config.TransformSchema)
	if err != nil {
		p.failed(name, err)
		return nil
	}
	own := edit.CheckConfig(doc.Config)
	if f.auth == "" && own.Default != "" {
		config.Default, config.Additional = own.Default, own.Additional
	}
	if f.conflict == "" {
		config.ConflictResolution = own.ConflictResolution
	}
	file, line, column, _ := place("resourceConfig.transformSchema")
	p.within = &record{File: file, Line: line, Column: column}
	defer func() { p.within = nil }()
	return f.judge(p, source, config)
}

// judge checks one schema, and compares it with the deployed one if that is
// given.
func (f *checkFlags) judge(p *checkPrinter, source *schema.Source, config schema.Config) error {
	parsed := schema.Parse(source)
	for _, problem := range schema.Check(parsed, config) {
		p.problem(problem)
	}
	if f.deployed == "" {
		return nil
	}
	before, err := schema.Load(files.Disk{}, f.deployed)
	if err != nil {
		return usage("--deployed: %w", err)
	}
	for _, difference := range schema.Compare(schema.Parse(before), parsed) {
		p.difference(source, difference)
	}
	return nil
}

// project checks what a project's files say, and its schema under that. What belongs
// to an environment is left out where none is known.
func (f *checkFlags) project(p *checkPrinter) error {
	found, err := project.Open(cmp.Or(f.dir, "."))
	if err != nil {
		return usage("%w; name a file, or a project with --dir", err)
	}
	backend, err := found.Backend(cmp.Or(f.environment, os.Getenv("AMPEDIT_ENV"), found.CurrentEnvironment().Value))
	switch {
	case errors.Is(err, project.ErrNoEnvironment):
		backend = found.Common()
		p.print(noEnvironment(found))
	case err != nil:
		return &exitError{ExitUsage, err}
	}
	config := backend.ResourceConfig()
	source, err := projectSchema(found, backend)
	if err == nil {
		text := source.Text()
		config.TransformSchema = &text
	}
	in := &wire.UpdateBackendAPIInput{
		AppID: backend.AppID.Value, BackendEnvironmentName: backend.Environment, ResourceName: backend.ResourceName.Value, ResourceConfig: config,
	}
	root := inProject(found.Root(), "")
	stated := statedRecords(in, backend.Region.Value, inBackend(found.Root(), backend), root)
	for _, finding := range withoutTwice(found.Root(), backend.Findings, stated) {
		p.print(findingRecord(found.Root(), finding))
	}
	for _, r := range stated {
		p.print(r)
	}
	if err != nil {
		p.failed(root, err)
		return nil
	}
	return f.judge(p, source, projectConfig(backend))
}

// noEnvironment says what of a project is not looked at without an environment, and
// which there are.
func noEnvironment(p *project.Project) record {
	r := record{Severity: schema.Info.String(), Rule: "no-environment"}
	r.Message = "No environment is checked out or named, so what belongs to one was not looked at: app id, region, ids of user pools. --env names one"
	if names := environmentNames(p); names != "" {
		r.Message += ": " + names
	}
	r.Message += "."
	return r.at(inProject(p.Root(), "amplify"), 1, 1)
}

// environmentNames are the project's environments, as a list for a sentence.
func environmentNames(p *project.Project) string {
	var names []string
	for _, env := range p.Environments() {
		names = append(names, env.Value)
	}
	return strings.Join(names, ", ")
}

// projectSchema loads the files that a project says make up its schema.
func projectSchema(p *project.Project, b project.Backend) (*schema.Source, error) {
	paths := make([]string, len(b.SchemaFiles))
	for i, file := range b.SchemaFiles {
		paths[i] = inProject(p.Root(), file)
	}
	return schema.Load(files.Disk{}, paths...)
}

// projectConfig is a project's configuration as the checker wants it. All modes count
// as configured where the files that state them could not be read.
func projectConfig(b project.Backend) schema.Config {
	c := edit.CheckConfig(b.ResourceConfig())
	if !b.DefaultAuthType.Known() {
		all := schema.AllModes()
		c.Default, c.Additional = all[0], all[1:]
	}
	switch b.TransformerVersion.Value {
	case 1:
		c.Transformer = schema.V1
	case 2:
		c.Transformer = schema.V2
	}
	return c
}
