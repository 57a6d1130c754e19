package forms_test

import (
	"errors"
	"strings"
	"testing"

	"ampedit/forms"
)

// rule is one edit of answers, and what a rule says about it.
type rule struct {
	name string
	scenario
	severity forms.Severity
	// ref is where the problem stands; says is a part of its text. An empty says
	// wants no problem there.
	ref  func(a *forms.Answers) forms.Ref
	says string
}

func at(ref forms.Ref) func(*forms.Answers) forms.Ref {
	return func(*forms.Answers) forms.Ref { return ref }
}

func atMore(place int, key forms.Key) func(*forms.Answers) forms.Ref {
	return func(a *forms.Answers) forms.Ref { return more(a.More[place], key) }
}

func oidc(issuer string) func(*forms.Answers, *forms.Context) {
	return all(set(primary(forms.KeyMode), "OPENID_CONNECT"), set(primary(forms.KeyIssuer), issuer))
}

func onField(ref forms.Ref, cases []rule) []rule {
	for i := range cases {
		cases[i].ref = at(ref)
	}
	return cases
}

func edits(edit func(*forms.Answers, *forms.Context)) scenario {
	return scenario{base: notes, edit: edit}
}

var targetRules = []rule{
	{"app id", edits(set(target(forms.KeyAppID), "d19g9qfivk7dw4")), 0, at(target(forms.KeyAppID)), ""},
	{"app id empty", edits(set(target(forms.KeyAppID), " ")), forms.Error, at(target(forms.KeyAppID)), "App ID is empty"},
	{"app id, upper case", edits(set(target(forms.KeyAppID), "D1A2")), forms.Warning, at(target(forms.KeyAppID)), "lower-case"},
	{"app id, control character", edits(set(target(forms.KeyAppID), "d1\x1b[2J")), forms.Error, at(target(forms.KeyAppID)), "control character"},
	{"app id, C1 control character", edits(set(target(forms.KeyAppID), "d1\u0085x")), forms.Error, at(target(forms.KeyAppID)), "control character"},
	{"app id, white space around", edits(set(target(forms.KeyAppID), " d1a2\n")), 0, at(target(forms.KeyAppID)), ""},
	{"environment", edits(set(target(forms.KeyEnvironment), "dev")), 0, at(target(forms.KeyEnvironment)), ""},
	{"environment empty", edits(set(target(forms.KeyEnvironment), "")), forms.Error, at(target(forms.KeyEnvironment)), "empty"},
	{"environment with digits", edits(set(target(forms.KeyEnvironment), "dev2")), forms.Warning, at(target(forms.KeyEnvironment)), "2 to 10"},
	{"resource name empty", edits(set(target(forms.KeyResourceName), "")), forms.Error, at(target(forms.KeyResourceName)), "empty"},
	{"resource name with a dash", edits(set(target(forms.KeyResourceName), "my-notes")), forms.Warning, at(target(forms.KeyResourceName)), "letters and digits"},
	{"API name as read", edits(all()), 0, at(target(forms.KeyAPIName)), ""},
	{"API name changed", edits(set(target(forms.KeyAPIName), "memos")), forms.Warning, at(target(forms.KeyAPIName)), "differs from the deployed one"},
	{"API name too long", edits(set(target(forms.KeyAPIName), strings.Repeat("a", 81))), forms.Warning, at(target(forms.KeyAPIName)), "1 to 80"},
	{"API name emptied", edits(set(target(forms.KeyAPIName), "")), 0, at(target(forms.KeyAPIName)), ""},
	{"service", edits(set(target(forms.KeyService), "Fargate")), forms.Warning, at(target(forms.KeyService)), "AppSync"},
	{"profile and region may be empty", edits(set(target(forms.KeyRegion), "")), 0, at(target(forms.KeyRegion)), ""},
}

var keyRules = onField(primary(forms.KeyExpiration), []rule{
	{name: "days", scenario: edits(set(primary(forms.KeyExpiration), "30"))},
	{name: "no days", scenario: edits(set(primary(forms.KeyExpiration), ""))},
	{name: "1 day", scenario: edits(set(primary(forms.KeyExpiration), "1")), severity: forms.Warning, says: "Exactly 1 day is usually refused"},
	{name: "0 days", scenario: edits(set(primary(forms.KeyExpiration), "0")), severity: forms.Error, says: "1 to 365"},
	{name: "366 days", scenario: edits(set(primary(forms.KeyExpiration), "366")), severity: forms.Error, says: "1 to 365"},
	{name: "no number", scenario: edits(set(primary(forms.KeyExpiration), "a month")), severity: forms.Error, says: `"a month" cannot be taken`},
	{name: "a date in the past", scenario: edits(set(primary(forms.KeyExpiration), "2020-01-01")), severity: forms.Error, says: "not in the future"},
	{name: "after an end that is not known", scenario: edits(set(primary(forms.KeyExpiration), "+90")), severity: forms.Warning, says: "count from today"},
	{name: "after a known end", scenario: edits(all(keyEnds(oneDay), set(primary(forms.KeyExpiration), "+90")))},
	{name: "deployed, out of range", scenario: scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":400}}}`, edit: all()}, severity: forms.Warning, says: "1 to 365"},
})

var issuerRules = onField(primary(forms.KeyIssuer), []rule{
	{name: "with a slash", scenario: edits(oidc("https://id.example.com/")), severity: forms.Warning, says: "ends with a slash"},
	{name: "without a slash", scenario: edits(oidc("https://id.example.com")), severity: forms.Warning, says: "does not end with a slash"},
	{name: "empty", scenario: edits(oidc("")), severity: forms.Error, says: "Issuer URL is empty"},
	{name: "empty, no default read", scenario: scenario{base: `{}`, edit: oidc("")}, severity: forms.Error, says: "Issuer URL is empty"},
	{name: "no scheme", scenario: edits(oidc("id.example.com")), severity: forms.Error, says: "absolute https URL"},
	{name: "no host", scenario: edits(oidc("https:///x")), severity: forms.Error, says: "absolute https URL"},
	{name: "only a port", scenario: edits(oidc("https://:443")), severity: forms.Error, says: "absolute https URL"},
	{name: "another scheme", scenario: edits(oidc("ftp://id.example.com")), severity: forms.Error, says: "absolute https URL"},
	{name: "white space inside", scenario: edits(oidc("https://id example.com")), severity: forms.Error, says: "absolute https URL"},
	{name: "plain http", scenario: edits(oidc("http://id.example.com")), severity: forms.Error, says: "localhost only"},
	{name: "plain http here", scenario: edits(oidc("http://localhost:8080/")), severity: forms.Warning, says: "slash"},
	{name: "plain http here, by address", scenario: edits(oidc("http://127.0.0.1")), severity: forms.Warning, says: "slash"},
	{name: "query", scenario: edits(oidc("https://id.example.com/?a=b")), severity: forms.Error, says: "no user name, query or fragment"},
	{name: "bare fragment", scenario: edits(oidc("https://id.example.com/#")), severity: forms.Error, says: "no user name, query or fragment"},
	{name: "user name", scenario: edits(oidc("https://me@id.example.com/")), severity: forms.Error, says: "no user name, query or fragment"},
	{name: "discovery document", scenario: edits(oidc("https://id.example.com/.well-known/openid-configuration")), severity: forms.Error, says: "discovery document"},
	{name: "deployed, unusual", scenario: scenario{base: `{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":"http://id.example.com"}}}`, edit: all()},
		severity: forms.Warning, says: "localhost only"},
})

var authRules = []rule{
	{"no mode in an entry", edits(add("", nil)), forms.Error, atMore(3, forms.KeyMode), "No mode is chosen"},
	{"no mode, nothing read", scenario{edit: all()}, forms.Error, at(primary(forms.KeyMode)), "No mode is chosen"},
	{"mode not in the list", edits(add("AWS_LAMBDA", nil)), forms.Error, atMore(3, forms.KeyMode), `"AWS_LAMBDA" is not an authorization type`},
	{"deployed mode not in the list", scenario{base: strange, edit: all()}, forms.Warning, atMore(0, forms.KeyMode), `"AWS_LAMBDA"`},
	{"removed entries are not judged", edits(all(add("AWS_LAMBDA", nil), remove(3))), 0, atMore(3, forms.KeyMode), ""},
	{"provider name empty", edits(setMore(1, forms.KeyProviderName, "")), forms.Error, atMore(1, forms.KeyProviderName), "empty"},
	{"client id empty", edits(setMore(1, forms.KeyClientID, "")), forms.Error, atMore(1, forms.KeyClientID), "empty"},
	{"client id as a regular expression", edits(setMore(1, forms.KeyClientID, "web|ios")), 0, atMore(1, forms.KeyClientID), ""},
	{"client id as a broken one", edits(setMore(1, forms.KeyClientID, "web(")), forms.Warning, atMore(1, forms.KeyClientID), "regular expression"},
	{"deployed without a provider name", scenario{base: `{"additionalAuthTypes":[{"mode":"OPENID_CONNECT"}]}`, edit: all()}, forms.Warning, atMore(0, forms.KeyProviderName), "empty"},
	{"lifetime", edits(setMore(1, forms.KeyAuthTTL, "2h")), 0, atMore(1, forms.KeyAuthTTL), ""},
	{"no lifetime", edits(setMore(1, forms.KeyIatTTL, "")), 0, atMore(1, forms.KeyIatTTL), ""},
	{"lifetime without a meaning", edits(setMore(1, forms.KeyIatTTL, "soon")), forms.Error, atMore(1, forms.KeyIatTTL), `"soon" is not a lifetime`},
	{"pool id", edits(setMore(0, forms.KeyUserPool, "eu-west-1_Other")), 0, atMore(0, forms.KeyUserPool), ""},
	{"pool by its local name", edits(setMore(0, forms.KeyUserPool, "authnotes1234")), forms.Warning, atMore(0, forms.KeyUserPool), "name of a local Amplify resource"},
	{"pool id of another form", edits(setMore(0, forms.KeyUserPool, "pool")), forms.Warning, atMore(0, forms.KeyUserPool), "does not look like"},
	{"pool id too long", edits(setMore(0, forms.KeyUserPool, "eu-west-1_"+strings.Repeat("a", 46))), forms.Warning, atMore(0, forms.KeyUserPool), "does not look like"},
	{"pool in another region", edits(all(func(_ *forms.Answers, c *forms.Context) { c.Region = "us-east-1" }, setMore(0, forms.KeyUserPool, "eu-west-1_Other"))), forms.Warning, atMore(0, forms.KeyUserPool), "The pool is in eu-west-1"},
	{"description with a control character", edits(set(primary(forms.KeyDescription), "a\x07")), forms.Error, at(primary(forms.KeyDescription)), "control character"},

	{"API key twice", edits(add("API_KEY", nil)), forms.Error, atMore(3, forms.KeyMode), "API key may occur only once; the default authorization has it already."},
	{"IAM twice", edits(add("AWS_IAM", nil)), forms.Error, atMore(3, forms.KeyMode), "additional type 3 has it"},
	{"another pool", edits(add("AMAZON_COGNITO_USER_POOLS", map[forms.Key]string{forms.KeyUserPool: "eu-west-1_Other"})), 0, atMore(3, forms.KeyMode), ""},
	{"the same pool", edits(add("AMAZON_COGNITO_USER_POOLS", map[forms.Key]string{forms.KeyUserPool: " eu-west-1_AbCdEfGhi"})), forms.Error, atMore(3, forms.KeyMode), "only once"},
	{"the project's pool twice", edits(all(add("AMAZON_COGNITO_USER_POOLS", nil), add("AMAZON_COGNITO_USER_POOLS", nil))), forms.Error, atMore(4, forms.KeyMode), "the project's pool"},
	{"the same issuer", edits(add("OPENID_CONNECT", map[forms.Key]string{forms.KeyIssuer: "https://id.example.com/"})), forms.Error, atMore(3, forms.KeyMode), "only once"},
	{"an issuer with another slash", edits(add("OPENID_CONNECT", map[forms.Key]string{forms.KeyIssuer: "https://id.example.com"})), 0, atMore(3, forms.KeyMode), ""},
	{"twice, but one removed", edits(all(remove(2), add("AWS_IAM", nil))), 0, atMore(3, forms.KeyMode), ""},
	{"deployed twice", scenario{base: `{"defaultAuthType":{"mode":"AWS_IAM"},"additionalAuthTypes":[{"mode":"AWS_IAM"}]}`, edit: all()}, forms.Warning, atMore(0, forms.KeyMode), "only once"},
}

var secretRules = onField(primary(forms.KeyDescription), []rule{
	{name: "a key", scenario: edits(set(primary(forms.KeyDescription), "web da2-abcdefghijklmnop")), severity: forms.Error, says: "Description holds an API key"},
	{name: "a token", scenario: edits(set(primary(forms.KeyDescription), "IQoJb3JpZ2luX2VjEDEDTOKEN0123456789")), severity: forms.Error, says: "Description holds"},
	{name: "the gap of one", scenario: edits(set(primary(forms.KeyDescription), "web [redacted]")), severity: forms.Error, says: "Description has a gap"},
	{name: "a name that begins like a key", scenario: edits(set(primary(forms.KeyDescription), "panda2-prod"))},
	{name: "deployed", scenario: scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"da2-abcdefghijklmnop"}}}`, edit: all()}, severity: forms.Warning, says: "Description holds"},
	{name: "a gap that is deployed", scenario: scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"[redacted]"}}}`, edit: all()}, severity: forms.Warning, says: "Description has a gap"},
})

var conflictRules = onField(strategy, []rule{
	{name: "as it is", scenario: edits(all())},
	{name: "the deployed one", scenario: edits(set(strategy, "AUTOMERGE"))},
	{name: "optimistic", scenario: edits(set(strategy, "OPTIMISTIC_CONCURRENCY"))},
	{name: "Lambda", scenario: edits(set(strategy, "LAMBDA")), severity: forms.Warning, says: "not documented"},
	{name: "none", scenario: edits(set(strategy, "NONE")), severity: forms.Warning, says: "DataStore off"},
	{name: "not in the list", scenario: edits(set(strategy, "LATER")), severity: forms.Error, says: `"LATER" is not`},
	{name: "deployed, not in the list", scenario: scenario{base: withStrategy("LATER"), edit: set(strategy, "LATER")}},
})

func file(text string) scenario {
	return edits(func(a *forms.Answers, c *forms.Context) { fromFile(a, c, text) })
}

var schemaRules = onField(path, []rule{
	{name: "a schema", scenario: file("type Note @model { id: ID! }")},
	{name: "empty", scenario: file(" \n"), severity: forms.Error, says: "empty"},
	{name: "a path", scenario: file("amplify/schema.graphql"), severity: forms.Error, says: "not GraphQL but a path"},
	{name: "an address", scenario: file("file://schema.graphql\n"), severity: forms.Error, says: "file://schema.graphql"},
	{name: "no path", scenario: edits(set(source, forms.SourceFile)), severity: forms.Error, says: "name a .graphql file"},
	{name: "not loaded yet", scenario: edits(all(set(source, forms.SourceFile), set(path, "schema.graphql"))), severity: forms.Error, says: "still being read"},
	{name: "not readable", scenario: edits(func(a *forms.Answers, c *forms.Context) {
		a.Set(source, forms.SourceFile)
		a.Set(path, "schema.graphql")
		c.SchemaErr = errors.New("open schema.graphql: no such file")
	}), severity: forms.Error, says: "Open schema.graphql: no such file."},
})

// TestRules also holds that each rule is found by at least one case.
func TestRules(t *testing.T) {
	found := map[string]bool{}
	for group, rules := range map[string][]rule{
		"target": targetRules, "key": keyRules, "issuer": issuerRules, "auth": authRules, "conflict": conflictRules, "schema": schemaRules, "secret": secretRules,
	} {
		for _, r := range rules {
			t.Run(group+"/"+r.name, func(t *testing.T) {
				a, c := r.open(t)
				problems := forms.Check(a, c)
				worst := forms.Worst(problems, r.ref(a))
				for _, p := range problems {
					found[p.Rule] = true
				}
				switch {
				case r.says == "" && worst != nil:
					t.Errorf("got %v: %s", worst.Severity, worst.Text)
				case r.says != "" && (worst == nil || worst.Severity != r.severity || !strings.Contains(worst.Text, r.says)):
					t.Errorf("got %+v, want %v with %q", worst, r.severity, r.says)
				case r.severity == forms.Error && forms.Blocking(problems) == nil:
					t.Error("an error does not block")
				}
			})
		}
	}
	for _, r := range forms.Rules() {
		if !found[r.Name] && r.Scope != forms.ScopeRead { // odd_test.go has those
			t.Errorf("no case finds the rule %s", r.Name)
		}
	}
}

func TestDeployedSchemaThatIsAPathIsOnlyWarnedAbout(t *testing.T) {
	a, c := opened(t, `{"transformSchema":"file://schema.graphql"}`)
	problems := forms.Check(a, c)
	if worst := forms.Worst(problems, source); worst == nil || worst.Severity != forms.Warning {
		t.Errorf("got %+v", worst)
	}
	if b := forms.Blocking(problems); b != nil {
		t.Errorf("blocked by %+v", b)
	}
}

func TestFixes(t *testing.T) {
	t.Run("issuer of a discovery document", func(t *testing.T) {
		a, c := opened(t, notes)
		oidc("https://id.example.com/v2/.well-known/openid-configuration")(a, &c)
		forms.Worst(forms.Check(a, c), primary(forms.KeyIssuer)).Fix.Apply(a)
		if got := a.Text(primary(forms.KeyIssuer)); got != "https://id.example.com/v2" {
			t.Errorf("the issuer is %q", got)
		}
	})
	t.Run("an entry too many", func(t *testing.T) {
		a, c := opened(t, notes)
		e := a.Add("AWS_IAM")
		fix := forms.Worst(forms.Check(a, c), more(e, forms.KeyMode)).Fix
		fix.Apply(a)
		if !e.Removed {
			t.Error("the entry is still there")
		}
		fix.Apply(forms.NewAnswers()) // the entry may be gone by the time
	})
}

// TestSentencesHoldNoControlCharacters holds that what is quoted in a sentence
// cannot reach the terminal as an escape sequence, nor fill the screen.
func TestSentencesHoldNoControlCharacters(t *testing.T) {
	a, c := opened(t, notes)
	long := strings.Repeat("a", 59)
	a.Add("\x1b[2J" + long + "bc")
	a.Add("\u009b" + long + "b")
	for i, want := range []string{long + "…", long[1:] + "b"} {
		e := a.More[3+i]
		got := forms.Worst(forms.Check(a, c), more(e, forms.KeyMode)).Text
		if strings.ContainsAny(got, "\x1b\u009b") || !strings.Contains(got, want+`" is not`) {
			t.Errorf("got %q, want %q in it", got, want)
		}
	}
}

func TestLooksLikePlace(t *testing.T) {
	for text, want := range map[string]bool{
		"file://a": true, "fileb://a": true, "https://x/y": true, "s3://b/k": true, "./a": true, "../a": true, "~/a": true, "/a": true,
		" schema.graphql\n": true, "schema.gql": true,
		"": false, "type A { a: Int }": false, "scalar Date": false, "# file.graphql\ntype A": false,
	} {
		if got := forms.LooksLikePlace(text); got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
