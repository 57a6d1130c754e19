package main_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// checked is a package of the module with the types of its expressions.
type checked struct {
	folder    string
	files     []*ast.File
	info      *types.Info
	positions *token.FileSet
}

// listed is what go list says of a package.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
	Module                  *struct{ Main bool }
}

// world is what packages are checked with.
type world struct {
	positions *token.FileSet
	importer  types.Importer
	module    []listed
}

// loadWorld asks the go command for the packages of the module and for the compiled
// types of all that they import.
var loadWorld = sync.OnceValues(func() (*world, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Module", "./...").Output()
	if err != nil {
		return nil, fmt.Errorf("list the packages: %w", err)
	}
	w := &world{positions: token.NewFileSet()}
	exports := map[string]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if p.Module != nil && p.Module.Main {
			w.module = append(w.module, p)
		}
	}
	w.importer = importer.ForCompiler(w.positions, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no compiled types of %s", path)
		}
		return os.Open(exports[path])
	})
	return w, nil
})

// check finds the types of files that make a package.
func (w *world) check(folder string, files []*ast.File) (*checked, error) {
	c := &checked{folder: folder, files: files, positions: w.positions, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	config := types.Config{Importer: w.importer}
	if _, err := config.Check(module+"/"+folder, w.positions, files, c.info); err != nil {
		return nil, fmt.Errorf("check %s: %w", folder, err)
	}
	return c, nil
}

// checkedPackages are all packages of the module, without their tests.
func checkedPackages(t *testing.T) (*world, []*checked) {
	t.Helper()
	w, err := loadWorld()
	if err != nil {
		t.Fatal(err)
	}
	var all []*checked
	for _, p := range w.module {
		var files []*ast.File
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(w.positions, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, file)
		}
		c, err := w.check(strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/"), files)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	if len(all) == 0 {
		t.Fatal("no packages found")
	}
	return w, all
}

// planted is a package of one function with the given body, as if it stood in a
// folder.
func (w *world) planted(t *testing.T, folder, body string) *checked {
	t.Helper()
	return w.plantedFile(t, folder, `package planted

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

var (
	_ edit.Session
	_ = exec.Command
	_ = fmt.Sprint
	_ = os.Args
	_ = shell.Line
	_ = slices.Contains[[]string]
	_ = strings.EqualFold
	_ client.API
)

func text(s *string) string { return *s }

func f(ctx context.Context, api client.API, in *wire.UpdateBackendAPIInput, job *wire.Job, s *submission.Submission, r journal.Receipt, e submission.Entry) any {
`+body+`
	return nil
}
`)
}

// plantedFile is a package of one file, as if it stood in a folder.
func (w *world) plantedFile(t *testing.T, folder, source string) *checked {
	t.Helper()
	file, err := parser.ParseFile(w.positions, "planted.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	c, err := w.check(folder, []*ast.File{file})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
