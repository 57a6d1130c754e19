package submission_test

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"ampedit/client/submission"
)

// TestAnswered are the answers that name a job.
func TestAnswered(t *testing.T) {
	loopbackOnly(t)
	for _, c := range []struct {
		name, body string
		want       end
		says       string
	}{
		{"a job", `{"jobId":"new-1","status":"CREATED"}`, end{submission.Done, "", 0, 1}, ""},
		{"status 202", `{"jobId":"new-1"}`, end{submission.Done, "", 0, 1}, ""},
		{"a job and an error", `{"jobId":"new-1","error":"the table is locked"}`, end{submission.Unconfirmed, submission.ReasonJobError, 6, 1}, "the table is locked"},
		{"another operation", `{"jobId":"new-1","operation":"UpdateApi"}`, end{submission.Done, "", 0, 1}, "UpdateApi"},
		{"unknown members", `{"jobId":"new-1","colour":"red"}`, end{submission.Done, "", 0, 1}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(sends(200, c.body))
			defer server.Close()
			s := newScene(t)
			s.over(t, server.URL)
			s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, "COMPLETED"))
			sub := submission.New(s.approval, s.options)
			step := s.until(sub, submission.Job)
			if sub.Verdict() != submission.Started || sub.JobID() != "new-1" || sub.ExitCode() != 4 {
				t.Errorf("after the answer it is %s", sub.Verdict())
			}
			if c.says != "" && !says(sub, submission.EntryWarning, c.says) {
				t.Errorf("not said from the start:\n%s", told(sub))
			}
			s.goOn(sub, step)
			s.ends(sub, c.want)
			r := s.onDisk(sub.Receipt().ID)
			if r.Answer == nil || r.Answer.JobID != "new-1" || r.Answer.Error != "" && r.Answer.Error != c.says || r.Error != "" || r.JobID != "new-1" || len(r.Candidates) != 0 {
				t.Errorf("the receipt is %+v", r)
			}
			if !strings.Contains(lines(sub), c.says) {
				t.Errorf("not said in the end:\n%s", lines(sub))
			}
		})
	}
}

// TestPendingJob is the service's own refusal because of another job.
func TestPendingJob(t *testing.T) {
	loopbackOnly(t)
	server := httptest.NewServer(replies(400, "BadRequestException", "There is already a pending job for the requested appId"))
	defer server.Close()
	t.Run("named by the list", func(t *testing.T) {
		s := newScene(t)
		s.over(t, server.URL)
		sub := submission.New(s.approval, s.options)
		step := s.until(sub, submission.Post)
		s.jobs = append(s.jobs, life{id: "theirs", operation: "GenerateBackendAPIModels", made: time.Nanosecond})
		s.clock.pass(time.Second)
		sub.Take(s.deps().Do(t.Context(), step))
		s.run(sub)
		s.ends(sub, end{submission.NotStarted, "", 1, 1})
		if sub.Holding() == nil || *sub.Holding().JobID != "theirs" || !says(sub, submission.EntryWarning, "theirs") {
			t.Errorf("the job is not named:\n%s", told(sub))
		}
	})
	t.Run("not listed", func(t *testing.T) {
		s := newScene(t)
		s.over(t, server.URL)
		sub := s.submit()
		s.ends(sub, end{submission.NotStarted, "", 1, 1})
		if sub.Holding() != nil {
			t.Error("it names a job")
		}
	})
	t.Run("passed over", func(t *testing.T) {
		s := newScene(t)
		s.jobs = append(s.jobs, life{id: "stuck", operation: "UpdateBackendAPI", made: -time.Hour})
		s.approval.PassOver, s.options.WaitForJobs = []string{"stuck"}, time.Hour
		s.over(t, server.URL)
		sub := s.submit()
		s.ends(sub, end{submission.NotStarted, "", 1, 1})
		if !strings.Contains(sub.Headline().Text, "the service itself refuses") && !strings.Contains(sub.Headline().Text, "The service itself refuses") {
			t.Errorf("it says %q", sub.Headline().Text)
		}
		if s.clock.since() != 0 {
			t.Error("it waited")
		}
	})
}
