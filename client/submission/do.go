package submission

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Deps are what steps need of the world: the only I/O of a submission.
type Deps struct {
	Service client.API
	// Journal keeps receipts and locks; nil keeps nothing.
	Journal *journal.Journal
	Clock   client.Clock
	// Guard says who the caller is, or why nothing may be sent; nil allows.
	Guard func(context.Context) (client.Identity, error)
	// Unmoved says why the plan is not what it was when it was approved; nil finds
	// nothing.
	Unmoved func(context.Context) error
}

// Do does a step. It may be called from any goroutine; what comes of it is for
// Take. Cancelling ctx does not reach a step that is shielded.
func (d Deps) Do(ctx context.Context, step Step) Event {
	if step.Shield {
		ctx = context.WithoutCancel(ctx)
	}
	e := Event{step: step, from: d.Clock.Now()}
	if !step.in.stale.IsZero() && d.Clock.Now().Round(0).After(step.in.stale) {
		e.stale = true
	} else {
		d.do(ctx, &e)
	}
	e.at = d.Clock.Now()
	return e
}

func (d Deps) do(ctx context.Context, e *Event) {
	in, t := e.step.in, e.step.in.receipt.Target
	switch e.step.Kind {
	case Guard:
		if d.Guard != nil {
			e.identity, e.err = d.Guard(ctx)
		}
	case Lock:
		if d.Journal != nil {
			e.lock, e.err = d.lockFor(in.receipt)
		}
	case Baseline:
		e.list, e.others, e.err = d.baseline(ctx, in.receipt)
	case Unmoved:
		if d.Unmoved != nil {
			e.err = d.Unmoved(ctx)
		}
	case Intent:
		if d.Journal != nil {
			e.receipt, e.err = d.intent(in)
		}
	case Post:
		e.answer, e.err = d.post(ctx, in.approved)
	case List:
		if e.list, e.err = client.ListJobs(ctx, d.Service, t.AppID, t.Environment); e.err == nil {
			e.others, e.err = d.others(in.receipt)
		}
	case Job:
		e.job, e.err = d.Service.GetBackendJob(ctx, &wire.GetBackendJobInput{AppID: t.AppID, BackendEnvironmentName: t.Environment, JobID: in.jobID})
	case ReadBack:
		e.config, e.err = d.read(ctx, t)
	case Record:
		if d.Journal != nil {
			e.err = d.Journal.Save(in.receipt, in.open)
			if errors.Is(e.err, journal.ErrClosed) && !in.sending {
				e.err = nil // another program has seen its end
			}
		}
	case Unlock:
		_ = in.lock.Release() // it ends with the program at the latest
	}
}

// lockFor takes the environment's lock, so that a job that another program starts
// is not mistaken for this one.
func (d Deps) lockFor(r journal.Receipt) (*journal.Lock, error) {
	lock, err := d.Journal.Lock(r.Target)
	var busy *journal.BusyError
	switch {
	case err == nil:
		return lock, nil
	case r.ID != "" && errors.As(err, &busy):
		return nil, fmt.Errorf("it cannot be looked after now: %w", err)
	}
	return nil, fmt.Errorf("nothing was sent: %w", err)
}

// maxLists bounds how often the jobs are listed to find two lists that agree.
const maxLists = 6

// baseline lists the environment's jobs until two whole lists in a row hold the
// same ones: a list that changes while it is paged loses entries.
func (d Deps) baseline(ctx context.Context, r journal.Receipt) (client.JobList, others, error) {
	var last client.JobList
	for n := range maxLists {
		list, err := client.ListJobs(ctx, d.Service, r.Target.AppID, r.Target.Environment)
		if err != nil {
			return list, others{}, &unlistedError{err}
		}
		if n > 0 && sameIDs(list.Jobs, last.Jobs) {
			o, err := d.others(r)
			return list, o, err
		}
		last = list
	}
	return last, others{}, errors.New("nothing was sent, because the environment's jobs changed each time they were listed; try again in a minute")
}

// unlistedError says that there is no baseline.
type unlistedError struct{ err error }

// Error says why.
func (e *unlistedError) Error() string {
	return "nothing was sent, because the environment's jobs could not be listed: " + said(e.err)
}

// Unwrap returns the failure.
func (e *unlistedError) Unwrap() error { return e.err }

func sameIDs(a, b []wire.Job) bool {
	ids := func(jobs []wire.Job) []string {
		var out []string
		for i := range jobs {
			out = append(out, wire.Text(jobs[i].JobID))
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	return slices.Equal(ids(a), ids(b))
}

// allReceipts is more receipts than anybody has.
const allReceipts = 1 << 30

// others says what the other receipts of the environment know. Without a journal it
// is nothing.
func (d Deps) others(r journal.Receipt) (others, error) {
	var o others
	if d.Journal == nil {
		return o, nil
	}
	list, err := d.Journal.List(journal.Target{Region: r.Target.Region, AppID: r.Target.AppID, Environment: r.Target.Environment}, allReceipts)
	if err != nil {
		return o, fmt.Errorf("read the other receipts: %w", err)
	}
	for i := range list.Receipts {
		other := upgrade(list.Receipts[i])
		if other.ID == r.ID || other.JobID == "" {
			continue
		}
		o.claimed = append(o.claimed, other.JobID)
		if Verdict(other.Verdict) == Done && other.Operation != "" {
			o.operations = append(o.operations, other.Operation)
		}
	}
	return o, nil
}

// intent writes the receipt, and abandons the one that this submission supersedes.
func (d Deps) intent(in input) (journal.Receipt, error) {
	if in.lock == nil {
		return in.receipt, errors.New("nothing was sent, because the environment is not locked")
	}
	if id := in.approved.Supersedes; id != "" { // or the next start could look after it once more
		if err := d.Journal.Abandon(id); err != nil {
			return in.receipt, fmt.Errorf("nothing was sent, because receipt %s could not be completed: %w", id, err)
		}
	}
	return in.lock.Begin(in.receipt)
}

// errNotApproved is the last check before anything leaves.
var errNotApproved = errors.New("the request is not the one that was approved; nothing was sent. Approve it again")

// post sends what was approved: the one place of the program that does.
func (d Deps) post(ctx context.Context, a *Approval) (*wire.UpdateBackendAPIOutput, error) {
	in := &wire.UpdateBackendAPIInput{
		AppID: a.Target.AppID, BackendEnvironmentName: a.Target.Environment, ResourceName: a.Target.ResourceName, ResourceConfig: a.Wanted,
	}
	if body, err := wire.Body(in); err != nil || !bytes.Equal(body, a.Body) {
		return nil, &client.UpdateError{Effect: client.DidNotAct, Err: errNotApproved}
	}
	return d.Service.UpdateBackendAPI(ctx, in)
}

func (d Deps) read(ctx context.Context, t journal.Target) (*wire.ResourceConfig, error) {
	got, err := d.Service.GetBackendAPI(ctx, &wire.GetBackendAPIInput{AppID: t.AppID, BackendEnvironmentName: t.Environment, ResourceName: t.ResourceName})
	if err != nil {
		return nil, err
	}
	if got.ResourceConfig == nil {
		return &wire.ResourceConfig{}, nil
	}
	return got.ResourceConfig, nil
}

// now is the time by the clock.
func (d Deps) now() time.Time { return d.Clock.Now() }
