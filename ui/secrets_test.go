package ui_test

import (
	"bytes"
	"context"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// What must be seen nowhere: the credentials, and an API key wherever it occurs.
const (
	seededToken = "IQoJb3JpZ2luX2VjSEEDEDTOKEN0123456789"
	seededKey   = "da2-seededkey0123456789abcde"
	seededJWT   = "eyJzZWVkZWQiOjF9.eyJzZWVkZWQiOjJ9.c2VlZGVk"
)

var seeded = []string{"emulator-secret", "AKIDEMULATOR", seededToken, seededKey, seededJWT, "Signature="}

// leak is a place of everything that leaves the program.
type leak struct{ where, text string }

// secretive is a program on a service whose every text quotes secrets.
type secretive struct {
	*program
	log     bytes.Buffer
	kept    string // the folder of the journal
	screens []string
}

func seededApps() []emulator.App {
	quoting := " (key " + seededKey + ", token " + seededToken + ", " + seededJWT + ")"
	apps := emulator.SampleApps(begin)
	apps[0].Name += quoting
	for i := range apps[0].Environments {
		env := &apps[0].Environments[i]
		env.Jobs = append(env.Jobs, emulator.Job{
			ID: "aaaa0001", Operation: "Quote " + seededKey, Created: begin.Add(-time.Hour), Error: "broken" + quoting,
		})
	}
	return apps
}

func startSecretive(t *testing.T, o emulator.Options) *secretive {
	t.Helper()
	s := &secretive{kept: t.TempDir()}
	kept, err := journal.Open(journal.Options{Root: s.kept, Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	o.Apps, o.SessionToken = seededApps(), seededToken
	start(t, setup{
		w: 120, h: 40, emulator: o, env: [2]string{"AWS_SESSION_TOKEN", seededToken}, journal: kept,
		adjust: func(p *program, c *ui.Config) {
			s.program = p
			c.Connect = s.connect
		},
	})
	return s
}

// connect is the program's own, with a log of all that the SDK has to say.
func (s *secretive) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	session, err := s.program.connect(ctx, access)
	if err != nil {
		return nil, err
	}
	c, others, err := uitest.Connect(ctx, s.server, s.clock, client.Options{
		Profile: access.Profile, Region: access.Region,
		Logger:  slog.New(slog.NewTextHandler(&s.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		LogMode: aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogSigning | aws.LogRetries,
	})
	if err != nil {
		return nil, err
	}
	session.Service, session.Identify, session.ListApps, session.ListUserPools = c, others.CallerIdentity, others.ListApps, others.ListUserPools
	return session, nil
}

// see presses keys and keeps each screen.
func (s *secretive) see(names ...string) {
	for _, name := range names {
		s.Press(name)
		s.screens = append(s.screens, s.View())
	}
}

// walk goes through every page, tab and list, copies and writes what it can.
func (s *secretive) walk() {
	for _, number := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		s.into(number)
		for range 12 {
			s.see("tab", "right")
		}
		s.to(number)
		s.see("?", "esc", "enter", "ctrl+g", "esc")
	}
	s.into("5")
	s.see("v", "y", "w", "esc")
	for _, number := range []string{"6", "7"} {
		s.into(number)
		for range 6 {
			s.see("y", "w", "down", "right")
		}
	}
	s.to("4")
	s.see("H", "down", "enter", "y", "w", "esc", "esc")
	s.into("1")
	s.Press("tab", "tab")
	s.Press("ctrl+u")
	s.see("right", "down", "esc")
	s.Type(emulator.SampleAppID)
}

// out is everything that has left the program.
func (s *secretive) out(t *testing.T) []leak {
	t.Helper()
	out := []leak{{"the log", s.log.String()}}
	for _, screen := range s.screens {
		out = append(out, leak{"a screen", screen})
	}
	for _, copied := range s.copied {
		out = append(out, leak{"the clipboard", copied})
	}
	for name, text := range s.files {
		out = append(out, leak{"the file " + name, text})
	}
	err := fs.WalkDir(os.DirFS(s.kept), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(s.kept + "/" + path)
		out = append(out, leak{"the journal's " + path, string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestNoSecretLeaves(t *testing.T) {
	quoted := "denied to " + seededToken + " with " + seededKey
	for name, o := range map[string]emulator.Options{
		"all is well":     {},
		"the job fails":   {Scenario: emulator.Failed},
		"read refused":    {Faults: []emulator.Fault{{Operation: "GetBackendAPI", Count: 2, Status: 403, Code: "AccessDeniedException", Message: quoted}}},
		"expired":         {Faults: []emulator.Fault{{Operation: "GetBackendAPI", Count: 1, Status: 403, Code: "ExpiredTokenException", Message: quoted}}},
		"update refused":  {Faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Status: 400, Code: "BadRequestException", Message: quoted}}},
		"outcome unknown": {Faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Status: 502, Body: quoted}}},
		"jobs refused":    {Faults: []emulator.Fault{{Operation: "GetBackendJob", First: 2, Status: 403, Code: "AccessDeniedException", Message: quoted}}},
	} {
		t.Run(name, func(t *testing.T) {
			s := startSecretive(t, o)
			s.walk()
			s.Press("R")
			s.change()
			s.Advance(time.Second) // for the draft
			s.see("?", "esc")
			s.approve()
			for range 5 {
				s.Advance(time.Minute)
				s.see("7", "pgdown")
			}
			s.walk()
			if s.app.Edit().Answers.Text(forms.At(forms.StepTarget, forms.KeyAppID)) == "" || len(s.copied) == 0 || len(s.files) == 0 || s.log.Len() == 0 {
				t.Fatal("the walk is too short to show anything")
			}
			found := map[string]bool{}
			for _, l := range s.out(t) {
				for _, secret := range seeded {
					if strings.Contains(l.text, secret) && !found[l.where+secret] {
						found[l.where+secret] = true
						t.Errorf("%q is in %s:\n%s", secret, l.where, around(l.text, secret))
					}
				}
			}
		})
	}
}

// around is the line that holds a text, cut to what is worth reading.
func around(text, part string) string {
	at := strings.Index(text, part)
	return text[max(0, at-200):min(len(text), at+len(part)+100)]
}

// A secret that the user types is shown where the very bytes are; everywhere else there
// is a gap, and no export is made with one.
func TestATypedKeyIsSeenWhereItIsTypedAndSentOnly(t *testing.T) {
	const typed = "da2-typedkey0123456789abcdef"
	p := start(t, setup{w: 120, h: 40})
	p.into("2")
	p.Press("tab")
	p.Type(" " + typed)
	if got := strings.Count(p.View(), typed); got != 1 {
		t.Errorf("while it is typed the key is seen %d times, not in its field alone:\n%s", got, p.Boxed())
	}
	p.Press("tab")
	p.Want("[redacted]")
	if p.Has(typed) {
		t.Errorf("the field without the focus shows the key:\n%s", p.Boxed())
	}
	p.into("6")
	for _, tab := range []struct {
		name  string
		shows bool
	}{{"[Plan]", false}, {"[Diff]", false}, {"[Request]", true}, {"[AWS CLI]", false}, {"[boto3]", false}} {
		p.Want(tab.name)
		if tab.name == "[AWS CLI]" || tab.name == "[boto3]" {
			p.Want("This cannot be shown", "a secret, or the gap that one has left")
			p.WantNot(typed)
			p.Press("right")
			continue
		}
		for range 4 { // to where the description stands
			if p.Has("web client") || p.Has("[redacted]") {
				break
			}
			p.Press("pgdown")
		}
		if p.Has(typed) != tab.shows || p.Has("[redacted]") == tab.shows {
			t.Errorf("the tab %s shows the key: %v\n%s", tab.name, p.Has(typed), p.Boxed())
		}
		p.Press("right")
	}
}
