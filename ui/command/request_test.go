package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/ui/command"
)

// notesProject are the files of a small Amplify project, as they are after a push.
var notesProject = map[string]string{
	"amplify/team-provider-info.json": `{
		"dev": {"awscloudformation": {"AmplifyAppId": "d1a2b3c4d5e6f7", "Region": "eu-west-1"}},
		"prod": {"awscloudformation": {"AmplifyAppId": "d1a2b3c4d5e6f7", "Region": "eu-central-1"}}}`,
	"amplify/.config/local-env-info.json":      `{"envName": "dev"}`,
	"amplify/.config/local-aws-info.json":      `{"dev": {"configLevel": "project", "useProfile": true, "profileName": "acme"}}`,
	"amplify/backend/backend-config.json":      `{"api": {"notes": {"service": "AppSync"}}}`,
	"amplify/backend/api/notes/schema.graphql": "type Note @model @auth(rules: [{allow: public}]) {\n  id: ID!\n}\n",
	"amplify/backend/api/notes/cli-inputs.json": `{"version": 1, "serviceConfiguration": {"apiName": "notes", "serviceName": "AppSync",
		"defaultAuthType": {"mode": "API_KEY", "expirationTime": 30, "keyDescription": "web"},
		"additionalAuthTypes": [{"mode": "AWS_IAM"}],
		"conflictResolution": {"defaultResolutionStrategy": {"type": "AUTOMERGE"}}}}`,
	"amplify/backend/api/notes/transform.conf.json": `{"Version": 5, "ResolverConfig": {"project": {"ConflictHandler": "AUTOMERGE", "ConflictDetection": "VERSION"}}}`,
	"amplify/backend/amplify-meta.json": `{"providers": {"awscloudformation": {"AmplifyAppId": "d1a2b3c4d5e6f7", "Region": "eu-west-1", "StackName": "amplify-notes-dev-1"}},
		"api": {"notes": {"service": "AppSync", "output": {"GraphQLAPIKeyOutput": "da2-abcdefghijklmnopqrstuvwxyz"}}}}`,
}

const notesRequest = `{
  "resourceName": "notes",
  "resourceConfig": {
    "apiName": "notes",
    "service": "AppSync",
    "transformSchema": "type Note @model @auth(rules: [{allow: public}]) {\n  id: ID!\n}\n",
    "defaultAuthType": {
      "mode": "API_KEY",
      "settings": {
        "description": "web",
        "expirationTime": 30
      }
    },
    "additionalAuthTypes": [
      {
        "mode": "AWS_IAM"
      }
    ],
    "conflictResolution": {
      "resolutionStrategy": "AUTOMERGE"
    }
  }
}
`

// request runs "ampedit request" in a folder with the files, without any
// environment of its own.
func request(t *testing.T, files map[string]string, input string, args ...string) (code int, out, errOut string) {
	t.Helper()
	for _, name := range []string{
		"AMPEDIT_APP_ID", "AMPEDIT_ENV", "AMPEDIT_RESOURCE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_ACCESS_KEY_ID",
	} {
		if _, wanted := files["$"+name]; !wanted {
			t.Setenv(name, "")
		}
	}
	disk := fstest.MapFS{}
	for name, text := range files {
		if variable, ok := strings.CutPrefix(name, "$"); ok {
			t.Setenv(variable, text)
			continue
		}
		disk[name] = &fstest.MapFile{Data: []byte(text)}
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, disk); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	std := t.TempDir()
	stream := func(name, text string) *os.File {
		path := filepath.Join(std, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	in, stdout, stderr := stream("in", input), stream("out", ""), stream("err", "")
	code = command.Main(append([]string{"request"}, args...), in, stdout, stderr)
	written := func(f *os.File) string {
		data, err := os.ReadFile(f.Name())
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	return code, written(stdout), written(stderr)
}

// with returns files with others added.
func with(files map[string]string, nameText ...string) map[string]string {
	all := map[string]string{}
	for name, text := range files {
		all[name] = text
	}
	for i := 0; i < len(nameText); i += 2 {
		all[nameText[i]] = nameText[i+1]
	}
	return all
}

func TestRequestFromProject(t *testing.T) {
	code, out, errOut := request(t, notesProject, "")
	if code != command.ExitDone || out != notesRequest || errOut != "" {
		t.Errorf("exit code %d, stderr %q, stdout\n%s", code, errOut, out)
	}
	code, out, errOut = request(t, with(nil, "sub/readme", ""), "", "--dir", "sub")
	if code != command.ExitUsage || out != "" || !strings.Contains(errOut, "--dir") {
		t.Errorf("without a project: exit code %d, stdout %q, stderr %q", code, out, errOut)
	}
	code, out, _ = request(t, notesProject, "", "--dir", "amplify/backend", "--env", "prod")
	if code != command.ExitDone || !strings.Contains(out, `"expirationTime": 30`) {
		t.Errorf("from a folder below, another environment: exit code %d, stdout\n%s", code, out)
	}
	code, out, errOut = request(t, notesProject, "", "--env", "test")
	if code != command.ExitError || out != "" || !strings.Contains(errOut, "test") {
		t.Errorf("an unknown environment: exit code %d, stdout %q, stderr %q", code, out, errOut)
	}
}

func TestRequestTellsFindings(t *testing.T) {
	files := with(notesProject, "amplify/backend/api/notes/override.ts", "", "amplify/backend/api/notes/cli-inputs.json",
		`{"version": 1, "serviceConfiguration": {"apiName": "notes", "serviceName": "AppSync", "defaultAuthType": {"mode": "AWS_IAM"},
		"conflictResolution": {"defaultResolutionStrategy": {"type": "OPTIMISTIC_CONCURRENCY"}}}}`)
	code, out, errOut := request(t, files, "")
	var sent map[string]any
	if err := json.Unmarshal([]byte(out), &sent); code != command.ExitDone || err != nil {
		t.Errorf("exit code %d, stdout is no request alone: %v\n%s", code, err, out)
	}
	for _, told := range []string{"amplify/backend/api/notes/override.ts: ", "states the conflict strategy OPTIMISTIC_CONCURRENCY, and this is what Amplify takes"} {
		if !strings.Contains(errOut, told) {
			t.Errorf("stderr lacks %q:\n%s", told, errOut)
		}
	}
}

func TestRequestFormats(t *testing.T) {
	tests := []struct {
		format   string
		contains []string
	}{
		{"cli-input-json", []string{"{\n  \"AppId\": \"d1a2b3c4d5e6f7\",\n  \"BackendEnvironmentName\": \"dev\",\n", `"ResolutionStrategy": "AUTOMERGE"`}},
		{"aws-cli", []string{"aws amplifybackend update-backend-api", "--profile acme", "--region eu-west-1", "--backend-environment-name dev"}},
		{"boto3", []string{`profile_name="acme", region_name="eu-west-1"`, `AppId="d1a2b3c4d5e6f7"`}},
	}
	for _, tt := range tests {
		code, out, errOut := request(t, notesProject, "", "--format", tt.format)
		if code != command.ExitDone || errOut != "" {
			t.Errorf("%s: exit code %d, stderr %q", tt.format, code, errOut)
		}
		for _, part := range tt.contains {
			if !strings.Contains(out, part) {
				t.Errorf("%s lacks %q:\n%s", tt.format, part, out)
			}
		}
	}
	code, out, errOut := request(t, notesProject, "", "--format", "xml")
	if code != command.ExitUsage || out != "" || !strings.Contains(errOut, "json, cli-input-json, aws-cli, boto3") {
		t.Errorf("xml: exit code %d, stdout %q, stderr %q", code, out, errOut)
	}
}

// target prints a request and returns whom it is for.
func target(t *testing.T, files map[string]string, input string, args ...string) [3]string {
	t.Helper()
	code, out, errOut := request(t, files, input, append(args, "--format", "cli-input-json")...)
	var r struct{ AppID, BackendEnvironmentName, ResourceName string }
	if err := json.Unmarshal([]byte(out), &r); err != nil || code != command.ExitDone {
		t.Fatalf("exit code %d, error %v, stderr %q", code, err, errOut)
	}
	return [3]string{r.AppID, r.BackendEnvironmentName, r.ResourceName}
}

func TestRequestPrecedence(t *testing.T) {
	const kept = `{"appId": "dfile", "backendEnvironmentName": "efile", "resourceName": "rfile", "resourceConfig": {}}`
	flags := []string{"--app-id", "dflag", "--env", "prod", "--resource", "rflag"}
	kit := with(notesProject, "kept.json", kept, "bare.json", `{"apiName": "notes"}`)
	vars := with(kit, "$AMPEDIT_APP_ID", "dvar", "$AMPEDIT_ENV", "prod", "$AMPEDIT_RESOURCE", "rvar")
	tests := []struct {
		label string
		files map[string]string
		args  []string
		want  [3]string
	}{
		{"project", kit, nil, [3]string{"d1a2b3c4d5e6f7", "dev", "notes"}},
		{"project, variables", vars, nil, [3]string{"dvar", "prod", "rvar"}},
		{"project, flags", vars, flags, [3]string{"dflag", "prod", "rflag"}},
		{"file", kit, []string{"kept.json"}, [3]string{"dfile", "efile", "rfile"}},
		{"file, variables", vars, []string{"kept.json"}, [3]string{"dvar", "prod", "rvar"}},
		{"file, flags", vars, append([]string{"kept.json"}, flags...), [3]string{"dflag", "prod", "rflag"}},
		{"file without a target", kit, []string{"bare.json"}, [3]string{"d1a2b3c4d5e6f7", "dev", "notes"}},
		{"file without a target, a flag", kit, []string{"bare.json", "--env", "prod"}, [3]string{"d1a2b3c4d5e6f7", "prod", "notes"}},
	}
	for _, tt := range tests {
		if got := target(t, tt.files, "", tt.args...); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.label, got, tt.want)
		}
	}
}

func TestRequestFromFile(t *testing.T) {
	files := map[string]string{
		"kept.yaml":      "resourceName: notes\nresourceConfig:\n  apiName: notes\n  apiname: Notes\n",
		"place.json":     `{"resourceName": "notes", "resourceConfig": {"transformSchema": "file://schema.graphql"}}`,
		"schema.graphql": "type A @model {\n  id: ID!\n}\n",
		"bad.json":       "{\n  \"appId\": \"d1\",\n}",
	}
	const printed = "{\n  \"resourceName\": \"notes\",\n  \"resourceConfig\": {\n    \"apiName\": \"notes\",\n    \"apiname\": \"Notes\"\n  }\n}\n"
	const told = "kept.yaml:4:3: resourceConfig.apiname: The service model has no such member; it is sent as it stands; did you mean apiName?\n" +
		"warning: kept.yaml does not state service, transformSchema, defaultAuthType, additionalAuthTypes, conflictResolution, and no Amplify project here says it for this backend. " +
		"If the service replaces what it has, sending this drops or resets that; ampedit apply FILE takes it from what is deployed\n"
	if code, out, errOut := request(t, files, "", "kept.yaml"); code != command.ExitDone || out != printed || errOut != told {
		t.Errorf("exit code %d, stdout\n%sstderr\n%s", code, out, errOut)
	}
	code, out, errOut := request(t, files, files["kept.yaml"], "-")
	if code != command.ExitDone || out != printed || errOut != strings.ReplaceAll(told, "kept.yaml", "standard input") {
		t.Errorf("standard input: exit code %d, stdout\n%sstderr\n%s", code, out, errOut)
	}
	code, out, _ = request(t, files, "", "place.json", "--schema", "schema.graphql")
	if code != command.ExitDone || !strings.Contains(out, `"transformSchema": "type A @model {\n  id: ID!\n}\n"`) {
		t.Errorf("with --schema: exit code %d, stdout\n%s", code, out)
	}
	for _, tt := range []struct {
		args []string
		code int
		told string
	}{
		{[]string{"place.json"}, command.ExitError, "place.json:1:65: error: The schema is not GraphQL but a path"},
		{[]string{"kept.yaml", "--format", "boto3"}, command.ExitError, "--app-id"},
		{[]string{"kept.yaml", "--schema", "none.graphql"}, command.ExitError, "none.graphql"},
		{[]string{"bad.json"}, command.ExitError, "bad.json:3:1: "},
		{[]string{"none.json"}, command.ExitError, "none.json"},
		{[]string{"kept.yaml", "bad.json"}, command.ExitUsage, "one FILE"},
		{[]string{"kept.yaml", "--fromat", "json"}, command.ExitUsage, "--fromat"},
		{[]string{"--dir", "none"}, command.ExitUsage, "--dir"},
	} {
		code, out, errOut := request(t, files, "", tt.args...)
		if code != tt.code || out != "" || !strings.Contains(errOut, tt.told) {
			t.Errorf("%q: exit code %d, stdout %q, stderr %q; want exit code %d, told %q", tt.args, code, out, errOut, tt.code, tt.told)
		}
	}
}

// TestRequestOfRealProjects prints the request of every project below the folder
// that AMPEDIT_PROJECTS names, and compares it with the project's own files.
func TestRequestOfRealProjects(t *testing.T) {
	dir := os.Getenv("AMPEDIT_PROJECTS")
	if dir == "" {
		t.Skip("AMPEDIT_PROJECTS names no folder with projects")
	}
	stated, err := filepath.Glob(filepath.Join(dir, "*", "amplify", "backend", "api", "*", "cli-inputs.json"))
	if err != nil || len(stated) == 0 {
		t.Fatalf("no cli-inputs.json below %s, error %v", dir, err)
	}
	for _, inputs := range stated {
		root, _, _ := strings.Cut(inputs, "/amplify/")
		t.Run(filepath.Base(root), func(t *testing.T) {
			code, out, errOut := request(t, nil, "", "--dir", root, "--env", "main")
			_, alone, _ := request(t, nil, "", inputs)
			fromProject, fromInputs := config(t, out), config(t, alone)
			schema, err := os.ReadFile(filepath.Join(filepath.Dir(inputs), "schema.graphql"))
			if code != command.ExitDone || err != nil || fromProject["transformSchema"] != string(schema) {
				t.Errorf("exit code %d, error %v, stderr %q: the schema is not the project's", code, err, errOut)
			}
			for name, value := range fromInputs {
				if name != "additionalAuthTypes" && !reflect.DeepEqual(fromProject[name], value) {
					t.Errorf("%s is %v, want %v", name, fromProject[name], value)
				}
			}
			t.Logf("stderr %q\n%s", errOut, out)
		})
	}
}

func config(t *testing.T, out string) map[string]any {
	t.Helper()
	var r struct{ ResourceConfig map[string]any }
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	return r.ResourceConfig
}
