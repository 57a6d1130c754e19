package forms_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"ampedit/client/wire"
	"ampedit/forms"
)

// texts are values that a service, a file or a person may give.
var texts = []string{
	"", " ", "notes", "web|ios", "7", "30", "+90", "0", "366", "2027-04-30", "1h", "3600000", "1d2h", "-1", "a\x00b", " x ", "ü",
	"https://id.example.com/", "https://id.example.com", "https://other.example.com/.well-known/openid-configuration", "http://localhost:8080",
	"eu-west-1_AbCdEfGhi", "authnotes", "AMAZON_COGNITO_USER_POOLS", "file://schema.graphql", "type A @model { id: ID! }\n", "99999999999999999999",
}

func maybe[T any](g *rapid.Generator[T]) *rapid.Generator[*T] {
	return rapid.Custom(func(t *rapid.T) *T {
		if !rapid.Bool().Draw(t, "present") {
			return nil
		}
		v := g.Draw(t, "value")
		return &v
	})
}

var (
	someText    = maybe(rapid.SampledFrom(texts))
	someModes   = rapid.SampledFrom([]wire.Mode{wire.ModeAPIKey, wire.ModeIAM, wire.ModeCognito, wire.ModeOIDC, "AWS_LAMBDA", "LATER", ""})
	someUnknown = rapid.SampledFrom([]wire.Members{nil, nil, {"future": json.RawMessage(`{"a":[1,null]}`)}, {"x": json.RawMessage(`true`), "y": json.RawMessage(`"z"`)}})
)

var someSettings = rapid.Custom(func(t *rapid.T) wire.AuthSettings {
	return wire.AuthSettings{
		CognitoUserPoolID:  someText.Draw(t, "pool"),
		Description:        someText.Draw(t, "description"),
		ExpirationTime:     maybe(rapid.SampledFrom([]float64{0, 1, 7, 30.5, 365, -4, 1e21, 1e300})).Draw(t, "days"),
		OpenIDAuthTTL:      someText.Draw(t, "authTTL"),
		OpenIDClientID:     someText.Draw(t, "client"),
		OpenIDIatTTL:       someText.Draw(t, "iatTTL"),
		OpenIDIssueURL:     someText.Draw(t, "issuer"),
		OpenIDProviderName: someText.Draw(t, "provider"),
		Unknown:            someUnknown.Draw(t, "unknown"),
	}
})

var someAuth = rapid.Custom(func(t *rapid.T) wire.AuthType {
	return wire.AuthType{
		Mode:     maybe(someModes).Draw(t, "mode"),
		Settings: maybe(someSettings).Draw(t, "settings"),
		Unknown:  someUnknown.Draw(t, "unknown"),
	}
})

var someConfig = rapid.Custom(func(t *rapid.T) wire.ResourceConfig {
	config := wire.ResourceConfig{
		APIName:         someText.Draw(t, "apiName"),
		Service:         someText.Draw(t, "service"),
		TransformSchema: someText.Draw(t, "schema"),
		DefaultAuthType: maybe(someAuth).Draw(t, "default"),
		Unknown:         someUnknown.Draw(t, "unknown"),
	}
	if rapid.Bool().Draw(t, "more") {
		config.AdditionalAuthTypes = rapid.SliceOfN(someAuth, 0, 4).Draw(t, "additional")
	}
	if rapid.Bool().Draw(t, "conflict") {
		strategies := []wire.ResolutionStrategy{wire.StrategyNone, wire.StrategyLambda, wire.StrategyAutomerge, "LATER", ""}
		config.ConflictResolution = &wire.ConflictResolution{
			ResolutionStrategy: maybe(rapid.SampledFrom(strategies)).Draw(t, "strategy"),
			Unknown:            someUnknown.Draw(t, "unknown"),
		}
	}
	return config
})

func asJSON(t rapid.TB, v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return string(data)
}

func TestUntouchedAnswersSendWhatWasRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		earlier, base := someConfig.Draw(t, "earlier"), someConfig.Draw(t, "base")
		a := forms.NewAnswers()
		a.Rebase(nil, &earlier)
		a.Rebase(&earlier, &base)
		c := forms.Context{Now: noon, Base: &base}
		if got := forms.Request(a, c).ResourceConfig; !got.Equal(&base) {
			t.Fatalf("got  %s\nread %s", asJSON(t, got), asJSON(t, &base))
		}
		if changes := forms.Changes(a, c); len(changes) != 0 {
			t.Fatalf("changes: %+v", changes)
		}
		for _, step := range forms.Steps() {
			if n := forms.ChangedFields(a, c, step); n != 0 {
				t.Fatalf("%s counts %d changed fields", step.Title(), n)
			}
		}
		for _, p := range forms.Check(a, c) {
			if p.Severity == forms.Error && p.Ref.Step != forms.StepTarget {
				t.Fatalf("what is deployed is blocked: %+v", p)
			}
		}
	})
}

// act changes the answers at random, as a person might.
func act(t *rapid.T, a *forms.Answers, c *forms.Context) {
	var ids []int
	for _, e := range a.More {
		ids = append(ids, e.ID)
	}
	anyText := rapid.SampledFrom(append([]string{"API_KEY", "OPENID_CONNECT", "AWS_IAM", "NONE", "AUTOMERGE", forms.SourceFile}, texts...))
	refs := allRefs(a)
	switch rapid.IntRange(0, 6).Draw(t, "action") {
	case 0:
		a.Add(string(someModes.Draw(t, "mode")))
	case 1:
		if len(ids) > 0 {
			e := a.Entry(rapid.SampledFrom(ids).Draw(t, "entry"))
			e.Removed = !e.Removed
		}
	case 2:
		if len(ids) > 0 {
			a.Move(rapid.SampledFrom(ids).Draw(t, "entry"), rapid.SampledFrom([]int{-1, 1}).Draw(t, "by"))
		}
	case 3:
		a.Restore(*c, rapid.SampledFrom(refs).Draw(t, "field"))
	case 4:
		c.SchemaText = someText.Draw(t, "schema")
	default:
		a.Set(rapid.SampledFrom(refs).Draw(t, "field"), anyText.Draw(t, "text"))
	}
}

func allRefs(a *forms.Answers) []forms.Ref {
	var refs []forms.Ref
	for _, step := range forms.Steps() {
		for _, f := range forms.Fields(step, a) {
			refs = append(refs, forms.At(step, f.Key))
		}
	}
	for _, e := range a.More {
		for _, f := range forms.EntryFields(e) {
			refs = append(refs, more(e, f.Key))
		}
	}
	return refs
}

func TestRandomAnswersAreJudgedAndExplained(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := someConfig.Draw(t, "base")
		c := forms.Context{Now: noon}
		if rapid.Bool().Draw(t, "key end known") {
			c.KeyEnd = noon.AddDate(0, 0, 5)
		}
		a := forms.NewAnswers()
		for range rapid.IntRange(0, 12).Draw(t, "actions") {
			act(t, a, &c)
			if c.Base == nil && rapid.Bool().Draw(t, "read") {
				c.Base = &base
				a.Rebase(nil, &base)
			}
		}
		read := asJSON(t, &base)
		problems, changes := forms.Check(a, c), forms.Changes(a, c)
		request := asJSON(t, forms.Request(a, c))
		for _, ref := range allRefs(a) {
			forms.Explain(a, c, ref)
			forms.SentState(a, c, ref)
			forms.Was(a, c, ref)
		}
		checkChanges(t, a, c, changes)
		if asJSON(t, forms.Request(a, c)) != request || asJSON(t, &base) != read {
			t.Fatal("judging changed the answers or the base")
		}
		for _, p := range problems {
			if p.Fix != nil {
				fixed := a.Clone()
				p.Fix.Apply(fixed)
				for _, left := range forms.Check(fixed, c) {
					if left.Ref == p.Ref && left.Text == p.Text {
						t.Fatalf("%q did not solve %q", p.Fix.Label, p.Text)
					}
				}
			}
		}
	})
}

// checkChanges holds that a plan leaves nothing out, and that the steps count at
// least one field if there is a change. They may count more: an entry that was
// removed and one like it that was added are no change together.
func checkChanges(t *rapid.T, a *forms.Answers, c forms.Context, changes []forms.Change) {
	for _, change := range changes {
		if change.Path == "" || change.Why == "" || change.Old == "" && change.New == "" {
			t.Fatalf("incomplete: %+v", change)
		}
	}
	wanted := forms.Request(a, c).ResourceConfig
	if c.Base != nil && len(changes) == 0 && !sameMeaning(wanted, c.Base) {
		t.Fatalf("no change, but\nsent %s\nread %s", asJSON(t, wanted), asJSON(t, c.Base))
	}
	fields := 0
	for _, step := range forms.Steps() {
		fields += forms.ChangedFields(a, c, step)
	}
	if c.Base != nil && fields == 0 && len(changes) > 0 {
		t.Fatalf("no field counts as changed, but changes are %+v", changes)
	}
}

// sameMeaning is Equal but for lists and objects of nothing, which say the same
// as none.
func sameMeaning(x, y *wire.ResourceConfig) bool {
	x, y = x.Clone(), y.Clone()
	for _, config := range []*wire.ResourceConfig{x, y} {
		if len(config.AdditionalAuthTypes) == 0 {
			config.AdditionalAuthTypes = nil
		}
		for i := range config.AdditionalAuthTypes {
			dropEmpty(&config.AdditionalAuthTypes[i])
		}
		if config.DefaultAuthType != nil {
			dropEmpty(config.DefaultAuthType)
		}
		if r := config.ConflictResolution; r != nil && reflect.ValueOf(*r).IsZero() {
			config.ConflictResolution = nil
		}
	}
	return x.Equal(y)
}

func TestBetweenFindsEveryDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := someConfig.Draw(t, "before"), someConfig.Draw(t, "after")
		if rapid.Bool().Draw(t, "the same") {
			after = *before.Clone()
		}
		dropUnknown(&before)
		dropUnknown(&after)
		changes := forms.Between(&before, &after, noon)
		if same := sameMeaning(&before, &after); same != (len(changes) == 0) {
			t.Fatalf("changes are %+v\nbefore %s\nafter  %s", changes, asJSON(t, &before), asJSON(t, &after))
		}
		for _, change := range changes {
			if change.Values() == "" || change.Ref.Key != "" {
				t.Fatalf("incomplete: %+v", change)
			}
		}
	})
}

func dropUnknown(config *wire.ResourceConfig) {
	config.Unknown = nil
	auths := []*wire.AuthType{config.DefaultAuthType}
	for i := range config.AdditionalAuthTypes {
		auths = append(auths, &config.AdditionalAuthTypes[i])
	}
	for _, auth := range auths {
		if auth == nil {
			continue
		}
		auth.Unknown = nil
		if auth.Settings != nil {
			auth.Settings.Unknown = nil
		}
	}
	if config.ConflictResolution != nil {
		config.ConflictResolution.Unknown = nil
	}
}

func dropEmpty(auth *wire.AuthType) {
	if auth.Mode != nil && *auth.Mode == "" {
		auth.Mode = nil
	}
	if auth.Settings != nil && reflect.ValueOf(*auth.Settings).IsZero() {
		auth.Settings = nil
	}
}

func TestAnswersSurviveJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := someConfig.Draw(t, "base")
		c := forms.Context{Now: noon, Base: &base}
		a := forms.NewAnswers()
		a.Rebase(nil, &base)
		for range rapid.IntRange(0, 12).Draw(t, "actions") {
			act(t, a, &c)
		}
		back := new(forms.Answers)
		if err := json.Unmarshal([]byte(asJSON(t, a)), back); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(a, back) {
			t.Fatalf("got  %s\nwant %s", asJSON(t, back), asJSON(t, a))
		}
		if !reflect.DeepEqual(a, a.Clone()) {
			t.Fatal("a clone differs")
		}
	})
}
