package ui_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
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

// leaveKeeping ends the program as its user does.
func (p *program) leaveKeeping(t *testing.T) ui.Kept {
	t.Helper()
	p.app.Finish(t.Context())
	kept, err := p.app.KeepDraft()
	if err != nil {
		t.Fatal(err)
	}
	p.kill()
	return kept
}

// killed ends the program as the system does: its locks are gone with it.
func (p *program) killed(j *journal.Journal) {
	p.kill()
	j.Close()
}

// openJournal opens a journal in which each look at the clock is a second later.
func openJournal(t *testing.T, root string) *journal.Journal {
	t.Helper()
	now := begin
	j, err := journal.Open(journal.Options{Root: root, Files: uitest.Files{}, Now: func() time.Time {
		now = now.Add(time.Second)
		return now
	}})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// renew asks for a renewal by as many days as before.
func (p *program) renew() {
	p.into("2")
	p.Press("tab", "tab", "ctrl+u")
	p.Type("7")
}

func TestDraftIsOffered(t *testing.T) {
	j := newJournal(t)
	p := start(t, setup{journal: j})
	p.change()
	if kept := p.leaveKeeping(t); !kept.Typed || kept.Sent {
		t.Fatal(kept)
	}
	p = start(t, setup{journal: j})
	p.Want("Take up the draft?", "Default authorization, Description: web client → web client two")
	p.Press("y")
	p.Want("draft taken up")
	p.wantKept(t)
	if kept := drafts(t, j); len(kept) != 1 {
		t.Errorf("%d drafts, not the one that was taken up", len(kept))
	}
}

// TestDraftIsDeclinedOrDiscarded keeps a draft that is declined, whatever is typed
// afterwards, and removes one that is discarded.
func TestDraftIsDeclinedOrDiscarded(t *testing.T) {
	j := openJournal(t, t.TempDir())
	p := start(t, setup{journal: j})
	p.change()
	p.leaveKeeping(t)

	p = start(t, setup{journal: j})
	p.Want("Take up the draft?")
	p.Press("n")
	p.Want("the next start offers it again")
	p.into("4") // another field
	p.choose("● Automerge")
	p.Advance(time.Second)
	if kept := drafts(t, j); len(kept) != 2 {
		t.Fatalf("%d drafts, not the declined one and the new one", len(kept))
	}
	p.leaveKeeping(t)

	p = start(t, setup{journal: j})
	p.Want("Take up the draft?", "Conflict resolution, Strategy:", "Draft 1 of 2")
	p.Press("right", "right", "enter")
	p.Want("the draft is discarded", "Draft 2 of 2", "Description: web client → web client two")
	p.Press("n")
	if kept := drafts(t, j); len(kept) != 1 || !bytes.Contains(kept[0].Data, []byte("web client two")) {
		t.Errorf("the drafts are %s", kept)
	}
	p.leaveKeeping(t)
	p = start(t, setup{journal: j})
	p.Want("Take up the draft?")
	p.WantNot("Draft 1 of")
}

// TestDraftOfAProgramThatRunsIsNotOffered has two programs type for one target: each
// keeps its own.
func TestDraftOfAProgramThatRunsIsNotOffered(t *testing.T) {
	root := t.TempDir()
	p := start(t, setup{journal: openJournal(t, root)})
	p.change()
	p.Advance(time.Second)
	j := openJournal(t, root)
	other := start(t, setup{journal: j})
	other.WantNot("Take up the draft?")
	other.change()
	other.Advance(time.Second)
	if kept := drafts(t, j); len(kept) != 2 {
		t.Errorf("%d drafts, not one for each program", len(kept))
	}
}

// TestDraftWithoutABackend keeps what was typed before anything names a backend, or
// says who the user is.
func TestDraftWithoutABackend(t *testing.T) {
	nobody := func(context.Context, edit.Access) (*edit.Session, error) { return nil, errors.New("no configuration") }
	for name, s := range map[string]setup{
		"no target":            {defaults: map[forms.Key]string{}},
		"no session":           {connect: nobody},
		"neither":              {defaults: map[forms.Key]string{}, connect: nobody},
		"a part of the target": {defaults: map[forms.Key]string{forms.KeyAppID: emulator.SampleAppID}},
	} {
		t.Run(name, func(t *testing.T) {
			s.journal = newJournal(t)
			p := start(t, s)
			p.into("2")
			p.choose("● OpenID Connect")
			p.Press("tab", "tab")
			p.Type("https://id.example.com/")
			p.Press("ctrl+c")
			p.Want("It is kept as a draft and offered at the next start.")
			kept := drafts(t, s.journal)
			if len(kept) != 1 || !bytes.Contains(kept[0].Data, []byte("https://id.example.com/")) {
				t.Fatalf("the drafts are %s", kept)
			}
			p.killed(s.journal)
			p = start(t, s)
			p.Want("Take up the draft?", "Issuer URL: https://id.example.com/")
			p.Press("y")
			p.into("2")
			p.Want("https://id.example.com/")
			p.leaveKeeping(t)

			p = start(t, setup{journal: s.journal}) // the target is complete now
			p.Want("Take up the draft?", "Issuer URL: https://id.example.com/")
		})
	}
}

// TestTypedTargetIsOffered keeps the names of a backend that were typed, until what is
// deployed there was read.
func TestTypedTargetIsOffered(t *testing.T) {
	s := setup{journal: newJournal(t), defaults: map[forms.Key]string{}}
	p := start(t, s)
	p.Press("enter", "tab", "tab")
	p.Type(emulator.SampleAppID)
	p.Advance(time.Second)
	p.killed(s.journal)
	p = start(t, s)
	p.Want("Take up the draft?", "App ID: "+emulator.SampleAppID)
	p.Press("y")
	if got := p.app.Edit().Target().AppID; got != emulator.SampleAppID {
		t.Errorf("the app is %q", got)
	}
	p.leaveKeeping(t)
	p = start(t, setup{journal: s.journal})
	p.WantNot("Take up the draft?") // it says nothing that is not known
}

// TestLeavingPromisesOnlyWhatIsSo says what becomes of what was typed.
func TestLeavingPromisesOnlyWhatIsSo(t *testing.T) {
	full := &brokenFiles{}
	broken, err := journal.Open(journal.Options{Root: filepath.Join(t.TempDir(), "ampedit"), Files: full})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		journal *journal.Journal
		typed   string
		fails   bool
		want    []string
	}{
		"kept":          {newJournal(t), " two", false, []string{"It is kept as a draft and offered at the next start."}},
		"no journal":    {nil, " two", false, []string{"No drafts are kept here: it would be lost."}},
		"full disk":     {broken, " two", true, []string{"It would be lost:", "no space left on device"}},
		"with a secret": {newJournal(t), " da2-abcdefghijklmnopqrstuvwxyz", false, []string{"It is kept as a draft", "because it holds a secret: Default", "authorization, Description"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, setup{journal: c.journal})
			p.change()
			p.Type(c.typed)
			full.fails = c.fails
			p.Press("ctrl+c")
			p.Want(append(c.want, "What you changed is not in effect.")...)
		})
	}
}

// brokenFiles are files on a disk that may be full.
type brokenFiles struct {
	uitest.Files
	fails bool
}

func (f *brokenFiles) Create(name string) (journal.File, error) {
	if f.fails {
		return nil, syscall.ENOSPC
	}
	return f.Files.Create(name)
}

// TestDraftOfANewerVersionIsLeftAlone types for a target of which a newer version has
// left a draft.
func TestDraftOfANewerVersionIsLeftAlone(t *testing.T) {
	root := t.TempDir()
	j := openJournal(t, root)
	p := start(t, setup{journal: j})
	p.change()
	p.leaveKeeping(t)
	names, err := filepath.Glob(filepath.Join(root, "drafts", "*.draft"))
	if err != nil || len(names) != 1 {
		t.Fatal(names, err)
	}
	data, err := os.ReadFile(names[0])
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Replace(data, []byte(`"version":2`), []byte(`"version":99`), 1)
	if err := os.WriteFile(names[0], newer, 0o600); err != nil {
		t.Fatal(err)
	}
	p = start(t, setup{journal: j})
	p.Want("a draft was written by a newer version of ampedit")
	p.change()
	p.Advance(time.Second)
	p.leaveKeeping(t)
	if now, err := os.ReadFile(names[0]); err != nil || !bytes.Equal(now, newer) {
		t.Errorf("it is %s, %v", now, err)
	}
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
		if kept := p.leaveKeeping(t); kept.Typed != (want == 1) {
			t.Errorf("%s: leaving keeps a draft: %+v", scenario, kept)
		}
	}
}

// TestWhatWasSentIsNotOffered starts again while a job runs, and after it has ended: a
// renewal by as many days as before, too, is offered only once the job has failed.
func TestWhatWasSentIsNotOffered(t *testing.T) {
	for scenario, offered := range map[emulator.Scenario]bool{emulator.Happy: false, emulator.Failed: true} {
		t.Run(string(scenario), func(t *testing.T) {
			j := newJournal(t)
			p := start(t, setup{journal: j, emulator: emulator.Options{Scenario: scenario}})
			p.renew()
			p.approve()
			p.Want("RUNNING")
			server, clock := p.server, p.clock
			p.killed(j)
			again := setup{journal: j, server: server, clock: clock}
			p = start(t, again)
			p.WantNot("Take up the draft?")
			p.Press("esc")
			p.leaveKeeping(t)
			p = start(t, again)
			p.WantNot("Take up the draft?")
			p.Press("esc")
			p.Advance(10 * time.Minute) // the job page goes on with the job
			if p.Has("Take up the draft?") != offered {
				t.Errorf("offered: %v\n%s", !offered, p.Boxed())
			}
			if offered {
				p.Want("Expires in: 7, counted anew")
			}
			if kept := drafts(t, j); len(kept) > 0 != offered {
				t.Errorf("the drafts are %s", kept)
			}
		})
	}
}

// TestTypedBesideWhatWasSent is offered while the job runs.
func TestTypedBesideWhatWasSent(t *testing.T) {
	j := newJournal(t)
	p := start(t, setup{journal: j})
	p.renew()
	p.approve()
	p.Want("RUNNING")
	p.change()
	p.Press("ctrl+c")
	p.Want("The job goes on without you", "It is kept as a draft")
	server, clock := p.server, p.clock
	p.killed(j)
	p = start(t, setup{journal: j, server: server, clock: clock})
	p.Want("Take up the draft?", "Description: web client → web client two", "It also holds what was sent from it, of which the end is not known")
	p.WantNot("Expires in")
	p.Press("y")
	p.Advance(10 * time.Minute)
	if got := p.app.Edit().Plan().Changes; len(got) != 1 || got[0].New != `"web client two"` {
		t.Errorf("left to send is %+v", got)
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
			if kept := p.leaveKeeping(t); !kept.Typed || kept.Sent {
				t.Errorf("leaving keeps a draft: %+v", kept)
			}
		})
	}
}

// TestDraftStaysWithItsTarget goes to another environment with something typed: what
// was typed for the first one is offered there.
func TestDraftStaysWithItsTarget(t *testing.T) {
	j := newJournal(t)
	p := start(t, setup{journal: j})
	p.change()
	p.into("1")
	p.Press("tab", "tab", "tab")
	p.Press("ctrl+u")
	p.Type("dev")
	p.Press("ctrl+n")
	p.Advance(time.Second)
	p.leaveKeeping(t)
	p = start(t, setup{journal: j})
	p.Want("Take up the draft?", "Description: web client → web client two")
}
