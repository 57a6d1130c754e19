package submission

import (
	"time"

	"ampedit/client/wire"
)

// EntryKind says what an entry of the history is about. The kinds are the names of
// the events that commands print.
type EntryKind string

// The kinds of entries.
const (
	EntryProgress   EntryKind = "progress"
	EntryVerdict    EntryKind = "outcome"
	EntryJob        EntryKind = "job"
	EntryLookFailed EntryKind = "look-failed"
	EntryReadBack   EntryKind = "read-back"
	EntryWarning    EntryKind = "warning"
	EntryLeft       EntryKind = "left"
)

// Entry is something that happened, in words. Texts of the service are in it as
// they came.
type Entry struct {
	At   time.Time
	Kind EntryKind
	Text string
	// Verdict and Reason are what was known then.
	Verdict Verdict
	Reason  Reason
	// Job and Status are of the job that it is about, "" for none.
	Job, Status string
	// Failures is the number of failed looks in a row, this one included.
	Failures int
	// Same reports whether what was read means what was approved; nil if nothing was
	// read.
	Same *bool
}

func (e *Entry) of(job *wire.Job) *Entry {
	e.Job, e.Status = wire.Text(job.JobID), status(job)
	return e
}

// note adds an entry to the history. It may be filled in until the next one.
func (s *Submission) note(at time.Time, k EntryKind, words string) *Entry {
	s.entries = append(s.entries, Entry{At: at, Kind: k, Text: words, Verdict: s.Verdict(), Reason: s.Reason()})
	return &s.entries[len(s.entries)-1]
}

// History is what happened, the earliest first. It only grows.
func (s *Submission) History() []Entry { return s.entries }

// noteRead notes what was read after the end.
func (s *Submission) noteRead(at time.Time) {
	b := s.r.ReadBack
	words := s.readLines()[0].Text
	e := s.note(at, EntryReadBack, words)
	if b.Error == "" {
		same := b.Same
		e.Same = &same
	}
}
