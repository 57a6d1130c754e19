package edit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
)

// Approve freezes the present plan. It fails if something blocks it, and without a
// connection.
func (e *Edit) Approve() (submission.Approval, error) {
	p := e.Plan()
	if problem := p.Blocked(); problem != nil {
		return submission.Approval{}, errors.New(problem.Text)
	}
	if e.session == nil {
		return submission.Approval{}, errNoSession
	}
	body, err := p.Body()
	if err != nil {
		return submission.Approval{}, err
	}
	a := submission.Approval{Target: e.Place(), Body: bytes.Clone(body), Wanted: p.Input.ResourceConfig, Said: said(p.Changes)}
	if b := e.Base(); b != nil && !b.Local {
		a.Before = b.Config
	}
	return a, nil
}

var errNoSession = errors.New("there is no connection to send it with")

func said(changes []forms.Change) []journal.Change {
	out := make([]journal.Change, len(changes))
	for i, c := range changes {
		out[i] = journal.Change{Symbol: string(c.Symbol), Path: c.Path, Old: c.Old, New: c.New, Risk: c.Risk.String()}
	}
	return out
}

// Place is the target with account and region, as receipts name it: what is not
// known yet is empty.
func (e *Edit) Place() journal.Target {
	t := e.Target()
	p := journal.Target{AppID: t.AppID, Environment: t.Environment, ResourceName: t.ResourceName}
	if e.session != nil {
		p.Account, p.Region = e.session.Identity.Account, e.session.Region
	}
	return p
}

// Deps are what submissions with this connection stand on. allowed are the accounts
// that may be changed; empty allows all. A nil journal keeps nothing.
func (s *Session) Deps(j *journal.Journal, clock client.Clock, allowed []string) submission.Deps {
	return submission.Deps{Service: s.Service, Journal: j, Clock: clock, Guard: s.guard(allowed)}
}

// guard returns the check of who the caller is, and whether the account is among the
// allowed ones. Where some are configured, an account that is not known is refused
// as well.
func (s *Session) guard(allowed []string) func(context.Context) (client.Identity, error) {
	known, identify, readOnly := s.Identity, s.Identify, s.ReadOnly
	return func(ctx context.Context) (client.Identity, error) {
		if readOnly {
			return known, client.ErrReadOnly
		}
		if known.Account == "" && identify != nil {
			identity, err := identify(ctx)
			if err != nil && len(allowed) > 0 {
				return known, fmt.Errorf("nothing was sent: only some accounts are allowed, and the account could not be verified: %w", err)
			}
			known = identity
		}
		if len(allowed) > 0 && !slices.Contains(allowed, known.Account) {
			return known, fmt.Errorf("nothing was sent: account %q is not among the allowed ones of the configuration file", known.Account)
		}
		return known, nil
	}
}

// Unmoved returns the check, to be run right before sending, that neither the schema
// nor what is deployed has changed since the present plan was made. Its errors are
// *MovedError and *SchemaMovedError, and why that could not be found out.
func (e *Edit) Unmoved(disk fs.FS) func(context.Context) error {
	base, session, target, now := e.Base(), e.session, e.Target(), e.now
	var planned Schema
	if e.SchemaPath() != "" && !e.schema.once {
		planned = e.schema
	}
	return func(ctx context.Context) error {
		if planned.Path != "" {
			present := LoadSchema(disk, planned.Path)
			if present.Err != nil || present.Text != planned.Text {
				return &SchemaMovedError{Schema: present}
			}
		}
		if base == nil {
			return nil
		}
		return base.unmoved(ctx, session.Service, target, now)
	}
}

// unmoved reads what is deployed once more and compares.
func (b *Base) unmoved(ctx context.Context, service client.API, t Target, now func() time.Time) error {
	present, err := ReadBase(ctx, service, t, now)
	switch {
	case b.Local && err == nil: // now there is something better to compare with
		return &MovedError{Base: present}
	case b.Local:
		return nil
	case err != nil:
		return fmt.Errorf("nothing was sent, because the deployed configuration could not be read again: %w", err)
	case !present.Config.Equal(b.Config):
		return &MovedError{Base: present}
	}
	return nil
}

// PlanHash is the SHA-256, in hexadecimal digits, of what a plan would send to which
// target, and of what it was made against. It is the same as long as neither moves.
func (e *Edit) PlanHash() (string, error) {
	p := e.Plan()
	body, err := p.Body()
	if err != nil {
		return "", err
	}
	t := e.Target()
	parts := []string{t.AppID, t.Environment, t.ResourceName, string(body)}
	if b := e.Base(); b != nil {
		deployed, err := wire.Body(b.Config)
		if err != nil {
			return "", err
		}
		parts = append(parts, string(deployed))
	}
	var all []byte
	for _, part := range parts {
		all = append(fmt.Appendf(all, "%d:", len(part)), part...)
	}
	return wire.Hash(all), nil
}
