package edit_test

import (
	"errors"
	"io/fs"
	"path/filepath"
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
		for i := range got { // the first folder has the system's own separator
			got[i] = filepath.ToSlash(got[i])
		}
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

// What is typed on each system, and the path inside.
func TestExpandPath(t *testing.T) {
	for _, c := range []struct{ goos, typed, want string }{
		{"linux", "", ""},
		{"linux", "  schema.graphql ", "schema.graphql"},
		{"linux", "'a b/schema.gql'", "a b/schema.gql"},
		{"linux", `"a b"`, "a b"},
		{"linux", `a\ b\ \(1\)/it\'s.gql`, "a b (1)/it's.gql"},
		{"linux", `'it'\''s.gql'`, "it's.gql"},
		{"linux", "it's a b.gql", "it's a b.gql"},
		{"linux", `a\b.gql`, `a\b.gql`},
		{"linux", "~", "/home/ada"},
		{"darwin", "~/amplify/", "/home/ada/amplify"},
		{"darwin", `~/my\ app`, "/home/ada/my app"},
		{"linux", "~bob/x", "~bob/x"},
		{"linux", "./amplify/../x.gql", "x.gql"},
		{"linux", "/srv//schema.graphql", "/srv/schema.graphql"},
		{"linux", "'", "'"},
		{"windows", `amplify\schema\`, "amplify/schema"},
		{"windows", `amplify/schema\a.graphql`, "amplify/schema/a.graphql"},
		{"windows", `"C:\My Files\a.graphql"`, "C:/My Files/a.graphql"},
		{"windows", `'C:\My Files\a.graphql'`, "C:/My Files/a.graphql"},
		{"windows", `C:\`, "C:/"},
		{"windows", `C:\..\x`, "C:/x"},
		{"windows", `C:`, "C:."},
		{"windows", `c:x\..\y`, "c:y"},
		{"windows", `\\server\share\a\..\b.gql`, "//server/share/b.gql"},
		{"windows", `\srv\x`, "/srv/x"},
		{"windows", `~\app`, "C:/Users/ada/app"},
		{"windows", "~", "C:/Users/ada"},
		{"windows", `it's\ x`, "it's/ x"},
	} {
		home := "/home/ada"
		if c.goos == "windows" {
			home = `C:\Users\ada`
		}
		if got := edit.ExpandPathOn(c.goos, home, c.typed); got != c.want {
			t.Errorf("%s: %q is %q inside, not %q", c.goos, c.typed, got, c.want)
		}
	}
	if got := edit.ExpandPathOn("linux", "", "~/x"); got != "~/x" {
		t.Errorf("without a home folder ~/x is %q", got)
	}
}

// A path inside is shown with the separators of the system, and found again when that
// is typed.
func TestShownPathComesBack(t *testing.T) {
	for _, c := range []struct{ goos, inside, shown string }{
		{"linux", "a b/c.gql", "a b/c.gql"},
		{"darwin", "/srv/a.gql", "/srv/a.gql"},
		{"windows", "amplify/schema/a.graphql", `amplify\schema\a.graphql`},
		{"windows", "C:/My Files/a.graphql", `C:\My Files\a.graphql`},
		{"windows", "C:/", `C:\`},
		{"windows", "//server/share/b.gql", `\\server\share\b.gql`},
	} {
		got := edit.ShownPathOn(c.goos, c.inside)
		if again := edit.ExpandPathOn(c.goos, "", got); got != c.shown || again != c.inside {
			t.Errorf("%s: %s is shown as %s, and that is %s inside", c.goos, c.inside, got, again)
		}
	}
}

// Suggestions go on with the separators that were typed.
func TestCompletionKeepsWhatIsTyped(t *testing.T) {
	for _, c := range []struct{ goos, typed, folder, name, separator string }{
		{"linux", `a/b\c`, "a/", `b\c`, "/"},
		{"linux", "a", "", "a", "/"},
		{"windows", `a\b`, `a\`, "b", `\`},
		{"windows", `a\b/c`, `a\b/`, "c", "/"},
		{"windows", "a", "", "a", `\`},
	} {
		folder, name := edit.SplitTypedOn(c.goos, c.typed)
		if separator := edit.SeparatorOfOn(c.goos, folder); folder != c.folder || name != c.name || separator != c.separator {
			t.Errorf("%s: %s gives %q, %q and %q", c.goos, c.typed, folder, name, separator)
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
