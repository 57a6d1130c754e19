package project_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/client/project"
)

// onDisk writes files below a new folder and returns it, free of links.
func onDisk(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOpenFromAnyFolder(t *testing.T) {
	root := onDisk(t, sample(t, nil))
	for _, below := range []string{".", "src/components", "amplify", "amplify/backend/api/notes", "amplify/#current-cloud-backend/api"} {
		p, err := project.Open(filepath.Join(root, below))
		if err != nil {
			t.Errorf("from %s: %v", below, err)
			continue
		}
		if p.Root() != root {
			t.Errorf("from %s: root %q, want %q", below, p.Root(), root)
		}
		if b, err := p.Backend("dev"); err != nil || len(b.Findings) > 0 {
			t.Errorf("from %s: error %v, findings %v", below, err, b.Findings)
		}
	}
}

// A link to a folder inside a project leads to that project.
func TestOpenThroughALink(t *testing.T) {
	root := onDisk(t, sample(t, nil))
	link := filepath.Join(t.TempDir(), "work")
	symlink(t, filepath.Join(root, "src"), link)
	p, err := project.Open(link)
	if err != nil || p.Root() != root {
		t.Fatalf("got %v and error %v, want the project in %s", p, err, root)
	}
}

func TestOpenIsGen1(t *testing.T) {
	for _, marker := range []string{config, team, meta, backend, schema} {
		if _, err := project.Read(fstest.MapFS{marker: {Data: []byte("{}")}}); err != nil {
			t.Errorf("with %s alone: %v", marker, err)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	gen2 := fstest.MapFS{"amplify/backend.ts": {}, "amplify/data/resource.ts": {}}
	inner := fstest.MapFS{"amplify/team-provider-info.json": {Data: []byte("{}")}}
	for name, file := range gen2 {
		inner["packages/new/"+name] = file
	}
	tests := []struct {
		name  string
		files fstest.MapFS
		below string
		want  error
	}{
		{"no amplify folder", fstest.MapFS{"src/app.js": {}}, "src", project.ErrNoProject},
		{"an amplify folder of something else", fstest.MapFS{"amplify/readme.txt": {}}, ".", project.ErrNoProject},
		{"a file named amplify", fstest.MapFS{"amplify": {}}, ".", project.ErrNoProject},
		{"files for folders", fstest.MapFS{"amplify/.config": {}, "amplify/backend": {}}, ".", project.ErrNoProject},
		{"Gen 2", gen2, "amplify/data", project.ErrGen2},
		{"Gen 2 inside Gen 1", inner, "packages/new", project.ErrGen2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := project.Open(filepath.Join(onDisk(t, test.files), test.below))
			if !errors.Is(err, test.want) {
				t.Errorf("got error %v, want %v", err, test.want)
			}
		})
	}
	if _, err := project.Open(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that does not exist: got error %v", err)
	}
}

// Nothing outside the project is read, whatever links there are.
func TestLinksOutOfTheProject(t *testing.T) {
	outside := onDisk(t, fstest.MapFS{
		"inputs.json":       {Data: []byte(inputsWith(`"defaultAuthType":{"mode":"OUTSIDE"}`))},
		"schema/o.graphql":  {Data: []byte("type Outside { id: ID }")},
		"api/cli-inputs":    {Data: []byte("{}")},
		"api/schema.graphq": {},
	})
	root := onDisk(t, sample(t, edits{inputs: gone, schema: gone}))
	symlink(t, filepath.Join(outside, "inputs.json"), filepath.Join(root, inputs))
	symlink(t, filepath.Join(outside, "schema"), filepath.Join(root, api, "schema"))
	symlink(t, filepath.Join(outside, "api"), filepath.Join(root, backendDir, "api", "linked"))
	p, err := project.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Backend("dev")
	if err != nil {
		t.Fatal(err)
	}
	if got := b.DefaultAuthType.Value.Mode; got != "" {
		t.Errorf("mode %s, want none, since there is a file that may state it", got)
	}
	if len(b.SchemaFiles) > 0 {
		t.Errorf("schema files %q", b.SchemaFiles)
	}
	for _, file := range []string{inputs, api + "schema", backendDir + "api/linked"} {
		if !slices.ContainsFunc(b.Findings, func(f project.Finding) bool {
			return f.Code == project.UnreadableFile && f.File == file && strings.Contains(f.Message, "links out of the project are not followed")
		}) {
			t.Errorf("no finding for %s in %q", file, b.Findings)
		}
	}
}

// Links inside the project are followed, and a ring of them ends.
func TestLinksInsideTheProject(t *testing.T) {
	root := onDisk(t, sample(t, edits{schema: gone, api + "schema/a.graphql": "type A { id: ID }", "shared/s.graphql": "type S { id: ID }"}))
	symlink(t, filepath.Join("..", "..", "..", "..", "..", "shared"), filepath.Join(root, api, "schema", "shared"))
	p, err := project.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Backend("dev")
	want := []string{api + "schema/a.graphql", api + "schema/shared/s.graphql"}
	if err != nil || !slices.Equal(b.SchemaFiles, want) {
		t.Errorf("got %q and error %v, want %q", b.SchemaFiles, err, want)
	}

	symlink(t, ".", filepath.Join(root, api, "schema", "ring1"))
	symlink(t, ".", filepath.Join(root, api, "schema", "ring2"))
	if p, err = project.Open(root); err != nil {
		t.Fatal(err)
	}
	if b, err = p.Backend("dev"); err != nil || !slices.Contains(codes(b.Findings), project.UnreadableFile) {
		t.Errorf("a ring of links: got %q and error %v", b.Findings, err)
	}
}

func TestFileWithoutPermission(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permissions do not bind this user")
	}
	root := onDisk(t, sample(t, nil))
	if err := os.Chmod(filepath.Join(root, inputs), 0); err != nil {
		t.Fatal(err)
	}
	p, err := project.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Backend("dev")
	if err != nil || !slices.Contains(codes(b.Findings), project.UnreadableFile) {
		t.Errorf("got %q and error %v", b.Findings, err)
	}
}

// TestRealProjects reads every project below the folder that AMPEDIT_PROJECTS
// names: each environment must give a request with a default auth type and a
// schema.
func TestRealProjects(t *testing.T) {
	dir := os.Getenv("AMPEDIT_PROJECTS")
	if dir == "" {
		t.Skip("AMPEDIT_PROJECTS names no folder with projects")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !entry.IsDir() {
			continue
		}
		t.Run(entry.Name(), func(t *testing.T) {
			p, err := project.Open(filepath.Join(dir, entry.Name()))
			if err != nil {
				t.Fatal(err)
			}
			for _, env := range p.Environments() {
				b, err := p.Backend(env.Value)
				if err != nil {
					t.Fatal(err)
				}
				request := b.ResourceConfig()
				if request.APIName == nil || request.DefaultAuthType == nil || request.ConflictResolution == nil || len(b.SchemaFiles) == 0 {
					t.Errorf("environment %s is incomplete: %+v; findings %q", env.Value, request, b.Findings)
				}
				t.Logf("%s: app %s in %s, findings %q", env.Value, b.AppID.Value, b.Region.Value, b.Findings)
			}
		})
	}
}

// symlink makes a link, or skips the test: Windows lets few users do so, and what
// imitates Windows makes none that lead anywhere.
func symlink(t *testing.T, target, link string) {
	t.Helper()
	err := os.Symlink(target, link)
	if err == nil {
		_, err = os.Stat(link)
	}
	if err != nil {
		t.Skip("no links here:", err)
	}
}
