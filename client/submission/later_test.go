package submission_test

import (
	"testing"
	"time"

	"ampedit/client/submission"
)

// lostAndLeft is a submission whose answer was lost and that was left at once.
func (s *scene) lostAndLeft() string {
	s.t.Helper()
	s.onPost = answers(gateway504)
	sub := submission.New(s.approval, s.options)
	s.until(sub, submission.List)
	submission.Runner{Deps: s.deps()}.Finish(s.t.Context(), sub, submission.ReasonSignal)
	s.ends(sub, end{unknown, "signal", 5, 1})
	return sub.Receipt().ID
}

// TestLaterLooks look after a lost answer in later runs, twice: what one run has seen
// must not make the next one believe more.
func TestLaterLooks(t *testing.T) {
	min := time.Minute
	for _, c := range []struct {
		name string
		jobs []life
		pass time.Duration
		want end
	}{
		{"none after an hour", nil, time.Hour, end{unknown, "no-job", 5, 1}},
		{"made within ten minutes", []life{update("a", 9*min, 15*min, "")}, 24 * time.Hour, end{done, "", 0, 1}},
		{"made within ten minutes, FAILED", []life{update("a", 9*min, 15*min, "FAILED")}, 24 * time.Hour, end{submission.Failed, "", 3, 1}},
		{"made after eleven minutes", []life{update("a", 11*min, 15*min, "")}, time.Hour, end{unknown, "times-disagree", 5, 1}},
		{"made after eleven minutes, FAILED", []life{update("a", 11*min, 15*min, "FAILED")}, time.Hour, end{unknown, "times-disagree", 5, 1}},
		{"made after a month", []life{update("a", 720*time.Hour, 721*time.Hour, "")}, 800 * time.Hour, end{unknown, "times-disagree", 5, 1}},
		{"ours, and another after a month", []life{update("a", time.Second, 30*time.Second, ""), update("b", 720*time.Hour, 721*time.Hour, "FAILED")}, 800 * time.Hour, end{unknown, "times-disagree", 5, 1}},
		{"without a time, after a month", []life{{id: "a", operation: "UpdateBackendAPI", made: time.Second, ended: 2 * time.Second, createTime: "none", updateTime: "none"}}, 800 * time.Hour, end{unknown, "times-disagree", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.options.Jitter = func() float64 { return 0 }
			id := s.lostAndLeft()
			s.jobs = append(s.jobs, c.jobs...)
			s.effect = 0
			s.clock.pass(c.pass)
			for run := range 3 {
				sub := submission.Resume(s.onDisk(id), s.options)
				if sub.Over() && run == 0 {
					t.Fatal("nothing is looked after")
				}
				s.run(sub)
				s.ends(sub, c.want)
				s.clock.pass(time.Minute)
			}
		})
	}
}

// TestForgotten closes a receipt of which no job was seen for a day.
func TestForgotten(t *testing.T) {
	for _, c := range []struct {
		name   string
		pass   time.Duration
		change func(*scene)
		closed bool
	}{
		{"a day", 24 * time.Hour, func(*scene) {}, true},
		{"less than a day", 23 * time.Hour, func(*scene) {}, false},
		{"the list has lost the baseline", 24 * time.Hour, func(s *scene) { s.jobs = nil }, false},
		{"no date", 24 * time.Hour, func(s *scene) { s.dateless = true }, false},
		{"a job", 24 * time.Hour, func(s *scene) { s.jobs = append(s.jobs, update("a", 20*time.Hour, 0, "")) }, false},
		{"a job of another operation", 24 * time.Hour, func(s *scene) {
			s.jobs = append(s.jobs, life{id: "x", operation: "X", made: 20 * time.Hour})
		}, true},
		{"not listed", 24 * time.Hour, func(s *scene) { s.onList = func(int) error { return denied } }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			id := s.lostAndLeft()
			c.change(s)
			s.clock.pass(c.pass)
			sub := submission.Resume(s.onDisk(id), s.options)
			submission.Runner{Deps: s.deps()}.Once(t.Context(), sub)
			r := s.onDisk(id)
			if sub.Verdict() != unknown || r.Closed.IsZero() == c.closed || (len(s.open()) == 0) != c.closed {
				t.Errorf("%s, closed %v, open %v", sub.Verdict(), r.Closed, s.open())
			}
			if again := submission.Resume(r, s.options); again.Over() != c.closed {
				t.Errorf("the next start looks after it: %v", !again.Over())
			}
			s.unlocked()
		})
	}
}

// TestWindowOfTheLastAttempt: the time in which a job may appear begins with the
// attempt that may have made it, not with the first one.
func TestWindowOfTheLastAttempt(t *testing.T) {
	s := newScene(t)
	s.onPost, s.effect = answers(tooMany(4*time.Minute), gateway504), -1
	sub := submission.New(s.approval, s.options)
	for s.count("Post") < 2 {
		s.next(sub)
	}
	s.until(sub, submission.List)
	submission.Runner{Deps: s.deps()}.Finish(t.Context(), sub, submission.ReasonSignal)
	left := s.clock.since()
	s.jobs = append(s.jobs, update("theirs", left+time.Second, left+2*time.Second, "FAILED"), update("ours", left+60*time.Second, left+80*time.Second, ""))
	s.clock.pass(5 * time.Second)
	again := s.resume(sub.Receipt().ID)
	s.ends(again, end{unknown, "jobs-disagree", 5, 2})
}

// TestLookAgain repeats the look at the user's word, in the same run. The read-back
// that decided before must not decide again when the jobs say something else.
func TestLookAgain(t *testing.T) {
	for _, c := range []struct {
		name   string
		jobs   []life // that appear before the second look
		change func(*scene)
		want   end
	}{
		{"as before", nil, func(*scene) {}, end{unknown, "differs", 5, 1}},
		{"in effect now", nil, func(s *scene) { s.effect = 0 }, end{done, "", 0, 1}},
		{"another one FAILED", []life{update("b", 200*time.Second, 210*time.Second, "FAILED")}, func(s *scene) { s.effect = 0 }, end{unknown, "jobs-disagree", 5, 1}},
		{"another one, much later", []life{update("b", 700*time.Second, 710*time.Second, "")}, func(s *scene) { s.effect = 0 }, end{unknown, "times-disagree", 5, 1}},
		{"not listed", nil, func(s *scene) { s.effect = 0; s.onList = func(int) error { return denied } }, end{unknown, "jobs-unread", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onPost, s.effect = answers(gateway504), -1
			s.jobs = append(s.jobs, update("a", time.Second, 2*time.Second, "COMPLETED"))
			sub := s.submit()
			s.ends(sub, end{unknown, "differs", 5, 1})
			s.jobs = append(s.jobs, c.jobs...)
			s.clock.pass(time.Hour)
			c.change(s)
			if !sub.LookAgain(s.clock.Now()) {
				t.Fatal("it does not look again")
			}
			s.run(sub)
			s.ends(sub, c.want)
		})
	}
}

// TestANamedJobIsTheOnlyOne: where the service's answer named a job, no other job is
// the request's, even if the named one cannot be found.
func TestANamedJobIsTheOnlyOne(t *testing.T) {
	for _, word := range []string{"FAILED", "COMPLETED"} {
		s := newScene(t)
		s.effect = -1
		s.onPost = answers(answer("never"))
		sub := s.submit()
		s.ends(sub, end{unknown, "job-vanished", 5, 1})
		s.jobs = append(s.jobs, update("theirs", 160*time.Second, 170*time.Second, word))
		s.clock.pass(5 * time.Minute)
		again := submission.Resume(s.onDisk(sub.Receipt().ID), s.options)
		s.run(again)
		if again.Verdict() != unknown {
			t.Errorf("another's job that is %s makes it %s\n%s", word, again.Verdict(), told(again))
		}
	}
}

// TestANamedJobThatComesBack is looked at again.
func TestANamedJobThatComesBack(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, life{id: "new-1", operation: "UpdateBackendAPI", made: 0, listed: 10 * time.Minute, ended: 11 * time.Minute, end: "FAILED"})
	sub := s.submit()
	s.ends(sub, end{unknown, "job-vanished", 5, 1})
	s.clock.pass(20 * time.Minute)
	sub.LookAgain(s.clock.Now())
	s.run(sub)
	if sub.Verdict() != submission.Failed {
		t.Errorf("it is %s\n%s", sub.Verdict(), told(sub))
	}
}
