package emulator_test

import (
	"encoding/json"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

func TestJobLifecycle(t *testing.T) {
	c := startEmulator(t, emulator.Options{JobDuration: time.Minute})
	id := c.update(renewNotes)

	c.clock.Advance(time.Minute - time.Millisecond)
	if s, days := c.jobStatus(id), c.keyDays(); s != "RUNNING" || days != json.Number("7") {
		t.Errorf("before its end the job is %s and the key lives %v days, want RUNNING and the old 7", s, days)
	}
	refused := c.call("POST", prod, renewNotes)
	const pending = "There is already a pending job for the requested appId: d1a2b3c4d5e6f7 and backendEnvironmentName: prod, " +
		"wait for it to complete before creating a new job."
	if refused.status != 400 || refused.text("message") != pending {
		t.Errorf("a second update answered %d %v, want 400 and %q", refused.status, refused.body, pending)
	}

	c.clock.Advance(time.Millisecond)
	if s, days := c.jobStatus(id), c.keyDays(); s != "COMPLETED" || days != json.Number("90") {
		t.Errorf("at its end the job is %s and the key lives %v days, want COMPLETED and 90", s, days)
	}
	c.clock.Advance(time.Hour)
	want := map[string]any{
		"appId": "d1a2b3c4d5e6f7", "backendEnvironmentName": "prod", "jobId": id,
		"operation": "UpdateBackendAPI", "status": "COMPLETED",
		"createTime": strconv.FormatInt(start.UnixMilli(), 10),
		"updateTime": strconv.FormatInt(start.Add(time.Minute).UnixMilli(), 10),
	}
	if diff := cmp.Diff(want, c.call("GET", prodJobs+"/"+id, "").body); diff != "" {
		t.Errorf("the job long after (-want +got):\n%s", diff)
	}
	if next := c.update(renewNotes); next == id {
		t.Errorf("two jobs share the id %s", id)
	}
}

func TestUpdatePatchesBySectionAndReplacesWithin(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	before := c.config()
	c.update(`{"resourceName":"notes","resourceConfig":{"transformSchema":"","additionalAuthTypes":[],
		"defaultAuthType":{"mode":"AWS_IAM"}}}`)
	c.clock.Advance(time.Minute)
	after := c.config()
	want := map[string]any{
		"additionalAuthTypes": []any{},
		"apiName":             before["apiName"],
		"conflictResolution":  before["conflictResolution"],
		"defaultAuthType":     map[string]any{"mode": "AWS_IAM"},
		"service":             before["service"],
		"transformSchema":     before["transformSchema"],
	}
	if diff := cmp.Diff(want, after); diff != "" {
		t.Errorf("deployed (-want +got):\n%s", diff)
	}
}

func TestUpdateWithoutConfigurationRunsAJob(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	before := c.config()
	id := c.update(readNotes)
	c.clock.Advance(time.Minute)
	if s := c.jobStatus(id); s != "COMPLETED" {
		t.Errorf("the job is %s, want COMPLETED", s)
	}
	if diff := cmp.Diff(before, c.config()); diff != "" {
		t.Errorf("deployed configuration changed (-before +after):\n%s", diff)
	}
}

func TestEnvironmentsAreIndependent(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	c.update(renewNotes)
	if r := c.call("POST", "/backend/d1a2b3c4d5e6f7/api/dev", renewNotes); r.status != 200 {
		t.Errorf("an update of dev while prod is busy answered %d %v", r.status, r.body)
	}
}

func TestListBackendJobs(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	id := c.update(renewNotes)
	ids := func(r reply) (out []string) {
		t.Helper()
		if r.status != 200 {
			t.Fatalf("answered %d %v", r.status, r.body)
		}
		jobs, _ := r.body["jobs"].([]any)
		for _, j := range jobs {
			member, _ := j.(map[string]any)
			name, _ := member["jobId"].(string)
			out = append(out, name)
		}
		return out
	}
	for body, want := range map[string][]string{
		``:                     {id, "4ad3f086", "6e02b4a1", "b7719c3d"},
		`{}`:                   {id, "4ad3f086", "6e02b4a1", "b7719c3d"},
		`{"status":"RUNNING"}`: {id},
		`{"status":"FAILED"}`:  {"6e02b4a1"},
		`{"jobId":"b7719c3d"}`: {"b7719c3d"},
		`{"jobId":"00000000"}`: nil,
		`{"operation":"UpdateBackendAPI","status":"COMPLETED"}`: {"b7719c3d"},
	} {
		if diff := cmp.Diff(want, ids(c.call("POST", prodJobs, body))); diff != "" {
			t.Errorf("jobs for %q (-want +got):\n%s", body, diff)
		}
	}

	first := c.call("POST", prodJobs, `{"maxResults":3}`)
	if diff := cmp.Diff([]string{id, "4ad3f086", "6e02b4a1"}, ids(first)); diff != "" {
		t.Errorf("first page (-want +got):\n%s", diff)
	}
	c.clock.Advance(time.Minute)
	c.update(renewNotes) // a job that starts between two pages shifts nothing
	second := c.call("POST", prodJobs, `{"maxResults":3,"nextToken":"`+first.text("nextToken")+`"}`)
	if diff := cmp.Diff([]string{"b7719c3d"}, ids(second)); diff != "" || second.body["nextToken"] != nil {
		t.Errorf("second page, token %v (-want +got):\n%s", second.body["nextToken"], diff)
	}
	if r := c.call("POST", prodJobs, `{"nextToken":"made up"}`); r.status != 400 {
		t.Errorf("a made-up token answered %d, want 400", r.status)
	}
}

func TestOneOfManyConcurrentUpdatesIsAccepted(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	const callers = 8
	statuses := make(chan int, callers)
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			r, err := c.send("POST", prod, renewNotes)
			if err != nil {
				t.Error(err)
			}
			statuses <- r.status
			_ = c.e.Requests()
		})
	}
	group.Wait()
	close(statuses)
	count := map[int]int{}
	for s := range statuses {
		count[s]++
	}
	if count[200] != 1 || count[400] != callers-1 || c.e.Count("UpdateBackendAPI") != callers {
		t.Errorf("statuses %v of %d logged updates, want one 200 and else 400", count, c.e.Count("UpdateBackendAPI"))
	}
	if n := len(c.e.Jobs(emulator.SampleAppID, emulator.SampleProd)); n != 4 {
		t.Errorf("%d jobs, want the three of the past and one new", n)
	}
}
