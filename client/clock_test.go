package client_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"ampedit/client"
)

// fakeClock jumps over every wait.
type fakeClock struct{ now time.Time }

func newFakeClock() *fakeClock {
	return &fakeClock{now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)}
}

func (c *fakeClock) Now() time.Time { return c.now }

func (c *fakeClock) Wait(ctx context.Context, d time.Duration) error {
	c.now = c.now.Add(d)
	return ctx.Err()
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
