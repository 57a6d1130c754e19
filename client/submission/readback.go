package submission

import (
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// readAgainFor is how long a configuration is read again that differs, or could
// not be read, before that counts: it may lag behind the job.
const readAgainFor = 30 * time.Second

// readBack is the reading of the configuration after the end.
type readBack struct {
	begun   time.Time
	wait    time.Duration
	decides bool // the verdict waits for it
	told    bool // something was read
}

// read begins to read the configuration. It ends the submission.
func (s *Submission) read(at time.Time) {
	decides := s.back.decides
	s.back = readBack{begun: at, wait: firstInterval, decides: decides}
	s.todo, s.due = ReadBack, at
}

// readBack takes what was read.
func (s *Submission) readBack(e Event) {
	if s.back.begun.IsZero() { // looked at again, or taken up by a later run
		s.back = readBack{begun: e.at, wait: firstInterval, decides: s.Verdict() == Unconfirmed && s.Reason() != ReasonJobError}
	}
	read := compare(&s.r, e)
	again := s.back.decides && !read.Same && e.at.Sub(s.back.begun) < readAgainFor
	s.r.ReadBack, s.dirty = &read, true
	s.back.told = true
	if e.err != nil {
		s.err = e.err
	} else {
		s.err = nil
	}
	if again {
		s.todo, s.due = ReadBack, e.at.Add(s.back.wait)
		s.back.wait = min(2*s.back.wait, steadyInterval)
		return
	}
	s.over, s.todo = true, None
	defer s.noteRead(e.at)
	if !s.back.decides {
		return
	}
	switch s.Verdict() {
	case Unconfirmed:
		switch {
		case read.Same:
			s.set(Done, "")
		case read.Error != "":
			s.set(Unconfirmed, ReasonUnreadable)
		default:
			s.set(Unconfirmed, ReasonDiffers)
		}
	case Unknown:
		s.judgeRead(read)
	}
}

// judgeRead says what completed jobs come to, none of which the answer named.
func (s *Submission) judgeRead(read journal.ReadBack) {
	named, timed := true, !s.base.date.IsZero()
	for i := range s.r.Candidates {
		_, ok := client.JobTime(wire.Text(s.r.Candidates[i].UpdateTime))
		named, timed = named && isUpdate(wire.Text(s.r.Candidates[i].Operation)), timed && ok
	}
	meantBefore := s.r.BeforeHash == "" || s.r.BeforeHash == s.r.MeaningHash
	switch {
	case read.Error != "":
		s.set(Unknown, ReasonUnreadable)
	case !read.Same:
		s.set(Unknown, ReasonDiffers)
	case meantBefore && !named:
		s.set(Unknown, ReasonRenewal)
	case meantBefore && !timed: // it may be the late job of an earlier, equal request
		s.set(Unknown, ReasonTimes)
	default: // unless another job has appeared meanwhile, whose draft this may be
		s.find.confirm = true
		s.over, s.todo, s.due = false, List, read.At
	}
}

// compare compares what was read with what was approved, by meaning. What was sent
// is known by its hash: a receipt has it without secrets.
func compare(r *journal.Receipt, e Event) journal.ReadBack {
	out := journal.ReadBack{At: e.at}
	switch {
	case e.err != nil:
		out.Error = e.err.Error()
	case r.MeaningHash == "":
		out.Error = "the receipt does not hold all that was sent, so there is nothing to compare with"
	default:
		out.Same = wire.MeaningHash(e.config) == r.MeaningHash
		out.Notes = wire.UnknownDifferences(r.Sent, e.config)
		if !out.Same {
			out.Differs = wire.Differences(r.Sent, e.config)
		}
	}
	return out
}
