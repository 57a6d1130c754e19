package submission_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
)

// TestOrderOfSteps holds that jobs and configuration are read before the request
// leaves, and again before every further attempt.
func TestOrderOfSteps(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, update("new-1", 0, time.Minute, ""))
	s.onPost = answers(tooMany(0), answer("new-1"))
	sub := submission.New(s.approval, s.options)
	var kinds []submission.Kind
	for len(kinds) < 12 {
		kind, ok := s.next(sub)
		if !ok {
			t.Fatalf("it ended after %v", kinds)
		}
		if kind != submission.Record {
			kinds = append(kinds, kind)
		}
	}
	want := []submission.Kind{
		submission.Guard, submission.Lock, submission.Baseline, submission.Unmoved, submission.Intent, submission.Post,
		submission.Baseline, submission.Unmoved, submission.Post, submission.Job, submission.Job, submission.Job,
	}
	for i := range want {
		if kinds[i] != want[i] {
			t.Fatalf("the steps were %v, not %v", kinds, want)
		}
	}
	if got := "Guard List List Moved Post List List Moved Post Job Job Job"; s.order() != got {
		t.Errorf("the calls were %s", s.order())
	}
}

// TestBaselineNeedsTwoListsThatAgree has lists that change, or cannot be read.
func TestBaselineNeedsTwoListsThatAgree(t *testing.T) {
	flicker := func(s *scene, until int) func(int) error {
		return func(n int) error {
			s.jobs = s.jobs[:1]
			if n%2 == 1 && n < until {
				s.jobs = append(s.jobs, update("shy", -time.Hour, -time.Minute, ""))
			}
			return nil
		}
	}
	for _, c := range []struct {
		name  string
		list  func(*scene) func(int) error
		posts int
		says  string
	}{
		{"agree at once", func(*scene) func(int) error { return nil }, 1, ""},
		{"agree at last", func(s *scene) func(int) error { return flicker(s, 3) }, 1, ""},
		{"never agree", func(s *scene) func(int) error { return flicker(s, 1000) }, 0, "changed each time"},
		{"first not read", func(*scene) func(int) error { return func(int) error { return outage } }, 0, "could not be listed"},
		{"second not read", func(*scene) func(int) error {
			return func(n int) error {
				if n == 1 {
					return outage
				}
				return nil
			}
		}, 0, "could not be listed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onList, s.options.NoWait = c.list(s), true
			sub := s.submit()
			if s.count("Post") != c.posts {
				t.Errorf("%d requests", s.count("Post"))
			}
			if c.posts == 0 {
				s.ends(sub, end{submission.NotStarted, "", 1, 0})
				if text := sub.Headline().Text; !strings.Contains(text, c.says) || !strings.Contains(text, "othing was sent") {
					t.Errorf("it says %q", text)
				}
				if sub.Receipt().ID != "" {
					t.Error("a receipt was written")
				}
			}
		})
	}
}

func TestBusy(t *testing.T) {
	for _, c := range []struct {
		name  string
		job   life
		pass  []string
		wait  time.Duration
		want  end
		after time.Duration
	}{
		{"runs", life{id: "x", made: -time.Hour}, nil, 0, end{submission.NotStarted, "", 1, 0}, 0},
		{"a word that nobody knows", life{id: "x", made: -time.Hour, ended: -time.Minute, end: "SUCCEEDED"}, nil, 0, end{submission.NotStarted, "", 1, 0}, 0},
		{"cancelled years ago", life{id: "x", made: -1000 * time.Hour, ended: -999 * time.Hour, end: "CANCELLED"}, nil, 0, end{submission.NotStarted, "", 1, 0}, 0},
		{"passed over", life{id: "x", made: -time.Hour}, []string{"y", "x"}, 0, end{submission.Started, submission.ReasonNoWait, 4, 1}, 0},
		{"another one is passed over", life{id: "x", made: -time.Hour}, []string{"xx"}, 0, end{submission.NotStarted, "", 1, 0}, 0},
		{"ended", life{id: "x", made: -time.Hour, ended: -time.Minute, end: " failed\n"}, nil, 0, end{submission.Started, submission.ReasonNoWait, 4, 1}, 0},
		{"waited for", life{id: "x", made: -time.Hour, ended: 35 * time.Second}, nil, time.Minute, end{submission.Started, submission.ReasonNoWait, 4, 1}, 40 * time.Second},
		{"waited for in vain", life{id: "x", made: -time.Hour, ended: time.Hour}, nil, time.Minute, end{submission.NotStarted, "", 1, 0}, time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.jobs = append(s.jobs, c.job)
			s.approval.PassOver, s.options.WaitForJobs, s.options.NoWait = c.pass, c.wait, true
			sub := s.submit()
			s.ends(sub, c.want)
			if s.clock.since() != c.after {
				t.Errorf("it took %v", s.clock.since())
			}
			var busy *submission.BusyError
			if c.want.posts == 0 && (!errors.As(sub.Err(), &busy) || *busy.Job.JobID != "x" || sub.Holding() == nil) {
				t.Errorf("the error is %v", sub.Err())
			}
			if c.want.posts == 1 && s.order()[len(s.order())-len("List List Moved Post"):] != "List List Moved Post" {
				t.Errorf("the calls were %s", s.order())
			}
		})
	}
}

// TestAJobThatStartsBetweenAttempts holds the environment by then.
func TestAJobThatStartsBetweenAttempts(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(tooMany(time.Minute), answer("new-1"))
	s.jobs = append(s.jobs, update("theirs", 30*time.Second, 0, ""))
	sub := s.submit()
	s.ends(sub, end{submission.NotStarted, "", 1, 1})
	if !strings.Contains(sub.Headline().Text, "theirs") {
		t.Errorf("it says %q", sub.Headline().Text)
	}
}

func TestMovedPlan(t *testing.T) {
	moved := errors.New("the schema file has changed; nothing was sent")
	for _, c := range []struct {
		name  string
		moved func(int) error
		posts int
	}{
		{"before the first attempt", func(int) error { return moved }, 0},
		{"before the second", func(n int) error {
			if n == 1 {
				return moved
			}
			return nil
		}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onMoved, s.onPost = c.moved, answers(tooMany(0))
			sub := s.submit()
			s.ends(sub, end{submission.NotStarted, "", 1, c.posts})
			if !errors.Is(sub.Err(), moved) {
				t.Errorf("the error is %v", sub.Err())
			}
		})
	}
}

func TestGuardSpeaksFirst(t *testing.T) {
	s := newScene(t)
	s.onGuard = func() (client.Identity, error) { return client.Identity{}, client.ErrReadOnly }
	s.ends(s.submit(), end{submission.NotStarted, "", 1, 0})
	if s.order() != "Guard" {
		t.Errorf("the calls were %s", s.order())
	}
	s = newScene(t)
	s.approval.Target.Account = ""
	sub := s.submit()
	if r := s.onDisk(sub.Receipt().ID); r.Target.Account != prodAPI.Account || !strings.HasSuffix(r.CallerARN, "user/ann") {
		t.Errorf("the receipt is of %+v, %s", r.Target, r.CallerARN)
	}
}

func TestTwoProgramsDoNotSendAtOnce(t *testing.T) {
	s := newScene(t)
	lock, err := s.openJournal().Lock(prodAPI)
	if err != nil {
		t.Fatal(err)
	}
	sub := s.submit()
	var busy *journal.BusyError
	if !errors.As(sub.Err(), &busy) || s.count("Post") != 0 || sub.ExitCode() != 1 {
		t.Errorf("it came to %s: %v", sub.Verdict(), sub.Err())
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	s.unlocked()
}
