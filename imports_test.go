package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the path that package imports begin with.
const module = "ampedit"

// arrows says which of the module's packages each package may import, tests
// aside. They point downwards only: from the command line to pages, from pages
// to the edit that they show, from there to forms and client, and from those to
// wire. A package that is not in here has no place in the architecture yet.
var arrows = map[string][]string{
	".": {"ui/command", "ui/earlybg"},

	"ui/command": {
		"ui/host",
		"ui", "ui/edit", "ui/keys", "ui/style", "ui/task",
		"forms", "forms/document", "forms/schema", "client", "client/emulator", "client/journal", "client/oidc", "client/project", "client/submission", "client/wire",
	},
	"ui": {
		"ui/edit", "ui/form", "ui/keys", "ui/page", "ui/style", "ui/task", "ui/widget",
		"forms", "forms/schema", "client", "client/journal", "client/oidc", "client/sanitize", "client/submission", "client/wire",
	},
	"ui/page": {
		"ui/edit", "ui/form", "ui/keys", "ui/style", "ui/task", "ui/widget",
		"forms", "forms/schema", "client", "client/journal", "client/oidc", "client/sanitize", "client/submission", "client/wire",
	},
	"ui/form":    {"ui/edit", "ui/keys", "ui/style", "ui/widget", "forms", "client", "client/sanitize"},
	"ui/widget":  {"ui/keys", "ui/style", "client/sanitize"},
	"ui/style":   {"client/sanitize"},
	"ui/keys":    {},
	"ui/task":    {},
	"ui/earlybg": {},
	"ui/edit": {
		"forms", "forms/document", "forms/schema",
		"client", "client/journal", "client/oidc", "client/project", "client/submission", "client/wire",
	},
	"ui/host":   {"ui", "ui/task", "client"},
	"ui/uitest": {"client", "client/emulator", "client/journal", "client/wire"},

	"forms/document": {"forms", "client/wire"},
	"forms":          {"forms/schema", "client/wire"},
	"forms/schema":   {},

	"client":            {"client/wire"},
	"client/charset":    {},
	"client/emulator":   {},
	"client/files":      {},
	"client/journal":    {"client/wire"},
	"client/loopback":   {},
	"client/oidc":       {},
	"client/project":    {"client/wire"},
	"client/redact":     {},
	"client/sanitize":   {"client/redact"},
	"client/shell":      {"client/sanitize"},
	"client/suggest":    {},
	"client/submission": {"client", "client/journal", "client/wire"},
	"client/wire":       {},
}

// leaves are what every package may import: each is the one home of something that
// must not be done twice, and imports nothing of the module but other leaves.
var leaves = []string{"client/charset", "client/files", "client/loopback", "client/redact", "client/sanitize", "client/shell", "client/suggest"}

// strangers says which packages of others a folder, and all below it, must do
// without, tests aside. A module is banned as a whole, of the standard library
// just the package named.
var strangers = map[string][]string{
	"ui/edit": {"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles", "github.com/charmbracelet/lipgloss"},
	"forms":   {"github.com/charmbracelet", "github.com/aws", "net", "net/http", "os/exec"},
	"client":  {"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles", "github.com/charmbracelet/lipgloss"},
}

// pages are the folders that draw by widgets alone, and what they do without, tests
// aside.
var (
	pages    = []string{"ui", "ui/page", "ui/form"}
	painters = []string{"github.com/charmbracelet/lipgloss", "github.com/charmbracelet/x/ansi", "github.com/muesli/termenv"}
)

// testOnly are the packages that only tests, and ui/uitest for them, may import.
var testOnly = []string{
	module + "/ui/uitest",
	"github.com/charmbracelet/x/vt",
	"github.com/creack/pty",
	"github.com/google/go-cmp",
	"net/http/httptest",
	"pgregory.net/rapid",
	"testing",
}

func TestImportsFollowTheArrows(t *testing.T) {
	for _, f := range goFiles(t) {
		allowed, known := arrows[f.folder]
		if !known {
			t.Errorf("%s: folder %s has no row in arrows; decide what it may import", f.name, f.folder)
			continue
		}
		for _, imported := range f.ours() {
			switch {
			case !f.test && !slices.Contains(allowed, imported) && !slices.Contains(leaves, imported) && imported != "ui/uitest",
				slices.Contains(leaves, f.folder) && !f.test && !slices.Contains(allowed, imported):
				t.Errorf("%s imports %s; %s may import %q of this module", f.name, imported, f.folder, allowed)
			case f.test && !f.below("ui") && f.folder != "." && within(imported, "ui"):
				t.Errorf("%s imports %s; tests of %s must do without the interface", f.name, imported, f.folder)
			}
		}
	}
}

func TestImportsOfOthers(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.test {
			continue
		}
		for _, imported := range f.imports() {
			if within(imported, testOnly...) && f.folder != "ui/uitest" {
				t.Errorf("%s imports %s, which is for tests alone", f.name, imported)
			}
			if slices.Contains(pages, f.folder) && within(imported, painters...) {
				t.Errorf("%s imports %s; pages are drawn by ui/widget", f.name, imported)
			}
			for folder, banned := range strangers {
				if f.below(folder) && bans(banned, imported) {
					t.Errorf("%s imports %s, which %s does without", f.name, imported, folder)
				}
			}
		}
	}
}

// The settled background of ui/earlybg must come before the question that
// Bubble Tea asks in its own initialisation. Go initialises packages in the
// order of their import paths, as soon as all that they import is initialised.
func TestEarlyBackgroundComesBeforeBubbleTea(t *testing.T) {
	const early, late = module + "/ui/earlybg", "github.com/charmbracelet/bubbletea"
	if early >= late {
		t.Errorf("%s must sort before %s", early, late)
	}
	imported := false
	for _, f := range goFiles(t) {
		switch {
		case f.test:
		case f.folder == ".":
			imported = imported || slices.Contains(f.imports(), early)
		case f.folder == "ui/earlybg":
			if others := f.imports(); !slices.Equal(others, []string{"github.com/charmbracelet/lipgloss"}) {
				t.Errorf("%s imports %q; more than Lip Gloss could make it come too late", f.name, others)
			}
		}
	}
	if !imported {
		t.Errorf("package main does not import %s", early)
	}
}

// goFile is a source file, with its folder and name relative to the module.
type goFile struct {
	folder, name string
	test         bool
	syntax       *ast.File
	positions    *token.FileSet
}

// goFiles parses every file of the module, whatever system it is for.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	positions := token.NewFileSet()
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		syntax, err := parser.ParseFile(positions, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		files = append(files, goFile{path.Dir(name), name, strings.HasSuffix(name, "_test.go"), syntax, positions})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no Go files found")
	}
	return files
}

// imports lists the paths that the file imports.
func (f goFile) imports() []string {
	var paths []string
	for _, spec := range f.syntax.Imports {
		imported, _ := strconv.Unquote(spec.Path.Value) // the parser has seen to its form
		paths = append(paths, imported)
	}
	return paths
}

// ours lists the module's folders that the file imports.
func (f goFile) ours() []string {
	var folders []string
	for _, imported := range f.imports() {
		if folder, ok := strings.CutPrefix(imported, module+"/"); ok {
			folders = append(folders, folder)
		}
	}
	return folders
}

// below reports whether the file is in a folder or further down.
func (f goFile) below(folder string) bool { return within(f.folder, folder) }

// bans reports whether a package is on a list of strangers.
func bans(banned []string, imported string) bool {
	return slices.ContainsFunc(banned, func(stranger string) bool {
		return imported == stranger || strings.Contains(stranger, ".") && within(imported, stranger)
	})
}

// within reports whether a slash-separated path is one of tops or below one.
func within(name string, tops ...string) bool {
	return slices.ContainsFunc(tops, func(top string) bool {
		return name == top || strings.HasPrefix(name, top+"/")
	})
}
