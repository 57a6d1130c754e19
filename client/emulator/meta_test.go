package emulator_test

import (
	"encoding/json"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

// metaOf is the amplify-meta.json that GetBackend returns for prod.
func (c caller) metaOf() (meta struct {
	Providers struct {
		AWSCloudFormation struct{ Region, AmplifyAppID string }
	}
	API map[string]struct {
		Service   string
		DependsOn []struct{ Category, ResourceName string }
		Output    struct {
			AuthConfig          map[string]any
			GraphQLAPIKeyOutput string
		}
	}
	Auth map[string]struct{ Output struct{ UserPoolID string } }
}) {
	c.t.Helper()
	r := c.call("POST", appDetails, `{"backendEnvironmentName":"prod"}`)
	if r.status != 200 || r.text("backendEnvironmentName") != "prod" {
		c.t.Fatalf("GetBackend answered %d %v", r.status, r.body)
	}
	if err := json.Unmarshal([]byte(r.text("amplifyMetaConfig")), &meta); err != nil {
		c.t.Fatal(err)
	}
	return meta
}

func TestGetBackendNamesTheApp(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	r := c.call("POST", appDetails, `{}`)
	if diff := cmp.Diff([]any{"dev", "staging", "prod"}, r.body["backendEnvironmentList"]); diff != "" || r.text("appName") != "Acme Notes" {
		t.Errorf("app %q, environments (-want +got):\n%s", r.text("appName"), diff)
	}
	if _, ok := r.body["amplifyMetaConfig"]; ok {
		t.Error("meta data are returned although no environment was named")
	}
	var flags struct {
		Features struct {
			GraphQLTransformer struct{ TransformerVersion int }
		}
	}
	if err := json.Unmarshal([]byte(r.text("amplifyFeatureFlags")), &flags); err != nil || flags.Features.GraphQLTransformer.TransformerVersion != 2 {
		t.Errorf("feature flags %v, %v; want transformer version 2", flags, err)
	}
}

func TestMetaFollowsWhatIsDeployed(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	meta := c.metaOf()
	if meta.Providers.AWSCloudFormation.Region != "eu-west-1" || meta.Providers.AWSCloudFormation.AmplifyAppID != emulator.SampleAppID {
		t.Errorf("providers %v", meta.Providers)
	}
	notes := meta.API["notes"]
	if notes.Service != "AppSync" || !regexp.MustCompile(`^da2-[a-z0-9]{26}$`).MatchString(notes.Output.GraphQLAPIKeyOutput) {
		t.Errorf("service %q, key %q", notes.Service, notes.Output.GraphQLAPIKeyOutput)
	}
	if len(notes.DependsOn) != 1 || meta.Auth[notes.DependsOn[0].ResourceName].Output.UserPoolID != emulator.SampleUserPool {
		t.Errorf("dependencies %v do not lead to the user pool in %v", notes.DependsOn, meta.Auth)
	}
	logical := "auth" + notes.DependsOn[0].ResourceName
	want := map[string]any{
		"defaultAuthentication": map[string]any{
			"authenticationType": "API_KEY",
			"apiKeyConfig": map[string]any{
				"apiKeyExpirationDays": 7., "apiKeyExpirationDate": "2026-11-26T14:00:00.000Z", "description": "web client",
			},
		},
		"additionalAuthenticationProviders": []any{
			map[string]any{"authenticationType": "AMAZON_COGNITO_USER_POOLS", "userPoolConfig": map[string]any{"userPoolId": logical}},
		},
	}
	if diff := cmp.Diff(want, notes.Output.AuthConfig); diff != "" {
		t.Errorf("authConfig at first (-want +got):\n%s", diff)
	}

	c.update(`{"resourceName":"notes","resourceConfig":{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{
		"openIDProviderName":"acme","openIDIssueURL":"https://id.example.com","openIDClientId":"web","openIDIatTTL":"1000"}},
		"additionalAuthTypes":[{"mode":"API_KEY"},{"mode":"AWS_IAM"}]}}`)
	c.clock.Advance(time.Hour)
	want = map[string]any{
		"defaultAuthentication": map[string]any{
			"authenticationType":  "OPENID_CONNECT",
			"openIDConnectConfig": map[string]any{"name": "acme", "issuerUrl": "https://id.example.com", "clientId": "web", "iatTTL": "1000"},
		},
		"additionalAuthenticationProviders": []any{
			// The key's life starts when the job ends, 8 s after the start.
			map[string]any{"authenticationType": "API_KEY", "apiKeyConfig": map[string]any{
				"apiKeyExpirationDays": 7., "apiKeyExpirationDate": "2026-11-29T14:00:08.000Z",
			}},
			map[string]any{"authenticationType": "AWS_IAM"},
		},
	}
	notes = c.metaOf().API["notes"]
	if diff := cmp.Diff(want, notes.Output.AuthConfig); diff != "" {
		t.Errorf("authConfig after an update (-want +got):\n%s", diff)
	}
	if len(notes.DependsOn) != 0 {
		t.Errorf("without Cognito the API still depends on %v", notes.DependsOn)
	}
}

func TestMetaWithoutAnAPIKeyHoldsNone(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	c.update(`{"resourceName":"notes","resourceConfig":{"defaultAuthType":{"mode":"AWS_IAM"}}}`)
	c.clock.Advance(time.Hour)
	if key := c.metaOf().API["notes"].Output.GraphQLAPIKeyOutput; key != "" {
		t.Errorf("an API without keys shows the key %s", key)
	}
}

func TestLambdaScenarioShowsTheAuthorizerInTheMetaOnly(t *testing.T) {
	c := startEmulator(t, emulator.Options{Scenario: emulator.Lambda})
	providers, _ := c.metaOf().API["notes"].Output.AuthConfig["additionalAuthenticationProviders"].([]any)
	last, _ := providers[len(providers)-1].(map[string]any)
	if last["authenticationType"] != "AWS_LAMBDA" {
		t.Errorf("additional providers %v do not end with AWS_LAMBDA", providers)
	}
	if additional, _ := c.config()["additionalAuthTypes"].([]any); len(additional) != 1 {
		t.Errorf("GetBackendAPI returns %v, want the one type it can express", additional)
	}
}
