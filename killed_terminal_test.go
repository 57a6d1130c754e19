//go:build linux || darwin

package main_test

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/ui/uitest"
)

// A walk renews the API key of prod. Each of its steps types keys and waits for what
// they bring onto the screen.
type walkStep struct {
	name  string
	keys  []string
	shows []string
}

var walk = []walkStep{
	{"the first frame", nil, []string{"1 Target"}},
	{"the configuration is read", nil, []string{"configuration read"}},
	{"the form is open", []string{"2"}, []string{"Default authorization"}},
	{"the field is empty", []string{uitest.Tab, uitest.Tab, uitest.Tab, uitest.CtrlU}, []string{"┃ Expires in"}},
	{"the first digit", []string{"9"}, []string{"9 days: ends"}},
	{"the second digit", []string{"0"}, []string{"90 days: ends"}},
	{"the draft is saved", nil, nil}, // that is waited for on the disk
	{"the list of more types", []string{uitest.CtrlN}, []string{"Additional authorization types"}},
	{"the conflicts", []string{uitest.CtrlN}, []string{"Conflict resolution"}},
	{"the schema", []string{uitest.CtrlN}, []string{"Keep the deployed one"}},
	{"the review", []string{uitest.CtrlN}, []string{"[Plan]"}},
	{"the request", []string{uitest.Right, uitest.Right}, []string{"[Request]"}},
	{"the approval is open", []string{uitest.CtrlS}, []string{"Send this to prod?", "none running"}},
	{"the name is typed", []string{"prod"}, []string{"to confirm: prod"}},
	{"approved", []string{uitest.Enter}, nil}, // each way from here shows something else
}

// approved is the number of steps with which the change is approved, drafted the
// number after which the draft is known to be saved.
var (
	approved = len(walk)
	drafted  = 1 + slices.IndexFunc(walk, func(s walkStep) bool { return s.name == "the draft is saved" })
)

// TestKilled ends the program with SIGKILL at named events between the first key and
// the end of the job. The next start offers what was typed, or finds out what became
// of the request. Never is there a second update or job.
func TestKilled(t *testing.T) {
	for i, step := range walk[:approved-1] {
		t.Run(step.name, func(t *testing.T) {
			t.Parallel()
			k := newKilled(t, emulator.Options{})
			k.walk(i + 1)
			k.kill()
			if i+1 < drafted { // the last second is lost at most
				k.next().WaitFor("configuration read")
			} else {
				k.offersDraft(k.next())
			}
			k.wantSent(0, 0)
		})
	}
	for name, c := range afterApproval {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range c.faults {
				c.faults[i].Count = max(c.faults[i].Count, 1)
			}
			k := newKilled(t, emulator.Options{Faults: c.faults, JobDuration: c.lasts})
			s := k.walk(approved)
			s.WaitForFlowing(c.shows)
			if c.leave {
				s.Send("q")
				s.WaitFor("Leave ampedit?")
			}
			if c.sent > 0 {
				eventually(t, "the update's arrival", func() bool { return k.server.Count("UpdateBackendAPI") == c.sent })
			}
			if c.lists > 0 {
				eventually(t, "the lists of jobs", func() bool { return k.server.Count("ListBackendJobs") == c.lists })
			}
			k.kill()
			k.wantSent(c.sent, c.jobs)
			c.then(k, k.next())
			k.wantSent(c.sent, c.jobs)
		})
	}
}

// long is longer than any test takes.
const long = time.Hour

var afterApproval = map[string]struct {
	faults     []emulator.Fault
	lasts      time.Duration // the job
	shows      string
	leave      bool // asks to leave
	sent, jobs int
	lists      int // of jobs that were asked for, if that matters
	then       func(*killed, *uitest.Screen)
}{
	"the jobs are being listed": {
		faults: []emulator.Fault{{Operation: "ListBackendJobs", First: 4, Delay: long}},
		shows:  "looking at the environment's jobs before sending", then: func(k *killed, s *uitest.Screen) { k.offersDraft(s) },
	},
	"the update is on its way": {
		faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Delay: long}}, lasts: long,
		shows: "sending, once", sent: 1, jobs: 1, then: (*killed).findsTheJob,
	},
	"the update is on its way, and will not act": {
		faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Status: 504, Delay: long}},
		shows:  "sending, once", sent: 1, then: (*killed).findsNothing,
	},
	"the job of a lost answer is looked for": {
		faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Status: 504, Apply: true}, {Operation: "ListBackendJobs", First: 6, Delay: long}}, lasts: long,
		shows: "The answer was lost", lists: 6, sent: 1, jobs: 1, then: (*killed).findsTheJob,
	},
	"the job is watched":     {lasts: long, shows: "last answer", sent: 1, jobs: 1, then: (*killed).followsTheJob},
	"leaving is asked about": {lasts: long, shows: "last answer", leave: true, sent: 1, jobs: 1, then: (*killed).followsTheJob},
	"the job has completed":  {lasts: time.Nanosecond, shows: "read back: it is what was approved", sent: 1, jobs: 1, then: (*killed).findsTheEnd},
}

// killed is a program that is killed, and what it leaves.
type killed struct {
	t       *testing.T
	server  *emulator.Emulator
	command *exec.Cmd
	screen  *uitest.Screen
	journal *journal.Journal
}

func newKilled(t *testing.T, o emulator.Options) *killed {
	t.Helper()
	e, env := serve(t, o)
	k := &killed{t: t, server: e, command: program(t, env)}
	var err error
	if k.journal, err = journal.Open(journal.Options{Root: filepath.Join(variable(k.command, "XDG_STATE_HOME"), "ampedit")}); err != nil {
		t.Fatal(err)
	}
	return k
}

// walk takes the first steps of the walk.
func (k *killed) walk(steps int) *uitest.Screen {
	k.t.Helper()
	k.screen = uitest.StartScreen(k.t, k.command, 80, 24)
	for i, step := range walk[:steps] {
		k.screen.Send(step.keys...)
		k.screen.WaitFor(step.shows...)
		if i+1 == drafted {
			eventually(k.t, "the draft", k.drafted)
		}
	}
	return k.screen
}

func (k *killed) drafted() bool {
	drafts, _, err := k.journal.Drafts()
	return err == nil && len(drafts) == 1 && bytes.Contains(drafts[0].Data, []byte(`"90"`))
}

func (k *killed) kill() {
	k.t.Helper()
	k.screen.Signal(syscall.SIGKILL)
	k.screen.Ended()
}

// next starts the program again, as the user does.
func (k *killed) next() *uitest.Screen {
	k.t.Helper()
	again := exec.Command(k.command.Path, k.command.Args[1:]...)
	again.Dir, again.Env = k.command.Dir, k.command.Env
	return uitest.StartScreen(k.t, again, 80, 24)
}

// offersDraft takes the draft up.
func (k *killed) offersDraft(s *uitest.Screen) {
	k.t.Helper()
	s.WaitFor("Take up the draft?", "Expires in: 7 → 90")
	s.Send("y")
	s.WaitGone("Take up the draft?")
	s.Send("2")
	s.WaitFor("90 days: ends")
}

// keepsDraft reads what became of the request that was sent. What was typed for it is
// kept, and not offered while that is not known.
func (k *killed) keepsDraft(s *uitest.Screen, text string) {
	k.t.Helper()
	s.WaitForFlowing(text, "Sent earlier")
	s.Send(uitest.Esc)
	s.WaitGone("Sent earlier")
	s.WaitGone("Take up the draft?")
	if !k.drafted() {
		k.t.Error("the draft is lost")
	}
}

// receipt waits until the only receipt is as it should be.
func (k *killed) receipt(what string, ok func(journal.Receipt) bool) {
	k.t.Helper()
	eventually(k.t, what, func() bool {
		list, err := k.journal.List(journal.Target{}, 2)
		return err == nil && len(list.Receipts) == 1 && ok(list.Receipts[0])
	})
}

// findsTheJob is the next start after a kill without a verdict.
func (k *killed) findsTheJob(s *uitest.Screen) {
	k.t.Helper()
	job := k.updates()[0].ID
	k.keepsDraft(s, "a job that appeared after it has not ended")
	k.receipt("the job among the candidates", func(r journal.Receipt) bool {
		return r.Verdict == "unknown" && len(r.Candidates) == 1 && *r.Candidates[0].JobID == job
	})
}

// followsTheJob is the next start after a kill while the job is known to run.
func (k *killed) followsTheJob(s *uitest.Screen) {
	k.t.Helper()
	k.wantRunning()
	k.keepsDraft(s, "RUNNING")
}

func (k *killed) wantRunning() (job string) {
	k.t.Helper()
	job = k.updates()[0].ID
	k.receipt("the receipt of a running job", func(r journal.Receipt) bool {
		return r.Verdict == "started" && r.JobID == job && r.Status == "RUNNING"
	})
	return job
}

func (k *killed) findsNothing(s *uitest.Screen) {
	k.t.Helper()
	k.receipt("a receipt that is open", func(r journal.Receipt) bool { return r.Verdict == "unknown" && len(r.Candidates) == 0 })
	k.keepsDraft(s, "no job has appeared after it so far")
}

func (k *killed) findsTheEnd(s *uitest.Screen) {
	k.t.Helper()
	s.WaitFor("configuration read")
	k.receipt("the receipt of a completed job", func(r journal.Receipt) bool {
		return r.JobID == k.updates()[0].ID && r.Status == "COMPLETED" && r.Verdict == "done"
	})
	eventually(k.t, "the end of the draft", func() bool {
		drafts, _, err := k.journal.Drafts()
		return err == nil && len(drafts) == 0
	})
}

// updates are the jobs that updates have started.
func (k *killed) updates() []emulator.Job {
	sample := emulator.SampleApps(time.Now())[0]
	var known []string
	for _, env := range sample.Environments {
		for _, job := range env.Jobs {
			known = append(known, job.ID)
		}
	}
	return slices.DeleteFunc(k.server.Jobs(emulator.SampleAppID, emulator.SampleProd), func(j emulator.Job) bool { return slices.Contains(known, j.ID) })
}

func (k *killed) wantSent(updates, jobs int) {
	k.t.Helper()
	if got := k.server.Count("UpdateBackendAPI"); got != updates {
		k.t.Errorf("%d updates were sent, not %d", got, updates)
	}
	if got := k.updates(); len(got) != jobs {
		k.t.Errorf("the jobs are %+v, not %d", got, jobs)
	}
}

// eventually waits until something is so. Its patience only ends tests that have
// failed.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	patience := time.After(30 * time.Second)
	for !so() {
		select {
		case <-tick.C:
		case <-patience:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
