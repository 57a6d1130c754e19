package submission_test

import (
	"context"
	"testing"
	"time"

	"ampedit/client/submission"
	"ampedit/client/wire"
)

// TestAListThatLags shows a job as running that has ended: the job itself tells.
func TestAListThatLags(t *testing.T) {
	about := func(change func(*wire.Job)) func(*scene) {
		return func(s *scene) {
			s.onJob = func(int) (*wire.Job, error) {
				job, _ := s.of(s.jobs[len(s.jobs)-1])
				change(&job)
				return &job, nil
			}
		}
	}
	for _, c := range []struct {
		name, word string
		look       func(*scene)
		want       end
	}{
		{"COMPLETED", "", func(*scene) {}, end{done, "", 0, 1}},
		{"FAILED", "FAILED", func(*scene) {}, end{submission.Failed, "", 3, 1}},
		{"the looks fail", "", func(s *scene) { s.onJob = func(int) (*wire.Job, error) { return nil, outage } }, end{unknown, "timeout", 5, 1}},
		{"about another job", "", about(func(j *wire.Job) { j.JobID = some("z") }), end{unknown, "timeout", 5, 1}},
		{"about no job", "", about(func(j *wire.Job) { j.JobID = nil }), end{unknown, "timeout", 5, 1}},
		{"about another environment", "", about(func(j *wire.Job) { j.BackendEnvironmentName = some("test") }), end{unknown, "timeout", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.onPost, s.effect = answers(gateway504), 30*time.Second
			if c.word == "FAILED" {
				s.effect = -1
			}
			s.jobs = append(s.jobs, update("a", 3*time.Second, 30*time.Second, c.word))
			c.look(s)
			s.options.Until = s.clock.Now().Add(time.Hour)
			d := s.deps()
			d.Service = laggingLister{s}
			sub := submission.New(s.approval, s.options)
			submission.Runner{Deps: d}.Run(t.Context(), sub)
			s.ends(sub, c.want)
			if after := s.clock.since(); after < 90*time.Second {
				t.Errorf("it was decided after %v", after)
			}
		})
	}
}

// laggingLister never lists how the newest job ended.
type laggingLister struct{ *scene }

func (l laggingLister) ListBackendJobs(ctx context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	out, err := l.scene.ListBackendJobs(ctx, in)
	if err == nil && len(out.Jobs) > 0 && *out.Jobs[len(out.Jobs)-1].JobID == "a" {
		out.Jobs[len(out.Jobs)-1].Status = some(wire.JobStatus("RUNNING"))
	}
	return out, err
}
