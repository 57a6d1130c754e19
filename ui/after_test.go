package ui_test

import (
	"path/filepath"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/forms"
)

// TestAfterTheJobNothingDiffers goes back to the forms once the job has ended:
// what was sent is what is deployed.
func TestAfterTheJobNothingDiffers(t *testing.T) {
	p := start(t, setup{})
	p.change()
	p.into("3")
	p.Press("d") // the user pool
	p.Press("a", "right", "right", "right", "enter")
	p.to("6")
	p.Press("esc")
	p.approve()
	p.Advance(time.Minute)
	p.Want("COMPLETED", "read back: it is what was approved")
	p.into("6")
	p.Want("Nothing differs from what is deployed", "0 to change, 0 to add, 0 to remove")
	p.into("3")
	p.WantNot("removed", "added", "changed")
	p.to("4")
	if p.Press("q"); !p.Left() {
		t.Errorf("leaving asks although everything is deployed\n%s", p.Boxed())
	}
}

func TestReadAgain(t *testing.T) {
	p := start(t, setup{})
	p.change()
	reads := p.server.Count("GetBackendAPI")
	p.to("1")
	p.Advance(time.Minute)
	p.Press("R")
	p.Want("deployed configuration read 10:31:00")
	if p.server.Count("GetBackendAPI") != reads+1 {
		t.Errorf("%d reads, not one more than %d", p.server.Count("GetBackendAPI"), reads)
	}
	p.wantKept(t)
}

func TestTargetOfAnotherEnvironment(t *testing.T) {
	p := start(t, setup{})
	p.change()
	p.into("1")
	p.Press("tab", "tab", "tab")
	p.Press("ctrl+u")
	p.Type("staging")
	p.to("4")
	p.Want("› staging ›")
	p.Press("enter")
	p.Want("as it is: AUTOMERGE") // what is deployed in staging
	p.wantKept(t)
}

func TestUnreadableBaseSaysWhyAndGoesOn(t *testing.T) {
	p := start(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{
		{Operation: "GetBackendAPI", Count: 1, Status: 403, Code: "AccessDeniedException", Message: "not you"},
	}}})
	p.Want("could not be read", "Ask an administrator")
	p.into("2")
	p.Press("right") // the forms work all the same
	p.Want("● API key")
	p.to("1")
	p.Press("R")
	p.Want("deployed configuration read")
	p.into("2")
	p.Want("web client")
}

func TestNoConnection(t *testing.T) {
	for _, c := range []struct {
		env  [2]string
		says string
	}{
		{[2]string{"AWS_ACCESS_KEY_ID", ""}, "No credentials are"},
		{[2]string{"AWS_PROFILE", "nobody"}, "Profile \"nobody\""},
		{[2]string{"AWS_REGION", ""}, "Choose a region"},
	} {
		t.Run(c.says, func(t *testing.T) {
			p := start(t, setup{env: c.env})
			if b := p.app.Edit().Base(); b != nil {
				t.Fatal("something was read")
			}
			p.WantNot("connecting", "reading")
			p.into("2")
			p.Press("right", "tab")
			p.Type("typed offline")
			if got := p.app.Edit().Answers.Text(forms.At(forms.StepDefault, forms.KeyDescription)); got != "typed offline" {
				t.Errorf("the description is %q", got)
			}
			p.approve()
			p.wantPosts(t, 0)
			p.to("1")
			p.Want(c.says)
		})
	}
}

// TestWhatWasTypedDoesNotFollow sets aside what was typed for one environment when
// another is chosen, unless the user takes it along, and offers it where it was typed.
func TestWhatWasTypedDoesNotFollow(t *testing.T) {
	toStaging := func(p *program) {
		p.change()
		p.into("1")
		p.Press("tab", "tab", "tab", "ctrl+u")
		p.Type("staging")
		p.Press("ctrl+n")
		p.Want("Another backend", "You typed for d1a2b3c4d5e6f7 › prod. Set aside", "Default authorization, Description")
	}
	description := forms.At(forms.StepDefault, forms.KeyDescription)
	p := start(t, setup{journal: openJournal(t, t.TempDir())})
	toStaging(p)
	p.Press("enter") // the default answer
	p.Want("› staging ›")
	if got := p.app.Edit().Answers.Text(description); got == "web client two" || p.app.Edit().Dirty() {
		t.Errorf("the description is %q in staging", got)
	}
	p.into("1")
	p.Press("tab", "tab", "tab", "ctrl+u")
	p.Type("prod")
	p.Press("ctrl+n")
	p.Want("Take up the draft?", "web client two")

	p = start(t, setup{journal: openJournal(t, t.TempDir())})
	toStaging(p)
	p.Press("y")
	p.Want("goes on to")
	if got := p.app.Edit().Answers.Text(description); got != "web client two" {
		t.Errorf("what was taken along is %q", got)
	}

	// What cannot be kept as a draft is not set aside.
	full := &brokenFiles{}
	broken, err := journal.Open(journal.Options{Root: filepath.Join(t.TempDir(), "ampedit"), Files: full})
	if err != nil {
		t.Fatal(err)
	}
	p = start(t, setup{journal: broken})
	p.change()
	full.fails = true
	p.into("1")
	p.Press("tab", "tab", "tab", "ctrl+u")
	p.Type("staging")
	p.Press("ctrl+n")
	p.WantNot("Another backend")
	if got := p.app.Edit().Answers.Text(description); got != "web client two" {
		t.Errorf("what could not be kept is %q", got)
	}
}

// TestNothingToSend refuses what would only run a job, and asks for a renewal by name.
func TestNothingToSend(t *testing.T) {
	p := start(t, setup{environment: emulator.SampleDev})
	p.into("6")
	p.Press("ctrl+s")
	p.Want("Only renew the API key of dev?", "sending starts the API", "Renew ]")
	apps := emulator.SampleApps(begin)
	for i := range apps[0].Environments {
		apps[0].Environments[i].APIs = map[string]string{emulator.SampleResource: `{"apiName":"notes","service":"AppSync","transformSchema":"type A @model @auth(rules:[{allow:private,provider:iam}]) { id: ID! }","defaultAuthType":{"mode":"AWS_IAM"}}`}
	}
	p = start(t, setup{environment: emulator.SampleDev, emulator: emulator.Options{Apps: apps}})
	p.into("6")
	p.Press("ctrl+s")
	p.Want("nothing to send: nothing differs")
	p.wantPosts(t, 0)
}
