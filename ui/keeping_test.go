package ui_test

import (
	"bytes"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
)

// drafts are what the journal keeps of what was typed.
func drafts(t *testing.T, j *journal.Journal) []journal.Draft {
	t.Helper()
	kept, bad, err := j.Drafts()
	if err != nil || len(bad) > 0 {
		t.Fatal(bad, err)
	}
	return kept
}

func TestDraftIsSavedWithinASecond(t *testing.T) {
	j := newJournal(t)
	p := start(t, setup{journal: j})
	p.Advance(time.Minute)
	if kept := drafts(t, j); len(kept) != 0 {
		t.Fatalf("nothing was typed, and there is %s", kept[0].Data)
	}
	p.change()
	p.Advance(time.Second)
	if kept := drafts(t, j); len(kept) != 1 || !bytes.Contains(kept[0].Data, []byte("web client two")) {
		t.Errorf("the drafts are %s", kept)
	}
}

func TestDraftIsOffered(t *testing.T) {
	j := newJournal(t)
	p := start(t, setup{journal: j})
	p.change()
	if kept, err := p.app.KeepDraft(); !kept || err != nil {
		t.Fatal(kept, err)
	}
	p = start(t, setup{journal: j})
	p.Want("Take up the draft?", "1 to change")
	p.Press("y")
	p.Want("draft taken up")
	p.wantKept(t)
}

// TestDraftEndsWithTheJob keeps the draft until the job has completed, and no longer.
func TestDraftEndsWithTheJob(t *testing.T) {
	for scenario, want := range map[emulator.Scenario]int{emulator.Happy: 0, emulator.Failed: 1, emulator.Stuck: 1, emulator.Lost: 1} {
		j := newJournal(t)
		p := start(t, setup{journal: j, emulator: emulator.Options{Scenario: scenario}})
		p.change()
		p.approve()
		p.Advance(5 * time.Minute)
		if got := len(drafts(t, j)); got != want {
			t.Errorf("%s: %d drafts, not %d", scenario, got, want)
		}
		if kept, err := p.app.KeepDraft(); kept != (want == 1) || err != nil {
			t.Errorf("%s: leaving keeps a draft: %v, %v", scenario, kept, err)
		}
	}
}

// TestTypedAfterTheJob is kept like anything else: while the job runs, after its
// end, and after the end of a job of somebody else.
func TestTypedAfterTheJob(t *testing.T) {
	type when struct {
		name string
		run  func(p *program)
	}
	for _, c := range []when{
		{"while the job runs", func(p *program) {
			p.change()
			p.approve()
			p.Want("RUNNING")
			p.change()
			p.Advance(time.Minute)
		}},
		{"after the job", func(p *program) {
			p.change()
			p.approve()
			p.Advance(time.Minute)
			p.change()
			p.Advance(time.Second)
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			j := newJournal(t)
			p := start(t, setup{journal: j})
			c.run(p)
			if !p.submission().InEffect() {
				t.Fatalf("the job has not completed\n%s", p.Boxed())
			}
			if kept := drafts(t, j); len(kept) != 1 || !bytes.Contains(kept[0].Data, []byte("web client two two")) {
				t.Errorf("the drafts are %s", kept)
			}
			if kept, err := p.app.KeepDraft(); !kept || err != nil {
				t.Errorf("leaving keeps a draft: %v, %v", kept, err)
			}
		})
	}
}
