package uitest

import (
	"context"
	"sync"
	"time"
)

// EagerClock is a clock on which every wait is over at once, and which has moved
// by it then. Both the client and the emulator can run on it, for work that one
// goroutine does. It is safe for concurrent use.
type EagerClock struct {
	mu  sync.Mutex
	now time.Time
}

// NewEagerClock returns a clock that shows now.
func NewEagerClock(now time.Time) *EagerClock { return &EagerClock{now: now} }

// Now returns the time the clock shows.
func (c *EagerClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Wait moves the clock by d, unless the context has ended.
func (c *EagerClock) Wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	<-c.After(d)
	return nil
}

// After moves the clock by d and returns a channel that holds the time.
func (c *EagerClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	done := make(chan time.Time, 1)
	done <- c.now
	return done
}
