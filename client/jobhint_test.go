package client_test

import (
	"strings"
	"testing"

	"ampedit/client"
)

func TestJobHintKnowsWhatUsersReport(t *testing.T) {
	for text, want := range map[string]string{
		"Overrides are disabled; use the --allow-overrides flag":              "override.ts",
		"A flag to disable custom resources is set":                           "custom resources",
		"UPDATE_FAILED (AWS::AppSync::ApiKey): API key not found: [redacted]": "no longer has the API key",
		"API key expiration must be between 1 and 365 days":                   "2 days or more",
		"There is already a pending job for the requested appId":              "Another job",
		"The deployment was rolled back: type Tag has no field labels":        "5 Schema",
		"Schema validation failed: @auth on a type without @model":            "5 Schema",
		"Resource is not in the state stackUpdateComplete":                    "",
		"": "",
	} {
		if got := client.JobHint(text); want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q in it", text, got, want)
		}
	}
}
