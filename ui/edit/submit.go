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
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
)

// Approve freezes the present plan. It fails if something blocks it, without a
// connection, and with a *GuardError if a guard forbids it. A job that holds the
// environment does not keep it from being approved: it may end meanwhile.
func (e *Edit) Approve() (submission.Approval, error) {
	p := e.Plan()
	if problem := p.Blocked(); problem != nil {
		return submission.Approval{}, errors.New(problem.Text)
	}
	if e.session == nil {
		return submission.Approval{}, errNoSession
	}
	if g := e.Forbidden(); g != nil && g.Kind != GuardJob {
		return submission.Approval{}, &GuardError{*g}
	}
	body, err := p.Body()
	if err != nil {
		return submission.Approval{}, err
	}
	a := submission.Approval{Target: e.Place(), Body: bytes.Clone(body), Wanted: p.Input.ResourceConfig, Said: said(p.Changes), PassOver: e.PassedOver()}
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

// Deps are what submissions with the present connection stand on. A nil journal keeps
// nothing.
func (e *Edit) Deps(j *journal.Journal, clock client.Clock) submission.Deps {
	return submission.Deps{Service: e.session.Service, Journal: j, Clock: clock, Guard: e.session.guard(e.policy)}
}

// guard returns the check of who the caller is, and whether the policy allows anything
// to be sent: the last one, of what is known early as Guards.
func (s *Session) guard(policy Policy) func(context.Context) (client.Identity, error) {
	known, identify, profile := s.Identity, s.Identify, s.Profile
	return func(ctx context.Context) (client.Identity, error) {
		if g := policy.readOnly(profile); g != nil {
			return known, &GuardError{*g}
		}
		var err error
		if known.Account == "" && identify != nil {
			known, err = identify(ctx)
		}
		if g := policy.account(known, err); g != nil {
			return known, &GuardError{*g}
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
