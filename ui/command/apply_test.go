package command_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/ui/command"
)

// apply is a change of dev that goes through.
func (m *machine) apply(flags ...string) []string {
	m.write("kept.json", strings.Replace(described, "%s", "changed", 1))
	return append(append([]string{"apply", "kept.json", "--yes"}, sampleTarget(emulator.SampleDev)...), flags...)
}

// brokenSchema is what the checker finds errors in and a service might still take.
const brokenSchema = "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  tag: Tag\n}\n"

// TestApplyNamesWhatItNeeds refuses until the flag is there that it has named.
func TestApplyNamesWhatItNeeds(t *testing.T) {
	tests := map[string]struct {
		scenario emulator.Scenario
		flags    []string
		says     string
		allow    string
	}{
		"schema errors":     {flags: []string{"--schema", "broken.graphql", "--confirm", "dev"}, says: "--accept-schema-errors", allow: "--accept-schema-errors"},
		"losses":            {scenario: emulator.Lambda, flags: []string{"--confirm", "dev"}, says: "--accept-losses", allow: "--accept-losses"},
		"a destructive one": {flags: []string{"--schema", "empty.graphql"}, says: "--confirm dev", allow: "--confirm=dev"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, emulator.Options{Scenario: test.scenario})
			m.write("broken.graphql", brokenSchema)
			m.write("empty.graphql", "type Other @model @auth(rules: [{ allow: public }]) {\n  id: ID!\n}\n")
			args := m.apply(test.flags...)
			m.want(command.ExitError, args, "nothing was sent: ", test.says)
			m.posts(0)
			m.want(command.ExitDone, append(args, test.allow), "COMPLETED")
			m.posts(1)
		})
	}
}

// TestApplyRefusesWhatMakesNoSense has nothing sent, and exit codes that tell wrong
// usage from a failure.
func TestApplyRefusesWhatMakesNoSense(t *testing.T) {
	sample := sampleTarget(emulator.SampleDev)
	tests := map[string]struct {
		args []string
		code int
		says string
	}{
		"two files":            {append([]string{"a.json", "b.json"}, sample...), command.ExitUsage, "one file"},
		"no target":            {nil, command.ExitUsage, "missing --app-id (AMPEDIT_APP_ID), --env (AMPEDIT_ENV), --resource (AMPEDIT_RESOURCE): not set by file, environment or project"},
		"no such file":         {append([]string{"nowhere.json"}, sample...), command.ExitUsage, "nowhere.json"},
		"not a request":        {append([]string{"text.json"}, sample...), command.ExitUsage, "text.json"},
		"no such environment":  {sampleTarget("nowhere"), command.ExitError, "nowhere"},
		"no such schema":       {append([]string{"--schema", "nowhere.graphql"}, sample...), command.ExitError, "nowhere.graphql"},
		"nothing differs":      {sample, command.ExitDone, "--renew sends it all the same"},
		"no permission at all": {append([]string{"--profile", "ghost"}, sample...), command.ExitError, "ghost"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, emulator.Options{})
			m.write("text.json", "certainly not")
			m.want(test.code, append([]string{"apply", "--yes"}, test.args...), test.says)
			m.posts(0)
		})
	}
}

func TestApplyRenews(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.want(command.ExitDone, append([]string{"apply", "--yes", "--renew"}, sampleTarget(emulator.SampleDev)...), "new end, if deployed now", "COMPLETED", "read back: it is what was approved")
	m.posts(1)
}

func TestApplyLeaves(t *testing.T) {
	m := newMachine(t, emulator.Options{JobDuration: time.Hour})
	m.want(command.ExitRunning, m.apply("--no-wait"), "verdict: started", "not waited for; the job goes on", "come back with ampedit watch ", "--app-id "+emulator.SampleAppID)
	m.posts(1)
	m.want(command.ExitError, m.apply(), "is RUNNING", "nothing was sent", "--wait-for-jobs waits for it")
	m.posts(1)
}

// TestApplyNeedsTime sends nothing shortly before its end.
func TestApplyNeedsTime(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.want(command.ExitError, m.apply("--timeout", "14s"), "Nothing was started. Less than 15 s are left of --timeout")
	m.want(command.ExitError, m.apply("--timeout", "1ns"), "the time that --timeout gives is over")
	m.posts(0)
}

// TestApplyExpects sends nothing but the plan that was looked at.
func TestApplyExpects(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	hash := func(args ...string) string {
		t.Helper()
		out := m.want(command.ExitChanges, append([]string{"plan", "kept.json", "--json", "--detailed-exitcode"}, sampleTarget(emulator.SampleDev)...))
		var plan struct{ Hash string }
		if err := json.Unmarshal([]byte(out), &plan); err != nil || len(plan.Hash) != 64 {
			t.Fatalf("%v in %s", err, out)
		}
		return plan.Hash
	}
	apply := m.apply()
	first := hash()
	m.want(command.ExitUsage, append(apply, "--expect", "nothex"), "not the hash of a plan")
	m.want(command.ExitUsage, append(apply, "--expect", first[:6]), "not the hash of a plan")
	m.want(command.ExitError, append(apply, "--expect", strings.Repeat("0", 64)), "the plan has the hash "+first[:7])
	m.posts(0)
	m.want(command.ExitDone, append(apply, "--expect", first[:7]), "COMPLETED")
	m.posts(1)
	m.want(command.ExitDone, append(apply, "--expect", first), "nothing differs") // and so there is nothing to refuse
	m.write("kept.json", strings.Replace(described, "%s", "another", 1))
	if hash() == first {
		t.Error("another request has the same hash")
	}
	m.want(command.ExitError, append(apply, "--expect", first), "look at it again with ampedit plan")
	m.posts(1)
}

// TestTheLogHasWhatTheServiceSaid also where the request was refused.
func TestTheLogHasWhatTheServiceSaid(t *testing.T) {
	m := newMachine(t, emulator.Options{Faults: []emulator.Fault{{
		Operation: "UpdateBackendAPI", Status: 404, Code: "NotFoundException", Body: `{"message":"gone","resourceType":"BACKEND"}`,
	}}})
	m.want(command.ExitError, m.apply("--log", "log.txt"), "resourceType BACKEND, request 0000")
	data, err := os.ReadFile("log.txt")
	if err != nil || !strings.Contains(string(data), "resourceType BACKEND, request 0000") {
		t.Errorf("%v in the log\n%s", err, data)
	}
}

// TestPlan sends nothing, whatever it says.
func TestPlan(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.write("kept.json", strings.Replace(described, "%s", "changed", 1))
	m.write("broken.graphql", "type Note @model {")
	sample := sampleTarget(emulator.SampleDev)
	plan := func(args ...string) []string { return append(append([]string{"plan"}, sample...), args...) }
	m.want(command.ExitDone, plan("kept.json"), "1 to change", "changed", "plan ")
	m.want(command.ExitChanges, plan("kept.json", "--detailed-exitcode"), "1 to change")
	m.want(command.ExitDone, plan(), "nothing differs from what is deployed")
	m.want(command.ExitDone, plan("--detailed-exitcode"), "nothing differs from what is deployed")
	m.want(command.ExitChanges, plan("--detailed-exitcode", "--renew"))
	m.want(command.ExitError, plan("--schema", "nowhere.graphql", "--detailed-exitcode"), "nowhere.graphql")
	m.want(command.ExitUsage, plan("a.json", "b.json"), "one file")
	m.want(command.ExitUsage, []string{"plan"}, "missing --app-id (AMPEDIT_APP_ID), --env (AMPEDIT_ENV), --resource (AMPEDIT_RESOURCE): not set by file, environment or project")
	m.posts(0)
}

// TestApplyWaitsForJobs waits for a job of somebody else, or passes it over.
func TestApplyWaitsForJobs(t *testing.T) {
	m := newMachine(t, emulator.Options{Events: []emulator.Event{{
		FromStart: true, AppID: emulator.SampleAppID, Environment: emulator.SampleDev, Job: emulator.Job{ID: "0ddba110", Operation: "UpdateBackendAPI", Duration: time.Hour},
	}}})
	m.want(command.ExitError, m.apply(), "job 0ddba110 (UpdateBackendAPI) is RUNNING", "nothing was sent")
	m.want(command.ExitError, m.apply("--wait-for-jobs", "1ns"), "it is waited for", "Job 0ddba110 (UpdateBackendAPI) of this environment is still RUNNING")
	m.posts(0)
	m.want(command.ExitError, m.apply("--ignore-job", "another"), "0ddba110")
	m.posts(0)
	m.want(command.ExitError, m.apply("--ignore-job", "0ddba110"), "he service itself refuses, though the job was passed over")
	m.posts(1)
}

// TestApplyNeverAsks runs without any standard input.
func TestApplyNeverAsks(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	in, out := closed(t), devNull(t)
	args := m.apply()
	if code := command.Main(append(args, "--yes=false"), in, out, out); code != command.ExitUsage {
		t.Errorf("without --yes it exits with %d", code)
	}
	m.posts(0)
	if code := command.Main(args, in, out, out); code != command.ExitDone {
		t.Errorf("with --yes it exits with %d", code)
	}
	m.posts(1)
	args[1] = "-"
	if code := command.Main(args, in, out, out); code != command.ExitUsage {
		t.Errorf("with the request on a closed standard input it exits with %d", code)
	}
	m.posts(1)
}

// TestApplyAsksForNoCode ends where the screen would ask for the code of an MFA device.
func TestApplyAsksForNoCode(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.want(command.ExitError, []string{"apply", "--demo=mfa", "--yes", "--renew", "--confirm", emulator.SampleProd}, "MFA")
}

func closed(t *testing.T) *os.File {
	f := devNull(t)
	f.Close()
	return f
}

func devNull(t *testing.T) *os.File {
	t.Helper()
	f, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestApplyPrintsOneObjectALine also where nothing is sent, and holds errors back
// for standard error.
func TestApplyPrintsOneObjectALine(t *testing.T) {
	m := newMachine(t, emulator.Options{Scenario: emulator.Failed})
	for want, flags := range map[string][]string{
		"[plan not-sent]": {"--yes=false"},
		"[plan]":          {"--schema", "nowhere.graphql"},
		"[plan progress outcome job read-back end]": nil,
	} {
		_, out, _ := m.run(append(m.apply("--json"), flags...)...)
		var names []string
		for line := range strings.Lines(out) {
			var e struct {
				Event string
				Time  time.Time
			}
			if err := json.Unmarshal([]byte(line), &e); err != nil || e.Time.IsZero() {
				t.Errorf("%v in %s", err, line)
			}
			names = append(names, e.Event)
		}
		if got := "[" + strings.Join(names, " ") + "]"; got != want {
			t.Errorf("%v: the events are %s, not %s", flags, got, want)
		}
		if strings.Contains(out, "da2-") {
			t.Errorf("an API key is printed:\n%s", out)
		}
	}
}
