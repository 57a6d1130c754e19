package forms_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/wire"
	"ampedit/forms"
)

// A configuration whose members are of other types than expected is read, pointed out
// at its fields, and sent back as it was read.
func TestMembersOfAnotherTypeAreSaid(t *testing.T) {
	const text = `{"apiName":7,"transformSchema":{"file":"x"},"defaultAuthType":{"mode":"API_KEY","settings":{"description":"d","expirationTime":"7"}},` +
		`"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"OPENID_CONNECT","settings":{"openIDProviderName":"n","openIDIssueURL":"https://i/","openIDClientId":["c"]}}],"conflictResolution":[]}`
	base := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(text), base); err != nil {
		t.Fatal(err)
	}
	a := forms.NewAnswers()
	for _, key := range []forms.Key{forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName} {
		a.Fill(forms.At(forms.StepTarget, key), "notes")
	}
	a.Rebase(nil, base)
	c := forms.Context{Now: noon, Base: base}
	got, err := json.Marshal(forms.Request(a, c).ResourceConfig)
	if err != nil {
		t.Fatal(err)
	}
	var want, have any
	if err := errors.Join(json.Unmarshal([]byte(text), &want), json.Unmarshal(got, &have)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("(-read +sent):\n%s", diff)
	}
	if a.Text(forms.At(forms.StepDefault, forms.KeyExpiration)) != "7" {
		t.Error("the days are not understood")
	}
	said := map[forms.Ref]string{
		forms.At(forms.StepTarget, forms.KeyAPIName):                        "taken for what it says",
		forms.At(forms.StepSchema, forms.KeySchemaSource):                   "not understood",
		forms.At(forms.StepDefault, forms.KeyExpiration):                    `"7"`,
		{Step: forms.StepMore, Entry: a.More[1].ID, Key: forms.KeyClientID}: "not understood",
		forms.At(forms.StepConflicts, forms.KeyStrategy):                    "not understood",
	}
	for ref, says := range said {
		found := false
		for _, p := range forms.Check(a, c) {
			found = found || p.Ref == ref && p.Severity == forms.Warning && strings.Contains(p.Text, "was read as") && strings.Contains(p.Text, says)
		}
		if !found {
			t.Errorf("nothing at %+v says %q: %+v", ref, says, forms.Check(a, c))
		}
	}
	if p := forms.Blocking(forms.Check(a, c)); p != nil {
		t.Errorf("what is deployed is blocked: %+v", p)
	}
	if changes := forms.Changes(a, c); len(changes) > 0 {
		t.Errorf("nothing was typed, and the changes are %+v", changes)
	}
	// Another mode takes what was not understood away, and says so.
	a.Set(forms.Ref{Step: forms.StepMore, Entry: a.More[1].ID, Key: forms.KeyMode}, string(wire.ModeCognito))
	removed := false
	for _, change := range forms.Changes(a, c) {
		removed = removed || change.Symbol == forms.Removed && strings.Contains(change.Path, "openIDClientId") || strings.Contains(change.Old, "OpenID")
	}
	if !removed {
		t.Errorf("the changes are %+v", forms.Changes(a, c))
	}
}
