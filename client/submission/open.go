package submission

import (
	"errors"

	"ampedit/client/journal"
)

// Earlier takes up the submissions of earlier runs to an environment of which
// something may still be found out, the newest first. Those of other accounts or
// regions are left alone.
func Earlier(j *journal.Journal, t journal.Target, o Options) ([]*Submission, error) {
	if j == nil {
		return nil, nil
	}
	open, err := j.Open()
	if err != nil {
		return nil, err
	}
	var out []*Submission
	for _, r := range open.Receipts {
		if concerns(r.Target, t) {
			s := Resume(r, o)
			s.dirty = s.over // only closing it was left to do
			out = append(out, s)
		}
	}
	return out, nil
}

// concerns reports whether a receipt's target is in an environment. An account that
// is not known may be any.
func concerns(r, t journal.Target) bool {
	return r.AppID == t.AppID && r.Environment == t.Environment && r.Region == t.Region &&
		(r.Account == t.Account || r.Account == "" || t.Account == "")
}

// Recall takes up what a name means: the receipt with that id, or the one of the job
// with that id. Without a name it is the last submission from here that started, or
// may have. It is nil if no receipt tells. Empty members of the target match
// anything.
func Recall(j *journal.Journal, t journal.Target, name string, o Options) (*Submission, error) {
	r, err := find(j, t, name)
	if err != nil || r == nil {
		return nil, err
	}
	return Resume(*r, o), nil
}

// find finds the receipt that a name means: the id of its job, or of itself, of which
// the beginning will do.
func find(j *journal.Journal, t journal.Target, name string) (*journal.Receipt, error) {
	if j == nil {
		return nil, nil
	}
	list, err := j.List(t, allReceipts)
	if err != nil {
		return nil, err
	}
	for i := range list.Receipts {
		r := &list.Receipts[i]
		last := name == "" && (r.JobID != "" || upgraded(r) == Unknown && r.Abandoned.IsZero())
		if last || name != "" && (r.ID == name || r.JobID == name) {
			return r, nil
		}
	}
	r, err := j.Get(name)
	if errors.Is(err, journal.ErrNotFound) {
		return nil, nil
	}
	return r, err
}

func upgraded(r *journal.Receipt) Verdict { return Verdict(upgrade(*r).Verdict) }

// Result says in a few words what a receipt has come to.
func Result(r *journal.Receipt) string {
	up := upgrade(*r)
	words := map[Verdict]string{
		NotStarted: "nothing was started", Started: "end not recorded", Done: "in effect", Failed: "FAILED", Unknown: "outcome unknown",
	}[Verdict(up.Verdict)]
	switch {
	case Verdict(up.Verdict) == Unconfirmed:
		words = "COMPLETED, " + map[Reason]string{
			ReasonDiffers: "differs from what was sent", ReasonUnreadable: "could not be read back", ReasonJobError: "but reported an error",
		}[Reason(up.Reason)]
		if words == "COMPLETED, " {
			words += "not read back"
		}
	case !up.Abandoned.IsZero():
		words += ", given up"
	case !up.Closed.IsZero() && Verdict(up.Verdict) == Unknown:
		words = "no job was seen by " + up.Closed.UTC().Format("2 Jan 2006")
	}
	return words
}
