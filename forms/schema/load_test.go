package schema_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/client/files"
	"ampedit/forms/schema"
)

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func included(s *schema.Source) (names, ignored []string) {
	for _, f := range s.Files() {
		if f.Ignored == "" {
			names = append(names, f.Name)
		} else {
			ignored = append(ignored, f.Name)
		}
	}
	return names, ignored
}

func TestLoadFolder(t *testing.T) {
	tests := []struct {
		name, folder      string
		files             fstest.MapFS
		included, ignored string
	}{
		{"schema.graphql is the schema", "api", fstest.MapFS{
			"api/schema.graphql": file("type A { x: Int }"), "api/old.graphql": file("type B"), "api/schema/b.graphql": file("type C"), "api/readme.md": file(""),
		}, "api/schema.graphql", "api/old.graphql api/schema"},
		{"else the schema folder", "api", fstest.MapFS{
			"api/schema/b.graphql": file("type B { x: Int }"), "api/schema/a.gql": file("type A { x: Int }"), "api/schema/deep/c.graphql": file("type C { x: Int }"),
			"api/other.graphql": file(""), "api/schema/notes.txt": file(""), "api/schema/.hidden.graphql": file(""),
		}, "api/schema/a.gql api/schema/b.graphql api/schema/deep/c.graphql", "api/other.graphql api/schema/.hidden.graphql api/schema/notes.txt"},
		{"else its own files", "api", fstest.MapFS{
			"api/z.graphql": file("type Z { x: Int }"), "api/a.graphql": file("type A { x: Int }"), "api/node_modules/x.graphql": file(""), "api/.git/x.graphql": file(""),
		}, "api/a.graphql api/z.graphql", "api/.git api/node_modules"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := schema.Load(tt.files, tt.folder)
			if err != nil {
				t.Fatal(err)
			}
			names, ignored := included(s)
			if strings.Join(names, " ") != tt.included || strings.Join(ignored, " ") != tt.ignored {
				t.Errorf("included %v, ignored %v", names, ignored)
			}
		})
	}
}

func TestLoadKeepsTextAndPositions(t *testing.T) {
	files := fstest.MapFS{
		"a.graphql": file("\xef\xbb\xbftype A {\r\n  x: Nope\r\n}"),
		"b.graphql": file(""),
		"c.graphql": file("\n\ntype C { y: Nix }\n"),
	}
	s, err := schema.Load(files, "a.graphql", "b.graphql", "c.graphql")
	if err != nil {
		t.Fatal(err)
	}
	if want := "type A {\r\n  x: Nope\r\n}\n\n\n\ntype C { y: Nix }\n"; s.Text() != want {
		t.Errorf("text %q", s.Text())
	}
	problems := schema.Check(schema.Parse(s), schema.Config{})
	var got []string
	for _, p := range problems {
		if p.Severity == schema.Error {
			got = append(got, p.String())
		}
		if file, line := s.Locate(p.TextLine); file != p.File || line != p.Line || s.TextLine(file, line) != p.TextLine {
			t.Errorf("%v is on line %d of the text, which is %s:%d", p, p.TextLine, file, line)
		}
	}
	if len(got) != 2 || !strings.HasPrefix(got[0], "a.graphql:2:6: error: there is no type Nope") || !strings.HasPrefix(got[1], "c.graphql:3:13: error: there is no type Nix") {
		t.Errorf("%q", got)
	}
	single, err := schema.Load(files, "c.graphql")
	if err != nil || single.Text() != "\n\ntype C { y: Nix }\n" {
		t.Errorf("one file changed: %q, %v", single.Text(), err)
	}
}

func TestLoadIsStable(t *testing.T) {
	files := fstest.MapFS{"d/b.graphql": file("type B { x: Int }"), "d/a.graphql": file("type A { x: Int }")}
	first, err := schema.Load(files, "d")
	if err != nil {
		t.Fatal(err)
	}
	second, err := schema.Load(files, "d")
	if err != nil || first.SHA256() != second.SHA256() || len(first.SHA256()) != 64 {
		t.Errorf("%s and %s, %v", first.SHA256(), second.SHA256(), err)
	}
}

// failing answers Open for one name with an error.
type failing struct {
	fstest.MapFS
	name string
	err  error
}

func (f failing) Open(name string) (fs.File, error) {
	if name == f.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: f.err}
	}
	return f.MapFS.Open(name)
}

func TestLoadErrorsAreSentences(t *testing.T) {
	files := fstest.MapFS{
		"bad.graphql": file("type A {\n  é\xff: Int }"), "utf16.graphql": file("\xff\xfet\x00"), "big.graphql": file(strings.Repeat("x", schema.MaxSize+1)),
		"empty/readme.md": file(""), "api/schema.graphql": file("type A { x: Int }"), "one.graphql": file(strings.Repeat("#", schema.MaxSize)), "two.graphql": file("type A"),
		"pipe": {Mode: fs.ModeNamedPipe},
	}
	tests := []struct {
		name  string
		fsys  fs.FS
		paths []string
		want  string
	}{
		{"none", files, nil, "no schema was named"},
		{"empty", files, []string{" "}, "the path of the schema is empty"},
		{"missing", files, []string{"nope.graphql"}, "there is no file or folder nope.graphql: check the spelling"},
		{"text", files, []string{"type Todo @model { id: ID! }"}, "this looks like the text of a schema"},
		{"address", files, []string{"https://example.com/schema.graphql"}, "is an address, not a path on this machine"},
		{"utf-8", files, []string{"bad.graphql"}, "bad.graphql:2:4: byte 14 (0xff) is not UTF-8; save it as UTF-8"},
		{"utf-16", files, []string{"utf16.graphql"}, "it is UTF-16; save it as UTF-8"},
		{"size", files, []string{"big.graphql"}, "the schema is larger than 5 MB"},
		{"size in all", files, []string{"one.graphql", "two.graphql"}, "the schema is larger than 5 MB with two.graphql"},
		{"no schema in folder", files, []string{"empty"}, "the folder empty holds no .graphql or .gql file"},
		{"pipe", files, []string{"pipe"}, "pipe is not a regular file"},
		{"permission", failing{files, "two.graphql", fs.ErrPermission}, []string{"two.graphql"}, "two.graphql cannot be read: you lack the permission"},
		{"vanished", failing{files, "api/schema.graphql", fs.ErrNotExist}, []string{"api"}, "api/schema.graphql vanished while the schema was being read: load it again"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := schema.Load(tt.fsys, tt.paths...)
			if err == nil || !strings.Contains(err.Error(), filepath.FromSlash(tt.want)) {
				t.Errorf("error %v, want %q", err, tt.want)
			}
		})
	}
	if _, err := schema.Load(files, "nope"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v does not wrap the cause", err)
	}
}

func TestDiskTakesAbsolutePaths(t *testing.T) {
	name := filepath.Join(t.TempDir(), "schema.graphql")
	if err := os.WriteFile(name, []byte("type A { x: Int }\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{name, filepath.Dir(name)} {
		s, err := schema.Load(files.Disk{}, path)
		if err != nil {
			t.Fatal(err)
		}
		if names, _ := included(s); len(names) != 1 || filepath.Clean(names[0]) != name {
			t.Errorf("loaded %v", names)
		}
	}
}

func TestRead(t *testing.T) {
	s, err := schema.Read("standard input", strings.NewReader("type A { x: Int }"))
	if err != nil || s.Files()[0].Name != "standard input" {
		t.Errorf("%v, %v", s, err)
	}
	if _, err := schema.Read("standard input", io.MultiReader(strings.NewReader("type"), errorReader{})); err == nil || !strings.Contains(err.Error(), "reading the schema from standard input failed") {
		t.Error(err)
	}
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, errors.New("broken") }
