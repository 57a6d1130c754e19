package ui_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/aws/smithy-go"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// device is a profile that assumes a role with MFA. It asks as the SDK does, from
// the background, by the clock of the test.
type device struct {
	*program
	wanted  string // the code that is accepted
	good    bool   // credentials were given, and have not ended
	call    *call
	queue   []ui.CodeRequest
	answers []string // the codes that were given, "" for none
}

// refusedCode is how STS refuses a code.
var refusedCode = &smithy.OperationError{ServiceID: "STS", OperationName: "AssumeRole", Err: &smithy.GenericAPIError{
	Code: "AccessDenied", Message: "MultiFactorAuthentication failed with invalid MFA one time pass code.",
}}

// poll is how often the fake looks whether something happened.
const poll = 100 * time.Millisecond

func startMFA(t *testing.T, s setup) *device {
	t.Helper()
	d := &device{wanted: "123456"}
	s.adjust = func(p *program, c *ui.Config) {
		d.program = p
		c.Connect, c.NextCode = d.connect, d.next
	}
	start(t, s)
	d.Advance(time.Second)
	return d
}

func (d *device) next(ctx context.Context) (ui.CodeRequest, bool) {
	for d.clock.Wait(ctx, poll) == nil {
		if len(d.queue) > 0 {
			r := d.queue[0]
			d.queue = d.queue[1:]
			return r, true
		}
	}
	return ui.CodeRequest{}, false
}

// credentials are asked for once at a time; whoever comes meanwhile gets the same
// answer, as from the SDK's cache.
func (d *device) credentials(ctx context.Context) error {
	switch {
	case d.good:
		return nil
	case d.call == nil:
		d.ask()
	}
	call := d.call
	for !call.answered {
		if err := d.clock.Wait(ctx, poll); err != nil {
			return err
		}
	}
	return call.err
}

// call is one request for a code, and what came of it.
type call struct {
	answered bool
	err      error
}

func (d *device) ask() {
	c := &call{}
	d.call = c
	request := client.MFARequest{Profile: "corp", RoleARN: "arn:aws:iam::1:role/editor", SerialNumber: "arn:aws:iam::1:mfa/ada"}
	d.queue = append(d.queue, ui.CodeRequest{MFARequest: request, Answer: func(code string, err error) {
		d.answers = append(d.answers, code)
		d.good = code == d.wanted
		if err == nil && !d.good {
			err = refusedCode
		}
		if err != nil {
			c.err = &client.CredentialsError{Kind: client.CredentialsAssumeRole, Profile: "corp", Err: err}
		}
		c.answered, d.call = true, nil
	}})
}

func (d *device) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	s, err := d.program.connect(ctx, access)
	if err != nil {
		return nil, err
	}
	identify := s.Identify
	s.Profile = "corp"
	s.Service = needing{s.Service, d.credentials}
	s.Identify = func(ctx context.Context) (client.Identity, error) {
		if err := d.credentials(ctx); err != nil {
			return client.Identity{}, err
		}
		return identify(ctx)
	}
	return s, nil
}

// give types a code and waits for what comes of it.
func (d *device) give(code string) {
	d.Type(code)
	d.Press("enter")
	d.Advance(time.Second)
}

func TestTheCodeOfADeviceIsAskedFor(t *testing.T) {
	d := startMFA(t, setup{})
	d.Want("MFA code", "asks for the code of an MFA", "profile  corp", "role/editor", "mfa/ada", "enter give the code")
	d.Type("12 ab3")
	d.Press("enter")
	d.Want("A code has six digits.")
	d.give("456")
	d.WantNot("MFA code")
	d.Want("deployed configuration read", emulator.SampleAccount)
	if !slices.Equal(d.answers, []string{"123456"}) {
		t.Errorf("the answers are %q", d.answers)
	}
}

func TestAWrongCodeMayBeCorrected(t *testing.T) {
	d := startMFA(t, setup{})
	d.give("000000")
	d.Want("The MFA code was not accepted; wait for the next one")
	d.WantNot("Code:")
	d.Press("R")
	d.Advance(time.Second)
	d.Want("The last code was not accepted.")
	d.give("123456")
	d.Want("deployed configuration read")
}

func TestNoCodeKeepsWhatWasTyped(t *testing.T) {
	d := startMFA(t, setup{})
	d.give("123456")
	d.change()
	d.to("1")
	d.good = false // the role has ended
	d.Press("R")
	d.Advance(time.Second)
	d.Want("The role's credentials have ended")
	d.Press("esc")
	d.Advance(time.Second)
	d.Want("No MFA code was given", "F5 tries again")
	d.wantKept(t)
	d.Press("f5")
	d.Advance(time.Second)
	d.Want("Code:")
	d.give("123456")
	d.wantKept(t)
	d.to("1")
	d.Want("deployed configuration read")
}

func TestTheBackgroundAsksForACodeOnce(t *testing.T) {
	d := startMFA(t, setup{emulator: emulator.Options{Scenario: emulator.Stuck}})
	d.give("123456")
	d.change()
	d.approve()
	d.Advance(time.Second)
	d.Want("RUNNING")
	d.good = false
	d.Advance(10 * time.Second)
	d.Want("Code:")
	d.Press("esc")
	d.Advance(5 * time.Minute) // of looks at the job
	d.WantNot("Code:")
	d.Want("paused: No MFA")
	d.Press("f5")
	d.Advance(time.Second)
	d.give("123456")
	d.Want("looking again, with the credentials as they are now", "RUNNING")
	d.WantNot("paused:")
	d.wantPosts(t, 1)
}

func TestLeavingDoesNotWaitForACode(t *testing.T) {
	d := startMFA(t, setup{})
	d.Want("Code:")
	d.Press("ctrl+c")
	if !d.Left() || d.InFlight() != 0 {
		t.Errorf("left %v with %d commands in flight", d.Left(), d.InFlight())
	}
	if !slices.Equal(d.answers, []string{""}) {
		t.Errorf("the answers are %q", d.answers)
	}
}
