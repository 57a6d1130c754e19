package command

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// begin is when each scenario starts.
var begin = time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)

// rehearsal is one run of apply against an emulator, on a clock that waits for
// nothing.
type rehearsal struct {
	clock   *uitest.EagerClock
	server  *emulator.Emulator
	journal *journal.Journal
	stage   *stage
	code    int
	events  []event
	message string // of the error
}

// rehearse applies a change of one description to prod.
func rehearse(t *testing.T, o emulator.Options) *rehearsal {
	t.Helper()
	uitest.Isolate(t)
	r := &rehearsal{clock: uitest.NewEagerClock(begin)}
	o.Clock, o.Random = r.clock, rand.NewChaCha8([32]byte{})
	var err error
	if r.server, err = emulator.Start(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.server.Close() })
	t.Setenv("AWS_ACCESS_KEY_ID", r.server.Credentials().AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", r.server.Credentials().SecretAccessKey)
	t.Setenv("AWS_REGION", r.server.Region())
	if r.journal, err = journal.Open(journal.Options{Root: t.TempDir(), Now: r.clock.Now, Redact: client.Redact}); err != nil {
		t.Fatal(err)
	}
	r.stage = &stage{connect: r.connect, journal: r.journal, clock: r.clock, defaults: map[forms.Key]string{
		forms.KeyAppID: emulator.SampleAppID, forms.KeyEnvironment: emulator.SampleProd, forms.KeyResourceName: emulator.SampleResource,
	}}
	r.apply(t)
	return r
}

func (r *rehearsal) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	c, others, err := uitest.Connect(ctx, r.server, r.clock, client.Options{Profile: access.Profile, Region: access.Region})
	if err != nil {
		return nil, err
	}
	return &edit.Session{Access: access, Service: c, Region: c.Region(), Identify: others.CallerIdentity}, nil
}

func (r *rehearsal) apply(t *testing.T) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kept.json")
	if err := os.WriteFile(file, []byte(`{"resourceConfig": {"defaultAuthType": {"mode": "API_KEY", "settings": {"description": "changed"}}}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	f := &applyFlags{flags: &flags{}, yes: true, json: true, confirm: emulator.SampleProd, timeout: time.Hour}
	err = f.applier(streams{out: out}, r.stage, nil).apply(t.Context(), file)
	exit := &exitError{ExitError, err}
	if err == nil {
		exit.code = ExitDone
	} else {
		r.message = err.Error()
	}
	errors.As(err, &exit)
	r.code = exit.code
	r.read(t, out.Name())
}

// read takes the events from the output, of which every line must be one that is
// documented.
func (r *rehearsal) read(t *testing.T, name string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		var e event
		decoder := json.NewDecoder(strings.NewReader(line))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&e); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		if !strings.Contains(applyEventsHelp, e.Event) || e.Event == "" {
			t.Errorf("an event that is not documented: %s", line)
		}
		if _, err := time.Parse(time.RFC3339, e.Time); err != nil {
			t.Errorf("%v in %s", err, line)
		}
		r.events = append(r.events, e)
	}
}

// TestApplyFindsOutFirst applies a change after a run that did not see its job's end.
func TestApplyFindsOutFirst(t *testing.T) {
	r := rehearse(t, emulator.Options{Scenario: emulator.Stuck})
	job := r.event("outcome").Job
	r.apply(t)
	if note := r.event("note").Text; note != "job "+job+" is RUNNING" {
		t.Errorf("the note is %q", note)
	}
	if sent := r.server.Count("UpdateBackendAPI"); sent != 1 || r.code != ExitError || !strings.Contains(r.message, job) {
		t.Errorf("%d updates, exit code %d: %s", sent, r.code, r.message)
	}
}

// event returns the last event of a name.
func (r *rehearsal) event(name string) event {
	for _, e := range slices.Backward(r.events) {
		if e.Event == name {
			return e
		}
	}
	return event{}
}

// jobs are those that updates started.
func (r *rehearsal) jobs() []emulator.Job {
	return slices.DeleteFunc(r.server.Jobs(emulator.SampleAppID, emulator.SampleProd), func(j emulator.Job) bool {
		return j.Operation != "UpdateBackendAPI" || j.Created.Before(begin)
	})
}

// faults are what may go wrong beside the scenarios.
var faults = []struct {
	name  string
	fault emulator.Fault
}{
	{"500 without effect", emulator.Fault{Status: 500, Code: "InternalFailure"}},
	{"502 of a proxy, in effect", emulator.Fault{Status: 502, Body: "<html>Bad gateway</html>", Apply: true}},
	{"reset without effect", emulator.Fault{Reset: true}},
	{"answer cut off", emulator.Fault{Truncate: true}},
	{"200 without a job", emulator.Fault{Status: 200, Body: "{}"}},
	{"200 with an error", emulator.Fault{Status: 200, Body: `{"error": "no such thing"}`}},
	{"400", emulator.Fault{Status: 400, Code: "BadRequestException", Message: "There is already a pending job"}},
	{"404", emulator.Fault{Status: 404, Code: "NotFoundException"}},
	{"413", emulator.Fault{Status: 413}},
}

// TestApplyInEachScenario proves that in every situation at most one job is
// started, that what is said is true, and that the receipt says so as well.
func TestApplyInEachScenario(t *testing.T) {
	var table strings.Builder
	table.WriteString("| scenario | verdict | exit code | updates sent | jobs started | job | receipt |\n|---|---|---|---|---|---|---|\n")
	row := func(name string, o emulator.Options) {
		t.Run(name, func(t *testing.T) {
			r := rehearse(t, o)
			jobs, outcome := r.jobs(), r.event("outcome")
			if len(jobs) > 1 {
				t.Errorf("%d jobs were started: %+v", len(jobs), jobs)
			}
			r.wantTruth(t, jobs, outcome)
			fmt.Fprintf(&table, "| %s | %s | %d | %d | %d | %s | %s |\n", name, cmp.Or(outcome.Verdict, "nothing was sent"), r.code,
				r.server.Count("UpdateBackendAPI"), len(jobs), cmp.Or(r.event("job").Status, "–"), r.receipt(t, outcome))
		})
	}
	for _, s := range emulator.Scenarios() {
		if s != emulator.MFA { // it is the demo's credentials, not the service's doing
			row(string(s), emulator.Options{Scenario: s})
		}
	}
	for _, f := range faults {
		f.fault.Operation, f.fault.Count = "UpdateBackendAPI", 1
		row(f.name, emulator.Options{Faults: []emulator.Fault{f.fault}})
	}
	if !t.Failed() {
		uitest.Section(t, "../../docs/reliability.md", "scenarios of apply", table.String())
	}
}

// wantTruth compares what was said with what the service did.
func (r *rehearsal) wantTruth(t *testing.T, jobs []emulator.Job, outcome event) {
	t.Helper()
	answers := map[int]int{}
	for _, q := range r.server.Requests() {
		if q.Operation == "UpdateBackendAPI" {
			answers[q.Status]++
		}
	}
	if sent := r.server.Count("UpdateBackendAPI"); sent-answers[429] > 1 {
		t.Errorf("%d updates were sent that may have acted: %v", sent, answers)
	}
	switch outcome.Verdict {
	case edit.Started.String():
		if len(jobs) != 1 || jobs[0].ID != outcome.Job || outcome.Receipt == "" {
			t.Errorf("%+v, and the jobs are %+v", outcome, jobs)
		}
	case edit.NotStarted.String(), "":
		if len(jobs) != 0 || r.code != ExitError || r.message == "" {
			t.Errorf("exit code %d, %q, and the jobs are %+v", r.code, r.message, jobs)
		}
	case edit.Unknown.String():
		if r.code != ExitUnknown || outcome.Receipt == "" {
			t.Errorf("exit code %d, receipt %q", r.code, outcome.Receipt)
		}
	}
	completed := len(jobs) == 1 && r.event("job").Status == client.StatusCompleted
	if same := r.event("read-back").Same; completed != (r.code == ExitDone) || completed != (same != nil && *same) {
		t.Errorf("exit code %d, read back %v, completed %v", r.code, same, completed)
	}
}

// receipt is what the receipt says, in a few words.
func (r *rehearsal) receipt(t *testing.T, outcome event) string {
	t.Helper()
	list, err := r.journal.List(journal.Target{}, 10)
	if err != nil || len(list.Unreadable) > 0 || len(list.Receipts) > 1 {
		t.Fatalf("the receipts are %+v, %v", list, err)
	}
	if len(list.Receipts) == 0 {
		if r.server.Count("UpdateBackendAPI") > 0 {
			t.Error("an update was sent, and there is no receipt")
		}
		return "none"
	}
	kept := list.Receipts[0]
	if string(kept.Verdict) != outcome.Verdict || kept.JobID != outcome.Job || kept.ID != outcome.Receipt || kept.Status != "" && kept.Status != r.event("job").Status {
		t.Errorf("the receipt is %+v, and what was said %+v", kept, outcome)
	}
	if kept.InEffect != nil && *kept.InEffect {
		return string(kept.Verdict) + ", in effect"
	}
	return strings.TrimSuffix(string(kept.Verdict)+", "+cmp.Or(edit.ReceiptResult(&kept), ""), ", ")
}
