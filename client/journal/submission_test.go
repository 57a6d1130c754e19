package journal

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"
)

func TestReceiptKeepsAllThatBecomesKnown(t *testing.T) {
	j, c := openNew(t)
	got, err := mustLock(t, j, prod).Begin(intent(prod))
	if err != nil {
		t.Fatal(err)
	}
	want := intent(prod)
	want.ID, want.Time, want.Version = "2026-11-22T14-03-31Z-prod", began, "1.2.3"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("begun (-want +got):\n%s", diff)
	}
	for _, stage := range []struct {
		name   string
		change func(*Receipt)
		open   bool
	}{
		{"begun", func(*Receipt) {}, true},
		{"about to leave", func(r *Receipt) { r.Attempts = []Attempt{{Left: began}} }, true},
		{"lost", func(r *Receipt) {
			r.Attempts[0].Ended, r.Attempts[0].End = began.Add(time.Second), "no answer"
			r.Reason, r.Error, r.AnsweredAt = "looking", "504 Gateway Timeout", began.Add(time.Second)
		}, true},
		{"found", func(r *Receipt) { r.Verdict, r.Reason, r.JobID = "started", "", "job-3" }, true},
		{"running", func(r *Receipt) { r.Status, r.CreateTime, r.StartedAt = "DEPLOYING", "1763820211", began }, true},
		{"ended", func(r *Receipt) { r.Verdict, r.Status, r.EndedAt = "unconfirmed", "COMPLETED", began.Add(time.Minute) }, true},
		{"read back", func(r *Receipt) { r.Verdict, r.ReadBack = "done", &ReadBack{At: began.Add(time.Hour), Same: true} }, true},
		{"read back again, after a later change", func(r *Receipt) { r.ReadBack = &ReadBack{At: began.Add(2 * time.Hour), Differs: []string{"apiName"}} }, true},
		{"forgotten again", func(r *Receipt) { r.ReadBack, r.JobID = nil, "" }, false},
	} {
		c.Time = c.Add(time.Second)
		stage.change(&want)
		mustSave(t, j, want, stage.open)
		if diff := cmp.Diff(want, mustGet(t, j, want.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", stage.name, diff)
		}
		if open := len(openIDs(t, j)) > 0; open != stage.open {
			t.Errorf("%s: open %v, want %v", stage.name, open, stage.open)
		}
	}
	checkClosed(t, j, want)
}

// Whether a receipt is open is what the caller says, whatever its members say.
func TestTheCallerSaysWhatIsOpen(t *testing.T) {
	ended := func(r *Receipt) { r.Verdict, r.Status, r.EndedAt, r.Closed = "done", "COMPLETED", began, began }
	for _, test := range []struct {
		name   string
		change func(*Receipt)
		open   []bool
		err    error // of the last one
	}{
		{"unknown and open", func(*Receipt) {}, []bool{true, true}, nil},
		{"unknown and closed", func(*Receipt) {}, []bool{true, false}, nil},
		{"ended and open", ended, []bool{true, true}, nil},
		{"ended and closed", ended, []bool{false}, nil},
		{"a verdict of the caller's own", func(r *Receipt) { r.Verdict = "perhaps 日本" }, []bool{true}, nil},
		{"closed, then open", func(*Receipt) {}, []bool{true, false, true}, ErrClosed},
		{"ended and closed, then open", ended, []bool{false, true}, ErrClosed},
		{"ended and closed, then closed", ended, []bool{false, false}, ErrClosed},
		{"abandoned and closed, then closed", func(r *Receipt) { r.Abandoned = began }, []bool{false, false}, ErrClosed},
	} {
		t.Run(test.name, func(t *testing.T) {
			j, _ := openNew(t)
			r := mustBegin(t, j, prod)
			test.change(&r)
			open := true
			for i, next := range test.open {
				var want error
				if i == len(test.open)-1 {
					want = test.err
				}
				if err := j.Save(r, next); !errors.Is(err, want) {
					t.Fatalf("save %d: %v, want %v", i, err, want)
				}
				open = open && next
			}
			if got := len(openIDs(t, j)) > 0; got != open {
				t.Errorf("open %v, want %v", got, open)
			}
			if diff := cmp.Diff(r, mustGet(t, j, r.ID)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A recorded end is never taken back, by whatever program.
func TestWhatIsClosedStaysWhatItIs(t *testing.T) {
	for name, settle := range map[string]func(*Journal, Receipt) error{
		"saved":     func(j *Journal, r Receipt) error { return j.Save(r, false) },
		"abandoned": func(j *Journal, r Receipt) error { return j.Abandon(r.ID) },
		"by another program": func(j *Journal, r Receipt) error {
			other, err := Open(Options{Root: j.root})
			return errors.Join(err, other.Save(r, false))
		},
	} {
		t.Run(name, func(t *testing.T) {
			j, c := openNew(t)
			r := mustBegin(t, j, prod)
			if err := settle(j, r); err != nil {
				t.Fatal(err)
			}
			c.Time = c.Add(time.Hour)
			other, err := Open(Options{Root: j.root})
			if err != nil {
				t.Fatal(err)
			}
			r.Verdict, r.Reason = "unknown", "looking"
			checkClosed(t, j, r)
			checkClosed(t, other, r)
		})
	}
}

func TestClosingAmongOthersThatSave(t *testing.T) {
	j, _ := openNew(t)
	r := mustBegin(t, j, prod)
	done := r
	done.Verdict = "done"
	var group sync.WaitGroup
	for i := range 16 {
		group.Go(func() {
			if i == 7 {
				if err := j.Save(done, false); err != nil {
					t.Error(err)
				}
			} else if err := j.Save(r, true); err != nil && !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := mustGet(t, j, r.ID); got.Verdict != "done" || len(openIDs(t, j)) > 0 {
		t.Errorf("verdict %q, open %q; want what closed it", got.Verdict, openIDs(t, j))
	}
	if files := contents(t, j.path(receiptsFolder, "")); len(files) != 1 {
		t.Errorf("%d files of one receipt", len(files))
	}
}

// gate holds up the first reading of an open receipt.
type gate struct {
	Disk
	once    sync.Once
	reached chan struct{} // closed once it was read
	pass    chan struct{} // closed when its reader may go on
}

func (g *gate) ReadFile(name string) ([]byte, error) {
	data, err := g.Disk.ReadFile(name)
	if err == nil && strings.HasSuffix(name, openSuffix) {
		g.once.Do(func() {
			close(g.reached)
			<-g.pass
		})
	}
	return data, err
}

// Whoever has read the receipt first, to close it or to give it up, comes first: what
// the others do meanwhile neither gets in between nor takes the end back.
func TestAbandoningRacesWithClosing(t *testing.T) {
	const programs = 16
	for name, abandons := range map[string]func(i int) bool{
		"abandoned first, closed by the others":   func(i int) bool { return i == 0 },
		"closed first, abandoned by the others":   func(i int) bool { return i > 0 },
		"abandoned first, the others do whatever": func(i int) bool { return i%2 == 0 },
		"closed first, the others do whatever":    func(i int) bool { return i%2 == 1 },
	} {
		t.Run(name, func(t *testing.T) {
			g := &gate{reached: make(chan struct{}), pass: make(chan struct{})}
			j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), g)
			begun := mustBegin(t, j, prod)
			var group sync.WaitGroup
			var ended atomic.Int32 // how many are through
			var closed atomic.Int32
			run := func(i int) {
				defer ended.Add(1)
				if abandons(i) {
					if err := j.Abandon(begun.ID); err != nil {
						t.Errorf("abandon: %v", err)
					}
					return
				}
				done := begun
				done.Verdict, done.JobID, done.EndedAt = "done", fmt.Sprint("job-", i), began.Add(time.Minute)
				switch err := j.Save(done, false); {
				case err == nil:
					closed.Add(1)
				case !errors.Is(err, ErrClosed):
					t.Errorf("close: %v", err)
				}
			}
			group.Go(func() { run(0) })
			<-g.reached
			for i := 1; i < programs; i++ {
				group.Go(func() { run(i) })
			}
			for range 1000 { // they would get in between here
				runtime.Gosched()
			}
			if n := ended.Load(); n > 0 {
				t.Errorf("%d got in between", n)
			}
			close(g.pass)
			group.Wait()

			want, closings := begun, int32(0)
			if abandons(0) {
				want.Abandoned = began
			} else {
				want.Verdict, want.JobID, want.EndedAt = "done", "job-0", began.Add(time.Minute)
				closings = 1
			}
			if diff := cmp.Diff(want, mustGet(t, j, begun.ID)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if n := closed.Load(); n != closings {
				t.Errorf("%d were told that they closed it, want %d", n, closings)
			}
			if files := contents(t, j.path(receiptsFolder, "")); len(files) != 1 || files[begun.ID+closedSuffix] == nil {
				t.Errorf("%d files of one closed receipt", len(files))
			}
			checkClosed(t, j, want)
		})
	}
}

// Without order, whoever was told that it closed the receipt finds its end there.
func TestAToldEndIsThere(t *testing.T) {
	for range 20 {
		j, _ := openNew(t)
		begun := mustBegin(t, j, prod)
		var group sync.WaitGroup
		var told atomic.Pointer[Receipt]
		start := make(chan struct{})
		for i := range 16 {
			group.Go(func() {
				<-start
				if i%2 == 0 {
					if err := j.Abandon(begun.ID); err != nil {
						t.Errorf("abandon: %v", err)
					}
					return
				}
				done := begun
				done.Verdict, done.JobID = "done", fmt.Sprint("job-", i)
				switch err := j.Save(done, false); {
				case err == nil:
					if !told.CompareAndSwap(nil, &done) {
						t.Error("closed twice")
					}
				case !errors.Is(err, ErrClosed):
					t.Errorf("close: %v", err)
				}
			})
		}
		close(start)
		group.Wait()
		want := begun
		want.Abandoned = began
		if end := told.Load(); end != nil {
			want = *end
		}
		if diff := cmp.Diff(want, mustGet(t, j, begun.ID)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if open := openIDs(t, j); len(open) > 0 {
			t.Errorf("still open: %q", open)
		}
	}
}

func TestReceiptsNeedAVerdict(t *testing.T) {
	j, _ := openNew(t)
	l := mustLock(t, j, prod)
	r := intent(prod)
	r.Verdict = ""
	if _, err := l.Begin(r); err == nil {
		t.Error("begun without a verdict")
	}
	for name := range contents(t, j.root) {
		if strings.HasPrefix(name, receiptsFolder+"/") {
			t.Errorf("left %s", name)
		}
	}
	r, err := l.Begin(intent(prod))
	if err != nil || r.ID != "2026-11-22T14-03-31Z-prod" {
		t.Fatalf("begun as %q, error %v; want the id that is free", r.ID, err)
	}
	before := contents(t, j.root)
	blank := r
	blank.Verdict, blank.Reason = "", "looking"
	for _, open := range []bool{true, false} {
		if err := j.Save(blank, open); err == nil || errors.Is(err, ErrClosed) || errors.Is(err, ErrNotFound) {
			t.Errorf("saved without a verdict, open %v: %v", open, err)
		}
	}
	if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
	if diff := cmp.Diff(r, mustGet(t, j, r.ID)); diff != "" || len(openIDs(t, j)) != 1 {
		t.Errorf("open %q (-want +got):\n%s", openIDs(t, j), diff)
	}
	mustSave(t, j, r, false) // it can still be closed
}

func TestSaveKeepsWhatBeginSet(t *testing.T) {
	for _, secret := range []bool{false, true} {
		for _, open := range []bool{true, false} {
			t.Run(fmt.Sprintf("secret %v, open %v", secret, open), func(t *testing.T) {
				root := filepath.Join(t.TempDir(), "ampedit")
				j, _ := openAt(t, root, nil)
				in := intent(prod)
				in.Time, in.Version, in.BeforeRedacted = began.AddDate(1, 0, 0), "0", !secret
				if secret {
					in.Before.APIName = ptr("da2-abcdefghij")
				}
				r, err := mustLock(t, j, prod).Begin(in)
				if err != nil {
					t.Fatal(err)
				}
				later, err := Open(Options{Root: root, Version: "2.0.0", Now: func() time.Time { return began.AddDate(0, 1, 0) }})
				if err != nil {
					t.Fatal(err)
				}
				r.Time, r.Version, r.BeforeRedacted, r.Reason = time.Time{}, "", !secret, "looking"
				mustSave(t, later, r, open)
				got := mustGet(t, later, r.ID)
				if !got.Time.Equal(began) || got.Version != "1.2.3" || got.BeforeRedacted != secret || got.Reason != "looking" {
					t.Errorf("time %v, version %q, redacted %v, reason %q", got.Time, got.Version, got.BeforeRedacted, got.Reason)
				}
			})
		}
	}
}

func TestAbandon(t *testing.T) {
	j, c := openNew(t)
	want := mustGet(t, j, submit(t, j, prod, "job-3"))
	other := submit(t, j, prod, "job-4")
	c.Time = began.Add(time.Hour + time.Microsecond)
	for range 2 { // the second time it is closed, and nothing happens to it
		if err := j.Abandon(want.ID); err != nil {
			t.Fatal(err)
		}
		want.Abandoned = began.Add(time.Hour)
		if diff := cmp.Diff(want, mustGet(t, j, want.ID)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		c.Time = c.Add(time.Hour)
	}
	if open := openIDs(t, j); !slices.Equal(open, []string{other}) {
		t.Errorf("open %q, want the other one alone", open)
	}
}

func TestOnlyReceiptsThatAreThereAreWritten(t *testing.T) {
	j, _ := openNew(t)
	r := mustBegin(t, j, prod)
	before := contents(t, j.root)
	for _, id := range []string{"2020-01-01T00-00-00Z-prod", "", ".", "..", "../receipts/" + r.ID, r.ID + ".open"} {
		r.ID = id
		for name, err := range map[string]error{"open": j.Save(r, true), "closed": j.Save(r, false), "abandoned": j.Abandon(id)} {
			if !errors.Is(err, ErrNotFound) {
				t.Errorf("receipt %q, %s: %v, want not found", id, name, err)
			}
		}
	}
	if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

// A time that JSON cannot say is a mistake of the program. It costs nothing that is
// there.
func TestWhatCannotBeEncodedIsNotWritten(t *testing.T) {
	j, _ := openNew(t)
	r := mustBegin(t, j, prod)
	before := contents(t, j.root)
	r.EndedAt = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := j.Save(r, false); err == nil {
		t.Error("saved a time that JSON cannot say")
	}
	if _, err := mustLock(t, j, prod).Begin(r); err == nil {
		t.Error("began with a time that JSON cannot say")
	}
	after := contents(t, j.root)
	for name, data := range before {
		if !slices.Equal(after[name], data) {
			t.Errorf("%s was changed", name)
		}
	}
	if open := openIDs(t, j); !slices.Equal(open, []string{r.ID}) {
		t.Errorf("open %q, want the first one alone", open)
	}
}

// A program that reads and replaces a receipt keeps others from doing the same.
func TestTwoProgramsOnOneReceipt(t *testing.T) {
	root := filepath.Join(t.TempDir(), "ampedit")
	disk := &faults{}
	one, _ := openAt(t, root, disk)
	two, _ := openAt(t, root, nil)
	r := mustBegin(t, one, prod)
	wrote := false
	disk.refuse = func(step, _ string) error {
		if step == "write" {
			wrote = true
			if held, err := flock.New(one.path(locksFolder, changeLock)).TryLock(); held || err != nil {
				t.Errorf("another program could change the receipt meanwhile: %v, %v", held, err)
			}
		}
		return nil
	}
	r.Verdict, r.JobID = "started", "job-3"
	mustSave(t, one, r, true)
	if !wrote {
		t.Fatal("nothing was written")
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if err := one.Save(r, true); err != nil && !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
		})
		all.Go(func() {
			if err := two.Abandon(r.ID); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	got := mustGet(t, two, r.ID)
	if got.JobID != "job-3" || got.Abandoned.IsZero() || len(openIDs(t, one)) > 0 {
		t.Errorf("%+v, open %q; want what was saved, given up", got, openIDs(t, one))
	}
	if files, err := filepath.Glob(filepath.Join(root, receiptsFolder, "*")); err != nil || len(files) != 1 {
		t.Errorf("files %q, error %v; want one receipt", files, err)
	}
}
