package edit

import (
	"context"
	"fmt"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
)

// entry is the record of one submission while it is made: the lock of its
// environment, then the intent, then what came of it. Without a journal it
// records nothing.
type entry struct {
	sender  Sender
	lock    *journal.Lock
	pending *journal.Pending
}

// open takes the environment's lock, so that a job that another program starts
// is not mistaken for this one.
func (s Sender) open(t Target) (*entry, error) {
	e := &entry{sender: s}
	if s.Journal == nil {
		return e, nil
	}
	lock, err := s.Journal.Lock(s.place(t))
	if err != nil {
		return nil, fmt.Errorf("nothing was sent: %w", err)
	}
	e.lock = lock
	return e, nil
}

// place is a target as the journal names it.
func (s Sender) place(t Target) journal.Target {
	return journal.Target{
		Account: s.Identity.Account, Region: s.Region,
		AppID: t.AppID, Environment: t.Environment, ResourceName: t.ResourceName,
	}
}

// begin writes the intent down. Nothing may be sent before it has returned.
func (e *entry) begin(a Approval, known client.Baseline) error {
	if e.lock == nil {
		return nil
	}
	if a.Supersedes != "" { // or the next start could take the new job for the old request's
		if old, err := e.lock.Resume(a.Supersedes); err == nil {
			if err := old.Abandon(); err != nil {
				return err
			}
		}
	}
	in := journal.Intent{
		Target: e.sender.place(a.Target), CallerARN: e.sender.Identity.ARN, RequestHash: wire.Hash(a.Body),
		Baseline: journal.Baseline{JobIDs: known.JobIDs}, Changes: record(a.Changes), Sent: a.Input.ResourceConfig,
	}
	if a.Base != nil && !a.Base.Local {
		in.Before = a.Base.Config
	}
	pending, err := e.lock.Begin(in)
	e.pending = pending
	return err
}

func record(changes []forms.Change) []journal.Change {
	out := make([]journal.Change, len(changes))
	for i, c := range changes {
		out[i] = journal.Change{Symbol: string(c.Symbol), Path: c.Path, Old: c.Old, New: c.New, Risk: c.Risk.String()}
	}
	return out
}

// resume takes up a receipt whose verdict is still unknown.
func (e *entry) resume(id string) error {
	if e.lock == nil || id == "" {
		return nil
	}
	pending, err := e.lock.Resume(id)
	e.pending = pending
	return err
}

// resolve writes down what became of it, and returns the receipt's id. A failure
// to write is added to the outcome's notes: it must not hide what happened.
func (e *entry) resolve(o *Outcome) {
	if e.pending == nil {
		return
	}
	o.Receipt = e.pending.Receipt().ID
	found := journal.Resolution{JobID: o.Accepted.JobID, SentAt: o.Baseline.At, AnsweredAt: o.At, Verdict: journal.Unknown}
	switch o.Verdict {
	case Started:
		found.Verdict, found.KnownBy = journal.Started, o.Accepted.How.String()
	case NotStarted:
		found.Verdict, found.KnownBy = journal.NotStarted, "a failure that proves it"
	}
	if o.Err != nil {
		found.Error = o.Err.Error()
	}
	err := e.pending.Resolve(found)
	if err == nil && o.Verdict == Started && o.Accepted.How == client.InEffect {
		inEffect := true // and there is no job whose end could be waited for
		err = e.sender.Journal.Record(o.Receipt, journal.JobState{EndedAt: o.At, InEffect: &inEffect})
	}
	if err != nil {
		o.NotKept = err
	}
}

func (e *entry) close() {
	if e.lock != nil {
		_ = e.lock.Release() // it ends with the program at the latest
	}
}

// guard refuses an account that is not among the allowed ones. Where some are
// configured, an account that cannot be found out is refused as well.
func (s *Sender) guard(ctx context.Context) error {
	if s.Identity.Account == "" && s.Identify != nil {
		identity, err := s.Identify(ctx)
		if err == nil {
			s.Identity = identity
		} else if len(s.Allowed) > 0 {
			return fmt.Errorf("nothing was sent: only some accounts are allowed, and whose credentials these are could not be found out: %w", err)
		}
	}
	if len(s.Allowed) > 0 && !slices.Contains(s.Allowed, s.Identity.Account) {
		return fmt.Errorf("nothing was sent: account %q is not among the allowed ones of the configuration file", s.Identity.Account)
	}
	return nil
}

// RecordEnd writes down how far a job is; back is what was read after its end,
// nil if that was not looked at.
func (s Sender) RecordEnd(receipt string, job *wire.Job, back *ReadBack) error {
	if s.Journal == nil || receipt == "" || job == nil {
		return nil
	}
	state := journal.JobState{Status: text(job.Status), JobError: text(job.Error)}
	if made, ok := client.JobTime(text(job.CreateTime)); ok {
		state.StartedAt = made
	}
	if JobResult(job) != Running {
		state.EndedAt = s.Clock.Now()
		if ended, ok := client.JobTime(text(job.UpdateTime)); ok {
			state.EndedAt = ended
		}
	}
	if back != nil && back.Err == nil {
		state.InEffect = &back.Same
	}
	return s.Journal.Record(receipt, state)
}

// Durations are how long the updates took that were sent from here to a target.
// Without a journal, or if it cannot be read, there are none.
func (s Sender) Durations(t Target) []time.Duration {
	if s.Journal == nil {
		return nil
	}
	took, err := s.Journal.Durations(s.place(t), maxDurations)
	if err != nil {
		return nil
	}
	return took
}

// maxDurations bounds how many earlier jobs say what is usual.
const maxDurations = 50
