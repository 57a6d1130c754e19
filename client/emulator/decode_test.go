package emulator_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

func TestMalformedRequestsAreRefused(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	config := func(members string) string { return `{"resourceName":"notes","resourceConfig":{` + members + `}}` }
	settings := func(members string) string {
		return config(`"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{` + members + `}}`)
	}
	for _, tt := range []struct{ name, path, body, message string }{
		{"required member missing", prod, `{}`, "resourceName: required member is missing"},
		{"no body", prod, ``, "resourceName: required member is missing"},
		{"unknown member", prod, `{"resourceName":"notes","resourceconfig":{}}`, "resourceconfig: unknown member"},
		{"path label in the body", prod, `{"appId":"d1","resourceName":"notes"}`, "appId: unknown member"},
		{"null", prod, `{"resourceName":null}`, "resourceName: must be a string, not null"},
		{"null structure", prod, config(`"defaultAuthType":null`), "resourceConfig.defaultAuthType: must be an object, not null"},
		{"number for a string", prod, `{"resourceName":1}`, "resourceName: must be a string, not a number"},
		{"string for a number", prod, settings(`"expirationTime":"7"`), "resourceConfig.defaultAuthType.settings.expirationTime: must be a number, not a string"},
		{"number for a TTL", prod, settings(`"openIDAuthTTL":3600000`), "openIDAuthTTL: must be a string, not a number"},
		{"object for a list", prod, config(`"additionalAuthTypes":{}`), "resourceConfig.additionalAuthTypes: must be an array, not an object"},
		{"list for an object", prod, config(`"conflictResolution":[]`), "resourceConfig.conflictResolution: must be an object, not an array"},
		{"boolean in a list", prod, config(`"additionalAuthTypes":[true]`), "resourceConfig.additionalAuthTypes[0]: must be an object, not a boolean"},
		{"repeated member", prod, `{"resourceName":"notes","resourceName":"notes"}`, "resourceName: given more than once"},
		{"mode nobody knows", prod, config(`"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"APIKEY"}]`),
			`resourceConfig.additionalAuthTypes[1].mode: "APIKEY" is not one of API_KEY`},
		{"mode the API cannot express", prod, config(`"defaultAuthType":{"mode":"AWS_LAMBDA"}`), `"AWS_LAMBDA" is not one of`},
		{"strategy in lower case", prod, config(`"conflictResolution":{"resolutionStrategy":"none"}`), `resolutionStrategy: "none" is not one of OPTIMISTIC_CONCURRENCY, LAMBDA`},
		{"the Amplify CLI's issuer", prod, settings(`"openIDIssuerURL":"https://id.example.com"`), "settings.openIDIssuerURL: unknown member"},
		{"the Amplify CLI's client id", prod, settings(`"openIDClientID":"web"`), "settings.openIDClientID: unknown member"},
		{"number too large", prod, settings(`"expirationTime":1e999`), "expirationTime: 1e999 is out of the range of a double"},
		{"not a number", prod, settings(`"expirationTime":NaN`), "expirationTime: invalid JSON"},
		{"body is a list", prod, `[]`, "request body: must be an object, not an array"},
		{"body is cut off", prod, `{"resourceName":"notes"`, "request body: invalid JSON"},
		{"trailing data", prod, readNotes + `{}`, "request body: trailing data"},
		{"not UTF-8", prod, "{\"resourceName\":\"\xff\"}", "request body: not valid UTF-8"},
		{"read with an unknown member", prod + "/details", `{"resourceName":"notes","details":true}`, "details: unknown member"},
		{"page too small", prodJobs, `{"maxResults":0}`, "maxResults: 0 is not between 1 and 25"},
		{"page too large", prodJobs, `{"maxResults":26}`, "maxResults: 26 is not between 1 and 25"},
		{"page of a fraction", prodJobs, `{"maxResults":2.5}`, "maxResults: must be an integer, not 2.5"},
		{"query parameter", prod + "?x=1", readNotes, "query: UpdateBackendAPI takes no parameters"},
		{"misspelt environment", appDetails, `{"backendEnvironment":"prod"}`, "backendEnvironment: unknown member"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := c
			c.t = t
			r := c.call("POST", tt.path, tt.body)
			if r.status != 400 || r.code() != "BadRequestException" || !strings.Contains(r.text("message"), tt.message) {
				t.Errorf("answered %d %s %v, want 400 BadRequestException with %q", r.status, r.code(), r.body, tt.message)
			}
		})
	}
	if n := len(c.e.Jobs(emulator.SampleAppID, emulator.SampleProd)); n != 3 {
		t.Errorf("%d jobs, want only the three of the past", n)
	}
}

func TestBodyAndContentTypeMustFitTheOperation(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	if r := c.call("GET", prodJobs+"/4ad3f086", `{}`); r.status != 400 || !strings.Contains(r.text("message"), "GetBackendJob takes none") {
		t.Errorf("a GET with a body answered %d %v, want 400", r.status, r.body)
	}
	for sent, want := range map[string]int{
		"application/json":                200,
		"application/json; charset=UTF-8": 200,
		"application/x-amz-json-1.1":      400,
		"text/plain":                      400,
		"":                                400,
	} {
		c.edit = func(r *http.Request) { r.Header.Set("Content-Type", sent) }
		if r := c.call("POST", prod+"/details", readNotes); r.status != want {
			t.Errorf("Content-Type %q answered %d %v, want %d", sent, r.status, r.body, want)
		}
	}
}

func TestOversizedBodyIsRefused(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	r, err := c.send("POST", prod, `{"resourceName":"`+strings.Repeat("x", 10<<20)+`"}`)
	if err == nil && (r.status != 413 || r.text("message") != "Request Too Long") {
		t.Errorf("answered %d %v, want 413", r.status, r.body)
	}
	log := c.e.Requests()
	if len(log) != 1 || log[0].Status != 413 {
		t.Errorf("%d requests logged, want one answered 413", len(log))
	}
}

// everyMember is a resourceConfig with each member of the service model set, in
// a spelling taken from its locationName traits.
const everyMember = `{
	"additionalAuthTypes": [
		{"mode": "AWS_IAM", "settings": {}},
		{"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_JkLmNoPqr"}},
		{"mode": "OPENID_CONNECT", "settings": {
			"openIDAuthTTL": "3600000", "openIDClientId": "web|ios", "openIDIatTTL": "",
			"openIDIssueURL": "https://id.example.com/?a=1&b=<2>", "openIDProviderName": "acme"
		}}
	],
	"apiName": "notes",
	"conflictResolution": {"resolutionStrategy": "OPTIMISTIC_CONCURRENCY"},
	"defaultAuthType": {"mode": "API_KEY", "settings": {
		"cognitoUserPoolId": "", "description": "é\u2028\"", "expirationTime": 30.50,
		"openIDAuthTTL": "", "openIDClientId": "", "openIDIatTTL": "", "openIDIssueURL": "", "openIDProviderName": ""
	}},
	"service": "AppSync",
	"transformSchema": "type Tag @model { id: ID! }\n"
}`

func TestEveryMemberIsAcceptedAndReturnedAsSent(t *testing.T) {
	bare := []emulator.App{{ID: emulator.SampleAppID, Environments: []emulator.Environment{
		{Name: "prod", APIs: map[string]string{"notes": `{}`}},
	}}}
	c := startEmulator(t, emulator.Options{Apps: bare})
	if got := c.config(); len(got) != 0 {
		t.Fatalf("members nobody set are returned: %v", got)
	}
	c.update(`{"resourceName":"notes","resourceConfig":` + everyMember + `}`)
	c.clock.Advance(time.Minute)

	var want map[string]any
	d := json.NewDecoder(strings.NewReader(everyMember))
	d.UseNumber() // 30.50 must come back as 30.50
	if err := d.Decode(&want); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, c.config()); diff != "" {
		t.Errorf("returned configuration (-sent +got):\n%s", diff)
	}
	var deployed map[string]any
	if err := json.Unmarshal([]byte(c.e.Deployed(emulator.SampleAppID, "prod", "notes")), &deployed); err != nil || len(deployed) != len(want) {
		t.Errorf("Deployed has %d sections, %v; want %d", len(deployed), err, len(want))
	}
}

func TestReadMayCarryAConfiguration(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	r := c.call("POST", prod+"/details", `{"resourceName":"notes","resourceConfig":`+everyMember+`}`)
	if r.status != 200 || r.text("resourceName") != "notes" {
		t.Errorf("answered %d %v, want the deployed configuration", r.status, r.body)
	}
	if days := c.keyDays(); days != json.Number("7") {
		t.Errorf("after the read the key lives %v days, want the deployed 7", days)
	}
}
