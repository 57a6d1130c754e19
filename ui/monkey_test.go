package ui_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
)

// everyKey are all keys that mean something somewhere, and some that never do.
func everyKey() []string {
	out := []string{"f12", "insert", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w", "backspace", "delete", "X", "日", "é", "~", "\u202e"}
	for _, b := range keys.All() {
		out = append(out, b.Keys()...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// unlucky is a connection of which calls fail now and then, also when there is none
// at all.
type unlucky struct {
	client.API
	random *rand.Rand
}

// fails reports whether a call fails, and how.
func (u unlucky) fails() error {
	switch u.random.IntN(12) {
	case 0:
		return &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	case 1:
		return &client.Error{Code: "ExpiredTokenException", Status: 403, Message: "expired"}
	}
	return nil
}

func (u unlucky) GetBackendJob(ctx context.Context, in *wire.GetBackendJobInput) (*wire.Job, error) {
	if err := u.fails(); err != nil {
		return nil, err
	}
	return u.API.GetBackendJob(ctx, in)
}

func (u unlucky) ListBackendJobs(ctx context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	if err := u.fails(); err != nil {
		return nil, err
	}
	return u.API.ListBackendJobs(ctx, in)
}

func (u unlucky) GetBackendAPI(ctx context.Context, in *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	if err := u.fails(); err != nil {
		return nil, err
	}
	return u.API.GetBackendAPI(ctx, in)
}

// unluckily makes connections that fail, at once or later, and that belong to another
// account with another profile.
func unluckily(p *program, random *rand.Rand) edit.Connector {
	return func(ctx context.Context, access edit.Access) (*edit.Session, error) {
		profile := access.Profile
		if profile != "" && random.IntN(3) == 0 {
			return nil, &client.ConfigError{Profile: profile, Err: errors.New("no such profile")}
		}
		access.Profile = "" // none is configured on this machine
		s, err := p.connect(ctx, access)
		if err != nil || random.IntN(4) == 0 {
			return nil, errors.Join(err, errors.New("no connection"))
		}
		identify := s.Identify
		s.Identify = func(ctx context.Context) (client.Identity, error) {
			if random.IntN(4) == 0 {
				return client.Identity{}, errors.New("no answer")
			}
			who, err := identify(ctx)
			who.Account = strings.Repeat(fmt.Sprint(len(profile)%10), 12)
			return who, err
		}
		s.Service, s.Profile = unlucky{s.Service, random}, profile
		return s, nil
	}
}

// TestMonkey presses keys at random in every scenario, on connections that fail and
// with profiles that change. The screen must always fit, and nothing may panic.
func TestMonkey(t *testing.T) {
	names := everyKey()
	keysEach := 600
	if testing.Short() {
		keysEach = 100
	}
	for i, scenario := range emulator.Scenarios() {
		t.Run(string(scenario), func(t *testing.T) {
			random := rand.New(rand.NewPCG(1, uint64(i)))
			for pressed := 0; pressed < keysEach; {
				p := start(t, setup{
					environment: emulator.SampleDev, emulator: emulator.Options{Scenario: scenario}, journal: newJournal(t),
					adjust: func(p *program, c *ui.Config) { c.Connect = unluckily(p, random) },
				})
				for ; pressed < keysEach && !p.Left(); pressed++ {
					p.monkey(random, names)
					p.wantFits(t)
				}
				p.app.Finish(cancelled(t))
			}
		})
	}
}

// TestWithoutASessionNothingPanics presses every key on every step, before there is a
// connection, and after one was lost while a job of somebody else held the environment.
func TestWithoutASessionNothingPanics(t *testing.T) {
	if testing.Short() {
		t.Skip("every key at every place: a matter of keys, not of what runs at the same time")
	}
	for name, prepare := range map[string]func(*program){
		"there never was one": func(*program) {},
		"it was lost": func(p *program) {
			p.change()
			p.to("6")
			p.Press("ctrl+s", "esc")
			p.app.Edit().Answers.Set(forms.At(forms.StepTarget, forms.KeyProfile), "elsewhere")
			p.app.Edit().Touch()
			p.into("1")
			p.to("6")
		},
	} {
		connections := 0
		p := start(t, setup{emulator: emulator.Options{Scenario: emulator.Pending}, journal: newJournal(t), adjust: func(p *program, c *ui.Config) {
			c.Connect = func(ctx context.Context, access edit.Access) (*edit.Session, error) {
				if connections++; connections > 1 || name == "there never was one" {
					return nil, errors.New("no connection")
				}
				return p.connect(ctx, access)
			}
		}})
		prepare(p)
		for _, step := range "1234567" {
			for _, k := range everyKey() {
				if p.Left() {
					t.Fatalf("%s: the program was left", name)
				}
				p.into(string(step))
				if k != "q" && k != "ctrl+c" && k != "y" { // which may leave
					p.Press(k)
				}
				p.wantFits(t)
				p.Press("esc", "esc")
			}
		}
		p.wantPosts(t, 0)
	}
}

func cancelled(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func (p *program) monkey(random *rand.Rand, names []string) {
	switch random.IntN(100) {
	case 0:
		p.Resize(random.IntN(130), random.IntN(45))
	case 1:
		p.Paste([]string{"pasted", "two\nlines", "\x1b[31m日本", ""}[random.IntN(4)])
	case 2:
		p.Advance(time.Duration(random.IntN(5000)) * time.Millisecond)
	case 3:
		if random.IntN(20) == 0 {
			p.Press([]string{"q", "ctrl+c"}[random.IntN(2)])
		}
	case 4:
		p.Type("schema.graphql")
	case 5: // somebody else's profile
		p.app.Edit().Answers.Set(forms.At(forms.StepTarget, forms.KeyProfile), []string{"", "one", "other"}[random.IntN(3)])
		p.app.Edit().Touch()
		p.Press("esc", "esc", "esc", "1", "2")
	case 6: // the way to an approval
		p.change()
		p.to("6")
		p.Press("ctrl+s", "y", "enter")
	default:
		if k := names[random.IntN(len(names))]; k != "q" && k != "ctrl+c" {
			p.Press(k)
		}
	}
}

// TestWanderingLosesNothing fills the forms in and wanders about with keys that
// change nothing.
func TestWanderingLosesNothing(t *testing.T) {
	p := start(t, setup{})
	p.into("1")
	p.Press("shift+tab", "shift+tab", "shift+tab")
	p.into("2")
	p.Press("right", "right", "right", "tab")
	for _, text := range []string{"acme", "not a URL", "", "1 hour", "5"} { // half of it wrong
		p.Type(text)
		p.Press("tab")
	}
	p.into("3")
	p.Press("d", "a", "right", "tab")
	p.Type("half a key")
	p.Press("esc", "a", "esc")
	p.into("4")
	p.Press("right", "right")
	p.into("5")
	p.Press("right", "tab")
	p.Type("missing.graphql")

	before := p.app.Edit().Answers.Clone()
	moves := []string{"tab", "tab", "tab", "shift+tab", "enter", "esc", "ctrl+n", "ctrl+p", "ctrl+s", "ctrl+g", "pgup", "pgdown", "digit", "R"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		move := moves[random.IntN(len(moves))]
		if move == "digit" || move == "R" {
			if !p.onStepper() {
				continue
			}
			if move == "digit" {
				move = string(rune('1' + random.IntN(7)))
			}
		}
		p.Press(move)
		if diff := cmp.Diff(before, p.app.Edit().Answers); diff != "" {
			t.Fatalf("%s changed an answer:\n%s\n%s", move, diff, p.Boxed())
		}
	}
	p.wantPosts(t, 0)
}

// onStepper reports whether the stepper has the focus and nothing lies above it.
func (p *program) onStepper() bool { return p.app.KeysHere()[0].Help().Desc == "steps" }
