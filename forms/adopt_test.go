package forms_test

import (
	"encoding/json"
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
			a.Adopt(c, decoded(t, test.wanted))
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
	a.Adopt(c, &wire.ResourceConfig{TransformSchema: &text})
	if got := forms.Request(a, c).ResourceConfig.TransformSchema; got == nil || *got != text {
		t.Errorf("got %v", got)
	}
	if p := forms.Blocking(forms.Check(a, c)); p != nil && p.Ref.Step == forms.StepSchema {
		t.Errorf("the document's schema is blocked: %s", p.Text)
	}
}
