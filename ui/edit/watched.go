package edit

import (
	"context"

	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Watched is what is known of a job that was followed, but not sent, in this run.
type Watched struct {
	// Receipt is the id of the receipt that the job belongs to, "" if it was not
	// sent from here.
	Receipt string
	// Back is what was read after the job's end; nil if it has not completed, was
	// not sent from here, or was looked at before.
	Back *ReadBack
}

// EndWatched looks for the receipt of a job that was followed. If there is one it
// writes down how far the job is, and after its completion reads the configuration
// back and compares it with what was sent.
func (s Sender) EndWatched(ctx context.Context, t Target, job *wire.Job) (Watched, error) {
	if s.Journal == nil || job == nil || text(job.JobID) == "" {
		return Watched{}, nil
	}
	list, err := s.Journal.List(journal.Target{Region: s.Region, AppID: t.AppID, Environment: t.Environment}, allReceipts)
	if err != nil {
		return Watched{}, err
	}
	for i := range list.Receipts {
		r := &list.Receipts[i]
		if r.JobID != text(job.JobID) || !s.concerns(*r, t) {
			continue
		}
		w := Watched{Receipt: r.ID}
		if JobResult(job) == Completed && r.InEffect == nil {
			sent := &wire.UpdateBackendAPIInput{ResourceConfig: r.Sent}
			back := ReadAfter(ctx, s.Service, Approval{Target: ReceiptTarget(r), Input: sent}, s.Clock.Now)
			w.Back = &back
		}
		return w, s.RecordEnd(r.ID, job, w.Back)
	}
	return Watched{}, nil
}

// allReceipts is more receipts than anybody has.
const allReceipts = 1 << 30

// LastSent returns the newest receipt of a target whose submission started a job;
// with a job's id, that job's. It is nil if there is none. Empty members of the
// target match anything.
func LastSent(j *journal.Journal, t journal.Target, jobID string) (*Receipt, error) {
	list, err := j.List(t, allReceipts)
	if err != nil {
		return nil, err
	}
	for i := range list.Receipts {
		r := &list.Receipts[i]
		if r.Verdict == journal.Started && r.JobID != "" && (jobID == "" || jobID == r.JobID) {
			return r, nil
		}
	}
	return nil, nil
}
