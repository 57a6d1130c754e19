package client_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ampedit/client"
	"ampedit/client/wire"
)

// fakeClock jumps over every wait. It ends at a time, by cancelling.
type fakeClock struct {
	now   time.Time
	waits []time.Duration
}

func newFakeClock() *fakeClock {
	return &fakeClock{now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) Now() time.Time { return c.now }

func (c *fakeClock) Wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.now = c.now.Add(d)
	c.waits = append(c.waits, d)
	return nil
}

// jobs answers look n, counted from 0.
type jobs func(n int) (*wire.Job, error)

type script struct {
	answer jobs
	looks  int
}

func (s *script) GetBackendJob(context.Context, *wire.GetBackendJobInput) (*wire.Job, error) {
	s.looks++
	return s.answer(s.looks - 1)
}

func status(word wire.JobStatus) *wire.Job { return &wire.Job{JobID: ptr("job-1"), Status: &word} }

func still() float64 { return 0 }

// run watches to the end, at most limit looks.
func run(t *testing.T, limit time.Duration, answer jobs) (wire.Job, []client.Observation, *fakeClock, error) {
	t.Helper()
	clock := newFakeClock()
	var seen []client.Observation
	job, err := client.Watch(t.Context(), &script{answer: answer}, *jobInput(),
		client.WatchOptions{Clock: clock, Jitter: still, Limit: limit},
		func(o client.Observation) { seen = append(seen, o) })
	return job, seen, clock, err
}

func TestWatchUntilTheJobEnds(t *testing.T) {
	for _, last := range []wire.JobStatus{"COMPLETED", "FAILED", "completed", " Failed "} {
		words := []wire.JobStatus{"CREATED", "RUNNING", "SOMETHING_NEW", "SUCCEEDED", "", last}
		job, seen, _, err := run(t, 0, func(n int) (*wire.Job, error) { return status(words[n]), nil })
		if err != nil || *job.Status != last || len(seen) != len(words) {
			t.Errorf("%s: %v, %v, %d looks", last, job.Status, err, len(seen))
		}
		for i, o := range seen {
			if *o.Job.Status != words[i] || o.Next.IsZero() != (i == len(words)-1) {
				t.Errorf("look %d: %s, next %v", i, *o.Job.Status, o.Next)
			}
		}
	}
}

func TestWatchIntervals(t *testing.T) {
	_, seen, clock, _ := run(t, 0, func(n int) (*wire.Job, error) {
		if n == 8 {
			return status("COMPLETED"), nil
		}
		return status("RUNNING"), nil
	})
	want := []time.Duration{2 * time.Second, 3 * time.Second, 4500 * time.Millisecond, 6750 * time.Millisecond,
		10 * time.Second, 10 * time.Second, 10 * time.Second, 10 * time.Second}
	if !slices.Equal(clock.waits, want) {
		t.Errorf("waited %v", clock.waits)
	}
	for i := range seen[:len(seen)-1] {
		if !seen[i].Next.Equal(seen[i+1].At) {
			t.Errorf("look %d promised the next at %v, it was at %v", i, seen[i].Next, seen[i+1].At)
		}
	}
}

func TestWatchingForAnHourIsCheap(t *testing.T) {
	_, seen, clock, err := run(t, time.Hour, func(int) (*wire.Job, error) { return status("RUNNING"), nil })
	if !errors.Is(err, client.ErrStillRunning) {
		t.Fatalf("got %v", err)
	}
	if len(seen) < 300 || len(seen) > 370 {
		t.Errorf("%d looks", len(seen))
	}
	if end := clock.now.Sub(newFakeClock().now); end > time.Hour || end < 59*time.Minute {
		t.Errorf("ended after %v", end)
	}
	if last := seen[len(seen)-1]; !last.Next.IsZero() {
		t.Errorf("the last look promises another at %v", last.Next)
	}
}

func TestWatchWaitsWithinBounds(t *testing.T) {
	failures := []error{
		nil, &client.Error{Status: 429}, &client.Error{Status: 503, RetryAfter: time.Hour}, &client.Error{Status: 500},
		context.DeadlineExceeded, &client.Error{Status: 403, Code: "ExpiredTokenException"},
	}
	rapid.Check(t, func(t *rapid.T) {
		clock := newFakeClock()
		looks := rapid.IntRange(1, 40).Draw(t, "looks")
		script := &script{answer: func(n int) (*wire.Job, error) {
			if n == looks {
				return status("COMPLETED"), nil
			}
			if err := rapid.SampledFrom(failures).Draw(t, "failure"); err != nil {
				return nil, err
			}
			return status("RUNNING"), nil
		}}
		jitter := func() float64 { return rapid.Float64Range(0, 0.999).Draw(t, "jitter") }
		_, err := client.Watch(context.Background(), script, *jobInput(), client.WatchOptions{Clock: clock, Jitter: jitter}, func(client.Observation) {})
		if err != nil {
			t.Fatal(err)
		}
		for _, wait := range clock.waits {
			if wait < 2*time.Second || wait > 5*time.Minute {
				t.Fatalf("waited %v", wait)
			}
		}
	})
}

func TestWatchToleratesWhatMayPass(t *testing.T) {
	for name, failure := range map[string]error{
		"throttled": &client.Error{Status: 429}, "server": &client.Error{Status: 500}, "timeout": &client.Error{Status: 504},
		"silence": context.DeadlineExceeded, "reported": &client.ReportedError{Message: "m"},
	} {
		_, seen, clock, err := run(t, 0, func(n int) (*wire.Job, error) {
			if n < 5 {
				return nil, fmt.Errorf("look: %w", failure)
			}
			return status("COMPLETED"), nil
		})
		if err != nil || len(seen) != 6 {
			t.Errorf("%s: %d looks, %v", name, len(seen), err)
			continue
		}
		for i, o := range seen[:5] {
			if o.Failures != i+1 || !errors.Is(o.Err, failure) || o.Job != nil || o.Paused {
				t.Errorf("%s, look %d: %+v", name, i, o)
			}
		}
		if !slices.IsSorted(clock.waits) || clock.waits[4] <= 10*time.Second {
			t.Errorf("%s: waited %v", name, clock.waits)
		}
	}
}

func TestWatchCountsFailuresInARow(t *testing.T) {
	_, seen, _, _ := run(t, 0, func(n int) (*wire.Job, error) {
		switch n {
		case 2:
			return status("RUNNING"), nil
		case 4:
			return status("COMPLETED"), nil
		}
		return nil, &client.Error{Status: 503}
	})
	for i, want := range []int{1, 2, 0, 1, 0} {
		if seen[i].Failures != want {
			t.Errorf("look %d: %d failures, want %d", i, seen[i].Failures, want)
		}
	}
}

func TestWatchHonoursRetryAfter(t *testing.T) {
	_, _, clock, _ := run(t, 0, func(n int) (*wire.Job, error) {
		if n == 0 {
			return nil, &client.Error{Status: 429, RetryAfter: 77 * time.Second}
		}
		return status("COMPLETED"), nil
	})
	if clock.waits[0] != 77*time.Second {
		t.Errorf("waited %v", clock.waits)
	}
}

func TestWatchGivesANewJobTimeToAppear(t *testing.T) {
	missing := &client.Error{Status: 404, Code: "NotFoundException"}
	_, seen, _, err := run(t, 0, func(n int) (*wire.Job, error) {
		if n < 3 {
			return nil, missing
		}
		return status("COMPLETED"), nil
	})
	if err != nil || len(seen) != 4 {
		t.Errorf("%d looks, %v", len(seen), err)
	}
	_, seen, clock, err := run(t, 0, func(int) (*wire.Job, error) { return nil, missing })
	if !errors.Is(err, missing) || seen[len(seen)-1].Err == nil {
		t.Errorf("got %v", err)
	}
	if gone := clock.now.Sub(newFakeClock().now); gone < 30*time.Second || gone > time.Minute {
		t.Errorf("gave up after %v", gone)
	}
}

func TestWatchPausesWhileCredentialsAreMissing(t *testing.T) {
	_, seen, clock, err := run(t, 0, func(n int) (*wire.Job, error) {
		switch n {
		case 1:
			return nil, &client.Error{Status: 403, Code: "ExpiredTokenException"}
		case 2:
			return nil, &client.CredentialsError{Err: client.ErrPromptCancelled}
		}
		if n == 3 {
			return status("COMPLETED"), nil
		}
		return status("RUNNING"), nil
	})
	if err != nil || !seen[1].Paused || !seen[2].Paused || seen[3].Paused {
		t.Errorf("%+v, %v", seen, err)
	}
	if clock.waits[1] != 30*time.Second {
		t.Errorf("waited %v", clock.waits)
	}
}

func TestWatchEndsOnWhatDoesNotPass(t *testing.T) {
	for _, failure := range []error{
		&client.Error{Status: 403, Code: "AccessDeniedException"}, &client.Error{Status: 400}, errors.New("x"),
	} {
		job, seen, _, err := run(t, 0, func(n int) (*wire.Job, error) {
			if n == 0 {
				return status("RUNNING"), nil
			}
			return nil, failure
		})
		if !errors.Is(err, failure) || *job.Status != "RUNNING" || len(seen) != 2 {
			t.Errorf("%v: %v, %d looks", failure, err, len(seen))
		}
	}
}

func TestWatchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var seen int
	job, err := client.Watch(ctx, &script{answer: func(int) (*wire.Job, error) { return status("RUNNING"), nil }}, *jobInput(),
		client.WatchOptions{Clock: newFakeClock(), Jitter: still}, func(client.Observation) {
			if seen++; seen == 3 {
				cancel()
			}
		})
	if !errors.Is(err, context.Canceled) || seen != 3 || *job.Status != "RUNNING" {
		t.Errorf("%d looks, %v", seen, err)
	}
}

func TestEnded(t *testing.T) {
	for status, ended := range map[string]bool{
		"COMPLETED": true, "Completed": true, "FAILED": true, "": false, "RUNNING": false,
		"SUCCEEDED": false, "CANCELLED": false, "COMPLETED_WITH_ERRORS": false,
	} {
		if client.Ended(status) != ended {
			t.Errorf("%q", status)
		}
	}
}

func TestSystemClockWaitsForTheContextToo(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var clock client.SystemClock
	if err := clock.Wait(ctx, 0); err != nil {
		t.Error(err)
	}
	cancel()
	if err := clock.Wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
