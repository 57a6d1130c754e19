// Package task is the one place where the interface starts background work. It
// gives each piece of work a context that ends with the program, turns a panic
// into a message, and counts what is under way.
package task

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Clock is the time as the interface sees it.
type Clock interface {
	Now() time.Time
	// Wait returns nil after d, or the context's error if that ends first.
	Wait(ctx context.Context, d time.Duration) error
}

// PanicMsg says that a piece of work panicked. The program ends on it.
type PanicMsg struct {
	Err   error
	Stack []byte
}

// Runner starts background work.
type Runner struct {
	ctx     context.Context
	cancel  context.CancelFunc
	clock   Clock
	running atomic.Int64
}

// NewRunner returns a runner whose work is cancelled by Stop or when ctx ends.
func NewRunner(ctx context.Context, clock Clock) *Runner {
	ctx, cancel := context.WithCancel(ctx)
	return &Runner{ctx: ctx, cancel: cancel, clock: clock}
}

// Stop cancels all work.
func (r *Runner) Stop() { r.cancel() }

// Running returns how many pieces of work are under way.
func (r *Runner) Running() int { return int(r.running.Load()) }

// Do returns a command that does the work. A nil message is dropped.
func (r *Runner) Do(work func(context.Context) tea.Msg) tea.Cmd {
	return r.do(r.ctx, work)
}

// After returns a command that gives msg after d.
func (r *Runner) After(d time.Duration, msg tea.Msg) tea.Cmd {
	return r.Do(func(ctx context.Context) tea.Msg {
		if r.clock.Wait(ctx, d) != nil {
			return nil
		}
		return msg
	})
}

func (r *Runner) do(ctx context.Context, work func(context.Context) tea.Msg) tea.Cmd {
	return func() (msg tea.Msg) {
		r.running.Add(1)
		defer r.running.Add(-1)
		defer func() {
			if p := recover(); p != nil {
				err, ok := p.(error)
				if !ok {
					err = fmt.Errorf("%v", p)
				}
				msg = PanicMsg{Err: err, Stack: debug.Stack()}
			}
		}()
		return work(ctx)
	}
}

// Latest runs work of which only the newest counts: starting a new piece cancels
// the one before. Results carry the generation, so that a late one is known.
type Latest struct {
	runner     *Runner
	generation int
	cancel     context.CancelFunc
}

// NewLatest returns a Latest on the runner.
func NewLatest(r *Runner) *Latest { return &Latest{runner: r} }

// Do cancels the work before and returns a command that does this one.
func (l *Latest) Do(work func(ctx context.Context, generation int) tea.Msg) tea.Cmd {
	l.Cancel()
	ctx, cancel := context.WithCancel(l.runner.ctx)
	l.cancel = cancel
	generation := l.generation
	return l.runner.do(ctx, func(ctx context.Context) tea.Msg {
		defer cancel()
		return work(ctx, generation)
	})
}

// Cancel ends the work that is under way, if any.
func (l *Latest) Cancel() {
	l.generation++
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
}

// Current reports whether a result of that generation still counts.
func (l *Latest) Current(generation int) bool { return generation == l.generation }
