package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// stages are the steps of a submission as a user sees them, each with what the
// journal says once it is done.
var stages = []struct {
	name  string
	do    func(*walk) error
	state string
}{
	{"save a draft", func(w *walk) error { return w.journal.SaveDraft(prod, []byte("second")) }, "draft second"},
	{"lock", func(w *walk) (err error) { w.lock, err = w.journal.Lock(prod); return err }, "draft second"},
	{"begin", func(w *walk) (err error) { w.pending, err = w.lock.Begin(intent(prod)); return err }, "draft second, unknown"},
	{"look in vain", func(w *walk) error {
		return w.pending.Resolve(Resolution{Verdict: Unknown, KnownBy: "no new job yet"})
	}, "draft second, unknown: no new job yet"},
	{"find the job", func(w *walk) error {
		return w.pending.Resolve(Resolution{Verdict: Started, JobID: "job-3", KnownBy: "a new job"})
	}, "draft second, started: a new job"},
	{"see the end", func(w *walk) error {
		return w.journal.Record(w.pending.Receipt().ID, JobState{Status: "COMPLETED", StartedAt: began, EndedAt: began.Add(time.Minute)})
	}, "draft second, started: a new job COMPLETED"},
	{"drop the draft", func(w *walk) error { return w.journal.DropDraft(prod) }, "started: a new job COMPLETED"},
}

// walk is a submission under way.
type walk struct {
	journal *Journal
	lock    *Lock
	pending *Pending
}

// run does the stages until one fails, and returns how many were done.
func (w *walk) run() (int, error) {
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
	d, err := j.LoadDraft(prod)
	if err != nil {
		t.Fatal(err)
	}
	if d != nil {
		state = "draft " + string(d.Data)
	}
	list, err := j.List(Target{}, 10)
	if err != nil || len(list.Unreadable) > 0 {
		t.Fatalf("list: %v, unreadable %v", err, list.Unreadable)
	}
	for _, r := range list.Receipts {
		if state != "" {
			state += ", "
		}
		state += string(r.Verdict)
		if r.KnownBy != "" {
			state += ": " + r.KnownBy
		}
		if r.Status != "" {
			state += " " + r.Status
		}
	}
	return state
}

func TestCrashAtEachStepLeavesBeforeOrAfter(t *testing.T) {
	for _, powerLoss := range []bool{false, true} {
		for crashAt := 1; ; crashAt++ {
			root := filepath.Join(t.TempDir(), "ampedit")
			before, _ := openAt(t, root, nil)
			if err := before.SaveDraft(prod, []byte("first")); err != nil {
				t.Fatal(err)
			}
			disk := &faults{crashAt: crashAt, powerLoss: powerLoss}
			j, _ := openAt(t, root, disk)
			w := &walk{journal: j}
			done, err := w.run()
			if w.lock != nil {
				_ = w.lock.Release() // the system does it for a dead process
			}
			if err == nil && !disk.crashed {
				if crashAt < 20 {
					t.Fatalf("only %d steps; the walk does not touch the disk", crashAt)
				}
				break
			}
			checkAfterCrash(t, root, done, fmt.Sprintf("power loss %v, step %d", powerLoss, crashAt))
		}
	}
}

// checkAfterCrash starts anew after the stages done and a crash in the next one.
func checkAfterCrash(t *testing.T, root string, done int, where string) {
	t.Helper()
	j, _ := openAt(t, root, nil)
	allowed := []string{"draft first"}
	if done > 0 {
		allowed = []string{stages[done-1].state}
	}
	if done < len(stages) {
		allowed = append(allowed, stages[done].state)
	}
	got := observe(t, j)
	if !slices.Contains(allowed, got) {
		t.Errorf("%s, after %d stages: %q, want one of %q", where, done, got, allowed)
	}
	unresolved, err := j.Unresolved()
	if err != nil {
		t.Fatal(err)
	}
	unended, err := j.Unended()
	if err != nil {
		t.Fatal(err)
	}
	list, err := j.List(Target{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	finished := 0
	for _, r := range list.Receipts {
		if !r.EndedAt.IsZero() {
			finished++
		}
		asked := slices.Contains(ids(unresolved), r.ID)
		watched := slices.Contains(ids(unended), r.ID)
		if asked != (r.Verdict == Unknown) || watched != (r.Verdict == Started && r.EndedAt.IsZero()) {
			t.Errorf("%s: %s, ended %v: unresolved %v, unended %v", where, r.Verdict, r.EndedAt, asked, watched)
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
			list, err := j.List(Target{}, 10)
			if err != nil || len(list.Receipts) > 0 {
				t.Errorf("left %q, error %v", ids(list), err)
			}
		})
	}
}
