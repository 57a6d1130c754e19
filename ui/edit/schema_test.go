package edit_test

import (
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
		{".", "a.graphql", "a.graphql"},
		{"api", "deployed schema", "deployed schema"},
		{"", "deployed schema", "deployed schema"},
	} {
		if got := (edit.Schema{Path: c.path}).Name(c.file); got != c.want {
			t.Errorf("%s of the path %s is called %s, not %s", c.file, c.path, got, c.want)
		}
	}
}
