package emulator

import (
	"cmp"
	"encoding/hex"
	"io"
	"math"
	"slices"
	"time"
)

// What the service is known to call the states of a job. It documents none.
const (
	statusRunning   = "RUNNING"
	statusCompleted = "COMPLETED"
	statusFailed    = "FAILED"
)

// updateOperation is the operation of the jobs that updates make.
const updateOperation = "UpdateBackendAPI"

// forever is the duration of a job that hangs.
const forever = time.Duration(math.MaxInt64)

// Job is a job of a backend environment. Its status follows from the time
// alone: RUNNING until Duration has passed since Created, then COMPLETED, or
// FAILED when Error is set. Whatever else it shall do is in Quirks.
type Job struct {
	ID        string
	Operation string // empty leaves the member out of answers
	Created   time.Time
	Duration  time.Duration
	Error     string
	Quirks    Quirks
}

// job is a Job with the change it makes when it completes, and what became of it.
type job struct {
	Job
	old          bool // was there at the start
	update       int  // the number of the update that made it; 0 means somebody else
	applied      bool // the change was deployed when the job had completed
	target       *resource
	change       object // nil once it has taken effect, or when there is none
	reads, lists int    // answers that showed it
}

func (j *job) running(now time.Time) bool { return now.Sub(j.Created) < j.Duration }

func (j *job) status(now time.Time) string {
	switch {
	case j.running(now):
		return statusRunning
	case j.Error != "":
		return statusFailed
	}
	return statusCompleted
}

// visible reports whether answers show the job.
func (j *job) visible(now time.Time) bool {
	q := j.Quirks
	return now.Sub(j.Created) >= q.ListedAfter &&
		(q.GoneAfterReads == 0 || j.reads < q.GoneAfterReads) &&
		(q.GoneAfterLists == 0 || j.lists < q.GoneAfterLists)
}

// describe is j as the service shows it.
func (b *backend) describe(j *job, appID, env string, now time.Time) object {
	updated := now
	if !j.running(now) {
		updated = j.ended()
	}
	out := object{
		"appId":                  appID,
		"backendEnvironmentName": env,
		"jobId":                  j.ID,
		"status":                 j.status(now),
	}
	if j.Operation != "" {
		out["operation"] = j.Operation
	}
	if out["status"] == statusFailed {
		out["error"] = j.Error
	}
	verbatim := func(s string) string { return s }
	times := Members{"createTime": j.Quirks.Times.write(j.Created.Add(b.jobSkew)), "updateTime": j.Quirks.Times.write(updated.Add(b.jobSkew))}
	times.over(out, verbatim)
	j.Quirks.Members.over(out, verbatim)
	if !j.running(now) {
		j.Quirks.Ended.over(out, verbatim)
	}
	return out
}

func (j *job) ended() time.Time { return j.Created.Add(j.Duration) }

// effectAt is when the job's change is deployed.
func (j *job) effectAt() time.Time { return j.ended().Add(j.Quirks.EffectAfter) }

// settle lets every job that has completed by now take effect, in the order of
// their ends. A failed job changes nothing.
func (e *environment) settle(now time.Time) {
	var due []*job
	for _, j := range e.jobs {
		if j.change != nil && !j.running(now) && !j.effectAt().After(now) {
			due = append(due, j)
		}
	}
	slices.SortStableFunc(due, func(a, b *job) int { return a.effectAt().Compare(b.effectAt()) })
	for _, j := range due {
		if j.Error == "" && !j.Quirks.NoEffect {
			j.target.deploy(j.change, j.effectAt())
			j.applied = true
		}
		j.change = nil
	}
}

// pending reports whether a job of the environment is running.
func (e *environment) pending(now time.Time) bool {
	return slices.ContainsFunc(e.jobs, func(j *job) bool { return j.running(now) })
}

// job finds a job that can be seen.
func (e *environment) job(id string, now time.Time) (*job, error) {
	for _, j := range e.jobs {
		if j.ID == id && j.visible(now) {
			return j, nil
		}
	}
	return nil, notFound("BackendJob", id)
}

// startJob adds the job that wanted describes and that makes change of target.
// What wanted leaves open, id, duration and form of the times, is filled in.
func (b *backend) startJob(e *environment, wanted Job, target *resource, change object) (*job, error) {
	j := &job{Job: wanted, target: target, change: change}
	if j.ID == "" {
		var id [4]byte
		if _, err := io.ReadFull(b.random, id[:]); err != nil {
			return nil, err
		}
		j.ID = hex.EncodeToString(id[:])
	}
	j.Duration = cmp.Or(j.Duration, b.jobDuration)
	j.Quirks.Times = cmp.Or(j.Quirks.Times, b.jobTimes)
	if j.Quirks.Draft && change != nil {
		target.deploy(change, j.Created)
	}
	e.jobs = append(e.jobs, j)
	sortJobs(e.jobs)
	return j, nil
}

// nextMade is the job that the coming update makes, as far as it is scripted.
func (b *backend) nextMade(now time.Time) Job {
	var next Job
	if len(b.made) > 0 {
		next = b.made[min(b.madeCount, len(b.made)-1)]
	}
	b.madeCount++
	next.Operation, next.Created = updateOperation, now
	next.Error = cmp.Or(next.Error, b.jobFailure)
	return next
}

func sortJobs(jobs []*job) {
	slices.SortStableFunc(jobs, func(a, b *job) int { return a.Created.Compare(b.Created) })
}
