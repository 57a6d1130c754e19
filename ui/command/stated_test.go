package command_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/ui/command"
)

const secretKey = "da2-abcdefghijklmnopqrstuvwxyz"

// deployed is what is deployed in dev.
func (m *machine) deployed() string {
	return m.server.Deployed(emulator.SampleAppID, emulator.SampleDev, emulator.SampleResource)
}

// changed is a configuration with texts of it replaced.
func changed(config string, oldNew ...string) string {
	return strings.NewReplacer(oldNew...).Replace(config)
}

// canonical writes a configuration in one form.
func canonical(t *testing.T, config string) string {
	t.Helper()
	c := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(config), c); err != nil {
		t.Fatalf("%v in %s", err, config)
	}
	data, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// statements are files that state a part of the sample's configuration, what becomes
// of it in dev, and what the plan says of them.
var statements = []struct {
	label, name, file string
	replaced          []string
	flags             []string
	says              []string
}{
	{"days alone", "f.json", `{"defaultAuthType": {"settings": {"expirationTime": 90}}}`, []string{`"expirationTime":30`, `"expirationTime":90`}, nil,
		[]string{"f.json states defaultAuthType (expirationTime).",
			"Not in it, so it stays as deployed: apiName, service, transformSchema, defaultAuthType (mode, description), additionalAuthTypes, conflictResolution."}},
	{"a description alone", "f.yaml", "defaultAuthType:\n  mode: API_KEY\n  settings:\n    description: app\n", []string{`"web client"`, `"app"`}, nil,
		[]string{"f.yaml states defaultAuthType (mode, description).", "defaultAuthType (expirationTime)"}},
	{"an empty description", "f.json", `{"DefaultAuthType": {"Settings": {"Description": ""}}}`, []string{`"web client"`, `""`}, nil, nil},
	{"a description that is null, in Amplify's words", "f.json", `{"version": 1, "serviceConfiguration": {"defaultAuthType": {"mode": "API_KEY", "keyDescription": null}}}`,
		[]string{`"web client"`, `""`}, nil, nil},
	{"a headless payload", "f.json", `{"version": 1, "serviceModification": {"defaultAuthType": {"mode": "API_KEY", "expirationTime": 90}}}`,
		[]string{`"expirationTime":30`, `"expirationTime":90`}, nil, nil},
	{"another mode", "f.json", `{"defaultAuthType": {"mode": "AWS_IAM"}}`,
		[]string{`{"mode":"API_KEY","settings":{"description":"web client","expirationTime":30}}`, `{"mode":"AWS_IAM"}`}, nil, nil},
	{"a list that names no pool", "f.json", `{"additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "AMAZON_COGNITO_USER_POOLS"}]}`,
		[]string{`"additionalAuthTypes":[`, `"additionalAuthTypes":[{"mode":"AWS_IAM"},`}, nil,
		[]string{"additionalAuthTypes[AMAZON_COGNITO_USER_POOLS] (cognitoUserPoolId)"}},
	{"no strategy", "f.json", `{"defaultAuthType": {"settings": {"description": "app"}}, "conflictResolution": null}`, []string{`"web client"`, `"app"`}, nil, nil},
}

func TestApplyChangesWhatTheFileStates(t *testing.T) {
	for _, test := range statements {
		t.Run(test.label, func(t *testing.T) {
			m := newMachine(t, emulator.Options{})
			before := m.deployed()
			compact := canonicalCompact(t, before)
			want := changed(compact, test.replaced...)
			if want == compact {
				t.Fatalf("the test replaces nothing in %s", compact)
			}
			m.write(test.name, test.file)
			args := append([]string{test.name}, sampleTarget(emulator.SampleDev)...)
			m.want(command.ExitDone, append([]string{"plan"}, args...), test.says...)
			m.want(command.ExitDone, append([]string{"apply", "--yes", "--confirm", "dev"}, args...), test.says...)
			if got := canonical(t, m.deployed()); got != canonical(t, want) {
				t.Errorf("deployed is\n%s\nnot\n%s", got, canonical(t, want))
			}
			m.posts(1)
		})
	}
}

func canonicalCompact(t *testing.T, config string) string {
	t.Helper()
	c := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(config), c); err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPlanEventTellsWhatTheFileStates(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.write("f.json", statements[0].file)
	out := m.want(command.ExitDone, append([]string{"plan", "f.json", "--json"}, sampleTarget(emulator.SampleDev)...))
	var plan struct {
		Event     string
		Statement struct {
			File         string
			Stated, Kept []string
		}
	}
	for line := range strings.Lines(out) {
		if err := json.Unmarshal([]byte(line), &plan); err != nil || plan.Event == "plan" {
			break
		}
	}
	s := plan.Statement
	if s.File != "f.json" || strings.Join(s.Stated, " ") != "defaultAuthType.settings.expirationTime" ||
		strings.Join(s.Kept, " ") != "apiName service transformSchema defaultAuthType.mode defaultAuthType.settings.description additionalAuthTypes conflictResolution" {
		t.Errorf("the event says %+v\n%s", s, out)
	}
}

// TestPutBackAfterAFile puts back what a file with one setting changed.
func TestPutBackAfterAFile(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	before := m.deployed()
	m.write("f.json", `{"defaultAuthType": {"settings": {"description": "", "expirationTime": null}}, "additionalAuthTypes": null}`)
	out := m.want(command.ExitDone, append([]string{"apply", "f.json", "--yes", "--confirm", "dev"}, sampleTarget(emulator.SampleDev)...))
	if now := canonicalCompact(t, m.deployed()); !strings.Contains(now, `"defaultAuthType":{"mode":"API_KEY","settings":{"description":""}}`) || !strings.Contains(now, `"additionalAuthTypes":[]`) {
		t.Fatalf("deployed is %s", now)
	}
	_, id, _ := strings.Cut(out, "receipt ")
	id, _, _ = strings.Cut(id, "\n")
	m.want(command.ExitDone, []string{"history", "put-back", id, "--yes"}, "COMPLETED")
	if now := canonical(t, m.deployed()); now != canonical(t, before) {
		t.Errorf("deployed is\n%s\nnot\n%s", now, canonical(t, before))
	}
}

// TestRequestMergesWithTheProject takes what a file does not state from the project
// around, and says so.
func TestRequestMergesWithTheProject(t *testing.T) {
	const told = "note: not in f.json, so taken from the Amplify project: apiName, service, transformSchema, defaultAuthType (mode, description), additionalAuthTypes, conflictResolution\n"
	files := with(notesProject, "f.json", `{"defaultAuthType": {"settings": {"expirationTime": 90}}}`)
	code, out, errOut := request(t, files, "", "f.json")
	if want := strings.Replace(notesRequest, `"expirationTime": 30`, `"expirationTime": 90`, 1); code != command.ExitDone || out != want || errOut != told {
		t.Errorf("exit code %d, stdout\n%s\nstderr\n%s", code, out, errOut)
	}
	for label, file := range map[string]string{
		"another app":      `{"appId": "d7f6e5d4c3b2a1", "backendEnvironmentName": "dev", "resourceName": "notes", "resourceConfig": {"apiName": "notes"}}`,
		"another resource": `{"resourceName": "other", "resourceConfig": {"apiName": "notes"}}`,
	} {
		code, out, errOut := request(t, with(notesProject, "f.json", file), "", "f.json")
		if code != command.ExitDone || strings.Contains(out, "AUTOMERGE") || !strings.Contains(errOut, "warning: f.json does not state service, transformSchema, defaultAuthType") {
			t.Errorf("%s: exit code %d, stdout\n%s\nstderr\n%s", label, code, out, errOut)
		}
	}
}

// TestRequestAloneStatesWhatIsEmpty prints what a file states where nothing else is
// known, and names the settings that it does not.
func TestRequestAloneStatesWhatIsEmpty(t *testing.T) {
	files := with(nil, "f.json", `{"resourceName": "notes", "resourceConfig": {"defaultAuthType": {"mode": "API_KEY", "settings": {"description": null}}, "additionalAuthTypes": null, "conflictResolution": null}}`)
	code, out, errOut := request(t, files, "", "f.json")
	for _, part := range []string{`"description": ""`, `"additionalAuthTypes": []`, `"resolutionStrategy": "NONE"`} {
		if code != command.ExitDone || !strings.Contains(out, part) {
			t.Errorf("exit code %d, no %s in\n%s", code, part, out)
		}
	}
	if !strings.Contains(errOut, "does not state apiName, service, transformSchema, defaultAuthType (expirationTime), and no Amplify project") {
		t.Errorf("stderr %s", errOut)
	}
}

// TestSecretInADescription is refused by name on every face, and nothing shows it.
func TestSecretInADescription(t *testing.T) {
	files := with(notesProject, "amplify/backend/api/notes/cli-inputs.json",
		strings.Replace(notesProject["amplify/backend/api/notes/cli-inputs.json"], `"web"`, `"web `+secretKey+`"`, 1))
	stated := strings.Replace(described, "%s", secretKey, 1)
	for _, test := range []struct {
		label string
		files map[string]string
		args  []string
		says  string
	}{
		{"project", files, nil, "amplify/backend/api/notes/cli-inputs.json:2:82: error: Description holds an API key"},
		{"project, another tool", files, []string{"--format", "aws-cli", "--env", "dev"}, "cli-inputs.json:2:82: error: Description holds"},
		{"file", with(nil, "f.json", stated), []string{"f.json"}, "f.json:1:113: error: Description holds an API key"},
		{"file in the project", with(files, "f.json", `{"apiName": "notes"}`), []string{"f.json"}, "cli-inputs.json:2:82: error: Description holds"},
		{"the gap of one", with(nil, "f.json", strings.Replace(described, "%s", "web [redacted]", 1)), []string{"f.json"}, "f.json:1:113: error: Description has a gap"},
		{"a member that nobody knows", with(nil, "f.json", `{"resourceName": "notes", "resourceConfig": {"future": "`+secretKey+`"}}`), []string{"f.json"}, "error: future holds an API key"},
		{"a member with a secret name", with(nil, "f.json", `{"resourceName": "notes", "resourceConfig": {"clientSecret": "x"}}`), []string{"f.json"}, "stands in clientSecret"},
	} {
		code, out, errOut := request(t, test.files, "", test.args...)
		if code != command.ExitError || out != "" || !strings.Contains(errOut, test.says) || strings.Contains(errOut, "da2-a") {
			t.Errorf("%s: exit code %d, stdout %q, stderr %q", test.label, code, out, errOut)
		}
	}
	m := newMachine(t, emulator.Options{})
	m.write("f.json", stated)
	target := sampleTarget(emulator.SampleDev)
	for _, args := range [][]string{append([]string{"plan", "f.json"}, target...), append([]string{"plan", "f.json", "--json"}, target...), append([]string{"apply", "f.json", "--yes"}, target...)} {
		_, out, errOut := m.run(args...)
		if !strings.Contains(out+errOut, "Description holds an API key") || strings.Contains(out+errOut, "da2-a") {
			t.Errorf("%q prints\n%s\n%s", args, out, errOut)
		}
	}
	m.write("f.json", strings.Replace(described, "%s", "[redacted]", 1))
	m.want(command.ExitError, append([]string{"apply", "f.json", "--yes"}, target...), "Description has a gap, [redacted]")
	m.posts(0)
}

// TestDeployedSecretBlocksNothing lets other settings change.
func TestDeployedSecretBlocksNothing(t *testing.T) {
	m := newMachine(t, emulator.Options{Apps: appsWith(`"web client"`, `"`+secretKey+`"`)})
	m.write("f.json", `{"defaultAuthType": {"settings": {"expirationTime": 90}}}`)
	out := m.want(command.ExitDone, append([]string{"apply", "f.json", "--yes"}, sampleTarget(emulator.SampleDev)...), "warning: ", "Description holds an API key")
	if strings.Contains(out, "da2-a") || !strings.Contains(m.deployed(), secretKey) {
		t.Errorf("printed\n%s\ndeployed\n%s", out, m.deployed())
	}
}
