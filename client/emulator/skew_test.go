package emulator_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
)

func TestServiceClockIsApart(t *testing.T) {
	for _, offset := range []time.Duration{-time.Hour, -400 * time.Second, 400 * time.Second} {
		c := startEmulator(t, emulator.Options{ClockOffset: offset})
		service := start.Add(offset)
		r := c.call("POST", prodJobs, `{}`)
		if r.status != 403 || r.code() != "InvalidSignatureException" || !strings.Contains(r.text("message"), "Signature ") {
			t.Errorf("%v: a caller by its own clock is answered %d %v", offset, r.status, r.body)
		}
		if got := r.header.Get("Date"); got != service.Format(http.TimeFormat) {
			t.Errorf("%v: the refusal has the date %q", offset, got)
		}
		c.skew = offset // the caller has corrected itself
		id := c.update(renewNotes)
		r = c.call("GET", prodJobs+"/"+id, "")
		if want := strconv.FormatInt(service.UnixMilli(), 10); r.text("createTime") != want || r.text("updateTime") != want {
			t.Errorf("%v: the job is %v, want the times %s", offset, r.body, want)
		}
		if jobs := c.e.Jobs(emulator.SampleAppID, emulator.SampleProd); !jobs[3].Created.Equal(start) {
			t.Errorf("%v: for the test the job was created at %v, want the time of its own clock", offset, jobs[3].Created)
		}
		if s := c.jobStatus(id); s != "RUNNING" {
			t.Errorf("%v: the job is %s", offset, s)
		}
		c.clock.Advance(8 * time.Second)
		if s := c.jobStatus(id); s != "COMPLETED" {
			t.Errorf("%v: after its time the job is %s", offset, s)
		}
	}
}

func TestJobTimesAloneAreSkewed(t *testing.T) {
	c := startEmulator(t, emulator.Options{SkewJobTimes: -time.Hour})
	r := c.call("GET", prodJobs+"/"+c.update(renewNotes), "")
	if want := strconv.FormatInt(start.Add(-time.Hour).UnixMilli(), 10); r.text("createTime") != want {
		t.Errorf("the job is %v, want it created at %s", r.body, want)
	}
	if got := r.header.Get("Date"); got != start.Format(http.TimeFormat) {
		t.Errorf("the date is %q", got)
	}
}

func TestAnswersWithoutADate(t *testing.T) {
	c := startEmulator(t, emulator.Options{NoDate: true})
	for _, path := range []string{appDetails, "/nowhere"} {
		if r := c.call("POST", path, `{}`); r.header.Values("Date") != nil || r.header.Get("X-Amzn-RequestId") == "" {
			t.Errorf("the headers are %v, want no date", r.header)
		}
	}
}
