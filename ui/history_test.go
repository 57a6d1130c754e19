package ui_test

import (
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// newJournal returns a journal of its own.
func newJournal(t *testing.T) *journal.Journal {
	t.Helper()
	j, err := journal.Open(journal.Options{Root: t.TempDir(), Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// sentOnce is a program that has sent a change of the description, to its end.
func sentOnce(t *testing.T) *program {
	t.Helper()
	p := start(t, setup{journal: newJournal(t)})
	p.change()
	p.approve()
	p.Advance(time.Minute)
	p.Want("COMPLETED")
	return p
}

func TestHistoryShowsWhatWasSent(t *testing.T) {
	p := sentOnce(t)
	id := p.submission().Receipt().ID
	p.Press("H")
	p.Want("Sent to prod from here", "in effect", "1 to change", id+"  job "+p.submission().JobID())
	p.wantFits(t)
	p.Press("enter")
	p.Want("receipt   "+id, "verdict   done")
	p.Press("esc", "y")
	if len(p.copied) != 1 || p.copied[0] != id {
		t.Errorf("copied %q, not the id", p.copied)
	}
	p.Press("esc")
	p.Want("[7 Job]")
}

func TestHistoryComparesTwoReceipts(t *testing.T) {
	p := sentOnce(t)
	p.Press("H", "c")
	p.Want("no older receipt")
	p.Press("esc")
	p.into("2")
	p.Press("tab")
	p.Type(" again")
	p.approve()
	p.Advance(time.Minute)
	p.Press("H", "c")
	p.Want("-        \"description\"", "+        \"description\"", "again")
}

func TestHistoryWithNothingToShow(t *testing.T) {
	p := start(t, setup{})
	p.Press("H")
	p.Want("no receipts are kept here")
	p = start(t, setup{journal: newJournal(t)})
	p.Press("H")
	p.Want("nothing yet")
	p.Press("p", "enter")
	p.Want("no receipt is selected")
	p.wantPosts(t, 0)
}

// TestPutBackIsAnOrdinaryChange puts back what was deployed before: through the
// review, its plan and the approval.
func TestPutBackIsAnOrdinaryChange(t *testing.T) {
	p := sentOnce(t)
	p.Press("H", "p")
	p.Want("[6 Review]", "defaultAuthType.settings.description", "nothing is sent before you approve")
	p.wantPosts(t, 1)
	p.approve()
	p.Advance(time.Minute)
	p.Want("COMPLETED", "read back: it is what was approved")
	p.wantPosts(t, 2)
	p.Press("H")
	p.Want("2026-11-03T09-30-00Z-prod-2")
}

func TestHistoryFitsEverySize(t *testing.T) {
	p := sentOnce(t)
	p.Press("H")
	for _, size := range sizes {
		p.Resize(size.w, size.h)
		p.wantFits(t)
		p.Want("┃")
	}
	for _, binding := range p.app.KeysHere() {
		for _, name := range binding.Keys() {
			p := sentOnce(t)
			p.Press("H", name)
			p.WantNot("does nothing here")
		}
	}
}

func TestPutBackAsksBeforeItReplacesWhatWasTyped(t *testing.T) {
	p := sentOnce(t)
	p.into("2")
	p.Press("tab")
	p.Type(" three")
	p.to("4")
	p.Press("H", "p")
	p.Want("Replace what you typed?")
	p.Press("enter") // the default is to keep it
	p.into("2")
	p.Want("web client two three")
	p.to("4")
	p.Press("H", "p", "y")
	p.Want("[6 Review]")
	p.into("2")
	p.WantNot("three")
	p.Want("~ was web client two")
	p.wantPosts(t, 1)
}

// TestWatchedJobRecordsItsEnd leaves a job that runs, comes back to it, and has its
// receipt completed.
func TestWatchedJobRecordsItsEnd(t *testing.T) {
	j := newJournal(t)
	lock, err := j.Lock(journal.Target{Region: emulator.SampleRegion, AppID: emulator.SampleAppID, Environment: emulator.SampleProd})
	if err != nil {
		t.Fatal(err)
	}
	begun, err := lock.Begin(journal.Receipt{Verdict: "started", JobID: "j1", Sent: &wire.ResourceConfig{}, Target: journal.Target{
		Region: emulator.SampleRegion, AppID: emulator.SampleAppID, Environment: emulator.SampleProd, ResourceName: emulator.SampleResource,
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	apps := emulator.SampleApps(begin)
	for i := range apps[0].Environments {
		if env := &apps[0].Environments[i]; env.Name == emulator.SampleProd {
			env.Jobs = append(env.Jobs, emulator.Job{ID: "j1", Operation: "UpdateBackendAPI", Created: begin, Duration: 5 * time.Second})
		}
	}
	p := start(t, setup{journal: j, watch: submission.Resume(begun, submission.Options{}), emulator: emulator.Options{Apps: apps}})
	p.Want("[7 Job]", "RUNNING")
	p.Advance(time.Minute)
	p.Want("COMPLETED")
	if s := p.submission(); s.Receipt().ID != begun.ID || s.JobID() != "j1" {
		t.Errorf("what was watched is %+v", s.Receipt())
	}
	r, err := j.Get(begun.ID)
	if err != nil || r.Status != "COMPLETED" || r.EndedAt.IsZero() {
		t.Errorf("the receipt is %+v, %v", r, err)
	}
	p.wantPosts(t, 0)
}

func TestWatchLetsChooseAJob(t *testing.T) {
	p := start(t, setup{choose: true})
	p.Want("[7 Job]", "Choose one with")
	p.Press("enter")
	p.Want("COMPLETED")
	if s := p.submission(); s == nil || s.Own() || s.Verdict() != submission.Ended {
		t.Errorf("what was watched is %+v", s)
	}
}
