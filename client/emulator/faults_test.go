package emulator_test

import (
	"errors"
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

const oldJob = "4ad3f086" // the newest of the past in prod

func withFaults(t *testing.T, faults ...emulator.Fault) caller {
	t.Helper()
	return startEmulator(t, emulator.Options{Faults: faults})
}

func TestMembersOfAnAnswer(t *testing.T) {
	for _, tt := range []struct {
		name    string
		members emulator.Members
		changed map[string]any // nil means absent
	}{
		{"an error beside the job", emulator.Members{"error": "rolled back"}, map[string]any{"error": "rolled back"}},
		{"no job", emulator.Members{"jobId": emulator.Absent}, map[string]any{"jobId": nil}},
		{"a job that existed before", emulator.Members{"jobId": "{{oldJob}}"}, map[string]any{"jobId": oldJob}},
		{"another app and environment", emulator.Members{"appId": "d9", "backendEnvironmentName": "not {{environment}} of {{appId}}"},
			map[string]any{"appId": "d9", "backendEnvironmentName": "not prod of d1a2b3c4d5e6f7"}},
		{"the job in words", emulator.Members{"error": "see {{job}}"}, map[string]any{"error": "see 01020304"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := withFaults(t, emulator.Fault{Operation: "UpdateBackendAPI", Members: tt.members})
			want := map[string]any{"appId": "d1a2b3c4d5e6f7", "backendEnvironmentName": "prod", "jobId": "01020304", "operation": "UpdateBackendAPI", "status": "RUNNING"}
			for name, value := range tt.changed {
				if want[name] = value; value == nil {
					delete(want, name)
				}
			}
			r := c.call("POST", prod, renewNotes)
			if diff := cmp.Diff(want, r.body); diff != "" || r.status != 200 {
				t.Errorf("answered %d (-want +got):\n%s", r.status, diff)
			}
			if n := c.newJobs(); n != 1 {
				t.Errorf("%d jobs were made, want 1", n)
			}
		})
	}
}

func TestPlaceholdersInABody(t *testing.T) {
	const body = `{"appId":"{{appId}}","backendEnvironmentName":"{{environment}}","jobId":"{{job}}","error":"not {{oldJob}}"}`
	for name, tt := range map[string]struct {
		apply bool
		job   string
	}{"with effect": {true, "01020304"}, "without": {false, ""}} {
		c := withFaults(t, emulator.Fault{Operation: "UpdateBackendAPI", Status: 200, Body: body, Apply: tt.apply})
		want := map[string]any{"appId": "d1a2b3c4d5e6f7", "backendEnvironmentName": "prod", "jobId": tt.job, "error": "not " + oldJob}
		if diff := cmp.Diff(want, c.call("POST", prod, renewNotes).body); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	dev := withFaults(t, emulator.Fault{Operation: "UpdateBackendAPI", Members: emulator.Members{"error": "{{oldJob}}"}})
	if r := dev.call("POST", "/backend/d1a2b3c4d5e6f7/api/dev", renewNotes); r.body["error"] != "" {
		t.Errorf("dev has no job of the past, but %v", r.body)
	}
}

func TestAnotherJobIsAnswered(t *testing.T) {
	c := withFaults(t, emulator.Fault{Operation: "GetBackendJob", First: 2, Count: 1, Members: emulator.Members{"jobId": "{{oldJob}}", "status": "COMPLETED"}})
	id := c.update(renewNotes)
	var got [][2]string
	for range 3 {
		r := c.call("GET", prodJobs+"/"+id, "")
		got = append(got, [2]string{r.text("jobId"), r.text("status")})
	}
	if diff := cmp.Diff([][2]string{{id, "RUNNING"}, {oldJob, "COMPLETED"}, {id, "RUNNING"}}, got); diff != "" {
		t.Errorf("three reads of the job (-want +got):\n%s", diff)
	}
}

func TestHeadersOfAFault(t *testing.T) {
	c := withFaults(t, emulator.Fault{Status: 429, Code: "TooManyRequestsException", Header: map[string]string{"Retry-After": "7", "Date": "long ago"}})
	r := c.call("POST", appDetails, `{}`)
	if r.status != 429 || r.header.Get("Retry-After") != "7" || r.header.Get("Date") != "long ago" {
		t.Errorf("answered %d with %v", r.status, r.header)
	}
}

// trickled reads an answer whose bytes come one a second. The clock moves only
// while the emulator waits for it.
func (c caller) trickled(path, body string) (reply, time.Duration, error) {
	type result struct {
		reply
		err error
	}
	done := make(chan result, 1)
	began := c.clock.Now()
	go func() {
		r, err := c.send("POST", path, body)
		done <- result{r, err}
	}()
	waiting := make(chan struct{})
	for {
		go func() { c.clock.BlockUntil(1); waiting <- struct{}{} }()
		select {
		case <-waiting:
			c.clock.Advance(time.Second)
		case r := <-done:
			took := c.clock.Now().Sub(began)
			c.clock.After(time.Hour) // releases the last of those that block
			<-waiting
			return r.reply, took, r.err
		}
	}
}

func TestAnswerTrickles(t *testing.T) {
	const body = `{"error":"x"}`
	fault := emulator.Fault{Operation: "ListBackendJobs", Status: 200, Body: body, Trickle: time.Second}
	r, took, err := withFaults(t, fault).trickled(prodJobs, `{}`)
	if want := time.Duration(len(body)) * time.Second; err != nil || r.text("error") != "x" || took != want {
		t.Errorf("answered %v, %v after %v, want it after %v", r.body, err, took, want)
	}
	fault.Truncate = true
	_, took, err = withFaults(t, fault).trickled(prodJobs, `{}`)
	if want := time.Duration(len(body)/2) * time.Second; !errors.Is(err, io.ErrUnexpectedEOF) || took != want {
		t.Errorf("ended with %v after %v, want it cut off after %v", err, took, want)
	}
}

func TestAnyStatusWithAnyCode(t *testing.T) {
	for status, code := range map[int]string{
		302: "RequestTimeout", 400: "TransactionInProgressException", 403: "RequestLimitExceeded", 404: "SlowDown",
		408: "RequestTimeoutException", 409: "ThrottlingException", 499: "", 503: "PriorRequestNotComplete",
	} {
		c := withFaults(t, emulator.Fault{Status: status, Code: code, Message: "no"})
		for _, path := range []string{prod, prod + "/details", prodJobs} {
			body := renewNotes
			if path == prodJobs {
				body = `{}`
			}
			if r := c.call("POST", path, body); r.status != status || r.code() != code || r.text("message") != "no" {
				t.Errorf("%s answered %d %s %v, want %d %s", path, r.status, r.code(), r.body, status, code)
			}
		}
		if n := c.newJobs(); n != 0 {
			t.Errorf("%d made %d jobs", status, n)
		}
	}
}
