package command

import (
	"path/filepath"
	"strings"
	"time"

	"ampedit/client/files"
	"ampedit/client/project"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
)

// localBase returns the function that says what the Amplify project says of a
// target, nil for nothing: no project, an environment that it does not have, or
// facts about another app or another API.
func localBase(open func() (*project.Project, error), now func() time.Time) func(edit.Target) *edit.Base {
	return func(t edit.Target) *edit.Base {
		b, ok := projectBackend(t.AppID, t.Environment, open)
		if !ok || b.ResourceName.Value != t.ResourceName {
			return nil
		}
		config := b.ResourceConfig()
		base := &edit.Base{Target: t, Local: true, Config: config, Read: now(), KeyEnd: b.KeyExpires().Value, Findings: b.Findings, Transformer: b.TransformerVersion.Value}
		if path, text, ok := localSchema(open, b.SchemaFiles); ok {
			base.SchemaPath, config.TransformSchema = path, &text
		}
		return base
	}
}

// localSchema reads the schema of the project and returns it with the path that
// loads it again; false if the project has none that can be read, of which the
// findings tell.
func localSchema(open func() (*project.Project, error), parts []string) (path, text string, ok bool) {
	p, err := open()
	if err != nil || len(parts) == 0 {
		return "", "", false
	}
	paths := make([]string, len(parts))
	for i, file := range parts {
		paths[i] = filepath.Join(p.Root(), filepath.FromSlash(file))
	}
	source, err := schema.Load(files.Disk{}, paths...)
	if err != nil {
		return "", "", false
	}
	path = paths[0]
	if len(paths) > 1 { // the folder that Amplify keeps parts in stands for all of them
		folder, _, _ := strings.Cut(parts[0], "/schema/")
		path = filepath.Join(p.Root(), filepath.FromSlash(folder), "schema")
	}
	return shortPath(path), source.Text(), true
}

// shortPath writes a path within the present folder without that.
func shortPath(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}
