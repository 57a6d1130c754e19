package client

import (
	"context"
	"time"
)

// Clock tells the time and waits.
type Clock interface {
	// Now returns the present time.
	Now() time.Time
	// Wait returns nil after d, or the context's error as soon as that is done.
	Wait(ctx context.Context, d time.Duration) error
}

// SystemClock is the clock of this machine.
type SystemClock struct{}

// Now returns time.Now().
func (SystemClock) Now() time.Time { return time.Now() }

// Wait waits for d or for the end of ctx.
func (SystemClock) Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
