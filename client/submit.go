package client

import (
	"context"
	"fmt"
	"time"

	"ampedit/client/wire"
)

// DefaultWindow is how long Submit looks for the job of a lost answer.
const DefaultWindow = 90 * time.Second

// How says in which way it became known that an update was accepted.
type How int

// The ways.
const (
	// Answered: the service's answer named the job.
	Answered How = iota
	// Found: the answer was lost, and exactly one new job appeared.
	Found
	// InEffect: the answer was lost, no new job appeared, and the configuration
	// is the wanted one though it was another before. No job is known.
	InEffect
)

// String says it in words.
func (h How) String() string {
	switch h {
	case Answered:
		return "the service's answer"
	case Found:
		return "a new job in the environment's list"
	}
	return "the configuration itself"
}

// Accepted is an update that was accepted.
type Accepted struct {
	// JobID is empty with InEffect.
	JobID string
	How   How
	// Job is what was last seen of the job, nil if only its id is known.
	Job *wire.Job
}

// Baseline is what was known of an environment's jobs before an update.
type Baseline struct {
	At     time.Time
	JobIDs []string
}

// BusyError says that another job holds the environment. Nothing was sent.
type BusyError struct{ Job wire.Job }

// Error names the job.
func (e *BusyError) Error() string {
	return fmt.Sprintf("job %s (%s) of this environment is still %s, and the service runs one at a time; nothing was sent",
		Printable(text(e.Job.JobID)), Printable(text(e.Job.Operation)), Printable(text(e.Job.Status)))
}

// NotObservedError says that the answer to an update was lost and that no trace
// of a job appeared. Whether there will be one is unknown.
type NotObservedError struct {
	// Err is how the answer was lost.
	Err error
	// Unlisted is why the jobs could not be listed the last time, nil if they were.
	Unlisted error
}

// Error says so, and does not claim that there is no job where none was looked at.
func (e *NotObservedError) Error() string {
	if e.Unlisted != nil {
		return fmt.Sprintf("no new job was seen, as the jobs could not be listed: %v; the answer was lost: %v", e.Unlisted, e.Err)
	}
	return fmt.Sprintf("no new job appeared: %v", e.Err)
}

// Unwrap returns how the answer was lost.
func (e *NotObservedError) Unwrap() error { return e.Err }

// AmbiguousError says that the answer to an update was lost and that several new
// jobs appeared, any of which may be its own.
type AmbiguousError struct {
	Jobs []wire.Job
	// Err is how the answer was lost.
	Err error
}

// Error says how many.
func (e *AmbiguousError) Error() string {
	return fmt.Sprintf("%d new jobs appeared, any of which may be this one: %v", len(e.Jobs), e.Err)
}

// Unwrap returns how the answer was lost.
func (e *AmbiguousError) Unwrap() error { return e.Err }

// SubmitOptions change how Submit works.
type SubmitOptions struct {
	// Clock is SystemClock if nil.
	Clock Clock
	// Window is how long to look for the job of a lost answer; DefaultWindow if 0.
	Window time.Duration
	// Before is the configuration that was deployed, nil if it is not known.
	Before *wire.ResourceConfig
	// Record is called with the baseline before anything is sent; an error of it
	// is returned and nothing is sent. It may be nil.
	Record func(Baseline) error
	// Progress is told, in words, what Submit is doing. It may be nil.
	Progress func(string)
}

func (o *SubmitOptions) defaults() {
	if o.Clock == nil {
		o.Clock = SystemClock{}
	}
	if o.Window == 0 {
		o.Window = DefaultWindow
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
}

// Submit asks for an update once, and finds out what became of it if the answer
// is lost. The steps: read which jobs exist; stop with a BusyError if one runs;
// record the intent; send; and after a lost answer Reconcile, on a context that
// the cancelling of ctx does not reach.
//
// Errors other than NotObservedError and AmbiguousError prove that no job was
// started.
func Submit(ctx context.Context, api API, in *wire.UpdateBackendAPIInput, o SubmitOptions) (Accepted, error) {
	o.defaults()
	o.Progress("looking at the environment's jobs before sending")
	list, err := ListJobs(ctx, api, in.AppID, in.BackendEnvironmentName)
	if err != nil {
		return Accepted{}, fmt.Errorf("nothing was sent, because the environment's jobs could not be listed: %w", err)
	}
	baseline := Baseline{At: o.Clock.Now()}
	for _, job := range list.Jobs {
		if !Ended(text(job.Status)) {
			return Accepted{}, &BusyError{Job: job}
		}
		baseline.JobIDs = append(baseline.JobIDs, text(job.JobID))
	}
	if o.Record != nil {
		if err := o.Record(baseline); err != nil {
			return Accepted{}, fmt.Errorf("nothing was sent, because the intent to send could not be recorded: %w", err)
		}
	}
	o.Progress("sending, once")
	out, err := api.UpdateBackendAPI(ctx, in)
	switch {
	case err == nil && text(out.JobID) == "":
		err = &UpdateError{Err: fmt.Errorf("the answer names no job; its error is %q", text(out.Error))}
	case err == nil:
		job := wire.Job{JobID: out.JobID, Operation: out.Operation, Status: out.Status}
		return Accepted{JobID: text(out.JobID), How: Answered, Job: &job}, nil
	case EffectOf(err) != MayHaveActed:
		return Accepted{}, err
	}
	return Reconcile(context.WithoutCancel(ctx), api, in, baseline, err, o)
}
