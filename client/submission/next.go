package submission

import (
	"errors"
	"slices"
	"time"
)

const (
	// freshFor is how long a baseline is good. A machine that slept meanwhile reads
	// it again.
	freshFor = 30 * time.Second
	// needed is how much time must be left to send anything: enough for the answer
	// and a first look for the job of a lost one.
	needed = 15 * time.Second
)

// Next returns the next step; false if it is over, or a step is still being done.
// A step that is not due yet is asked for again when it is.
func (s *Submission) Next(now time.Time) (Step, bool) {
	if s.busy {
		return Step{}, false
	}
	if !s.over && !s.o.Until.IsZero() && !now.Before(s.o.Until) {
		s.Leave(now, ReasonTimeout)
	}
	switch {
	case s.dirty && s.kept:
		return s.begin(Record, now, now), true
	case s.over && s.lock != nil:
		return s.begin(Unlock, now, now), true
	case s.over:
		return Step{}, false
	}
	if (s.todo == Unmoved || s.todo == Intent || s.todo == Post) && s.base.stale(now) {
		s.unsend()
		s.todo, s.due = Baseline, now
	}
	due := s.due
	if !s.o.Until.IsZero() && due.After(s.o.Until) {
		due = s.o.Until // to leave then
	}
	return s.begin(s.todo, due, now), true
}

// unsend takes back an attempt that has not left.
func (s *Submission) unsend() {
	if n := len(s.r.Attempts); n > 0 && s.r.Attempts[n-1].Ended.IsZero() {
		s.r.Attempts = s.r.Attempts[:n-1]
		s.set(NotStarted, "")
	}
}

func (s *Submission) attemptOpen() bool {
	n := len(s.r.Attempts)
	return n > 0 && s.r.Attempts[n-1].Ended.IsZero()
}

// begin makes a step, and marks it as being done if it is due.
func (s *Submission) begin(k Kind, due, now time.Time) Step {
	step := Step{Kind: k, At: due, Shield: k == Post || k == Record || k == Unlock || k == Intent, number: s.number, round: s.round}
	step.in = input{receipt: s.r, approved: s.approved, jobID: s.r.JobID, lock: s.lock, open: s.remains() || !s.over, sending: s.todo == Post}
	step.in.receipt.Attempts, step.in.receipt.Candidates = slices.Clone(s.r.Attempts), slices.Clone(s.r.Candidates)
	if k == Post {
		step.in.stale = s.base.at.Round(0).Add(freshFor)
	}
	if !due.After(now) {
		s.turn++
		s.busy, s.begun, step.turn = true, k, s.turn
		if k == Record {
			s.dirty = false
		}
	}
	return step
}

// remains reports whether something may still be found out.
func (s *Submission) remains() bool {
	if !s.r.Closed.IsZero() || !s.r.Abandoned.IsZero() {
		return false
	}
	switch s.Verdict() {
	case Started, Unknown:
		return true
	case Unconfirmed:
		return s.Reason() != ReasonDiffers && s.Reason() != ReasonJobError
	}
	return false
}

// Leave ends it before its end. What must not be left half done is still a step.
// The answer of an update that is on its way is taken late.
func (s *Submission) Leave(now time.Time, why Reason) {
	if s.over {
		return
	}
	underWay := s.busy
	if underWay {
		s.busy = false
		s.round++
	}
	if s.todo == Intent || s.todo == Post && !(underWay && s.begun == Post) {
		s.unsend()
	}
	switch {
	case s.Verdict() == Failed, s.Reason() == ReasonJobError: // that is certain already
		s.conclude(s.Verdict(), s.Reason())
	case s.Verdict() != NotStarted:
		s.conclude(s.Verdict(), why)
	case why == ReasonTimeout && s.err == nil:
		s.stop(now, errTooLate)
	default:
		s.conclude(NotStarted, why)
	}
	s.note(now, EntryLeft, leftWords(s.Verdict(), why))
}

var errTooLate = errors.New("the time that --timeout gives is over")

// errNoTime is why nothing is sent shortly before the end.
var errNoTime = errors.New("less than 15 s are left of --timeout, too little to find out what becomes of a request")

// Rest ends what would go on by itself, between two steps of a look. What is known
// stays as it is.
func (s *Submission) Rest() { s.over, s.todo = true, None }

// LookAgain takes it up once more, at the user's word: looks for the job of a lost
// answer, at the job, or at the configuration. It sends nothing.
func (s *Submission) LookAgain(now time.Time) bool {
	if !s.CanLookAgain() {
		return false
	}
	s.round++
	s.over, s.busy, s.err, s.due = false, false, nil, now
	switch v := s.Verdict(); {
	case v == Unknown && s.r.JobID != "": // it vanished
		s.set(Started, "")
		s.follow, s.todo = looks{}, Job
	case v == Unknown:
		s.find.again(now)
		s.todo = Lock
		if s.lock != nil {
			s.todo = List
		}
		s.set(Unknown, ReasonLooking)
	case v == Unconfirmed:
		s.back, s.todo = readBack{}, ReadBack
	default:
		s.follow, s.todo = looks{}, Job
	}
	s.note(now, EntryProgress, "looking again")
	return true
}

// CanLookAgain reports whether looking again may tell more.
func (s *Submission) CanLookAgain() bool {
	return s.over && s.remains() && (s.foreign || s.kept || s.sentOnce)
}

// Reconnected says that there is a new connection: the next look is due at once.
func (s *Submission) Reconnected(now time.Time) {
	if !s.over && s.due.After(now) {
		s.due = now
		s.note(now, EntryProgress, "looking again, with the credentials as they are now")
	}
}

// GiveUp ends it at the user's word: what is unknown stays so, and is not looked
// after again.
func (s *Submission) GiveUp(now time.Time) {
	s.r.Abandoned = now
	s.busy = false
	s.round++
	s.over, s.todo, s.dirty = true, None, true
}
