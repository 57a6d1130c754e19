package submission_test

import (
	"testing"
	"time"

	"ampedit/client/submission"
)

// TestLeave leaves at each kind of step, before it is done and while it is done, and
// lets the answer of what was under way come late.
func TestLeave(t *testing.T) {
	type leave struct{ before, during, late end }
	same := func(v submission.Verdict, exit, posts int) leave {
		return leave{end{v, "?", exit, posts}, end{v, "?", exit, posts}, end{v, "?", exit, posts}}
	}
	sending := leave{
		before: end{submission.NotStarted, "?", 0, 0}, during: end{unknown, "?", 5, 0},
		late: end{submission.Started, "", 4, 1},
	}
	for kind, c := range map[submission.Kind]leave{
		submission.Guard: same(submission.NotStarted, 0, 0), submission.Lock: same(submission.NotStarted, 0, 0),
		submission.Baseline: same(submission.NotStarted, 0, 0), submission.Unmoved: same(submission.NotStarted, 0, 0),
		submission.Intent: same(submission.NotStarted, 0, 0), submission.Post: sending,
		submission.Job: same(submission.Started, 4, 1), submission.ReadBack: same(submission.Unconfirmed, 6, 1),
	} {
		for _, why := range []submission.Reason{submission.ReasonSignal, submission.ReasonLeft, submission.ReasonTimeout} {
			for _, under := range []string{"before", "during", "late"} {
				t.Run(names[kind]+" "+string(why)+" "+under, func(t *testing.T) {
					s := newScene(t)
					s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
					sub := submission.New(s.approval, s.options)
					want := map[string]end{"before": c.before, "during": c.during, "late": c.late}[under]
					if want.reason == "?" {
						want.reason = why
					}
					if why == submission.ReasonTimeout && want.verdict == submission.NotStarted {
						want.reason, want.exit = "", 1 // nothing was started, and that is an error
					}
					var step submission.Step
					if under == "before" {
						s.ready(sub, kind)
					} else {
						step = s.until(sub, kind)
					}
					sub.Leave(s.clock.Now(), why)
					if !sub.Over() {
						t.Error("it is not over")
					}
					if under == "late" {
						s.run(sub)
						sub.Take(s.deps().Do(t.Context(), step))
					}
					s.run(sub)
					s.ends(sub, want)
					s.unlocked()
				})
			}
		}
	}
}

var names = map[submission.Kind]string{
	submission.Guard: "Guard", submission.Lock: "Lock", submission.Baseline: "Baseline", submission.Unmoved: "Unmoved", submission.Intent: "Intent",
	submission.Post: "Post", submission.List: "List", submission.Job: "Job", submission.ReadBack: "ReadBack", submission.Record: "Record", submission.Unlock: "Unlock",
}

// ready does steps until one of the kind is next, but has not begun.
func (s *scene) ready(sub *submission.Submission, kind submission.Kind) {
	s.t.Helper()
	for range 100 {
		if sub.Doing() == doing[kind] {
			return
		}
		if _, ok := s.next(sub); !ok {
			break
		}
	}
	s.t.Fatalf("there was no step %s", names[kind])
}

var doing = map[submission.Kind]string{
	submission.Guard: "asking whose credentials these are", submission.Lock: "looking for other programs that submit",
	submission.Baseline: "looking at the environment's jobs before sending", submission.Unmoved: "reading again what the plan was made from",
	submission.Intent: "writing the receipt", submission.Post: "sending, once", submission.Job: "looking at the job", submission.ReadBack: "reading the configuration back",
}

// TestLeaveWhileLooking leaves while the job of a lost answer is looked for.
func TestLeaveWhileLooking(t *testing.T) {
	for name, jobs := range map[string][]life{"none": nil, "running": {update("a", 0, time.Hour, "")}, "failed": {update("a", 0, time.Second, "FAILED")}} {
		s := newScene(t)
		s.onPost = answers(gateway504)
		s.jobs = append(s.jobs, jobs...)
		sub := submission.New(s.approval, s.options)
		for s.count("List") < 6 {
			s.next(sub)
		}
		sub.Leave(s.clock.Now(), submission.ReasonSignal)
		s.run(sub)
		t.Log(name)
		s.ends(sub, end{unknown, "signal", 5, 1})
	}
}

// TestLeaveAfterTheEnd leaves while the configuration is read after the end: what is
// known stays, and stays known.
func TestLeaveAfterTheEnd(t *testing.T) {
	for _, c := range []struct {
		name string
		job  life
		want end
	}{
		{"failed", life{id: "new-1", ended: time.Second, end: "FAILED"}, end{submission.Failed, "", 3, 1}},
		{"error", life{id: "new-1", ended: time.Second, err: "rolled back"}, end{submission.Unconfirmed, "job-error", 6, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.jobs = append(s.jobs, c.job)
			sub := submission.New(s.approval, s.options)
			s.until(sub, submission.ReadBack)
			sub.Leave(s.clock.Now(), submission.ReasonSignal)
			s.run(sub)
			if sub.Verdict() != c.want.verdict || sub.ExitCode() != c.want.exit {
				t.Errorf("it is %s, exit %d", sub.Verdict(), sub.ExitCode())
			}
			if says(sub, submission.EntryLeft, "not known") {
				t.Errorf("it says what is not so:\n%s", told(sub))
			}
			if sub.LookAgain(s.clock.Now()) {
				s.run(sub)
			}
			if sub.Verdict() != c.want.verdict || sub.ExitCode() != c.want.exit {
				t.Errorf("looked at again it is %s, exit %d", sub.Verdict(), sub.ExitCode())
			}
			if again := s.resume(sub.Receipt().ID); again.Verdict() != c.want.verdict || again.ExitCode() != c.want.exit {
				t.Errorf("the next start makes it %s, exit %d", again.Verdict(), again.ExitCode())
			}
		})
	}
}

// TestLateAnswer counts whenever it comes, also after looking again was begun.
func TestLateAnswer(t *testing.T) {
	for _, again := range []bool{false, true} {
		s := newScene(t)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
		sub := submission.New(s.approval, s.options)
		step := s.until(sub, submission.Post)
		sub.Leave(s.clock.Now(), submission.ReasonLeft)
		if again {
			sub.LookAgain(s.clock.Now())
		}
		sub.Take(s.deps().Do(t.Context(), step))
		if sub.JobID() != "new-1" || sub.Verdict() != submission.Started {
			t.Errorf("looking again: %v; it is %s, job %q", again, sub.Verdict(), sub.JobID())
		}
	}
}

// TestAStepIsMadeOfCopies: what a step writes, perhaps in another goroutine, is what
// was known when it was made. A late answer that is taken meanwhile must not touch it.
func TestAStepIsMadeOfCopies(t *testing.T) {
	s := newScene(t)
	sub := submission.New(s.approval, s.options)
	post := s.until(sub, submission.Post)
	sub.Leave(s.clock.Now(), submission.ReasonLeft)
	record := s.until(sub, submission.Record)
	sub.Take(s.deps().Do(t.Context(), post))
	s.deps().Do(t.Context(), record)
	if r := s.onDisk(sub.Receipt().ID); len(r.Attempts) != 1 || !r.Attempts[0].Ended.IsZero() {
		t.Errorf("a step from before the answer writes %+v", r.Attempts)
	}
}

// TestLeaveWhileRecordingAnAttempt leaves while the second attempt is written down:
// it has not left, so nothing was started.
func TestLeaveWhileRecordingAnAttempt(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(tooMany(0), answer("new-1"))
	sub := submission.New(s.approval, s.options)
	for s.count("Moved") < 2 {
		s.next(sub)
	}
	step := s.until(sub, submission.Record)
	sub.Leave(s.clock.Now(), submission.ReasonLeft)
	sub.Take(s.deps().Do(t.Context(), step))
	s.run(sub)
	s.ends(sub, end{submission.NotStarted, "left", 0, 1})
}

// TestGiveUp keeps what is unknown unknown, whatever comes in late.
func TestGiveUp(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(gateway504)
	s.jobs = append(s.jobs, update("a", time.Second, 2*time.Second, "FAILED"))
	sub := submission.New(s.approval, s.options)
	step := s.until(sub, submission.List)
	for s.clock.since() < 90*time.Second {
		sub.Take(s.deps().Do(t.Context(), step))
		step = s.until(sub, submission.List)
	}
	sub.GiveUp(s.clock.Now())
	sub.Take(s.deps().Do(t.Context(), step))
	s.run(sub)
	if r := s.onDisk(sub.Receipt().ID); sub.Verdict() != unknown || r.Verdict != "unknown" || r.Abandoned.IsZero() || len(s.open()) != 0 || sub.CanLookAgain() {
		t.Errorf("it is %s, the receipt says %s, abandoned %v", sub.Verdict(), r.Verdict, r.Abandoned)
	}
	s.unlocked()
}

// TestAnEventIsTakenOnce gives a submission what came of each step once more while the
// next one is under way, and leaves it then: what is known is what it was.
func TestAnEventIsTakenOnce(t *testing.T) {
	for _, kind := range []submission.Kind{submission.Guard, submission.Lock, submission.Baseline, submission.Unmoved, submission.Intent, submission.Post} {
		t.Run(names[kind], func(t *testing.T) {
			s := newScene(t)
			sub := submission.New(s.approval, s.options)
			step := s.until(sub, kind)
			event := s.deps().Do(t.Context(), step)
			sub.Take(event)
			s.until(sub, submission.Post+map[submission.Kind]submission.Kind{submission.Post: 2}[kind]) // Post, or Job after it
			verdict, history := sub.Verdict(), len(sub.History())
			sub.Take(event)
			if sub.Verdict() != verdict || len(sub.History()) != history {
				t.Errorf("it is %s, then %s; %+v", verdict, sub.Verdict(), sub.History())
			}
			if _, ok := sub.Next(s.clock.Now()); ok {
				t.Error("the step under way is asked for once more")
			}
			sub.Leave(s.clock.Now(), submission.ReasonSignal)
			if sub.Verdict() != verdict {
				t.Errorf("left while it is %s, it is %s", verdict, sub.Verdict())
			}
		})
	}
}
