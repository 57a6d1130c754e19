package submission

import (
	"slices"

	"ampedit/client/journal"
	"ampedit/client/wire"
)

// LockOf is the lock that a submission holds, nil for none: a test that kills the
// program gives it up as the system would.
func LockOf(s *Submission) *journal.Lock { return s.lock }

// LockIn is the lock that an event brings, nil for none.
func LockIn(e Event) *journal.Lock { return e.lock }

// The bugs below are planted after an event was taken, to see that the property
// test notices them. They need nothing of the code that is tested.

// PlantFirstJob takes the first new job of a list for the update's.
func PlantFirstJob(s *Submission, e Event) {
	if e.Kind() != List || e.err != nil || s.Verdict() != Unknown {
		return
	}
	for i := range e.list.Jobs {
		job := e.list.Jobs[i]
		if slices.Contains(s.base.ids, wire.Text(job.JobID)) {
			continue
		}
		s.r.JobID, s.job, s.over = wire.Text(job.JobID), &job, false
		s.set(Started, "")
		s.follow, s.todo, s.due = looks{}, Job, e.at
		return
	}
}

// PlantInEffect takes a configuration that is what was approved for the end of all
// questions.
func PlantInEffect(s *Submission, e Event) {
	if e.Kind() == ReadBack && e.err == nil && s.Verdict() == Unknown && s.r.ReadBack.Same {
		s.conclude(Done, "")
	}
}

// PlantEarlyFailure believes that the update failed as soon as a job that may be
// the update's did.
func PlantEarlyFailure(s *Submission, e Event) {
	if e.Kind() != List || s.Verdict() != Unknown || len(s.r.Candidates) == 0 {
		return
	}
	if !slices.ContainsFunc(s.r.Candidates, func(j wire.Job) bool { return !failed(status(&j)) }) {
		s.set(Failed, "")
		s.over = false
		s.read(e.at)
	}
}
