package emulator_test

import (
	"encoding/json"
	"testing"
	"time"

	"ampedit/client/emulator"
)

func TestForeignJobAfterALostUpdate(t *testing.T) {
	c := inScenario(t, emulator.Foreign)
	if r := c.call("POST", prod, renewNotes); r.status != 504 {
		t.Errorf("answered %d %v, want 504", r.status, r.body)
	}
	c.clock.Advance(3*time.Second - 1)
	if n := c.newJobs(); n != 0 {
		t.Errorf("before the 3 seconds are over there are %d new jobs", n)
	}
	c.clock.Advance(1)
	r := c.call("GET", prodJobs+"/"+c.listed(`{"status":"RUNNING"}`)[0], "")
	if r.text("operation") != "GenerateBackendAPIModels" {
		t.Errorf("the job is %v", r.body)
	}
	c.clock.Advance(time.Minute)
	if s, days := c.jobStatus(r.text("jobId")), c.keyDays(); s != "COMPLETED" || days != json.Number("7") {
		t.Errorf("the job is %s and the key lives %v days, want COMPLETED and the old 7", s, days)
	}
}

func TestLateJob(t *testing.T) {
	c := inScenario(t, emulator.Late)
	if r := c.call("POST", prod, renewNotes); r.status != 504 {
		t.Errorf("answered %d %v, want 504", r.status, r.body)
	}
	id := c.e.Updates()[0].JobID
	c.clock.Advance(40*time.Second - 1)
	if inList, readable := c.sees(id); inList || readable {
		t.Errorf("before the 40 seconds are over the job is listed: %v, readable: %v", inList, readable)
	}
	c.clock.Advance(1)
	if inList, _ := c.sees(id); !inList || c.jobStatus(id) != "RUNNING" {
		t.Errorf("after 40 seconds the job is listed: %v, and %s", inList, c.jobStatus(id))
	}
	c.clock.Advance(8 * time.Second)
	if s, days := c.jobStatus(id), c.keyDays(); s != "COMPLETED" || days != json.Number("90") {
		t.Errorf("the job is %s and the key lives %v days, want COMPLETED and 90", s, days)
	}
	if id := c.update(renewNotes); c.jobStatus(id) != "RUNNING" { // the second is an ordinary one
		t.Errorf("the next update's job is %q", c.jobStatus(id))
	}
}

func TestConfigurationDiffersAfterTheJob(t *testing.T) {
	c := inScenario(t, emulator.Differs)
	for range 2 {
		id := c.update(renewNotes)
		c.clock.Advance(time.Minute)
		if s, days := c.jobStatus(id), c.keyDays(); s != "COMPLETED" || days != json.Number("7") {
			t.Errorf("the job is %s and the key lives %v days, want COMPLETED and the old 7", s, days)
		}
	}
}

func TestJobVanishesWhileWatched(t *testing.T) {
	c := inScenario(t, emulator.Vanish)
	id := c.update(renewNotes)
	for i, want := range []int{200, 200, 404, 404} {
		if r := c.call("GET", prodJobs+"/"+id, ""); r.status != want {
			t.Errorf("read %d of the job answered %d, want %d", i+1, r.status, want)
		}
	}
	if inList, _ := c.sees(id); inList {
		t.Error("the job is still listed")
	}
}

func TestErrorBesideTheJob(t *testing.T) {
	c := inScenario(t, emulator.Report)
	r := c.call("POST", prod, renewNotes)
	if r.status != 200 || r.text("jobId") == "" || r.text("error") == "" {
		t.Errorf("answered %d %v, want a job and an error", r.status, r.body)
	}
	c.clock.Advance(time.Minute)
	if s, days := c.jobStatus(r.text("jobId")), c.keyDays(); s != "COMPLETED" || days != json.Number("90") {
		t.Errorf("the job is %s and the key lives %v days, want COMPLETED and 90", s, days)
	}
}
