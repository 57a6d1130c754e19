package ui_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// TestGuardsSpeakFirst takes each guard to the first screen and to the approval, at
// the usual size and at the smallest usable one: the reason is there before anything
// was typed, nothing can be approved, and nothing is sent or recorded.
func TestGuardsSpeakFirst(t *testing.T) {
	accounts := edit.Policy{Accounts: []string{"999999999999"}, AccountsFrom: "config.yaml:2 allowed_accounts"}
	for name, test := range map[string]struct {
		policy    edit.Policy
		emulator  emulator.Options
		session   func(*program, *edit.Session) // as it comes from the connection
		says      string
		confirmed bool // the name is asked for, and what was typed is sent
	}{
		"read-only":         {policy: edit.Policy{ReadOnly: "--read-only"}, says: "✗ read-only: --read-only"},
		"read-only profile": {policy: edit.Policy{ReadOnlyProfiles: []edit.Pattern{{Text: "a*", From: "config.yaml:5 read_only_profiles"}}}, session: func(_ *program, s *edit.Session) { s.Profile = "acme" }, says: "✗ read-only: config.yaml:5 read_only_profiles a* mat"},
		"account":           {policy: accounts, says: "✗ account 123456789012 is not among those of config"},
		"account not known yet": {policy: accounts, session: func(p *program, s *edit.Session) {
			s.Identify = func(ctx context.Context) (client.Identity, error) {
				return client.Identity{}, p.clock.Wait(ctx, time.Hour)
			}
		}, says: "✗ the account is not known yet, and config.yaml:2"},
		"account not to be found out": {policy: accounts, session: func(_ *program, s *edit.Session) {
			s.Identify = func(context.Context) (client.Identity, error) { return client.Identity{}, errors.New("no answer") }
		}, says: "✗ the account could not be verified, and config"},
		"job":       {emulator: emulator.Options{Scenario: emulator.Pending}, says: "✗ job 90be5c17 (GenerateBackendAPIModels) is RUNNING"},
		"protected": {says: "! prod is protected (prod*, by default)", confirmed: true},
	} {
		for _, size := range []struct{ w, h int }{{80, 24}, {60, 15}} {
			t.Run(name, func(t *testing.T) {
				kept, err := journal.Open(journal.Options{Root: t.TempDir()})
				if err != nil {
					t.Fatal(err)
				}
				p := start(t, setup{w: size.w, h: size.h, emulator: test.emulator, journal: kept, adjust: func(p *program, c *ui.Config) {
					c.Policy = test.policy
					c.Connect = func(ctx context.Context, access edit.Access) (*edit.Session, error) {
						session, err := p.connect(ctx, access)
						if err == nil && test.session != nil {
							test.session(p, session)
						}
						return session, err
					}
				}})
				p.Want(test.says)
				p.wantFits(t)
				p.change()
				p.approve()
				if test.confirmed {
					p.wantPosts(t, 1)
					return
				}
				if name == "job" {
					p.Want("Nothing can be sent while it runs")
				} else {
					p.Want("Nothing can be sent", test.says[:20])
				}
				p.wantFits(t)
				p.WantNot("on its way", "sending", "Start without")
				p.wantPosts(t, 0)
				if list, err := kept.List(journal.Target{}, 10); err != nil || len(list.Receipts) != 0 {
					t.Errorf("receipts %+v, %v", list, err)
				}
				if sub := p.submission(); sub != nil {
					t.Errorf("there is a submission: %v", sub.Verdict())
				}
				p.Press("esc")
				p.to("1")
				p.Press("i")
				for range 20 {
					if !p.Has(test.says[4:20]) {
						p.Press("down")
					}
				}
				p.Want(test.says[4:20])
			})
		}
	}
}

// TestAJobThatEndsMeanwhileIsNoGuard approves once the job that held the environment is no
// more.
func TestAJobThatEndsMeanwhileIsNoGuard(t *testing.T) {
	p := start(t, setup{emulator: emulator.Options{Scenario: emulator.Pending}})
	p.Want("✗ job 90be5c17")
	p.Advance(2 * time.Minute)
	p.Press("R")
	p.WantNot("✗ job 90be5c17")
	p.change()
	p.approve()
	p.wantPosts(t, 1)
}
