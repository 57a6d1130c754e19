package emulator

import (
	"encoding/hex"
	"io"
	"math"
	"slices"
	"strconv"
	"time"
)

// What the service is known to call the states of a job. It documents none.
const (
	statusRunning   = "RUNNING"
	statusCompleted = "COMPLETED"
	statusFailed    = "FAILED"
)

// forever is the duration of a job that hangs.
const forever = time.Duration(math.MaxInt64)

// Job is a job of a backend environment. Its status follows from the time
// alone: RUNNING until Duration has passed since Created, then COMPLETED, or
// FAILED when Error is set.
type Job struct {
	ID        string
	Operation string
	Created   time.Time
	Duration  time.Duration
	Error     string
}

// job is a Job with the change it makes when it completes.
type job struct {
	Job
	target *resource
	change object // nil once it has taken effect, or when there is none
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

// describe is the job as the service shows it. Times are epoch milliseconds in
// a string, the one form seen in a public report (aws-amplify/amplify-hosting
// issue 1722).
func (j *job) describe(appID, env string, now time.Time) object {
	updated := now
	if !j.running(now) {
		updated = j.Created.Add(j.Duration)
	}
	out := object{
		"appId":                  appID,
		"backendEnvironmentName": env,
		"createTime":             strconv.FormatInt(j.Created.UnixMilli(), 10),
		"jobId":                  j.ID,
		"operation":              j.Operation,
		"status":                 j.status(now),
		"updateTime":             strconv.FormatInt(updated.UnixMilli(), 10),
	}
	if out["status"] == statusFailed {
		out["error"] = j.Error
	}
	return out
}

// settle lets every job that has completed by now take effect, in order. A
// failed job changes nothing.
func (e *environment) settle(now time.Time) {
	for _, j := range e.jobs {
		if j.change == nil || j.running(now) {
			continue
		}
		if j.Error == "" {
			j.target.deploy(j.change, j.Created.Add(j.Duration))
		}
		j.change = nil
	}
}

// pending reports whether a job of the environment is running.
func (e *environment) pending(now time.Time) bool {
	return slices.ContainsFunc(e.jobs, func(j *job) bool { return j.running(now) })
}

// startJob adds a running job with a fresh id.
func (b *backend) startJob(e *environment, operation string, now time.Time) (*job, error) {
	var id [4]byte
	if _, err := io.ReadFull(b.random, id[:]); err != nil {
		return nil, err
	}
	j := &job{Job: Job{
		ID:        hex.EncodeToString(id[:]),
		Operation: operation,
		Created:   now,
		Duration:  b.jobDuration,
		Error:     b.jobFailure,
	}}
	e.jobs = append(e.jobs, j)
	return j, nil
}

func sortJobs(jobs []*job) {
	slices.SortStableFunc(jobs, func(a, b *job) int { return a.Created.Compare(b.Created) })
}
