package submission_test

import (
	"context"
	"errors"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// life is a job of the service from its beginning to its end.
type life struct {
	id, operation string
	made, ended   time.Duration // from noon; it never ends if ended is 0
	listed, gone  time.Duration // when it can be seen, if not at once and for ever
	runs, end     string        // the status words, RUNNING and COMPLETED if ""
	err           string
	createTime    string // in place of the true one; "none" for absent
	updateTime    string
}

func update(id string, made, ended time.Duration, end string) life {
	return life{id: id, operation: "UpdateBackendAPI", made: made, ended: ended, end: end}
}

func some[T any](v T) *T { return &v }

// of is the job as it is now, false if it cannot be seen.
func (s *scene) of(l life) (wire.Job, bool) {
	now := s.clock.since()
	if l.made == 0 && !s.acted { // it is the request's
		return wire.Job{}, false
	}
	if now < l.made || now < l.listed || l.gone != 0 && now >= l.gone {
		return wire.Job{}, false
	}
	job := wire.Job{AppID: some(prodAPI.AppID), BackendEnvironmentName: some(prodAPI.Environment), JobID: some(l.id)}
	stamp := func(given string, at time.Duration) *string {
		switch given {
		case "none":
			return nil
		case "":
			return some(noon.Add(at + s.ahead).Format(time.RFC3339))
		}
		return some(given)
	}
	if l.operation != "" {
		job.Operation = some(l.operation)
	}
	word := l.runs
	if word == "" {
		word = "RUNNING"
	}
	job.CreateTime, job.UpdateTime = stamp(l.createTime, l.made), stamp(l.createTime, l.made)
	if l.ended != 0 && now >= l.ended {
		if word = l.end; word == "" {
			word = "COMPLETED"
		}
		job.UpdateTime = stamp(l.updateTime, l.ended)
		if l.err != "" {
			job.Error = some(l.err)
		}
	}
	job.Status = some(wire.JobStatus(word))
	return job, true
}

func (s *scene) ListBackendJobs(ctx context.Context, _ *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	n := s.called("List")
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.onList != nil {
		if err := s.onList(n); err != nil {
			return nil, err
		}
	}
	out := &wire.ListBackendJobsOutput{}
	for _, l := range s.jobs {
		if job, seen := s.of(l); seen {
			out.Jobs = append(out.Jobs, job)
		}
	}
	if !s.dateless {
		out.Date = s.clock.Now().Add(s.ahead).Truncate(time.Second)
	}
	return out, nil
}

func (s *scene) GetBackendJob(ctx context.Context, in *wire.GetBackendJobInput) (*wire.Job, error) {
	n := s.called("Job")
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.onJob != nil {
		if job, err := s.onJob(n); job != nil || err != nil {
			return job, err
		}
	}
	for _, l := range s.jobs {
		if job, seen := s.of(l); seen && l.id == in.JobID {
			return &job, nil
		}
	}
	return nil, notFound
}

func (s *scene) GetBackendAPI(ctx context.Context, _ *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	n := s.called("Read")
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if s.onRead != nil {
		if config, err := s.onRead(n); config != nil || err != nil {
			return &wire.GetBackendAPIOutput{ResourceConfig: config}, err
		}
	}
	if s.effect >= 0 && s.clock.since() >= s.effect {
		return &wire.GetBackendAPIOutput{ResourceConfig: s.after}, nil
	}
	return &wire.GetBackendAPIOutput{ResourceConfig: s.before}, nil
}

func (s *scene) GetBackend(context.Context, *wire.GetBackendInput) (*wire.GetBackendOutput, error) {
	return nil, errors.New("nobody asks for this")
}

func (s *scene) UpdateBackendAPI(context.Context, *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error) {
	n := s.called("Post")
	out, err := answer("new-1"), error(nil)
	if s.onPost != nil {
		out, err = s.onPost(n)
	}
	s.acted = s.acted || err == nil || client.EffectOf(err) == client.MayHaveActed
	return out, err
}

// answer is a proper one.
func answer(job string) *wire.UpdateBackendAPIOutput {
	return &wire.UpdateBackendAPIOutput{AppID: some(prodAPI.AppID), BackendEnvironmentName: some(prodAPI.Environment),
		JobID: some(job), Operation: some("UpdateBackendAPI"), Status: some(wire.JobStatus("CREATED")), RequestID: "req-1"}
}

// Failures as the client reports them.
var (
	notFound   = &client.Error{Status: 404, Code: "NotFoundException", Message: "no such job"}
	expired    = &client.Error{Status: 403, Code: "ExpiredTokenException", Message: "the token has expired"}
	denied     = &client.Error{Status: 403, Code: "AccessDeniedException", Message: "not allowed"}
	outage     = &client.Error{Status: 503, Code: "ServiceUnavailableException"}
	gateway504 = &client.UpdateError{Effect: client.MayHaveActed, Err: &client.Error{Status: 504, Code: "GatewayTimeoutException"}}
)

func tooMany(after time.Duration) error {
	return &client.UpdateError{Effect: client.MayRepeat, Err: &client.Error{Status: 429, Code: "TooManyRequestsException", RetryAfter: after}}
}

// answers gives one answer after the other, the last one for ever.
func answers(all ...any) func(int) (*wire.UpdateBackendAPIOutput, error) {
	return func(n int) (*wire.UpdateBackendAPIOutput, error) {
		switch a := all[min(n, len(all)-1)].(type) {
		case error:
			return nil, a
		case *wire.UpdateBackendAPIOutput:
			return a, nil
		}
		panic("neither an answer nor an error")
	}
}

// ListBackendJobs answers with the list as it was 12 seconds before.
func (s slowLister) ListBackendJobs(ctx context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	out, err := s.scene.ListBackendJobs(ctx, in)
	if s.count("Post") > 0 {
		s.clock.pass(12 * time.Second)
	}
	return out, err
}
