package schema_test

import (
	"strings"
	"testing"

	"ampedit/forms/schema"
)

func TestProblemsComeInSourceOrderAllAtOnce(t *testing.T) {
	problems := check(t, "x.graphql", "type B @model {\n  id: ID!\n  a: Nope\n  b: Int @default(value: \"x\")\n}\n\ntype A @modle {\n  \"é\" x: String @indx\n}\n", schema.Config{})
	var got []string
	for _, p := range problems {
		if p.Severity == schema.Error {
			got = append(got, p.String())
		}
	}
	want := []string{
		"x.graphql:3:6: error: there is no type Nope [S003]",
		"x.graphql:4:26: error: \"x\" is no Int: expected a whole number such as 5 [V001]",
		"x.graphql:7:9: error: there is no directive @modle; did you mean @model? [S004]",
		"x.graphql:8:18: error: there is no directive @indx; did you mean @index? [S004]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestChangingModesChangesProblems(t *testing.T) {
	s := parse(t, "x", "type Note @model @auth(rules: [{ allow: public }, { allow: private, provider: iam }]) {\n  id: ID!\n}\n")
	tests := []struct {
		name string
		cfg  schema.Config
		want []schema.Mode
	}{
		{"not known", schema.Config{}, nil},
		{"all", schema.Config{Default: schema.IAM, Additional: []schema.Mode{schema.APIKey}}, nil},
		{"one missing", schema.Config{Default: schema.APIKey}, []schema.Mode{schema.IAM}},
		{"both missing", schema.Config{Default: schema.UserPools}, []schema.Mode{schema.APIKey, schema.IAM}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []schema.Mode
			for _, p := range schema.Check(s, tt.cfg) {
				if p.Rule == "A010" {
					got = append(got, p.Fix.AddMode)
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("fixes %v, want %v", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("fixes %v, want %v", got, tt.want)
				}
			}
		})
	}
}

func TestCustomRulesNeverPass(t *testing.T) {
	for _, cfg := range []schema.Config{{}, {Default: schema.APIKey, Additional: schema.AllModes()}} {
		problems := check(t, "x", "type A @model @auth(rules: [{ allow: custom }]) { id: ID! }", cfg)
		if p := findRule(problems, "A010"); p == nil || p.Fix != (schema.Fix{}) {
			t.Errorf("%v", problems)
		}
	}
}

func TestTransformerVersions(t *testing.T) {
	old := "type A @model @key(name: \"byX\", fields: [\"x\"]) @versioned {\n  id: ID!\n  x: String\n  b: B @connection\n}\n\ntype B @model @auth(rules: [{ allow: owner, identityField: \"sub\", queries: [get] }]) {\n  id: ID!\n}\n"
	if got := schema.DetectTransformer(parse(t, "x", old)); got != schema.V1 {
		t.Errorf("detected %v", got)
	}
	if n := schema.Errors(check(t, "x", old, schema.Config{})); n != 0 {
		t.Errorf("%d errors with the version detected", n)
	}
	if p := findRule(check(t, "x", old, schema.Config{Transformer: schema.V2}), "S015"); p == nil {
		t.Error("version 2 knows no @key")
	}
	if p := findRule(check(t, "x", old+"type C @modl { x: Nope }", schema.Config{Transformer: schema.V1}), "S004"); p == nil {
		t.Error("version 1 has a vocabulary too")
	}
	if p := findRule(check(t, "x", "type C @model { id: ID! @primaryKey }", schema.Config{Transformer: schema.V1}), "S015"); p == nil {
		t.Error("version 1 knows no @primaryKey")
	}
	if p := findRule(check(t, "x", "type C @model @auth(rules: [{ allow: owner, operations: [get] }]) { id: ID! }", schema.Config{Transformer: schema.V1}), "S009"); p == nil {
		t.Error("version 1 knows no operation get")
	}
	mixed := strings.Replace(old, "b: B @connection", "b: B @hasOne", 1)
	if got := schema.DetectTransformer(parse(t, "x", mixed)); got != schema.V2 {
		t.Errorf("detected %v for a mixture", got)
	}
}

func TestParseTransformer(t *testing.T) {
	for _, want := range []schema.Transformer{schema.Auto, schema.V1, schema.V2} {
		if got, ok := schema.ParseTransformer(want.String()); !ok || got != want {
			t.Errorf("ParseTransformer(%v) = %v, %v", want, got, ok)
		}
	}
	if _, ok := schema.ParseTransformer("v3"); ok {
		t.Error("there is no v3")
	}
}

func TestDirectivesAreAWholeSchema(t *testing.T) {
	for _, v := range []schema.Transformer{schema.V1, schema.V2} {
		if s := parse(t, v.String(), schema.Directives(v)); !s.Valid() {
			t.Errorf("%v does not parse", v)
		}
	}
	if strings.Contains(schema.Directives(schema.V2), "@connection") || !strings.Contains(schema.Directives(schema.V1), "@connection") {
		t.Error("@connection belongs to version 1")
	}
}

func TestRequirements(t *testing.T) {
	s := parse(t, "schema.graphql", "type Note @model\n  @auth(rules: [{ allow: public }, { allow: owner, provider: oidc }, { allow: custom }]) {\n  id: ID!\n  x: Int @auth(rules: [{ allow: private }])\n}\n\ntype Query {\n  now: String @aws_iam\n}\n")
	var got []string
	for _, r := range schema.Requirements(s) {
		got = append(got, string(r.Mode)+" "+r.Rule+" "+r.String())
	}
	want := []string{
		"API_KEY allow: public Note (schema.graphql:2)", "OPENID_CONNECT allow: owner, provider: oidc Note (schema.graphql:2)",
		"AMAZON_COGNITO_USER_POOLS allow: private Note.x (schema.graphql:4)", "AWS_IAM @aws_iam Query.now (schema.graphql:8)",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
}

func TestSummarize(t *testing.T) {
	s := parse(t, "x", "type A @model { id: ID! x: ID @index @index(sortKeyFields: [\"id\"]) }\ninput B { y: Int }\nextend type A { z: Int }")
	if got := schema.Summarize(s).String(); got != "1 model, 2 types, 4 fields, 2 indexes" {
		t.Error(got)
	}
}

func TestExplain(t *testing.T) {
	r, _ := schema.FindRule("A013")
	text := r.Explain()
	for _, want := range []string{"A013 two rules for the same role (error)", "Fails:\n\n  type Note", "Passes:"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if schema.NearestRule("a13") != "A013" {
		t.Errorf("nearest to a13 is %q", schema.NearestRule("a13"))
	}
}
