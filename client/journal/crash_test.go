package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// stage is a step of a submission as a user sees it.
type stage struct {
	name string
	do   func(*walk) error
	// state is what the journal says once it is done.
	state string
	// closes says that the receipt is closed by it.
	closes bool
}

// walk is a submission under way.
type walk struct {
	journal *Journal
	lock    *Lock
	receipt Receipt
	draft   *DraftFile
}

// save is a step that writes down what change makes of the receipt.
func save(open bool, change func(*Receipt)) func(*walk) error {
	return func(w *walk) error {
		change(&w.receipt)
		return w.journal.Save(w.receipt, open)
	}
}

var beginning = []stage{
	{name: "save a draft", do: func(w *walk) error { _, err := w.draft.Save(prod, []byte("second")); return err }, state: "draft second"},
	{name: "lock", do: func(w *walk) (err error) { w.lock, err = w.journal.Lock(prod); return err }, state: "draft second"},
	{name: "begin", do: func(w *walk) (err error) { w.receipt, err = w.lock.Begin(intent(prod)); return err }, state: "draft second, unknown"},
	{name: "look in vain", do: save(true, func(r *Receipt) { r.Reason = "no new job" }), state: "draft second, unknown: no new job"},
}

// walks are submissions, from the beginning on.
var walks = map[string][]stage{
	"to its end": slices.Concat(beginning, []stage{
		{name: "find the job", do: save(true, func(r *Receipt) {
			r.Verdict, r.Reason, r.JobID = "started", "a new job", "job-3"
		}), state: "draft second, started: a new job"},
		{name: "see the end", do: save(true, func(r *Receipt) {
			r.Status, r.StartedAt, r.EndedAt = "COMPLETED", began, began.Add(time.Minute)
		}), state: "draft second, started: a new job COMPLETED"},
		{name: "read back", do: save(false, func(r *Receipt) {
			r.Verdict, r.Reason = "done", "read back"
		}), state: "draft second, done: read back COMPLETED", closes: true},
		{name: "drop the draft", do: func(w *walk) error { return w.draft.Drop() }, state: "done: read back COMPLETED"},
	}),
	"given up": slices.Concat(beginning, []stage{
		{name: "abandon", do: func(w *walk) error { return w.journal.Abandon(w.receipt.ID) }, state: "draft second, unknown: no new job abandoned", closes: true},
		{name: "drop the draft", do: func(w *walk) error { return w.draft.Drop() }, state: "unknown: no new job abandoned"},
	}),
}

// run does the stages until one fails, and returns how many were done.
func (w *walk) run(stages []stage) (int, error) {
	for i, stage := range stages {
		if err := stage.do(w); err != nil {
			return i, err
		}
	}
	return len(stages), nil
}

// observe says in words what a fresh start finds.
func observe(t *testing.T, j *Journal) string {
	t.Helper()
	state := ""
	if drafts := draftsOf(t, j, prod); len(drafts) > 0 {
		state = "draft " + string(drafts[0].Data)
	}
	list, err := j.List(Target{}, 10)
	if err != nil || len(list.Unreadable) > 0 {
		t.Fatalf("list: %v, unreadable %v", err, list.Unreadable)
	}
	for _, r := range list.Receipts {
		if state != "" {
			state += ", "
		}
		state += r.Verdict
		if r.Reason != "" {
			state += ": " + r.Reason
		}
		if r.Status != "" {
			state += " " + r.Status
		}
		if !r.Abandoned.IsZero() {
			state += " abandoned"
		}
	}
	return state
}

func TestCrashAtEachStepLeavesBeforeOrAfter(t *testing.T) {
	for name, stages := range walks {
		for _, powerLoss := range []bool{false, true} {
			for crashAt := 1; ; crashAt++ {
				root := filepath.Join(t.TempDir(), "ampedit")
				before, _ := openAt(t, root, nil)
				id := mustDraft(t, before, prod, "first")
				disk := &faults{crashAt: crashAt, powerLoss: powerLoss}
				j, _ := openAt(t, root, disk)
				w := &walk{journal: j}
				done, err := 0, error(nil)
				if w.draft, _, err = j.ClaimDraft(id); err == nil {
					done, err = w.run(stages)
				}
				j.Close() // the system does it for a dead process
				if err == nil && !disk.crashed {
					if crashAt < 20 {
						t.Fatalf("only %d steps; the walk does not touch the disk", crashAt)
					}
					break
				}
				checkAfterCrash(t, root, stages, done, fmt.Sprintf("%s, power loss %v, step %d", name, powerLoss, crashAt))
			}
		}
	}
}

// checkAfterCrash starts anew after the stages done and a crash in the next one.
func checkAfterCrash(t *testing.T, root string, stages []stage, done int, where string) {
	t.Helper()
	j, _ := openAt(t, root, nil)
	allowed := []string{"draft first"}
	if done > 0 {
		allowed = []string{stages[done-1].state}
	}
	closing := false
	if done < len(stages) {
		allowed = append(allowed, stages[done].state)
		closing = stages[done].closes
	}
	got := observe(t, j)
	if !slices.Contains(allowed, got) {
		t.Errorf("%s, after %d stages: %q, want one of %q", where, done, got, allowed)
	}
	list, err := j.List(Target{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	finished := 0
	for _, r := range list.Receipts {
		complete := r.Verdict == "done" || !r.Abandoned.IsZero()
		open := slices.Contains(openIDs(t, j), r.ID)
		if open == complete && (!open || !closing) { // closing is the last step: until then it is complete and open
			t.Errorf("%s: %q is complete %v and open %v", where, got, complete, open)
		}
		if complete && open {
			mustSave(t, j, r, false)
		}
		if complete {
			checkClosed(t, j, r)
		}
		if complete && !r.EndedAt.IsZero() {
			finished++
		}
		if open := openIDs(t, j); complete && len(open) > 0 {
			t.Errorf("%s: %q cannot be closed", where, open)
		}
	}
	if durations, err := j.Durations(prod, 10); err != nil || len(durations) != finished {
		t.Errorf("%s: %d durations of %d finished jobs, error %v", where, len(durations), finished, err)
	}
	l, err := j.Lock(prod)
	if err != nil {
		t.Fatalf("%s: the crash left a lock: %v", where, err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
}

// A receipt that could not be written in full must not make the next start look
// for a job that nobody asked for.
func TestFailedBeginLeavesNoReceipt(t *testing.T) {
	for _, step := range []string{"create", "write", "sync", "close", "rename", "syncdir"} {
		t.Run(step, func(t *testing.T) {
			disk := &faults{}
			j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
			l := mustLock(t, j, prod)
			if err := j.makeFolder(j.path(receiptsFolder, "")); err != nil {
				t.Fatal(err)
			}
			broken := errors.New("broken disk")
			disk.refuse = func(what, _ string) error {
				if what == step {
					return broken
				}
				return nil
			}
			if _, err := l.Begin(intent(prod)); !errors.Is(err, broken) {
				t.Fatalf("error %v, want the disk's", err)
			}
			disk.refuse = nil
			list, err := j.List(Target{}, 10)
			if err != nil || len(list.Receipts) > 0 || len(openIDs(t, j)) > 0 {
				t.Errorf("left %q, error %v", ids(list), err)
			}
			if r, err := l.Begin(intent(prod)); err != nil || r.ID != "2026-11-22T14-03-31Z-prod" {
				t.Errorf("begun again as %q, error %v; want the id that is free", r.ID, err)
			}
		})
	}
}
