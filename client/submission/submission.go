package submission

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Approval is what the user agreed to, frozen.
type Approval struct {
	// Target is the API; its account may be empty, and is then asked for.
	Target journal.Target
	// Body are the exact bytes to be sent.
	Body []byte
	// Wanted is the configuration in Body. Before is the one that was deployed, nil
	// if it could not be read.
	Wanted, Before *wire.ResourceConfig
	// Said are the changes in the words in which they were approved.
	Said []journal.Change
	// Mark ties the submission to what was typed for it, "" for nothing. It is in the
	// receipt, and never used for another approval.
	Mark string
	// PassOver are ids of jobs that the user says will not end.
	PassOver []string
	// Supersedes is the id of the receipt of an earlier submission whose outcome is
	// unknown and that the user looks no further after, "" for none.
	Supersedes string
}

// Options say how a submission goes. The zero value is that of the screens.
type Options struct {
	// WaitForJobs is how long another job that holds the environment is waited for.
	WaitForJobs time.Duration
	// NoWait ends it as soon as a job is known to have started.
	NoWait bool
	// Until is when it has to be over, zero for never. Close to it nothing is sent.
	Until time.Time
	// Jitter returns numbers in [0,1) that spread the looks; nil means random.
	Jitter func() float64
}

// Submission is one submission, or one job that is followed. It is used by one
// goroutine.
type Submission struct {
	number int64 // tells submissions apart
	round  int   // counts the times that it was taken up anew
	o      Options

	body     []byte // to be sent; nil for what was sent, or is only followed
	approved *Approval
	r        journal.Receipt // all that is known, as it is kept
	foreign  bool            // nothing is kept of it: the job is somebody else's
	kept     bool            // the journal has it
	dirty    bool            // the journal has something older
	keepErr  error           // why the journal has not all of it
	lock     *journal.Lock

	todo  Kind      // the next step
	due   time.Time // and when it is due
	busy  bool      // a step is being done
	begun Kind      // which one
	turn  int       // and its turn
	over  bool      // nothing more is to be done by itself
	err   error     // why nothing was started, or the last look failed

	base     baseline
	waits    time.Time // since when a job of somebody else is waited for
	holding  *wire.Job // the job that holds the environment
	find     search
	job      *wire.Job // the job that the answer named, or that is followed
	follow   looks
	back     readBack
	entries  []Entry
	sentOnce bool // an attempt of this run has left
}

// numbers gives each submission of a process its own.
var numbers atomic.Int64

func newSubmission(o Options) *Submission {
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	return &Submission{number: numbers.Add(1), o: o}
}

// New begins a submission with what was approved.
func New(a Approval, o Options) *Submission {
	s := newSubmission(o)
	s.approved, s.body = &a, a.Body
	s.r = journal.Receipt{
		Target: a.Target, Mark: a.Mark, RequestHash: wire.Hash(a.Body), MeaningHash: wire.MeaningHash(a.Wanted), BeforeHash: wire.MeaningHash(a.Before),
		PassedOver: slices.Clone(a.PassOver), Changes: a.Said, Before: a.Before, Sent: a.Wanted,
		Verdict: string(NotStarted),
	}
	s.todo = Guard
	return s
}

// Follow begins to watch a job of which no receipt is known.
func Follow(t journal.Target, jobID string, o Options) *Submission {
	s := newSubmission(o)
	s.foreign = true
	s.r = journal.Receipt{Target: t, JobID: jobID, Verdict: string(Started)}
	s.job = &wire.Job{JobID: &jobID}
	s.todo = Job
	return s
}

// Resume takes up what a receipt tells of. If nothing remains to be found out it is
// over, and can be read without a connection.
func Resume(r journal.Receipt, o Options) *Submission {
	s := newSubmission(o)
	s.r, s.kept = upgrade(r), true
	if r.JobID != "" {
		s.job = jobOf(&s.r)
	}
	if s.r.ReadBack != nil {
		s.back.told = true
	}
	switch s.Verdict() {
	case NotStarted:
		if s.r.Error != "" {
			s.err = errors.New(s.r.Error)
		}
	case Started:
		s.todo = Job
	case Unconfirmed:
		if s.remains() {
			s.todo = ReadBack
		}
	case Unknown:
		if s.r.JobID != "" && s.remains() { // it vanished
			s.set(Started, "")
			s.todo = Job
			break
		}
		s.base = baseline{ids: s.r.Baseline.JobIDs, date: s.r.Baseline.Date, at: s.r.Time}
		s.find = search{wait: firstLook, later: true}
		s.todo = Lock
	}
	s.over = s.todo == None || !s.r.Closed.IsZero() || !s.r.Abandoned.IsZero()
	s.dirty = s.dirty || s.over && !s.remains() // the program may have ended before it was closed
	return s
}

// Verdict is what is known now.
func (s *Submission) Verdict() Verdict { return Verdict(s.r.Verdict) }

// Reason says what is behind the verdict, "" where there is nothing to add.
func (s *Submission) Reason() Reason { return Reason(s.r.Reason) }

// Over reports whether nothing more happens by itself.
func (s *Submission) Over() bool { return s.over }

// Target is the API, with the account as far as it is known.
func (s *Submission) Target() journal.Target { return s.r.Target }

// Receipt returns all that is known in the form in which it is kept. Its id is ""
// if nothing is kept of it.
func (s *Submission) Receipt() journal.Receipt { return s.r }

// JobID is the id of the job that the service's answer named, or that is followed;
// "" if none is known.
func (s *Submission) JobID() string { return s.r.JobID }

// Jobs are the jobs that the submission is about, as they were seen last: the one
// that the answer named, or all that may be the update's.
func (s *Submission) Jobs() []wire.Job {
	if s.job != nil {
		return []wire.Job{*s.job}
	}
	return s.r.Candidates
}

// Holding is the job that keeps the update from being sent, nil for none.
func (s *Submission) Holding() *wire.Job { return s.holding }

// Err is why nothing was started, or why the last look at something failed; nil if
// all is well.
func (s *Submission) Err() error { return s.err }

// KeepErr is why the journal has not all that is known, nil if it has.
func (s *Submission) KeepErr() error { return s.keepErr }

// Own reports whether it was sent from here, in this run or an earlier one.
func (s *Submission) Own() bool { return !s.foreign }

// Body are the bytes that were approved, nil for what was not approved in this run.
func (s *Submission) Body() []byte { return s.body }

// set records a verdict with what is behind it.
func (s *Submission) set(v Verdict, why Reason) {
	if s.r.Verdict != string(v) || s.r.Reason != string(why) {
		s.r.Verdict, s.r.Reason = string(v), string(why)
		s.dirty = true
	}
}

// conclude ends it with a verdict.
func (s *Submission) conclude(v Verdict, why Reason) {
	s.set(v, why)
	s.over, s.todo, s.dirty = true, None, true
}

// stop ends it before anything was sent, or after everything that was sent was
// refused.
func (s *Submission) stop(at time.Time, err error) {
	s.unsend()
	s.err = err
	s.r.Error = said(err)
	s.conclude(NotStarted, "")
	s.note(at, EntryVerdict, "nothing was started: "+Short(err))
}

// InEffect reports whether what was approved is known to be in effect.
func (s *Submission) InEffect() bool { return s.Verdict() == Done }

// Unresolved reports whether it is over for now, and what the request did is not
// known.
func (s *Submission) Unresolved() bool {
	return s.over && s.Verdict() == Unknown && s.r.Abandoned.IsZero() && s.r.Closed.IsZero()
}

// Failure is why the last look failed, where looking again may help; nil if it did
// not fail.
func (s *Submission) Failure() error {
	if s.remains() {
		return s.err
	}
	return nil
}

// Name is what it can be found by later: the id of its job, else of its receipt; ""
// if there is neither.
func (s *Submission) Name() string {
	if s.r.JobID != "" {
		return s.r.JobID
	}
	return s.r.ID
}
