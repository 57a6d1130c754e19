package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"ampedit/client/wire"
)

// Job states of which AWS's own tools know that nothing comes after them. The
// service model has no list of states.
const (
	StatusCompleted = "COMPLETED"
	StatusFailed    = "FAILED"
)

// Completed reports whether status says that the job has done its work. Case
// and surrounding space do not matter; no other word counts.
func Completed(status string) bool {
	return strings.EqualFold(strings.TrimSpace(status), StatusCompleted)
}

// Failed reports whether status says that the job has failed. No other word
// than FAILED counts.
func Failed(status string) bool { return strings.EqualFold(strings.TrimSpace(status), StatusFailed) }

// Ended reports whether nothing comes after status. A status that nobody knows
// means that the job is still running.
func Ended(status string) bool { return Completed(status) || Failed(status) }

// Intervals of a watch.
const (
	firstInterval  = 2 * time.Second  // after the first look
	steadyInterval = 10 * time.Second // reached within five looks
	pausedInterval = 30 * time.Second // while credentials are missing
	failedInterval = 60 * time.Second // the most between failing looks
	longestWait    = 5 * time.Minute  // the most that a Retry-After is given
	jitterFraction = 0.2              // of an interval may be added to it
	// unlistedFor is how long a new job may be unknown to the service.
	unlistedFor = 30 * time.Second
)

// Observation is one look at a job.
type Observation struct {
	// At is when the look ended.
	At time.Time
	// Job is what was seen, or nil if the look failed.
	Job *wire.Job
	// Err is why the look failed, or nil.
	Err error
	// Paused says that the watch goes on only once credentials are renewed.
	Paused bool
	// Failures is the number of failed looks in a row, this one included.
	Failures int
	// Next is when the next look will be; zero after the last one.
	Next time.Time
}

// WatchOptions change how a job is watched.
type WatchOptions struct {
	// Clock is SystemClock if nil.
	Clock Clock
	// Jitter returns numbers in [0,1) that spread the looks; nil means random.
	Jitter func() float64
	// Limit ends the watching, not the job, after so long. Zero means no limit.
	Limit time.Duration
}

// Watch looks at a job until it ends, and gives each look to deliver before it
// waits. It looks every two seconds at first and every ten seconds later, a
// little spread, less often after failures, and never sooner than a Retry-After
// says.
//
// Failures that may pass do not end it, nor do credentials that need renewing,
// nor a job that is not found during the first 30 seconds. Any other failure is
// returned, with the last job seen. At the limit the error is ErrStillRunning,
// and the context's error if that is done first. A job that failed is no error.
func Watch(ctx context.Context, api JobReader, in wire.GetBackendJobInput, o WatchOptions, deliver func(Observation)) (wire.Job, error) {
	w := newWatch(o)
	for {
		job, err := api.GetBackendJob(ctx, &in)
		if ctx.Err() != nil {
			return w.last, ctx.Err()
		}
		seen := w.observe(job, err)
		final := w.finalError(seen)
		ended := final != nil || seen.Job != nil && Ended(text(seen.Job.Status))
		var wait time.Duration
		if !ended {
			wait = w.interval(seen)
			if o.Limit > 0 && seen.At.Add(wait).After(w.start.Add(o.Limit)) {
				ended, final = true, fmt.Errorf("%w after %v", ErrStillRunning, o.Limit)
			} else {
				seen.Next = seen.At.Add(wait)
			}
		}
		deliver(seen)
		if ended {
			return w.last, final
		}
		if err := w.clock.Wait(ctx, wait); err != nil {
			return w.last, err
		}
	}
}

// watch is the state of a Watch.
type watch struct {
	clock    Clock
	jitter   func() float64
	start    time.Time
	looks    int // that succeeded
	failures int // in a row
	last     wire.Job
}

func newWatch(o WatchOptions) *watch {
	w := &watch{clock: o.Clock, jitter: o.Jitter}
	if w.clock == nil {
		w.clock = SystemClock{}
	}
	if w.jitter == nil {
		w.jitter = rand.Float64
	}
	w.start = w.clock.Now()
	return w
}

func (w *watch) observe(job *wire.Job, err error) Observation {
	if err != nil {
		w.failures++
		return Observation{At: w.clock.Now(), Err: err, Paused: RenewableCredentials(err), Failures: w.failures}
	}
	w.looks++
	w.failures = 0
	w.last = *job
	return Observation{At: w.clock.Now(), Job: job}
}

// finalError returns the error that ends the watch, or nil.
func (w *watch) finalError(seen Observation) error {
	class := Classify(seen.Err)
	switch {
	case seen.Err == nil, class.Passing(), seen.Paused:
		return nil
	case class == ClassNotFound && seen.At.Before(w.start.Add(unlistedFor)):
		return nil
	}
	return seen.Err
}

// interval returns how long to wait after a look.
func (w *watch) interval(seen Observation) time.Duration {
	interval := firstInterval
	for range min(w.looks+w.failures-1, 5) {
		interval = min(interval*3/2, steadyInterval)
	}
	for range min(w.failures-2, 5) { // a single failure costs nothing
		interval = min(interval*2, failedInterval)
	}
	if seen.Paused {
		interval = pausedInterval
	}
	interval += time.Duration(w.jitter() * jitterFraction * float64(interval))
	var answer *Error
	if errors.As(seen.Err, &answer) {
		interval = max(interval, min(answer.RetryAfter, longestWait))
	}
	return interval
}
