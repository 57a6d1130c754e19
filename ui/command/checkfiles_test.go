package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ampedit/client/emulator"
	"ampedit/ui/command"
)

const (
	inputsPath    = "amplify/backend/api/notes/cli-inputs.json"
	transformPath = "amplify/backend/api/notes/transform.conf.json"
	metaPath      = "amplify/backend/amplify-meta.json"
	localEnvPath  = "amplify/.config/local-env-info.json"
)

// without returns files but for some.
func without(files map[string]string, names ...string) map[string]string {
	rest := with(files)
	for _, name := range names {
		delete(rest, name)
	}
	return rest
}

// TestCheckWithoutAnEnvironment goes on with all that needs none, as in projects that
// lie in version control.
func TestCheckWithoutAnEnvironment(t *testing.T) {
	files := without(notesProject, metaPath, localEnvPath)
	code, out, errOut := check(t, files, "")
	if code != command.ExitDone || errOut != "" || strings.Count(out, "\n") != 1 || !strings.Contains(out, "amplify:1:1: info: ") || !strings.Contains(out, "--env names one: dev, prod.") {
		t.Errorf("exit code %d\n%s%s", code, out, errOut)
	}
	files[inputsPath] = strings.Replace(files[inputsPath], "30", "366", 1)
	if code, out, _ = check(t, files, ""); code != command.ExitError || !strings.Contains(out, "[key-days]") {
		t.Errorf("with an error: exit code %d\n%s", code, out)
	}
	if code, out, _ = check(t, notesProject, "", "--env", "prod"); code != command.ExitDone || strings.Contains(out, "no-environment") {
		t.Errorf("with an environment: exit code %d\n%s", code, out)
	}
	if code, _, errOut = check(t, notesProject, "", "--env", "prdo"); code != command.ExitUsage || !strings.Contains(errOut, "it has dev, prod; did you mean prod?") {
		t.Errorf("mistyped: exit code %d, %s", code, errOut)
	}
	t.Setenv("AMPEDIT_ENV", "prdo")
	if code, _, errOut = check(t, notesProject, ""); code != command.ExitUsage || !strings.Contains(errOut, "did you mean prod?") {
		t.Errorf("mistyped in the variable: exit code %d, %s", code, errOut)
	}
}

// TestUnreadableFilesAreErrors also where another file would have had the values.
func TestUnreadableFilesAreErrors(t *testing.T) {
	utf16 := "\xff\xfe"
	for _, c := range notesProject[inputsPath] {
		utf16 += string([]byte{byte(c), 0})
	}
	for name, test := range map[string]struct{ text, place, says string }{
		"UTF-16":                 {utf16, ":1:1: error: ", "it is UTF-16; save it as UTF-8"},
		"half written":           {notesProject[inputsPath][:100], ":2:14: error: ", "not JSON"},
		"empty":                  {"", ":1:1: error: ", "is empty"},
		"days that are no days":  {strings.Replace(notesProject[inputsPath], "30", `"soon"`, 1), ":2:60: error: ", "is not a number"},
		"a list that is no list": {strings.Replace(notesProject[inputsPath], `[{"mode": "AWS_IAM"}]`, `{"mode": "AWS_IAM"}`, 1), ":3:26: error: ", "is not a list"},
	} {
		files := with(notesProject, inputsPath, test.text)
		code, out, _ := check(t, files, "")
		if found := lineOf(out, test.says); code != command.ExitError || !strings.HasPrefix(found, inputsPath+test.place) {
			t.Errorf("%s: exit code %d\n%s", name, code, out)
		}
		if strings.Contains(out, "schema.graphql") {
			t.Errorf("%s: the schema is judged by modes that are not known\n%s", name, out)
		}
		code, out, errOut := request(t, files, "")
		if code != command.ExitError || out != "" || !strings.Contains(errOut, inputsPath+test.place) {
			t.Errorf("%s: request exits with %d\n%s%s", name, code, out, errOut)
		}
	}
}

// TestStrategyOfAProject prints the strategy that Amplify would take.
func TestStrategyOfAProject(t *testing.T) {
	stated := func(conflict string) string {
		return strings.Replace(notesProject[inputsPath], `{"defaultResolutionStrategy": {"type": "AUTOMERGE"}}`, conflict, 1)
	}
	const optimistic = `{"Version": 5, "ResolverConfig": {"project": {"ConflictHandler": "OPTIMISTIC_CONCURRENCY", "ConflictDetection": "VERSION"}}}`
	for name, test := range map[string]struct {
		inputs, transform, want, says string
	}{
		"nothing stated":     {stated(`{}`), optimistic, "OPTIMISTIC_CONCURRENCY", "Amplify takes OPTIMISTIC_CONCURRENCY from " + transformPath},
		"NONE stated":        {stated(`{"defaultResolutionStrategy": {"type": "NONE"}}`), optimistic, "NONE", "states the conflict strategy NONE, and this is what Amplify takes"},
		"another stated":     {notesProject[inputsPath], optimistic, "AUTOMERGE", "states the conflict strategy AUTOMERGE, and this is what Amplify takes"},
		"nothing in neither": {stated(`{}`), `{"Version": 5, "ResolverConfig": {}}`, "NONE", ""},
	} {
		files := with(notesProject, inputsPath, test.inputs, transformPath, test.transform)
		code, out, errOut := request(t, files, "")
		if code != command.ExitDone || !strings.Contains(out, `"resolutionStrategy": "`+test.want+`"`) || !strings.Contains(errOut, test.says) {
			t.Errorf("%s: exit code %d\n%s%s", name, code, out, errOut)
		}
		code, out, _ = check(t, files, "")
		found := lineOf(out, "[strategy-differs]")
		if code != command.ExitDone || (found == "") != (test.says == "") || found != "" && (!strings.Contains(found, ": warning: ") || !strings.Contains(found, test.says)) {
			t.Errorf("%s: check exits with %d\n%s", name, code, out)
		}
	}
}

// TestCheckOfKeptRequests tells requests from schemas, and judges the schema in one
// under the request's own modes, at the place of the value.
func TestCheckOfKeptRequests(t *testing.T) {
	const (
		kept    = "resourceConfig:\n  defaultAuthType: {mode: API_KEY}\n  transformSchema: |\n    type Note @model @auth(rules: [{ allow: owner }]) {\n      id: ID!\n    }\n"
		refused = ":3:20: error: line 1, column "
	)
	files := map[string]string{
		"kept.yaml": kept, "fine.yaml": strings.Replace(kept, "owner", "public", 1), "misspelt.json": `{"resourceConfig": {"apiNam": "notes"}}`,
		"broken.json": "{\n  \"resourceConfig\": {,\n}", "none.json": `{"apiNam": "notes"}`, "good.graphql": goodSchema, "folder.json/a.graphql": goodSchema,
	}
	for name, test := range map[string]struct {
		input string
		args  []string
		code  int
		out   string // "" for none
	}{
		"the schema in it":         {args: []string{"kept.yaml"}, code: 1, out: "kept.yaml" + refused},
		"fine":                     {args: []string{"fine.yaml"}},
		"beside a schema":          {args: []string{"good.graphql", "kept.yaml"}, code: 1, out: "kept.yaml" + refused},
		"other modes":              {args: []string{"--auth", "API_KEY,AMAZON_COGNITO_USER_POOLS", "kept.yaml"}},
		"a member misspelt":        {args: []string{"misspelt.json"}, out: "misspelt.json:1:21: warning: resourceConfig.apiNam: The service model has no such member; it is sent as it stands; did you mean apiName? [unknown-member]"},
		"not JSON":                 {args: []string{"broken.json"}, code: 1, out: "broken.json:2:22: error: this is not JSON"},
		"no request":               {args: []string{"none.json"}, code: 1, out: `none.json:1:1: error: this is no request`},
		"a folder of that name":    {args: []string{"folder.json"}},
		"no such file":             {args: []string{"nowhere.yaml"}, code: 1, out: "nowhere.yaml:1:1: error: "},
		"standard input, YAML":     {args: []string{"-"}, input: kept, code: 1, out: "standard input" + refused},
		"standard input, JSON":     {args: []string{"-"}, input: `{"defaultAuthType": {"mode": "API_KEY", "settings": {"expirationTime": 366}}}`, code: 1, out: "standard input:1:72: error: "},
		"standard input, bad JSON": {args: []string{"-"}, input: "{", code: 1, out: "standard input:1:1: error: this is not JSON"},
		"standard input, a schema": {args: []string{"-"}, input: brokenSchema, code: 1, out: "standard input:3:8: error: "},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errOut := check(t, files, test.input, test.args...)
			if code != test.code || errOut != "" || (out == "") != (test.out == "") || !strings.Contains(out, test.out) {
				t.Errorf("exit code %d\n%s%s", code, out, errOut)
			}
		})
	}
}

func TestCheckExplainsRulesOfConfigurations(t *testing.T) {
	code, out, _ := check(t, nil, "", "--explain", "key-days")
	if code != command.ExitDone || !strings.HasPrefix(out, "key-days (error)\n") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	if code, _, errOut := check(t, nil, "", "--explain", "key-dys"); code != command.ExitUsage || !strings.Contains(errOut, "did you mean key-days?") {
		t.Errorf("mistyped: exit code %d, %s", code, errOut)
	}
}

// TestMistypedWordsAreGuessed at the command line.
func TestMistypedWordsAreGuessed(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	for meant, args := range map[string][]string{
		"did you mean --profile?":             {"--profil", "x"},
		"did you mean --detailed-exitcode?":   {"plan", "--detailed-exitcod"},
		"did you mean happy?":                 {"--demo=hapy"},
		"did you mean throttled?":             {"emulator", "--scenario", "throtled"},
		"did you mean json?":                  {"request", "--format", "jsn"},
		"did you mean apply?":                 {"aply"},
		"did you mean API_KEY?":               {"check", "--auth", "APIKEY", "x.graphql"},
		"did you mean OPTIMISTIC_CONCURRENCY": {"check", "--conflict", "OPTIMISTIC_CONCURENCY"},
	} {
		m.want(command.ExitUsage, args, meant)
	}
	m.posts(0)
}

// TestWhatIsMissingIsNamed with the flag, the variable and what it can be.
func TestWhatIsMissingIsNamed(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	for name, text := range without(notesProject, metaPath, localEnvPath) {
		m.write(name, text)
	}
	m.write("kept.json", `{"apiName": "notes"}`)
	for _, face := range []string{"plan", "apply"} {
		m.want(command.ExitUsage, []string{face}, "missing --app-id (AMPEDIT_APP_ID), --env (AMPEDIT_ENV), --resource (AMPEDIT_RESOURCE): not set by file, environment or project; the project has the environments dev, prod")
		m.want(command.ExitUsage, []string{face, "--env", "prdo"}, "missing --app-id (AMPEDIT_APP_ID), --resource (AMPEDIT_RESOURCE): ", "did you mean prod?")
		m.want(command.ExitUsage, []string{face, "--env", "prod", "--app-id", "dother"}, "missing --resource (AMPEDIT_RESOURCE): ", "the project is of another app, d1a2b3c4d5e6f7")
	}
	m.want(command.ExitUsage, []string{"request", "--format", "boto3"}, "missing --env (AMPEDIT_ENV): ", "the environments dev, prod")
	m.want(command.ExitError, []string{"request", "kept.json", "--resource", "notes", "--format", "boto3"}, "missing --app-id (AMPEDIT_APP_ID), --env (AMPEDIT_ENV): ")
	m.want(command.ExitDone, []string{"request"}, `"resourceName": "notes"`) // whose body names no environment
	m.posts(0)
}

// TestSchemaFromStandardInput is read once, and sent as it was planned.
func TestSchemaFromStandardInput(t *testing.T) {
	const text = "type Other @model @auth(rules: [{ allow: public }]) {\n  id: ID!\n}\n"
	m := newMachine(t, emulator.Options{})
	m.input = text
	dev := sampleTarget(emulator.SampleDev)
	m.want(command.ExitDone, append([]string{"plan", "--schema", "-"}, dev...), "transformSchema")
	m.want(command.ExitUsage, append([]string{"plan", "-", "--schema", "-"}, dev...), "standard input can be FILE or --schema, not both")
	m.want(command.ExitUsage, append([]string{"request", "-", "--schema", "-"}, dev...), "standard input can be FILE or --schema, not both")
	m.want(command.ExitDone, append([]string{"apply", "--schema", "-", "--yes", "--confirm", "dev"}, dev...), "verdict: done")
	m.posts(1)
	m.input = brokenSchema
	m.want(command.ExitError, append([]string{"apply", "--schema", "-", "--yes", "--confirm", "dev"}, dev...), "--accept-schema-errors")
	m.posts(1)
	m.input = text
	m.write("kept.json", `{"resourceName": "notes", "resourceConfig": {"apiName": "notes"}}`)
	out := m.want(command.ExitDone, []string{"request", "kept.json", "--schema", "-"})
	var sent struct {
		ResourceConfig struct{ TransformSchema string }
	}
	if err := json.Unmarshal([]byte(out), &sent); err != nil || sent.ResourceConfig.TransformSchema != text {
		t.Errorf("%v in %s", err, out)
	}
}

// TestPlanNamesPlaceAndRule also for programs, and no place in FILE for what a flag
// says in its stead.
func TestPlanNamesPlaceAndRule(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.write("kept.json", `{"appId": "D1", "backendEnvironmentName": "Dev", "resourceName": "my-notes", "resourceConfig": {"defaultAuthType": {"mode": "APIKEY"}}}`)
	dev := []string{"--app-id", emulator.SampleAppID, "--env", emulator.SampleDev, "--resource", emulator.SampleResource}
	out := m.want(command.ExitError, append([]string{"plan", "kept.json", "--json"}, dev...), "kept.json:1:125: ")
	var plan struct {
		Problems []struct{ Severity, Place, Rule, Text string }
	}
	if err := json.Unmarshal([]byte(out), &plan); err != nil || len(plan.Problems) != 1 || plan.Problems[0].Place != "kept.json:1:125" || plan.Problems[0].Rule != "unknown-mode" {
		t.Errorf("%v: %+v", err, plan)
	}
}

// TestFlagsAndVariablesWinOverTheFile also where the file names another environment.
func TestFlagsAndVariablesWinOverTheFile(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.write("kept.json", `{"appId": "`+emulator.SampleAppID+`", "backendEnvironmentName": "prod", "resourceName": "notes", "resourceConfig": {"apiName": "notes"}}`)
	m.want(command.ExitDone, []string{"plan", "kept.json"}, emulator.SampleAppID+" / prod / notes: ")
	m.want(command.ExitDone, []string{"plan", "kept.json", "--env", "dev"}, emulator.SampleAppID+" / dev / notes: ")
	t.Setenv("AMPEDIT_ENV", "staging")
	m.want(command.ExitDone, []string{"plan", "kept.json"}, emulator.SampleAppID+" / staging / notes: ")
	m.want(command.ExitDone, []string{"plan", "kept.json", "--env", "dev"}, emulator.SampleAppID+" / dev / notes: ")
}
