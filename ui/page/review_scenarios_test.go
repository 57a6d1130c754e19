package page_test

import (
	"cmp"
	"encoding/json"
	"testing"
	"testing/fstest"
	"time"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// scenario is a change of a configuration that was read, notes unless base says
// otherwise.
type scenario struct {
	name string
	base string
	// keyEnds is when the present API key ends, counted from begin; 0 if that is
	// not known.
	keyEnds time.Duration
	change  func(*edit.Edit)
}

const (
	day   = 24 * time.Hour
	notes = `{
  "apiName": "notes", "service": "AppSync",
  "transformSchema": "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String\n  text: String\n  stars: Int\n}\n\ntype Tag @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  name: String\n  colour: String\n  uses: Int\n}\n",
  "defaultAuthType": {"mode": "API_KEY", "settings": {"description": "web", "expirationTime": 7}},
  "additionalAuthTypes": [
    {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"}},
    {"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/",
      "openIDClientId": "web", "openIDIatTTL": "3600000"}},
    {"mode": "AWS_IAM"}
  ],
  "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}
}`
	moreTags = "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String!\n  text: String\n  stars: Int\n}\n\ntype Tag @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  name: String\n  colour: String\n  uses: Int\n  notes: [String]\n}\n"
	noTags   = "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String\n  text: String\n  stars: Int\n}\n"
	cognito  = `{"defaultAuthType": {"mode": "AMAZON_COGNITO_USER_POOLS"}}`
	lambda   = `{"defaultAuthType": {"mode": "API_KEY", "colour": "red"}, "additionalAuthTypes": [{"mode": "AWS_LAMBDA", "function": "f"}]}`
	twoPools = `{"defaultAuthType": {"mode": "AWS_IAM"}, "additionalAuthTypes": [
	  {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_A"}},
	  {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_B"}}]}`
	nothing = "null" // was read
)

// scenarios are grouped by the greatest risk of their changes.
var scenarios = map[forms.Risk][]scenario{
	forms.Safe: {
		{name: "nothing", change: all()},
		{name: "a longer key life", change: first(forms.KeyExpiration, "30")},
		{name: "days after the present end", keyEnds: 3 * day, change: first(forms.KeyExpiration, "+90")},
		{name: "a renewal with the same days", keyEnds: 3 * day, change: all(first(forms.KeyExpiration, ""), first(forms.KeyExpiration, "7"))},
		{name: "description changed", change: first(forms.KeyDescription, "web and iOS")},
		{name: "description emptied", change: first(forms.KeyDescription, "")},
		{name: "provider renamed", change: extra(1, forms.KeyProviderName, "acme id")},
		{name: "IAM added", base: cognito, change: add("AWS_IAM", nil)},
		{name: "OpenID Connect added", base: cognito, change: add("OPENID_CONNECT", map[forms.Key]string{
			forms.KeyProviderName: "acme", forms.KeyIssuer: "https://id.example.com", forms.KeyClientID: "web|ios", forms.KeyIatTTL: "1h"})},
		{name: "user pool added", base: `{"defaultAuthType": {"mode": "AWS_IAM"}}`, change: add("AMAZON_COGNITO_USER_POOLS", nil)},
		{name: "reordered", change: func(e *edit.Edit) { e.Answers.Move(e.Answers.More[0].ID, 1) }},
		{name: "removed and added again", change: all(remove(2), add("AWS_IAM", nil))},
	},
	forms.Caution: {
		{name: "a shorter key life", change: first(forms.KeyExpiration, "2")},
		{name: "more days but an earlier end", keyEnds: 300 * day, change: first(forms.KeyExpiration, "90")},
		{name: "days no longer sent", change: first(forms.KeyExpiration, "")},
		{name: "API key added", base: cognito, change: add("API_KEY", map[forms.Key]string{forms.KeyExpiration: "30", forms.KeyDescription: "web"})},
		{name: "API name", change: target(forms.KeyAPIName, "memos")},
		{name: "user pool changed", change: extra(0, forms.KeyUserPool, "eu-west-1_Other")},
		{name: "client id changed", change: extra(1, forms.KeyClientID, "web|ios")},
		{name: "token lifetime shortened", change: extra(1, forms.KeyIatTTL, "15m")},
		{name: "token lifetime no longer checked", change: extra(1, forms.KeyIatTTL, "")},
		{name: "from merging to refusing", change: strategy("OPTIMISTIC_CONCURRENCY")},
		{name: "default, none was read", base: `{}`, change: first(forms.KeyMode, "API_KEY")},
		{name: "nothing was read", base: nothing, change: all(first(forms.KeyMode, "API_KEY"), add("AWS_IAM", nil), schema(noTags))},
	},
	forms.Breaking: {
		{name: "API key removed", base: `{"defaultAuthType": {"mode": "AWS_IAM"}, "additionalAuthTypes": [{"mode": "API_KEY", "settings": {"expirationTime": 30}}]}`, change: remove(0)},
		{name: "IAM removed", change: remove(2)},
		{name: "user pool removed", change: remove(0)},
		{name: "one of two pools removed", base: twoPools, change: remove(0)},
		{name: "provider removed", change: remove(1)},
		{name: "default changed, the old one gone", change: all(first(forms.KeyMode, "AWS_IAM"), remove(2))},
		{name: "default changed, the old one stays", change: all(first(forms.KeyMode, "AWS_IAM"), remove(2),
			add("API_KEY", map[forms.Key]string{forms.KeyExpiration: "7", forms.KeyDescription: "web"}))},
		{name: "a public default", base: cognito, change: all(first(forms.KeyMode, "API_KEY"), add("AMAZON_COGNITO_USER_POOLS", nil))},
		{name: "issuer of another host", change: extra(1, forms.KeyIssuer, "https://login.example.org/")},
		{name: "issuer without its slash", change: extra(1, forms.KeyIssuer, "https://id.example.com")},
		{name: "conflicts to a Lambda", change: strategy("LAMBDA")},
		{name: "schema changed", change: schema(moreTags)},
		{name: "two things at once", change: all(remove(2), first(forms.KeyExpiration, "30"))},
	},
	forms.Destructive: {
		{name: "DataStore off", change: strategy("NONE")},
		{name: "DataStore on", base: `{"conflictResolution": {"resolutionStrategy": "NONE"}}`, change: strategy("AUTOMERGE")},
		{name: "DataStore on, nothing read of it", base: cognito, change: strategy("OPTIMISTIC_CONCURRENCY")},
		{name: "DataStore off, nothing read of it", base: cognito, change: strategy("NONE")},
		{name: "the Lambda dropped", base: `{"conflictResolution": {"resolutionStrategy": "LAMBDA"}}`, change: strategy("AUTOMERGE")},
		{name: "an unknown strategy dropped", base: `{"conflictResolution": {"resolutionStrategy": "LATEST_WINS"}}`, change: strategy("AUTOMERGE")},
		{name: "a Lambda authorizer removed", base: lambda, change: remove(0)},
		{name: "a Lambda authorizer made IAM", base: lambda, change: extra(0, forms.KeyMode, "AWS_IAM")},
		{name: "unknown members of the default dropped", base: lambda, change: first(forms.KeyMode, "AWS_IAM")},
		{name: "an unknown default replaced", base: `{"defaultAuthType": {"mode": "AWS_LAMBDA"}}`, change: first(forms.KeyMode, "API_KEY")},
		{name: "DataStore off, nothing was read at all", base: nothing, change: strategy("NONE")},
		{name: "a model removed", change: schema(noTags)},
		{name: "everything at once", keyEnds: 3 * day, change: all(strategy("NONE"), remove(0), first(forms.KeyExpiration, "365"), schema(moreTags))},
	},
}

func set(ref forms.Ref, text string) func(*edit.Edit) {
	return func(e *edit.Edit) { e.Answers.Set(ref, text) }
}

func target(key forms.Key, text string) func(*edit.Edit) {
	return set(forms.At(forms.StepTarget, key), text)
}

// first changes the default authorization.
func first(key forms.Key, text string) func(*edit.Edit) {
	return set(forms.At(forms.StepDefault, key), text)
}

func strategy(text string) func(*edit.Edit) {
	return set(forms.At(forms.StepConflicts, forms.KeyStrategy), text)
}

// extra changes the additional type at a place.
func extra(place int, key forms.Key, text string) func(*edit.Edit) {
	return func(e *edit.Edit) {
		e.Answers.Set(forms.Ref{Step: forms.StepMore, Entry: e.Answers.More[place].ID, Key: key}, text)
	}
}

func remove(place int) func(*edit.Edit) {
	return func(e *edit.Edit) { e.Answers.More[place].Removed = true }
}

func add(mode string, values map[forms.Key]string) func(*edit.Edit) {
	return func(e *edit.Edit) {
		id := e.Answers.Add(mode).ID
		for key, text := range values {
			e.Answers.Set(forms.Ref{Step: forms.StepMore, Entry: id, Key: key}, text)
		}
	}
}

// schema takes the schema from a file with that text.
func schema(text string) func(*edit.Edit) {
	return func(e *edit.Edit) {
		e.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		e.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), "schema.graphql")
		e.SetSchema(edit.LoadSchema(fstest.MapFS{"schema.graphql": {Data: []byte(text)}}, "schema.graphql"))
	}
}

func all(changes ...func(*edit.Edit)) func(*edit.Edit) {
	return func(e *edit.Edit) {
		for _, change := range changes {
			change(e)
		}
	}
}

// open makes the change on an edit, as far as its plan.
func (s scenario) open(t *testing.T, e *edit.Edit) {
	t.Helper()
	for key, text := range map[forms.Key]string{
		forms.KeyAppID: "d1a2b3c4d5e6f7", forms.KeyEnvironment: "prod", forms.KeyResourceName: "notes",
	} {
		target(key, text)(e)
	}
	e.Touch()
	base := cmp.Or(s.base, notes)
	if base != nothing {
		b := &edit.Base{Target: e.Target(), Config: new(wire.ResourceConfig), Read: begin}
		if err := json.Unmarshal([]byte(base), b.Config); err != nil {
			t.Fatal(err)
		}
		if s.keyEnds != 0 {
			b.KeyEnd = begin.Add(s.keyEnds)
		}
		e.SetBase(b)
	}
	s.change(e)
	e.Touch()
	if job, needed := e.ReportJob(); needed {
		e.SetReport(job.Run())
	}
}
