package client

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ampedit/client/wire"
)

const (
	// updateOperation is the operation that the jobs of updates most likely bear;
	// the service does not document it.
	updateOperation = "UpdateBackendAPI"
	// oldJob is how long before the baseline a job must have been made to be none
	// of ours, generous for clocks that differ.
	oldJob = 5 * time.Minute
	// The waits between looks at the jobs double from the first to the longest.
	firstLook = time.Second
	lastLook  = 10 * time.Second
)

// Reconcile finds out what became of an update whose answer was lost: it looks for
// jobs that were not there before, until exactly one appeared or the window is
// over. lost is how the answer was lost. It sends nothing.
//
// The errors are NotObservedError, also if the context ends first, and
// AmbiguousError.
func Reconcile(ctx context.Context, api API, in *wire.UpdateBackendAPIInput, known Baseline, lost error, o SubmitOptions) (Accepted, error) {
	o.defaults()
	start := o.Clock.Now()
	o.Progress("the answer was lost; looking for the job that the request may have started, for up to " + fmt.Sprintf("%.0f s", o.Window.Seconds()))
	var unlisted error
	for wait := firstLook; ; wait = min(2*wait, lastLook) {
		var list JobList
		if list, unlisted = ListJobs(ctx, api, in.AppID, in.BackendEnvironmentName); unlisted == nil {
			switch fresh := newJobs(list.Jobs, known); len(fresh) {
			case 0:
			case 1:
				return Accepted{JobID: text(fresh[0].JobID), How: Found, Job: &fresh[0]}, nil
			default:
				return Accepted{}, &AmbiguousError{Jobs: fresh, Err: lost}
			}
		}
		if o.Clock.Now().Add(wait).Sub(start) > o.Window || o.Clock.Wait(ctx, wait) != nil {
			break
		}
	}
	if inEffect(ctx, api, in, o.Before) {
		return Accepted{How: InEffect}, nil
	}
	return Accepted{}, &NotObservedError{Err: lost, Unlisted: unlisted}
}

// newJobs returns the jobs that were not there before, preferably those whose
// operation is an update.
func newJobs(jobs []wire.Job, known Baseline) []wire.Job {
	var fresh, updates []wire.Job
	for _, job := range jobs {
		made, ok := JobTime(text(job.CreateTime))
		if slices.Contains(known.JobIDs, text(job.JobID)) || ok && made.Before(known.At.Add(-oldJob)) {
			continue
		}
		fresh = append(fresh, job)
		if strings.EqualFold(text(job.Operation), updateOperation) {
			updates = append(updates, job)
		}
	}
	if len(updates) > 0 {
		return updates
	}
	return fresh
}

// inEffect reports whether the configuration is the wanted one, though it was
// another before.
func inEffect(ctx context.Context, api API, in *wire.UpdateBackendAPIInput, before *wire.ResourceConfig) bool {
	if before == nil || before.Equal(in.ResourceConfig) {
		return false
	}
	got, err := api.GetBackendAPI(ctx, &wire.GetBackendAPIInput{
		AppID: in.AppID, BackendEnvironmentName: in.BackendEnvironmentName, ResourceName: in.ResourceName,
	})
	return err == nil && in.ResourceConfig.Equal(got.ResourceConfig)
}
