package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
)

// Approval is what the user agreed to, frozen: the bytes, and what they were
// made from.
type Approval struct {
	Target Target
	Input  *wire.UpdateBackendAPIInput
	Body   []byte
	// Base is the configuration that the change was made against, nil if none
	// could be read.
	Base *Base
	// Changes are the differences that the user saw.
	Changes []forms.Change
	// Supersedes is the receipt of an earlier submission whose outcome is unknown
	// and that the user looks no further after, "" for none.
	Supersedes string
	// Schema is the schema that was loaded; its Path is empty if the deployed one
	// is kept.
	Schema Schema
}

// Approve freezes the present plan. It fails if something blocks it.
func (e *Edit) Approve() (Approval, error) {
	p := e.Plan()
	if problem := p.Blocked(); problem != nil {
		return Approval{}, errors.New(problem.Text)
	}
	body, err := p.Body()
	if err != nil {
		return Approval{}, err
	}
	a := Approval{Target: e.Target(), Input: p.Input, Body: bytes.Clone(body), Base: e.Base(), Changes: p.Changes}
	if e.SchemaPath() != "" {
		a.Schema = e.schema
	}
	return a, nil
}

// Verdict says what is known of a submission.
type Verdict int

// The verdicts.
const (
	NotStarted Verdict = iota // provably nothing happened
	Started                   // a job carries the update out
	Unknown                   // it may have started or not
)

// String returns the verdict in words.
func (v Verdict) String() string {
	switch v {
	case NotStarted:
		return "not started"
	case Started:
		return "started"
	}
	return "unknown"
}

// Outcome is what became of a submission.
type Outcome struct {
	Verdict Verdict
	// Accepted is set if Verdict is Started.
	Accepted client.Accepted
	// Baseline is what was known of the jobs before sending; its time is zero if
	// nothing was sent.
	Baseline client.Baseline
	// Err says why the verdict is not Started.
	Err error
	// At is when it became known.
	At time.Time
	// Receipt is the id of the receipt, "" if none is kept.
	Receipt string
	// NotKept says why the receipt does not have all of this, nil if it has.
	NotKept error
}

// Sender sends what was approved.
type Sender struct {
	Service client.API
	// Disk opens the schema's files again.
	Disk  fs.FS
	Clock client.Clock
	// Journal keeps receipts; nil keeps none.
	Journal *journal.Journal
	// Region is the one that requests go to.
	Region string
	// Identity is the caller's, as far as it is known; Identify asks for it.
	Identity client.Identity
	Identify func(context.Context) (client.Identity, error)
	// Allowed are the accounts that may be changed; empty allows all.
	Allowed []string
	// Progress is told in words what is being done; nil for none.
	Progress func(string)
}

// Submit sends what was approved, once, after making sure that neither the
// deployed configuration nor the schema has moved since. If the answer is lost it
// finds out what became of it. Whatever it returns, at most one request to change
// something was made.
func (s Sender) Submit(ctx context.Context, a Approval) Outcome {
	if body, err := wire.Body(a.Input); err != nil || !bytes.Equal(body, a.Body) {
		return s.outcome(client.Accepted{}, client.Baseline{}, errors.New("the request is not the one that was approved; nothing was sent. Approve it again"))
	}
	if err := s.guard(ctx); err != nil {
		return s.outcome(client.Accepted{}, client.Baseline{}, err)
	}
	if err := s.checkUnmoved(ctx, a); err != nil {
		return s.outcome(client.Accepted{}, client.Baseline{}, err)
	}
	kept, err := s.open(a.Target)
	if err != nil {
		return s.outcome(client.Accepted{}, client.Baseline{}, err)
	}
	defer kept.close()
	var baseline client.Baseline
	o := s.options(a)
	o.Record = func(b client.Baseline) error {
		baseline = b
		return kept.begin(a, b)
	}
	accepted, err := client.Submit(ctx, s.Service, a.Input, o)
	out := s.outcome(accepted, baseline, err)
	kept.resolve(&out)
	return out
}

// LookAgain looks once more for the job of a submission whose outcome is unknown.
// It sends nothing.
func (s Sender) LookAgain(ctx context.Context, a Approval, before Outcome) Outcome {
	accepted, err := client.Reconcile(ctx, s.Service, a.Input, before.Baseline, lost(before.Err), s.options(a))
	out := s.outcome(accepted, before.Baseline, err)
	out.Receipt = before.Receipt
	if kept, err := s.open(a.Target); err == nil {
		defer kept.close()
		if kept.resume(before.Receipt) == nil {
			kept.resolve(&out)
		}
	}
	return out
}

// lost returns how the answer was lost, without what an earlier look added.
func lost(err error) error {
	var unknown *client.UpdateError
	if errors.As(err, &unknown) {
		return unknown
	}
	return err
}

func (s Sender) options(a Approval) client.SubmitOptions {
	o := client.SubmitOptions{Clock: s.Clock, Progress: s.Progress}
	if a.Base != nil && !a.Base.Local {
		o.Before = a.Base.Config
	}
	return o
}

func (s Sender) outcome(accepted client.Accepted, baseline client.Baseline, err error) Outcome {
	o := Outcome{Accepted: accepted, Baseline: baseline, Err: err, At: s.Clock.Now()}
	var unseen *client.NotObservedError
	var several *client.AmbiguousError
	var update *client.UpdateError
	switch {
	case err == nil:
		o.Verdict = Started
	case errors.As(err, &unseen), errors.As(err, &several), errors.As(err, &update) && update.Effect == client.MayHaveActed:
		o.Verdict = Unknown
	}
	return o
}

func (s Sender) checkUnmoved(ctx context.Context, a Approval) error {
	if a.Schema.Path != "" {
		present := LoadSchema(s.Disk, a.Schema.Path)
		if present.Err != nil || present.Text != a.Schema.Text {
			return &SchemaMovedError{Schema: present}
		}
	}
	if a.Base == nil {
		return nil
	}
	present, err := ReadBase(ctx, s.Service, a.Target, s.Clock.Now)
	if a.Base.Local {
		if err == nil { // now there is something better to compare with
			return &MovedError{Base: present}
		}
		return nil
	}
	if err != nil {
		return fmt.Errorf("nothing was sent, because the deployed configuration could not be read again: %w", err)
	}
	if !present.Config.Equal(a.Base.Config) {
		return &MovedError{Base: present}
	}
	return nil
}

// ReadBack is the configuration after the job's end.
type ReadBack struct {
	Base *Base
	// Same reports whether it is what was approved.
	Same bool
	Err  error
}

// ReadAfter reads the configuration after the job's end and compares it with
// what was approved.
func ReadAfter(ctx context.Context, service client.API, a Approval, now func() time.Time) ReadBack {
	b, err := ReadBase(ctx, service, a.Target, now)
	if err != nil {
		return ReadBack{Err: err}
	}
	return ReadBack{Base: b, Same: b.Config.Equal(a.Input.ResourceConfig)}
}
