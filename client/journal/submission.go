package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"ampedit/client/wire"
)

// ErrResolved says that the verdict on a submission is known already.
var ErrResolved = errors.New("what came of this request is known already")

// Pending is a submission whose verdict is not known yet. It is valid while its
// lock is held.
type Pending struct {
	lock    *Lock
	receipt Receipt
}

// Begin writes an intent as a new receipt with the verdict unknown. Only after it
// has returned without an error may the request be sent. The intent's target must
// be in the lock's environment.
func (l *Lock) Begin(in Intent) (*Pending, error) {
	if err := l.check(in.Target); err != nil {
		return nil, err
	}
	j := l.journal
	in.Time, in.Version = j.stamp(), j.version
	redacted, err := j.holdsSecret(in.Before)
	if err != nil {
		return nil, err
	}
	in.BeforeRedacted = redacted
	p := &Pending{lock: l, receipt: Receipt{Intent: in, Resolution: Resolution{Verdict: Unknown}}}
	if err := j.add(&p.receipt, j.idBase(in)); err != nil {
		return nil, fmt.Errorf("write down what will be sent: %w. Nothing was sent", err)
	}
	return p, nil
}

// holdsSecret reports whether writing the configuration takes something out.
func (j *Journal) holdsSecret(c *wire.ResourceConfig) (bool, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return false, fmt.Errorf("encode the configuration: %w", err)
	}
	return !bytes.Equal(j.redactContent(data), data), nil
}

// Resume takes up a submission that Unresolved returned. The error is ErrResolved
// if another program has settled it in the meantime.
func (l *Lock) Resume(id string) (*Pending, error) {
	r, _, err := l.journal.load(id)
	if err != nil {
		return nil, err
	}
	if err := l.check(r.Target); err != nil {
		return nil, err
	}
	if r.Verdict != Unknown || r.closed() {
		return nil, ErrResolved
	}
	return &Pending{lock: l, receipt: *r}, nil
}

// Receipt returns the receipt as it stands.
func (p *Pending) Receipt() Receipt { return p.receipt }

// Resolve records what was found out. The verdict may be unknown still, and then
// Resolve may be called again. If an error is returned, the receipt is what it
// was, and the next start will find out again.
func (p *Pending) Resolve(found Resolution) error {
	switch found.Verdict {
	case NotStarted, Started, Unknown:
	default:
		return fmt.Errorf("record what came of the request: there is no verdict %q", found.Verdict)
	}
	return p.change(func(r *Receipt) { r.Resolution = found })
}

// Abandon records that the user looks no further, for instance because the same
// change is sent again. The verdict stays unknown for good, and Unresolved does
// not return the receipt again.
func (p *Pending) Abandon() error {
	return p.change(func(r *Receipt) { r.Abandoned = p.lock.journal.stamp() })
}

func (p *Pending) change(apply func(*Receipt)) error {
	if p.receipt.Verdict != Unknown || p.receipt.closed() {
		return ErrResolved
	}
	if err := p.lock.check(p.receipt.Target); err != nil {
		return err
	}
	j := p.lock.journal
	j.updating.Lock()
	defer j.updating.Unlock()
	changed := p.receipt
	apply(&changed)
	if err := j.update(&changed, entry{changed.ID, true}); err != nil {
		return fmt.Errorf("record what came of the request: %w", err)
	}
	p.receipt = changed
	return nil
}

// Record writes down how far the job of a started submission is. A recorded end
// is never taken back; only InEffect may still be added to it. Two programs that
// follow the same job may record its end at the same moment; the last one wins.
func (j *Journal) Record(id string, state JobState) error {
	j.updating.Lock()
	defer j.updating.Unlock()
	r, e, err := j.load(id)
	if err != nil {
		return fmt.Errorf("record the job's state: %w", err)
	}
	if r.Verdict != Started {
		return fmt.Errorf("record the job's state: receipt %s says that it is %s whether one was started", id, r.Verdict)
	}
	ended := !r.EndedAt.IsZero()
	if ended && (r.InEffect != nil || state.InEffect == nil) {
		return nil
	}
	if ended {
		r.InEffect = state.InEffect
	} else {
		r.JobState = state
	}
	if err := j.update(r, e); err != nil {
		return fmt.Errorf("record the job's state: %w", err)
	}
	return nil
}
