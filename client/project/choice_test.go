package project_test

import (
	"slices"
	"strings"
	"testing"

	"ampedit/client/project"
)

// withResolver returns a transform.conf.json with a resolver configuration.
func withResolver(config string) string { return `{"Version":5,"ResolverConfig":` + config + `}` }

func TestConflictStrategy(t *testing.T) {
	plain := inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"}`)
	setting := func(conflict string) string { return inputsWith(`"conflictResolution":` + conflict) }
	tests := []struct {
		name  string
		edits edits
		want  fact
	}{
		{"stated", nil, fact{"AUTOMERGE", inputs}},
		{"compiled, when not stated", edits{inputs: plain, transform: withResolver(`{"project":{"ConflictHandler":"OPTIMISTIC_CONCURRENCY"}}`)}, fact{"OPTIMISTIC_CONCURRENCY", transform}},
		{"compiled, in an old project", edits{inputs: gone}, fact{"AUTOMERGE", transform}},
		{"compiled, when the statement is no object", edits{inputs: setting(`"AUTOMERGE"`)}, fact{"AUTOMERGE", transform}},
		{"none stated", edits{inputs: setting(`{"defaultResolutionStrategy":{"type":"NONE"}}`)}, fact{"NONE", inputs}},
		{"no resolver is none", edits{inputs: plain, transform: `{"Version":5}`}, fact{"NONE", transform}},
		{"an empty resolver is none", edits{inputs: plain, transform: withResolver(`{}`)}, fact{"NONE", transform}},
		{"no transform.conf.json is none", edits{inputs: plain, transform: gone}, fact{"NONE", inputs}},
		{"nothing to go by", edits{inputs: gone, transform: gone}, fact{}},
		{"a damaged file is not none", edits{inputs: plain, transform: `{"ResolverConfig":`}, fact{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := backendOf(t, "dev", test.edits).ConflictStrategy
			if (fact{got.Value, got.File}) != test.want {
				t.Errorf("got %q from %q, want %q from %q", got.Value, got.File, test.want.value, test.want.file)
			}
		})
	}
}

// TestStrategiesThatDiffer holds that cli-inputs.json decides wherever it states
// anything, and that the sentence about two files that differ names the one that
// counts.
func TestStrategiesThatDiffer(t *testing.T) {
	const optimistic = `{"project":{"ConflictHandler":"OPTIMISTIC_CONCURRENCY"}}`
	setting := func(conflict string) string { return inputsWith(`"conflictResolution":` + conflict) }
	stated := func(strategy string) string {
		return setting(`{"defaultResolutionStrategy":{"type":"` + strategy + `"}}`)
	}
	tests := []struct {
		name              string
		inputs, transform string
		want              fact
		says              string // of the finding, "" for none
	}{
		{"both the same", stated("OPTIMISTIC_CONCURRENCY"), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", inputs}, ""},
		{"not stated", inputsWith(`"defaultAuthType":{"mode":"AWS_IAM"}`), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", transform}, ""},
		{"null", setting(`null`), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", transform}, ""},
		{"empty", setting(`{}`), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", transform},
			inputs + ":1:101: The setting states no conflict strategy, so Amplify takes OPTIMISTIC_CONCURRENCY from " + transform + "."},
		{"empty, spread over lines", setting("{\n}"), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", transform}, "so Amplify takes OPTIMISTIC_CONCURRENCY"},
		{"members that are null", setting(`{"defaultResolutionStrategy":null}`), withResolver(optimistic), fact{"OPTIMISTIC_CONCURRENCY", transform}, "so Amplify takes OPTIMISTIC_CONCURRENCY"},
		{"empty in both", setting(`{}`), withResolver(`{}`), fact{"NONE", transform}, ""},
		{"empty, and no other file", setting(`{}`), gone, fact{"NONE", inputs}, ""},
		{"NONE stated", stated("NONE"), withResolver(optimistic), fact{"NONE", inputs},
			"states the conflict strategy NONE, and this is what Amplify takes. " + transform + " says OPTIMISTIC_CONCURRENCY, which does not count."},
		{"NONE stated and compiled", stated("NONE"), withResolver(`{}`), fact{"NONE", inputs}, ""},
		{"another stated", stated("AUTOMERGE"), withResolver(optimistic), fact{"AUTOMERGE", inputs}, "states the conflict strategy AUTOMERGE, and this is what Amplify takes"},
		{"stated, compiled to nothing", stated("AUTOMERGE"), `{"Version":5}`, fact{"AUTOMERGE", inputs}, transform + " says NONE, which does not count."},
		{"stated, and no other file", stated("AUTOMERGE"), gone, fact{"AUTOMERGE", inputs}, ""},
		{"stated for single models alone", setting(`{"perModelResolutionStrategy":[]}`), withResolver(optimistic), fact{"NONE", inputs}, "states the conflict strategy NONE"},
		{"single models compiled alone", stated("AUTOMERGE"), withResolver(`{"project":{"ConflictHandler":"AUTOMERGE"},"models":{"Note":{}}}`), fact{"AUTOMERGE", inputs},
			transform + ":1:83: The file has conflict strategies for single models, which do not count"},
		{"a strategy without a type", setting(`{"defaultResolutionStrategy":{}}`), withResolver(optimistic), fact{}, `"serviceConfiguration.conflictResolution.defaultResolutionStrategy" has no type`},
		{"a damaged file may state another", `{"serviceConfiguration":`, withResolver(optimistic), fact{}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := backendOf(t, "dev", edits{inputs: test.inputs, transform: test.transform})
			if got := factOf(b.ConflictStrategy); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			said := false
			for _, f := range b.Findings {
				said = said || test.says != "" && strings.Contains(f.String(), test.says)
				if f.Code == project.StrategyDiffers && (test.says == "" || f.Code.Kind() != project.Contradiction) {
					t.Errorf("finding %q of kind %d", f, f.Code.Kind())
				}
			}
			if said != (test.says != "") {
				t.Errorf("findings %q, want %q", b.Findings, test.says)
			}
		})
	}
}

func TestCognitoPool(t *testing.T) {
	auth := func(pool string) string {
		return inputsWith(`"defaultAuthType":{"mode":"AMAZON_COGNITO_USER_POOLS"` + pool + `}`)
	}
	unnamed := auth("")
	tests := []struct {
		name     string
		env      string
		edits    edits
		pool, id fact
	}{
		{"by name", "dev", edits{inputs: auth(`,"cognitoUserPoolId":"authnotespool"`)}, fact{"authnotespool", inputs}, fact{"eu-west-1_NotesPool", meta}},
		{"by real id", "prod", edits{inputs: auth(`,"cognitoUserPoolId":"eu-central-1_Real1"`)}, fact{}, fact{"eu-central-1_Real1", inputs}},
		{"by parameter", "dev", edits{inputs: unnamed}, fact{"authnotespool", parameters}, fact{"eu-west-1_NotesPool", meta}},
		{"by parameter with a real id", "dev", edits{inputs: unnamed, parameters: `{"AuthCognitoUserPoolId":"eu-west-1_Imported"}`}, fact{}, fact{"eu-west-1_Imported", parameters}},
		{"by dependency", "dev", edits{inputs: unnamed, parameters: gone}, fact{"authnotespool", meta}, fact{"eu-west-1_NotesPool", meta}},
		{"by being the only one", "dev", edits{inputs: unnamed, parameters: gone, backend: gone, meta: `{
			"auth":{"only":{"service":"Cognito","output":{"UserPoolId":"eu-west-1_Only"}},"userPoolGroups":{"service":"Cognito-UserPool-Groups"}},
			"api":{"notes":{"service":"AppSync"}}}`}, fact{"authonly", meta}, fact{"eu-west-1_Only", meta}},
		{"of an imported resource in each environment", "prod", edits{team: `{"prod":{"awscloudformation":{"StackName":"other"},"categories":{"auth":{"notespool":{"userPoolId":"eu-central-1_Imported"}}}}}`},
			fact{"authnotespool", inputs}, fact{"eu-central-1_Imported", team}},
		{"of another environment", "prod", edits{inputs: unnamed}, fact{"authnotespool", parameters}, fact{}},
		{"not deployed", "dev", edits{meta: `{"auth":{"notespool":{"service":"Cognito"}},"api":{"notes":{"service":"AppSync"}}}`, inputs: unnamed}, fact{"authnotespool", parameters}, fact{}},
		{"nowhere", "dev", edits{inputs: unnamed, parameters: gone, backend: gone, meta: gone}, fact{}, fact{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := backendOf(t, test.env, test.edits)
			auths := append([]project.AuthType{b.DefaultAuthType.Value}, b.AdditionalAuthTypes.Value...)
			got := auths[slices.IndexFunc(auths, func(a project.AuthType) bool { return a.Mode == "AMAZON_COGNITO_USER_POOLS" })]
			if (fact{got.CognitoPoolName.Value, got.CognitoPoolName.File}) != test.pool {
				t.Errorf("pool name %+v, want %+v", got.CognitoPoolName, test.pool)
			}
			if (fact{got.CognitoUserPoolID.Value, got.CognitoUserPoolID.File}) != test.id {
				t.Errorf("pool id %+v, want %+v", got.CognitoUserPoolID, test.id)
			}
			if unresolved := slices.Contains(codes(b.Findings), project.PoolUnresolved); unresolved != (test.id == fact{}) {
				t.Errorf("an unresolved pool is reported: %t; findings %v", unresolved, b.Findings)
			}
		})
	}
}

func TestSchemaFiles(t *testing.T) {
	split := edits{
		schema:                             gone,
		api + "schema/b.graphql":           "type B { id: ID }",
		api + "schema/a/nested/x.txt":      "any extension counts",
		api + "schema/a/z.gql":             "type Z { id: ID }",
		api + "schema/.hidden":             "not this",
		api + "schema/.git/config.graphql": "nor this",
	}
	tests := []struct {
		name  string
		edits edits
		want  []string
	}{
		{"one file", nil, []string{"schema.graphql"}},
		{"with SQL", edits{api + "schema.sql.graphql": "type S { id: ID }"}, []string{"schema.graphql", "schema.sql.graphql"}},
		{"SQL alone", edits{schema: gone, api + "schema.sql.graphql": "type S { id: ID }"}, []string{"schema.sql.graphql"}},
		{"a folder", split, []string{"schema/a/nested/x.txt", "schema/a/z.gql", "schema/b.graphql"}},
		{"a folder beside the file", edits{api + "schema/b.graphql": "type B { id: ID }"}, []string{"schema.graphql"}},
		{"nothing", edits{schema: gone}, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, file := range backendOf(t, "dev", test.edits).SchemaFiles {
				got = append(got, strings.TrimPrefix(file, api))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestTransformerVersion(t *testing.T) {
	type version struct {
		value int
		file  string
	}
	flags := func(version string) string {
		return `{"features":{"graphqltransformer":{"transformerversion":` + version + `}}}`
	}
	tests := []struct {
		name  string
		edits edits
		want  version
	}{
		{"of the project", nil, version{2, cliJSON}},
		{"of the environment", edits{"amplify/cli.dev.json": flags("1")}, version{1, "amplify/cli.dev.json"}},
		{"of another environment", edits{"amplify/cli.prod.json": flags("1")}, version{2, cliJSON}},
		{"not stated", edits{cliJSON: `{"features":{}}`}, version{}},
		{"no such version", edits{cliJSON: flags("2.5")}, version{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := backendOf(t, "dev", test.edits).TransformerVersion; (version{got.Value, got.File}) != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
}
