package project_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/client/project"
)

const (
	team       = "amplify/team-provider-info.json"
	localEnv   = "amplify/.config/local-env-info.json"
	localAWS   = "amplify/.config/local-aws-info.json"
	config     = "amplify/.config/project-config.json"
	cliJSON    = "amplify/cli.json"
	backendDir = "amplify/backend/"
	meta       = backendDir + "amplify-meta.json"
	backend    = backendDir + "backend-config.json"
	api        = backendDir + "api/notes/"
	inputs     = api + "cli-inputs.json"
	transform  = api + "transform.conf.json"
	parameters = api + "parameters.json"
	schema     = api + "schema.graphql"
	cloud      = "amplify/#current-cloud-backend/"
)

// gone, as the content of an edit, removes a file or everything below a folder.
const gone = "\x00gone"

// edits are files of the sample project to replace, add or remove.
type edits map[string]string

// sample returns the sample project in testdata with edits applied.
func sample(t testing.TB, edits edits) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	dir := os.DirFS(filepath.Join("testdata", "notes"))
	err := fs.WalkDir(dir, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(dir, path)
		files[path] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range edits {
		if content != gone {
			continue
		}
		for name := range files {
			if name == path || strings.HasPrefix(name, path+"/") {
				delete(files, name)
			}
		}
	}
	for path, content := range edits {
		if content != gone {
			files[path] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	return files
}

// read reads a project that must be readable.
func read(t testing.TB, fsys fs.FS) *project.Project {
	t.Helper()
	p, err := project.Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// backendOf returns what the edited sample project says about an environment.
func backendOf(t testing.TB, env string, edits edits) project.Backend {
	t.Helper()
	b, err := read(t, sample(t, edits)).Backend(env)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// requestOf returns the request that a backend gives, as JSON values.
func requestOf(t testing.TB, b project.Backend) map[string]any {
	t.Helper()
	data, err := json.Marshal(b.ResourceConfig())
	if err != nil {
		t.Fatal(err)
	}
	var request map[string]any
	if err := json.Unmarshal(data, &request); err != nil {
		t.Fatal(err)
	}
	return request
}

// codes returns the codes of findings, without repetitions, in order.
func codes(findings []project.Finding) []project.Code {
	var codes []project.Code
	seen := map[project.Code]bool{}
	for _, f := range findings {
		if !seen[f.Code] {
			codes = append(codes, f.Code)
		}
		seen[f.Code] = true
	}
	return codes
}

// inputsWith returns a cli-inputs.json with members of serviceConfiguration
// beside the name and the service.
func inputsWith(members string) string {
	return `{"version":1,"serviceConfiguration":{"apiName":"notes","serviceName":"AppSync",` + members + `}}`
}
