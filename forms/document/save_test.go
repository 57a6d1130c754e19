package document_test

import (
	"errors"
	"strings"
	"testing"

	"ampedit/client/wire"
	"ampedit/forms/document"
)

const kept = `# The shop's API.
appId: d1a2b3c4d5e6f7   # the shop
resourceName: notes
owner: {team: web}      # for people

resourceConfig:
  apiName: "notes"
  # Kept in step with the checkout.
  transformSchema: | # whole
    type Note @model {
      id: ID!
    }

  defaultAuthType:
    mode: API_KEY
    settings:
      # The pages are public.
      expirationTime: 30 # days
      description: 'web'
  additionalAuthTypes:
  # staff
  - mode: AWS_IAM
  # partners
  - mode: OPENID_CONNECT # acme
    settings: {openIDIssueURL: https://id.example.com, openIDIatTTL: 3600000}
  conflictResolution: {resolutionStrategy: AUTOMERGE} # DataStore
# end
`

// edited parses a file, changes its configuration and saves it.
func edited(t *testing.T, name, file string, target document.Target, change func(*wire.ResourceConfig)) string {
	t.Helper()
	d := parsed(t, name, file)
	config := d.Config.Clone()
	change(config)
	out, err := d.Save(target, config)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func parsed(t *testing.T, name, file string) *document.Document {
	t.Helper()
	d, err := document.Parse(name, []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func ptr[T any](v T) *T { return &v }

// replaced says what a save must have done: old texts that became new ones.
func replaced(file string, oldNew ...string) string {
	for i := 0; i < len(oldNew); i += 2 {
		if strings.Count(file, oldNew[i]) != 1 {
			panic("not once in the file: " + oldNew[i])
		}
	}
	return strings.NewReplacer(oldNew...).Replace(file)
}

func TestSaveYAML(t *testing.T) {
	tests := []struct {
		name   string
		change func(*wire.ResourceConfig)
		want   string
	}{
		{"a number", func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings.ExpirationTime = ptr(90.0) },
			replaced(kept, "expirationTime: 30 # days", "expirationTime: 90 # days")},
		{"a quoted text", func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings.Description = ptr("it's") },
			replaced(kept, "'web'", "'it''s'")},
		{"a text that YAML would take for something else", func(c *wire.ResourceConfig) { c.APIName = ptr("true: #") },
			replaced(kept, `"notes"`, `"true: #"`)},
		{"a schema", func(c *wire.ResourceConfig) { c.TransformSchema = ptr("type Todo {\n\n  id: ID!\n}\n") },
			replaced(kept, "    type Note @model {\n      id: ID!\n    }\n", "    type Todo {\n\n      id: ID!\n    }\n")},
		{"a setting less, with its comment", func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings.ExpirationTime = nil },
			replaced(kept, "      # The pages are public.\n      expirationTime: 30 # days\n", "")},
		{"the last setting less", func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings.Description = nil },
			replaced(kept, "      description: 'web'\n", "")},
		{"no settings left", func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings = &wire.AuthSettings{} },
			replaced(kept, "settings:\n      # The pages are public.\n      expirationTime: 30 # days\n      description: 'web'\n", "settings: {}\n")},
		{"a member more", func(c *wire.ResourceConfig) { c.Service = ptr("AppSync") },
			replaced(kept, "# DataStore\n", "# DataStore\n  service: AppSync\n")},
		{"a setting more in brackets", func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes[1].Settings.OpenIDClientID = ptr("a|b")
		}, replaced(kept, "openIDIatTTL: 3600000}", `openIDIatTTL: 3600000, "openIDClientId": "a|b"}`)},
		{"digits that were written as a number", func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes[1].Settings.OpenIDIatTTL = ptr("60000")
		}, replaced(kept, "openIDIatTTL: 3600000", `openIDIatTTL: "60000"`)},
		{"an authorization type less, with its comment", func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes = c.AdditionalAuthTypes[1:]
		}, replaced(kept, "  # staff\n  - mode: AWS_IAM\n", "")},
		{"another order", func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes[0], c.AdditionalAuthTypes[1] = c.AdditionalAuthTypes[1], c.AdditionalAuthTypes[0]
		}, replaced(kept, `  # staff
  - mode: AWS_IAM
  # partners
  - mode: OPENID_CONNECT # acme
    settings: {openIDIssueURL: https://id.example.com, openIDIatTTL: 3600000}
`, `  # partners
  - mode: OPENID_CONNECT # acme
    settings: {openIDIssueURL: https://id.example.com, openIDIatTTL: 3600000}
  # staff
  - mode: AWS_IAM
`)},
		{"an authorization type more", func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes = append(c.AdditionalAuthTypes, wire.AuthType{
				Mode: ptr(wire.ModeCognito), Settings: &wire.AuthSettings{CognitoUserPoolID: ptr("eu-west-1_AbCdEfGhi")},
			})
		}, replaced(kept, "3600000}\n", "3600000}\n  - mode: AMAZON_COGNITO_USER_POOLS\n    settings:\n      cognitoUserPoolId: eu-west-1_AbCdEfGhi\n")},
		{"no authorization types left", func(c *wire.ResourceConfig) { c.AdditionalAuthTypes = []wire.AuthType{} },
			kept[:strings.Index(kept, "  additionalAuthTypes:")] + "  additionalAuthTypes: []\n" + kept[strings.Index(kept, "  conflictResolution"):]},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := edited(t, "kept.yaml", kept, document.Target{}, tt.change); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
			if got := edited(t, "kept.yaml", crlf(kept), document.Target{}, tt.change); got != crlf(tt.want) {
				t.Errorf("with Windows line breaks got\n%q\nwant\n%q", got, crlf(tt.want))
			}
		})
	}
}

const keptJSON = `{
    "ResourceConfig": {
        "Custom": {"b": 1, "a": [ ]},
        "AdditionalAuthTypes": [ {"Mode": "AWS_IAM"}, {"Mode": "OPENID_CONNECT"} ],
        "DefaultAuthType": {
            "Mode": "API_KEY",
            "Settings": {
                "ExpirationTime": 3.00E1
            }
        }
    },
    "AppId": "d1a2b3c4d5e6f7",
    "ResourceName": "caf\u00e9"
}`

func TestSaveJSON(t *testing.T) {
	tests := []struct {
		name   string
		target document.Target
		change func(*wire.ResourceConfig)
		want   string
	}{
		{"nothing, though a number is written in another way", document.Target{AppID: "d1a2b3c4d5e6f7", ResourceName: "café"}, func(c *wire.ResourceConfig) {
			c.DefaultAuthType.Settings.ExpirationTime = ptr(30.0)
		}, keptJSON},
		{"a number", document.Target{}, func(c *wire.ResourceConfig) { c.DefaultAuthType.Settings.ExpirationTime = ptr(90.0) },
			replaced(keptJSON, "3.00E1", "90")},
		{"the target, where the file has one", document.Target{AppID: "d2", Environment: "prod"}, func(*wire.ResourceConfig) {},
			replaced(keptJSON, "d1a2b3c4d5e6f7", "d2")},
		{"members more", document.Target{}, func(c *wire.ResourceConfig) {
			c.TransformSchema = ptr("type A {\n}\n")
			c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: ptr(wire.StrategyNone)}
			c.DefaultAuthType.Settings.Description = ptr("<web>")
		}, replaced(keptJSON, "3.00E1", "3.00E1,\n                \"Description\": \"<web>\"", "            }\n        }\n    }",
			"            }\n        },\n        \"TransformSchema\": \"type A {\\n}\\n\",\n        \"ConflictResolution\": {\n            \"ResolutionStrategy\": \"NONE\"\n        }\n    }")},
		{"a member less", document.Target{}, func(c *wire.ResourceConfig) { c.AdditionalAuthTypes = nil },
			replaced(keptJSON, `        "AdditionalAuthTypes": [ {"Mode": "AWS_IAM"}, {"Mode": "OPENID_CONNECT"} ],`+"\n", "")},
		{"an element less and one more", document.Target{}, func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes = []wire.AuthType{c.AdditionalAuthTypes[1], {Mode: ptr(wire.ModeCognito)}}
		}, replaced(keptJSON, `[ {"Mode": "AWS_IAM"}, {"Mode": "OPENID_CONNECT"} ]`, `[ {"Mode": "OPENID_CONNECT"}, {"Mode": "AMAZON_COGNITO_USER_POOLS"} ]`)},
		{"a list on its only line", document.Target{}, func(c *wire.ResourceConfig) { c.AdditionalAuthTypes = []wire.AuthType{} },
			replaced(keptJSON, `[ {"Mode": "AWS_IAM"}, {"Mode": "OPENID_CONNECT"} ]`, `[]`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := edited(t, "kept.json", keptJSON, tt.target, tt.change); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestSaveSmall(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"a.json", `{"apiName":"a"}`, `{"apiName":"b"}`},
		{"a.json", "\uFEFF{ \"apiName\" : \"a\" }\n", "\uFEFF{ \"apiName\" : \"b\" }\n"},
		{"a.json", `{"appId":"d1","resourceConfig":{}}`, `{"appId":"d1","resourceConfig":{"apiName":"b"}}`},
		{"a.json", "{\n\t\"appId\": \"d1\",\n\t\"resourceConfig\": null\n}\n", "{\n\t\"appId\": \"d1\",\n\t\"resourceConfig\": {\n\t\t\"apiName\": \"b\"\n\t}\n}\n"},
		{"a.yaml", "appId: d1\nresourceConfig: # none yet\n", "appId: d1\nresourceConfig: # none yet\n  apiName: b\n"},
		{"a.yaml", "appId: d1\n", "appId: d1\nresourceConfig:\n  apiName: b\n"},
		{"a.yaml", "appId: d1", "appId: d1\nresourceConfig:\n  apiName: b"},
		{"a.yaml", "ApiName: >-\n  a\n  c\n# end\n", "ApiName: b\n# end\n"},
		{"a.yaml", "apiName: a\n  c # x\n", "apiName: b # x\n"},
		{"a.yaml", "{apiName: a}\n", "{apiName: \"b\"}\n"},
		{"a.yaml", "apiName: &n a\nnote: x\n", "apiName: &n b\nnote: x\n"},
		{"a.yaml", "title: &n a\napiName: *n # x\n", "title: &n a\napiName: b # x\n"},
		{"a.yaml", "x: &a\n  # c\n  k: v\ny: *a\napiName: a\n", "x: &a\n  # c\n  k: v\ny: *a\napiName: b\n"},
		{"a.yaml", "apiName: !!str 1\n", "apiName: !!str b\n"},
		{"-", "---\napiName: a\n...\n", "---\napiName: b\n...\n"},
	}
	for _, tt := range tests {
		out, err := parsed(t, tt.name, tt.file).Save(document.Target{}, &wire.ResourceConfig{APIName: ptr("b")})
		if err != nil || string(out) != tt.want {
			t.Errorf("%q: got %q and error %v, want %q", tt.file, out, err, tt.want)
		}
	}
}

// Whatever the service returned beyond its model is written down too, under the
// names of the wire; the AWS CLI's have no place for it.
func TestSaveUnknownMembers(t *testing.T) {
	config := &wire.ResourceConfig{APIName: ptr("b"), Unknown: wire.Members{"new": []byte(`{"x":[1]}`)}}
	for file, want := range map[string]string{
		`{"apiName":"a","old":1}`:         `{"apiName":"b","old":1,"new":{"x":[1]}}`,
		`{"apiName":"b","new":{"x":[2]}}`: `{"apiName":"b","new":{"x":[1]}}`,
		`{"ApiName":"a","Old":1}`:         `{"ApiName":"b","Old":1}`,
	} {
		out, err := parsed(t, "a.json", file).Save(document.Target{}, config)
		if err != nil || string(out) != want {
			t.Errorf("%s: got %s and error %v, want %s", file, out, err, want)
		}
	}
}

func TestSaveRefuses(t *testing.T) {
	if out, err := parsed(t, "a.json", `{"apiName":"a"}`).Save(document.Target{}, &wire.ResourceConfig{APIName: ptr("\xff")}); err == nil {
		t.Errorf("got %s, want an error for a text that is not UTF-8", out)
	}
	config := &wire.ResourceConfig{APIName: ptr("b")}
	if out, err := parsed(t, "cli-inputs.json", cliInputs).Save(document.Target{}, config); !errors.Is(err, document.ErrReadOnly) {
		t.Errorf("got %s and error %v, want ErrReadOnly", out, err)
	}
	// A change of one of two values that are the same text.
	anchored := "defaultAuthType: {mode: &m AWS_IAM}\nadditionalAuthTypes: [{mode: *m}]\n"
	d := parsed(t, "a.yaml", anchored)
	changed := d.Config.Clone()
	changed.DefaultAuthType.Mode = ptr(wire.ModeAPIKey)
	if out, err := d.Save(document.Target{}, changed); err == nil || !strings.Contains(err.Error(), "in place") {
		t.Errorf("got %s and error %v, want an error", out, err)
	}
}

func TestSaveOddLists(t *testing.T) {
	tests := []struct{ file, want string }{
		{"additionalAuthTypes:\n-\n  mode: AWS_IAM\n-   mode: API_KEY # k\n", "additionalAuthTypes:\n-   mode: API_KEY # k\n-\n  mode: AWS_IAM\n"},
		{"additionalAuthTypes:\n\n  # iam\n  - mode: AWS_IAM\n\n  # key\n  - {mode: API_KEY}\n# end\n", "additionalAuthTypes:\n\n  # key\n  - {mode: API_KEY}\n\n  # iam\n  - mode: AWS_IAM\n# end\n"},
		{"additionalAuthTypes: [{mode: AWS_IAM},\n  # key\n  {mode: API_KEY}]\n", "additionalAuthTypes: [{mode: API_KEY},\n  # key\n  {mode: AWS_IAM}]\n"},
		{"additionalAuthTypes:\n  - mode: AWS_IAM\n    # none\n    settings:\n  - mode: API_KEY", "additionalAuthTypes:\n  - mode: API_KEY\n  - mode: AWS_IAM\n    # none\n    settings:"},
		{"resourceConfig:\n  additionalAuthTypes: &all\n    - &iam\n      mode: AWS_IAM\n    - mode: API_KEY\n", "resourceConfig:\n  additionalAuthTypes: &all\n    - mode: API_KEY\n    - &iam\n      mode: AWS_IAM\n"},
	}
	for _, tt := range tests {
		got := edited(t, "a.yaml", tt.file, document.Target{}, func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes[0], c.AdditionalAuthTypes[1] = c.AdditionalAuthTypes[1], c.AdditionalAuthTypes[0]
		})
		if got != tt.want {
			t.Errorf("got\n%s\nwant\n%s", got, tt.want)
		}
	}
}
