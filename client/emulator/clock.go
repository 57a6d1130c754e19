package emulator

import (
	"sync"
	"time"
)

// Clock tells the time by which jobs run and signatures are judged, and waits
// for it to pass.
type Clock interface {
	Now() time.Time
	After(d time.Duration) <-chan time.Time
}

type systemClock struct{}

func (systemClock) Now() time.Time                         { return time.Now() }
func (systemClock) After(d time.Duration) <-chan time.Time { return time.After(d) }

// ManualClock is a [Clock] that stands still until it is told to advance. It is
// safe for concurrent use.
type ManualClock struct {
	mu      sync.Mutex
	changed *sync.Cond // a waiter came or went
	now     time.Time
	waiters []waiter
}

type waiter struct {
	at time.Time
	ch chan time.Time
}

// NewManualClock returns a clock that shows now.
func NewManualClock(now time.Time) *ManualClock {
	c := &ManualClock{now: now}
	c.changed = sync.NewCond(&c.mu)
	return c
}

// Now returns the time the clock shows.
func (c *ManualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After returns a channel that gets the time once the clock has advanced by d.
func (c *ManualClock) After(d time.Duration) <-chan time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	ch := make(chan time.Time, 1)
	if d <= 0 {
		ch <- c.now
		return ch
	}
	c.waiters = append(c.waiters, waiter{c.now.Add(d), ch})
	c.changed.Broadcast()
	return ch
}

// Advance moves the clock forward by d and wakes whoever waited for that.
func (c *ManualClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	var waiting []waiter
	for _, w := range c.waiters {
		if w.at.After(c.now) {
			waiting = append(waiting, w)
			continue
		}
		w.ch <- c.now
	}
	c.waiters = waiting
	c.changed.Broadcast()
}

// BlockUntil returns once at least n callers of After wait for the clock. Tests
// call it before Advance, so that they need not guess when a request arrived.
func (c *ManualClock) BlockUntil(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiters) < n {
		c.changed.Wait()
	}
}
