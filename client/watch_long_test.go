package client_test

import (
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// mostLooks is how many requests the following of a four-hour job may cost: one
// every ten seconds, and a little more for the first seconds.
const mostLooks = 4*60*6 + 10

// jumpyClock jumps over waits, and some of them take another time than asked for,
// as when the machine sleeps or its clock is set.
type jumpyClock struct {
	*fakeClock
	jumps map[int]time.Duration // by the number of the wait
}

func (c jumpyClock) Wait(ctx context.Context, d time.Duration) error {
	err := c.fakeClock.Wait(ctx, d)
	c.now = c.now.Add(c.jumps[len(c.waits)])
	return err
}

// TestWatchFollowsALongJob follows a job of four hours to its end: three of ten
// looks fail, the credentials expire twice for ten minutes, the machine sleeps, and
// its clock is set back.
func TestWatchFollowsALongJob(t *testing.T) {
	clock := jumpyClock{newFakeClock(), map[int]time.Duration{100: 20 * time.Minute, 400: -5 * time.Minute}}
	start := clock.now
	random := rand.New(rand.NewPCG(1, 2))
	passing := []error{&client.Error{Status: 429}, &client.Error{Status: 500}, &client.Error{Status: 504}, context.DeadlineExceeded}
	api := &script{answer: func(int) (*wire.Job, error) {
		age := clock.now.Sub(start)
		for _, expiry := range []time.Duration{time.Hour, 150 * time.Minute} {
			if age >= expiry && age < expiry+10*time.Minute {
				return nil, &client.Error{Status: 403, Code: "ExpiredTokenException"}
			}
		}
		if random.Float64() < 0.3 {
			return nil, passing[random.IntN(len(passing))]
		}
		if age >= 4*time.Hour {
			return status("COMPLETED"), nil
		}
		return status("RUNNING"), nil
	}}
	var failed, paused, pauses int
	var last client.Observation
	job, err := client.Watch(t.Context(), api, *jobInput(), client.WatchOptions{Clock: clock, Jitter: still}, func(o client.Observation) {
		if o.Paused {
			paused++
			if !last.Paused {
				pauses++
			}
		} else if o.Err != nil {
			failed++
		}
		last = o
	})
	if err != nil || !client.Completed(string(*job.Status)) || last.Job == nil || !last.Next.IsZero() {
		t.Fatalf("ended with %+v, %v", job, err)
	}
	if api.looks > mostLooks {
		t.Errorf("%d requests, more than %d", api.looks, mostLooks)
	}
	if late := clock.now.Sub(start) - 4*time.Hour; late > time.Minute {
		t.Errorf("the end was seen %v late", late)
	}
	// While it pauses it looks every half minute.
	if pauses != 2 || paused > 2*(20+1) || failed < api.looks/5 {
		t.Errorf("%d pauses of %d looks in all, %d other failures in %d looks", pauses, paused, failed, api.looks)
	}
}
