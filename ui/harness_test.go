package ui_test

import (
	"context"
	"fmt"
	"io/fs"
	"os/exec"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/style"
	"ampedit/ui/uitest"
)

// begin is when each test starts.
var begin = time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)

// newSchema is the schema file that users of the tests choose.
const newSchema = `type Post @model @auth(rules: [{ allow: owner }, { allow: public, operations: [read] }]) {
  id: ID!
  title: String!
  comments: [Comment] @hasMany
}

type Comment @model @auth(rules: [{ allow: owner }]) {
  id: ID!
  text: String!
}
`

// setup says how a test's program differs from the usual one.
type setup struct {
	w, h     int
	emulator emulator.Options
	colour   bool
	// environment is the backend environment, prod unless it is set.
	environment string
	disk        fstest.MapFS
	// slow makes each look at a file of the disk take that long.
	slow     time.Duration
	defaults map[forms.Key]string
	// journal keeps drafts and receipts.
	journal *journal.Journal
	// watch is what to watch from the start, choose whether to list the jobs.
	watch  *submission.Submission
	choose bool
	// file is the request that was opened as a file, origins say where defaults come
	// from.
	file    *edit.File
	origins edit.Origins
	// connect replaces the connection to the emulator.
	connect edit.Connector
	// adjust changes what the program stands on.
	adjust func(*program, *ui.Config)
	// server is one that an earlier program was on, with its clock; nil for a new one.
	server *emulator.Emulator
	clock  *uitest.Clock
	// env is one more variable of the environment and its value.
	env [2]string
}

// program is the program under test, on an emulator and a clock that stands.
type program struct {
	*uitest.Driver
	app    *ui.App
	clock  *uitest.Clock
	server *emulator.Emulator
	disk   fstest.MapFS
	copied []string
	files  map[string]string
	// edited are the places that were opened in the editor, each as path:line.
	edited []string
	// kill ends what the program has under way, as the system does.
	kill context.CancelFunc
}

// start starts the program as a user with credentials finds it.
func start(t testing.TB, s setup) *program {
	t.Helper()
	if s.w == 0 {
		s.w, s.h = 80, 24
	}
	if s.environment == "" {
		s.environment = emulator.SampleProd
	}
	if s.disk == nil {
		s.disk = fstest.MapFS{"schema.graphql": {Data: []byte(newSchema)}}
	}
	if s.defaults == nil {
		s.defaults = map[forms.Key]string{
			forms.KeyAppID: emulator.SampleAppID, forms.KeyEnvironment: s.environment, forms.KeyResourceName: emulator.SampleResource,
		}
	}
	fields := map[forms.Key]edit.Stated{}
	for key, text := range s.defaults {
		fields[key] = edit.Stated{Value: text, From: s.origins.Fields[key].From}
	}
	s.origins.Fields = fields
	profile := termenv.Ascii
	if s.colour {
		profile = termenv.ANSI
	}
	// The text input's cursor is drawn by Lip Gloss's own renderer.
	before := lipgloss.ColorProfile()
	lipgloss.SetColorProfile(profile)
	t.Cleanup(func() { lipgloss.SetColorProfile(before) })

	p := &program{clock: s.clock, server: s.server, disk: s.disk, files: map[string]string{}}
	if p.server == nil {
		p.clock = uitest.NewClock(begin)
		p.server = uitest.Serve(t, p.clock, s.emulator)
	}
	if s.env[0] != "" {
		t.Setenv(s.env[0], s.env[1])
	}
	config := p.config(s, profile)
	if s.adjust != nil {
		s.adjust(p, &config)
	}
	ctx, kill := context.WithCancel(t.Context())
	t.Cleanup(kill)
	p.kill = kill
	p.app = ui.New(ctx, config)
	if s.file != nil {
		p.app.Edit().Open(s.file)
	}
	t.Cleanup(func() {
		if fault := p.app.Exit().Panic; fault != nil {
			t.Errorf("the program panicked: %v\n%s", fault.Err, fault.Stack)
		}
	})
	p.Driver = uitest.New(t, p.app, s.w, s.h, p.clock)
	return p
}

func (p *program) config(s setup, profile termenv.Profile) ui.Config {
	if s.connect == nil {
		s.connect = p.connect
	}
	var disk fs.FS = p.disk
	if s.slow > 0 {
		disk = slowDisk{p.disk, p.clock, s.slow}
	}
	return ui.Config{
		JobControl: true,
		Styles:     style.New(profile), Clock: p.clock, Jitter: func() float64 { return 0 },
		Location: time.FixedZone("CET", 60*60), Connect: s.connect, Disk: disk,
		Origins: s.origins, Journal: s.journal, Watch: s.watch, ChooseJob: s.choose,
		Resume: func(s *submission.Submission, _ *edit.Session) string {
			return "ampedit watch " + s.Name() + " --app-id " + s.Target().AppID + " --env " + s.Target().Environment
		},
		Copy: func(text string) (string, error) {
			p.copied = append(p.copied, text)
			return "clipboard", nil
		},
		Write: func(name, text string) (string, error) {
			p.files[name] = text
			return name, nil
		},
		Editor: func(path string, line int) (*exec.Cmd, error) {
			p.edited = append(p.edited, fmt.Sprintf("%s:%d", path, line))
			return exec.Command("editor", path), nil
		},
		View: func(name, text string) (string, error) { return name, nil },
	}
}

func (p *program) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	c, others, err := uitest.Connect(ctx, p.server, p.clock, client.Options{Profile: access.Profile, Region: access.Region, DefaultRegion: access.DefaultRegion})
	if err != nil {
		return nil, err
	}
	return &edit.Session{
		Access: access, Service: c, Region: c.Region(), Profile: c.Profile(),
		Credentials: c.CredentialsKind().String(), Endpoint: c.Endpoint(), ProfileRegion: c.ProfileRegion(),
		Identify: others.CallerIdentity, ListApps: others.ListApps, ListUserPools: others.ListUserPools,
	}, nil
}

// submission is the one that the program was left with.
func (p *program) submission() *submission.Submission { return p.app.Exit().Submission }

// posts returns the bodies of the updates that reached the service.
func (p *program) posts() []string {
	var bodies []string
	for _, r := range p.server.Requests() {
		if r.Operation == "UpdateBackendAPI" {
			bodies = append(bodies, string(r.Body))
		}
	}
	return bodies
}

// wantPosts fails the test unless exactly n updates reached the service.
func (p *program) wantPosts(t *testing.T, n int) {
	t.Helper()
	if posts := p.posts(); len(posts) != n {
		t.Fatalf("%d updates were sent, not %d\n%s\n%s", len(posts), n, strings.Join(posts, "\n"), p.Boxed())
	}
}

// to goes to the stepper and with it to a step, from wherever no dialog is open.
func (p *program) to(number string) {
	for range 10 { // out of pages on top and of suggestions, then back to the first step
		p.Press("esc")
	}
	p.Press(number)
}

// into goes into the page of a step.
func (p *program) into(number string) {
	p.to(number)
	p.Press("enter")
}

// choose moves a choice to the right until an option is chosen.
func (p *program) choose(option string) {
	for range 8 {
		if p.Has(option) {
			return
		}
		p.Press("right")
	}
	p.Want(option)
}
