package emulator_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

// lostUpdate is the first update answered 504 without effect.
var lostUpdate = emulator.Fault{Operation: "UpdateBackendAPI", Count: 1, Status: 504, Code: "GatewayTimeoutException"}

func withEvents(t *testing.T, events ...emulator.Event) caller {
	t.Helper()
	return startEmulator(t, emulator.Options{Events: events, Faults: []emulator.Fault{lostUpdate}, JobDuration: 10 * time.Second})
}

func foreign(id, operation string) emulator.Job { return emulator.Job{ID: id, Operation: operation} }

func TestForeignJobAppearsAfterTheUpdate(t *testing.T) {
	c := withEvents(t,
		emulator.Event{After: 3 * time.Second, Job: foreign("others", "GenerateBackendAPIModels")},
		emulator.Event{After: 5 * time.Second, Job: foreign("nameless", "")},
	)
	c.clock.Advance(time.Hour) // the time runs from the update on
	if got := c.listed(`{}`); len(got) != 3 {
		t.Errorf("before the update there are the jobs %q", got)
	}
	c.call("POST", prod, renewNotes)
	c.clock.Advance(3*time.Second - 1)
	if got := c.listed(`{}`); len(got) != 3 {
		t.Errorf("before its time there are the jobs %q", got)
	}
	c.clock.Advance(time.Minute) // nobody looks meanwhile
	want := emulator.Job{ID: "others", Operation: "GenerateBackendAPIModels", Created: start.Add(time.Hour + 3*time.Second), Duration: 10 * time.Second}
	if diff := cmp.Diff(want, c.e.Jobs(emulator.SampleAppID, emulator.SampleProd)[3]); diff != "" {
		t.Errorf("the foreign job (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"nameless", "others"}, c.listed(`{}`)[:2]); diff != "" {
		t.Errorf("newest jobs (-want +got):\n%s", diff)
	}
	r := c.call("GET", prodJobs+"/nameless", "")
	if _, named := r.body["operation"]; named || r.text("status") != "COMPLETED" {
		t.Errorf("the job without an operation is %v", r.body)
	}
	if days := c.keyDays(); days != json.Number("7") {
		t.Errorf("the key lives %v days; the foreign jobs change nothing", days)
	}
}

func TestForeignJobFromTheStart(t *testing.T) {
	c := withEvents(t, emulator.Event{After: time.Second, FromStart: true, Environment: emulator.SampleDev, Job: foreign("others", "PushBackend")})
	c.clock.Advance(time.Second)
	r := c.call("POST", "/backend/d1a2b3c4d5e6f7/job/dev", `{}`)
	if jobs, _ := json.Marshal(r.body["jobs"]); !strings.Contains(string(jobs), "others") {
		t.Errorf("the jobs of dev are %s", jobs)
	}
	if got := c.listed(`{}`); len(got) != 3 {
		t.Errorf("the jobs of prod are %q", got)
	}
}

func TestForeignJobFollowsTheUpdate(t *testing.T) {
	const devAPI = "/backend/d1a2b3c4d5e6f7/api/dev"
	c := withEvents(t, emulator.Event{Job: foreign("others", "UpdateBackendAPI")})
	c.call("POST", devAPI, renewNotes)
	if r := c.call("GET", "/backend/d1a2b3c4d5e6f7/job/dev/others", ""); r.status != 200 {
		t.Errorf("the job is not where the update went: %d %v", r.status, r.body)
	}
	if r := c.call("POST", devAPI, renewNotes); r.status != 400 {
		t.Errorf("an update beside a foreign job answered %d", r.status)
	}
}

func TestForeignJobChangesTheConfiguration(t *testing.T) {
	const iam = `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30}}}`
	for name, tt := range map[string]struct {
		event emulator.Event
		want  any
	}{
		"a change of its own": {emulator.Event{Change: iam}, json.Number("30")},
		"the same change":     {emulator.Event{SameAsUpdate: true}, json.Number("90")},
		"a failed one":        {emulator.Event{SameAsUpdate: true, Job: emulator.Job{Error: "broken"}}, json.Number("7")},
	} {
		c := withEvents(t, tt.event)
		c.call("POST", prod, renewNotes)
		c.clock.Advance(10*time.Second - 1)
		if days := c.keyDays(); days != json.Number("7") {
			t.Errorf("%s: before the job's end the key lives %v days", name, days)
		}
		c.clock.Advance(1)
		if days := c.keyDays(); days != tt.want {
			t.Errorf("%s: the key lives %v days, want %v", name, days, tt.want)
		}
	}
}

// Of two jobs that overlap, the one that ends last has the last word.
func TestEffectsComeInTheOrderOfTheEnds(t *testing.T) {
	c := startEmulator(t, emulator.Options{JobDuration: 10 * time.Second, Events: []emulator.Event{
		{After: time.Second, Job: emulator.Job{Duration: time.Second}, Change: `{"defaultAuthType":{"mode":"AWS_IAM"}}`},
	}})
	c.update(renewNotes)
	c.clock.Advance(time.Minute)
	if days := c.keyDays(); days != json.Number("90") {
		t.Errorf("the key lives %v days, want 90", days)
	}
}

func TestRefusedUpdateCountsAsReceived(t *testing.T) {
	c := withEvents(t, emulator.Event{After: time.Second, Job: foreign("others", "PushBackend")})
	c.secret = "wrong"
	if r := c.call("POST", prod, renewNotes); r.status != 403 {
		t.Fatalf("answered %d %v", r.status, r.body)
	}
	c.clock.Advance(time.Second)
	if n := c.newJobs(); n != 1 {
		t.Errorf("%d new jobs, want the foreign one", n)
	}
}

func TestStartRefusesEventsThatCannotHappen(t *testing.T) {
	for want, event := range map[string]emulator.Event{
		"apiname": {Change: `{"apiname":"x"}`},
		`"qa"`:    {Environment: "qa"},
		`"d0"`:    {AppID: "d0"},
	} {
		if _, err := emulator.Start(emulator.Options{Events: []emulator.Event{event}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want an error that says %s", event, err, want)
		}
	}
}
