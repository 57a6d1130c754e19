package forms_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/wire"
	"ampedit/forms"
)

func decoded(t *testing.T, text string) *wire.ResourceConfig {
	t.Helper()
	c := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(text), c); err != nil {
		t.Fatal(err)
	}
	return c
}

const adoptBase = `{"apiName":"notes","service":"AppSync","transformSchema":"type A",
	"defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":7}},
	"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_A"}},{"mode":"AWS_IAM"}],
	"conflictResolution":{"resolutionStrategy":"NONE"}}`

func TestAdoptAsksForWhatTheDocumentSays(t *testing.T) {
	for name, test := range map[string]struct{ wanted, want string }{
		"nothing":       {`{}`, adoptBase},
		"the same":      {adoptBase, adoptBase},
		"one setting":   {`{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":30}}}`, `{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":30}},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_A"}},{"mode":"AWS_IAM"}],"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		"an empty list": {`{"additionalAuthTypes":[]}`, `{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":7}},"additionalAuthTypes":[],"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		"list replaced, reordered": {
			`{"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"OPENID_CONNECT","settings":{"openIDProviderName":"p","openIDIssueURL":"https://i","openIDClientId":"c","openIDIatTTL":"1000"}}]}`,
			`{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":7}},"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"OPENID_CONNECT","settings":{"openIDProviderName":"p","openIDIssueURL":"https://i","openIDClientId":"c","openIDIatTTL":"1000"}}],"conflictResolution":{"resolutionStrategy":"NONE"}}`,
		},
		"strategy and default": {
			`{"defaultAuthType":{"mode":"AWS_IAM"},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_A"}}],"conflictResolution":{"resolutionStrategy":"AUTOMERGE"}}`,
			`{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"AWS_IAM"},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_A"}}],"conflictResolution":{"resolutionStrategy":"AUTOMERGE"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := forms.Context{Now: time.Unix(1.8e9, 0).UTC(), Base: decoded(t, adoptBase)}
			a := forms.NewAnswers()
			a.Rebase(nil, c.Base)
			a.Adopt(c, &forms.Stated{Config: decoded(t, test.wanted)})
			if diff := cmp.Diff(decoded(t, test.want), forms.Request(a, c).ResourceConfig); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAdoptTakesTheSchemaFromTheDocument(t *testing.T) {
	text := "type B @model { id: ID! }"
	c := forms.Context{Base: decoded(t, adoptBase), SchemaText: &text}
	a := forms.NewAnswers()
	a.Rebase(nil, c.Base)
	a.Adopt(c, &forms.Stated{Config: &wire.ResourceConfig{TransformSchema: &text}})
	if got := forms.Request(a, c).ResourceConfig.TransformSchema; got == nil || *got != text {
		t.Errorf("got %v", got)
	}
	if p := forms.Blocking(forms.Check(a, c)); p != nil && p.Ref.Step == forms.StepSchema {
		t.Errorf("the document's schema is blocked: %s", p.Text)
	}
}

// TestAdoptRefusesWhatCannotBeEmpty names what a document empties and no request can
// do without, or states for nothing.
func TestAdoptRefusesWhatCannotBeEmpty(t *testing.T) {
	for name, test := range map[string]struct{ base, stated, says string }{
		"the mode":                {adoptBase, `{"defaultAuthType":{"mode":""}}`, "No mode is chosen"},
		"an entry's mode":         {adoptBase, `{"additionalAuthTypes":[{"mode":""}]}`, "No mode is chosen"},
		"the schema":              {adoptBase, `{"transformSchema":""}`, "The schema is empty"},
		"settings of no type":     {`{"apiName":"notes"}`, `{"defaultAuthType":{"settings":{"description":"web"}}}`, "without a mode"},
		"a setting with a gap":    {adoptBase, `{"defaultAuthType":{"settings":{"description":"web [redacted]"}}}`, "Description has a gap"},
		"a secret":                {adoptBase, `{"defaultAuthType":{"settings":{"description":"da2-abcdefghijklmnop"}}}`, "Description holds an API key"},
		"a secret of no field":    {adoptBase, `{"future":"da2-abcdefghijklmnop"}`, "future holds an API key"},
		"a gap of no field":       {adoptBase, `{"defaultAuthType":{"settings":{"x":["[redacted]"]}}}`, "defaultAuthType.settings.x has a gap"},
		"a gap of another mode":   {adoptBase, `{"defaultAuthType":{"settings":{"openIDClientId":"[redacted]"}}}`, "defaultAuthType.settings.openIDClientId has a gap"},
		"a gap in an entry":       {adoptBase, `{"additionalAuthTypes":[{"mode":"AWS_IAM","y":"[redacted]"}]}`, "additionalAuthTypes[AWS_IAM].y has a gap"},
		"a gap beside a strategy": {adoptBase, `{"conflictResolution":{"z":"[redacted]"}}`, "conflictResolution.z has a gap"},
	} {
		t.Run(name, func(t *testing.T) {
			stated := decoded(t, test.stated)
			c := forms.Context{Now: time.Unix(1.8e9, 0).UTC(), Base: decoded(t, test.base), SchemaText: stated.TransformSchema}
			a := forms.NewAnswers()
			for key, text := range map[forms.Key]string{forms.KeyAppID: "d1", forms.KeyEnvironment: "prod", forms.KeyResourceName: "notes"} {
				a.Fill(forms.At(forms.StepTarget, key), text)
			}
			a.Rebase(nil, c.Base)
			a.Adopt(c, &forms.Stated{Config: stated})
			if p := forms.Blocking(forms.Check(a, c)); p == nil || !strings.Contains(p.Text, test.says) || strings.Contains(p.Text, "da2-") {
				t.Errorf("%+v, not %q", p, test.says)
			}
		})
	}
}

// TestAdoptLeavesWhatWasTyped has an answer and an entry that were typed before the
// document is taken.
func TestAdoptLeavesWhatWasTyped(t *testing.T) {
	c := forms.Context{Now: time.Unix(1.8e9, 0).UTC(), Base: decoded(t, adoptBase)}
	a := forms.NewAnswers()
	a.Rebase(nil, c.Base)
	a.Set(forms.At(forms.StepDefault, forms.KeyDescription), "typed")
	a.Add("OPENID_CONNECT")
	a.Adopt(c, &forms.Stated{Config: decoded(t, `{"defaultAuthType":{"settings":{"description":"stated","expirationTime":30}},"additionalAuthTypes":[{"mode":"AWS_IAM"}]}`)})
	got := forms.Request(a, c).ResourceConfig
	want := decoded(t, `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"typed","expirationTime":30}},"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"OPENID_CONNECT"}]}`)
	if !(&wire.ResourceConfig{DefaultAuthType: got.DefaultAuthType, AdditionalAuthTypes: got.AdditionalAuthTypes}).Equal(want) {
		t.Errorf("got %s", asJSON(t, got))
	}
}

// TestWholeStatesWhatIsMissing empties what a configuration does not have.
func TestWholeStatesWhatIsMissing(t *testing.T) {
	for name, test := range map[string]struct{ whole, want string }{
		"days and description": {`{"defaultAuthType":{"mode":"API_KEY"},"conflictResolution":{"resolutionStrategy":"NONE"}}`,
			`{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"API_KEY","settings":{"description":""}},"additionalAuthTypes":[],"conflictResolution":{"resolutionStrategy":"NONE"}}`},
		"a pool": {`{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":7}},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS"}]}`,
			`{"apiName":"notes","service":"AppSync","transformSchema":"type A","defaultAuthType":{"mode":"API_KEY","settings":{"description":"web","expirationTime":7}},"additionalAuthTypes":[{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{}}],"conflictResolution":{"resolutionStrategy":"NONE"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			before := decoded(t, test.whole)
			got, _ := forms.Merge(decoded(t, adoptBase), forms.Whole(before), time.Unix(1.8e9, 0))
			if diff := cmp.Diff(decoded(t, test.want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if !before.Equal(decoded(t, test.whole)) {
				t.Error("what was stated has changed")
			}
		})
	}
}
