package edit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

func (b *backend) startJob() string {
	b.t.Helper()
	o := b.sender().Submit(b.t.Context(), b.approve())
	if o.Verdict != edit.Started {
		b.t.Fatal(o.Err)
	}
	return o.Accepted.JobID
}

func (b *backend) pace() client.WatchOptions {
	return client.WatchOptions{Clock: b.clock, Jitter: func() float64 { return 0 }}
}

func TestWatchGivesEachLook(t *testing.T) {
	b := serve(t, emulator.Options{})
	w := edit.StartWatch(t.Context(), b.service, prod, b.startJob(), b.pace())
	if b.server.Count("GetBackendJob") != 0 {
		t.Error("it looks before it is asked")
	}
	var statuses []wire.JobStatus
	b.run(func() {
		for seen, more := w.Next(); more; seen, more = w.Next() {
			statuses = append(statuses, *seen.Job.Status)
		}
	}, time.Minute)
	if n := len(statuses); n < 3 || statuses[0] != "RUNNING" || statuses[n-1] != "COMPLETED" || w.Err() != nil {
		t.Errorf("seen %q, %v", statuses, w.Err())
	}
	if _, more := w.Next(); more {
		t.Error("there is more after the end")
	}
}

func TestWatchStopsOnCancel(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Stuck})
	ctx, cancel := context.WithCancel(t.Context())
	w := edit.StartWatch(ctx, b.service, prod, b.startJob(), b.pace())
	if _, more := w.Next(); !more {
		t.Fatal(w.Err())
	}
	cancel()
	if _, more := w.Next(); more || !errors.Is(w.Err(), context.Canceled) {
		t.Errorf("more: %v, %v", more, w.Err())
	}
	if b.clock.Parked() != 0 {
		t.Error("something still waits for the clock")
	}
}

func TestJobResult(t *testing.T) {
	job := func(status wire.JobStatus) *wire.Job { return &wire.Job{Status: &status} }
	for _, c := range []struct {
		job  *wire.Job
		want edit.Result
	}{
		{nil, edit.Running}, {&wire.Job{}, edit.Running}, {job(""), edit.Running}, {job("RUNNING"), edit.Running},
		{job("ROLLING_BACK"), edit.Running}, {job("SUCCEEDED"), edit.Running}, // nobody knows these
		{job("COMPLETED"), edit.Completed}, {job("completed"), edit.Completed},
		{job("FAILED"), edit.Failed},
	} {
		if got := edit.JobResult(c.job); got != c.want {
			t.Errorf("%+v is %v, not %v", c.job, got, c.want)
		}
	}
}

func TestJobsReadsAllPages(t *testing.T) {
	apps := emulator.SampleApps(begin)
	for i := range 60 {
		prodEnv := &apps[0].Environments[2]
		prodEnv.Jobs = append(prodEnv.Jobs, emulator.Job{ID: string(rune('A'+i/26)) + string(rune('a'+i%26)), Operation: "Old", Created: begin.Add(-time.Duration(i+1) * time.Hour), Duration: time.Second})
	}
	b := serve(t, emulator.Options{Apps: apps})
	b.startJob()
	jobs, err := edit.Jobs(t.Context(), b.service, prod)
	if err != nil || len(jobs) != 64 {
		t.Errorf("%d jobs, %v", len(jobs), err)
	}
	if running := edit.RunningJobs(jobs); len(running) != 1 {
		t.Errorf("%d run", len(running))
	}
}

func TestElapsed(t *testing.T) {
	for d, want := range map[time.Duration]time.Duration{1500 * time.Millisecond: time.Second, -time.Hour: 0} {
		if got := edit.Elapsed(begin, begin.Add(d)); got != want {
			t.Errorf("Elapsed over %v is %v", d, got)
		}
	}
}
