package submission

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

const (
	// maxAttempts is how often an update is sent at most, the ones that provably did
	// nothing included.
	maxAttempts = 3
	// firstPause doubles with each attempt; the service may ask for longer.
	firstPause = time.Second
	// longestWait is the most that a Retry-After is given.
	longestWait = 5 * time.Minute
)

// beginAttempt opens an attempt. The receipt says so before it leaves.
func (s *Submission) beginAttempt(at time.Time) {
	s.r.Attempts = append(s.r.Attempts, journal.Attempt{Left: at})
	s.set(Unknown, ReasonSending)
}

func (s *Submission) endAttempt(at time.Time, how string) {
	if n := len(s.r.Attempts); n > 0 {
		s.r.Attempts[n-1].Ended, s.r.Attempts[n-1].End = at, how
	}
}

// posted takes the end of an attempt to send.
func (s *Submission) posted(e Event) {
	if e.stale {
		s.unsend()
		s.todo, s.due = Baseline, e.at
		return
	}
	s.sentOnce = true
	if e.err == nil {
		s.answered(e)
		return
	}
	s.endAttempt(e.at, e.err.Error())
	switch effect := client.EffectOf(e.err); {
	case effect == client.MayHaveActed:
		s.lost(e.at, e.err)
	case effect == client.MayRepeat && !s.over && len(s.r.Attempts) < maxAttempts && !credentials(e.err) && retryAfter(e.err) <= longestWait:
		s.repeat(e.at, e.err)
	default:
		s.refused(e.at, e.err)
	}
}

// repeat sends again by itself, after another look at jobs and configuration: the
// last attempt did nothing.
func (s *Submission) repeat(at time.Time, err error) {
	pause := firstPause << (len(s.r.Attempts) - 1)
	pause += time.Duration(s.o.Jitter() * jitterFraction * float64(pause))
	pause = max(pause, retryAfter(err))
	s.r.Error = said(err)
	s.set(NotStarted, "")
	s.todo, s.due = Baseline, at.Add(pause)
	s.note(at, EntryProgress, fmt.Sprintf("attempt %d of %d did nothing: %s; the next one in %s", len(s.r.Attempts), maxAttempts, said(err), Duration(pause)))
}

// retryAfter is how long the service asks to wait.
func retryAfter(err error) time.Duration {
	var answer *client.Error
	if errors.As(err, &answer) {
		return answer.RetryAfter
	}
	return 0
}

// refused ends it: the service, or something before it, did not take the request.
// A job that keeps it from being taken is named, if the list shows one.
func (s *Submission) refused(at time.Time, err error) {
	pending := client.Classify(err) == client.ClassPendingJob
	if pending && len(s.r.PassedOver) > 0 {
		err = &refusedError{err}
	}
	s.stop(at, err)
	if pending && len(s.r.PassedOver) == 0 {
		s.over, s.todo, s.due = false, List, at
	}
}

// refusedError says that passing over a job did not help.
type refusedError struct{ err error }

// Error says what the service said.
func (e *refusedError) Error() string {
	return "the service itself refuses, though the job was passed over: " + said(e.err)
}

// Unwrap returns the service's error.
func (e *refusedError) Unwrap() error { return e.err }

// nameHolder takes the list that may name the job of a refusal.
func (s *Submission) nameHolder(e Event) {
	s.over, s.todo, s.dirty = true, None, true
	if e.err != nil {
		return
	}
	for i := range e.list.Jobs {
		if job := &e.list.Jobs[i]; !ended(status(job)) {
			s.holding = job
			s.note(e.at, EntryWarning, "job "+JobName(job)+" is "+orUnnamed(status(job)))
			return
		}
	}
}

// answered takes a proper answer.
func (s *Submission) answered(e Event) {
	a := journal.Answer{
		AppID: wire.Text(e.answer.AppID), Environment: wire.Text(e.answer.BackendEnvironmentName), Error: wire.Text(e.answer.Error),
		JobID: wire.Text(e.answer.JobID), Operation: wire.Text(e.answer.Operation), RequestID: e.answer.RequestID,
	}
	if e.answer.Status != nil {
		a.Status = string(*e.answer.Status)
	}
	s.r.Answer, s.r.AnsweredAt = &a, e.at
	s.endAttempt(e.at, "answered")
	switch t := s.r.Target; {
	case a.JobID == "" && a.Error != "":
		s.lost(e.at, fmt.Errorf("the service's answer carries an error and names no job: %s", a.Error))
	case a.JobID == "":
		s.lost(e.at, errors.New("the service's answer names no job"))
	case slices.Contains(s.base.ids, a.JobID):
		s.lost(e.at, fmt.Errorf("the service's answer names job %s, which existed before", a.JobID))
	case a.AppID != "" && a.AppID != t.AppID, a.Environment != "" && a.Environment != t.Environment:
		s.lost(e.at, fmt.Errorf("the service's answer is about %s / %s, not about what was sent", a.AppID, a.Environment))
	default:
		s.started(e.at, a)
	}
}

func (s *Submission) started(at time.Time, a journal.Answer) {
	s.r.JobID = a.JobID
	s.job = &wire.Job{JobID: &a.JobID}
	if a.Operation != "" {
		s.job.Operation = &a.Operation
	}
	if word := wire.JobStatus(a.Status); a.Status != "" && !ended(a.Status) { // to be shown; a look has to say that it has ended
		s.job.Status = &word
	}
	s.err, s.r.Error = nil, ""
	s.set(Started, "")
	s.note(at, EntryVerdict, "sent once and accepted: job "+a.JobID)
	if a.Error != "" {
		s.note(at, EntryWarning, "the service's answer carries an error all the same: "+a.Error)
	}
	if a.Operation != "" && !isUpdate(a.Operation) {
		s.note(at, EntryWarning, "the service calls the job's operation "+a.Operation)
	}
	if s.o.NoWait {
		s.Leave(at, ReasonNoWait)
		return
	}
	s.follow = looks{}
	s.todo, s.due = Job, at
}

// lost begins to find out what became of an update whose answer was lost.
func (s *Submission) lost(at time.Time, why error) {
	s.err, s.r.Error = why, said(why)
	s.r.AnsweredAt = at
	s.set(Unknown, ReasonLooking)
	s.find.begin(at, false)
	s.todo, s.due = List, at
	s.note(at, EntryVerdict, "the answer was lost: "+Short(why))
	s.note(at, EntryProgress, "looking for a job that appeared after it, for "+Duration(window)+" at least")
}
