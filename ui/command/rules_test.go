package command_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
	"ampedit/ui/command"
)

// broken is a configuration that breaks one rule.
type broken struct {
	rule string
	// config are members of a resourceConfig, amplify those of Amplify's own files, ""
	// for what these cannot say.
	config, amplify string
	// at is the text that begins where the problem stands; atAmplify the same in
	// Amplify's files if it is another there.
	at, atAmplify string
	// not names faces that cannot find it, and why.
	not map[string]string
}

// oidcWith is an additional type with one setting that breaks a rule: of a request, and
// of Amplify's files.
func oidcWith(rule, setting, amplifySetting, value string) broken {
	settings := map[string]string{"openIDProviderName": `"acme"`, "openIDIssueURL": `"https://id.example.com/"`, "openIDClientId": `"web"`}
	settings[setting] = value
	b := broken{rule: rule, at: value}
	var nested, flat []string
	for _, s := range [][2]string{
		{"openIDProviderName", "openIDProviderName"}, {"openIDIssueURL", "openIDIssuerURL"}, {"openIDClientId", "openIDClientID"}, {"openIDIatTTL", "openIDIatTTL"},
	} {
		if text := settings[s[0]]; text != "" {
			nested, flat = append(nested, fmt.Sprintf("%q: %s", s[0], text)), append(flat, fmt.Sprintf("%q: %s", s[1], text))
		}
	}
	b.config = fmt.Sprintf(`"additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "OPENID_CONNECT", "settings": {%s}}]`, strings.Join(nested, ", "))
	b.amplify = fmt.Sprintf(`"additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "OPENID_CONNECT", %s}]`, strings.Join(flat, ", "))
	return b
}

// keyWith is a default type with one setting that breaks a rule.
func keyWith(rule, setting, amplifySetting, value string) broken {
	return broken{
		rule: rule, at: value,
		config:  fmt.Sprintf(`"defaultAuthType": {"mode": "API_KEY", "settings": {%q: %s}}`, setting, value),
		amplify: fmt.Sprintf(`"defaultAuthType": {"mode": "API_KEY", %q: %s}`, amplifySetting, value),
	}
}

func both(rule, members, at string) broken {
	return broken{rule: rule, config: members, amplify: members, at: at}
}

func strategyOf(rule, strategy string) broken {
	return broken{
		rule: rule, at: `"` + strategy + `"`,
		config:  `"conflictResolution": {"resolutionStrategy": "` + strategy + `"}`,
		amplify: `"conflictResolution": {"defaultResolutionStrategy": {"type": "` + strategy + `"}}`,
	}
}

func schemaOf(rule, text string) broken {
	return broken{rule: rule, config: `"transformSchema": "` + text + `"`, at: `"` + text + `"`}
}

func pool(rule, id string) broken {
	return broken{
		rule: rule, at: `"` + id + `"`,
		config:  `"additionalAuthTypes": [{"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "` + id + `"}}]`,
		amplify: `"additionalAuthTypes": [{"mode": "AMAZON_COGNITO_USER_POOLS", "cognitoUserPoolId": "` + id + `"}]`,
	}
}

func (b broken) without(why string, faces ...string) broken {
	b.not = map[string]string{}
	for _, face := range faces {
		b.not[face] = why
	}
	return b
}

const noBase = "there is nothing deployed that it would change"

var offline = []string{"forms", "check --dir", "check request", "check config", "check cli-inputs", "check payload", "request --dir", "request FILE"}

var brokenConfigs = []broken{
	keyWith("control-character", "description", "keyDescription", `"a\u0007b"`),
	keyWith("secret", "description", "keyDescription", `"web da2-abcdefghijklmnopqrstuvwxyz"`),
	oidcWith("secret", "openIDClientId", "openIDClientID", `"da2-abcdefghijklmnopqrstuvwxyz"`),
	keyWith("secret-gap", "description", "keyDescription", `"[redacted]"`),
	{
		rule:   "required",
		config: `"additionalAuthTypes": [{"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "acme", "openIDClientId": "web"}}]`, at: `{"openIDProviderName`,
		amplify: `"additionalAuthTypes": [{"mode": "OPENID_CONNECT", "openIDProviderName": "acme", "openIDClientID": "web"}]`, atAmplify: `{"mode": "OPENID`,
	},
	both("unusual-name", `"apiName": "my-notes"`, `"my-notes"`),
	both("api-renamed", `"apiName": "memos"`, `"memos"`).without(noBase, offline...),
	{rule: "unusual-service", config: `"service": "Fargate"`, amplify: `"serviceName": "Fargate"`, at: `"Fargate"`},
	both("no-mode", `"additionalAuthTypes": [{"mode": "AWS_IAM"}, {}]`, `{}`),
	both("unknown-mode", `"additionalAuthTypes": [{"mode": "AWS_LAMBDA"}]`, `"AWS_LAMBDA"`),
	both("unknown-mode", `"additionalAuthTypes": [{"mode": "APIKEY"}]`, `"APIKEY"`),
	keyWith("key-days", "expirationTime", "expirationTime", `366`),
	keyWith("key-days", "expirationTime", "expirationTime", `0.5`),
	keyWith("key-days", "expirationTime", "expirationTime", `0.00`),
	keyWith("key-of-one-day", "expirationTime", "expirationTime", `1.00`),
	oidcWith("lifetime", "openIDIatTTL", "openIDIatTTL", `"1h"`),
	oidcWith("lifetime", "openIDIatTTL", "openIDIatTTL", `"soon"`),
	oidcWith("issuer-url", "openIDIssueURL", "openIDIssuerURL", `"http://id.example.com/"`),
	oidcWith("issuer-url", "openIDIssueURL", "openIDIssuerURL", `"id.example.com"`),
	oidcWith("issuer-parts", "openIDIssueURL", "openIDIssuerURL", `"https://id.example.com/?a=b"`),
	oidcWith("issuer-document", "openIDIssueURL", "openIDIssuerURL", `"https://id.example.com/.well-known/openid-configuration"`),
	oidcWith("issuer-slash", "openIDIssueURL", "openIDIssuerURL", `"https://id.example.com"`).without(noBase, offline...),
	oidcWith("client-id-pattern", "openIDClientId", "openIDClientID", `"web("`),
	pool("pool-id", "eu-west-1_"+strings.Repeat("a", 46)),
	pool("pool-region", "us-east-1_AbCdEfGhi").without("the region is not known", "forms", "check request", "check config", "check cli-inputs", "check payload"),
	both("duplicate-auth", `"defaultAuthType": {"mode": "API_KEY"}, "additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode":  "API_KEY"}]`, `"API_KEY"}]`),
	strategyOf("unknown-strategy", "AUTOMERG"),
	strategyOf("lambda-resolver", "LAMBDA"),
	strategyOf("datastore-off", "NONE").without(noBase, offline...),
	schemaOf("empty-schema", `  `),
	schemaOf("schema-place", "file://schema.graphql"),
}

// faces are all that judge a configuration: each takes what breaks a rule and returns
// the exit code, what was printed on each stream, and the file with its name. A nil
// file means that the face cannot say it.
var ruleFaces = map[string]func(t *testing.T, b broken) (code int, out, errOut, name, file string){
	"check --dir":      func(t *testing.T, b broken) (int, string, string, string, string) { return ofProject(t, b, check) },
	"request --dir":    func(t *testing.T, b broken) (int, string, string, string, string) { return ofProject(t, b, request) },
	"check request":    ofFile("kept.json", asRequest, "check"),
	"check config":     ofFile("kept.yaml", asConfig, "check"),
	"check cli-inputs": ofFile("cli-inputs.json", asInputs, "check"),
	"check payload":    ofFile("payload.json", asPayload, "check"),
	"request FILE":     ofFile("kept.json", asRequest, "request", "--region", emulator.SampleRegion),
	"plan":             ofFile("kept.json", asRequest, "plan", "--region", emulator.SampleRegion),
	"apply":            ofFile("kept.json", asRequest, "apply", "--region", emulator.SampleRegion),
}

func asRequest(b broken) string {
	return fmt.Sprintf("{\"appId\": %q, \"backendEnvironmentName\": %q, \"resourceName\": %q,\n \"resourceConfig\": {%s}}", emulator.SampleAppID, emulator.SampleStaging, emulator.SampleResource, b.config)
}

func asConfig(b broken) string { return "{" + b.config + "}\n" }

func asInputs(b broken) string { return ofAmplify("serviceConfiguration", b) }

func asPayload(b broken) string { return ofAmplify("serviceModification", b) }

func ofAmplify(service string, b broken) string {
	members := b.amplify
	if members == "" && service == "serviceModification" && strings.HasPrefix(b.config, `"transformSchema"`) {
		members = b.config
	}
	if members == "" {
		return ""
	}
	return fmt.Sprintf("{\"version\": 1, %q: {\n  %s}}", service, members)
}

// ofFile runs a command on a kept request beside an emulator, which must get no update.
func ofFile(name string, write func(broken) string, args ...string) func(*testing.T, broken) (int, string, string, string, string) {
	return func(t *testing.T, b broken) (int, string, string, string, string) {
		m := newMachine(t, emulator.Options{})
		file := write(b)
		if file == "" {
			return 0, "", "", "", ""
		}
		m.write(name, file)
		code, out, errOut := m.run(append([]string{args[0], name}, args[1:]...)...)
		m.posts(0)
		return code, out, errOut, name, file
	}
}

// ofProject runs a command in a project that states the configuration.
func ofProject(t *testing.T, b broken, run func(*testing.T, map[string]string, string, ...string) (int, string, string)) (int, string, string, string, string) {
	const inputs, schema = "amplify/backend/api/notes/cli-inputs.json", "amplify/backend/api/notes/schema.graphql"
	files := with(notesProject, "amplify/backend/api/notes/transform.conf.json", `{"Version": 5}`)
	if b.amplify == "" { // then it is about the schema
		text := strings.Trim(b.at, `"`)
		code, out, errOut := run(t, with(files, schema, text), "")
		return code, out, errOut, schema, b.at // the file without its quotes
	}
	file := asInputs(b)
	code, out, errOut := run(t, with(files, inputs, file), "")
	return code, out, errOut, inputs, file
}

// placeIn is where a text begins in a file, as LINE:COLUMN.
func placeIn(t *testing.T, file, text string) string {
	t.Helper()
	before, _, ok := strings.Cut(file, text)
	if !ok {
		t.Fatalf("no %s in\n%s", text, file)
	}
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("%d:%d", 1+strings.Count(before, "\n"), 1+len([]rune(line)))
}

// TestRulesHoldAtEveryFace breaks each rule that is about a value or a change, and
// looks for it at every face: with the place of the value, the severity, the exit code,
// no request printed and none sent.
func TestRulesHoldAtEveryFace(t *testing.T) {
	rules := map[string]forms.Rule{}
	for _, r := range forms.Rules() {
		rules[r.Name] = r
	}
	covered := map[string]bool{}
	for i, b := range brokenConfigs {
		rule, ok := rules[b.rule]
		if !ok {
			t.Errorf("there is no rule %s", b.rule)
			continue
		}
		covered[b.rule] = true
		if rule.Scope == forms.ScopeValue && b.not["forms"] == "" {
			t.Run(fmt.Sprintf("%d %s/forms", i, b.rule), func(t *testing.T) { foundByForms(t, b, rule) })
		}
		for face, run := range ruleFaces {
			t.Run(fmt.Sprintf("%d %s/%s", i, b.rule, face), func(t *testing.T) {
				code, out, errOut, name, file := run(t, b)
				if name == "" {
					t.Skip("the file cannot say it")
				}
				found := lineOf(out+errOut, "["+b.rule+"]")
				if b.not[face] != "" {
					if found != "" {
						t.Errorf("found, though %s:\n%s", b.not[face], found)
					}
					return
				}
				at := b.at
				if b.atAmplify != "" && !strings.Contains(file, b.at) {
					at = b.atAmplify
				}
				if place := name + ":" + placeIn(t, file, at) + ": "; !strings.Contains(found, place) || !strings.Contains(found, rule.Severity.String()+": ") {
					t.Errorf("no %s at %s in\n%s%s", rule.Severity, place, out, errOut)
				}
				wantCode(t, face, rule.Severity == forms.Error, code, out, errOut)
			})
		}
	}
	for name, r := range rules {
		if r.Scope != forms.ScopeTyped && r.Scope != forms.ScopeRead && !covered[name] {
			t.Errorf("no configuration breaks the rule %s", name)
		}
	}
}

// wantCode holds the exit code of a face, and that request prints none with errors.
func wantCode(t *testing.T, face string, isError bool, code int, out, errOut string) {
	t.Helper()
	want := command.ExitDone
	switch {
	case isError:
		want = command.ExitError
	case face == "apply": // which needs --yes
		want = command.ExitUsage
	}
	if code != want {
		t.Errorf("exit code %d, not %d\n%s%s", code, want, out, errOut)
	}
	if strings.HasPrefix(face, "request") && (out == "") != isError {
		t.Errorf("standard output:\n%s", out)
	}
}

// lineOf is the first line with a text, "" for none.
func lineOf(lines, text string) string {
	for line := range strings.Lines(lines) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// foundByForms looks for the rule among the problems of the configuration itself.
func foundByForms(t *testing.T, b broken, rule forms.Rule) {
	doc, err := document.Parse("kept.json", []byte(asRequest(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range forms.CheckStated(&wire.UpdateBackendAPIInput{ResourceConfig: doc.Config}, "", time.Now()) {
		if found.Rule == b.rule && found.Severity == rule.Severity {
			return
		}
	}
	t.Errorf("not found in %s", b.config)
}
