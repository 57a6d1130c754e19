package emulator

import (
	"slices"
	"time"
)

// Jobs returns the jobs of an environment, oldest first, without a request: for
// tests that count what a client has caused. It returns nil when there is no
// such environment.
func (e *Emulator) Jobs(appID, environmentName string) []Job {
	e.mu.Lock()
	defer e.mu.Unlock()
	env, err := e.look(appID, environmentName)
	if err != nil {
		return nil
	}
	jobs := make([]Job, len(env.jobs))
	for i, j := range env.jobs {
		jobs[i] = j.Job
	}
	return jobs
}

// Deployed returns the configuration of a resource that is in effect now, as
// JSON with sorted members, without a request. It returns "" when there is no
// such resource.
func (e *Emulator) Deployed(appID, environmentName, resourceName string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	env, err := e.look(appID, environmentName)
	if err != nil {
		return ""
	}
	r, err := env.resource(resourceName)
	if err != nil {
		return ""
	}
	return string(marshal(r.config))
}

// look finds an environment as it is now. The mutex is held.
func (e *Emulator) look(appID, environmentName string) (*environment, error) {
	now := e.clock.Now()
	if err := e.backend.happen(now); err != nil {
		return nil, err
	}
	return e.backend.environment(appID, environmentName, now)
}

// Update is one UpdateBackendAPI request that was received, refused ones
// included.
type Update struct {
	At     time.Time // by Clock
	Status int       // of the answer; 0 when the connection was reset
	JobID  string    // of the job it made; empty when it made none, whatever the answer said
}

// Updates returns the update requests received so far, oldest first. One is in
// it before its answer leaves.
func (e *Emulator) Updates() []Update {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]Update, len(e.backend.updates))
	for i, u := range e.backend.updates {
		out[i] = Update{At: u.at, Status: u.status, JobID: u.jobID}
	}
	return out
}

// JobRecord is a job as it really is, whatever the answers show of it. All times
// are Clock's.
type JobRecord struct {
	Job
	AppID, Environment string
	// Update is the number of the request that made the job, counted from 1 in
	// Updates. 0 means somebody else.
	Update int
	Ended  time.Time // zero while the job runs
	// Applied says that the job has completed and that its change was deployed
	// then. A draft alone does not count.
	Applied bool
}

// JobRecords returns the jobs of every environment, those of the past included,
// oldest first.
func (e *Emulator) JobRecords() []JobRecord {
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.clock.Now()
	if err := e.backend.happen(now); err != nil {
		return nil
	}
	var out []JobRecord
	for _, a := range e.backend.apps {
		for _, env := range a.environments {
			env.settle(now)
			for _, j := range env.jobs {
				r := JobRecord{Job: j.Job, AppID: a.id, Environment: env.name, Update: j.update, Applied: j.applied}
				if !j.running(now) {
					r.Ended = j.ended()
				}
				out = append(out, r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b JobRecord) int { return a.Created.Compare(b.Created) })
	return out
}
