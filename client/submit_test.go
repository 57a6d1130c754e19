package client_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
)

// scriptedAPI is a service whose answers a test writes. It counts updates and
// listings. What is nil answers as a service in which nothing ever happened.
type scriptedAPI struct {
	client.API // the operations that a submission has no use for
	update     func() (*wire.UpdateBackendAPIOutput, error)
	list       func(n int) ([]wire.Job, error) // listing n, counted from 0
	config     *wire.ResourceConfig
	// updates and listings count the calls.
	updates, listings int
}

func (s *scriptedAPI) UpdateBackendAPI(ctx context.Context, _ *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error) {
	if err := ctx.Err(); err != nil {
		return nil, &client.UpdateError{Effect: client.DidNotAct, Err: err}
	}
	s.updates++
	if s.update == nil {
		return &wire.UpdateBackendAPIOutput{JobID: ptr("new"), Status: ptr[wire.JobStatus]("RUNNING")}, nil
	}
	return s.update()
}

func (s *scriptedAPI) ListBackendJobs(ctx context.Context, _ *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	s.listings++
	if s.list == nil {
		return &wire.ListBackendJobsOutput{}, nil
	}
	jobs, err := s.list(s.listings - 1)
	return &wire.ListBackendJobsOutput{Jobs: jobs}, err
}

func (s *scriptedAPI) GetBackendAPI(ctx context.Context, _ *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	if err := ctx.Err(); err != nil || s.config == nil {
		return nil, errors.Join(err, errors.New("not readable"))
	}
	return &wire.GetBackendAPIOutput{ResourceConfig: s.config}, nil
}

// errLost is a failure after which nobody knows what the service has done.
var errLost = &client.UpdateError{Err: errors.New("504 Gateway Timeout")}

func lostAnswer() (*wire.UpdateBackendAPIOutput, error) { return nil, errLost }

// job is a job that was made so long after the fake clock's start.
func job(id, operation, status string, after time.Duration) wire.Job {
	made := newFakeClock().now.Add(after).Format(time.RFC3339)
	return wire.Job{JobID: &id, Operation: &operation, Status: ptr(wire.JobStatus(status)), CreateTime: &made}
}

func update(id string) wire.Job { return job(id, "UpdateBackendAPI", "RUNNING", time.Second) }

// always answers every listing with the same jobs, and appearing those before with
// none.
func always(jobs ...wire.Job) func(int) ([]wire.Job, error) { return appearing(1, jobs...) }

func appearing(at int, jobs ...wire.Job) func(int) ([]wire.Job, error) {
	return func(n int) ([]wire.Job, error) {
		if n < at {
			return nil, nil
		}
		return jobs, nil
	}
}

// TestSubmit covers what may happen around the one request that changes something.
func TestSubmit(t *testing.T) {
	refused := func() (*wire.UpdateBackendAPIOutput, error) {
		return nil, &client.UpdateError{Effect: client.DidNotAct, Err: errors.New("400 BadRequestException")}
	}
	unlisted := errors.New("listing failed")
	for _, c := range []struct {
		name    string
		api     scriptedAPI
		before  *wire.ResourceConfig
		job     string // that is taken for the update's
		how     client.How
		err     string // that the error says
		updates int
	}{
		{name: "answered", job: "new", how: client.Answered, updates: 1},
		{name: "refused", api: scriptedAPI{update: refused}, err: "400", updates: 1},
		{name: "busy", api: scriptedAPI{list: appearing(0, job("theirs", "GenerateBackendAPIModels", "RUNNING", -time.Hour))}, err: "theirs (GenerateBackendAPIModels)"},
		{name: "busy with a status nobody knows", api: scriptedAPI{list: appearing(0, job("theirs", "X", "ALMOST_THERE", -time.Hour))}, err: "still ALMOST_THERE"},
		{name: "not busy after the end", api: scriptedAPI{list: appearing(0, job("theirs", "X", "FAILED", -time.Hour))}, job: "new", updates: 1},
		{name: "jobs not listed", api: scriptedAPI{list: func(int) ([]wire.Job, error) { return nil, unlisted }}, err: "could not be listed"},
		{name: "lost and found", api: scriptedAPI{update: lostAnswer, list: always(update("new"))}, job: "new", how: client.Found, updates: 1},
		{name: "found late", api: scriptedAPI{update: lostAnswer, list: appearing(9, update("new"))}, job: "new", how: client.Found, updates: 1},
		{name: "found after failing looks", api: scriptedAPI{update: lostAnswer, list: func(n int) ([]wire.Job, error) {
			if n > 0 && n < 5 {
				return nil, unlisted
			}
			return appearing(5, update("new"))(n)
		}}, job: "new", how: client.Found, updates: 1},
		{name: "several", api: scriptedAPI{update: lostAnswer, list: always(update("one"), update("two"))}, err: "2 new jobs appeared", updates: 1},
		{name: "several, one of them an update", api: scriptedAPI{update: lostAnswer, list: always(job("other", "DeleteBackend", "RUNNING", 0), update("new"))}, job: "new", how: client.Found, updates: 1},
		{name: "one of another operation", api: scriptedAPI{update: lostAnswer, list: always(job("new", "UpdateApi", "RUNNING", 0))}, job: "new", how: client.Found, updates: 1},
		{name: "one without a creation time", api: scriptedAPI{update: lostAnswer, list: always(wire.Job{JobID: ptr("new")})}, job: "new", how: client.Found, updates: 1},
		{name: "older than the baseline", api: scriptedAPI{update: lostAnswer, list: always(job("old", "UpdateBackendAPI", "COMPLETED", -6*time.Minute))}, err: "no new job appeared", updates: 1},
		{name: "by a clock that is a little behind", api: scriptedAPI{update: lostAnswer, list: always(job("new", "UpdateBackendAPI", "RUNNING", -4*time.Minute))}, job: "new", how: client.Found, updates: 1},
		{name: "in the baseline", api: scriptedAPI{update: lostAnswer, list: appearing(0, job("known", "UpdateBackendAPI", "COMPLETED", 0))}, err: "no new job appeared", updates: 1},
		{name: "never seen", api: scriptedAPI{update: lostAnswer}, err: "no new job appeared: ", updates: 1},
		{name: "never listed again", api: scriptedAPI{update: lostAnswer, list: func(n int) ([]wire.Job, error) {
			return nil, map[bool]error{true: unlisted}[n > 0]
		}}, err: "the jobs could not be listed: listing failed", updates: 1},
		{name: "in effect", api: scriptedAPI{update: lostAnswer, config: updateInput().ResourceConfig}, before: &wire.ResourceConfig{APIName: ptr("before")}, how: client.InEffect, updates: 1},
		{name: "in effect before, too", api: scriptedAPI{update: lostAnswer, config: updateInput().ResourceConfig}, before: updateInput().ResourceConfig, err: "no new job", updates: 1},
		{name: "in effect, and nobody knows since when", api: scriptedAPI{update: lostAnswer, config: updateInput().ResourceConfig}, err: "no new job", updates: 1},
		{name: "not in effect", api: scriptedAPI{update: lostAnswer, config: &wire.ResourceConfig{APIName: ptr("before")}}, before: &wire.ResourceConfig{APIName: ptr("before")}, err: "no new job", updates: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := client.Submit(t.Context(), &c.api, updateInput(), client.SubmitOptions{Clock: newFakeClock(), Before: c.before})
			if (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("the error is %v, and should say %q", err, c.err)
			}
			if got.JobID != c.job || got.How != c.how {
				t.Errorf("job %q by %v, not %q by %v", got.JobID, got.How, c.job, c.how)
			}
			if c.api.updates != c.updates {
				t.Errorf("%d updates, not %d", c.api.updates, c.updates)
			}
		})
	}
}

// TestSubmitErrors tells those after which it is unknown whether a job was started.
func TestSubmitErrors(t *testing.T) {
	several := &scriptedAPI{update: lostAnswer, list: always(update("one"), update("two"))}
	_, err := client.Submit(t.Context(), several, updateInput(), client.SubmitOptions{Clock: newFakeClock()})
	var ambiguous *client.AmbiguousError
	if !errors.As(err, &ambiguous) || len(ambiguous.Jobs) != 2 || !errors.Is(err, errLost) {
		t.Errorf("with two new jobs: %v", err)
	}
	_, err = client.Submit(t.Context(), &scriptedAPI{update: lostAnswer}, updateInput(), client.SubmitOptions{Clock: newFakeClock()})
	var unseen *client.NotObservedError
	if !errors.As(err, &unseen) || !errors.Is(err, errLost) {
		t.Errorf("without a new job: %v", err)
	}
	busy := &scriptedAPI{list: appearing(0, job("theirs", "X", "RUNNING", 0))}
	_, err = client.Submit(t.Context(), busy, updateInput(), client.SubmitOptions{Clock: newFakeClock()})
	var holder *client.BusyError
	if !errors.As(err, &holder) || *holder.Job.JobID != "theirs" || client.Classify(err) != client.ClassPendingJob {
		t.Errorf("while a job runs: %v", err)
	}
}

func TestSubmitRecordsBeforeItSends(t *testing.T) {
	api := &scriptedAPI{list: appearing(0, job("b", "X", "FAILED", -time.Hour), job("a", "X", "COMPLETED", -time.Hour))}
	var recorded []client.Baseline
	clock := newFakeClock()
	_, err := client.Submit(t.Context(), api, updateInput(), client.SubmitOptions{Clock: clock, Record: func(b client.Baseline) error {
		if api.updates != 0 {
			t.Error("the update was sent before it was recorded")
		}
		recorded = append(recorded, b)
		return nil
	}})
	if err != nil || len(recorded) != 1 || fmt.Sprint(recorded[0].JobIDs) != "[b a]" || !recorded[0].At.Equal(clock.now) {
		t.Errorf("recorded %+v, %v", recorded, err)
	}

	full := errors.New("no space left on device")
	_, err = client.Submit(t.Context(), api, updateInput(), client.SubmitOptions{Clock: clock, Record: func(client.Baseline) error { return full }})
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "nothing was sent") || api.updates != 1 {
		t.Errorf("after %d updates: %v", api.updates, err)
	}
}

// TestSubmitFindsOutAfterCancelling ends the context while the request is on its way.
func TestSubmitFindsOutAfterCancelling(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	api := &scriptedAPI{list: appearing(3, update("new")), update: func() (*wire.UpdateBackendAPIOutput, error) {
		cancel()
		return nil, &client.UpdateError{Err: ctx.Err()}
	}}
	got, err := client.Submit(ctx, api, updateInput(), client.SubmitOptions{Clock: newFakeClock()})
	if err != nil || got.JobID != "new" || got.How != client.Found || api.updates != 1 {
		t.Errorf("got %+v after %d updates, %v", got, api.updates, err)
	}
}

func TestSubmitSendsNothingAfterCancelling(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	api := &scriptedAPI{}
	_, err := client.Submit(ctx, api, updateInput(), client.SubmitOptions{Clock: newFakeClock(), Record: func(client.Baseline) error {
		cancel()
		return nil
	}})
	if !errors.Is(err, context.Canceled) || api.updates != 0 || api.listings != 1 {
		t.Errorf("%d updates and %d listings: %v", api.updates, api.listings, err)
	}
}

// TestReconcileLooksWithinItsWindow looks often at first and seldom later, and
// looks again whenever it is asked to.
func TestReconcileLooksWithinItsWindow(t *testing.T) {
	clock, api := newFakeClock(), &scriptedAPI{}
	start := clock.now
	_, err := client.Reconcile(t.Context(), api, updateInput(), client.Baseline{At: start}, errLost, client.SubmitOptions{Clock: clock})
	if err == nil || clock.now.Sub(start) > client.DefaultWindow || clock.now.Sub(start) < client.DefaultWindow-10*time.Second {
		t.Errorf("%v after %v", err, clock.now.Sub(start))
	}
	if got := fmt.Sprint(clock.waits[:6]); got != "[1s 2s 4s 8s 10s 10s]" {
		t.Errorf("the first waits are %s", got)
	}
	looks := api.listings
	api.list = appearing(0, update("new"))
	again, err := client.Reconcile(t.Context(), api, updateInput(), client.Baseline{At: start}, errLost, client.SubmitOptions{Clock: clock})
	if err != nil || again.JobID != "new" || api.listings != looks+1 || api.updates != 0 {
		t.Errorf("looking again gives %+v, %v after %d updates", again, err, api.updates)
	}
}

func TestReconcileEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	api := &scriptedAPI{list: func(n int) ([]wire.Job, error) {
		if n == 2 {
			cancel()
		}
		return nil, nil
	}}
	_, err := client.Reconcile(ctx, api, updateInput(), client.Baseline{}, errLost, client.SubmitOptions{Clock: newFakeClock()})
	var unseen *client.NotObservedError
	if !errors.As(err, &unseen) || !errors.Is(err, errLost) || api.listings != 3 {
		t.Errorf("after %d looks: %v", api.listings, err)
	}
}

func TestSubmitSaysWhatItDoes(t *testing.T) {
	var said []string
	_, err := client.Submit(t.Context(), &scriptedAPI{update: lostAnswer, list: always(update("new"))}, updateInput(), client.SubmitOptions{
		Clock: newFakeClock(), Window: time.Minute, Progress: func(text string) { said = append(said, text) },
	})
	all := strings.Join(said, "\n")
	for _, want := range []string{"before sending", "sending, once", "the answer was lost", "for up to "} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not said: %v\n%s", want, err, all)
		}
	}
}

// TestSubmitToTheEmulator goes through the wire: an answer that is lost in each way
// is found out about, with one request.
func TestSubmitToTheEmulator(t *testing.T) {
	for _, c := range []struct {
		scenario emulator.Scenario
		how      client.How
		jobs     int
		unknown  bool
		class    client.Class
	}{
		{scenario: emulator.Happy, how: client.Answered, jobs: 1},
		{scenario: emulator.Timeout, how: client.Found, jobs: 1},
		{scenario: emulator.Reset, how: client.Found, jobs: 1},
		{scenario: emulator.Lost, unknown: true, class: client.ClassTimeout},
		{scenario: emulator.Denied, class: client.ClassDenied},
		{scenario: emulator.Pending, class: client.ClassPendingJob},
	} {
		t.Run(string(c.scenario), func(t *testing.T) {
			e, service := emulate(t, c.scenario)
			in := change(t, service)
			before := len(e.Jobs(in.AppID, in.BackendEnvironmentName))
			clock := newFakeClock()
			clock.now = time.Now() // the emulator's
			got, err := client.Submit(t.Context(), service, in, client.SubmitOptions{Clock: clock})
			var unseen *client.NotObservedError
			if errors.As(err, &unseen) != c.unknown || client.Classify(err) != c.class || got.How != c.how {
				t.Errorf("got %+v, class %q: %v", got, client.Classify(err), err)
			}
			jobs := e.Jobs(in.AppID, in.BackendEnvironmentName)
			if len(jobs)-before != c.jobs || (got.JobID != "") != (c.jobs == 1) {
				t.Errorf("%d new jobs, and %q is taken for ours", len(jobs)-before, got.JobID)
			}
			if posts := e.Count("UpdateBackendAPI"); posts != 1 && c.scenario != emulator.Pending || posts > 1 {
				t.Errorf("%d updates on the wire", posts)
			}
		})
	}
}
