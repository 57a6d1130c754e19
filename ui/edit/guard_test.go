package edit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

func knows(account string) func(context.Context) (client.Identity, error) {
	return func(context.Context) (client.Identity, error) { return client.Identity{Account: account}, nil }
}

// TestGuards compares what is said of a connection with what the last check before
// sending does.
func TestGuards(t *testing.T) {
	failing := func(context.Context) (client.Identity, error) { return client.Identity{}, errors.New("no answer") }
	one := edit.Policy{Accounts: []string{"1"}, AccountsFrom: "config.yaml:2 allowed_accounts"}
	audit := edit.Policy{ReadOnlyProfiles: []edit.Pattern{{Text: "audit-*", From: "config.yaml:5 read_only_profiles"}}}
	as := func(account string) client.Identity { return client.Identity{Account: account} }
	for name, test := range map[string]struct {
		policy  edit.Policy
		session *edit.Session
		says    string // "" for no guard
		unknown bool
		allowed bool // by the last check, of a caller that is asked only then
	}{
		"nothing configured":       {edit.Policy{}, &edit.Session{Identify: failing}, "", false, true},
		"known and allowed":        {one, &edit.Session{Identity: as("1")}, "", false, true},
		"known and not allowed":    {one, &edit.Session{Identity: as("2")}, "account 2 is not among those of config.yaml:2 allowed_accounts", false, false},
		"not known yet":            {one, &edit.Session{Identify: knows("1")}, "the account is not known yet, and config.yaml:2 allowed_accounts allows only some", true, true},
		"not known yet, another":   {one, &edit.Session{Identify: knows("2")}, "the account is not known yet, and config.yaml:2 allowed_accounts allows only some", true, false},
		"cannot be known":          {one, &edit.Session{Identify: failing, IdentityErr: errors.New("no answer")}, "the account could not be verified, and config.yaml:2 allowed_accounts allows only some: no answer", true, false},
		"no connection, accounts":  {one, nil, "the account is not known yet, and config.yaml:2 allowed_accounts allows only some", true, false},
		"read-only":                {edit.Policy{ReadOnly: "--read-only"}, &edit.Session{Identity: as("1")}, "read-only: --read-only", false, false},
		"read-only, not connected": {edit.Policy{ReadOnly: "config.yaml:3 read_only"}, nil, "read-only: config.yaml:3 read_only", false, false},
		"profile":                  {audit, &edit.Session{Profile: "audit-eu"}, "read-only: config.yaml:5 read_only_profiles audit-* matches audit-eu", false, false},
		"another profile":          {audit, &edit.Session{Profile: "acme"}, "", false, true},
		"no connection, profiles":  {audit, nil, "read-only or not is not known yet: config.yaml:5 read_only_profiles go by the profile, and there is no connection", true, false},
		"malformed pattern":        {edit.Policy{ReadOnlyProfiles: []edit.Pattern{{Text: "[", From: "config.yaml:5 read_only_profiles"}}}, &edit.Session{Profile: "acme"}, "read-only: config.yaml:5 read_only_profiles [ matches acme", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			e := edit.New(time.Now)
			e.SetPolicy(test.policy)
			if test.session != nil {
				e.SetSession(test.session)
				who, err := e.Deps(nil, client.SystemClock{}).Guard(t.Context())
				var guarded *edit.GuardError
				if (err == nil) != test.allowed || err != nil && !errors.As(err, &guarded) {
					t.Errorf("the last check gives %+v, %v", who, err)
				}
			}
			g := e.Forbidden()
			switch {
			case g == nil && test.says != "":
				t.Error("nothing forbids it")
			case g != nil && (g.Text != test.says || g.Unknown != test.unknown):
				t.Errorf("got %+v, want %q", g, test.says)
			}
		})
	}
}

func TestProtectedEnvironments(t *testing.T) {
	for _, c := range []struct {
		environment string
		patterns    []edit.Pattern
		want        string
	}{
		{"prod", nil, "prod is protected (prod*, by default): its name is typed to send"},
		{"production", nil, "production is protected (prod*, by default): its name is typed to send"},
		{"main", nil, "main is protected (main, by default): its name is typed to send"},
		{"mainly", nil, ""},
		{"dev", []edit.Pattern{{Text: "d*", From: "config.yaml:1 protected"}}, "dev is protected (d*, config.yaml:1 protected): its name is typed to send"},
		{"prod", []edit.Pattern{}, ""},
		{"dev", []edit.Pattern{{Text: "[unclosed", From: "f"}}, "dev is protected ([unclosed, f): its name is typed to send"},
	} {
		e := edit.New(time.Now)
		e.SetPolicy(edit.Policy{Protected: c.patterns})
		e.Answers.Set(forms.At(forms.StepTarget, forms.KeyEnvironment), c.environment)
		said := ""
		for _, g := range e.Guards() {
			if g.Kind == edit.GuardProtected {
				said = g.Text
			}
			if g.Forbids {
				t.Errorf("%s forbids", g.Text)
			}
		}
		if said != c.want || e.Protected() != (c.want != "") {
			t.Errorf("%s: %q, not %q", c.environment, said, c.want)
		}
	}
}

func TestAJobHoldsTheEnvironmentItIsOf(t *testing.T) {
	job := func(id, status string) wire.Job {
		s := wire.JobStatus(status)
		return wire.Job{JobID: &id, Status: &s}
	}
	e := newEdit(func() time.Time { return begin })
	e.SetSession(&edit.Session{Region: "eu-west-1"})
	holds := func(want string) {
		t.Helper()
		got := ""
		if j := e.Holding(); j != nil {
			got = *j.JobID
		}
		if got != want || (e.Forbidden() != nil) != (want != "") {
			t.Errorf("%q holds it, not %q; forbidden by %+v", got, want, e.Forbidden())
		}
	}
	holds("")
	e.SetJobs([]wire.Job{job("a", "COMPLETED"), job("b", "SUCCEEDED"), job("c", "RUNNING")}, nil)
	holds("b") // a status that nobody knows is no end
	e.PassOver("b")
	holds("c")
	e.SetSession(&edit.Session{Region: "us-east-1"})
	holds("")
	e.SetSession(&edit.Session{Region: "eu-west-1"})
	holds("c")
	e.Answers.Set(forms.At(forms.StepTarget, forms.KeyEnvironment), "dev")
	holds("")
	e.Answers.Set(forms.At(forms.StepTarget, forms.KeyEnvironment), prod.Environment)
	e.WaitForJobs()
	if g := e.Forbidden(); g != nil {
		t.Errorf("forbidden by %+v", g)
	}
	e.SetJobs(nil, errors.New("no answer"))
	if guards := e.Guards(); len(guards) != 2 || !guards[1].Unknown || guards[1].Forbids {
		t.Errorf("guards %+v", guards)
	}
}
