package submission_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// follows watches somebody else's job to its end.
func (s *scene) follows(id string) *submission.Submission {
	s.t.Helper()
	sub := submission.Follow(prodAPI, id, s.options)
	s.run(sub)
	return sub
}

// TestFollow watches a job that was not sent from here.
func TestFollow(t *testing.T) {
	for _, c := range []struct {
		name string
		job  life
		want end
	}{
		{"COMPLETED", life{id: "x", made: -time.Hour, ended: time.Minute}, end{submission.Ended, "", 0, 0}},
		{"of another operation", life{id: "x", operation: "DeleteBackend", made: -time.Hour, ended: time.Minute}, end{submission.Ended, "", 0, 0}},
		{"FAILED", life{id: "x", made: -time.Hour, ended: time.Minute, end: "FAILED", err: "no"}, end{submission.Failed, "", 3, 0}},
		{"COMPLETED with an error", life{id: "x", made: -time.Hour, ended: time.Minute, err: "rolled back"}, end{submission.Unconfirmed, "job-error", 6, 0}},
		{"ended before", life{id: "x", made: -time.Hour, ended: -time.Minute}, end{submission.Ended, "", 0, 0}},
		{"missing", life{id: "y"}, end{submission.NotSeen, "no-such-job", 1, 0}},
		{"seen, then missing", life{id: "x", made: -time.Hour, gone: time.Minute}, end{unknown, "job-vanished", 5, 0}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.jobs = []life{c.job}
			sub := s.follows("x")
			s.ends(sub, c.want)
			if s.count("List")+s.count("Read")+s.count("Post") != 0 || len(s.open()) != 0 || sub.Own() {
				t.Errorf("the calls were %s, open receipts %v", s.order(), s.open())
			}
			if c.want.verdict == submission.NotSeen && (s.clock.since() < 30*time.Second || s.clock.since() > time.Minute) {
				t.Errorf("it gave up after %v", s.clock.since())
			}
			if c.want.verdict == submission.Ended && !says(sub, submission.EntryVerdict, "nothing of yours to compare") {
				t.Errorf("not said:\n%s", told(sub))
			}
		})
	}
}

// TestIntervals are those of a job that runs.
func TestIntervals(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, life{id: "x", made: -time.Hour, ended: 50 * time.Second})
	s.follows("x")
	sec := time.Second
	if want := []time.Duration{2 * sec, 3 * sec, 4500 * time.Millisecond, 6750 * time.Millisecond, 10 * sec, 10 * sec, 10 * sec, 10 * sec}; !slices.Equal(s.clock.waits, want) {
		t.Errorf("it waited %v", s.clock.waits)
	}
}

// TestLooksThatFail are looks at a job that may pass, and that may not.
func TestLooksThatFail(t *testing.T) {
	for name, failure := range map[string]error{
		"throttled": &client.Error{Status: 429}, "server": &client.Error{Status: 500}, "time-out": &client.Error{Status: 504},
		"silence": context.DeadlineExceeded, "reported": &client.ReportedError{Message: "m"},
	} {
		s := newScene(t)
		s.jobs = append(s.jobs, life{id: "x", made: -time.Hour, ended: time.Second})
		s.onJob = func(n int) (*wire.Job, error) {
			if n < 8 {
				return nil, fmt.Errorf("look: %w", failure)
			}
			return nil, nil
		}
		sub := s.follows("x")
		s.ends(sub, end{submission.Ended, "", 0, 0})
		if last := s.clock.waits[len(s.clock.waits)-1]; !slices.IsSorted(s.clock.waits) || last != time.Minute || s.clock.waits[0] != 2*time.Second {
			t.Errorf("%s: it waited %v", name, s.clock.waits)
		}
		n := 0
		for _, e := range sub.History() {
			if e.Kind == submission.EntryLookFailed {
				if n++; e.Failures != n {
					t.Errorf("%s: failure %d counts as %d", name, n, e.Failures)
				}
			}
		}
	}
	for _, failure := range []error{denied, &client.Error{Status: 400, Code: "BadRequestException"}, errors.New("x")} {
		s := newScene(t)
		s.jobs = append(s.jobs, life{id: "x", made: -time.Hour})
		s.onJob = func(n int) (*wire.Job, error) {
			if n > 0 {
				return nil, failure
			}
			return nil, nil
		}
		sub := s.follows("x")
		s.ends(sub, end{submission.Started, "look-failed", 4, 0})
		if s.count("Job") != 2 || !errors.Is(sub.Err(), failure) {
			t.Errorf("%v: %d looks, %v", failure, s.count("Job"), sub.Err())
		}
	}
}

func TestRetryAfterOfALook(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, life{id: "x", made: -time.Hour, ended: time.Second})
	s.onJob = func(n int) (*wire.Job, error) {
		if n == 0 {
			return nil, &client.Error{Status: 429, RetryAfter: 77 * time.Second}
		}
		return nil, nil
	}
	s.follows("x")
	if s.clock.waits[0] != 77*time.Second {
		t.Errorf("it waited %v", s.clock.waits)
	}
}

// TestPause is watching while credentials are missing.
func TestPause(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, life{id: "x", made: -time.Hour, ended: 3 * time.Minute})
	s.onJob = func(int) (*wire.Job, error) {
		if s.clock.since() > 0 && s.clock.since() < 2*time.Minute {
			return nil, expired
		}
		return nil, nil
	}
	sub := submission.Follow(prodAPI, "x", s.options)
	s.next(sub)
	s.next(sub)
	if w, ok := sub.Watching(); !ok || !w.Paused || !w.Next.Equal(s.clock.Now().Add(30*time.Second)) || !w.Good.Equal(noon) {
		t.Errorf("watching: %+v", w)
	}
	sub.Reconnected(s.clock.Now())
	if step, ok := sub.Next(s.clock.Now()); !ok || step.Kind != submission.Job || step.At.After(s.clock.Now()) {
		t.Error("new credentials are not tried at once")
	} else {
		sub.Take(s.deps().Do(t.Context(), step))
	}
	s.run(sub)
	s.ends(sub, end{submission.Ended, "", 0, 0})
	failed := 0
	for _, e := range sub.History() {
		if e.Kind == submission.EntryLookFailed {
			failed++
		}
	}
	if failed != 1 {
		t.Errorf("one line says it for all looks of a pause, not %d", failed)
	}
}

// TestALongJob follows a job of four hours to its end: three of ten looks fail, the
// credentials expire twice for ten minutes, the machine sleeps, and its clock is set
// back. It must be cheap, and the end must be seen soon.
func TestALongJob(t *testing.T) {
	const length, most = 4 * time.Hour, 1450
	s := newScene(t)
	s.clock.jumps = map[int]time.Duration{100: 20 * time.Minute, 400: -5 * time.Minute}
	random := rand.New(rand.NewPCG(1, 2))
	passing := []error{&client.Error{Status: 429}, &client.Error{Status: 500}, &client.Error{Status: 504}, context.DeadlineExceeded}
	s.jobs = append(s.jobs, life{id: "x", made: -time.Second, ended: length})
	s.onJob = func(int) (*wire.Job, error) {
		age := s.clock.since()
		for _, expiry := range []time.Duration{time.Hour, 150 * time.Minute} {
			if age >= expiry && age < expiry+10*time.Minute {
				return nil, expired
			}
		}
		if random.Float64() < 0.3 {
			return nil, passing[random.IntN(len(passing))]
		}
		return nil, nil
	}
	s.ends(s.follows("x"), end{submission.Ended, "", 0, 0})
	if s.count("Job") > most {
		t.Errorf("%d requests, more than %d", s.count("Job"), most)
	}
	if late := s.clock.since() - length; late > time.Minute {
		t.Errorf("the end was seen %v late", late)
	}
}
