package ui_test

import (
	"bytes"
	"context"
	"fmt"
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
	"ampedit/client/redact"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// visit is a program on a service that answers with a hostile text, and everything
// that has left the program.
type visit struct {
	*program
	log  bytes.Buffer
	kept string // the folder of the journal
	out  []outcome
}

// outcome is something that left the program. In what is verbatim, secrets are not
// looked for.
type outcome struct {
	where, text string
	verbatim    bool
}

// TestNothingOfTheServiceIsDrawnAsItIs puts a hostile text into every member of every
// answer and every error, goes through all pages, sends, and searches everything that
// is drawn, copied, written, logged and kept.
func TestNothingOfTheServiceIsDrawnAsItIs(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	for number, at := range uitest.AnswerMembers() {
		if testing.Short() && number%6 > 0 {
			continue
		}
		t.Run(fmt.Sprintf("%s %s %s", at.Operation, at.Code, at.Path), func(t *testing.T) {
			v := startVisit(t, uitest.HostileAt(number, at))
			v.tour()
			v.keep(t)
			found := map[string]bool{}
			for _, o := range v.out {
				o.verbatim = o.verbatim || strings.HasSuffix(at.Path, "transformSchema")
				for _, leak := range uitest.Leaks(uitest.Styles.Replace(o.text), o.verbatim) {
					if !found[leak] {
						t.Errorf("%s holds %s:\n%s", o.where, leak, o.text)
					}
					found[leak] = true
				}
			}
		})
	}
}

func startVisit(t *testing.T, o emulator.Options) *visit {
	t.Helper()
	o.SessionToken = uitest.OpaqueSecret
	v := &visit{kept: t.TempDir()}
	kept, err := journal.Open(journal.Options{Root: v.kept, Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	start(t, setup{
		w: 120, h: 40, emulator: o, env: [2]string{"AWS_SESSION_TOKEN", uitest.OpaqueSecret}, journal: kept,
		adjust: func(p *program, c *ui.Config) {
			v.program = p
			t.Setenv("AWS_MAX_ATTEMPTS", "1") // the SDK waits between them by the clock of this machine
			c.Connect = v.connect
			c.View = func(name, text string) (string, error) { p.files["view of "+name] = text; return name, nil }
		},
	})
	return v
}

// connect is the program's own, with a log of all that the SDK has to say.
func (v *visit) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	session, err := v.program.connect(ctx, access)
	if err != nil {
		return nil, err
	}
	c, others, err := uitest.Connect(ctx, v.server, v.clock, client.Options{
		Profile: access.Profile, Region: access.Region,
		Logger:  slog.New(slog.NewTextHandler(&v.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
		LogMode: aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogSigning | aws.LogRetries,
	})
	if err != nil {
		return nil, err
	}
	session.Service, session.Identify, session.ListApps, session.ListUserPools = c, others.CallerIdentity, others.ListApps, others.ListUserPools
	return session, nil
}

// see presses keys and keeps each screen, and each size of it that is drawn otherwise.
func (v *visit) see(names ...string) {
	for _, name := range names {
		v.Press(name)
		v.out = append(v.out, outcome{where: "the screen after " + name, text: v.Raw(), verbatim: v.Has("[Request]")})
	}
}

// tour goes through every page, tab and list, copies and writes what it can, sends, and
// watches.
func (v *visit) tour() {
	for _, number := range []string{"1", "2", "3", "4", "5"} {
		v.into(number)
		v.see("tab", "right", "tab", "down", "enter", "tab", "esc")
	}
	v.into("1")
	v.Press("tab", "tab", "ctrl+u")
	v.see("right", "down", "esc")
	v.Press("ctrl+r")
	v.into("5")
	v.see("v", "down", "esc")
	v.change()
	v.Advance(time.Second) // for the draft
	v.to("6")
	v.see("enter", "down", "right", "down", "right", "y", "w", "right", "y", "w", "right", "y", "w")
	v.to("4")
	v.see("i", "esc", "D", "down", "esc", "?", "esc", "R")
	v.approve()
	v.see("7", "pgdown")
	for range 4 {
		v.Advance(time.Minute)
		v.see("7", "down")
	}
	v.see("y", "w", "l", "H", "down", "enter", "y", "w", "pgdown", "esc", "esc")
}

// keep adds what is not drawn: the clipboard, files, the log and the journal.
func (v *visit) keep(t *testing.T) {
	t.Helper()
	v.out = append(v.out, outcome{where: "the log", text: v.log.String()})
	if v.log.Len() == 0 {
		t.Error("nothing was logged")
	}
	for _, copied := range v.copied {
		v.out = append(v.out, outcome{where: "the clipboard", text: copied})
	}
	for name, text := range v.files {
		v.out = append(v.out, outcome{where: "the file " + name, text: text})
	}
	err := fs.WalkDir(os.DirFS(v.kept), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(v.kept + "/" + path)
		v.out = append(v.out, outcome{where: "the journal's " + path, text: path + string(text)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
