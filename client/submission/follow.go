package submission

import (
	"errors"
	"fmt"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// Intervals between looks at a job.
const (
	firstInterval  = 2 * time.Second  // after the first look
	steadyInterval = 10 * time.Second // reached within five looks
	pausedInterval = 30 * time.Second // while credentials are missing
	failedInterval = 60 * time.Second // the most between failing looks
	jitterFraction = 0.2              // of an interval may be added to it
	// unlistedFor is how long a new job may be unknown to the service.
	unlistedFor = 30 * time.Second
	// vanishedFor is how long a job is looked for that cannot be found any more.
	vanishedFor = 2 * time.Minute
)

// looks are the looks at one job.
type looks struct {
	begun    time.Time // the first look
	good     time.Time // the last one that succeeded
	gone     time.Time // since when it cannot be found, zero if it can
	n        int       // that succeeded
	failures int       // in a row
	failed   int       // in all
	paused   bool      // waits for credentials
}

// errOther is a look that answers for another job.
type errOther struct{ asked, got string }

func (e *errOther) Error() string {
	return fmt.Sprintf("asked for job %s, the service answered about %s", e.asked, e.got)
}

// checkJob refuses an answer that is about another job, app or environment.
func (s *Submission) checkJob(job *wire.Job) error {
	t := s.r.Target
	for _, pair := range [][2]string{{s.r.JobID, wire.Text(job.JobID)}, {t.AppID, wire.Text(job.AppID)}, {t.Environment, wire.Text(job.BackendEnvironmentName)}} {
		if pair[1] != "" && pair[0] != "" && pair[0] != pair[1] {
			return &errOther{pair[0], pair[1]}
		}
	}
	return nil
}

// looked takes a look at the job that the answer named, or that is followed.
func (s *Submission) looked(e Event) {
	f := &s.follow
	if f.begun.IsZero() {
		f.begun = e.at
	}
	err := e.err
	if err == nil {
		err = s.checkJob(e.job)
	}
	if err != nil {
		s.missed(e.at, err)
		return
	}
	was := status(s.job)
	first := f.n == 0
	f.n, f.failures, f.good, f.gone, f.paused, s.err = f.n+1, 0, e.at, time.Time{}, false, nil
	s.seen(e.job)
	if now := status(s.job); now != was || first {
		s.note(e.at, EntryJob, "job "+s.r.JobID+": "+orUnnamed(now)).of(s.job)
	}
	if !ended(status(s.job)) {
		s.lookLater(e.at, nil)
		return
	}
	s.jobEnded(e.at)
}

// seen takes what was seen of the job, into the receipt as well.
func (s *Submission) seen(job *wire.Job) {
	seen := *job
	if seen.JobID == nil {
		seen.JobID = &s.r.JobID
	}
	s.job = &seen
	s.dirty = keepJob(&s.r, &seen) || s.dirty
}

// jobEnded takes the end of the job.
func (s *Submission) jobEnded(at time.Time) {
	s.r.EndedAt = at
	if t, ok := client.JobTime(wire.Text(s.job.UpdateTime)); ok {
		s.r.EndedAt = t
	}
	reported := wire.Text(s.job.Error)
	if s.r.Answer != nil && reported == "" {
		reported = s.r.Answer.Error
	}
	switch {
	case s.foreign && failed(status(s.job)):
		s.conclude(Failed, "")
	case s.foreign && reported != "":
		s.conclude(Unconfirmed, ReasonJobError)
	case s.foreign:
		s.conclude(Ended, "")
		s.note(at, EntryVerdict, "nothing of yours to compare")
	case failed(status(s.job)):
		s.set(Failed, "")
		s.read(at)
	case reported != "":
		s.set(Unconfirmed, ReasonJobError)
		s.note(at, EntryWarning, "the job is "+completedWord+", but reported an error: "+reported)
		s.read(at)
	default:
		s.back.decides = true
		s.set(Unconfirmed, ReasonUnread)
		s.read(at)
	}
}

// missed takes a look that failed.
func (s *Submission) missed(at time.Time, err error) {
	f := &s.follow
	f.failures++
	f.failed++
	paused := client.RenewableCredentials(err)
	if !paused || !f.paused { // one line says it for all looks of a pause
		s.note(at, EntryLookFailed, "one look failed: "+Short(err)+"; watching goes on").Failures = f.failures
	}
	f.paused, s.err = paused, err
	class := client.Classify(err)
	var other *errOther
	switch {
	case class == client.ClassNotFound:
		s.notFound(at, err)
	case class.Passing(), paused, errors.As(err, &other):
		s.lookLater(at, err)
	default:
		v := s.Verdict()
		if s.foreign && f.n == 0 {
			v = NotSeen
		}
		s.conclude(v, ReasonDenied)
		s.note(at, EntryLeft, "the job cannot be watched: "+Short(err))
	}
}

// notFound takes that the service does not know the job.
func (s *Submission) notFound(at time.Time, err error) {
	f := &s.follow
	if f.gone.IsZero() {
		f.gone = at
	}
	wait := vanishedFor
	switch {
	case s.foreign && f.n == 0:
		wait = unlistedFor
	case f.n == 0:
		wait += unlistedFor
	}
	switch {
	case at.Sub(f.gone) < wait:
		s.lookLater(at, err)
	case s.foreign && f.n == 0:
		s.conclude(NotSeen, ReasonNoSuchJob)
		s.note(at, EntryVerdict, "there is no job "+s.r.JobID+" in "+s.r.Target.Environment)
	default:
		s.conclude(Unknown, ReasonVanished)
		s.note(at, EntryVerdict, unknownWords[ReasonVanished])
	}
}

// lookLater has the job looked at again: every two seconds at first and every ten
// seconds later, a little spread, less often after failures, and never sooner than
// a Retry-After says.
func (s *Submission) lookLater(at time.Time, err error) {
	f := &s.follow
	interval := firstInterval
	for range min(f.n+f.failures-1, 5) {
		interval = min(interval*3/2, steadyInterval)
	}
	for range min(f.failures-2, 5) { // a single failure costs nothing
		interval = min(interval*2, failedInterval)
	}
	if f.paused {
		interval = pausedInterval
	}
	interval += time.Duration(s.o.Jitter() * jitterFraction * float64(interval))
	var answer *client.Error
	if errors.As(err, &answer) {
		interval = max(interval, min(answer.RetryAfter, longestWait))
	}
	s.todo, s.due = Job, at.Add(interval)
}
