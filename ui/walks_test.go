package ui_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// sent returns the configuration of the one update that was sent.
func (p *program) sent(t *testing.T) *wire.ResourceConfig {
	t.Helper()
	p.wantPosts(t, 1)
	var body struct{ ResourceConfig *wire.ResourceConfig }
	if err := json.Unmarshal([]byte(p.posts()[0]), &body); err != nil {
		t.Fatal(err)
	}
	return body.ResourceConfig
}

// TestWalkExtendTheKeyOfProd goes the shortest way: the days, the review, the
// name, the job. Each way to say the days shows the end that it comes to.
func TestWalkExtendTheKeyOfProd(t *testing.T) {
	for typed, want := range map[string]struct {
		field []string
		days  float64
	}{
		"30":         {[]string{"30 days: ends Thu 3 Dec 2026 09:00 UTC"}, 30},
		"+90":        {[]string{"94 days: ends Fri 5 Feb 2027 09:00 UTC"}, 94},
		"2027-04-30": {[]string{"179 days: ends Sat 1 May 2027 09:00 UTC"}, 179},
		"365":        {[]string{"365 days: ends Wed 3 Nov 2027 09:00 UTC", "after Gen 1's end of life"}, 365},
	} {
		t.Run(typed, func(t *testing.T) {
			p := start(t, setup{w: 100, h: 30})
			p.Want(emulator.SampleAccount, "› prod ›")
			p.into("2")
			p.Press("tab", "tab", "ctrl+u")
			p.Type(typed)
			p.Want(want.field...)
			p.Want("~ was 7")
			p.Press("ctrl+c") // asks, since something would be lost
			p.Press("esc")
			p.into("6")
			p.Want("1 to change, 0 to add, 0 to remove", "API key: present end Sat 7 Nov 2026 09:00 UTC", "defaultAuthType.settings.expirationTime")
			p.Press("ctrl+s")
			p.Press("enter") // a name is asked for
			p.Want("Send this to prod?")
			p.wantPosts(t, 0)
			p.Type(emulator.SampleProd)
			p.Press("enter")
			p.Want("RUNNING")
			p.Advance(time.Minute)
			p.Want("COMPLETED", "read back: it is what was approved")

			config := wire.ResourceConfig{}
			if err := json.Unmarshal([]byte(p.server.Deployed(emulator.SampleAppID, emulator.SampleProd, emulator.SampleResource)), &config); err != nil {
				t.Fatal(err)
			}
			if got := p.sent(t); *got.DefaultAuthType.Settings.ExpirationTime != want.days || !got.Equal(&config) {
				t.Errorf("%v days were sent", *got.DefaultAuthType.Settings.ExpirationTime)
			}
		})
	}
}

// TestWalkRenewTheKeyWithTheSameDays types what stands there already.
func TestWalkRenewTheKeyWithTheSameDays(t *testing.T) {
	p := start(t, setup{w: 100, h: 30})
	p.into("2")
	p.Press("tab", "tab", "ctrl+u")
	p.Type("7")
	p.into("6")
	p.Want("1 to change, 0 to add, 0 to remove", "The days stay, but the key's life starts anew")
}

func TestWalkSwitchDataStoreOff(t *testing.T) {
	p := start(t, setup{w: 120, h: 40, environment: emulator.SampleStaging})
	p.into("4")
	p.Want("as it is: AUTOMERGE")
	p.choose("● None")
	p.Want("No conflict detection: DataStore is off.")
	p.into("6")
	p.Want("1 to change", "conflictResolution.resolutionStrategy", "AUTOMERGE → NONE", "destructive", "DataStore", "inaccessible", "API key: present end")
	p.Press("ctrl+s")
	p.Want("Send this to staging?", "destructive")
	p.Type("y")
	p.Press("enter")
	p.wantPosts(t, 0)
	p.Press("backspace")
	p.Type(emulator.SampleStaging)
	p.Press("enter")
	p.Advance(time.Minute)
	p.Want("COMPLETED")
	if got := p.sent(t); *got.ConflictResolution.ResolutionStrategy != wire.StrategyNone || got.TransformSchema == nil {
		t.Errorf("the strategy %q was sent, the schema %v", *got.ConflictResolution.ResolutionStrategy, got.TransformSchema != nil)
	}
}

func TestWalkAddOIDC(t *testing.T) {
	p := start(t, setup{w: 120, h: 40})
	p.into("3")
	p.Press("a")
	p.choose("● OpenID Connect")
	p.Want("No rule of the schema uses OpenID Connect yet.")
	p.Press("ctrl+s") // too early: what is needed says so
	p.Want("not complete yet", "Provider name is empty; it is needed", "Issuer URL is empty; it is needed", "Client ID is empty; it is needed")
	p.Type("acme")
	p.Press("tab")
	p.Paste("https://id.example.com/.well-known/openid-configuration")
	p.Want("ctrl+t")
	p.Press("ctrl+t")
	p.Want("https://id.example.com")
	p.WantNot(".well-known/openid-configuration ")
	p.Press("tab")
	p.Type("web|ios")
	p.Press("tab")
	p.Type("1h")
	p.Want("3600000")
	p.Press("ctrl+s")
	p.into("6")
	p.Want("1 to add", "additionalAuthTypes[OPENID_CONNECT]", "API key: present end")
	p.approve()
	p.Advance(time.Minute)
	p.Want("COMPLETED")
	more := p.sent(t).AdditionalAuthTypes
	data, err := json.Marshal(more[len(more)-1])
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"mode":"OPENID_CONNECT","settings":{"openIDClientId":"web|ios","openIDIatTTL":"3600000","openIDIssueURL":"https://id.example.com","openIDProviderName":"acme"}}`
	if diff := cmp.Diff(want, string(data)); diff != "" {
		t.Errorf("the type differs (-want +got):\n%s", diff)
	}
}

// TestFormsWithoutNetwork edits while answers take two seconds, fail or do not
// come, and leaves: nothing of the program is left running.
func TestFormsWithoutNetwork(t *testing.T) {
	for name, options := range map[string]emulator.Options{
		"slow":    {Faults: []emulator.Fault{{Delay: 2 * time.Second}}},
		"failing": {Faults: []emulator.Fault{{Status: 500, Message: "internal"}}},
		"absent":  {Faults: []emulator.Fault{{Reset: true}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, setup{
				w: 100, h: 30, emulator: options, environment: emulator.SampleStaging,
				env: [2]string{"AWS_MAX_ATTEMPTS", "1"}, // between attempts the SDK waits by this machine's clock
			})
			p.into("2")
			p.choose("● API key")
			p.Press("tab")
			p.Type("typed meanwhile")
			p.Want("typed meanwhile")
			p.into("4")
			p.choose("● None")
			p.into("1")
			p.Press("tab", "tab", "tab", "right") // a list that does not come is in nobody's way
			p.Type("x")
			p.Press("backspace")
			p.into("6")
			p.Press("right", "left")
			p.Advance(time.Minute)
			p.into("2")
			p.Want("typed meanwhile")
			p.into("4")
			p.Want("● None")
			if name == "slow" {
				p.Want("~ was Automerge")
			}
			if p.InFlight() != 0 {
				t.Errorf("%d pieces of work go on", p.InFlight())
			}
			p.Press("ctrl+c", "ctrl+c")
			if !p.Left() {
				t.Errorf("it cannot be left\n%s", p.Boxed())
			}
		})
	}
}

// TestWithoutConnection has no connection at all.
func TestWithoutConnection(t *testing.T) {
	p := start(t, setup{connect: func(context.Context, edit.Access) (*edit.Session, error) {
		return nil, errors.New("no network here")
	}})
	p.into("2")
	p.choose("● IAM")
	p.into("1")
	p.Press("tab", "tab", "right")
	p.Type("d1")
	if got := p.app.Edit().Answers.Text(forms.At(forms.StepTarget, forms.KeyAppID)); got != emulator.SampleAppID+"d1" {
		t.Errorf("the app id is %q", got)
	}
	p.into("6")
	p.Want("defaultAuthType.mode")
	if p.InFlight() != 0 {
		t.Errorf("%d pieces of work go on", p.InFlight())
	}
}
