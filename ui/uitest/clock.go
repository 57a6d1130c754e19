// Package uitest drives the interface in tests: the model alone, without sleeping,
// on a clock that stands still until it is told to move; and the whole program on
// a pseudo-terminal.
package uitest

import (
	"context"
	"sync"
	"time"
)

// Clock is a clock that stands still. Both the client and the emulator can run
// on it. It is safe for concurrent use.
type Clock struct {
	mu      sync.Mutex
	now     time.Time
	waiters []*waiter // in the order in which they came
	parked  chan struct{}
}

// waiter is one caller of Wait or After.
type waiter struct {
	ctx  context.Context // ends the waiting before its time
	at   time.Time
	done chan time.Time
}

// NewClock returns a clock that shows now.
func NewClock(now time.Time) *Clock {
	return &Clock{now: now, parked: make(chan struct{}, 1)}
}

// Now returns the time the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Wait returns nil once the clock has moved by d, or the context's error if that
// ends first.
func (c *Clock) Wait(ctx context.Context, d time.Duration) error {
	select {
	case <-c.wait(ctx, d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// After returns a channel that gets the time once the clock has moved by d. Who
// waits for it counts as parked until then, also if nobody listens any more.
func (c *Clock) After(d time.Duration) <-chan time.Time { return c.wait(context.Background(), d) }

func (c *Clock) wait(ctx context.Context, d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	w := &waiter{ctx: ctx, at: c.now.Add(d), done: make(chan time.Time, 1)}
	if d <= 0 {
		w.done <- c.now
		return w.done
	}
	c.waiters = append(c.waiters, w)
	select {
	case c.parked <- struct{}{}:
	default: // a signal that nobody has taken yet says the same
	}
	return w.done
}

// Parked returns how many callers wait for the clock.
func (c *Clock) Parked() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget()
	return len(c.waiters)
}

// forget drops the waiters whose context has ended: they are about to run.
func (c *Clock) forget() {
	var live []*waiter
	for _, w := range c.waiters {
		if w.ctx.Err() == nil {
			live = append(live, w)
		}
	}
	c.waiters = live
}

// step moves the clock to the first waiter that is due at limit or before, and
// wakes it. Without one the clock moves to limit, and step returns false.
func (c *Clock) step(limit time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget()
	first := -1
	for i, w := range c.waiters {
		if !w.at.After(limit) && (first < 0 || w.at.Before(c.waiters[first].at)) {
			first = i
		}
	}
	if first < 0 {
		c.now = limit
		return false
	}
	w := c.waiters[first]
	c.waiters = append(c.waiters[:first:first], c.waiters[first+1:]...)
	c.now = w.at
	w.done <- c.now
	return true
}
