package edit_test

import (
	"path/filepath"
	"testing"

	"ampedit/ui/edit"
)

// TestSchemaName shortens names as far as the path that was typed tells them
// apart.
func TestSchemaName(t *testing.T) {
	for _, c := range []struct{ path, file, want string }{
		{"schema.graphql", "schema.graphql", "schema.graphql"},
		{"/home/me/app/schema.graphql", "/home/me/app/schema.graphql", "schema.graphql"},
		{"'api/notes/'", "api/notes/schema/a.graphql", "schema/a.graphql"},
		{"./api", "api/a.graphql", "a.graphql"},
		{"api", "other/a.graphql", "other/a.graphql"},
		{"api", "apis/a.graphql", "apis/a.graphql"},
		{"/", "/a.graphql", "a.graphql"},
		{".", "a.graphql", "a.graphql"},
		{"api", "deployed schema", "deployed schema"},
		{"", "deployed schema", "deployed schema"},
	} {
		if got := (edit.Schema{Path: c.path}).Name(c.file); got != filepath.FromSlash(c.want) {
			t.Errorf("%s of the path %s is called %s, not %s", c.file, c.path, got, c.want)
		}
	}
}
