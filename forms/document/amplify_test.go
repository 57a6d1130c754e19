package document_test

import (
	"slices"
	"strings"
	"testing"

	"ampedit/client/wire"
	"ampedit/forms/document"
)

const cliInputs = `{
  "version": 1,
  "serviceConfiguration": {
    "apiName": "notes",
    "serviceName": "AppSync",
    "gqlSchemaPath": "/home/ann/schema.graphql",
    "defaultAuthType": {
      "mode": "API_KEY",
      "expirationTime": 90,
      "apiKeyExpirationDate": "2027-02-01T10:00:00.000Z",
      "keyDescription": "web"
    },
    "additionalAuthTypes": [
      {"mode": "AMAZON_COGNITO_USER_POOLS", "cognitoUserPoolId": "authnotes"},
      {"mode": "OPENID_CONNECT", "openIDProviderName": "acme", "openIDIssuerURL": "https://id.example.com/",
       "openIDClientID": "a|b", "openIDAuthTTL": "7200000", "openIDIatTTL": 3600000},
      {"mode": "AWS_LAMBDA", "lambdaFunction": "check", "ttlSeconds": null}
    ],
    "conflictResolution": {
      "defaultResolutionStrategy": {"type": "LAMBDA", "resolver": {"type": "EXISTING", "name": "merge"}},
      "perModelResolutionStrategy": [{"entityName": "Note"}]
    }
  }
}`

func TestCLIInputs(t *testing.T) {
	d := parsed(t, "cli-inputs.json", cliInputs)
	want := `{"apiName":"notes","service":"AppSync",
		"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":90,"description":"web"}},
		"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS"},
			{"mode":"OPENID_CONNECT","settings":{"openIDProviderName":"acme","openIDIssueURL":"https://id.example.com/",
				"openIDClientId":"a|b","openIDAuthTTL":"7200000","openIDIatTTL":"3600000"}},
			{"mode":"AWS_LAMBDA"}],
		"conflictResolution":{"resolutionStrategy":"LAMBDA"}}`
	if !d.Config.Equal(fromJSON(t, want)) {
		t.Errorf("got %s", body(t, d.Config))
	}
	if d.Format.Shape != document.CLIInputs || d.Target != (document.Target{ResourceName: "notes"}) {
		t.Errorf("format %v, target %+v", d.Format, d.Target)
	}
	var paths []string
	for _, n := range d.Notes {
		paths = append(paths, strings.TrimPrefix(n.Path, "serviceConfiguration."))
	}
	noted := []string{"gqlSchemaPath", "defaultAuthType.apiKeyExpirationDate", "additionalAuthTypes[0].cognitoUserPoolId",
		"additionalAuthTypes[2].lambdaFunction",
		"conflictResolution.defaultResolutionStrategy.resolver", "conflictResolution.perModelResolutionStrategy"}
	if !slices.Equal(paths, noted) {
		t.Errorf("notes on %q, want %q", paths, noted)
	}
}

func TestHeadless(t *testing.T) {
	d := parsed(t, "payload.json", `{"version":1,"serviceModification":{"serviceName":"AppSync","transformSchema":"type A { id: ID! }",
		"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","cognitoUserPoolId":"eu-west-1_AbCdEfGhi"}],"apiKeyExpiration":{"days":3}}}`)
	want := `{"service":"AppSync","transformSchema":"type A { id: ID! }",
		"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_AbCdEfGhi"}}]}`
	if d.Format.Shape != document.Headless || !d.Config.Equal(fromJSON(t, want)) {
		t.Errorf("format %v, configuration %s", d.Format, body(t, d.Config))
	}
	if len(d.Notes) != 1 || d.Notes[0].Path != "serviceModification.apiKeyExpiration" {
		t.Errorf("notes %q", notes(d))
	}
}

// Conflict resolution that is left out, or states no strategy, is not known from a
// cli-inputs.json alone; a payload that has it empty switches it off.
func TestAmplifyConflicts(t *testing.T) {
	tests := map[string]string{
		`{}`:                          "",
		`{"conflictResolution":null}`: "",
		`{"conflictResolution":{}}`:   "",
		`{"conflictResolution":{"defaultResolutionStrategy":null}}`:                              "",
		`{"conflictResolution":{"perModelResolutionStrategy":[]}}`:                               "NONE",
		`{"conflictResolution":{"defaultResolutionStrategy":{"type":"OPTIMISTIC_CONCURRENCY"}}}`: "OPTIMISTIC_CONCURRENCY",
	}
	for file, want := range tests {
		d := parsed(t, "cli-inputs.json", `{"version":1,"serviceConfiguration":`+file+`}`)
		got := ""
		if d.Config.ConflictResolution != nil {
			got = string(*d.Config.ConflictResolution.ResolutionStrategy)
		}
		empty := strings.Contains(file, "{}}") || strings.Contains(file, "y\":null}")
		if got != want || empty != (len(d.Notes) == 1 && strings.Contains(d.Notes[0].Text, "Amplify takes that of transform.conf.json")) {
			t.Errorf("%s: got %q and notes %q, want %q", file, got, notes(d), want)
		}
	}
	d := parsed(t, "payload.json", `{"version":1,"serviceModification":{"conflictResolution":{}}}`)
	if d.Config.ConflictResolution == nil || *d.Config.ConflictResolution.ResolutionStrategy != wire.StrategyNone || len(d.Notes) > 0 {
		t.Errorf("a payload: %s and notes %q", body(t, d.Config), notes(d))
	}
}

const skeleton = `{
    "AppId": "",
    "BackendEnvironmentName": "",
    "ResourceConfig": {
        "AdditionalAuthTypes": [
            {
                "Mode": "OPENID_CONNECT",
                "Settings": SETTINGS
            }
        ],
        "ApiName": "",
        "ConflictResolution": {
            "ResolutionStrategy": "NONE"
        },
        "DefaultAuthType": {
            "Mode": "AWS_IAM",
            "Settings": SETTINGS
        },
        "Service": "",
        "TransformSchema": ""
    },
    "ResourceName": ""
}`

const blankSettings = `{
                    "CognitoUserPoolId": "",
                    "Description": "",
                    "ExpirationTime": 0.0,
                    "OpenIDAuthTTL": "",
                    "OpenIDClientId": "",
                    "OpenIDIatTTL": "",
                    "OpenIDIssueURL": "",
                    "OpenIDProviderName": ""
                }`

// filled returns the AWS CLI's skeleton with values put into it.
func filled(oldNew ...string) string {
	return strings.ReplaceAll(replaced(skeleton, oldNew...), "SETTINGS", blankSettings)
}

func TestSkeletons(t *testing.T) {
	tests := []struct{ label, file, want string }{
		{"untouched", filled(), `{"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		{"with a name and a service", filled(`"ApiName": ""`, `"ApiName": "notes"`, `"Service": ""`, `"Service": "AppSync"`),
			`{"apiName":"notes","service":"AppSync","conflictResolution":{"resolutionStrategy":"NONE"}}`},
		{"with an API key of 30 days", filled(`"Mode": "AWS_IAM",
            "Settings": SETTINGS`, `"Mode": "API_KEY", "Settings": `+strings.Replace(blankSettings, "0.0", "30", 1)),
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30}},"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		{"with IAM, its blanks half removed", filled(`"Mode": "AWS_IAM",
            "Settings": SETTINGS`, `"Mode": "AWS_IAM", "Settings": {"Description": ""}`),
			`{"defaultAuthType":{"mode":"AWS_IAM"},"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		{"no skeleton: an API key without a description", `{"DefaultAuthType": {"Mode": "API_KEY", "Settings": {"Description": "", "ExpirationTime": 0}}}`,
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"","expirationTime":0}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.label, func(t *testing.T) {
			d := parsed(t, "skeleton.json", tt.file)
			if !d.Config.Equal(fromJSON(t, tt.want)) {
				t.Errorf("got %s, want %s", body(t, d.Config), tt.want)
			}
			if d.Target != (document.Target{}) {
				t.Errorf("target %+v", d.Target)
			}
		})
	}
}

func TestSkeletonNotes(t *testing.T) {
	d := parsed(t, "skeleton.json", filled())
	want := []string{
		"2:14 AppId", "3:31 BackendEnvironmentName", "6:13 ResourceConfig.AdditionalAuthTypes[0]", "20:20 ResourceConfig.ApiName",
		"22:35 ResourceConfig.ConflictResolution.ResolutionStrategy", "24:28 ResourceConfig.DefaultAuthType",
		"37:20 ResourceConfig.Service", "38:28 ResourceConfig.TransformSchema", "40:21 ResourceName",
	}
	for i, n := range d.Notes {
		if got := strings.TrimPrefix(n.String(), "skeleton.json:"); i >= len(want) || !strings.HasPrefix(got, strings.Replace(want[i], " ", ": ", 1)+": ") {
			t.Errorf("note %d is %s", i, got)
		}
	}
	if len(d.Notes) != len(want) {
		t.Errorf("%d notes, want %d", len(d.Notes), len(want))
	}
}

// Filling a skeleton by the program leaves nothing of what was in it by chance.
func TestSkeletonSaved(t *testing.T) {
	d := parsed(t, "skeleton.json", filled())
	want := &wire.ResourceConfig{
		APIName: ptr("notes"),
		DefaultAuthType: &wire.AuthType{Mode: ptr(wire.ModeOIDC), Settings: &wire.AuthSettings{
			OpenIDIssueURL: ptr("https://id.example.com"), OpenIDClientID: ptr(""),
		}},
		AdditionalAuthTypes: []wire.AuthType{},
	}
	out, err := d.Save(document.Target{AppID: "d1"}, want)
	if err != nil {
		t.Fatal(err)
	}
	again := parsed(t, "skeleton.json", string(out))
	if !again.Config.Equal(want) || again.Target.AppID != "d1" {
		t.Errorf("got %s\nfrom\n%s", body(t, again.Config), out)
	}
}
