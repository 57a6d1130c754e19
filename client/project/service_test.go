package project_test

import (
	"encoding/json"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/project"
)

func TestFromService(t *testing.T) {
	files := sample(t, nil)
	text := func(name string) string {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	twice, err := json.Marshal(text(meta))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(fullRequest), &want); err != nil {
		t.Fatal(err)
	}
	want["defaultAuthType"].(map[string]any)["settings"].(map[string]any)["description"] = "from amplify-meta"
	delete(want, "conflictResolution") // the metadata does not say

	for name, meta := range map[string]string{"once": text(meta), "stringified twice": string(twice)} {
		t.Run(name, func(t *testing.T) {
			b := project.FromService("dev", meta, text(cliJSON))
			if diff := cmp.Diff(want, requestOf(t, b)); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
			if len(b.Findings) > 0 {
				t.Errorf("findings %q", b.Findings)
			}
			if got, want := factOf(b.AppID), (fact{"d1exampledev", "amplifyMetaConfig"}); got != want {
				t.Errorf("app id %v, want %v", got, want)
			}
			if got, want := b.TransformerVersion, "amplifyFeatureFlags"; got.Value != 2 || got.File != want {
				t.Errorf("transformer version %v, want %v", got, want)
			}
			if got := b.KeyExpires().Value.Year(); got != 2027 {
				t.Errorf("the key expires in %d", got)
			}
		})
	}
}

func TestFromServiceFindings(t *testing.T) {
	authConfig := func(auth string) string {
		return `{"api":{"notes":{"service":"AppSync","output":{"authConfig":{"defaultAuthentication":` + auth + `}}}}}`
	}
	tests := []struct {
		name, meta, flags string
		want              []project.Code
	}{
		{"nothing given", "", "", nil},
		{"before the first push", authConfig(`{"authenticationType":"API_KEY","apiKeyConfig":{"apiKeyExpirationDays":7}}`), "", nil},
		{"no API", `{"auth":{}}`, "{}", []project.Code{project.MissingAPI}},
		{"a Lambda authorizer", authConfig(`{"authenticationType":"AWS_LAMBDA","lambdaAuthorizerConfig":{"lambdaFunction":"check","ttlSeconds":60}}`), "", []project.Code{project.LambdaAuthorization}},
		{"an unknown mode", authConfig(`{"authenticationType":"SMOKE_SIGNAL"}`), "", []project.Code{project.UnknownMode}},
		{"a pool that is not in the metadata", authConfig(`{"authenticationType":"AMAZON_COGNITO_USER_POOLS","userPoolConfig":{"userPoolId":"authx"}}`), "", []project.Code{project.PoolUnresolved}},
		{"custom resources", `{"api":{"notes":{"service":"AppSync"}},"custom":{"mailer":{"service":"customCDK"}}}`, "", []project.Code{project.CustomResource}},
		{"REST beside AppSync", `{"api":{"notes":{"service":"AppSync"},"hooks":{"service":"API Gateway"}}}`, "", []project.Code{project.OtherAPI}},
		{"not JSON", `{"api":`, `nope`, []project.Code{project.InvalidJSON}},
		{"of another shape", `[1]`, `"x"`, []project.Code{project.InvalidJSON, project.UnexpectedValue, project.MissingAPI}},
		{"too large", strings.Repeat(" ", 4<<20+1), "", []project.Code{project.UnreadableFile}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := project.FromService("dev", test.meta, test.flags)
			got := codes(b.Findings)
			if !slices.Equal(got, test.want) {
				t.Errorf("findings %q, want %q", b.Findings, test.want)
			}
		})
	}
}

// The position in a member's text helps as much as one in a file.
func TestFromServicePosition(t *testing.T) {
	b := project.FromService("dev", "{\n  \"api\": oops\n}", "")
	want := "amplifyMetaConfig:2:10: The file is not JSON"
	if len(b.Findings) != 1 || !strings.HasPrefix(b.Findings[0].String(), want) {
		t.Errorf("got %q, want %q", b.Findings, want)
	}
}
