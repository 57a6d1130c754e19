package document_test

import (
	"fmt"
	"testing"

	"ampedit/forms/document"
)

// TestPlaces finds the same members in every shape, and for one that is missing what
// lacks it.
func TestPlaces(t *testing.T) {
	const (
		mode     = "resourceConfig.defaultAuthType.mode"
		days     = "resourceConfig.defaultAuthType.settings.expirationTime"
		text     = "resourceConfig.defaultAuthType.settings.description"
		issuer   = "resourceConfig.additionalAuthTypes[1].settings.openIDIssueURL"
		second   = "resourceConfig.additionalAuthTypes[1].mode"
		third    = "resourceConfig.additionalAuthTypes[2].mode"
		strategy = "resourceConfig.conflictResolution.resolutionStrategy"
		resource = "resourceName"
		app      = "appId"
	)
	tests := []struct {
		name, file string
		want       map[string]string
	}{
		{"a.json", `{"appId": "d1",
 "resourceConfig": {"defaultAuthType": {"mode": "API_KEY",
  "settings": {"expirationTime": 366}},
 "additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "OPENID_CONNECT", "settings": {"openIDIssueURL": "é"}}],
 "conflictResolution": {"resolutionStrategy": "NONE"}}}`,
			map[string]string{app: "1:11", mode: "2:49", days: "3:34", text: "3:15", second: "4:56", issuer: "4:105", third: "", strategy: "5:47", resource: ""}},
		{"a.yaml", `ApiName: notes
DefaultAuthType:
  Mode: API_KEY
  Settings:
    # days
    ExpirationTime: 366
AdditionalAuthTypes:
  - Mode: AWS_IAM
  - Mode: OPENID_CONNECT
`, map[string]string{mode: "3:9", days: "6:21", text: "6:5", second: "9:11", issuer: "9:5", strategy: "", app: ""}},
		{"cli-inputs.json", `{"version": 1, "serviceConfiguration": {"apiName": "notes",
 "defaultAuthType": {"mode": "API_KEY", "expirationTime": 366},
 "additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "OPENID_CONNECT", "openIDIssuerURL": "x"}],
 "conflictResolution": {"defaultResolutionStrategy": {"type": "LATER"}}}}`,
			map[string]string{mode: "2:30", days: "2:59", text: "2:21", second: "3:56", issuer: "3:93", third: "", strategy: "4:63", resource: "1:52"}},
		{"payload.json", `{"version": 1, "serviceModification": {
 "additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "OPENID_CONNECT"}]}}`,
			map[string]string{mode: "", second: "2:56", issuer: "2:47", resource: ""}},
	}
	for _, test := range tests {
		d, err := document.Parse(test.name, []byte(test.file))
		if err != nil {
			t.Fatal(err)
		}
		for member, want := range test.want {
			got := ""
			if line, column, ok := d.Place(member); ok {
				got = fmt.Sprintf("%d:%d", line, column)
			}
			if got != want {
				t.Errorf("%s: %s at %s, want %s", test.name, member, got, want)
			}
		}
	}
}

// A skeleton's filling is no element of the list that is sent.
func TestPlacesPassOverLeftovers(t *testing.T) {
	d, err := document.Parse("a.json", []byte(filled(`"AdditionalAuthTypes": [
`, `"AdditionalAuthTypes": [
`, `                "Settings": SETTINGS
            }
        ],`, `                "Settings": SETTINGS
            },
            {"Mode": "AWS_IAM"}
        ],`)))
	if err != nil {
		t.Fatal(err)
	}
	line, column, ok := d.Place("resourceConfig.additionalAuthTypes[0].mode")
	if len(d.Config.AdditionalAuthTypes) != 1 || !ok || line != 19 || column != 22 {
		t.Errorf("%d:%d, %v, of %s", line, column, ok, body(t, d.Config))
	}
}
