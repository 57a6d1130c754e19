package forms_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ampedit/client/wire"
	"ampedit/forms"
)

func TestDrift(t *testing.T) {
	const none = ""
	for name, test := range map[string]struct{ local, want string }{
		"nothing stated": {`{}`, none},
		"the same":       {notes, none},
		"what the checkout does not state": {
			`{"defaultAuthType":{"mode":"API_KEY"},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS"},{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":"https://id.example.com/"}},{"mode":"AWS_IAM"}]}`, none,
		},
		"a name":    {`{"apiName":"other"}`, "apiName: notes | other"},
		"a setting": {`{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30,"description":"app"}}}`, "defaultAuthType.settings.expirationTime: 7 | 30\ndefaultAuthType.settings.description: \"web\" | \"app\""},
		"a default of another mode": {
			`{"defaultAuthType":{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_B"}}}`,
			"defaultAuthType.mode: API_KEY, 7 days, \"web\" | AMAZON_COGNITO_USER_POOLS, eu-west-1_B",
		},
		"types that came and went": {
			`{"additionalAuthTypes":[{"mode":"API_KEY","settings":{"expirationTime":90}},{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":"https://id.example.com/","openIDIatTTL":"60000"}},{"mode":"AWS_IAM"}]}`,
			"additionalAuthTypes[AMAZON_COGNITO_USER_POOLS]: AMAZON_COGNITO_USER_POOLS, eu-west-1_AbCdEfGhi | \n" +
				"additionalAuthTypes[OPENID_CONNECT].settings.openIDIatTTL: 3600000 (1 h) | 60000 (1 m)\n" +
				"additionalAuthTypes[API_KEY]:  | API_KEY, 90 days",
		},
		"another issuer is another type": {
			`{"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS"},{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":"https://other.example.com"}},{"mode":"AWS_IAM"}]}`,
			"additionalAuthTypes[OPENID_CONNECT]: OPENID_CONNECT, acme, https://id.example.com/, web, 3600000 (1 h) | \n" +
				"additionalAuthTypes[OPENID_CONNECT]:  | OPENID_CONNECT, https://other.example.com",
		},
		"another order": {
			`{"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"AMAZON_COGNITO_USER_POOLS"},{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":"https://id.example.com/"}}]}`,
			"additionalAuthTypes: AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT, AWS_IAM | AWS_IAM, AMAZON_COGNITO_USER_POOLS, OPENID_CONNECT",
		},
		"a strategy":            {`{"conflictResolution":{"resolutionStrategy":"NONE"}}`, "conflictResolution.resolutionStrategy: AUTOMERGE | NONE"},
		"a schema":              {`{"transformSchema":"type Note @model {\n  id: ID!\n  text: String\n}\n"}`, "transformSchema: 3 lines | 4 lines, +1 −0"},
		"line break at its end": {`{"transformSchema":"type Note @model {\n  id: ID!\n}"}`, none},
		"no type in an empty list": {
			`{"additionalAuthTypes":[]}`,
			"additionalAuthTypes[AMAZON_COGNITO_USER_POOLS]: AMAZON_COGNITO_USER_POOLS, eu-west-1_AbCdEfGhi | \n" +
				"additionalAuthTypes[OPENID_CONNECT]: OPENID_CONNECT, acme, https://id.example.com/, web, 3600000 (1 h) | \n" +
				"additionalAuthTypes[AWS_IAM]: AWS_IAM | ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			var lines []string
			for _, item := range forms.Drift(decode(t, notes), decode(t, test.local), "schema.graphql") {
				lines = append(lines, item.Path+": "+item.Deployed+" | "+item.Local)
			}
			if got := strings.Join(lines, "\n"); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestDriftWithoutStrategy(t *testing.T) {
	if items := forms.Drift(decode(t, `{}`), decode(t, `{"conflictResolution":{"resolutionStrategy":"NONE"}}`), ""); len(items) != 0 {
		t.Errorf("a checkout without conflict detection differs: %+v", items)
	}
}

func TestSidesOfDrift(t *testing.T) {
	a, c := opened(t, notes)
	local := decode(t, `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"app"}},"transformSchema":"type Other {\n  id: ID!\n}\n"}`)
	items := forms.Drift(c.Base, local, "amplify/schema.graphql")
	if len(items) != 2 {
		t.Fatalf("%d places, not 2: %+v", len(items), items)
	}
	description, schema := items[0], items[1]
	wantSide := func(item forms.DriftItem, want forms.Side) {
		t.Helper()
		if got := item.Side(a, c); got != want {
			t.Errorf("%s has side %d, not %d", item.Path, got, want)
		}
	}
	wantSide(description, forms.DeployedSide)
	a.Set(description.Ref(a), "typed")
	wantSide(description, forms.NoSide)
	description.TakeLocal(a, c)
	wantSide(description, forms.LocalSide)
	description.TakeDeployed(a, c)
	wantSide(description, forms.DeployedSide)

	schema.TakeLocal(a, c)
	if a.Text(source) != forms.SourceFile || a.Text(path) != "amplify/schema.graphql" {
		t.Errorf("the schema comes from %q, path %q", a.Text(source), a.Text(path))
	}
	c.SchemaText = local.TransformSchema
	wantSide(schema, forms.LocalSide)
	schema.TakeDeployed(a, c)
	wantSide(schema, forms.DeployedSide)
	if unknown := forms.Drift(c.Base, local, "")[1]; unknown.TakeLocal(a, c) || a.Text(source) != forms.SourceKeep {
		t.Error("a schema was taken whose file is not known")
	}
}

// stated are configurations as projects state them: every type once, all values
// in the service's own writing.
var stated = rapid.Custom(func(t *rapid.T) *wire.ResourceConfig {
	sample := func(label string, values ...string) *string {
		value := rapid.SampledFrom(values).Draw(t, label)
		return &value
	}
	auth := func(mode wire.Mode, issuer string) wire.AuthType {
		s := &wire.AuthSettings{}
		switch mode {
		case wire.ModeAPIKey:
			days := float64(rapid.IntRange(1, 365).Draw(t, "days"))
			s.ExpirationTime, s.Description = &days, sample("description", "web", "app", "x y")
		case wire.ModeCognito:
			s.CognitoUserPoolID = sample("pool", "eu-west-1_A", "eu-west-1_B")
		case wire.ModeOIDC:
			s.OpenIDIssueURL, s.OpenIDProviderName = &issuer, sample("provider", "acme", "id")
			s.OpenIDClientID, s.OpenIDIatTTL, s.OpenIDAuthTTL = sample("client", "web", "ios"), sample("iat", "1000", "60000"), sample("auth", "1000", "2000")
		default:
			s = nil
		}
		return wire.AuthType{Mode: &mode, Settings: s}
	}
	types := rapid.Permutation([]wire.AuthType{
		auth(wire.ModeAPIKey, ""), auth(wire.ModeIAM, ""), auth(wire.ModeCognito, ""),
		auth(wire.ModeOIDC, "https://a.example.com"), auth(wire.ModeOIDC, "https://b.example.com/"),
	}).Draw(t, "types")
	count := rapid.IntRange(1, len(types)).Draw(t, "count")
	strategy := rapid.SampledFrom([]wire.ResolutionStrategy{wire.StrategyNone, wire.StrategyAutomerge, wire.StrategyLambda}).Draw(t, "strategy")
	return &wire.ResourceConfig{
		APIName: sample("apiName", "notes", "other"), Service: sample("service", "AppSync"),
		TransformSchema: sample("schema", "type A @model { id: ID! }\n", "type B @model { id: ID! }\n"),
		DefaultAuthType: &types[0], AdditionalAuthTypes: types[1:count],
		ConflictResolution: &wire.ConflictResolution{ResolutionStrategy: &strategy},
	}
})

func TestEitherSideOfDriftIsTakenWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deployed, local := stated.Draw(t, "deployed"), stated.Draw(t, "local")
		a, c := forms.NewAnswers(), forms.Context{Now: noon, Base: deployed}
		a.Rebase(nil, deployed)
		items := forms.Drift(deployed, local, "schema.graphql")
		if len(items) == 0 != deployed.Equal(local) {
			t.Fatalf("%d places differ between\n%s\n%s", len(items), asJSON(t, deployed), asJSON(t, local))
		}
		order := rapid.Permutation(items).Draw(t, "order")
		wantAll := func(what string, side forms.Side, want *wire.ResourceConfig) {
			if got := forms.Request(a, c).ResourceConfig; !got.Equal(want) {
				t.Fatalf("%s\ngot  %s\nwant %s", what, asJSON(t, got), asJSON(t, want))
			}
			for _, item := range items {
				if got := item.Side(a, c); got != side {
					t.Fatalf("%s: %s has side %d", what, item.Path, got)
				}
			}
		}
		wantAll("before anything is taken", forms.DeployedSide, deployed)
		for range 2 {
			for _, item := range order {
				if !item.TakeLocal(a, c) {
					t.Fatalf("%s cannot be taken from the checkout", item.Path)
				}
			}
			c.SchemaText = local.TransformSchema
			wantAll("the checkout's", forms.LocalSide, local)
			for _, item := range order {
				item.TakeDeployed(a, c)
			}
			wantAll("the deployed", forms.DeployedSide, deployed)
		}
		if changes := forms.Changes(a, c); len(changes) > 0 {
			t.Fatalf("changes are left: %+v", changes)
		}
	})
}

// TestDriftOfAnything takes sides at random between configurations of any shape,
// also after other answers; what matters is that nothing panics, and that what
// was taken last counts.
func TestDriftOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deployed, local := someConfig.Draw(t, "deployed"), someConfig.Draw(t, "local")
		a, c := forms.NewAnswers(), forms.Context{Now: noon, Base: &deployed}
		a.Rebase(nil, &deployed)
		items := forms.Drift(&deployed, &local, "schema.graphql")
		for i := range rapid.IntRange(0, 12).Draw(t, "steps") {
			if len(items) == 0 || rapid.Bool().Draw(t, fmt.Sprint("other", i)) {
				act(t, a, &c)
				continue
			}
			item := rapid.SampledFrom(items).Draw(t, "item")
			if rapid.Bool().Draw(t, "local") {
				item.TakeLocal(a, c)
				continue
			}
			if item.TakeDeployed(a, c); item.Deployed == "" && item.Side(a, c) != forms.DeployedSide {
				t.Fatalf("%s was put back, but has side %d", item.Path, item.Side(a, c))
			}
		}
		forms.Request(a, c)
	})
}
