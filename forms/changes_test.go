package forms_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/forms"
)

var update = flag.Bool("update", false, "write the golden files anew")

// scenario is an edit of a configuration, base or else notes.
type scenario struct {
	name string
	base string
	edit func(a *forms.Answers, c *forms.Context)
}

// set edits one field of the default authorization.
func set(ref forms.Ref, text string) func(*forms.Answers, *forms.Context) {
	return func(a *forms.Answers, _ *forms.Context) { a.Set(ref, text) }
}

// setMore edits one field of the additional type at a place.
func setMore(place int, key forms.Key, text string) func(*forms.Answers, *forms.Context) {
	return func(a *forms.Answers, _ *forms.Context) { a.Set(more(a.More[place], key), text) }
}

func remove(place int) func(*forms.Answers, *forms.Context) {
	return func(a *forms.Answers, _ *forms.Context) { a.More[place].Removed = true }
}

func add(mode string, values map[forms.Key]string) func(*forms.Answers, *forms.Context) {
	return func(a *forms.Answers, _ *forms.Context) {
		e := a.Add(mode)
		for key, text := range values {
			a.Set(more(e, key), text)
		}
	}
}

func all(edits ...func(*forms.Answers, *forms.Context)) func(*forms.Answers, *forms.Context) {
	return func(a *forms.Answers, c *forms.Context) {
		for _, edit := range edits {
			edit(a, c)
		}
	}
}

func keyEnds(after time.Duration) func(*forms.Answers, *forms.Context) {
	return func(_ *forms.Answers, c *forms.Context) { c.KeyEnd = noon.Add(after) }
}

const (
	oneDay   = 24 * time.Hour
	cognito  = `{"defaultAuthType": {"mode": "AMAZON_COGNITO_USER_POOLS"}}`
	strange  = `{"defaultAuthType": {"mode": "API_KEY", "colour": "red", "settings": {"shade": 3}}, "additionalAuthTypes": [{"mode": "AWS_LAMBDA", "function": "f"}]}`
	twoPools = `{"defaultAuthType": {"mode": "AWS_IAM"}, "additionalAuthTypes": [
	  {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_A"}},
	  {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_B"}}]}`
)

func withStrategy(s string) string {
	return fmt.Sprintf(`{"conflictResolution": {"resolutionStrategy": %q}}`, s)
}

// scenarios are grouped by the worst risk that their changes have.
var scenarios = map[forms.Risk][]scenario{
	forms.Safe: {
		{"nothing", notes, all()},
		{"a longer key life", notes, set(primary(forms.KeyExpiration), "30")},
		{"a longer key life, present end known", notes, all(keyEnds(3*oneDay), set(primary(forms.KeyExpiration), "30"))},
		{"days after the present end", notes, all(keyEnds(3*oneDay), set(primary(forms.KeyExpiration), "+90"))},
		{"a renewal with the same days", notes, all(keyEnds(3*oneDay), set(primary(forms.KeyExpiration), ""), set(primary(forms.KeyExpiration), "7"))},
		{"a day instead of days", notes, set(primary(forms.KeyExpiration), "2027-05-31")},
		{"description changed", notes, set(primary(forms.KeyDescription), "web and iOS")},
		{"description emptied", notes, set(primary(forms.KeyDescription), "")},
		{"provider renamed", notes, setMore(1, forms.KeyProviderName, "acme id")},
		{"IAM added", cognito, add("AWS_IAM", nil)},
		{"OpenID Connect added", cognito, add("OPENID_CONNECT", map[forms.Key]string{
			forms.KeyProviderName: "acme", forms.KeyIssuer: "https://id.example.com", forms.KeyClientID: "web|ios", forms.KeyIatTTL: "1h"})},
		{"user pool added", `{"defaultAuthType": {"mode": "AWS_IAM"}}`, add("AMAZON_COGNITO_USER_POOLS", nil)},
		{"reordered", notes, func(a *forms.Answers, _ *forms.Context) { a.Move(a.More[0].ID, 1) }},
		{"a type that stood twice", `{"defaultAuthType": {"mode": "AWS_IAM"}, "additionalAuthTypes": [{"mode": "AWS_IAM"}]}`, remove(0)},
		{"removed and added again", notes, all(remove(2), add("AWS_IAM", nil))},
	},
	forms.Caution: {
		{"a shorter key life", notes, set(primary(forms.KeyExpiration), "2")},
		{"more days but an earlier end", notes, all(keyEnds(300*oneDay), set(primary(forms.KeyExpiration), "90"))},
		{"days no longer sent", notes, set(primary(forms.KeyExpiration), "")},
		{"API key added", cognito, add("API_KEY", map[forms.Key]string{forms.KeyExpiration: "30", forms.KeyDescription: "web"})},
		{"API name", notes, set(target(forms.KeyAPIName), "memos")},
		{"service", notes, set(target(forms.KeyService), "Fargate")},
		{"user pool changed", notes, setMore(0, forms.KeyUserPool, "eu-west-1_Other")},
		{"client id changed", notes, setMore(1, forms.KeyClientID, "web|ios")},
		{"client id emptied", notes, setMore(1, forms.KeyClientID, "")},
		{"token lifetime shortened", notes, setMore(1, forms.KeyIatTTL, "15m")},
		{"token lifetime extended", notes, setMore(1, forms.KeyIatTTL, "1d")},
		{"token lifetime no longer checked", notes, setMore(1, forms.KeyIatTTL, "")},
		{"token lifetime checked", notes, setMore(1, forms.KeyAuthTTL, "2h")},
		{"from merging to refusing", notes, set(strategy, "OPTIMISTIC_CONCURRENCY")},
		{"from refusing to merging", withStrategy("OPTIMISTIC_CONCURRENCY"), set(strategy, "AUTOMERGE")},
		{"schema changed", notes, func(a *forms.Answers, c *forms.Context) {
			fromFile(a, c, "type Note @model {\n  id: ID!\n  text: String\n  tags: [String]\n}\n")
		}},
		{"schema, none was read", cognito, func(a *forms.Answers, c *forms.Context) { fromFile(a, c, "type Note @model { id: ID! }") }},
		{"default, none was read", `{}`, set(primary(forms.KeyMode), "API_KEY")},
		{"nothing was read", "", all(set(primary(forms.KeyMode), "API_KEY"), add("AWS_IAM", nil), set(target(forms.KeyAPIName), "notes"),
			func(a *forms.Answers, c *forms.Context) { fromFile(a, c, "type Note @model { id: ID! }\n") })},
	},
	forms.Breaking: {
		{"API key removed", `{"defaultAuthType": {"mode": "AWS_IAM"}, "additionalAuthTypes": [{"mode": "API_KEY", "settings": {"expirationTime": 30}}]}`, remove(0)},
		{"IAM removed", notes, remove(2)},
		{"user pool removed", notes, remove(0)},
		{"one of two pools removed", twoPools, remove(0)},
		{"provider removed", notes, remove(1)},
		{"default changed, the old one gone", notes, all(set(primary(forms.KeyMode), "AWS_IAM"), remove(2))},
		{"default changed, the old one stays", notes, all(set(primary(forms.KeyMode), "AWS_IAM"), remove(2),
			add("API_KEY", map[forms.Key]string{forms.KeyExpiration: "7", forms.KeyDescription: "web"}))},
		{"a public default", cognito, all(set(primary(forms.KeyMode), "API_KEY"), add("AMAZON_COGNITO_USER_POOLS", nil))},
		{"an entry takes another mode", `{"additionalAuthTypes": [{"mode": "API_KEY"}]}`, setMore(0, forms.KeyMode, "AWS_IAM")},
		{"issuer of another host", notes, setMore(1, forms.KeyIssuer, "https://login.example.org/")},
		{"issuer without its slash", notes, setMore(1, forms.KeyIssuer, "https://id.example.com")},
		{"conflicts to a Lambda", notes, set(strategy, "LAMBDA")},
		{"two things at once", notes, all(remove(2), set(primary(forms.KeyExpiration), "30"))},
	},
	forms.Destructive: {
		{"DataStore off", notes, set(strategy, "NONE")},
		{"DataStore on", withStrategy("NONE"), set(strategy, "AUTOMERGE")},
		{"DataStore on, nothing read of it", cognito, set(strategy, "OPTIMISTIC_CONCURRENCY")},
		{"DataStore off, nothing read of it", cognito, set(strategy, "NONE")},
		{"the Lambda dropped", withStrategy("LAMBDA"), set(strategy, "AUTOMERGE")},
		{"an unknown strategy dropped", withStrategy("LATEST_WINS"), set(strategy, "AUTOMERGE")},
		{"a Lambda authorizer removed", strange, remove(0)},
		{"a Lambda authorizer made IAM", strange, setMore(0, forms.KeyMode, "AWS_IAM")},
		{"unknown members of the default dropped", strange, set(primary(forms.KeyMode), "AWS_IAM")},
		{"unknown members lost on the way", strange, all(set(primary(forms.KeyMode), "AWS_IAM"), add("API_KEY", nil))},
		{"an unknown default replaced", `{"defaultAuthType": {"mode": "AWS_LAMBDA"}}`, set(primary(forms.KeyMode), "API_KEY")},
		{"DataStore off, nothing was read at all", "", set(strategy, "NONE")},
		{"everything at once", notes, all(set(strategy, "NONE"), remove(0), set(primary(forms.KeyExpiration), "365"))},
	},
}

func (s scenario) open(t *testing.T) (*forms.Answers, forms.Context) {
	a, c := forms.NewAnswers(), forms.Context{Now: noon}
	if s.base != "" {
		a, c = opened(t, s.base)
	}
	s.edit(a, &c)
	return a, c
}

// plan writes changes as a person would want to read them in a golden file.
func plan(a *forms.Answers, c forms.Context) string {
	var out strings.Builder
	changes := forms.Changes(a, c)
	for _, change := range changes {
		fmt.Fprintf(&out, "%c %s: %s", change.Symbol, change.Path, change.Old)
		if change.New != "" {
			fmt.Fprintf(&out, " → %s", change.New)
		}
		fmt.Fprintf(&out, " [%v]\n    %s\n", change.Risk, change.Why)
	}
	fmt.Fprintf(&out, "= %s\n", forms.Summary(changes))
	if key, ok := forms.KeyChange(a, c); ok {
		fmt.Fprintf(&out, "= key: %v days, ends %s, now %s, restart %v, shortens %v, extends %v\n", key.Days,
			end(key.New), end(key.Old), key.Restart, key.Shortens, key.Extends)
	}
	return out.String()
}

func end(t time.Time) string {
	if t.IsZero() {
		return "unknown"
	}
	return forms.FormatEnd(t, berlin)
}

func TestPlans(t *testing.T) {
	for risk, group := range scenarios {
		t.Run(risk.String(), func(t *testing.T) {
			var out strings.Builder
			for _, s := range group {
				a, c := s.open(t)
				if got := forms.WorstRisk(forms.Changes(a, c)); got != risk {
					t.Errorf("%s: the worst risk is %v, want %v", s.name, got, risk)
				}
				fmt.Fprintf(&out, "# %s\n%s\n", s.name, plan(a, c))
			}
			golden(t, risk.String()+".golden", out.String())
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got)\n%s", file, diff)
	}
}

// TestChangesPointToTheirField holds that a person can jump from every change to
// the form that makes it.
func TestChangesPointToTheirField(t *testing.T) {
	for _, group := range scenarios {
		for _, s := range group {
			a, c := s.open(t)
			for _, change := range forms.Changes(a, c) {
				known := change.Ref.Key == ""
				fields := forms.Fields(change.Ref.Step, a)
				if e := a.Entry(change.Ref.Entry); change.Ref.Step == forms.StepMore && e != nil {
					fields = forms.EntryFields(e)
				}
				for _, f := range fields {
					known = known || f.Key == change.Ref.Key
				}
				if !known {
					t.Errorf("%s: %s points to %+v, which is no field", s.name, change.Path, change.Ref)
				}
			}
		}
	}
}

func TestBetweenTwoReadings(t *testing.T) {
	before := decode(t, notes)
	for _, test := range []struct {
		after string
		want  string
	}{
		{notes, ""},
		{`{"apiName":"notes","service":"AppSync"}`, "− defaultAuthType.mode: API_KEY, 7 days, \"web\"\n" +
			"− additionalAuthTypes[AMAZON_COGNITO_USER_POOLS]: AMAZON_COGNITO_USER_POOLS, eu-west-1_AbCdEfGhi\n" +
			"− additionalAuthTypes[OPENID_CONNECT]: OPENID_CONNECT, acme, https://id.example.com/, web, 3600000 (1 h)\n" +
			"− additionalAuthTypes[AWS_IAM]: AWS_IAM\n− conflictResolution.resolutionStrategy: AUTOMERGE\n− transformSchema: 3 lines\n"},
		{strings.NewReplacer("AUTOMERGE", "NONE", "AWS_IAM", "AWS_LAMBDA", "id: ID!", "id: ID").Replace(notes),
			"− additionalAuthTypes[AWS_IAM]: AWS_IAM\n+ additionalAuthTypes[AWS_LAMBDA]: AWS_LAMBDA\n" +
				"~ conflictResolution.resolutionStrategy: AUTOMERGE → NONE\n~ transformSchema: 3 lines → 3 lines\n"},
	} {
		var got strings.Builder
		for _, change := range forms.Between(before, decode(t, test.after), noon) {
			fmt.Fprintf(&got, "%c %s: %s\n", change.Symbol, change.Path, change.Values())
		}
		if diff := cmp.Diff(test.want, got.String()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	if got := forms.Between(nil, before, noon); got != nil {
		t.Errorf("compared with nothing: %+v", got)
	}
}

func TestWordsOfEnumerations(t *testing.T) {
	for got, want := range map[fmt.Stringer]string{
		forms.Safe: "safe", forms.Caution: "caution", forms.Breaking: "breaking", forms.Destructive: "destructive",
		forms.Note: "note", forms.Warning: "warning", forms.Error: "error",
		forms.NoMember: "", forms.NotSent: "not sent", forms.SentEmpty: "sent empty", forms.Sent: "sent",
	} {
		if got.String() != want {
			t.Errorf("%T: got %q, want %q", got, got, want)
		}
	}
}
