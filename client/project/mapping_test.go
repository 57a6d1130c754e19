package project_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/project"
)

const fullRequest = `{
  "apiName": "notes",
  "service": "AppSync",
  "defaultAuthType": {"mode": "API_KEY", "settings": {"expirationTime": 90, "description": "public pages"}},
  "additionalAuthTypes": [
    {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_NotesPool"}},
    {"mode": "AWS_IAM"},
    {"mode": "OPENID_CONNECT", "settings": {
      "openIDProviderName": "Login", "openIDIssueURL": "https://login.example.com/", "openIDClientId": "web|app",
      "openIDAuthTTL": "7200000", "openIDIatTTL": "3600000"}}
  ],
  "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}
}`

// TestRequestOfAProject covers the whole mapping from Amplify's files to a
// request, from cli-inputs.json and from each file that stands in for it.
func TestRequestOfAProject(t *testing.T) {
	fromMeta := func(request map[string]any) {
		request["defaultAuthType"].(map[string]any)["settings"].(map[string]any)["description"] = "from amplify-meta"
	}
	tests := []struct {
		name  string
		edits edits
		want  func(map[string]any) // changes to fullRequest
	}{
		{"cli-inputs.json first", nil, func(map[string]any) {}},
		{"metadata without cli-inputs.json", edits{inputs: gone}, fromMeta},
		{"nothing from elsewhere when cli-inputs.json is damaged", edits{inputs: `{"version":1,`}, func(request map[string]any) {
			for _, member := range []string{"defaultAuthType", "additionalAuthTypes", "conflictResolution"} {
				delete(request, member)
			}
		}},
		{"metadata when cli-inputs.json states no auth type", edits{inputs: inputsWith(`"conflictResolution":{"defaultResolutionStrategy":{"type":"AUTOMERGE"}}`)}, fromMeta},
		{"backend-config.json without either", edits{inputs: gone, meta: gone}, func(request map[string]any) {
			request["defaultAuthType"] = map[string]any{
				"mode": "API_KEY", "settings": map[string]any{"expirationTime": 90.0, "description": "from backend-config"},
			}
			request["additionalAuthTypes"] = []any{}
		}},
		{"no auth type anywhere", edits{inputs: gone, meta: gone, backend: `{"api":{"notes":{"service":"AppSync"}}}`}, func(request map[string]any) {
			delete(request, "defaultAuthType")
			delete(request, "additionalAuthTypes")
		}},
		{"names from elsewhere", edits{
			inputs:     inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"}`),
			parameters: `{"AppSyncApiName":"other"}`,
		}, func(request map[string]any) {
			request["defaultAuthType"] = map[string]any{"mode": "AWS_IAM"}
			request["additionalAuthTypes"] = []any{}
		}},
		{"schema path of old versions", edits{
			inputs: inputsWith(`"gqlSchemaPath":"/nowhere/schema.graphql","defaultAuthType":{"mode":"AWS_IAM"}`),
		}, func(request map[string]any) {
			request["defaultAuthType"] = map[string]any{"mode": "AWS_IAM"}
			request["additionalAuthTypes"] = []any{}
		}},
		{"comments and trailing commas", edits{
			inputs: "\uFEFF// by hand\n" + inputsWith(`"defaultAuthType":{"mode":"AWS_IAM",}, /* none */ "additionalAuthTypes":[],`),
		}, func(request map[string]any) {
			request["defaultAuthType"] = map[string]any{"mode": "AWS_IAM"}
			request["additionalAuthTypes"] = []any{}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want map[string]any
			if err := json.Unmarshal([]byte(fullRequest), &want); err != nil {
				t.Fatal(err)
			}
			test.want(want)
			if diff := cmp.Diff(want, requestOf(t, backendOf(t, "dev", test.edits))); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
		})
	}
}

// fact is a Fact of any type, as text.
type fact struct{ value, file string }

func factOf(f project.Fact[string]) fact { return fact{f.Value, f.File} }

func factsOf(facts []project.Fact[string]) []fact {
	var out []fact
	for _, f := range facts {
		out = append(out, factOf(f))
	}
	return out
}

func TestFactsAndTheirFiles(t *testing.T) {
	old := edits{inputs: gone, parameters: gone}
	tests := []struct {
		name  string
		env   string
		edits edits
		get   func(project.Backend) project.Fact[string]
		want  fact
	}{
		{"app id", "dev", nil, appID, fact{"d1exampledev", team}},
		{"app id of another environment", "prod", nil, appID, fact{"d1exampleprod", team}},
		{"app id from metadata", "dev", edits{team: `{"dev":{"awscloudformation":{"Region":"eu-west-1"}}}`}, appID, fact{"d1exampledev", meta}},
		{"app id of a blank name", "dev", edits{team: `{"dev":{"awscloudformation":{"AmplifyAppId":""}}}`, meta: gone}, appID, fact{}},
		{"region", "prod", nil, region, fact{"eu-central-1", team}},
		{"region from metadata", "dev", edits{team: gone}, region, fact{"eu-west-1", meta}},
		{"profile", "dev", nil, profile, fact{"notes-dev", localAWS}},
		{"no profile but keys", "prod", nil, profile, fact{}},
		{"profile of Studio", "dev", edits{localAWS: `{"dev":{"configLevel":"amplifyAdmin","profileName":"left-over"}}`}, profile, fact{}},
		{"resource", "dev", nil, resource, fact{"notes", meta}},
		{"resource without metadata", "dev", edits{meta: gone}, resource, fact{"notes", backend}},
		{"resource from a folder with inputs", "dev", edits{meta: gone, backend: gone}, resource, fact{"notes", inputs}},
		{"resource from a folder with a schema", "dev", edits{meta: gone, backend: gone, inputs: gone}, resource, fact{"notes", schema}},
		{"resource from an old folder", "dev", edits{meta: gone, backend: gone, inputs: gone, schema: gone}, resource, fact{"notes", transform}},
		{"API name", "dev", edits{inputs: inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"}`)}, apiName, fact{"notes", inputs}},
		{"API name from parameters", "dev", edits{inputs: gone, parameters: `{"AppSyncApiName":"Renamed"}`}, apiName, fact{"Renamed", parameters}},
		{"API name from the folder", "dev", old, apiName, fact{"notes", meta}},
		{"service", "dev", nil, service, fact{"AppSync", inputs}},
		{"service from metadata", "dev", old, service, fact{"AppSync", meta}},
		{"service of another environment", "prod", old, service, fact{"AppSync", backend}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := factOf(test.get(backendOf(t, test.env, test.edits))); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}

func appID(b project.Backend) project.Fact[string]    { return b.AppID }
func region(b project.Backend) project.Fact[string]   { return b.Region }
func profile(b project.Backend) project.Fact[string]  { return b.Profile }
func resource(b project.Backend) project.Fact[string] { return b.ResourceName }
func apiName(b project.Backend) project.Fact[string]  { return b.APIName }
func service(b project.Backend) project.Fact[string]  { return b.Service }

func TestKeyExpires(t *testing.T) {
	noted := `"defaultAuthType":{"mode":"AWS_IAM"},"additionalAuthTypes":[{"mode":"API_KEY","apiKeyExpirationDate":"2027-05-01T12:30:00+02:00"}]`
	tests := []struct {
		name  string
		edits edits
		want  string
		file  string
	}{
		{"of the default auth type", nil, "2027-02-01T10:00:00Z", inputs},
		{"of an additional auth type", edits{inputs: inputsWith(noted)}, "2027-05-01T10:30:00Z", inputs},
		{"from metadata where the best source has none", edits{inputs: inputsWith(`"defaultAuthType":{"mode":"API_KEY"}`)}, "2027-02-01T10:00:00Z", meta},
		{"without a key", edits{inputs: inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"}`)}, "0001-01-01T00:00:00Z", ""},
		{"that is no date", edits{inputs: inputsWith(`"defaultAuthType":{"mode":"API_KEY","apiKeyExpirationDate":"soon"}`), meta: gone}, "0001-01-01T00:00:00Z", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := backendOf(t, "dev", test.edits).KeyExpires()
			if text := got.Value.Format("2006-01-02T15:04:05Z07:00"); text != test.want || got.File != test.file {
				t.Errorf("got %s from %q, want %s from %q", text, got.File, test.want, test.file)
			}
		})
	}
}

func TestSettings(t *testing.T) {
	tests := []struct{ name, auth, want string }{
		{"an empty description is stated", `{"mode":"API_KEY","keyDescription":""}`, `{"mode":"API_KEY","settings":{"description":""}}`},
		{"days as a string", `{"mode":"API_KEY","expirationTime":"30"}`, `{"mode":"API_KEY","settings":{"expirationTime":30}}`},
		{"days that are no number", `{"mode":"API_KEY","expirationTime":"0x1E"}`, `{"mode":"API_KEY"}`},
		{"null is not there", `{"mode":"API_KEY","keyDescription":null}`, `{"mode":"API_KEY"}`},
		{"lifetimes as numbers", `{"mode":"OPENID_CONNECT","openIDIatTTL":3600000}`, `{"mode":"OPENID_CONNECT","settings":{"openIDIatTTL":"3600000"}}`},
		{"a blank lifetime is none", `{"mode":"OPENID_CONNECT","openIDIatTTL":""}`, `{"mode":"OPENID_CONNECT"}`},
		{"any client", `{"mode":"OPENID_CONNECT","openIDClientID":""}`, `{"mode":"OPENID_CONNECT","settings":{"openIDClientId":""}}`},
		{"settings of another mode", `{"mode":"AWS_IAM","keyDescription":"stray","openIDIatTTL":"1"}`, `{"mode":"AWS_IAM"}`},
		{"an unknown mode stays", `{"mode":"SMOKE_SIGNAL","keyDescription":"x"}`, `{"mode":"SMOKE_SIGNAL"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var want any
			if err := json.Unmarshal([]byte(test.want), &want); err != nil {
				t.Fatal(err)
			}
			got := requestOf(t, backendOf(t, "dev", edits{inputs: inputsWith(`"defaultAuthType":` + test.auth)}))
			if diff := cmp.Diff(want, got["defaultAuthType"]); diff != "" {
				t.Errorf("auth type (-want +got):\n%s", diff)
			}
		})
	}
}
