//go:build linux || darwin

package main_test

import (
	"strings"
	"syscall"
	"testing"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/ui/uitest"
)

// applying renews the API key of prod without being asked anything.
var applying = []string{"apply", "--yes", "--renew", "--confirm", emulator.SampleProd}

// inFlight answers no update before the test ends, but carries it out.
var inFlight = []emulator.Fault{{Operation: "UpdateBackendAPI", Count: 1, Delay: long}}

// TestInterruptedApply leaves when the user interrupts it: with the verdict, and with
// the way back to the job.
func TestInterruptedApply(t *testing.T) {
	for name, c := range map[string]struct {
		faults []emulator.Fault
		at     string
		code   int
		says   string
	}{
		"while the job runs":                  {nil, "RUNNING", 4, "verdict: started, job "},
		"while the update is on its way":      {inFlight, "sending, once", 5, "verdict: unknown"},
		"while nobody knows what it has done": {[]emulator.Fault{{Operation: "UpdateBackendAPI", Status: 504, Apply: true}, {Operation: "ListBackendJobs", First: 3, Count: 2, Status: 500}}, "the answer was lost", 5, "verdict: unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, env := serve(t, emulator.Options{Faults: c.faults, JobDuration: long})
			s := uitest.StartScreen(t, program(t, env, applying...), 200, 60)
			s.WaitFor(c.at)
			eventually(t, "the update's arrival", func() bool { return e.Count("UpdateBackendAPI") == 1 })
			s.Signal(syscall.SIGINT)
			if code := s.Wait(); code != c.code {
				t.Errorf("exit code %d", code)
			}
			for _, want := range []string{c.says, "interrupted", "come back with ampedit watch "} {
				if !strings.Contains(s.Text(), want) {
					t.Errorf("%q is not said:\n%s", want, s.Text())
				}
			}
			if sent := e.Count("UpdateBackendAPI"); sent != 1 {
				t.Errorf("%d updates were sent", sent)
			}
		})
	}
}

// TestKilledApply is killed while its update is on its way. The next one finds the job
// out, and sends nothing while it runs.
func TestKilledApply(t *testing.T) {
	t.Parallel()
	k := newKilled(t, emulator.Options{Faults: inFlight, JobDuration: long})
	k.command.Args = append(k.command.Args, applying...)
	k.screen = uitest.StartScreen(t, k.command, 200, 60)
	k.screen.WaitFor("sending, once")
	eventually(t, "the update's arrival", func() bool { return k.server.Count("UpdateBackendAPI") == 1 })
	k.kill()
	k.wantSent(1, 1)
	next := k.next()
	if code := next.Wait(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	job := k.updates()[0].ID
	for _, want := range []string{"Outcome unknown: a job that", "job " + job, "nothing was sent"} {
		if !strings.Contains(next.Text(), want) {
			t.Errorf("%q is not said:\n%s", want, next.Text())
		}
	}
	k.wantSent(1, 1)
}

// TestInterruptedBeforeAnythingIsSent ends with the code of the signal.
func TestInterruptedBeforeAnythingIsSent(t *testing.T) {
	for name, c := range map[string]struct {
		signal syscall.Signal
		args   []string
		code   int
	}{
		"apply, SIGINT":  {syscall.SIGINT, applying, 130},
		"apply, SIGTERM": {syscall.SIGTERM, applying, 143},
		"apply, SIGHUP":  {syscall.SIGHUP, applying, 129},
		"plan, SIGINT":   {syscall.SIGINT, []string{"plan"}, 130},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, env := serve(t, emulator.Options{Faults: []emulator.Fault{{Operation: "GetBackendAPI", Delay: long}}})
			s := uitest.StartScreen(t, program(t, env, c.args...), 100, 30)
			eventually(t, "the read", func() bool { return e.Count("GetBackendAPI") == 1 })
			s.Signal(c.signal)
			if code := s.Wait(); code != c.code {
				t.Errorf("exit code %d, not %d:\n%s", code, c.code, s.Text())
			}
			if sent := e.Count("UpdateBackendAPI"); sent != 0 {
				t.Errorf("%d updates were sent", sent)
			}
		})
	}
}

// TestSecondSignalLeavesAtOnce does not wait for an answer that does not come.
func TestSecondSignalLeavesAtOnce(t *testing.T) {
	t.Parallel()
	k := newKilled(t, emulator.Options{Faults: inFlight, JobDuration: long})
	k.command.Args = append(k.command.Args, applying...)
	s := uitest.StartScreen(t, k.command, 200, 60)
	eventually(t, "the update's arrival", func() bool { return k.server.Count("UpdateBackendAPI") == 1 })
	s.Signal(syscall.SIGINT)
	s.Signal(syscall.SIGTERM)
	if code := s.Wait(); code != 5 {
		t.Errorf("exit code %d:\n%s", code, s.Text())
	}
	k.receipt("the receipt", func(r journal.Receipt) bool {
		return r.Verdict == "unknown" && len(r.Attempts) == 1 && r.Attempts[0].Ended.IsZero()
	})
	k.wantSent(1, 1)
}
