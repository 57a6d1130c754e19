package submission

import (
	"errors"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Take takes what came of a step. An event of another submission, one that was taken
// already, and one of a step before the submission was left or taken up anew are
// dropped; but the end of an attempt to send counts whenever it comes.
func (s *Submission) Take(e Event) {
	if e.step.number != s.number {
		return
	}
	if e.step.round != s.round || !s.busy || e.step.turn != s.turn {
		s.takeLate(e)
		return
	}
	s.busy = false
	switch e.Kind() {
	case Guard:
		s.guarded(e)
	case Lock:
		s.locked(e)
	case Baseline:
		s.counted(e)
	case Unmoved:
		s.unmoved(e)
	case Intent:
		s.intended(e)
	case Post:
		s.posted(e)
	case List:
		s.listed(e)
	case Job:
		s.looked(e)
	case ReadBack:
		s.readBack(e)
	case Record:
		s.recorded(e)
	case Unlock:
		s.lock = nil
	}
}

// takeLate takes what must not be lost of a step that nobody waits for any more.
func (s *Submission) takeLate(e Event) {
	switch {
	case e.Kind() == Post && s.Verdict() == Unknown && s.attemptOpen():
		over, why := s.over, s.Reason()
		s.busy = false
		s.round++ // a look that is under way was begun without knowing
		s.posted(e)
		if over || s.todo == Baseline { // it was left: nothing is sent by itself any more
			s.over, s.todo, s.dirty = true, None, true
			if s.Verdict() == NotStarted && s.err == nil { // it had not left at all
				s.set(NotStarted, why)
			}
		} else if s.todo == List && s.lock == nil {
			s.todo = Lock
		}
	case e.Kind() == Lock && s.lock == nil:
		s.lock = e.lock
	case e.Kind() == Intent && e.err == nil && e.receipt.ID != "":
		s.keptAs(&e.receipt)
		s.dirty = true
	}
}

func (s *Submission) guarded(e Event) {
	if e.err != nil {
		s.stop(e.at, e.err)
		return
	}
	if s.r.Target.Account == "" {
		s.r.Target.Account = e.identity.Account
	}
	if s.r.CallerARN == "" {
		s.r.CallerARN = e.identity.ARN
	}
	s.todo, s.due = Lock, e.at
}

func (s *Submission) locked(e Event) {
	s.lock = e.lock
	switch {
	case e.err != nil && s.Verdict() == NotStarted:
		s.stop(e.at, e.err)
	case e.err != nil: // another program may be just sending it
		s.err = e.err
		s.over, s.todo = true, None
		s.note(e.at, EntryWarning, e.err.Error())
	case s.Verdict() == NotStarted:
		s.todo, s.due = Baseline, e.at
	default:
		s.todo, s.due = List, e.at
	}
}

// baseline is what was known of an environment's jobs before an attempt.
type baseline struct {
	at     time.Time // by the clock of this machine
	date   time.Time // by the service's, zero if it does not say
	ids    []string
	others others
}

// stale reports whether the baseline is too old to send anything. Readings of the
// monotonic clock are left out, since that stands still while a machine sleeps.
func (b baseline) stale(now time.Time) bool {
	age := now.Round(0).Sub(b.at.Round(0))
	return b.at.IsZero() || age > freshFor || age < 0
}

// BusyError says that another job holds the environment. Nothing was sent.
type BusyError struct{ Job wire.Job }

// Error names the job.
func (e *BusyError) Error() string {
	return "job " + JobName(&e.Job) + " of this environment is still " + orUnnamed(status(&e.Job)) +
		", and the service runs one at a time; nothing was sent"
}

// HoldsEnvironment marks the error for client.Classify.
func (e *BusyError) HoldsEnvironment() {}

// counted takes which jobs there are before an attempt.
func (s *Submission) counted(e Event) {
	if e.err != nil {
		s.stop(e.at, e.err)
		return
	}
	if e.list.Date.IsZero() && s.base.at.IsZero() {
		s.note(e.at, EntryWarning, "the service's answers carry no Date, so the times of jobs cannot tell anything")
	}
	s.base = baseline{at: e.at, date: e.list.Date, others: e.others}
	s.holding = nil
	for i := range e.list.Jobs {
		job := &e.list.Jobs[i]
		s.base.ids = append(s.base.ids, wire.Text(job.JobID))
		if s.holding == nil && !ended(status(job)) && !slices.Contains(s.r.PassedOver, wire.Text(job.JobID)) {
			s.holding = job
		}
	}
	if s.holding == nil {
		s.todo, s.due = Unmoved, e.at
		return
	}
	if s.waits.IsZero() {
		s.waits = e.at
	}
	const between = 10 * time.Second
	last := s.waits.Add(s.o.WaitForJobs)
	if !e.at.Before(last) {
		s.stop(e.at, &BusyError{Job: *s.holding})
		return
	}
	if e.at.Equal(s.waits) {
		s.note(e.at, EntryProgress, "waiting for job "+JobName(s.holding)+", which is "+orUnnamed(status(s.holding)))
	}
	s.todo, s.due = Baseline, e.at.Add(between)
	if s.due.After(last) {
		s.due = last
	}
}

// unmoved goes on if neither the schema nor what is deployed has changed since the
// plan was made.
func (s *Submission) unmoved(e Event) {
	switch {
	case e.err != nil:
		s.stop(e.at, e.err)
		return
	case !s.o.Until.IsZero() && e.at.Add(needed).After(s.o.Until):
		s.stop(e.at, errNoTime)
		return
	}
	s.r.Baseline.JobIDs, s.r.Baseline.Date = s.base.ids, s.base.date
	s.beginAttempt(e.at)
	s.todo, s.due = Post, e.at
	if !s.kept {
		s.todo = Intent
	}
}

// intended goes on once the receipt is written.
func (s *Submission) intended(e Event) {
	if e.err != nil {
		s.stop(e.at, e.err)
		return
	}
	if e.receipt.ID != "" {
		s.keptAs(&e.receipt)
	}
	s.dirty = false
	s.todo, s.due = Post, e.at
	s.note(e.at, EntryProgress, "sending, once")
}

// keptAs takes what the journal filled in when it wrote the receipt first.
func (s *Submission) keptAs(r *journal.Receipt) {
	s.r.ID, s.r.Time, s.r.Version, s.r.BeforeRedacted = r.ID, r.Time, r.Version, r.BeforeRedacted
	s.kept = true
}

// recorded takes whether the receipt could be written. Without it nothing is sent.
func (s *Submission) recorded(e Event) {
	s.keepErr = e.err
	if e.err == nil {
		return
	}
	if s.todo == Post {
		s.stop(e.at, errors.Join(errors.New("nothing was sent, because the attempt could not be recorded"), e.err))
		s.dirty = false // once is enough to say that it cannot be kept
		return
	}
	s.note(e.at, EntryWarning, "the receipt could not be completed: "+e.err.Error())
}

// credentials reports whether an error is about credentials, or of a request that was
// cancelled: no repetition mends either.
func credentials(err error) bool {
	return client.Classify(err) == client.ClassCredentials || client.Classify(err) == client.ClassCanceled
}
