package forms_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"ampedit/client/shell"
	"ampedit/client/wire"
	"ampedit/forms"
)

const fullConfig = `{
  "apiName": "notes", "service": "AppSync",
  "transformSchema": SCHEMA,
  "defaultAuthType": {"mode": "API_KEY", "settings": {"description": "it's \"web\", $HOME & ` + "`x`" + ` = {1}", "expirationTime": 30}},
  "additionalAuthTypes": [
    {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"}},
    {"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/",
      "openIDClientId": "CLIENT", "openIDIatTTL": "3600000", "openIDAuthTTL": "7200000"}},
    {"mode": "AWS_IAM", "settings": {}}
  ],
  "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}
}`

// exports are requests that are hard to write down for another tool.
func exports(t *testing.T) map[string]*wire.UpdateBackendAPIInput {
	t.Helper()
	full := func(schema, client string) *wire.UpdateBackendAPIInput {
		text := strings.NewReplacer("SCHEMA", schema, "CLIENT", client).Replace(fullConfig)
		return &wire.UpdateBackendAPIInput{
			AppID: "d1a2b3c4d5e6f7", BackendEnvironmentName: "prod", ResourceName: "notes", ResourceConfig: decode(t, text),
		}
	}
	bare := func(text string) *wire.UpdateBackendAPIInput {
		return &wire.UpdateBackendAPIInput{AppID: "d1", BackendEnvironmentName: "dev", ResourceName: "notes", ResourceConfig: decode(t, text)}
	}
	odd := bare(`{"transformSchema": "type A @model {\n  id: ID!\n}\n"}`)
	odd.ResourceName = "file://notes"
	return map[string]*wire.UpdateBackendAPIInput{
		"everything":           full(`"\"\"\"A note; it's ‘short’.\"\"\"\ntype Note @model @auth(rules: [{allow: public}]) {\n  id: ID! @index(name: \"by\\\\Id\")\n\ttext: String # $1 %s\n}\n"`, "web|ios"),
		"Windows newlines":     full(`"type Note @model {\r\n  id: ID!\r\n}\r\n"`, "web"),
		"backslash in setting": full(`"type Note @model { id: ID! }\n"`, `web\\.app\\`),
		"long schema":          full(`"`+strings.Repeat(`type Note @model { id: ID! }\n`, 8000)+`"`, "web"),
		"no schema":            full(`null`, `web\\.app|i'os`),
		"empty list and text":  bare(`{"additionalAuthTypes": [], "apiName": "", "transformSchema": "", "defaultAuthType": {}, "conflictResolution": {}}`),
		"empty list, a schema": bare(`{"additionalAuthTypes": [], "apiName": "", "transformSchema": "type A { a: Int }", "defaultAuthType": {}, "conflictResolution": {}}`),
		"schema that is text":  bare(`{"transformSchema": "file://schema.graphql"}`),
		"name like an address": odd,
		"no configuration":     {AppID: "d1", BackendEnvironmentName: "dev", ResourceName: "notes"},
	}
}

// recorder is a service on a loopback port that keeps what it was sent.
type recorder struct {
	*httptest.Server
	mu     sync.Mutex
	bodies []string
	paths  []string
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Errorf("read the request: %v", err)
		}
		r.mu.Lock()
		r.bodies, r.paths = append(r.bodies, string(body)), append(r.paths, req.URL.EscapedPath())
		r.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"jobId":"j1","status":"RUNNING"}`)
	}))
	t.Cleanup(r.Close)
	return r
}

// want asserts that exactly one request arrived and that it was in.
func (r *recorder) want(t *testing.T, in *wire.UpdateBackendAPIInput) {
	t.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.bodies) != 1 {
		t.Fatalf("%d requests arrived, want 1", len(r.bodies))
	}
	if got, want := r.paths[0], "/backend/"+in.AppID+"/api/"+in.BackendEnvironmentName; got != want {
		t.Errorf("sent to %s, want %s", got, want)
	}
	body, err := wire.Body(in)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, r.bodies[0], string(body))
}

// awsEnvironment lets AWS tools run without an account, files or a locale.
func awsEnvironment(t *testing.T) []string {
	keep := []string{"PATH", "PYENV_ROOT", "PYENV_VERSION", "HOME", "SystemRoot"}
	var env []string
	for _, name := range keep {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	none := filepath.Join(t.TempDir(), "none")
	return append(env, "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=example", "AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE="+none, "AWS_SHARED_CREDENTIALS_FILE="+none, "LC_ALL=C")
}

func lookPath(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("%s is not on the PATH; what it makes of the export is not tested", name)
		}
	}
}

func TestAWSCLISendsTheRequest(t *testing.T) {
	lookPath(t, "bash", "aws")
	for name, in := range exports(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newRecorder(t)
			line, err := forms.AWSCLI(in, forms.Access{Region: "eu-west-1", EndpointURL: server.URL}, shell.POSIX)
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.CommandContext(t.Context(), "bash")
			cmd.Stdin = strings.NewReader(line)
			cmd.Env = awsEnvironment(t)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s\n%.2000s", err, out, line)
			}
			server.want(t, in)
		})
	}
}

// Every shell that follows sh gives the same to the AWS CLI. What it is given is told
// by a script that stands in for it.
func TestPOSIXShellsAgreeOnTheExport(t *testing.T) {
	lookPath(t, "sh", "bash")
	folder := t.TempDir()
	const tell = "#!/bin/sh\nprintf '%s\\0' \"$AWS_MAX_ATTEMPTS\" \"$@\"\ncase \"$*\" in *stdin*) cat ;; esac\n"
	if err := os.WriteFile(filepath.Join(folder, "aws"), []byte(tell), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, in := range exports(t) {
		line, err := forms.AWSCLI(in, forms.Access{Profile: "it's $HOME", Region: "eu-west-1"}, shell.POSIX)
		if err != nil {
			t.Fatal(err)
		}
		told := map[string]string{}
		for _, sh := range []string{"bash", "sh", "dash", "zsh"} {
			if _, err := exec.LookPath(sh); err != nil {
				continue
			}
			cmd := exec.CommandContext(t.Context(), sh)
			cmd.Stdin, cmd.Env = strings.NewReader(line), []string{"PATH=" + folder + string(os.PathListSeparator) + os.Getenv("PATH")}
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("%s: %s: %v", name, sh, err)
			}
			told[sh] = string(out)
			if !strings.HasPrefix(string(out), "1\x00amplifybackend\x00update-backend-api\x00--profile\x00it's $HOME\x00--region\x00eu-west-1\x00") || told[sh] != told["bash"] {
				t.Errorf("%s: %s gives the AWS CLI %.300q", name, sh, out)
			}
		}
	}
}

// PowerShell gets the whole request as a file, and cmd as one argument.
func TestExportsForWindows(t *testing.T) {
	via := forms.Access{Profile: "acme prod", Region: "eu-west-1"}
	for name, in := range exports(t) {
		input, err := forms.CLIInputJSON(in)
		if err != nil {
			t.Fatal(err)
		}
		script, err := forms.AWSCLI(in, via, shell.WindowsPowerShell)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(script, " -Encoding ascii -Value '")
		value, rest, found := strings.Cut(rest, "'\n$env:AWS_MAX_ATTEMPTS = \"1\"\naws amplifybackend update-backend-api `\n  --profile \"acme prod\" `\n  --region eu-west-1 `\n")
		if !found || rest != "  --cli-input-json \"file://$request\"\nRemove-Item $request\n" {
			t.Fatalf("%s: %.2000s", name, script)
		}
		if strings.Contains(strings.ReplaceAll(value, "''", ""), "'") || strings.ContainsFunc(value, func(r rune) bool { return r > '~' }) {
			t.Errorf("%s: the text ends too early, or is not ASCII: %.2000s", name, value)
		}
		wantJSON(t, strings.ReplaceAll(value, "''", "'"), string(input))

		lines, err := forms.AWSCLI(in, via, shell.Cmd)
		if len(input) > 100_000 {
			if err == nil || !strings.Contains(err.Error(), "--cli-input-json file://FILE") {
				t.Errorf("%s: error %v", name, err)
			}
			continue
		}
		argument, found := strings.CutPrefix(lines, "set \"AWS_MAX_ATTEMPTS=1\"\naws amplifybackend update-backend-api --profile \"acme prod\" --region eu-west-1 --cli-input-json ^\"")
		if err != nil || !found || strings.Count(argument, "\n") != 1 {
			t.Fatalf("%s: error %v: %s", name, err, lines)
		}
		for rest := argument; rest != ""; { // nothing has a meaning for cmd
			switch {
			case rest[0] == '^':
				rest = rest[2:]
			case strings.ContainsRune("\"%&|<>()", rune(rest[0])):
				t.Fatalf("%s: %c has no caret in %s", name, rest[0], argument)
			default:
				rest = rest[1:]
			}
		}
	}
}

func TestBoto3SendsTheRequest(t *testing.T) {
	lookPath(t, "python3")
	if err := exec.Command("python3", "-c", "import boto3").Run(); err != nil {
		t.Skip("python3 has no boto3; what it makes of the export is not tested")
	}
	requests, servers := exports(t), map[string]*recorder{}
	var files []string
	for name, in := range requests {
		servers[name] = newRecorder(t)
		program, err := forms.Boto3(in, forms.Access{Region: "eu-west-1", EndpointURL: servers[name].URL})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "program.py")
		if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	// One interpreter runs all programs: importing boto3 takes longer than they do.
	const runAll = "import runpy, sys\nfor name in sys.argv[1:]: runpy.run_path(name)"
	cmd := exec.CommandContext(t.Context(), "python3", append([]string{"-c", runAll}, files...)...)
	cmd.Env = awsEnvironment(t)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, in := range requests {
		t.Run(name, func(t *testing.T) { servers[name].want(t, in) })
	}
}

func TestCLIInputJSONUsesTheModelsNames(t *testing.T) {
	in := exports(t)["backslash in setting"]
	got, err := forms.CLIInputJSON(in)
	if err != nil {
		t.Fatal(err)
	}
	wantJSON(t, string(got), `{"AppId":"d1a2b3c4d5e6f7","BackendEnvironmentName":"prod","ResourceName":"notes","ResourceConfig":{
	  "ApiName":"notes","Service":"AppSync","TransformSchema":"type Note @model { id: ID! }\n",
	  "DefaultAuthType":{"Mode":"API_KEY","Settings":{"Description":"it's \"web\", $HOME & `+"`x`"+` = {1}","ExpirationTime":30}},
	  "AdditionalAuthTypes":[
	    {"Mode":"AMAZON_COGNITO_USER_POOLS","Settings":{"CognitoUserPoolId":"eu-west-1_AbCdEfGhi"}},
	    {"Mode":"OPENID_CONNECT","Settings":{"OpenIDAuthTTL":"7200000","OpenIDClientId":"web\\.app\\","OpenIDIatTTL":"3600000",
	      "OpenIDIssueURL":"https://id.example.com/","OpenIDProviderName":"acme"}},
	    {"Mode":"AWS_IAM","Settings":{}}],
	  "ConflictResolution":{"ResolutionStrategy":"AUTOMERGE"}}}`)
	if !strings.HasPrefix(string(got), "{\n  \"AppId\": ") || !strings.Contains(string(got), "& `x`") {
		t.Errorf("not indented, or escaped for HTML:\n%s", got)
	}
}

func TestCLIInputJSONOfEveryRequestIsJSON(t *testing.T) {
	for name, in := range exports(t) {
		got, err := forms.CLIInputJSON(in)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(canonical(t, string(got)), `"ResourceName":"`+in.ResourceName+`"`) {
			t.Errorf("%s: the resource name is missing:\n%s", name, got)
		}
	}
}

func TestSchemaStaysReadableInExports(t *testing.T) {
	in := exports(t)["no configuration"]
	in.ResourceConfig = decode(t, `{"transformSchema": "type Note @model {\n  id: ID!\n}\n"}`)
	line, err := forms.AWSCLI(in, forms.Access{Profile: "acme prod"}, shell.POSIX)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(line, "type Note @model {\n  id: ID!\n}\n") || !strings.Contains(line, "--profile 'acme prod'") {
		t.Errorf("AWS CLI:\n%s", line)
	}
	program, err := forms.Boto3(in, forms.Access{Profile: "acme prod"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(program, "\"type Note @model {\\n\"\n") || !strings.Contains(program, `profile_name="acme prod"`) {
		t.Errorf("boto3:\n%s", program)
	}
}

func TestExportsNameWhatTheyCannotSay(t *testing.T) {
	in := exports(t)["no configuration"]
	in.ResourceConfig = decode(t, `{"future":1,"defaultAuthType":{"mode":"API_KEY","x":2},"additionalAuthTypes":[{"settings":{"y\u001b":3}}]}`)
	want := []string{"defaultAuthType.x", "additionalAuthTypes[0].settings.y", "future"}
	if got := forms.Inexpressible(in); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	line, err := forms.AWSCLI(in, forms.Access{}, shell.POSIX)
	if err != nil {
		t.Fatal(err)
	}
	program, err := forms.Boto3(in, forms.Access{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{line, program} {
		first, _, _ := strings.Cut(text, "\n")
		if !strings.HasPrefix(first, "# ") || !strings.Contains(first, strings.Join(want, ", ")) {
			t.Errorf("first line is %q", first)
		}
	}
}

func TestExportsRefuseInvalidText(t *testing.T) {
	in := exports(t)["no configuration"]
	in.ResourceName = "a\xff"
	_, errJSON := forms.CLIInputJSON(in)
	_, errCLI := forms.AWSCLI(in, forms.Access{}, shell.POSIX)
	_, errBoto := forms.Boto3(in, forms.Access{})
	for tool, err := range map[string]error{"JSON": errJSON, "AWS CLI": errCLI, "boto3": errBoto} {
		if err == nil || !strings.Contains(err.Error(), "resourceName is not valid UTF-8") {
			t.Errorf("%s: got %v", tool, err)
		}
	}
}
