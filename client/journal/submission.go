package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ampedit/client/redact"
	"ampedit/client/wire"
)

// ErrClosed says that what came of a submission is known already, and recorded.
var ErrClosed = errors.New("what came of this request is recorded already")

// Begin writes a submission down as a new receipt, which stays open, and returns it
// with its id. Only after it has returned without an error may the request be sent.
// The receipt's target must be in the lock's environment.
func (l *Lock) Begin(r Receipt) (Receipt, error) {
	if err := l.check(r.Target); err != nil {
		return r, err
	}
	if r.Verdict == "" {
		return r, errNoVerdict
	}
	j := l.journal
	r.Time, r.Version = j.stamp(), j.version
	redacted, err := holdsSecret(r.Before)
	if err != nil {
		return r, err
	}
	r.BeforeRedacted = redacted
	if err := j.add(&r, j.idBase(r.Target, r.Time)); err != nil {
		return r, fmt.Errorf("write down what will be sent: %w. Nothing was sent", err)
	}
	return r, nil
}

// holdsSecret reports whether writing the configuration takes something out.
func holdsSecret(c *wire.ResourceConfig) (bool, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return false, fmt.Errorf("encode the configuration: %w", err)
	}
	return !bytes.Equal(redact.JSON(data), data), nil
}

// Save writes what is known of a submission into its receipt. open says whether
// something may still be found out. What is closed stays what it is: the error is then
// ErrClosed. After another error the receipt is what it was, unless only closing it
// failed; it is then open, with what is known in it.
func (j *Journal) Save(r Receipt, open bool) error {
	defer j.alone()()
	return j.save(r, open)
}

var errNoVerdict = errors.New("a receipt needs a verdict")

func (j *Journal) save(r Receipt, open bool) error {
	was, e, err := j.load(r.ID)
	switch {
	case err != nil:
		return fmt.Errorf("write down what became known: %w", err)
	case !e.open:
		return ErrClosed
	case r.Verdict == "":
		return errNoVerdict
	}
	r.Time, r.Version, r.BeforeRedacted = was.Time, was.Version, was.BeforeRedacted
	if err := j.update(&r, e, open); err != nil {
		return fmt.Errorf("write down what became known: %w", err)
	}
	return nil
}

// Abandon records that the user looks no further after a submission, for instance
// because the same change is sent again. It does nothing to one that is closed.
func (j *Journal) Abandon(id string) error {
	defer j.alone()()
	r, e, err := j.load(id)
	if err != nil || !e.open {
		return err
	}
	r.Abandoned = j.stamp()
	return j.save(*r, false)
}

// idBase is the id of a receipt that has its second and its environment to itself.
func (j *Journal) idBase(t Target, at time.Time) string {
	return at.Format(idLayout) + j.idRest(t)
}
