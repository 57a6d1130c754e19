package submission_test

import (
	"slices"
	"testing"
	"time"

	"ampedit/client/submission"
	"ampedit/client/wire"
)

// TestANewJobThatIsNotListed is one that the answer named.
func TestANewJobThatIsNotListed(t *testing.T) {
	for _, c := range []struct {
		name   string
		listed time.Duration
		want   end
	}{
		{"for 25 s", 25 * time.Second, end{done, "", 0, 1}},
		{"for two minutes", 2 * time.Minute, end{done, "", 0, 1}},
		{"for good", 1000 * time.Hour, end{unknown, "job-vanished", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.jobs = append(s.jobs, life{id: "new-1", operation: "UpdateBackendAPI", listed: c.listed, ended: c.listed + time.Minute})
			s.effect = c.listed
			sub := submission.New(s.approval, s.options)
			for s.count("Job") < 2 {
				s.next(sub)
			}
			if text := sub.Headline().Text; text != "not visible yet" {
				t.Errorf("it says %q", text)
			}
			s.run(sub)
			s.ends(sub, c.want)
			if after := s.clock.since(); c.want.verdict == unknown && (after < 150*time.Second || after > 4*time.Minute) {
				t.Errorf("it gave up after %v", after)
			}
		})
	}
}

// TestSeenThenMissing is a job of ours that cannot be found any more.
func TestSeenThenMissing(t *testing.T) {
	s := newScene(t)
	s.jobs = append(s.jobs, life{id: "new-1", operation: "UpdateBackendAPI", gone: 10 * time.Minute})
	s.ends(s.submit(), end{unknown, "job-vanished", 5, 1})
	if after := s.clock.since() - 10*time.Minute; after < 2*time.Minute || after > 4*time.Minute {
		t.Errorf("it gave up after %v", after)
	}
}

// TestAnswersAboutSomethingElse are failed looks.
func TestAnswersAboutSomethingElse(t *testing.T) {
	for name, other := range map[string]wire.Job{
		"job":         {JobID: some("x")},
		"app":         {JobID: some("new-1"), AppID: some("d9other")},
		"environment": {JobID: some("new-1"), BackendEnvironmentName: some("dev")},
	} {
		s := newScene(t)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
		s.onJob = func(n int) (*wire.Job, error) {
			if n < 3 {
				other.Status = some(wire.JobStatus("FAILED"))
				return &other, nil
			}
			return nil, nil
		}
		sub := s.submit()
		s.ends(sub, end{done, "", 0, 1})
		if !says(sub, submission.EntryLookFailed, "the service answered about") {
			t.Errorf("%s: not said:\n%s", name, told(sub))
		}
	}
}

// TestStatusWords: two words end a job, in any spelling; no other does.
func TestStatusWords(t *testing.T) {
	for _, word := range []string{"COMPLETED", "completed", " Completed ", "COMPLETED\n", "\u00a0COMPLETED\u2003", "\tcompleted\r\n"} {
		s := newScene(t)
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, word))
		s.ends(s.submit(), end{done, "", 0, 1})
	}
	for _, word := range []string{"FAILED", "failed", " Failed\n", "\u00a0FAILED"} {
		s := newScene(t)
		s.effect = -1
		s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, word))
		sub := s.submit()
		s.ends(sub, end{submission.Failed, "", 3, 1})
		if r := s.onDisk(sub.Receipt().ID); r.ReadBack == nil || r.ReadBack.Same {
			t.Errorf("%q: what is deployed was not read after the failure: %+v", word, r.ReadBack)
		}
	}
	for _, word := range []wire.JobStatus{"SUCCEEDED", "CANCELLED", "", "COMPLETED_WITH_ERRORS", "COMPLETE", "NOT FAILED"} {
		s := newScene(t)
		s.options.Until = noon.Add(5 * time.Hour)
		s.onJob = func(int) (*wire.Job, error) { return &wire.Job{JobID: some("new-1"), Status: &word}, nil }
		s.ends(s.submit(), end{submission.Started, "timeout", 4, 1})
	}
}

// TestReadBack is the configuration after COMPLETED.
func TestReadBack(t *testing.T) {
	sec := time.Second
	for _, c := range []struct {
		name   string
		effect time.Duration
		fails  func(since time.Duration) error // since the first reading
		want   end
		took   time.Duration // at least, of reading
	}{
		{"right at once", 0, nil, end{done, "", 0, 1}, 0},
		{"right after 20 s", 46 * sec, nil, end{done, "", 0, 1}, 15 * sec},
		{"differs for good", -1, nil, end{submission.Unconfirmed, "differs", 6, 1}, 30 * sec},
		{"not readable at first", 0, func(d time.Duration) error {
			if d < 10*sec {
				return outage
			}
			return nil
		}, end{done, "", 0, 1}, 10 * sec},
		{"not readable", 0, func(time.Duration) error { return denied }, end{submission.Unconfirmed, "unreadable", 6, 1}, 30 * sec},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.effect = c.effect
			s.jobs = append(s.jobs, update("new-1", 0, 20*sec, ""))
			var first time.Duration
			s.onRead = func(n int) (*wire.ResourceConfig, error) {
				if n == 0 {
					first = s.clock.since()
				}
				if c.fails == nil {
					return nil, nil
				}
				return nil, c.fails(s.clock.since() - first)
			}
			sub := s.submit()
			s.ends(sub, c.want)
			if took := s.clock.since() - first; took < c.took || took > 45*sec {
				t.Errorf("it read for %v", took)
			}
			r := s.onDisk(sub.Receipt().ID)
			if r.ReadBack == nil || r.ReadBack.Same != (c.want.verdict == done) || (r.ReadBack.Error != "") != (c.want.reason == "unreadable") {
				t.Errorf("the receipt says %+v", r.ReadBack)
			}
			if c.want.reason == "differs" && !slices.Equal(r.ReadBack.Differs, []string{"defaultAuthType"}) {
				t.Errorf("what differs is %v", r.ReadBack.Differs)
			}
		})
	}
}
