package command_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"ampedit/client/emulator"
	"ampedit/client/redact"
	"ampedit/ui/uitest"
)

// hostile is a text for where the system allows no NUL.
func hostile(place int) string { return strings.ReplaceAll(uitest.Hostile(place), "\x00", "") }

// wantNoLeak fails the test if something of a hostile text is in what a command
// printed, or in a file that the program keeps.
func (m *machine) wantNoLeak(what string, schema bool, outputs ...string) {
	m.t.Helper()
	_ = filepath.WalkDir(xdg.StateHome, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			data, _ := os.ReadFile(path)
			outputs = append(outputs, d.Name()+"\n"+string(data))
		}
		return nil
	})
	for _, text := range outputs {
		for _, leak := range uitest.Leaks(text, schema) {
			m.t.Errorf("%s: %s in\n%q", what, leak, text)
		}
	}
}

// commands are those that end by themselves, found by asking for help.
func (m *machine) commands(path ...string) [][]string {
	_, help, _ := m.run(append(path, "--help")...)
	_, list, _ := strings.Cut(help, "\nCommands:\n")
	list, _, _ = strings.Cut(list, "\n\n")
	found := [][]string{path}
	for line := range strings.Lines(list) {
		if name := strings.Fields(line)[0]; name != "emulator" {
			found = append(found, m.commands(append(slices.Clone(path), name)...)...)
		}
	}
	return found
}

var flagLine = regexp.MustCompile(`(?m)^ +(?:-\w, )?--([a-z-]+)( [a-zA-Z]+)?`)

// TestHostileArguments gives a hostile text to every command as an argument, as the
// name of a flag, and as the value of each flag that its help lists.
func TestHostileArguments(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	m := newMachine(t, emulator.Options{})
	m.write("kept.json", fmt.Sprintf(described, "x"))
	flags := 0
	for i, command := range m.commands() {
		_, help, _ := m.run(append(slices.Clone(command), "--help")...)
		tries := [][]string{{hostile(i)}, {"--" + hostile(i)}, {"-" + hostile(i)}, {hostile(i), hostile(i)}}
		for _, flag := range flagLine.FindAllStringSubmatch(help, -1) {
			tries = append(tries, []string{"--" + flag[1] + "=" + hostile(i)})
			flags++
		}
		for _, args := range tries {
			_, out, errOut := m.run(append(slices.Clone(command), args...)...)
			m.wantNoLeak(fmt.Sprintf("%q", append(command, args...)), false, out, errOut)
		}
	}
	if flags < 40 {
		t.Errorf("only %d flags were found in the help of the commands", flags)
	}
}

// TestHostileEnvironment puts a hostile text into each variable that the program, or
// what it stands on, reads.
func TestHostileEnvironment(t *testing.T) {
	for i, name := range []string{
		"AMPEDIT_APP_ID", "AMPEDIT_ENV", "AMPEDIT_RESOURCE", "AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_DEFAULT_PROFILE",
		"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_AMPLIFYBACKEND", "AWS_CA_BUNDLE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE",
		"AWS_RETRY_MODE", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "XDG_CONFIG_HOME", "HTTP_PROXY", "EDITOR", "TERM", "NO_COLOR", "HOME",
	} {
		t.Run(name, func(t *testing.T) {
			redact.Know(uitest.OpaqueSecret)
			m := newMachine(t, emulator.Options{})
			t.Setenv("AWS_MAX_ATTEMPTS", "1") // the SDK waits between them by the clock of this machine
			t.Setenv(name, hostile(i))
			xdg.Reload()
			for _, args := range [][]string{
				{"--help"}, {"--version"}, {"history"}, {"check"}, {"request", "--app-id", "d1", "--env", "dev"}, {},
				append([]string{"plan"}, sampleTarget(emulator.SampleDev)...), {"plan", "--json"}, {"watch"},
			} {
				_, out, errOut := m.run(args...)
				m.wantNoLeak(fmt.Sprintf("%s, %q", name, args), false, out, errOut)
			}
		})
	}
}

// TestHostileSettings puts a hostile text into the settings.
func TestHostileSettings(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	quoted, err := json.Marshal(hostile(1)) // which YAML reads as well
	if err != nil {
		t.Fatal(err)
	}
	for _, settings := range []string{
		hostile(1), string(quoted), string(quoted) + ": 1\n", "read_only: " + string(quoted), "bell: " + string(quoted), "protected: " + string(quoted), "protected: [" + string(quoted) + "]",
		"allowed_accounts: [" + string(quoted) + "]", "read_only_profiles: [" + string(quoted) + "]", "protected: [\"[" + string(quoted)[1:] + "]", "read_only: true\n---\n" + hostile(1),
	} {
		m := newMachine(t, emulator.Options{})
		m.settings(settings)
		for _, args := range [][]string{append([]string{"plan"}, sampleTarget(emulator.SampleDev)...), append([]string{"apply", "--yes", "--renew"}, sampleTarget(emulator.SampleProd)...)} {
			_, out, errOut := m.run(args...)
			m.wantNoLeak(fmt.Sprintf("settings %q", settings), false, out, errOut)
		}
	}
}

// TestHostileProject puts a hostile text into each text of each file of a project, in
// the place of names too, and as a whole file.
func TestHostileProject(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	place := 0
	for _, name := range slices.Sorted(maps.Keys(notesProject)) {
		texts := []string{hostile(1), "\xff\xfe" + hostile(2)}
		if strings.HasSuffix(name, ".json") {
			texts = append(texts, withHostileLeaves(t, notesProject[name])...)
		}
		for _, text := range texts {
			if place++; testing.Short() && place%4 > 0 {
				continue
			}
			m := newMachine(t, emulator.Options{})
			for file, content := range notesProject {
				m.write(file, content)
			}
			m.write(name, text)
			for _, args := range [][]string{{"check"}, {"check", "--json"}, {"request"}, {"request", "--format", "aws-cli"}, {"request", "--format", "boto3"}, {"plan", "--json"}} {
				_, out, errOut := m.run(args...)
				m.wantNoLeak(fmt.Sprintf("%s %q, %q", name, text, args), strings.HasSuffix(name, ".graphql"), out, errOut)
			}
		}
	}
}

// TestHostileKeptFiles puts a hostile text into each text of a kept request, in each of
// its shapes.
func TestHostileKeptFiles(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	settings := `{"description": "a", "expirationTime": 3, "cognitoUserPoolId": "b", "openIDProviderName": "c", "openIDIssueURL": "https://d/", "openIDClientId": "e", "openIDIatTTL": "1", "openIDAuthTTL": "2", "unknown": {"f": ["g"]}}`
	config := `{"apiName": "a", "service": "AppSync", "transformSchema": "type A @model { id: ID! }", "defaultAuthType": {"mode": "API_KEY", "settings": ` + settings + `},
		"additionalAuthTypes": [{"mode": "OPENID_CONNECT", "settings": ` + settings + `}], "conflictResolution": {"resolutionStrategy": "NONE"}, "unknown": "x"}`
	shapes := []string{
		`{"appId": "d1", "backendEnvironmentName": "dev", "resourceName": "notes", "resourceConfig": ` + config + `}`, config,
		notesProject["amplify/backend/api/notes/cli-inputs.json"],
		`{"version": 1, "serviceModification": {"serviceName": "AppSync", "defaultAuthType": {"mode": "API_KEY", "keyDescription": "a"}, "additionalAuthTypes": [{"mode": "OPENID_CONNECT", "openIDProviderName": "c", "openIDIssuerURL": "https://d/"}]}}`,
	}
	place := 0
	for _, shape := range shapes {
		for _, text := range append(withHostileLeaves(t, shape), hostile(1)) {
			if place++; testing.Short() && place%5 > 0 {
				continue
			}
			m := newMachine(t, emulator.Options{})
			m.write("kept.json", text)
			m.write("kept.yaml", text)
			schema := strings.Contains(shape, "transformSchema") && !strings.Contains(text, `"type A @model`)
			for _, args := range [][]string{
				{"check", "kept.json"}, {"check", "kept.yaml", "--json"}, {"request", "kept.json"}, {"request", "kept.yaml", "--format", "aws-cli"}, {"request", "kept.json", "--format", "boto3"},
				append([]string{"plan", "kept.json"}, sampleTarget(emulator.SampleDev)...), append([]string{"apply", "kept.yaml", "--json", "--yes", "--accept-schema-errors", "--confirm", "dev"}, sampleTarget(emulator.SampleDev)...),
			} {
				_, out, errOut := m.run(args...)
				m.wantNoLeak(fmt.Sprintf("%q, %q", text, args), schema, out, errOut)
			}
		}
	}
}

// withHostileLeaves returns a JSON text once for each of its texts, and each name of a
// member, with a hostile text in that place.
func withHostileLeaves(t *testing.T, text string) []string {
	t.Helper()
	var out []string
	for number := 0; ; number++ {
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			t.Fatal(err)
		}
		left := number
		value = replaceLeaf(value, &left, hostile(number))
		if left >= 0 {
			return out
		}
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(data))
	}
}

// replaceLeaf replaces a text or a name, the one that left counts to; it is -1 then.
func replaceLeaf(value any, left *int, with string) any {
	switch v := value.(type) {
	case string:
		if *left--; *left == -1 {
			return with
		}
	case []any:
		for i := range v {
			v[i] = replaceLeaf(v[i], left, with)
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if *left--; *left == -1 {
				v[with] = v[name]
				delete(v, name)
				continue
			}
			v[name] = replaceLeaf(v[name], left, with)
		}
	}
	return value
}
