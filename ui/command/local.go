package command

import (
	"path/filepath"
	"time"

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
		if text, ok := localSchema(open, b.SchemaFiles); ok {
			config.TransformSchema = &text
		}
		return &edit.Base{
			Target: t, Local: true, Config: config, Read: now(), KeyEnd: b.KeyExpires().Value, Findings: b.Findings,
		}
	}
}

// localSchema reads the schema of the project; false if it has none that can be
// read, of which the findings tell.
func localSchema(open func() (*project.Project, error), files []string) (string, bool) {
	p, err := open()
	if err != nil || len(files) == 0 {
		return "", false
	}
	paths := make([]string, len(files))
	for i, file := range files {
		paths[i] = filepath.Join(p.Root(), filepath.FromSlash(file))
	}
	source, err := schema.Load(schema.Disk{}, paths...)
	if err != nil {
		return "", false
	}
	return source.Text(), true
}
