package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ampedit/ui/command"
)

const goodSchema = "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String!\n}\n"

// firstSchema has a directive that the second transformer does not have.
const firstSchema = "type Note @model @key(name: \"byTitle\", fields: [\"title\"]) @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String!\n}\n"

// check runs "ampedit check" in a folder with the files.
func check(t *testing.T, files map[string]string, input string, args ...string) (code int, out, errOut string) {
	t.Helper()
	dir, std := t.TempDir(), t.TempDir()
	write := func(path, text string) string {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for name, text := range files {
		write(filepath.Join(dir, name), text)
	}
	t.Chdir(dir)
	var streams []*os.File
	for name, text := range map[string]string{"0": input, "1": "", "2": ""} {
		write(filepath.Join(std, name), text)
	}
	for _, name := range []string{"0", "1", "2"} {
		f, err := os.OpenFile(filepath.Join(std, name), os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		streams = append(streams, f)
	}
	code = command.Main(append([]string{"check"}, args...), streams[0], streams[1], streams[2])
	written := func(name string) string {
		data, err := os.ReadFile(filepath.Join(std, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	return code, written("1"), written("2")
}

func TestCheck(t *testing.T) {
	files := map[string]string{"good.graphql": goodSchema, "broken.graphql": brokenSchema, "first.graphql": firstSchema, "folder/a.graphql": goodSchema, "folder/b.gql": strings.ReplaceAll(brokenSchema, "Note", "Other")}
	tests := map[string]struct {
		args  []string
		input string
		code  int
		out   []string // that the lines hold
		err   string
	}{
		"good":                  {args: []string{"good.graphql"}},
		"broken":                {args: []string{"broken.graphql"}, code: 1, out: []string{"broken.graphql:3:8: error: ", "Tag"}},
		"several":               {args: []string{"good.graphql", "broken.graphql"}, code: 1, out: []string{"broken.graphql:3:8: "}},
		"folder":                {args: []string{"folder"}, code: 1, out: []string{"b.gql:3:8: error: "}},
		"standard input":        {args: []string{"-"}, input: brokenSchema, code: 1, out: []string{"standard input:3:8: error: "}},
		"no such file":          {args: []string{"nowhere.graphql"}, code: 1, out: []string{"nowhere.graphql:1:1: error: ", "[load]"}},
		"no such file and more": {args: []string{"nowhere.graphql", "broken.graphql"}, code: 1, out: []string{"[load]", "broken.graphql:3:8: "}},
		"another mode":          {args: []string{"--auth", "API_KEY", "good.graphql"}, code: 1, out: []string{"good.graphql:1:"}},
		"the right modes":       {args: []string{"--auth", "API_KEY, AMAZON_COGNITO_USER_POOLS", "good.graphql"}},
		"unknown mode":          {args: []string{"--auth", "COGNITO", "good.graphql"}, code: 2, err: `"COGNITO" is not an authorization mode; there are API_KEY`},
		"unknown strategy":      {args: []string{"--conflict", "MERGE", "good.graphql"}, code: 2, err: "AUTOMERGE"},
		"known strategy":        {args: []string{"--conflict", "AUTOMERGE", "good.graphql"}},
		"first transformer":     {args: []string{"--transformer", "v1", "first.graphql"}},
		"second transformer":    {args: []string{"--transformer", "v2", "first.graphql"}, code: 1, out: []string{"first.graphql:1:", "@key"}},
		"unknown transformer":   {args: []string{"--transformer", "v3", "good.graphql"}, code: 2, err: "neither v1 nor v2"},
		"same as deployed":      {args: []string{"--deployed", "good.graphql", "good.graphql"}},
		"no deployed file":      {args: []string{"--deployed", "nowhere.graphql", "good.graphql"}, code: 2, err: "nowhere.graphql"},
		"no project":            {args: nil, code: 2, err: "--dir"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, out, errOut := check(t, files, test.input, test.args...)
			if code != test.code {
				t.Errorf("exit code %d, not %d", code, test.code)
			}
			if (test.out == nil) != (out == "") || !strings.Contains(errOut, test.err) || (errOut == "") != (test.err == "") {
				t.Errorf("stdout:\n%s\nstderr:\n%s", out, errOut)
			}
			for _, want := range test.out {
				if !strings.Contains(out, want) {
					t.Errorf("no %q in\n%s", want, out)
				}
			}
		})
	}
}

// TestCheckTellsDifferences compares with what is deployed; a difference is none of
// the schema's errors, whatever it breaks.
func TestCheckTellsDifferences(t *testing.T) {
	files := map[string]string{"was.graphql": goodSchema, "now.graphql": strings.Replace(goodSchema, "  title: String!\n", "  name: String\n", 1)}
	code, out, _ := check(t, files, "", "--deployed", "was.graphql", "now.graphql")
	if code != command.ExitDone || !strings.Contains(out, "warning: ") || !strings.Contains(out, "title") || !strings.Contains(out, "[compare]") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	_, out, _ = check(t, files, "", "--deployed", "was.graphql", "--json", "now.graphql")
	risks := 0
	for line := range strings.Lines(out) {
		var r struct{ Rule, Risk string }
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		if r.Rule == "compare" && r.Risk != "" {
			risks++
		}
	}
	if risks < 2 {
		t.Errorf("%d differences with a risk:\n%s", risks, out)
	}
}

func TestCheckPrintsObjects(t *testing.T) {
	files := map[string]string{"a.graphql": brokenSchema}
	_, plain, _ := check(t, files, "", "a.graphql")
	code, out, _ := check(t, files, "", "--json", "a.graphql")
	if code != command.ExitError || strings.Count(out, "\n") != strings.Count(plain, "\n") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	for line := range strings.Lines(out) {
		var r struct {
			File, Severity, Rule, Message string
			Line, Column                  int
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil || !strings.HasSuffix(r.File, "a.graphql") || r.Line < 1 || r.Column < 1 || r.Rule == "" || !strings.Contains(plain, r.Message) {
			t.Errorf("%v: %s", err, line)
		}
	}
}

func TestCheckExplains(t *testing.T) {
	_, out, _ := check(t, map[string]string{"a.graphql": brokenSchema}, "", "a.graphql")
	_, rule, _ := strings.Cut(out, "[")
	rule, _, _ = strings.Cut(rule, "]")
	code, explained, _ := check(t, nil, "", "--explain", strings.ToLower(rule))
	if code != command.ExitDone || !strings.Contains(explained, rule) || strings.Count(explained, "\n") < 3 {
		t.Errorf("exit code %d for %s\n%s", code, rule, explained)
	}
	code, out, errOut := check(t, nil, "", "--explain", rule+"X")
	if code != command.ExitUsage || out != "" || !strings.Contains(errOut, "did you mean ") {
		t.Errorf("an unknown rule: exit code %d, %s%s", code, out, errOut)
	}
	code, out, errOut = check(t, nil, "", "--explain", "")
	if code != command.ExitUsage || out != "" || errOut == "" {
		t.Errorf("no rule: exit code %d, %s%s", code, out, errOut)
	}
}

func TestCheckPrintsDirectives(t *testing.T) {
	code, out, _ := check(t, nil, "", "--directives")
	if code != command.ExitDone || !strings.Contains(out, "directive @model") || !strings.Contains(out, "directive @auth") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if _, first, _ := check(t, nil, "", "--directives", "--transformer", "v1"); first == out || !strings.Contains(first, "directive @key") {
		t.Errorf("of the first transformer:\n%s", first)
	}
}

// TestCheckOfAProject takes modes, strategy and schema from the project.
func TestCheckOfAProject(t *testing.T) {
	code, out, errOut := check(t, notesProject, "")
	if code != command.ExitDone || errOut != "" {
		t.Errorf("exit code %d\n%s%s", code, out, errOut)
	}
	owned := with(notesProject, "amplify/backend/api/notes/schema.graphql", goodSchema)
	code, out, _ = check(t, owned, "", "--dir", "amplify", "--env", "prod")
	if code != command.ExitError || !strings.Contains(out, "schema.graphql:1:") || !strings.Contains(out, "error: ") {
		t.Errorf("a schema for owners in a project without user pool: exit code %d\n%s", code, out)
	}
	code, _, errOut = check(t, notesProject, "", "--env", "nowhere")
	if code != command.ExitUsage || !strings.Contains(errOut, "nowhere") {
		t.Errorf("no such environment: exit code %d, %s", code, errOut)
	}
	failing := with(notesProject, "amplify/backend/api/notes/override.ts", "export {}\n")
	if code, out, _ = check(t, failing, ""); code != command.ExitError || !strings.Contains(out, "override.ts:1:1: error: ") {
		t.Errorf("with overrides, which the service refuses: exit code %d\n%s", code, out)
	}
	gone := with(notesProject)
	delete(gone, "amplify/backend/api/notes/schema.graphql")
	if code, out, errOut = check(t, gone, ""); code == command.ExitDone {
		t.Errorf("without a schema: exit code %d\n%s%s", code, out, errOut)
	}
}
