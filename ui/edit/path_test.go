package edit_test

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
	"testing/fstest"

	"ampedit/ui/edit"
)

func TestCompletePath(t *testing.T) {
	disk := fstest.MapFS{
		"amplify/schema.graphql": {}, "amplify/Schema2.GraphQL": {}, "amplify/types.gql": {}, "amplify/notes.txt": {},
		"amplify/schema/user.graphql": {}, ".hidden/x.graphql": {}, "apps/web/readme": {},
	}
	for _, c := range []struct {
		path string
		want []string
	}{
		{"", []string{"amplify/", "apps/"}},
		{"a", []string{"amplify/", "apps/"}},
		{"AM", []string{"amplify/"}},
		{".", []string{".hidden/"}},
		{"amplify/", []string{"amplify/schema/", "amplify/schema.graphql", "amplify/types.gql"}},
		{"amplify/sch", []string{"amplify/schema/", "amplify/schema.graphql"}},
		{"amplify/types.gql", nil}, // complete already
		{"nowhere/", nil},
		{"apps/web/", nil},
	} {
		got, err := edit.CompletePath(disk, c.path)
		slices.Sort(got)
		slices.Sort(c.want)
		if err != nil || !slices.Equal(got, c.want) {
			t.Errorf("CompletePath(%q) is %q, %v, not %q", c.path, got, err, c.want)
		}
	}
}

func TestCompletePathIsBounded(t *testing.T) {
	disk := fstest.MapFS{}
	for i := range 1000 {
		disk[string(rune('a'+i%26))+string(rune('a'+i/26))+".graphql"] = &fstest.MapFile{}
	}
	if got, err := edit.CompletePath(disk, ""); err != nil || len(got) == 0 || len(got) > 200 {
		t.Errorf("%d suggestions, %v", len(got), err)
	}
}

func TestCompletePathSaysWhatIsWrong(t *testing.T) {
	if _, err := edit.CompletePath(broken{}, "x/"); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("the error is %v", err)
	}
}

// broken is a disk that lets nobody in.
type broken struct{}

func (broken) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

func TestExpandPath(t *testing.T) {
	t.Setenv("HOME", "/home/ada")
	for typed, want := range map[string]string{
		"":                     "",
		"  schema.graphql ":    "schema.graphql",
		"'a b/schema.gql'":     "a b/schema.gql",
		`"a b"`:                "a b",
		"~":                    "/home/ada",
		"~/amplify/":           "/home/ada/amplify",
		"~bob/x":               "~bob/x",
		"./amplify/../x.gql":   "x.gql",
		"/srv//schema.graphql": "/srv/schema.graphql",
		"'":                    "'",
	} {
		if got := edit.ExpandPath(typed); got != want {
			t.Errorf("ExpandPath(%q) is %q, not %q", typed, got, want)
		}
	}
}

func TestLoadSchema(t *testing.T) {
	disk := fstest.MapFS{"s/a.graphql": {Data: []byte("type A {\n  id: ID!\n}\n")}, "s/b.gql": {Data: []byte("type B {\n  id: ID!\n}\n")}}
	if s := edit.LoadSchema(disk, " 's' "); s.Err != nil || s.Text != "type A {\n  id: ID!\n}\ntype B {\n  id: ID!\n}\n" || s.Path != " 's' " {
		t.Errorf("the folder gives %+v", s)
	}
	if s := edit.LoadSchema(disk, "gone"); s.Err == nil || s.Text != "" {
		t.Errorf("a path that is not there gives %+v", s)
	}
}

func TestSchemaOfAnotherPathIsDropped(t *testing.T) {
	e := edit.New(nil)
	e.Answers.Set(source, "file")
	e.Answers.Set(path, "new.graphql")
	e.SetSchema(edit.Schema{Path: "old.graphql", Text: "type Old"})
	if e.Schema().Text != "" {
		t.Errorf("the schema is %+v", e.Schema())
	}
}
