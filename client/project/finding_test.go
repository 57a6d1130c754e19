package project_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ampedit/client/project"
)

const iamInputs = `{"version":1,"serviceConfiguration":{"apiName":"notes","serviceName":"AppSync","defaultAuthType":{"mode":"AWS_IAM"}}}`

func TestFindings(t *testing.T) {
	withAuth := func(auth string) string {
		return inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"},"additionalAuthTypes":[` + auth + `]`)
	}
	listing := func(config string) string {
		return `{"api":{"notes":{"service":"AppSync","output":{"authConfig":{` + config + `}}}}}`
	}
	withConflict := func(conflict string) string { return inputsWith(`"conflictResolution":` + conflict) }
	tests := []struct {
		name  string
		edits edits
		code  project.Code
		kind  project.Kind
		want  string // part of the finding as text
	}{
		{"Lambda authorization", edits{inputs: withAuth(`{"mode":"AWS_LAMBDA","lambdaFunction":"check","ttlSeconds":60}`)},
			project.LambdaAuthorization, project.Inexpressible, inputs + ":1:148: The API authorizes through a Lambda function"},
		{"Lambda authorization in metadata", edits{inputs: gone, meta: `{"api":{"notes":{"service":"AppSync","output":{"authConfig":{"defaultAuthentication":{"authenticationType":"AWS_LAMBDA"}}}}}}`},
			project.LambdaAuthorization, project.Inexpressible, meta + ":1:108: "},
		{"unknown mode", edits{inputs: withAuth(`{"mode":"SMOKE_SIGNAL"}`)},
			project.UnknownMode, project.Inexpressible, `"SMOKE_SIGNAL"`},
		{"strategies of models", edits{inputs: withConflict(`{"defaultResolutionStrategy":{"type":"AUTOMERGE"},"perModelResolutionStrategy":[{"entityName":"Note","resolutionStrategy":{"type":"NONE"}}]}`)},
			project.PerModelStrategy, project.Inexpressible, inputs + ":1:180: Single models have a conflict strategy of their own: Note."},
		{"strategies of models, compiled", edits{inputs: iamInputs, transform: withResolver(`{"project":{"ConflictHandler":"AUTOMERGE"},"models":{"Note":{},"Tag":{}}}`)},
			project.PerModelStrategy, project.Inexpressible, transform + ":1:83: Single models have a conflict strategy of their own: Note, Tag."},
		{"Lambda resolver", edits{inputs: withConflict(`{"defaultResolutionStrategy":{"type":"LAMBDA","resolver":{"type":"EXISTING","name":"merge"}}}`)},
			project.LambdaResolver, project.Inexpressible, "not which function"},
		{"Lambda resolver, compiled", edits{inputs: iamInputs, transform: withResolver(`{"project":{"ConflictHandler":"LAMBDA","LambdaConflictHandler":{"name":"merge"}}}`)},
			project.LambdaResolver, project.Inexpressible, transform + ":1:61: "},
		{"unknown strategy", edits{inputs: withConflict(`{"defaultResolutionStrategy":{"type":"LAST_WINS"}}`)},
			project.UnknownStrategy, project.Inexpressible, `"LAST_WINS"`},

		{"override of the API", edits{api + "override.ts": ""}, project.Override, project.Refused, api + "override.ts: "},
		{"override of auth", edits{backendDir + "auth/notespool/override.ts": ""}, project.Override, project.Refused, "auth/notespool/override.ts: "},
		{"override of the root stack", edits{backendDir + "awscloudformation/override.ts": ""}, project.Override, project.Refused, "awscloudformation/override.ts: "},
		{"custom resource by its folder", edits{backendDir + "custom/mailer/cdk-stack.ts": ""}, project.CustomResource, project.Refused, backendDir + `custom/mailer: The backend has the custom resource "mailer"`},
		{"custom resource in the configuration", edits{backend: `{"api":{"notes":{"service":"AppSync"}},"custom":{"mailer":{"service":"customCDK"}}}`},
			project.CustomResource, project.Refused, backend + ":1:59: "},

		{"no team file", edits{team: gone}, project.MissingFile, project.Incomplete, team + ": "},
		{"no metadata", edits{meta: gone, backend: gone}, project.MissingFile, project.Incomplete, backend + ": "},
		{"no cli-inputs.json", edits{inputs: gone}, project.MissingFile, project.Incomplete, inputs + ": "},
		{"nothing that states a strategy", edits{inputs: gone, transform: gone}, project.MissingFile, project.Incomplete, transform + ": "},
		{"no folder", edits{strings.TrimSuffix(api, "/"): gone}, project.MissingFile, project.Incomplete, backendDir + "api/notes: "},
		{"no schema", edits{schema: gone}, project.MissingSchema, project.Incomplete, "api/notes: "},
		{"no API", edits{backendDir + "api": gone, meta: `{}`, backend: `{}`}, project.MissingAPI, project.Incomplete, "no AppSync API"},
		{"a file half written", edits{inputs: "{\n  \"version\": 1,\n  \"serv"}, project.InvalidJSON, project.Unreadable, inputs + ":3:7: The file is not JSON"},
		{"an empty file", edits{team: " \n"}, project.InvalidJSON, project.Unreadable, team + ":1:1: The file is empty"},
		{"JSON with an error", edits{backend: "{\n  \"api\": { \"ñotes\": oops }\n}"}, project.InvalidJSON, project.Unreadable, backend + ":2:21: The file is not JSON: invalid character 'o'"},
		{"a merge conflict", edits{team: "{\n<<<<<<< HEAD\n"}, project.InvalidJSON, project.Unreadable, team + ":2:1: The file is not JSON: invalid character '<' looking for beginning of object key string. A merge conflict"},
		{"a list for an object", edits{meta: `[]`}, project.UnexpectedValue, project.Incomplete, meta + ":1:1: The file does not hold an object"},
		{"a member of another type", edits{inputs: inputsWith(`"defaultAuthType":{"mode":7}`)}, project.InvalidValue, project.Unreadable, `:1:106: "serviceConfiguration.defaultAuthType.mode" is not a string`},
		{"a default without a mode", edits{inputs: inputsWith(`"defaultAuthType":{"expirationTime":7}`)}, project.InvalidValue, project.Unreadable, `"serviceConfiguration.defaultAuthType" has no mode`},
		{"a number that is none", edits{inputs: inputsWith(`"defaultAuthType":{"mode":"API_KEY","expirationTime":"soon"}`)}, project.InvalidValue, project.Unreadable, `defaultAuthType.expirationTime" is not a number`},
		{"an element of another type", edits{inputs: withAuth(`"AWS_IAM"`)}, project.InvalidValue, project.Unreadable, `additionalAuthTypes[0]" is not an object`},
		{"a name that leads elsewhere", edits{meta: `{"api":{"../../x":{"service":"AppSync"}}}`}, project.UnexpectedValue, project.Incomplete, `"../../x" cannot be the name`},
		{"a folder for a file", edits{inputs: gone, inputs + "/x": ""}, project.UnreadableFile, project.Unreadable, inputs + ": The file was not read: it is a folder"},
		{"a file too large", edits{inputs: strings.Repeat(" ", 4<<20+1)}, project.UnreadableFile, project.Unreadable, inputs + ": The file was not read: it is larger than 4 MB"},
		{"a pool not resolved", edits{meta: gone}, project.PoolUnresolved, project.Incomplete, `The user pool is named "authnotespool"`},
		{"no app id", edits{team: `{"dev":{"awscloudformation":{}}}`, meta: gone}, project.MissingAppID, project.Incomplete, team + ": The file has no AmplifyAppId"},
		{"app id from metadata", edits{team: `{"dev":{"awscloudformation":{}}}`}, project.MissingAppID, project.Incomplete, "taken from " + meta},

		{"a misspelt member", edits{inputs: inputsWith(`"defaultAuthTyp":{"mode":"AWS_IAM"}`)}, project.UnknownMember, project.Incomplete, inputs + ":1:97: \"defaultAuthTyp\" is no member that Amplify reads; did you mean defaultAuthType?"},
		{"a misspelt setting", edits{inputs: withAuth(`{"mode":"API_KEY","keyDescripton":"web"}`)}, project.UnknownMember, project.Incomplete, "did you mean keyDescription?"},
		{"UTF-16, as of PowerShell", edits{inputs: "\xff\xfe{\x00}\x00"}, project.NotUTF8, project.Unreadable, inputs + ":1:1: The file cannot be read: it is UTF-16; save it as UTF-8."},
		{"Latin-1", edits{inputs: "{\n \"a\": \"\xe4\"}"}, project.NotUTF8, project.Unreadable, inputs + ":2:8: The file cannot be read: byte 10 (0xe4) is not UTF-8"},

		{"default modes that differ", edits{backend: listing(`"defaultAuthentication":{"authenticationType":"AWS_IAM"}`)},
			project.AuthDiffers, project.Contradiction, inputs + ":7:15: The default authorization is API_KEY here, and this is what counts; " + backend + " says AWS_IAM."},
		{"days that differ", edits{backend: listing(`"additionalAuthenticationProviders":[{"authenticationType":"API_KEY","apiKeyConfig":{"apiKeyExpirationDays":7}}]`)},
			project.AuthDiffers, project.Contradiction, inputs + ":8:25: The API key lives 90 days here, and this is what counts; " + backend + " says 7."},
		{"a folder left over", edits{meta: gone, backend: `{"api":{}}`}, project.UnlistedAPI, project.Contradiction, inputs + `:5:20: The folder of "notes" is not in ` + backend},
		{"an API of the metadata alone", edits{backend: `{"api":{}}`}, project.UnlistedAPI, project.Contradiction, meta + `:16:14: "notes" is not in ` + backend},

		{"two AppSync APIs", edits{backend: `{"api":{"alt":{"service":"AppSync"},"notes":{"service":"AppSync"}}}`}, project.SeveralAPIs, project.Notice, `"alt", "notes"`},
		{"a REST API", edits{backend: `{"api":{"hooks":{"service":"API Gateway"}}}`}, project.OtherAPI, project.Notice, `"hooks" is a REST API; it was skipped`},
		{"a container API", edits{backend: `{"api":{"box":{"service":"ElasticContainer"}}}`}, project.OtherAPI, project.Notice, `"box" is a container API`},
		{"an API of a new kind", edits{backend: `{"api":{"x":{"service":"Pigeon"}}}`}, project.OtherAPI, project.Notice, `service "Pigeon"`},
		{"a container project", edits{config: `{"frontend":"ios","ios":{"config":{"ServerlessContainers":true}}}`}, project.ContainerProject, project.Notice, config + ": "},
		{"a split schema", edits{schema: gone, api + "schema/a.graphql": ""}, project.SplitSchema, project.Notice, api + "schema: "},
		{"a suppressed key", edits{parameters: `{"CreateAPIKey":0}`}, project.KeySuppressed, project.Notice, parameters + ":1:17: CreateAPIKey is 0"},
		{"a key suppressed in one environment", edits{team: `{"dev":{"categories":{"api":{"notes":{"CreateAPIKey":-1}}}}}`}, project.KeySuppressed, project.Notice, team + ":1:54: CreateAPIKey is -1"},
		{"metadata of another environment", edits{localEnv: `{"envName":"prod"}`, team: `{"dev":{}}`}, project.OtherEnvironment, project.Notice, meta + ": "},
		{"credentials of Studio", edits{localAWS: `{"dev":{"configLevel":"amplifyAdmin"}}`}, project.StudioCredentials, project.Notice, localAWS + ": "},
		{"a key in a file", edits{team: `{"dev":{"categories":{"function":{"f":{"key":"` + secret + `"}}}}}`}, project.SecretInFile, project.Notice, `"dev.categories.function.f.key"`},
		{"both generations", edits{"amplify/backend.ts": ""}, project.MixedGenerations, project.Notice, "amplify/backend.ts: "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			findings := backendOf(t, "dev", test.edits).Findings
			if !slices.ContainsFunc(findings, func(f project.Finding) bool {
				return f.Code == test.code && strings.Contains(f.String(), test.want)
			}) {
				t.Errorf("no finding %s with %q in %q", test.code, test.want, findings)
			}
			if test.code.Kind() != test.kind {
				t.Errorf("kind %d, want %d", test.code.Kind(), test.kind)
			}
		})
	}
}

// A sound project gives no findings, so that each one means something.
func TestSoundProject(t *testing.T) {
	for _, edits := range []edits{
		nil,
		{inputs: iamInputs, backend: `{"api":{"notes":{"service":"AppSync"}}}`, transform: `{"Version":5,"ElasticsearchWarning":true}`},
		{parameters: `{"CreateAPIKey":1}`},
		{localAWS: gone, localEnv: gone},
	} {
		if findings := backendOf(t, "dev", edits).Findings; len(findings) > 0 {
			t.Errorf("with edits %q: %q", edits, findings)
		}
	}
}

// One fact that several files state is one finding.
func TestFindingsAreNotRepeated(t *testing.T) {
	listed := `{"api":{"notes":{"service":"AppSync"},"hooks":{"service":"API Gateway"}},"custom":{"mailer":{}}}`
	findings := backendOf(t, "dev", edits{
		meta: listed, backend: listed, inputs: iamInputs, transform: `{}`, backendDir + "custom/mailer/cdk-stack.ts": "",
	}).Findings
	want := []project.Code{project.OtherAPI, project.CustomResource}
	if got := codes(findings); len(findings) != len(want) || !slices.Equal(got, want) {
		t.Errorf("got %q, want one each of %q", findings, want)
	}
}

func TestFindingsAreSafeToPrint(t *testing.T) {
	nasty := "\x1b[31mred\x1b]0;title\x07\u202Eback\u0085\r\n" + secret
	quoted := strings.NewReplacer("\x1b", `\u001b`, "\x07", `\u0007`, "\r", `\r`, "\n", `\n`).Replace(nasty)
	findings := backendOf(t, "dev", edits{
		inputs:                          inputsWith(`"defaultAuthType":{"mode":"` + strings.Replace(quoted, secret, "", 1) + `"}`),
		schema:                          gone,
		meta:                            `{"api":{"x/` + strings.Replace(quoted, secret, "", 1) + `":{"service":"AppSync"}}}`,
		api + "schema/" + nasty:         "x",
		backendDir + "custom/x\u202E/y": "",
	}).Findings
	if len(findings) < 2 {
		t.Fatalf("too few findings to test: %q", findings)
	}
	for _, f := range findings {
		if strings.ContainsAny(f.String(), "\x1b\x07\r\n\u0085\u202E") || strings.Contains(f.String(), secret) {
			t.Errorf("not safe to print: %q", f)
		}
	}
}

// Every value has its place, also one that is missing: that of what lacks it.
func TestPlaces(t *testing.T) {
	b := backendOf(t, "dev", nil)
	for member, want := range map[string]string{
		"appId":                               team + ":4:23",
		"resourceConfig.apiName":              inputs + ":4:16",
		"resourceConfig.defaultAuthType":      inputs + ":6:24",
		"resourceConfig.defaultAuthType.mode": inputs + ":7:15",
		"resourceConfig.defaultAuthType.settings.expirationTime":           inputs + ":8:25",
		"resourceConfig.defaultAuthType.settings.openIDIssueURL":           inputs + ":6:24",
		"resourceConfig.additionalAuthTypes[1].mode":                       inputs + ":14:17",
		"resourceConfig.additionalAuthTypes[2].settings.openIDIatTTL":      inputs + ":21:25",
		"resourceConfig.additionalAuthTypes[0].settings.cognitoUserPoolId": meta + ":12:33",
		"resourceConfig.additionalAuthTypes[3].mode":                       "",
		"resourceConfig.conflictResolution.resolutionStrategy":             inputs + ":25:46",
		"resourceConfig.transformSchema":                                   schema + ":1:1",
	} {
		at, ok := b.Place(member)
		got := fmt.Sprintf("%s:%d:%d", at.File, at.Line, at.Column)
		if ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s, want %s", member, got, want)
		}
	}
	at, _ := backendOf(t, "dev", edits{inputs: "// é\n" + `{"a,b": ["é", {"x": 1}], "serviceConfiguration": {"apiName": "notes"}}`}).Place("resourceConfig.apiName")
	if at.Line != 2 || at.Column != 62 {
		t.Errorf("after other values: %+v", at)
	}
}
