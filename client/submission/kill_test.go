package submission_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
)

// course is how a service behaves, and what may be said in the end if the program is
// killed on the way: all, or no more than that it is unknown.
type course struct {
	name  string
	set   func(*scene)
	truth []submission.Verdict // of what was sent
	// foreign are what the jobs of others may be taken for if nothing was sent.
	foreign []submission.Verdict
}

var courses = []course{
	{"answered, COMPLETED", func(s *scene) { s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, "")) },
		[]submission.Verdict{"done"}, nil},
	{"answered, FAILED", func(s *scene) {
		s.effect = -1
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, "FAILED"))
	}, []submission.Verdict{"failed"}, nil},
	{"answered, COMPLETED with an error", func(s *scene) {
		s.jobs = append(s.jobs, life{id: "new-1", operation: "UpdateBackendAPI", ended: 20 * time.Second, err: "rolled back"})
	}, []submission.Verdict{"unconfirmed"}, nil},
	{"answered, differs", func(s *scene) {
		s.effect = -1
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
	}, []submission.Verdict{"unconfirmed"}, nil},
	{"lost, COMPLETED", func(s *scene) {
		s.onPost = answers(gateway504)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
	}, []submission.Verdict{"done"}, nil},
	{"lost, FAILED", func(s *scene) {
		s.effect, s.onPost = -1, answers(gateway504)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, "FAILED"))
	}, []submission.Verdict{"failed"}, nil},
	{"lost without effect", func(s *scene) { s.effect, s.onPost = -1, answers(gateway504) },
		[]submission.Verdict{"unknown"}, nil},
	{"lost, two that disagree", func(s *scene) {
		s.onPost = answers(gateway504)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""), update("theirs", 2*time.Second, 9*time.Second, "FAILED"))
	}, []submission.Verdict{"unknown"}, []submission.Verdict{submission.Failed}},
	{"refused", func(s *scene) {
		s.effect, s.onPost = -1, answers(&client.UpdateError{Effect: client.DidNotAct, Err: denied})
	}, []submission.Verdict{"not started"}, nil},
	{"too many requests, then answered", func(s *scene) {
		s.onPost = answers(tooMany(20*time.Second), tooMany(0), answer("new-1"))
		s.jobs = append(s.jobs, update("new-1", 0, 40*time.Second, ""))
		s.effect = 40 * time.Second
	}, []submission.Verdict{"done"}, nil},
	{"too many requests, then lost", func(s *scene) {
		s.onPost = answers(tooMany(0), gateway504)
		s.jobs = append(s.jobs, update("new-1", 0, 40*time.Second, ""))
		s.effect = 40 * time.Second
	}, []submission.Verdict{"done"}, nil},
}

// kill leaves what a program leaves that is killed: nothing is written any more, and
// the lock is free. What was under way is lost, or was done without anybody knowing.
func (s *scene) kill(sub *submission.Submission, last submission.Event, pending bool) {
	s.t.Helper()
	dead := submission.Deps{Clock: s.clock} // it reaches nothing but the lock
	sub.Leave(s.clock.Now(), submission.ReasonLeft)
	if pending {
		sub.Take(last)
	}
	for {
		step, ok := sub.Next(s.clock.Now())
		if !ok {
			return
		}
		sub.Take(dead.Do(s.t.Context(), step))
	}
}

// TestKilled kills the program after each step of each course, with what the step
// brought forgotten and not, and looks after it in later runs. It is never sent
// again, and nothing is said that is not so.
func TestKilled(t *testing.T) {
	for _, c := range courses {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, taken := range []bool{true, false} {
				for n := 1; ; n++ {
					if over := killedAfter(t, c, n, taken); over {
						break
					}
				}
			}
		})
	}
}

func killedAfter(t *testing.T, c course, n int, taken bool) (over bool) {
	s := newScene(t)
	c.set(s)
	sub := submission.New(s.approval, s.options)
	var kinds []string
	for i := 1; i <= n; i++ {
		step, ok := s.due(sub)
		if !ok {
			return true
		}
		kinds = append(kinds, names[step.Kind])
		event := s.deps().Do(t.Context(), step)
		if taken || i < n {
			sub.Take(event)
		}
		if i == n {
			s.kill(sub, event, !taken)
		}
	}
	if alike := slices.DeleteFunc(slices.Clone(kinds), func(k string) bool { return k != kinds[n-1] }); len(alike) > 5 {
		return false // one more look is like the one before
	}
	where := fmt.Sprintf("killed after step %d (%s), taken %v", n, kinds[n-1], taken)
	posts := s.count("Post")
	list, err := s.openJournal().List(prodAPI, 10)
	if err != nil {
		t.Fatal(err)
	}
	if posts > 0 && len(list.Receipts) != 1 {
		t.Errorf("%s: %d requests, %d receipts", where, posts, len(list.Receipts))
	}
	for _, r := range list.Receipts {
		acted := s.acted
		for run := range 2 {
			again := submission.Resume(s.onDisk(r.ID), s.options)
			s.run(again)
			verdict := again.Verdict()
			allowed := append([]submission.Verdict{unknown}, c.truth...)
			if !acted { // and if another's job FAILED, every job that may be the request's did
				allowed = append([]submission.Verdict{unknown, submission.NotStarted}, c.foreign...)
			}
			if !slices.Contains(allowed, verdict) {
				t.Errorf("%s: run %d says %s of what is %v\n%s", where, run+1, verdict, c.truth, told(again))
			}
			// A job that there was, and that bears the operation's name, is found. Of one
			// that no answer named it cannot be said that the request's is unconfirmed.
			if acted && !slices.Contains(c.truth, verdict) && !slices.Contains(c.truth, submission.Unconfirmed) {
				t.Errorf("%s: run %d says %s, and %v could be found out\n%s", where, run+1, verdict, c.truth, told(again))
			}
			s.unlocked()
			s.clock.pass(time.Minute)
		}
	}
	if now := s.count("Post"); now != posts {
		t.Errorf("%s: looking after it has sent %d requests", where, now-posts)
	}
	return false
}

// TestFirstFormat are receipts that the first version wrote.
func TestFirstFormat(t *testing.T) {
	yes, no := true, false
	ended := noon.Add(20 * time.Second)
	for _, c := range []struct {
		name     string
		verdict  string
		job      string
		status   string
		ended    time.Time
		inEffect *bool
		jobError string
		over     bool // at once
		want     submission.Verdict
		exit     int
	}{
		{"running", "started", "new-1", "RUNNING", time.Time{}, nil, "", false, "done", 0},
		{"never looked at", "started", "new-1", "", time.Time{}, nil, "", false, "done", 0},
		{"in effect", "started", "new-1", "COMPLETED", ended, &yes, "", true, "done", 0},
		{"in effect, with an error", "started", "new-1", "COMPLETED", ended, &yes, "rolled back", true, "unconfirmed", 6},
		{"differs", "started", "new-1", "COMPLETED", ended, &no, "", true, "unconfirmed", 6},
		{"not read back", "started", "new-1", "COMPLETED", ended, nil, "", false, "done", 0},
		{"not read back, with an error", "started", "new-1", "COMPLETED", ended, nil, "rolled back", true, "unconfirmed", 6},
		{"failed", "started", "new-1", "FAILED", ended, nil, "no", true, "failed", 3},
		{"not started", "not started", "", "", time.Time{}, nil, "", true, "not started", 0},
		{"unknown", "unknown", "", "", time.Time{}, nil, "", false, "done", 0},
		{"in effect without a job", "started", "", "", time.Time{}, &yes, "", false, "done", 0},
		{"in effect without a job, ended", "started", "", "", ended, &yes, "", false, "done", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
			s.acted = true
			if c.want == submission.Failed {
				s.jobs[1].end = "FAILED"
			}
			r := submission.New(s.approval, s.options).Receipt()
			r.MeaningHash, r.BeforeHash = "", ""
			r.Verdict, r.Time = "unknown", noon
			r.Baseline.JobIDs = []string{"old-1"}
			lock, err := s.journal.Lock(prodAPI)
			if err != nil {
				t.Fatal(err)
			}
			r.Verdict, r.JobID, r.Status, r.EndedAt, r.InEffect, r.JobError = c.verdict, c.job, c.status, c.ended, c.inEffect, c.jobError
			if r, err = lock.Begin(r); err != nil {
				t.Fatal(err)
			}
			if err := lock.Release(); err != nil {
				t.Fatal(err)
			}
			s.clock.pass(5 * time.Minute)
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("it panics: %v", p)
				}
			}()
			sub := submission.Resume(s.onDisk(r.ID), s.options)
			if sub.Over() != c.over || sub.Headline().Text == "" {
				t.Errorf("it is over: %v; it says %q", sub.Over(), sub.Headline().Text)
			}
			_ = sub.Lines()
			_ = submission.Result(&r)
			s.run(sub)
			if sub.Verdict() != c.want || sub.ExitCode() != c.exit || s.count("Post") != 0 {
				t.Errorf("it comes to %s, exit %d, after %d requests\n%s", sub.Verdict(), sub.ExitCode(), s.count("Post"), told(sub))
			}
		})
	}
}
