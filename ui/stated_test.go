package ui_test

import (
	"encoding/json"
	"strings"
	"testing"

	"ampedit/client/emulator"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// TestFileChangesWhatItStates opens files that state one setting: the others are as
// they are deployed, and the plan says which is which.
func TestFileChangesWhatItStates(t *testing.T) {
	for label, test := range map[string]struct{ file, sent, states string }{
		"days":        {"defaultAuthType:\n  settings:\n    expirationTime: 90\n", `"settings":{"description":"web client","expirationTime":90}`, "states defaultAuthType (expirationTime)."},
		"description": {"defaultAuthType:\n  settings:\n    description: app\n", `"settings":{"description":"app","expirationTime":7}`, "states defaultAuthType (description)."},
		"nothing":     {"DefaultAuthType:\n  Mode: API_KEY\n  Settings:\n    Description:\n", `"settings":{"description":"","expirationTime":7}`, "states defaultAuthType (mode, description)."},
	} {
		t.Run(label, func(t *testing.T) {
			p := start(t, setup{w: 120, h: 40, file: keep(t, test.file)})
			p.into("6")
			p.Want("1 to change, 0 to add, 0 to remove", test.states, "Not in it, so it stays as deployed:")
			if body := compact(t, p.app.Edit()); !strings.Contains(body, test.sent) || !strings.Contains(body, "AMAZON_COGNITO_USER_POOLS") {
				t.Errorf("the request is %s", body)
			}
		})
	}
}

// TestStatementLeavesRoomForDanger states much on the smallest screen: what is
// dangerous stays in sight, and what the file says comes with the last row.
func TestStatementLeavesRoomForDanger(t *testing.T) {
	p := start(t, setup{w: 60, h: 15, file: keep(t, "conflictResolution:\n  resolutionStrategy: AUTOMERGE\n")})
	p.into("6")
	p.Want("worst: destructive", "conflictResolution.resolutionStrategy", "DataStore is switched on.")
	p = start(t, setup{w: 60, h: 15, file: keep(t, "defaultAuthType:\n  settings:\n    description: app\n")})
	p.into("6")
	p.Want("1 to change", "defaultAuthType.settings.description")
	p.Press("down")
	p.Want("Approve", "states defaultAuthType (description).", "Not in it, so it stays as deployed: apiName, service,")
}

// TestSecretInADescriptionIsPointedOutAtOnce types a key into the description.
func TestSecretInADescriptionIsPointedOutAtOnce(t *testing.T) {
	p := start(t, setup{w: 120, h: 40})
	p.into("2")
	p.Press("tab", "ctrl+u")
	p.Type("key " + typedKey)
	p.Want("Description holds an API key")
	p.into("6")
	p.Want("not ready", "Description holds an API key")
	p.Press("ctrl+s")
	p.Want("this keeps the request from being sent")
	p.into("6")
	p.Press("right", "right", "right")
	p.Want("a secret, or the gap that one has left, stands in default")
	if strings.Contains(p.View(), typedKey) {
		t.Errorf("the AWS CLI tab shows the key")
	}
	p.wantPosts(t, 0)
}

// TestDeployedSecretIsAWarning lets everything else change.
func TestDeployedSecretIsAWarning(t *testing.T) {
	apps := emulator.SampleApps(begin)
	for _, env := range apps[0].Environments {
		env.APIs[emulator.SampleResource] = strings.ReplaceAll(env.APIs[emulator.SampleResource], "web client", typedKey)
	}
	p := start(t, setup{w: 120, h: 40, emulator: emulator.Options{Apps: apps}})
	p.app.Edit().Answers.Set(forms.At(forms.StepDefault, forms.KeyExpiration), "90")
	p.app.Edit().Touch()
	p.into("6")
	p.Want("Description holds an API key")
	if b := p.app.Edit().Plan().Blocked(); b != nil {
		t.Errorf("what is deployed is blocked: %s", b.Text)
	}
}

func compact(t *testing.T, e *edit.Edit) string {
	t.Helper()
	data, err := json.Marshal(e.Plan().Input)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
