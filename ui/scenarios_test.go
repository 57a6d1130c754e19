package ui_test

import (
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/submission"
	"ampedit/ui/uitest"
)

// change makes one small change to prod: the API key's description.
func (p *program) change() {
	p.into("2")
	p.Press("tab")
	p.Type(" two")
}

// approve opens the approval and gives the user's word.
func (p *program) approve() {
	p.to("6")
	p.Press("ctrl+s")
	p.Type(emulator.SampleProd)
	p.Press("enter")
}

// wantKept fails the test unless what change typed still stands.
func (p *program) wantKept(t *testing.T) {
	t.Helper()
	p.into("2")
	p.Want("web client two")
}

func submit(t *testing.T, scenario emulator.Scenario) *program {
	t.Helper()
	p := start(t, setup{emulator: emulator.Options{Scenario: scenario}})
	p.change()
	p.approve()
	return p
}

func TestFailedJobKeepsTheForms(t *testing.T) {
	p := submit(t, emulator.Failed)
	p.Want("RUNNING")
	p.Advance(time.Minute)
	p.Want("FAILED", "API key not", "found: [redacted]")
	p.WantNot("da2-") // the error quotes a key
	uitest.Golden(t, "scenario/failed", p.View())
	p.wantPosts(t, 1)
	p.Press("enter")
	p.Want("[6 Review]", "1 to change")
	p.wantKept(t)
}

func TestNotSentWhileAnotherJobRuns(t *testing.T) {
	p := submit(t, emulator.Pending)
	p.Want("GenerateBackendAPIModels", "Nothing can be sent while it runs")
	p.WantNot("[7 Job]")
	p.wantPosts(t, 0)
	p.Press("esc")
	p.Want("[6 Review]")
	p.to("1")
	uitest.Golden(t, "scenario/pending", p.View())
	p.Advance(30 * time.Second)
	p.approve()
	p.Want("RUNNING")
	p.wantPosts(t, 1)
	p.Advance(time.Minute)
	p.Want("COMPLETED")
}

// TestRefusedByTheService is the race that the program cannot win: the other job
// starts between its look at the jobs and the update.
func TestRefusedByTheService(t *testing.T) {
	const message = "Cannot update the API while a job is pending."
	p := start(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{
		{Operation: "UpdateBackendAPI", Count: 1, Status: 400, Code: "BadRequestException", Message: message},
	}}})
	p.change()
	p.approve()
	p.wantPosts(t, 1)
	p.Want("Nothing was started", "Cannot update the API while a job")
	uitest.Golden(t, "scenario/refused", p.View())
	p.approve()
	p.Want("RUNNING")
	p.wantPosts(t, 2)
}

func TestApprovalShowsARunningJob(t *testing.T) {
	p := start(t, setup{emulator: emulator.Options{Scenario: emulator.Pending}})
	p.change()
	p.to("6")
	p.Press("ctrl+s")
	p.Want("(GenerateBackendAPIModels) is RUNNING")
	if line := p.Line("env "); !strings.Contains(line, "protected") {
		t.Errorf("nothing says that prod is protected: %s", line)
	}
	uitest.Golden(t, "scenario/pending-approval", p.View())
	p.Press("esc")
	p.wantPosts(t, 0)
}

func TestDriftStopsAndShows(t *testing.T) {
	p := submit(t, emulator.Drift)
	p.wantPosts(t, 0)
	p.Want("Stopped", "othing was sent", "renewed in Amplify Studio")
	uitest.Golden(t, "scenario/drift", p.View())
	p.Press("esc")
	p.Want("[6 Review]")
	uitest.Golden(t, "scenario/drift-review", p.View())
	p.wantKept(t)

	p.approve() // of the plan against what is deployed now
	p.Want("RUNNING")
	p.wantPosts(t, 1)
}

func TestMovedSchemaStopsAndShows(t *testing.T) {
	p := start(t, setup{})
	p.into("5")
	p.Press("right", "tab")
	p.Type("schema.graphql")
	p.Want("10 lines")
	p.to("6")
	p.Press("ctrl+s")
	p.disk["schema.graphql"].Data = []byte(newSchema + "type Late @model { id: ID! }\n")
	p.Type(emulator.SampleProd)
	p.Press("enter")
	p.wantPosts(t, 0)
	p.Want("Stopped", "schema.graphql has changed")
	p.Press("esc")
	p.into("5")
	p.Want("11 lines")
}

// TestLostAnswer covers the failures after which nobody can know from the answer
// whether the update started. It is sent once; what became of it is found out, or
// said to be unknown.
func TestLostAnswer(t *testing.T) {
	for _, c := range []struct {
		scenario emulator.Scenario
		verdict  submission.Verdict
		shown    string
	}{
		{emulator.Timeout, submission.Done, "COMPLETED"},
		{emulator.Reset, submission.Done, "COMPLETED"},
		{emulator.Lost, submission.Unknown, "Outcome unknown"},
	} {
		t.Run(string(c.scenario), func(t *testing.T) {
			p := submit(t, c.scenario)
			p.wantPosts(t, 1)
			uitest.Golden(t, "scenario/"+string(c.scenario), p.View())
			p.Press("enter", "ctrl+s", "y")
			p.Advance(3 * time.Minute)
			p.Want(c.shown)
			uitest.Golden(t, "scenario/"+string(c.scenario)+"-later", p.View())
			if s := p.submission(); s.Verdict() != c.verdict {
				t.Errorf("the verdict is %q", s.Verdict())
			}
			p.wantPosts(t, 1)
		})
	}
}

func TestDenied(t *testing.T) {
	p := submit(t, emulator.Denied)
	p.wantPosts(t, 1)
	p.Want("Nothing was started", "amplifybackend:UpdateBackendAPI")
	uitest.Golden(t, "scenario/denied", p.View())
	p.wantKept(t)
}

func TestExpiredCredentialsPauseTheWatching(t *testing.T) {
	p := submit(t, emulator.Expired)
	p.Advance(10 * time.Second)
	p.Want("paused")
	uitest.Golden(t, "scenario/expired", p.View())
	p.Advance(5 * time.Minute)
	p.Want("COMPLETED")
	p.wantPosts(t, 1)
}

func TestStuckJobStaysRunning(t *testing.T) {
	p := submit(t, emulator.Stuck)
	p.Advance(20 * time.Minute)
	p.Want("RUNNING", "20 m 00 s", "Leaving does not stop the job")
	p.Press("q")
	p.Want("Leave ampedit?")
	uitest.Golden(t, "scenario/stuck-leave", p.View())
	p.Press("y")
	if !p.Left() || p.InFlight() != 0 {
		t.Errorf("left %v with %d commands in flight", p.Left(), p.InFlight())
	}
}

// TestStuckJobIsPassedOver sends another change although the job of the last one does not
// end: the user says so, and the approval names it. The service refuses all the same.
func TestStuckJobIsPassedOver(t *testing.T) {
	p := submit(t, emulator.Stuck)
	p.Advance(time.Minute)
	p.change()
	p.to("6")
	p.Press("ctrl+s")
	p.Want("a job sent from here is still running")
	p.Press("enter", "x")
	p.Want("Pass over this job?")
	p.Press("y", "ctrl+s")
	p.Want("Send this to prod?", "is passed over, as you said")
	p.Type(emulator.SampleProd)
	p.Press("enter")
	p.Want("The service itself refuses")
	p.wantPosts(t, 2)
	if r := p.submission().Receipt(); len(r.PassedOver) != 1 {
		t.Errorf("the receipt names %q", r.PassedOver)
	}
}

// TestApprovalWarnsOnASmallScreen asks for another approval after a lost answer and with
// a job passed over: the warnings come before what only says again what was chosen.
func TestApprovalWarnsOnASmallScreen(t *testing.T) {
	p := submit(t, emulator.Stuck)
	p.Advance(time.Minute)
	p.change()
	p.Resize(60, 15)
	p.to("6")
	p.Press("ctrl+s", "enter", "x", "y", "ctrl+s")
	p.Want("Send this to prod?", "has not ended and is passed over")
	p.WantNot("has ended: RUNNING")

	p = submit(t, emulator.Foreign)
	p.Advance(3 * time.Minute)
	p.Want("Outcome unknown")
	p.Resize(60, 15)
	p.to("6")
	p.Press("ctrl+s")
	p.Want("Send this to prod?", "this one may start a second", "env      prod")
	p.wantPosts(t, 1)
}

// TestOneUpdate presses everything that sends while the request is on its way.
func TestOneUpdate(t *testing.T) {
	p := start(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{
		{Operation: "UpdateBackendAPI", Delay: 5 * time.Second},
	}}})
	p.change()
	p.approve()
	p.Want("sending, once")
	for range 5 {
		p.Press("enter", "y", "ctrl+s")
		p.to("6")
		p.Press("ctrl+s")
		p.WantNot("Send this to")
		p.Type(emulator.SampleProd)
		p.Press("enter", "y")
	}
	p.wantPosts(t, 1)
	p.Advance(time.Minute)
	p.to("7")
	p.Want("COMPLETED")
	p.wantPosts(t, 1)
}

// TestTypedBeforeTheAnswer types while the deployed configuration is being read.
func TestTypedBeforeTheAnswer(t *testing.T) {
	p := start(t, setup{emulator: emulator.Options{Scenario: emulator.Slow}})
	p.Want("reading what is deployed")
	p.into("1")
	for range 5 {
		p.Press("tab")
	}
	p.Type("renamed")
	p.Want("renamed")
	p.Advance(10 * time.Second)
	p.Want("renamed", "~ was notes", "deployed configuration read")
	uitest.Golden(t, "scenario/typed-before", p.View())
	p.to("2")
	p.Want("web client") // what nobody typed is filled in
}

// TestHostileText shows a service whose texts carry escape sequences, control
// characters and wide characters.
func TestHostileText(t *testing.T) {
	const hostile = `\u001b]0;pwned\u0007\u001b[2J\u001b[31mred\u0000\u009b5mｗｉｄｅ 日本語 e\u0301\u202ebackwards`
	apps := emulator.SampleApps(begin)
	apps[0].Name = "Ac\x1b[2Jme \u202eNotes"
	for i := range apps[0].Environments {
		apps[0].Environments[i].APIs = map[string]string{emulator.SampleResource: `{
			"apiName": "notes", "service": "AppSync",
			"defaultAuthType": {"mode": "API_KEY", "settings": {"description": "` + hostile + `", "expirationTime": 7}},
			"additionalAuthTypes": [{"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "` + hostile + `", "openIDIssueURL": "https://例え.example/\u001b[1m", "openIDClientId": "` + hostile + `"}}],
			"conflictResolution": {"resolutionStrategy": "NONE"},
			"transformSchema": "type Post @model {\n  id: ID! # ` + hostile + `\n}\n"}`}
		apps[0].Environments[i].Jobs = []emulator.Job{{ID: "id\x1b[2J", Operation: "Op\x1b[31m\u202e", Created: begin.Add(-time.Hour), Error: "broken\x1b[2J"}}
	}
	for _, size := range sizes {
		p := start(t, setup{w: size.w, h: size.h, emulator: emulator.Options{Apps: apps}})
		for _, number := range []string{"1", "2", "3", "4", "5", "6", "7"} {
			p.into(number)
			for range 8 {
				p.wantClean(t)
				p.Press("tab")
			}
		}
		p.into("6")
		for range 5 {
			p.wantClean(t)
			p.Press("right")
		}
		p.into("5")
		p.Press("v")
		p.wantClean(t)
		p.approve()
		p.wantClean(t)
		p.Advance(time.Minute)
		p.wantClean(t)
	}
}

// wantClean fails the test if the screen, drawn without colour, holds anything
// that a terminal would obey, or a line that is too long.
func (p *program) wantClean(t *testing.T) {
	t.Helper()
	p.wantFits(t)
	own := strings.NewReplacer("\x1b[7m", "", "\x1b[0m", "") // the text cursor, which is drawn without colour, too
	for _, r := range own.Replace(p.Raw()) {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", r) {
			t.Fatalf("character %U reaches the screen\n%s", r, p.Boxed())
		}
	}
}
