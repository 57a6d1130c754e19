package submission_test

import (
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
)

const (
	unknown = submission.Unknown
	done    = submission.Done
)

// TestFoundJobs are the jobs that appear after a lost answer, and what may be said of
// the request for them.
func TestFoundJobs(t *testing.T) {
	foreign := func(op string, l life) life { l.operation = op; return l }
	withError := func(l life, text string) life { l.err = text; return l }
	sec := time.Second
	for _, c := range []struct {
		name   string
		jobs   []life
		effect time.Duration
		want   end
		found  int // candidates
	}{
		{"none", nil, -1, end{unknown, "no-job", 5, 1}, 0},
		{"none, but what is deployed is what was approved", nil, 5 * sec, end{unknown, "no-job", 5, 1}, 0},
		{"one, COMPLETED", []life{update("a", 3*sec, 30*sec, "COMPLETED")}, 30 * sec, end{done, "", 0, 1}, 1},
		{"in odd spelling", []life{foreign("updatebackendapi", update("a", 3*sec, 30*sec, "\u00a0completed\n"))}, 30 * sec, end{done, "", 0, 1}, 1},
		{"one, FAILED", []life{update("a", 3*sec, 30*sec, "FAILED")}, -1, end{submission.Failed, "", 3, 1}, 1},
		{"operation not named, COMPLETED", []life{foreign("", update("a", 3*sec, 30*sec, ""))}, 30 * sec, end{done, "", 0, 1}, 1},
		{"another operation, COMPLETED", []life{foreign("GenerateBackendAPIModels", update("a", 3*sec, 30*sec, ""))}, 30 * sec, end{unknown, "no-job", 5, 1}, 0},
		{"another operation, FAILED", []life{foreign("GenerateBackendAPIModels", update("a", 3*sec, 30*sec, "FAILED"))}, -1, end{unknown, "no-job", 5, 1}, 0},
		{"another operation beside ours", []life{foreign("X", update("x", 1*sec, 5*sec, "FAILED")), update("a", 3*sec, 30*sec, "")}, 30 * sec, end{done, "", 0, 1}, 1},
		{"two, both COMPLETED", []life{update("a", 3*sec, 30*sec, ""), update("b", 4*sec, 40*sec, "")}, 40 * sec, end{done, "", 0, 1}, 2},
		{"two, both FAILED", []life{update("a", 3*sec, 30*sec, "FAILED"), update("b", 4*sec, 40*sec, "FAILED")}, -1, end{submission.Failed, "", 3, 1}, 2},
		{"two, mixed", []life{update("a", 3*sec, 30*sec, ""), update("b", 4*sec, 40*sec, "FAILED")}, 30 * sec, end{unknown, "jobs-disagree", 5, 1}, 2},
		{"theirs FAILED first, ours follows", []life{update("theirs", sec, 2*sec, "FAILED"), update("ours", 80*sec, 85*sec, "")}, 85 * sec, end{unknown, "jobs-disagree", 5, 1}, 2},
		{"theirs COMPLETED first, ours FAILED", []life{update("theirs", sec, 2*sec, ""), update("ours", 80*sec, 200*sec, "FAILED")}, 2 * sec, end{unknown, "jobs-disagree", 5, 1}, 2},
		{"COMPLETED with an error", []life{withError(update("a", 3*sec, 30*sec, ""), "rolled back")}, 30 * sec, end{unknown, "job-error", 5, 1}, 1},
		{"COMPLETED, differs for good", []life{update("a", 3*sec, 30*sec, "")}, -1, end{unknown, "differs", 5, 1}, 1},
		{"COMPLETED, differs for 20 s", []life{update("a", 3*sec, 30*sec, "")}, 110 * sec, end{done, "", 0, 1}, 1},
		{"runs for a day", []life{update("a", 3*sec, 24*time.Hour, "")}, 24 * time.Hour, end{done, "", 0, 1}, 1},
		{"a word nobody knows, then COMPLETED", []life{{id: "a", operation: "UpdateBackendAPI", made: 3 * sec, runs: "SUCCEEDED", ended: time.Hour}}, time.Hour, end{done, "", 0, 1}, 1},
		{"runs, then cannot be found", []life{{id: "a", operation: "UpdateBackendAPI", made: 3 * sec, gone: 10 * time.Minute}}, -1, end{unknown, "job-vanished", 5, 1}, 1},
		{"ended before the baseline", []life{{id: "a", operation: "UpdateBackendAPI", made: sec, ended: 2 * sec, updateTime: noon.Add(-time.Minute).Format(time.RFC3339)}}, 2 * sec, end{unknown, "times-disagree", 5, 1}, 1},
		{"FAILED before the baseline", []life{{id: "a", operation: "UpdateBackendAPI", made: sec, ended: 2 * sec, end: "FAILED", updateTime: noon.Add(-time.Minute).Format(time.RFC3339)}}, -1, end{unknown, "times-disagree", 5, 1}, 1},
		{"times that nobody reads", []life{{id: "a", operation: "UpdateBackendAPI", made: sec, ended: 2 * sec, createTime: "1e300", updateTime: "Infinity"}}, 2 * sec, end{done, "", 0, 1}, 1},
		{"no times", []life{{id: "a", operation: "UpdateBackendAPI", made: sec, ended: 2 * sec, createTime: "none", updateTime: "none"}}, 2 * sec, end{done, "", 0, 1}, 1},
		{"one that ran before", []life{}, -1, end{unknown, "no-job", 5, 1}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onPost, s.effect = answers(gateway504), c.effect
			s.jobs = append(s.jobs, c.jobs...)
			sub := s.submit()
			s.ends(sub, c.want)
			r := s.onDisk(sub.Receipt().ID)
			if len(r.Candidates) != c.found || r.JobID != "" || sub.JobID() != "" {
				t.Errorf("candidates %d, job %q", len(r.Candidates), r.JobID)
			}
			if r.ReadBack == nil {
				t.Error("what is deployed was not read")
			}
			if after := s.clock.since(); after < 90*time.Second {
				t.Errorf("it was decided after %v", after)
			}
		})
	}
}

// TestNothingIsBelievedBeforeTheWindow ends looks at jobs that ended at once.
func TestNothingIsBelievedBeforeTheWindow(t *testing.T) {
	for _, word := range []string{"FAILED", "COMPLETED"} {
		s := newScene(t)
		s.onPost, s.effect = answers(gateway504), 2*time.Second
		s.jobs = append(s.jobs, update("a", time.Second, 2*time.Second, word))
		sub := submission.New(s.approval, s.options)
		for {
			if _, ok := s.next(sub); !ok {
				break
			}
			if s.count("Post") == 1 && s.clock.since() < 90*time.Second && (sub.Verdict() != unknown || sub.ExitCode() != 5) {
				t.Fatalf("%s: after %v it is %s", word, s.clock.since(), sub.Verdict())
			}
		}
		if s.clock.since() < 90*time.Second {
			t.Errorf("%s: decided after %v", word, s.clock.since())
		}
	}
}

// TestAListBegunBeforeTheWindowsEnd does not count as one read after it: a job may
// have appeared while it was read.
func TestAListBegunBeforeTheWindowsEnd(t *testing.T) {
	s := newScene(t)
	s.onPost, s.effect = answers(gateway504), -1
	s.jobs = append(s.jobs, update("theirs", time.Second, 2*time.Second, "FAILED"), update("ours", 88*time.Second, 300*time.Second, ""))
	d := s.deps()
	d.Service = slowLister{s}
	sub := submission.New(s.approval, s.options)
	submission.Runner{Deps: d}.Run(t.Context(), sub)
	if sub.Verdict() != unknown {
		t.Errorf("a list that was begun within the 90 s made it %s\n%s", sub.Verdict(), told(sub))
	}
}

// slowLister takes 12 seconds for a list after the request.
type slowLister struct{ *scene }

// TestClocksThatDiffer lets the service's clock be behind and ahead of ours.
func TestClocksThatDiffer(t *testing.T) {
	for _, ahead := range []time.Duration{-time.Hour, -400 * time.Second, 400 * time.Second, time.Hour} {
		for word, want := range map[string]end{"COMPLETED": {done, "", 0, 1}, "FAILED": {submission.Failed, "", 3, 1}} {
			s := newScene(t)
			s.onPost, s.ahead, s.effect = answers(gateway504), ahead, 30*time.Second
			s.jobs = append(s.jobs, update("a", 3*time.Second, 30*time.Second, word))
			s.ends(s.submit(), want)
		}
	}
}

// TestNoDate lets the service say nothing about the time: nothing is weakened, and
// it is said.
func TestNoDate(t *testing.T) {
	s := newScene(t)
	s.onPost, s.dateless = answers(gateway504), true
	s.jobs = append(s.jobs, life{id: "a", operation: "UpdateBackendAPI", made: time.Second, ended: 2 * time.Second, updateTime: noon.Add(-time.Minute).Format(time.RFC3339)})
	sub := s.submit()
	s.ends(sub, end{done, "", 0, 1})
	if all := told(sub) + lines(sub); !strings.Contains(all, "time") && !strings.Contains(all, "Date") {
		t.Errorf("that the service gives no time is not said:\n%s", all)
	}
}

// TestLearntOperation is a name that the service itself gave to the job of an earlier
// submission that was done.
func TestLearntOperation(t *testing.T) {
	for _, c := range []struct {
		name  string
		first func(*scene)
		want  end
	}{
		{"done", func(*scene) {}, end{done, "", 0, 2}},
		{"failed", func(s *scene) { s.jobs[1].end = "FAILED" }, end{unknown, "no-job", 5, 2}},
		{"differs", func(s *scene) { s.effect = -1 }, end{unknown, "no-job", 5, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			first := answer("new-1")
			first.Operation = some("UpdateApi")
			s.onPost = answers(first, gateway504)
			s.jobs = append(s.jobs, life{id: "new-1", operation: "UpdateApi", ended: 20 * time.Second})
			c.first(s)
			s.submit()
			s.clock.pass(time.Hour)
			now := s.clock.since()
			s.jobs = append(s.jobs, life{id: "new-2", operation: "UpdateApi", made: now + time.Second, ended: now + 9*time.Second})
			s.effect = now
			s.approval.Before = s.before
			s.ends(s.submit(), c.want)
		})
	}
}

// TestClaimedJob is another submission's by the service's own answer.
func TestClaimedJob(t *testing.T) {
	s := newScene(t)
	s.onPost, s.effect = answers(gateway504, answer("second")), -1
	first := submission.New(s.approval, s.options)
	s.until(first, submission.List)
	submission.Runner{Deps: s.deps()}.Finish(t.Context(), first, submission.ReasonLeft)
	s.clock.pass(5 * time.Minute)
	now := s.clock.since()
	s.jobs = append(s.jobs, update("second", now+time.Second, now+time.Minute, "FAILED"))
	s.options.NoWait = true
	s.submit()
	s.clock.pass(5 * time.Minute)
	s.ends(s.resume(first.Receipt().ID), end{unknown, "no-job", 5, 2})
}

// TestRenewal sends what means the same as what is deployed: a job says something of
// the request only if its operation is named.
func TestRenewal(t *testing.T) {
	for _, c := range []struct {
		name string
		jobs []life
		want end
	}{
		{"named", []life{update("a", time.Second, 9*time.Second, "")}, end{done, "", 0, 1}},
		{"not named", []life{{id: "a", made: time.Second, ended: 9 * time.Second}}, end{unknown, "operation-unnamed", 5, 1}},
		{"named, without times", []life{{id: "a", operation: "UpdateBackendAPI", made: time.Second, ended: 9 * time.Second, createTime: "none", updateTime: "none"}}, end{unknown, "times-disagree", 5, 1}},
		{"one of two named", []life{update("a", time.Second, 9*time.Second, ""), {id: "b", made: time.Second, ended: 9 * time.Second}}, end{unknown, "operation-unnamed", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onPost, s.before, s.effect = answers(gateway504), s.after, 0
			s.approve()
			s.jobs = append(s.jobs, c.jobs...)
			s.ends(s.submit(), c.want)
		})
	}
	t.Run("not known what was deployed", func(t *testing.T) {
		s := newScene(t)
		s.onPost, s.before, s.effect = answers(gateway504), nil, 0
		s.approve()
		s.jobs = append(s.jobs, life{id: "a", made: time.Second, ended: 9 * time.Second})
		s.ends(s.submit(), end{unknown, "operation-unnamed", 5, 1})
	})
}

// TestListsThatFail after the answer was lost.
func TestListsThatFail(t *testing.T) {
	failing := func(from, to int, err error) func(int) error {
		return func(n int) error {
			if n >= from && n < to {
				return err
			}
			return nil
		}
	}
	for _, c := range []struct {
		name string
		list func(int) error
		want end
	}{
		{"for a while", failing(2, 8, outage), end{done, "", 0, 1}},
		{"for good", failing(2, 1000, outage), end{unknown, "jobs-unread", 5, 1}},
		{"at the window's end", failing(4, 13, outage), end{done, "", 0, 1}},
		{"with an answer that is no list", failing(2, 8, &client.ReportedError{Message: "m"}), end{done, "", 0, 1}},
		{"expired for a while", failing(2, 8, expired), end{done, "", 0, 1}},
		{"denied", failing(2, 1000, denied), end{unknown, "jobs-unread", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onPost, s.onList = answers(gateway504), c.list
			s.jobs = append(s.jobs, update("a", time.Second, 9*time.Second, ""))
			s.ends(s.submit(), c.want)
			if after := s.clock.since(); after > 4*time.Minute {
				t.Errorf("it took %v", after)
			}
		})
	}
}

// TestACandidateThatEndedMayLeaveTheList while another one runs on.
func TestACandidateThatEndedMayLeaveTheList(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(gateway504)
	gone := update("a", time.Second, 9*time.Second, "")
	gone.gone = 100 * time.Second
	s.jobs = append(s.jobs, gone, update("b", time.Second, 20*time.Minute, ""))
	s.ends(s.submit(), end{done, "", 0, 1})
}

// TestSecondAttemptMayHaveMadeIt says so when there was more than one.
func TestSecondAttemptMayHaveMadeIt(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(tooMany(0), gateway504)
	s.jobs = append(s.jobs, update("a", 0, 30*time.Second, ""))
	sub := s.submit()
	s.ends(sub, end{done, "", 0, 2})
	if !says(sub, submission.EntryJob, "may be") {
		t.Errorf("not said:\n%s", told(sub))
	}
}
