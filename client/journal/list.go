package journal

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Listing is a list of receipts.
type Listing struct {
	// Receipts are those that were asked for, newest first.
	Receipts []Receipt
	// Unreadable are the files that could not be understood.
	Unreadable []*UnreadableError
	// More says that the limit left some out.
	More bool
}

// List returns the newest receipts of a target, at most limit. Empty members of
// the target match anything. Files that cannot be understood do not keep the
// others from being listed.
func (j *Journal) List(t Target, limit int) (Listing, error) {
	return j.receipts(limit, func(e entry) bool { return j.mayMatch(e, t) }, func(r *Receipt) bool { return r.Target.matches(t) })
}

// Open returns the receipts of which something may still be found out, newest
// first. One of them may be another program's that is just submitting; Lock tells.
// It also removes the temporary files that a crash left more than a day ago.
func (j *Journal) Open() (Listing, error) {
	j.sweep(receiptsFolder)
	j.sweep(draftsFolder)
	j.sweep(locksFolder)
	return j.receipts(noLimit, func(e entry) bool { return e.open }, func(*Receipt) bool { return true })
}

// noLimit is more receipts than anybody has.
const noLimit = 1 << 30

// Durations returns how long the last finished jobs of a target took, newest
// first, at most limit.
func (j *Journal) Durations(t Target, limit int) ([]time.Duration, error) {
	finished, err := j.receipts(limit, func(e entry) bool { return !e.open && j.mayMatch(e, t) }, func(r *Receipt) bool {
		_, known := r.Took()
		return known && r.JobID != "" && r.Target.matches(t)
	})
	var durations []time.Duration
	for i := range finished.Receipts {
		took, _ := finished.Receipts[i].Took()
		durations = append(durations, took)
	}
	return durations, err
}

// receipts reads receipts, newest first, until it has limit of them.
func (j *Journal) receipts(limit int, wanted func(entry) bool, keep func(*Receipt) bool) (Listing, error) {
	var l Listing
	entries, err := j.entries()
	if err != nil {
		return l, err
	}
	for _, e := range entries {
		if !wanted(e) {
			continue
		}
		r, _, err := j.load(e.id)
		var unreadable *UnreadableError
		switch {
		case errors.As(err, &unreadable):
			l.Unreadable = append(l.Unreadable, unreadable)
		case errors.Is(err, ErrNotFound): // put aside by another program meanwhile
		case err != nil:
			return l, fmt.Errorf("read receipt %s: %w", e.id, err)
		case !keep(r):
		case len(l.Receipts) == limit:
			l.More = true
			return l, nil
		default:
			l.Receipts = append(l.Receipts, *r)
		}
	}
	return l, nil
}

// Get returns the receipt with the id, or the only one whose id begins so. The
// error is ErrNotFound if there is none, and an *AmbiguousError if there are
// several.
func (j *Journal) Get(id string) (*Receipt, error) {
	entries, err := j.entries()
	if err != nil {
		return nil, err
	}
	var found []string
	for _, e := range entries {
		if e.id == id {
			found = []string{id}
			break
		}
		if strings.HasPrefix(e.id, id) && id != "" {
			found = append(found, e.id)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%w: %q", ErrNotFound, id)
	case 1:
		r, _, err := j.load(found[0])
		return r, err
	}
	return nil, &AmbiguousError{Prefix: id, IDs: found}
}

// AmbiguousError says that several receipts begin with what was given.
type AmbiguousError struct {
	Prefix string
	// IDs are those receipts' ids, newest first.
	IDs []string
}

// Error names some of the receipts.
func (e *AmbiguousError) Error() string {
	const most = 3
	names := strings.Join(e.IDs[:min(len(e.IDs), most)], ", ")
	if rest := len(e.IDs) - most; rest > 0 {
		names += fmt.Sprintf(" and %d more", rest)
	}
	return fmt.Sprintf("%q is the beginning of %s; give more of the id", e.Prefix, names)
}
