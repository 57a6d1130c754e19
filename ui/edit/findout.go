package edit

import (
	"context"
	"errors"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Finding is what was found out about a submission of an earlier run.
type Finding struct {
	Receipt journal.Receipt
	// Text says it in one line.
	Text string
}

// FindOut looks after the submissions of earlier runs to the environment whose
// verdict or end is not recorded, and records what it finds. It sends nothing.
// Submissions with other accounts or regions are left alone.
func (s Sender) FindOut(ctx context.Context, t Target) ([]Finding, error) {
	if s.Journal == nil {
		return nil, nil
	}
	open, err := s.Journal.Unresolved()
	if err != nil {
		return nil, err
	}
	var found []Finding
	for _, r := range open.Receipts {
		if s.concerns(r, t) {
			found = append(found, s.settle(ctx, r))
		}
	}
	unended, err := s.Journal.Unended()
	for _, r := range unended.Receipts {
		if s.concerns(r, t) {
			found = append(found, s.follow(ctx, r))
		}
	}
	return found, err
}

func (s Sender) concerns(r journal.Receipt, t Target) bool {
	p := s.place(t)
	return r.Target.AppID == p.AppID && r.Target.Environment == p.Environment && r.Target.Region == p.Region &&
		(r.Target.Account == p.Account || p.Account == "" || r.Target.Account == "")
}

// settle finds out whether a request of an earlier run started a job.
func (s Sender) settle(ctx context.Context, r journal.Receipt) Finding {
	f := Finding{Receipt: r}
	lock, err := s.Journal.Lock(r.Target)
	var busy *journal.BusyError
	if errors.As(err, &busy) {
		f.Text = "another ampedit is just submitting: " + busy.Error()
		return f
	}
	if err != nil {
		f.Text = err.Error()
		return f
	}
	defer lock.Release() //nolint:errcheck // it ends with the program at the latest
	pending, err := lock.Resume(r.ID)
	if err != nil {
		f.Text = err.Error()
		return f
	}
	in := &wire.UpdateBackendAPIInput{
		AppID: r.Target.AppID, BackendEnvironmentName: r.Target.Environment, ResourceName: r.Target.ResourceName, ResourceConfig: r.Sent,
	}
	known, before := client.Baseline{At: r.Time, JobIDs: r.Baseline.JobIDs}, r.Before
	if others := s.claimed(r); len(others) > 0 { // they may also be what brought the configuration
		known.JobIDs, before = append(others, known.JobIDs...), nil
	}
	lost := &client.UpdateError{Err: errors.New("the program ended before the answer came")}
	accepted, err := client.Reconcile(ctx, s.Service, in, known, lost, client.SubmitOptions{Clock: s.Clock, Window: time.Nanosecond, Before: before})
	o := s.outcome(accepted, known, err)
	if o.Verdict != Unknown || r.Error == "" { // else the receipt knows better how the answer was lost
		e := &entry{sender: s, pending: pending}
		e.resolve(&o)
	}
	f.Receipt = pending.Receipt()
	switch {
	case o.Verdict == Started && accepted.JobID != "":
		f.Text = "the request of " + r.ID + " started job " + accepted.JobID
	case o.Verdict == Started:
		f.Text = "the configuration of the request of " + r.ID + " is in effect"
	default:
		f.Text = "whether the request of " + r.ID + " started a job is still not known"
	}
	return f
}

// claimed are the jobs that appeared since a receipt and belong to other receipts of
// its environment: a change may be sent while it is unknown what became of an earlier
// one.
func (s Sender) claimed(r journal.Receipt) []string {
	list, err := s.Journal.List(journal.Target{Region: r.Target.Region, AppID: r.Target.AppID, Environment: r.Target.Environment}, allReceipts)
	if err != nil {
		return nil // what is found is then as sure as without any other receipt
	}
	var ids []string
	for _, other := range list.Receipts {
		if other.JobID != "" && other.ID != r.ID && !slices.Contains(r.Baseline.JobIDs, other.JobID) {
			ids = append(ids, other.JobID)
		}
	}
	return ids
}

// follow looks at a job of an earlier run whose end is not recorded, and if it
// has completed reads the configuration back.
func (s Sender) follow(ctx context.Context, r journal.Receipt) Finding {
	f := Finding{Receipt: r}
	job, err := s.Service.GetBackendJob(ctx, &wire.GetBackendJobInput{AppID: r.Target.AppID, BackendEnvironmentName: r.Target.Environment, JobID: r.JobID})
	if err != nil {
		f.Text = "job " + r.JobID + " could not be looked at: " + client.Advice(err)
		return f
	}
	var back *ReadBack
	if JobResult(job) == Completed {
		t := Target{AppID: r.Target.AppID, Environment: r.Target.Environment, ResourceName: r.Target.ResourceName}
		read := ReadAfter(ctx, s.Service, Approval{Target: t, Input: &wire.UpdateBackendAPIInput{ResourceConfig: r.Sent}}, s.Clock.Now)
		back = &read
	}
	f.Text = "job " + r.JobID + " is " + text(job.Status)
	if err := s.RecordEnd(r.ID, job, back); err != nil {
		f.Text += "; that could not be recorded: " + err.Error()
	}
	if back != nil && back.Err == nil && !back.Same {
		f.Text += ", and the configuration differs from what was sent"
	}
	return f
}
