package forms_test

import (
	"encoding/json"
	"testing"
	"time"

	"ampedit/client/wire"
	"ampedit/forms"
)

// berlin is a fixed zone, so that no test needs a time zone database.
var berlin = time.FixedZone("CET", 3600)

// noon is the present of all tests: a quarter past, so that rounding shows.
var noon = time.Date(2026, time.November, 22, 13, 15, 0, 0, berlin)

// notes is a deployed configuration with one of everything that tests change.
const notes = `{
  "apiName": "notes", "service": "AppSync",
  "transformSchema": "type Note @model {\n  id: ID!\n}\n",
  "defaultAuthType": {"mode": "API_KEY", "settings": {"description": "web", "expirationTime": 7}},
  "additionalAuthTypes": [
    {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"}},
    {"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/",
      "openIDClientId": "web", "openIDIatTTL": "3600000"}},
    {"mode": "AWS_IAM"}
  ],
  "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}
}`

func decode(t testing.TB, text string) *wire.ResourceConfig {
	t.Helper()
	config := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(text), config); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return config
}

// opened returns answers on a configuration that was read, and their context.
func opened(t testing.TB, text string) (*forms.Answers, forms.Context) {
	t.Helper()
	c := forms.Context{Now: noon, Base: decode(t, text)}
	a := forms.NewAnswers()
	a.Set(target(forms.KeyAppID), "d1a2b3c4d5e6f7")
	a.Set(target(forms.KeyEnvironment), "prod")
	a.Set(target(forms.KeyResourceName), "notes")
	a.Rebase(nil, c.Base)
	return a, c
}

func target(key forms.Key) forms.Ref  { return forms.At(forms.StepTarget, key) }
func primary(key forms.Key) forms.Ref { return forms.At(forms.StepDefault, key) }

func more(e *forms.Entry, key forms.Key) forms.Ref {
	return forms.Ref{Step: forms.StepMore, Entry: e.ID, Key: key}
}

var (
	strategy = forms.At(forms.StepConflicts, forms.KeyStrategy)
	source   = forms.At(forms.StepSchema, forms.KeySchemaSource)
	path     = forms.At(forms.StepSchema, forms.KeySchemaPath)
)

// fromFile answers that the schema comes from a file that holds text.
func fromFile(a *forms.Answers, c *forms.Context, text string) {
	a.Set(source, forms.SourceFile)
	a.Set(path, "schema.graphql")
	c.SchemaText = &text
}

// config returns what the answers ask for as indented JSON.
func config(t testing.TB, a *forms.Answers, c forms.Context) string {
	t.Helper()
	body, err := wire.Body(forms.Request(a, c).ResourceConfig)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// wantJSON compares two JSON texts as values.
func wantJSON(t testing.TB, got, want string) {
	t.Helper()
	if !sameJSON(t, got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func sameJSON(t testing.TB, a, b string) bool {
	t.Helper()
	return canonical(t, a) == canonical(t, b)
}

func canonical(t testing.TB, text string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatalf("not JSON: %v\n%s", err, text)
	}
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
