package command

import (
	"cmp"
	"fmt"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/ui/uitest"
)

// want is what a face has to come to: how many updates reach the service, how many
// jobs they start, the verdict with its reason, and the exit code.
type want struct {
	posts, jobs int
	verdict     string
	code        int
}

// scenario is one course of events at the service.
type scenario struct {
	name    string
	options emulator.Options
	flags   []string // of apply; the screen does what they say
	// later is how long after the kill the receipt is looked after.
	later time.Duration
	// says is a text of the service that has to be said in every face and in the
	// receipt.
	says string
	// apply is expected of apply, screen of the screen if it differs, killed of watch
	// RECEIPT after apply was killed at its POST; nil where nothing leaves.
	apply  want
	screen *want
	killed *want
}

var (
	done       = want{1, 1, "done", 0}
	refused    = want{1, 0, "not started", 1}
	stopped    = want{0, 0, "not started", 1}
	unapproved = want{0, 0, "not started", 0} // left before anything was sent
	noTrace    = want{1, 0, "unknown/no-job", 5}
	noSight    = want{1, 1, "unknown/no-job", 5}
)

// as returns an expectation that may be pointed at.
func as(w want) *want { return &w }

func updates(f emulator.Fault) emulator.Options {
	f.Operation, f.Count = "UpdateBackendAPI", max(f.Count, 1)
	return emulator.Options{Faults: []emulator.Fault{f}}
}

// with adds what happens beside the first fault.
func with(o emulator.Options, change func(*emulator.Options)) emulator.Options {
	change(&o)
	return o
}

func made(o emulator.Options, j emulator.Job) emulator.Options {
	o.Made = append(o.Made, j, emulator.Job{})
	return o
}

func someone(o emulator.Options, after time.Duration, j emulator.Job, change string) emulator.Options {
	o.Events = append(o.Events, emulator.Event{After: after, Job: j, Change: change})
	return o
}

func odd(q emulator.Quirks) emulator.Job { return emulator.Job{Quirks: q} }

const otherChange = `{"defaultAuthType": {"mode": "AWS_IAM"}}`

var (
	appliedUnseen = updates(emulator.Fault{Status: 504, Code: "GatewayTimeoutException", Apply: true})
	lostUnseen    = updates(emulator.Fault{Status: 504, Code: "GatewayTimeoutException"})
	theirUpdate   = emulator.Job{Operation: "UpdateBackendAPI", Duration: 5 * time.Second}
)

// demos are the scenarios of --demo.
var demos = []scenario{
	{name: "happy", apply: done, killed: as(done)},
	{name: "failed", apply: want{1, 1, "failed", 3}, killed: as(want{1, 1, "failed", 3})},
	{name: "pending", apply: stopped, screen: as(unapproved)},
	{name: "drift", apply: stopped, screen: as(unapproved)},
	{name: "stuck", apply: want{1, 1, "started/timeout", 4}, screen: as(want{1, 1, "started/left", 4}), killed: as(want{1, 1, "unknown/timeout", 5})},
	{name: "throttled", says: "RequestRate", apply: want{3, 1, "done", 0}, killed: as(noTrace)},
	{name: "timeout", apply: done, killed: as(done)},
	{name: "lost", apply: noTrace, killed: as(noTrace)},
	{name: "reset", apply: done, killed: as(done)},
	{name: "denied", apply: refused, killed: as(noTrace)},
	{name: "expired", apply: done, killed: as(done)},
	{name: "slow", apply: done, killed: as(done)},
	{name: "lambda", flags: []string{"--accept-losses"}, apply: done, killed: as(done)},
	{name: "foreign", apply: noTrace, killed: as(noTrace)},
	{name: "late", apply: done, killed: as(done)},
	{name: "differs", apply: want{1, 1, "unconfirmed/differs", 6}, killed: as(want{1, 1, "unknown/differs", 5})},
	{name: "vanish", apply: want{1, 1, "unknown/job-vanished", 5}, killed: as(done)},
	{name: "report", apply: want{1, 1, "unconfirmed/job-error", 6}, killed: as(done)},
}

// TestEveryFaceTellsTheSame takes each scenario through the screen, through apply, and
// through watch RECEIPT after apply was killed at its POST. What each has to come to
// is typed above and in findings_test.go; what it came to is put beside it into
// docs/reliability.md.
func TestEveryFaceTellsTheSame(t *testing.T) {
	for _, part := range []struct {
		name      string
		scenarios []scenario
	}{{"scenarios of the demo", demos}, {"scenarios of what was found", findings}} {
		var table strings.Builder
		table.WriteString("| scenario | face | expected | seen | updates | jobs | exit code | receipt |\n|---|---|---|---|---|---|---|---|\n")
		for i, s := range part.scenarios {
			if testing.Short() && i%4 != 0 {
				continue
			}
			t.Run(s.name, func(t *testing.T) {
				t.Run("apply", func(t *testing.T) { s.row(t, &table, "apply", s.apply, s.throughApply(t)) })
				t.Run("screen", func(t *testing.T) {
					s.row(t, &table, "screen", *cmp.Or(s.screen, &s.apply), s.throughTheScreen(t))
				})
				if s.killed != nil {
					t.Run("watch RECEIPT", func(t *testing.T) { s.row(t, &table, "watch RECEIPT", *s.killed, s.throughWatch(t)) })
				}
			})
		}
		if !t.Failed() && !testing.Short() {
			uitest.Section(t, "../../docs/reliability.md", part.name, table.String())
		}
	}
}

// TestDemosAreAllHere fails when --demo offers what the table above does not have.
func TestDemosAreAllHere(t *testing.T) {
	known := map[string]bool{string(emulator.MFA): true} // it is the demo's credentials, not the service's doing
	for _, s := range demos {
		known[s.name] = true
	}
	for _, s := range emulator.Scenarios() {
		if !known[string(s)] {
			t.Errorf("scenario %s is not in the table", s)
		}
	}
}

// row compares, and writes a row of the table.
func (s scenario) row(t *testing.T, table *strings.Builder, face string, w want, got seen) {
	t.Helper()
	if got.want != w {
		t.Errorf("%+v\nnot %+v\n%s", got.want, w, got.output)
	}
	if s.says != "" && face != "watch RECEIPT" && !strings.Contains(got.output, s.says) {
		t.Errorf("the service's %q is not said:\n%s", s.says, got.output)
	}
	if s.says != "" && face != "watch RECEIPT" && !strings.Contains(got.receiptText, s.says) { // there the answer was never seen
		t.Errorf("the service's %q is not in the receipt:\n%s", s.says, got.receiptText)
	}
	if posts := got.posts - got.refusedByRate; posts > 1 {
		t.Errorf("%d updates were sent that may have acted", posts)
	}
	got.wantTruth(t)
	fmt.Fprintf(table, "| %s | %s | %s | %s | %d | %d | %d | %s |\n", s.name, face, w.verdict, got.verdict, got.posts, got.jobs, got.code, got.receipt)
}
