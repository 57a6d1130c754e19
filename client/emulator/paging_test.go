package emulator_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

// pages follows the tokens of a listing of jobs for at most so many pages.
func (c caller) pages(most int) (pages [][]string, unfinished bool) {
	c.t.Helper()
	body := `{"maxResults":25}`
	for range most {
		r := c.call("POST", prodJobs, body)
		var ids []string
		jobs, _ := r.body["jobs"].([]any)
		for _, j := range jobs {
			member, _ := j.(map[string]any)
			id, _ := member["jobId"].(string)
			ids = append(ids, id)
		}
		pages = append(pages, ids)
		token, err := json.Marshal(r.body["nextToken"])
		if err != nil {
			c.t.Fatal(err)
		}
		if string(token) == "null" {
			return pages, false
		}
		body = `{"maxResults":25,"nextToken":` + string(token) + `}`
	}
	return pages, true
}

func TestPagesOfJobs(t *testing.T) {
	const newest, middle, oldest = "4ad3f086", "6e02b4a1", "b7719c3d"
	gone := func(o emulator.Options) emulator.Options {
		o.Apps = emulator.SampleApps(start)
		jobs := o.Apps[0].Environments[2].Jobs
		for i := range jobs {
			if jobs[i].ID == newest {
				jobs[i].Quirks.GoneAfterLists = 1
			}
		}
		return o
	}
	for name, tt := range map[string]struct {
		options    emulator.Options
		want       [][]string
		unfinished bool
	}{
		"as asked for":           {emulator.Options{}, [][]string{{newest, middle, oldest}}, false},
		"of one":                 {emulator.Options{PageSize: 1}, [][]string{{newest}, {middle}, {oldest}}, false},
		"of more than asked for": {emulator.Options{PageSize: 100}, [][]string{{newest, middle, oldest}}, false},
		"counted":                {emulator.Options{PageSize: 2, OffsetTokens: true}, [][]string{{newest, middle}, {oldest}}, false},
		"shrinking":              {gone(emulator.Options{PageSize: 1}), [][]string{{newest}, {middle}, {oldest}}, false},
		"shrinking, counted":     {gone(emulator.Options{PageSize: 1, OffsetTokens: true}), [][]string{{newest}, {oldest}}, false},
		"repeating":              {emulator.Options{PageSize: 1, RepeatToken: true}, [][]string{{newest}, {middle}, {middle}, {middle}}, true},
		"repeating, one page":    {emulator.Options{RepeatToken: true}, [][]string{{newest, middle, oldest}, {oldest}, {oldest}, {oldest}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			c := startEmulator(t, tt.options)
			got, unfinished := c.pages(4)
			if diff := cmp.Diff(tt.want, got); diff != "" || unfinished != tt.unfinished {
				t.Errorf("unfinished %v, pages (-want +got):\n%s", unfinished, diff)
			}
		})
	}
}

// A job can also vanish before it was read: its token is then refused.
func TestTokenOfAVanishedJob(t *testing.T) {
	c := startEmulator(t, emulator.Options{PageSize: 1, Made: []emulator.Job{{Quirks: emulator.Quirks{GoneAfterReads: 1}}}, Events: []emulator.Event{
		{After: time.Second, Job: emulator.Job{ID: "others"}},
	}})
	id := c.update(renewNotes)
	c.clock.Advance(time.Second)
	token, _ := c.call("POST", prodJobs, `{}`).body["nextToken"].(string)
	c.jobStatus(id)
	if r := c.call("POST", prodJobs, `{"nextToken":"`+token+`"}`); r.status != 400 {
		t.Errorf("answered %d %v, want 400", r.status, r.body)
	}
}

func TestAnswersThatAreNoList(t *testing.T) {
	bodies := []string{`null`, `{"error":"x"}`, `{"message":"x"}`, `{}`}
	var faults []emulator.Fault
	for i, body := range bodies {
		faults = append(faults, emulator.Fault{Operation: "ListBackendJobs", First: 2 + i, Count: 1, Status: 200, Body: body})
	}
	c := startEmulator(t, emulator.Options{Faults: faults})
	c.listed(`{}`)
	for _, body := range bodies {
		r := c.call("POST", prodJobs, `{}`)
		if got, _ := json.Marshal(r.body); string(got) != body || r.status != 200 || r.code() != "" {
			t.Errorf("answered %d %s, want 200 %s", r.status, got, body)
		}
	}
	if got := c.listed(`{}`); len(got) != 3 {
		t.Errorf("after the faults there are %q", got)
	}
}
