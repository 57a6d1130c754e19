package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// TestScreensTellTheTruth sends one change in each scenario, waits until all is known,
// and compares what the screen says with what the service did.
func TestScreensTellTheTruth(t *testing.T) {
	var table strings.Builder
	table.WriteString("| scenario | the screen says | verdict | updates sent | jobs started | receipt |\n|---|---|---|---|---|---|\n")
	for _, scenario := range emulator.Scenarios() {
		if scenario == emulator.MFA { // it is the demo's credentials, not the service's doing
			continue
		}
		t.Run(string(scenario), func(t *testing.T) {
			kept := newJournal(t)
			p := start(t, setup{emulator: emulator.Options{Scenario: scenario}, journal: kept})
			if scenario == emulator.Slow {
				p.Advance(30 * time.Second) // until all is read
			}
			p.sendOnce(scenario)
			verdict := "nothing was sent"
			if o := p.app.Exit().Outcome; o != nil {
				verdict = o.Verdict.String()
			}
			jobs := p.startedJobs()
			p.wantTruth(t, verdict, jobs)
			fmt.Fprintf(&table, "| %s | %s | %s | %d | %d | %s |\n", scenario, p.headline(), verdict, len(p.posts()), len(jobs), receiptOf(t, kept, verdict))
		})
	}
	if !t.Failed() {
		uitest.Section(t, "../docs/reliability.md", "scenarios on the screen", table.String())
	}
}

// sendOnce changes something, approves it and waits.
func (p *program) sendOnce(scenario emulator.Scenario) {
	p.change()
	p.to("6")
	p.Press("ctrl+s")
	p.Advance(10 * time.Second) // the jobs are listed
	p.Type(emulator.SampleProd)
	if scenario == emulator.Lambda {
		p.Type(" with losses")
	}
	p.Press("enter")
	p.Advance(10 * time.Minute)
}

func (p *program) startedJobs() []emulator.Job {
	return slices.DeleteFunc(p.server.Jobs(emulator.SampleAppID, emulator.SampleProd), func(j emulator.Job) bool {
		return j.Operation != "UpdateBackendAPI" || j.Created.Before(begin)
	})
}

// headline is the first sentence of the page, below what stands on every page.
func (p *program) headline() string {
	lines := strings.Split(p.View(), "\n")[3:]
	if strings.Contains(lines[0], "UpdateBackendAPI") { // names the job
		lines = lines[2:]
	}
	line, _, _ := strings.Cut(strings.TrimSpace(lines[0]), "   ")
	line, _, _ = strings.Cut(line, ". ")
	return strings.TrimSpace(strings.Trim(line, "─"))
}

func (p *program) wantTruth(t *testing.T, verdict string, jobs []emulator.Job) {
	t.Helper()
	refused := 0
	for _, r := range p.server.Requests() {
		if r.Operation == "UpdateBackendAPI" && r.Status == 429 {
			refused++
		}
	}
	if sent := len(p.posts()); sent-refused > 1 {
		t.Errorf("%d updates were sent, %d of them to no effect", sent, refused)
	}
	x := p.app.Exit()
	if want := map[bool]int{true: 1}[verdict == edit.Started.String()]; len(jobs) != want || want == 1 && jobs[0].ID != x.JobID {
		t.Errorf("%s, job %q, and the jobs are %+v\n%s", verdict, x.JobID, jobs, p.Boxed())
	}
	if completed := x.Result == edit.Completed; completed != p.Has("read back: it is what was approved") {
		t.Errorf("the job and the configuration disagree\n%s", p.Boxed())
	}
}

// receiptOf is what the receipt says, in a few words.
func receiptOf(t *testing.T, kept *journal.Journal, verdict string) string {
	t.Helper()
	h, err := edit.ReadHistory(kept, journal.Target{}, 10)
	if err != nil || len(h.Unreadable) > 0 || len(h.Receipts) > 1 {
		t.Fatalf("the receipts are %+v, %v", h, err)
	}
	if len(h.Receipts) == 0 {
		return "none"
	}
	r := &h.Receipts[0]
	if string(r.Verdict) != verdict {
		t.Errorf("the receipt says %s, and the screen %s", r.Verdict, verdict)
	}
	if r.InEffect != nil && *r.InEffect {
		return string(r.Verdict) + ", in effect"
	}
	return strings.TrimSuffix(string(r.Verdict)+", "+edit.ReceiptResult(r), ", ")
}
