package command

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/muesli/termenv"
	"github.com/spf13/cobra"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/host"
	"ampedit/ui/style"
	"ampedit/ui/uitest"
)

// begin is when each scenario starts.
var begin = time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)

// seen is what a face came to.
type seen struct {
	want
	refusedByRate int // updates that were answered 429
	receipt       string
	receiptText   string
	output        string
	stage         *rehearsal
	said          journal.Receipt
}

// rehearsal is an emulator and what commands need beside it, on one clock.
type rehearsal struct {
	clock   client.Clock
	server  *emulator.Emulator
	root    string // of the journal
	journal *journal.Journal
	stage   *stage
	// posted is called when an update has been sent.
	posted func()
	t      *testing.T
}

// serverClock is a clock that both sides can run on.
type serverClock interface {
	client.Clock
	emulator.Clock
}

func (s scenario) rehearse(t *testing.T, clock serverClock) *rehearsal {
	t.Helper()
	uitest.Isolate(t)
	o := s.options
	if slices.ContainsFunc(demos, func(d scenario) bool { return d.name == s.name }) {
		o.Scenario = emulator.Scenario(s.name)
	}
	o.Clock, o.Random = clock, rand.NewChaCha8([32]byte{})
	r := &rehearsal{clock: clock, root: t.TempDir(), t: t}
	var err error
	if r.server, err = emulator.Start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.server.Close() })
	t.Setenv("AWS_ACCESS_KEY_ID", r.server.Credentials().AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", r.server.Credentials().SecretAccessKey)
	t.Setenv("AWS_REGION", r.server.Region())
	r.journal = r.openJournal()
	r.stage = &stage{connect: r.connect, journal: r.journal, clock: clock, origins: edit.Origins{Fields: map[forms.Key]edit.Stated{
		forms.KeyAppID: {Value: emulator.SampleAppID}, forms.KeyEnvironment: {Value: emulator.SampleProd}, forms.KeyResourceName: {Value: emulator.SampleResource},
		forms.KeyRegion: {Value: r.server.Region()},
	}}}
	return r
}

func (r *rehearsal) openJournal() *journal.Journal {
	r.t.Helper()
	j, err := journal.Open(journal.Options{Root: r.root, Now: r.clock.Now, Files: uitest.Files{}})
	if err != nil {
		r.t.Fatal(err)
	}
	return j
}

func (r *rehearsal) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	c, others, err := uitest.Connect(ctx, r.server, r.clock, client.Options{Profile: access.Profile, Region: access.Region})
	if err != nil {
		return nil, err
	}
	return &edit.Session{Access: access, Service: told{c, r}, Region: c.Region(), Identify: others.CallerIdentity}, nil
}

// told is a service that tells when an update has been sent.
type told struct {
	client.API
	rehearsal *rehearsal
}

func (s told) UpdateBackendAPI(ctx context.Context, in *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error) {
	out, err := s.API.UpdateBackendAPI(ctx, in)
	if s.rehearsal.posted != nil {
		s.rehearsal.posted()
	}
	return out, err
}

// apply runs apply with a change of one description of prod, and returns its exit code
// and what it printed.
func (r *rehearsal) apply(ctx context.Context, flags []string, hard <-chan struct{}) (int, string) {
	r.t.Helper()
	file := r.kept()
	f, cmd := newApplyFlags(), &cobra.Command{}
	f.registerApply(cmd)
	if err := cmd.ParseFlags(append([]string{"--yes", "--json", "--confirm", emulator.SampleProd}, flags...)); err != nil {
		r.t.Fatal(err)
	}
	return r.capture(func(s *host.Streams) error { return f.applier(s, r.stage, nil, hard).apply(ctx, file) })
}

// kept is a request that changes one description.
func (r *rehearsal) kept() string {
	r.t.Helper()
	file := filepath.Join(r.t.TempDir(), "kept.json")
	if err := os.WriteFile(file, []byte(`{"resourceConfig": {"defaultAuthType": {"mode": "API_KEY", "settings": {"description": "changed", "expirationTime": 30}}}}`), 0o600); err != nil {
		r.t.Fatal(err)
	}
	return file
}

func newApplyFlags() *applyFlags { return &applyFlags{flags: &flags{}} }

// capture runs a command and returns its exit code and what it printed, its error
// included.
func (r *rehearsal) capture(run func(*host.Streams) error) (int, string) {
	r.t.Helper()
	name := filepath.Join(r.t.TempDir(), "out")
	out, err := os.Create(name)
	if err != nil {
		r.t.Fatal(err)
	}
	defer out.Close()
	s := host.NewStreams(nil, out, out)
	code := exit(s, run(s))
	data, err := os.ReadFile(name)
	if err != nil {
		r.t.Fatal(err)
	}
	return code, string(data)
}

func (s scenario) throughApply(t *testing.T) seen {
	r := s.rehearse(t, uitest.NewEagerClock(begin))
	code, out := r.apply(t.Context(), s.flags, nil)
	wantDocumentedEvents(t, applyEventsHelp, out)
	return r.seen(code, out)
}

// throughWatch kills apply when its update has been sent, and looks after its receipt.
func (s scenario) throughWatch(t *testing.T) seen {
	clock := uitest.NewEagerClock(begin)
	r := s.rehearse(t, clock)
	ctx, cancel := context.WithCancel(t.Context())
	hard, left := make(chan struct{}), t.TempDir()
	r.posted = func() { // from here on it does nothing more, and what it writes does not count
		if err := os.CopyFS(left, os.DirFS(r.root)); err != nil {
			t.Error(err)
		}
		cancel()
		close(hard)
		r.posted = nil
	}
	r.apply(ctx, s.flags, hard)
	r.root = left
	r.journal = r.openJournal()
	r.stage.journal = r.journal
	<-clock.After(s.later)
	open, err := r.journal.Open()
	if err != nil || len(open.Receipts) != 1 {
		t.Fatalf("the open receipts are %+v, %v", open, err)
	}
	f := &watchFlags{flags: &flags{}, json: true, timeout: time.Hour}
	name := open.Receipts[0].ID
	code, out := r.capture(func(st *host.Streams) error {
		sub, err := submission.Recall(r.journal, journal.Target{}, name, submission.Options{Until: clock.Now().Add(time.Hour)})
		if err != nil {
			return err
		}
		return f.follow(t.Context(), st, r.stage, sub, name, submission.Options{})
	})
	wantDocumentedEvents(t, watchEventsHelp, out)
	return r.seen(code, out)
}

// throughTheScreen changes the description of prod, approves, waits and leaves.
func (s scenario) throughTheScreen(t *testing.T) seen {
	clock := uitest.NewClock(begin)
	r := s.rehearse(t, clock)
	app := ui.New(t.Context(), ui.Config{
		Styles: style.New(termenv.Ascii), Clock: clock, Jitter: func() float64 { return 0 }, Location: time.UTC, Connect: r.connect,
		Disk: fstest.MapFS{}, Origins: r.stage.origins, Journal: r.journal,
		Resume: resumer(&flags{}, func(string) string { return "" }),
	})
	d := uitest.New(t, app, 120, 60, clock)
	if s.name == string(emulator.Slow) {
		d.Advance(30 * time.Second) // until all is read
	}
	app.Edit().Answers.Set(forms.At(forms.StepDefault, forms.KeyDescription), "changed")
	app.Edit().Answers.Set(forms.At(forms.StepDefault, forms.KeyExpiration), "30")
	app.Edit().Touch()
	d.Press("6")
	if slices.Contains(s.flags, "--ignore-job") {
		d.Press("enter", "x", "y")
	}
	d.Press("ctrl+s")
	if s.name == string(emulator.Slow) {
		d.Advance(10 * time.Second) // the jobs are listed
	}
	d.Type(emulator.SampleProd)
	if slices.Contains(s.flags, "--accept-losses") {
		d.Type(" with losses")
	}
	d.Press("enter")
	output := ""
	for range 60 {
		d.Advance(10 * time.Second)
		if sub := app.Exit().Submission; sub == nil || sub.Over() {
			break
		}
	}
	d.Advance(time.Minute)
	output = d.View()
	app.Finish(t.Context())
	x := app.Exit()
	return r.seen(exitCode(x), output+"\n"+string(summary(x, resumer(&flags{}, func(string) string { return "" }), clock.Now())))
}

// seen looks at the service and at the journal.
func (r *rehearsal) seen(code int, output string) seen {
	r.t.Helper()
	out := seen{want: want{code: code, verdict: "not started"}, receipt: "none", output: output, stage: r}
	for _, u := range r.server.Updates() {
		out.posts++
		if u.Status == 429 {
			out.refusedByRate++
		}
	}
	for _, j := range r.server.JobRecords() {
		if j.Update > 0 {
			out.jobs++
		}
	}
	list, err := r.journal.List(journal.Target{}, 10)
	if err != nil || len(list.Unreadable) > 0 || len(list.Receipts) > 1 {
		r.t.Fatalf("the receipts are %+v, %v", list, err)
	}
	if len(list.Receipts) == 0 {
		if out.posts > 0 {
			r.t.Error("an update was sent, and there is no receipt")
		}
		return out
	}
	out.said = list.Receipts[0]
	out.verdict = strings.TrimSuffix(out.said.Verdict+"/"+out.said.Reason, "/")
	out.receipt, out.receiptText = submission.Result(&out.said), string(edit.ReceiptText(&out.said, time.UTC))
	return out
}

// wantTruth compares what was said with what the service did.
func (s seen) wantTruth(t *testing.T) {
	t.Helper()
	own := map[string]emulator.JobRecord{}
	anyApplied, anyAlive := false, false
	for _, j := range s.stage.server.JobRecords() {
		if j.Update > 0 {
			own[j.ID] = j
		}
		late := !j.Created.Before(begin)
		anyApplied = anyApplied || late && j.Applied
		anyAlive = anyAlive || j.Update > 0
	}
	switch r := s.said; submission.Verdict(r.Verdict) {
	case submission.NotStarted, "":
		if anyAlive {
			t.Errorf("nothing was started, it is said, and these are its jobs: %+v", own)
		}
	case submission.Started, submission.Unconfirmed:
		if _, ours := own[r.JobID]; !ours {
			t.Errorf("job %q is not the update's", r.JobID)
		}
	case submission.Done:
		if !anyApplied {
			t.Error("done, it is said, and nothing was applied")
		}
	}
}

// wantDocumentedEvents fails for a line that is not one of the documented events.
func wantDocumentedEvents(t *testing.T, help, output string) {
	t.Helper()
	for line := range strings.Lines(output) {
		if !strings.HasPrefix(line, "{") {
			continue // the error, which goes elsewhere
		}
		if at := strings.LastIndex(line, "}"); at >= 0 {
			line = line[:at+1]
		}
		var e event
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&e); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		if e.Event == "" || !strings.Contains(help, e.Event) {
			t.Errorf("an event that is not documented: %s", line)
		}
		if _, err := time.Parse(time.RFC3339, e.Time); err != nil {
			t.Errorf("%v in %s", err, line)
		}
	}
}
