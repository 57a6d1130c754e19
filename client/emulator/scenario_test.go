package emulator_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"ampedit/client/emulator"
)

func inScenario(t *testing.T, s emulator.Scenario) caller {
	t.Helper()
	return startEmulator(t, emulator.Options{Scenario: s})
}

// newJobs is the number of jobs in prod beside the three of the past.
func (c caller) newJobs() int {
	return len(c.e.Jobs(emulator.SampleAppID, emulator.SampleProd)) - 3
}

func TestEveryScenarioIsDescribed(t *testing.T) {
	all := emulator.Scenarios()
	if len(all) == 0 || all[0] != emulator.Happy {
		t.Fatalf("scenarios %v do not start with happy", all)
	}
	for _, s := range all {
		parsed, err := emulator.ParseScenario(string(s))
		if err != nil || parsed != s {
			t.Errorf("%q parses as %q, %v", s, parsed, err)
		}
		if d := s.Description(); d == "" || strings.ContainsAny(d, "\n") {
			t.Errorf("%q has the description %q, want one line", s, d)
		}
	}
	if s, err := emulator.ParseScenario(""); err != nil || s != emulator.Happy {
		t.Errorf("the empty name parses as %q, %v; want happy", s, err)
	}
	if slices.Contains(all, "") {
		t.Error("a scenario has no name")
	}
}

func TestFailedJobChangesNothing(t *testing.T) {
	c := inScenario(t, emulator.Failed)
	id := c.update(renewNotes)
	if r := c.call("GET", prodJobs+"/"+id, ""); r.body["error"] != nil {
		t.Errorf("the running job already shows the error %v", r.body["error"])
	}
	c.clock.Advance(time.Minute)
	r := c.call("GET", prodJobs+"/"+id, "")
	if r.text("status") != "FAILED" || !strings.Contains(r.text("error"), "API key not found: da2-") {
		t.Errorf("the job is %v, want FAILED with its reason", r.body)
	}
	if days := c.keyDays(); days != json.Number("7") {
		t.Errorf("the key lives %v days, want the old 7", days)
	}
	c.update(renewNotes) // the environment is free again
}

func TestPendingRefusesUntilTheOtherJobEnds(t *testing.T) {
	c := inScenario(t, emulator.Pending)
	running := c.call("POST", prodJobs, `{"status":"RUNNING"}`)
	jobs, _ := json.Marshal(running.body["jobs"])
	if !strings.Contains(string(jobs), "GenerateBackendAPIModels") {
		t.Errorf("running jobs %s, want GenerateBackendAPIModels", jobs)
	}
	c.clock.Advance(19 * time.Second)
	if r := c.call("POST", prod, renewNotes); r.status != 400 || !strings.Contains(r.text("message"), "already a pending job") {
		t.Errorf("after 19 s the update answered %d %v, want 400", r.status, r.body)
	}
	c.clock.Advance(time.Second)
	c.update(renewNotes)
}

func TestDriftChangesWhatIsDeployedOnce(t *testing.T) {
	c := inScenario(t, emulator.Drift)
	c.call("POST", appDetails, `{"backendEnvironmentName":"prod"}`) // other reads do not count
	if days := c.keyDays(); days != json.Number("7") {
		t.Errorf("first read: %v days, want 7", days)
	}
	if days := c.keyDays(); days != json.Number("30") {
		t.Errorf("second read: %v days, want 30", days)
	}
	c.update(renewNotes)
	c.clock.Advance(time.Minute)
	if days := c.keyDays(); days != json.Number("90") {
		t.Errorf("after an update: %v days, want 90", days)
	}
}

func TestStuckJobRunsForEver(t *testing.T) {
	c := inScenario(t, emulator.Stuck)
	id := c.update(renewNotes)
	for range 24 { // a year in steps that keep the signatures valid
		c.clock.Advance(365 * time.Hour)
	}
	if s := c.jobStatus(id); s != "RUNNING" {
		t.Errorf("after a year the job is %s, want RUNNING", s)
	}
}

func TestThrottledThenServed(t *testing.T) {
	c := inScenario(t, emulator.Throttled)
	for range 2 {
		r := c.call("POST", prod, renewNotes)
		if r.status != 429 || r.code() != "TooManyRequestsException" || r.text("limitType") == "" {
			t.Errorf("answered %d %s %v, want 429 with a limitType", r.status, r.code(), r.body)
		}
	}
	if n := c.newJobs(); n != 0 {
		t.Errorf("throttled calls made %d jobs", n)
	}
	c.update(renewNotes)
}

func TestGatewayTimeouts(t *testing.T) {
	for scenario, jobs := range map[emulator.Scenario]int{emulator.Timeout: 1, emulator.Lost: 0} {
		c := inScenario(t, scenario)
		r := c.call("POST", prod, renewNotes)
		if r.status != 504 || r.code() != "GatewayTimeoutException" {
			t.Errorf("%s: answered %d %s, want 504 GatewayTimeoutException", scenario, r.status, r.code())
		}
		if n := c.newJobs(); n != jobs {
			t.Errorf("%s: %d jobs were made, want %d", scenario, n, jobs)
		}
		second := c.call("POST", prod, renewNotes)
		if refused := second.status == 400; refused != (jobs == 1) {
			t.Errorf("%s: the second update answered %d", scenario, second.status)
		}
	}
}

func TestResetAfterTakingEffect(t *testing.T) {
	c := inScenario(t, emulator.Reset)
	_, err := c.send("POST", prod, renewNotes)
	if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("the update ended with %v, want a connection reset", err)
	}
	if n := c.newJobs(); n != 1 {
		t.Errorf("%d jobs were made, want 1", n)
	}
	if log := c.e.Requests(); len(log) != 1 || log[0].Status != 0 {
		t.Errorf("logged %v, want one request without an answer", log)
	}
}

func TestDeniedLeavesReadingAllowed(t *testing.T) {
	c := inScenario(t, emulator.Denied)
	r := c.call("POST", prod, renewNotes)
	if r.status != 403 || r.code() != "AccessDeniedException" || !strings.Contains(r.text("message"), "amplifybackend:UpdateBackendAPI") {
		t.Errorf("answered %d %s %v, want 403 AccessDeniedException", r.status, r.code(), r.body)
	}
	c.config()
}

func TestCredentialsExpireWhileWatching(t *testing.T) {
	c := inScenario(t, emulator.Expired)
	id := c.update(renewNotes)
	var codes []string
	for range 4 {
		codes = append(codes, c.call("GET", prodJobs+"/"+id, "").code())
	}
	if want := []string{"", "", "ExpiredTokenException", ""}; !slices.Equal(codes, want) {
		t.Errorf("four reads of the job gave %q, want %q", codes, want)
	}
}

func TestSlowAnswersWaitForTheClock(t *testing.T) {
	c := inScenario(t, emulator.Slow)
	answered := make(chan reply, 1)
	go func() {
		r, err := c.send("POST", prod, renewNotes)
		if err != nil {
			t.Error(err)
		}
		answered <- r
	}()
	c.clock.BlockUntil(1)
	if n := c.newJobs(); n != 1 {
		t.Errorf("while the caller waits there are %d new jobs, want 1", n)
	}
	c.clock.Advance(2*time.Second - 1)
	select {
	case r := <-answered:
		t.Errorf("answered %d before 2 s had passed", r.status)
	default:
	}
	c.clock.Advance(1)
	if r := <-answered; r.status != 200 {
		t.Errorf("answered %d %v, want 200", r.status, r.body)
	}
}

func TestCloseReleasesWaitingCallers(t *testing.T) {
	c := inScenario(t, emulator.Slow)
	failed := make(chan error, 1)
	go func() {
		_, err := c.send("POST", prod, renewNotes)
		failed <- err
	}()
	c.clock.BlockUntil(1)
	if err := c.e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-failed; err == nil {
		t.Error("a caller got an answer from a closed emulator")
	}
}

func TestFaultsOfTheCaller(t *testing.T) {
	c := startEmulator(t, emulator.Options{Faults: []emulator.Fault{
		{Operation: "GetBackendJob", Count: 1, Status: 503, Body: "<html>"},
		{Operation: "UpdateBackendAPI", Count: 1, Status: 200, Body: `{"error":"no"}`},
		{Operation: "UpdateBackendAPI", First: 2, Truncate: true},
	}})
	if _, err := c.send("GET", prodJobs+"/4ad3f086", ""); err == nil || !strings.Contains(err.Error(), "invalid character '<'") {
		t.Errorf("the raw body did not arrive: %v", err)
	}
	if s := c.jobStatus("4ad3f086"); s != "COMPLETED" {
		t.Errorf("after the fault the job is %q, want COMPLETED", s)
	}
	if r := c.call("POST", prod, renewNotes); r.status != 200 || r.text("error") != "no" || c.newJobs() != 0 {
		t.Errorf("answered %d %v with %d new jobs, want the fault's body and none", r.status, r.body, c.newJobs())
	}
	if _, err := c.send("POST", prod, renewNotes); !errors.Is(err, io.ErrUnexpectedEOF) || c.newJobs() != 1 {
		t.Errorf("ended with %v and %d new jobs, want a truncated answer and one", err, c.newJobs())
	}
	if r := c.call("POST", prod, `{}`); r.status != 400 {
		t.Errorf("a malformed request answered %d, want 400 whatever the faults", r.status)
	}
}
