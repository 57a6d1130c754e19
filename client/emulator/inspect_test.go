package emulator_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

func TestUpdatesAreTold(t *testing.T) {
	only := func(n int, f emulator.Fault) emulator.Fault {
		f.Operation, f.First, f.Count = "UpdateBackendAPI", n, 1
		return f
	}
	c := withFaults(t,
		only(1, emulator.Fault{Status: 429}),
		only(2, emulator.Fault{Status: 504, Apply: true}),
		only(4, emulator.Fault{Reset: true}),
		only(5, emulator.Fault{Members: emulator.Members{"jobId": "{{oldJob}}"}}),
	)
	c.call("POST", prod, `{"resourcename":"notes"}`) // refused before the faults
	for range 3 {
		c.call("POST", prod, renewNotes)
	}
	c.clock.Advance(time.Minute)
	if _, err := c.send("POST", prod, renewNotes); err == nil {
		t.Error("the reset connection gave an answer")
	}
	c.call("POST", prod, renewNotes)
	want := []emulator.Update{
		{At: start, Status: 400},
		{At: start, Status: 429},
		{At: start, Status: 504, JobID: "01020304"},
		{At: start, Status: 400}, // the job is pending
		{At: start.Add(time.Minute)},
		{At: start.Add(time.Minute), Status: 200, JobID: "05060708"},
	}
	if diff := cmp.Diff(want, c.e.Updates()); diff != "" {
		t.Errorf("updates (-want +got):\n%s", diff)
	}
}

func TestJobsAreRecordedAsTheyAre(t *testing.T) {
	c := startEmulator(t, emulator.Options{
		JobDuration: 10 * time.Second,
		ClockOffset: time.Minute, // changes what is shown, not what is recorded
		Made: []emulator.Job{
			{Quirks: emulator.Quirks{ListedAfter: emulator.Never, Members: emulator.Members{"operation": "PushBackend"}}},
			{Error: "broken", Quirks: emulator.Quirks{Draft: true}},
			{Quirks: emulator.Quirks{EffectAfter: time.Second}},
			{Quirks: emulator.Quirks{NoEffect: true, Ended: emulator.Members{"status": "FAILED"}}},
		},
		Events: []emulator.Event{{After: 2 * time.Second, Job: foreign("others", "UpdateBackendAPI"), SameAsUpdate: true}},
	})
	c.skew = time.Minute
	type record struct {
		ID, Operation string
		Update        int
		Created       time.Duration // from the start
		Ended         time.Duration // 0 for a running one
		Applied       bool
	}
	records := func() (out []record) {
		for _, r := range slices.DeleteFunc(c.e.JobRecords(), func(r emulator.JobRecord) bool { return r.Created.Before(start) }) {
			if r.AppID != emulator.SampleAppID || r.Environment != emulator.SampleProd {
				t.Errorf("%s is in %s of %s", r.ID, r.Environment, r.AppID)
			}
			got := record{r.ID, r.Operation, r.Update, r.Created.Sub(start), 0, r.Applied}
			if !r.Ended.IsZero() {
				got.Ended = r.Ended.Sub(start)
			}
			out = append(out, got)
		}
		return out
	}
	const s, update = time.Second, "UpdateBackendAPI"
	for range 3 {
		c.update(renewNotes)
		c.clock.Advance(20 * time.Second)
	}
	c.update(renewNotes)
	want := []record{
		{"01020304", update, 1, 0, 10 * s, true},
		{"others", update, 0, 2 * s, 12 * s, true},
		{"05060708", update, 2, 20 * s, 30 * s, false},
		{"090a0b0c", update, 3, 40 * s, 50 * s, true},
		{"0d0e0f10", update, 4, 60 * s, 0, false},
	}
	if diff := cmp.Diff(want, records()); diff != "" {
		t.Errorf("jobs (-want +got):\n%s", diff)
	}
	c.clock.Advance(time.Minute)
	want[4].Ended = 70 * s
	if diff := cmp.Diff(want, records()); diff != "" {
		t.Errorf("jobs in the end (-want +got):\n%s", diff)
	}
	if all := c.e.JobRecords(); len(all) != 8 || all[0].Update != 0 || all[0].Ended.IsZero() {
		t.Errorf("%d jobs with those of the past: %+v", len(all), all[0])
	}
}
