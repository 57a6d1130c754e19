package submission_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"ampedit/client/submission"
	"ampedit/client/wire"
)

// TestIntentIsOnDiskBeforeTheRequestLeaves looks at the receipt while the request is
// on its way, for each attempt.
func TestIntentIsOnDiskBeforeTheRequestLeaves(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
	s.onPost = func(n int) (*wire.UpdateBackendAPIOutput, error) {
		open := s.open()
		if len(open) != 1 {
			t.Errorf("attempt %d leaves, and these receipts are open: %v", n+1, open)
			return answer("new-1"), nil
		}
		r := s.onDisk(open[0])
		if r.Verdict != "unknown" || r.Reason != "sending" || len(r.Attempts) != n+1 || !r.Attempts[n].Ended.IsZero() || r.Attempts[n].Left.IsZero() {
			t.Errorf("attempt %d leaves, and the receipt says %s %s, %+v", n+1, r.Verdict, r.Reason, r.Attempts)
		}
		if r.RequestHash != wire.Hash(s.approval.Body) || r.MeaningHash != wire.MeaningHash(s.after) || r.BeforeHash != wire.MeaningHash(s.before) {
			t.Error("a hash is not that of what is sent")
		}
		if len(r.Baseline.JobIDs) != 1 || r.Baseline.JobIDs[0] != "old-1" || !r.Baseline.Date.Equal(s.clock.Now().Truncate(time.Second)) || r.Target != prodAPI {
			t.Errorf("attempt %d: baseline %+v, target %+v", n+1, r.Baseline, r.Target)
		}
		if n < 2 {
			return nil, tooMany(0)
		}
		return answer("new-1"), nil
	}
	s.ends(s.submit(), end{submission.Done, "", 0, 3})
}

// readOnly makes the journal unable to write from now on, by putting a file where
// its folder is.
func (s *scene) readOnly() {
	s.t.Helper()
	folder := filepath.Join(s.root, "receipts")
	if err := os.RemoveAll(folder); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func TestNothingLeavesUnrecorded(t *testing.T) {
	t.Run("the first attempt", func(t *testing.T) {
		s := newScene(t)
		sub := submission.New(s.approval, s.options)
		step := s.until(sub, submission.Intent)
		s.readOnly()
		s.goOn(sub, step)
		if sub.Verdict() != submission.NotStarted || sub.ExitCode() != 1 || s.count("Post") != 0 {
			t.Errorf("%s after %d requests", sub.Verdict(), s.count("Post"))
		}
		s.unlocked()
	})
	t.Run("the second attempt", func(t *testing.T) {
		s := newScene(t)
		s.onPost = answers(tooMany(0), answer("new-1"))
		sub := submission.New(s.approval, s.options)
		step := s.until(sub, submission.Post)
		sub.Take(s.deps().Do(t.Context(), step))
		step = s.until(sub, submission.Unmoved)
		s.readOnly()
		s.goOn(sub, step)
		if sub.Verdict() != submission.NotStarted || sub.ExitCode() != 1 || s.count("Post") != 1 || sub.KeepErr() == nil {
			t.Errorf("%s after %d requests, %v", sub.Verdict(), s.count("Post"), sub.KeepErr())
		}
		s.unlocked()
	})
	t.Run("without a journal", func(t *testing.T) {
		s := newScene(t)
		s.journal = nil
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
		s.ends(s.submit(), end{submission.Done, "", 0, 1})
	})
}

// TestAReceiptThatCannotBeCompleted does not change what is known, and is said.
func TestAReceiptThatCannotBeCompleted(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
	sub := submission.New(s.approval, s.options)
	step := s.until(sub, submission.Post)
	s.readOnly()
	s.goOn(sub, step)
	if sub.Verdict() != submission.Done || sub.ExitCode() != 0 || sub.KeepErr() == nil || !says(sub, submission.EntryWarning, "the receipt could not be completed") {
		t.Errorf("it came to %s, %v\n%s", sub.Verdict(), sub.KeepErr(), told(sub))
	}
}

// TestSleptBeforeSending has the machine sleep before the request leaves, at each
// step from the baseline on: jobs and configuration are read again.
func TestSleptBeforeSending(t *testing.T) {
	for name, kind := range map[string]submission.Kind{"unmoved": submission.Unmoved, "intent": submission.Intent, "post": submission.Post} {
		for _, c := range []struct {
			slept time.Duration
			again bool
		}{{30 * time.Second, false}, {31 * time.Second, true}, {-time.Second, true}} {
			t.Run(name+" "+c.slept.String(), func(t *testing.T) {
				s := newScene(t)
				s.jobs = append(s.jobs, update("new-1", 0, 0, ""))
				s.options.NoWait = true
				sub := submission.New(s.approval, s.options)
				step := s.until(sub, kind)
				s.clock.pass(c.slept)
				if kind == submission.Post && c.slept < 0 {
					c.again = false // what is due is due
				}
				s.onPost = func(int) (*wire.UpdateBackendAPIOutput, error) {
					open := s.open()
					if len(open) != 1 {
						t.Errorf("it leaves, and these receipts are open: %v", open)
					} else if r := s.onDisk(open[0]); r.Verdict != "unknown" || len(r.Attempts) != 1 {
						t.Errorf("it leaves, and the receipt says %s, %d attempts", r.Verdict, len(r.Attempts))
					}
					return answer("new-1"), nil
				}
				s.goOn(sub, step)
				s.ends(sub, end{submission.Started, submission.ReasonNoWait, 4, 1})
				want := "Guard List List Moved Post"
				switch {
				case c.again && kind == submission.Unmoved:
					want = "Guard List List Moved List List Moved Post"
				case c.again:
					want = "Guard List List Moved List List Moved Post"
				}
				if s.order() != want {
					t.Errorf("the calls were %s, not %s", s.order(), want)
				}
			})
		}
	}
}

// TestAnotherBodyIsNotSent is the last check: what leaves is what was approved.
func TestAnotherBodyIsNotSent(t *testing.T) {
	s := newScene(t)
	s.approval.Body = append([]byte(nil), s.approval.Body...)
	s.approval.Body[len(s.approval.Body)-1] = ' '
	sub := s.submit()
	s.ends(sub, end{submission.NotStarted, "", 1, 0})
}

// TestPauses are those between attempts: they double, and never end before a
// Retry-After says.
func TestPauses(t *testing.T) {
	for _, c := range []struct {
		name   string
		errs   []any
		pauses []time.Duration
	}{
		{"back-off", []any{tooMany(0), tooMany(0), answer("new-1")}, []time.Duration{time.Second, 3 * time.Second}},
		{"a longer Retry-After", []any{tooMany(77 * time.Second), answer("new-1")}, []time.Duration{77 * time.Second}},
		{"a Retry-After of 0", []any{tooMany(0), answer("new-1")}, []time.Duration{time.Second}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, at := newScene(t), []time.Duration(nil)
			s.options.NoWait = true
			script := answers(c.errs...)
			s.onPost = func(n int) (*wire.UpdateBackendAPIOutput, error) {
				at = append(at, s.clock.since())
				return script(n)
			}
			s.ends(s.submit(), end{submission.Started, submission.ReasonNoWait, 4, len(c.errs)})
			for i, want := range c.pauses {
				if at[i+1] != want {
					t.Errorf("attempt %d left after %v, not %v", i+2, at[i+1], want)
				}
			}
		})
	}
	t.Run("ten minutes", func(t *testing.T) {
		s := newScene(t)
		s.options.NoWait = true
		s.onPost = func(n int) (*wire.UpdateBackendAPIOutput, error) {
			if n > 0 && s.clock.since() < 10*time.Minute {
				t.Errorf("the service asked for ten minutes; it was sent again after %v", s.clock.since())
			}
			if n > 0 {
				return answer("new-1"), nil
			}
			return nil, tooMany(10 * time.Minute)
		}
		s.submit()
	})
}

// TestSupersedes gives up the receipt that a new submission takes the place of.
func TestSupersedes(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(gateway504, answer("new-1"))
	first := s.submit()
	s.ends(first, end{submission.Unknown, submission.ReasonNoJob, 5, 1})
	s.approval.Supersedes, s.options.NoWait = first.Receipt().ID, true
	s.clock.pass(time.Minute)
	second := s.submit()
	s.ends(second, end{submission.Started, submission.ReasonNoWait, 4, 2})
	if r := s.onDisk(first.Receipt().ID); r.Abandoned.IsZero() || r.Verdict != "unknown" || r.ID == second.Receipt().ID {
		t.Errorf("the first receipt is %+v", r)
	}
	if open := s.open(); len(open) != 1 || open[0] != second.Receipt().ID {
		t.Errorf("open are %v", open)
	}
}
