package edit

import (
	"context"
	"iter"
	"strings"
	"sync"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// Watch follows a job, one look at a time.
type Watch struct {
	mu   sync.Mutex
	next func() (client.Observation, bool)
	stop func()
	err  error
}

// StartWatch prepares to follow a job. Nothing happens before the first Next; ctx
// ends the watching.
func StartWatch(ctx context.Context, service client.JobReader, t Target, jobID string, o client.WatchOptions) *Watch {
	w := &Watch{}
	in := wire.GetBackendJobInput{AppID: t.AppID, BackendEnvironmentName: t.Environment, JobID: jobID}
	w.next, w.stop = iter.Pull(func(yield func(client.Observation) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		_, err := client.Watch(ctx, service, in, o, func(seen client.Observation) {
			if !yield(seen) {
				cancel()
			}
		})
		w.err = err
	})
	return w
}

// Next waits for the next look and returns it; false says that there will be no
// more, and Err why.
func (w *Watch) Next() (client.Observation, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.next()
}

// Err returns why the watching ended: nil after the job's end.
func (w *Watch) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Result is how a job ended.
type Result int

// The results.
const (
	Running   Result = iota // not ended, or in a state that nobody knows
	Completed               // COMPLETED, and without an error
	Failed
)

// JobResult returns how far a job is. Only COMPLETED is success.
func JobResult(job *wire.Job) Result {
	switch {
	case job == nil || !client.Ended(text(job.Status)):
		return Running
	case strings.EqualFold(text(job.Status), "COMPLETED"):
		return Completed
	}
	return Failed
}

// Jobs reads the environment's jobs, all of them as their order is not
// documented.
func Jobs(ctx context.Context, service client.JobLister, t Target) ([]wire.Job, error) {
	list, err := client.ListJobs(ctx, service, t.AppID, t.Environment)
	return list.Jobs, err
}

// RunningJobs returns those of jobs that have not ended.
func RunningJobs(jobs []wire.Job) []wire.Job {
	var running []wire.Job
	for i := range jobs {
		if JobResult(&jobs[i]) == Running {
			running = append(running, jobs[i])
		}
	}
	return running
}

// Elapsed is the time between two moments, without fractions of a second.
func Elapsed(from, to time.Time) time.Duration { return max(to.Sub(from), 0).Truncate(time.Second) }
