package submission

import (
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// JobName names a job with its operation.
func JobName(job *wire.Job) string {
	id, operation := wire.Text(job.JobID), wire.Text(job.Operation)
	if operation == "" {
		return id
	}
	return id + " (" + operation + ")"
}

// orUnnamed is a status word, or that there is none.
func orUnnamed(status string) string {
	if status == "" {
		return "in a state that the service does not name"
	}
	return status
}

// JobWords says which job it is, how it stands, and since when.
func JobWords(job *wire.Job, now time.Time) string {
	out := "job " + JobName(job) + " is " + orUnnamed(status(job))
	if made, ok := client.JobTime(wire.Text(job.CreateTime)); ok && !ended(status(job)) {
		out += ", since " + Duration(Elapsed(made, now))
	}
	return out
}

// ToneOf is the tone of a job in a list.
func ToneOf(job *wire.Job) Tone {
	switch {
	case completed(status(job)):
		return Good
	case failed(status(job)):
		return Bad
	}
	return Working
}

// Unended returns the jobs that have not ended. A status that nobody knows means
// that the job still runs.
func Unended(jobs []wire.Job) []wire.Job {
	return slices.DeleteFunc(slices.Clone(jobs), func(j wire.Job) bool { return ended(status(&j)) })
}

// Elapsed is the time between two moments, without fractions of a second.
func Elapsed(from, to time.Time) time.Duration { return max(to.Sub(from), 0).Truncate(time.Second) }

// Took is how long the job took, or takes so far, at now.
func (s *Submission) Took(now time.Time) time.Duration {
	from := s.r.StartedAt
	if from.IsZero() {
		from = s.r.AnsweredAt
	}
	if from.IsZero() {
		from = s.follow.begun
	}
	switch {
	case from.IsZero():
		return 0
	case !s.r.EndedAt.IsZero():
		return Elapsed(from, s.r.EndedAt)
	}
	return Elapsed(from, now)
}

// Looks says how the watching of the job stands.
type Looks struct {
	// Good is when the last look succeeded, Next when the next one is due; zero if
	// there is none.
	Good, Next time.Time
	// Failed is how many looks failed so far. Paused says that it waits for
	// credentials.
	Failed int
	Paused bool
}

// Watching says how the watching stands, false while no job is watched.
func (s *Submission) Watching() (Looks, bool) {
	if s.over || s.todo != Job {
		return Looks{}, false
	}
	return Looks{Good: s.follow.good, Next: s.due, Failed: s.follow.failed, Paused: s.follow.paused}, true
}

// Usual is how long the updates of an environment took before.
type Usual struct {
	// Median is the middle of them, Most what nine of ten did not exceed.
	Median, Most time.Duration
	// Count is how many there were; with fewer than three nothing is usual.
	Count int
}

// Known reports whether there were enough jobs to call anything usual.
func (u Usual) Known() bool { return u.Count >= 3 }

// UsualOf works it out from the environment's finished jobs and from the own
// receipts. A job that is in both counts once.
func UsualOf(jobs []wire.Job, own []time.Duration) Usual {
	took := slices.Clone(own)
	for i := range jobs {
		job := &jobs[i]
		made, ok := client.JobTime(wire.Text(job.CreateTime))
		end, done := client.JobTime(wire.Text(job.UpdateTime))
		if !ok || !done || !ended(status(job)) || !isUpdate(wire.Text(job.Operation)) {
			continue
		}
		if d := end.Sub(made); d > 0 && !slices.ContainsFunc(own, func(o time.Duration) bool { return (o - d).Abs() < time.Second }) {
			took = append(took, d)
		}
	}
	if len(took) == 0 {
		return Usual{}
	}
	slices.Sort(took)
	return Usual{Median: took[(len(took)-1)/2], Most: took[(len(took)*9+9)/10-1], Count: len(took)}
}
