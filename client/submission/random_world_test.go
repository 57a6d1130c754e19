package submission_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// world is one run: a service, a program that is started again and again, and what
// happens to both. Everything random in it comes from the seed.
type world struct {
	seed uint64
	rng  *rand.Rand
	net  *network
	root string // of the journals; the locks in it are real
	bug  bug    // that is planted
	weather
	service
	disk *memoryDisk

	mu  sync.Mutex // who is asked and who asks take turns
	now time.Time  // what the time really is

	approvals []*approval
	program   *process
	held      *process // its next POST is answered only when this is nil
	release   chan struct{}
	hits      map[string]bool // the faults that struck
	tracing   bool
	trace     []string
	bad       []string // what was found to be wrong
}

// birth is when every run begins.
var birth = time.Date(2026, time.March, 3, 9, 0, 0, 0, time.UTC)

func newWorld(seed uint64, n *network, root string, b bug) *world {
	w := &world{
		seed: seed, rng: rand.New(rand.NewPCG(seed, 0x616d70)), net: n, root: root, bug: b,
		disk: newDisk(), now: birth, hits: map[string]bool{},
	}
	w.weather = w.forecast()
	w.found()
	return w
}

// chance is true with a probability.
func (w *world) chance(p float64) bool { return p > 0 && w.rng.Float64() < p }

// between is a time between two.
func (w *world) between(least, most time.Duration) time.Duration {
	return least + time.Duration(w.rng.Float64()*float64(most-least))
}

// oneOf is one of some.
func oneOf[T any](w *world, all ...T) T { return all[w.rng.IntN(len(all))] }

// hit notes that a fault struck.
func (w *world) hit(fault string) {
	if !slices.Contains(faults, fault) {
		panic("no such fault: " + fault)
	}
	if !w.hits[fault] {
		w.hits[fault] = true
		w.tracef("fault %s", fault)
	}
}

func (w *world) tracef(format string, a ...any) {
	if w.tracing {
		w.trace = append(w.trace, fmt.Sprintf("%12s  ", w.now.Sub(birth).Truncate(time.Millisecond))+fmt.Sprintf(format, a...))
	}
}

// wrong notes that a rule is broken.
func (w *world) wrong(format string, a ...any) {
	text := fmt.Sprintf(format, a...)
	if !slices.Contains(w.bad, text) {
		w.bad = append(w.bad, text)
		w.tracef("WRONG: %s", text)
	}
}

// machineClock is the clock of the machine that the program runs on. Who waits for it
// moves it.
type machineClock struct {
	w      *world
	offset time.Duration
}

func (c *machineClock) Now() time.Time {
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	return c.w.now.Add(c.offset)
}

func (c *machineClock) Wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.w.mu.Lock()
	defer c.w.mu.Unlock()
	c.w.now = c.w.now.Add(d)
	return nil
}

// pass lets time pass.
func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}
