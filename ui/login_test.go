package ui_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// signIn is a user's IAM Identity Center session as a test has it.
type signIn struct {
	*program
	expired bool
	account string   // of whoever logs in, "" for the emulator's
	failure error    // of the command, nil if it runs
	end     error    // of logging in
	ran     []string // what was run on the terminal
}

var errExpired = errors.New("cached SSO token is expired")

// startExpired starts the program on a session that has expired.
func startExpired(t *testing.T, s setup) *signIn {
	t.Helper()
	in := &signIn{expired: true}
	s.adjust = func(p *program, c *ui.Config) {
		in.program = p
		c.Connect, c.Login = in.connect, in.login
	}
	start(t, s)
	return in
}

func (in *signIn) err() error {
	if in.expired {
		return &client.CredentialsError{Kind: client.CredentialsSSO, Profile: "my corp", Err: errExpired}
	}
	return nil
}

// connect makes the emulator's session one of the profile "my corp".
func (in *signIn) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	s, err := in.program.connect(ctx, access)
	if err != nil {
		return nil, err
	}
	identify := s.Identify
	s.Profile = "my corp"
	s.Service = needing{s.Service, func(context.Context) error { return in.err() }}
	s.Identify = func(ctx context.Context) (client.Identity, error) {
		if err := in.err(); err != nil {
			return client.Identity{}, err
		}
		who, err := identify(ctx)
		if in.account != "" {
			who.Account = in.account
		}
		return who, err
	}
	s.LoginCommand = func(err error) []string {
		if client.Classify(err) != client.ClassCredentials {
			return nil
		}
		return []string{"aws", "sso", "login", "--profile", "my corp"}
	}
	return s, nil
}

// login records the command instead of running it.
func (in *signIn) login(words []string, done func(error) tea.Msg) (tea.Cmd, error) {
	if in.failure != nil {
		return nil, in.failure
	}
	in.ran = append(in.ran, strings.Join(words, " "))
	return func() tea.Msg {
		in.expired = in.end != nil
		return done(in.end)
	}, nil
}

// needing is a service that cannot be called without credentials.
type needing struct {
	client.API
	credentials func(context.Context) error
}

func (n needing) GetBackendAPI(ctx context.Context, in *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	if err := n.credentials(ctx); err != nil {
		return nil, err
	}
	return n.API.GetBackendAPI(ctx, in)
}

func (n needing) GetBackendJob(ctx context.Context, in *wire.GetBackendJobInput) (*wire.Job, error) {
	if err := n.credentials(ctx); err != nil {
		return nil, err
	}
	return n.API.GetBackendJob(ctx, in)
}

const ssoLogin = "aws sso login --profile my corp"

func TestLoggingInGoesOn(t *testing.T) {
	in := startExpired(t, setup{})
	in.Want(`The session of profile "my corp" has expired`, "F5 runs it here, and goes on", "F5 log in")
	in.into("2")
	in.Press("right", "tab")
	in.Type("typed before")
	in.Press("f5")
	if !slices.Equal(in.ran, []string{ssoLogin}) {
		t.Fatalf("ran %q", in.ran)
	}
	in.Want("deployed configuration read", "typed before")
	in.to("1")
	in.WantNot("has expired", "F5")
}

func TestTheButtonOfTheTargetLogsIn(t *testing.T) {
	in := startExpired(t, setup{h: 40, w: 100})
	in.into("1")
	in.Press("shift+tab", "shift+tab")
	in.Want("┃[ Log in ]")
	in.Press("enter")
	if len(in.ran) != 1 {
		t.Errorf("ran %q", in.ran)
	}
	in.WantNot("Log in ]")
}

func TestLoggingInThatFails(t *testing.T) {
	in := startExpired(t, setup{w: 120, h: 30})
	in.failure = errors.New("aws is not installed here; run elsewhere: " + ssoLogin)
	in.Press("f5")
	in.Want("aws is not installed here; run elsewhere: " + ssoLogin)
	in.failure, in.end = nil, errors.New("exit status 1")
	in.Press("f5")
	in.Want("logging in failed: exit status 1; F5 tries again")
	in.end = nil
	in.Press("f5")
	in.Want("deployed configuration read")
}

func TestReadingAgainTakesALoginFromElsewhere(t *testing.T) {
	in := startExpired(t, setup{})
	in.expired = false
	in.Press("R")
	in.Want("deployed configuration read", emulator.SampleAccount)
	if len(in.ran) > 0 {
		t.Errorf("ran %q", in.ran)
	}
	in.Press("f5")
	in.Want("nothing asks to log in")
}

// expire lets the session end after the start, which is noticed by reading.
func (in *signIn) expire() {
	in.expired = true
	in.Press("R")
	in.Want("has expired")
}

func TestAnotherAccountIsSaidBeforeGoingOn(t *testing.T) {
	in := startExpired(t, setup{})
	in.Press("f5")
	in.Want(emulator.SampleAccount)
	in.change()
	in.to("1")
	in.expire()
	in.account = "999988887777"
	reads := in.server.Count("GetBackendAPI")
	in.Press("f5")
	in.Want("Another account", "Until now the account was "+emulator.SampleAccount, "999988887777")
	if in.server.Count("GetBackendAPI") != reads {
		t.Error("something was read before the user's word")
	}
	in.Press("esc")
	in.Want("no longer of " + emulator.SampleAccount)
	in.approve()
	in.wantPosts(t, 0)
	in.to("1")
	in.Press("R", "y") // asks again
	in.Want("999988887777", "deployed configuration read")
	in.wantKept(t)
}

func TestTheSameAccountGoesOnWithoutAQuestion(t *testing.T) {
	in := startExpired(t, setup{})
	in.Press("f5")
	in.expire()
	in.Press("f5")
	in.WantNot("Another account")
	in.Want("deployed configuration read", emulator.SampleAccount)
}

func TestLoggingInTakesUpThePausedJob(t *testing.T) {
	in := startExpired(t, setup{emulator: emulator.Options{Scenario: emulator.Stuck}})
	in.Press("f5")
	in.change()
	in.approve()
	in.Want("RUNNING")
	in.expired = true
	in.Advance(10 * time.Second)
	in.Want("paused:", "runs it here, and goes on", "F5 log in")
	in.Press("f5")
	in.Want("looking again, with the credentials as they are now", "RUNNING")
	in.WantNot("paused:")
	in.wantPosts(t, 1)
}

func TestLoggingInWaitsForTheRequest(t *testing.T) {
	in := startExpired(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Delay: time.Hour}}}})
	in.Press("f5")
	in.change()
	in.approve()
	in.Press("f5")
	in.Want("the request is on its way")
	if len(in.ran) != 1 {
		t.Errorf("ran %q", in.ran)
	}
}

func TestNoCredentialsAreSaidAtOnce(t *testing.T) {
	for _, found := range []bool{false, true} {
		p := start(t, setup{adjust: func(p *program, c *ui.Config) {
			c.Connect = func(ctx context.Context, access edit.Access) (*edit.Session, error) {
				session, err := p.connect(ctx, access)
				session.Probe = func(ctx context.Context) error {
					if err := p.clock.Wait(ctx, 1500*time.Millisecond); err != nil || !found {
						return errors.New("no answer")
					}
					return nil
				}
				return session, err
			}
		}})
		p.Want("No credentials are configured") // while the machine is asked
		p.into("2")
		p.Press("right", "tab")
		p.Type("typed meanwhile")
		if n := p.server.Count("GetBackendAPI"); n != 0 {
			t.Errorf("%d reads without credentials", n)
		}
		p.Advance(2 * time.Second)
		p.Want("typed meanwhile")
		if got := p.app.Edit().Base() != nil; got != found {
			t.Errorf("read %v although the machine has credentials: %v", got, found)
		}
		if got := p.app.Edit().Answers.Text(forms.At(forms.StepDefault, forms.KeyDescription)); got != "typed meanwhile" {
			t.Errorf("the description is %q", got)
		}
	}
}

// TestTheSameCredentialsAreCalledTheSame has F5 find what was refused already, and
// then something else.
func TestTheSameCredentialsAreCalledTheSame(t *testing.T) {
	for kind, says := range map[client.CredentialsKind]string{
		client.CredentialsEnvironment: "which only a new start",
		client.CredentialsProfile:     "renew them where",
	} {
		mark, refused := "one", false
		p := start(t, setup{w: 120, h: 40, adjust: func(p *program, c *ui.Config) {
			c.Connect = func(ctx context.Context, access edit.Access) (*edit.Session, error) {
				session, err := p.connect(ctx, access)
				if err != nil {
					return nil, err
				}
				identify := session.Identify
				session.Credentials = kind.String()
				session.Mark = func(context.Context) (string, error) { return mark, nil }
				session.Identify = func(ctx context.Context) (client.Identity, error) {
					if refused {
						return client.Identity{}, &client.Error{Status: 403, Code: "ExpiredTokenException"}
					}
					return identify(ctx)
				}
				session.Service = needing{session.Service, func(context.Context) error {
					if refused {
						return &client.Error{Status: 403, Code: "ExpiredTokenException"}
					}
					return nil
				}}
				return session, nil
			}
		}})
		p.WantNot("the same credentials")
		refused = true
		p.to("4")
		p.Press("R")
		p.Press("f5")
		p.Want("these are still the same credentials", says)
		p.WantNot("connected", "as they are now")
		mark, refused = "two", false
		p.Press("f5")
		p.WantNot("the same credentials")
		p.Want("deployed configuration read")
	}
}
