package emulator_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

// made starts an emulator in which the jobs of updates are as given.
func made(t *testing.T, jobs ...emulator.Job) caller {
	t.Helper()
	return startEmulator(t, emulator.Options{JobDuration: 10 * time.Second, Made: jobs})
}

func withQuirks(q emulator.Quirks) emulator.Job { return emulator.Job{Quirks: q} }

// listed are the ids of the jobs in prod that a listing shows, newest first.
func (c caller) listed(body string) []string {
	c.t.Helper()
	r := c.call("POST", prodJobs, body)
	if r.status != 200 {
		c.t.Fatalf("ListBackendJobs answered %d %v", r.status, r.body)
	}
	var ids []string
	jobs, _ := r.body["jobs"].([]any)
	for _, j := range jobs {
		member, _ := j.(map[string]any)
		id, _ := member["jobId"].(string)
		ids = append(ids, id)
	}
	return ids
}

// sees reports whether a job is in the listing and whether it can be read.
func (c caller) sees(id string) (inList, readable bool) {
	c.t.Helper()
	return slices.Contains(c.listed(`{}`), id), c.call("GET", prodJobs+"/"+id, "").status == 200
}

func TestJobIsListedLater(t *testing.T) {
	c := made(t, withQuirks(emulator.Quirks{ListedAfter: 20 * time.Second}))
	id := c.update(renewNotes)
	c.clock.Advance(9 * time.Second)
	if r := c.call("POST", prod, renewNotes); r.status != 400 {
		t.Errorf("an unseen job that runs let an update pass: %d %v", r.status, r.body)
	}
	c.clock.Advance(11*time.Second - 1)
	if inList, readable := c.sees(id); inList || readable {
		t.Errorf("before its time the job is listed: %v, readable: %v", inList, readable)
	}
	if days := c.keyDays(); days != json.Number("90") {
		t.Errorf("the key lives %v days, want 90: the job has ended", days)
	}
	c.clock.Advance(1)
	if inList, readable := c.sees(id); !inList || !readable || c.jobStatus(id) != "COMPLETED" {
		t.Errorf("at its time the job is listed: %v, readable: %v", inList, readable)
	}
}

func TestJobIsNeverListed(t *testing.T) {
	c := made(t, withQuirks(emulator.Quirks{ListedAfter: emulator.Never}))
	id := c.update(renewNotes)
	c.clock.Advance(100 * 24 * time.Hour)
	if inList, readable := c.sees(id); inList || readable {
		t.Errorf("after a hundred days the job is listed: %v, readable: %v", inList, readable)
	}
}

func TestJobVanishes(t *testing.T) {
	c := made(t, withQuirks(emulator.Quirks{GoneAfterReads: 2}), withQuirks(emulator.Quirks{GoneAfterLists: 1}))
	id := c.update(renewNotes)
	for range 2 {
		if s := c.jobStatus(id); s != "RUNNING" {
			t.Errorf("the job is %q, want RUNNING", s)
		}
	}
	if inList, readable := c.sees(id); inList || readable {
		t.Errorf("read twice, the job is listed: %v, readable: %v", inList, readable)
	}
	c.clock.Advance(time.Minute)
	if days := c.keyDays(); days != json.Number("90") {
		t.Errorf("the key lives %v days, want 90: the job goes on unseen", days)
	}
	id = c.update(renewNotes)
	c.jobStatus(id)
	if inList, readable := c.sees(id); !inList || readable {
		t.Errorf("listed once: %v, and then readable: %v", inList, readable)
	}
}

func TestOldJobIsShownAsScripted(t *testing.T) {
	for _, tt := range []struct {
		name    string
		members emulator.Members
		want    any // of status
		known   bool
	}{
		{"unknown word", emulator.Members{"status": "CANCELLED"}, "CANCELLED", true},
		{"empty", emulator.Members{"status": ""}, "", true},
		{"null", emulator.Members{"status": nil}, nil, true},
		{"absent", emulator.Members{"status": emulator.Absent}, nil, false},
		{"odd times", emulator.Members{"createTime": "yesterday", "updateTime": "1e300"}, "COMPLETED", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			apps := emulator.SampleApps(start)
			env := &apps[0].Environments[2]
			env.Jobs = append(env.Jobs, emulator.Job{
				ID: "old", Operation: "UpdateBackendAPI", Created: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), Quirks: emulator.Quirks{Members: tt.members},
			})
			c := startEmulator(t, emulator.Options{Apps: apps})
			r := c.call("GET", prodJobs+"/old", "")
			if got, known := r.body["status"]; got != tt.want || known != tt.known {
				t.Errorf("the job is %v, want status %#v", r.body, tt.want)
			}
			for _, name := range []string{"createTime", "updateTime"} {
				want, scripted := tt.members[name]
				if !scripted {
					want = "1577934245000"
				}
				if r.body[name] != want {
					t.Errorf("%s is %v, want %v", name, r.body[name], want)
				}
			}
			c.update(renewNotes) // it has ended, whatever it says
		})
	}
}

func TestJobEndsAsScripted(t *testing.T) {
	c := made(t, withQuirks(emulator.Quirks{
		Members: emulator.Members{"operation": emulator.Absent},
		Ended:   emulator.Members{"status": "\u00a0COMPLETED", "error": "beside"},
	}), emulator.Job{ID: "given", Duration: time.Second, Error: "broken", Quirks: emulator.Quirks{Members: emulator.Members{"operation": "PushBackend"}}})

	id := c.update(renewNotes)
	r := c.call("GET", prodJobs+"/"+id, "")
	if _, named := r.body["operation"]; named || r.text("status") != "RUNNING" || r.body["error"] != nil {
		t.Errorf("the running job is %v", r.body)
	}
	c.clock.Advance(10 * time.Second)
	if r := c.call("GET", prodJobs+"/"+id, ""); r.text("status") != "\u00a0COMPLETED" || r.text("error") != "beside" {
		t.Errorf("the ended job is %v", r.body)
	}
	for range 2 { // the last script holds for all jobs that follow
		if id := c.update(renewNotes); id != "given" {
			t.Errorf("the job is %q", id)
		}
		c.clock.Advance(time.Second)
		if r := c.call("GET", prodJobs+"/given", ""); r.text("status") != "FAILED" || r.text("error") != "broken" || r.text("operation") != "PushBackend" {
			t.Errorf("the failed job is %v", r.body)
		}
	}
	if got := c.listed(`{"operation":"PushBackend"}`); len(got) != 2 {
		t.Errorf("filtered by the operation shown: %q", got)
	}
}

func TestEffectOfAJob(t *testing.T) {
	old, renewed := json.Number("7"), json.Number("90")
	for _, tt := range []struct {
		name                       string
		job                        emulator.Job
		atOnce, atEnd, secondLater any
	}{
		{"ordinary", emulator.Job{}, old, renewed, renewed},
		{"none", withQuirks(emulator.Quirks{NoEffect: true}), old, old, old},
		{"later", withQuirks(emulator.Quirks{EffectAfter: time.Second}), old, old, renewed},
		{"draft of a failed job", emulator.Job{Error: "broken", Quirks: emulator.Quirks{Draft: true}}, renewed, renewed, renewed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := made(t, tt.job)
			c.update(renewNotes)
			got := []any{c.keyDays()}
			c.clock.Advance(10 * time.Second)
			got = append(got, c.keyDays())
			c.clock.Advance(time.Second)
			got = append(got, c.keyDays())
			if diff := cmp.Diff([]any{tt.atOnce, tt.atEnd, tt.secondLater}, got); diff != "" {
				t.Errorf("days of the key at once, at the end, a second later (-want +got):\n%s", diff)
			}
		})
	}
}

func TestTimesOfNewJobs(t *testing.T) {
	for form, want := range map[emulator.TimeForm]any{
		"":                    strconv.FormatInt(start.UnixMilli(), 10),
		emulator.Milliseconds: strconv.FormatInt(start.UnixMilli(), 10),
		emulator.Seconds:      strconv.FormatInt(start.Unix(), 10),
		emulator.Microseconds: strconv.FormatInt(start.UnixMicro(), 10),
		emulator.Nanoseconds:  strconv.FormatInt(start.UnixNano(), 10),
		emulator.RFC3339:      "2026-11-22T14:00:00Z",
		emulator.NoTimes:      nil,
		"yesterday":           "yesterday",
		"Infinity":            "Infinity",
	} {
		c := startEmulator(t, emulator.Options{JobTimes: form})
		r := c.call("GET", prodJobs+"/"+c.update(renewNotes), "")
		_, written := r.body["createTime"]
		if r.body["createTime"] != want || r.body["updateTime"] != want || written != (want != nil) {
			t.Errorf("%q: the job is %v, want the times %v", form, r.body, want)
		}
		if old := c.call("GET", prodJobs+"/4ad3f086", ""); old.text("createTime") != strconv.FormatInt(start.Add(-2*time.Hour).UnixMilli(), 10) {
			t.Errorf("%q: the job of the past is %v", form, old.body)
		}
	}
}
