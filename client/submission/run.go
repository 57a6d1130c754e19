package submission

import (
	"context"
	"errors"
	"time"
)

// LastAnswer is how long the answer to an update that is on its way is waited for
// when the program is to end.
const LastAnswer = 5 * time.Second

// Runner drives a submission to its end in a loop.
type Runner struct {
	Deps
	// Hard is closed when what is under way is not waited for any more; nil never is.
	Hard <-chan struct{}
	// Took is told after each event, and may read the submission; nil for nobody.
	Took func()
}

// Run does step after step until the submission is over. When ctx ends, it is left:
// the answer to an update that is on its way is waited for a moment, and what is
// known is recorded.
func (r Runner) Run(ctx context.Context, s *Submission) {
	for {
		if ctx.Err() != nil {
			s.Leave(r.now(), why(ctx))
		}
		now := r.now()
		step, ok := s.Next(now)
		if !ok {
			r.took()
			return
		}
		if wait := step.At.Sub(now); wait > 0 {
			_ = r.Clock.Wait(ctx, wait) // its error is that of ctx, which is looked at next
			continue
		}
		if event, ok := r.await(ctx, step); ok && !event.cancelled(ctx) {
			s.Take(event)
		} else {
			s.Leave(r.now(), why(ctx))
		}
		r.took()
	}
}

// Once does what can be done without waiting for time to pass, and lets it rest then:
// what is known stays as it is.
func (r Runner) Once(ctx context.Context, s *Submission) {
	for ctx.Err() == nil {
		now := r.now()
		step, ok := s.Next(now)
		if !ok || step.At.After(now) {
			break
		}
		event := r.Do(ctx, step)
		if event.cancelled(ctx) {
			break
		}
		s.Take(event)
		r.took()
	}
	s.Rest()
	r.finish(ctx, s)
}

// Finish leaves a submission and does what must not be left half done.
func (r Runner) Finish(ctx context.Context, s *Submission, reason Reason) {
	s.Leave(r.now(), reason)
	r.finish(ctx, s)
}

func (r Runner) finish(ctx context.Context, s *Submission) {
	for {
		step, ok := s.Next(r.now())
		if !ok {
			return
		}
		s.Take(r.Do(ctx, step))
	}
}

func (r Runner) took() {
	if r.Took != nil {
		r.Took()
	}
}

// why is the reason for which a context has ended.
func why(ctx context.Context) Reason {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return ReasonTimeout
	}
	return ReasonSignal
}

// await does a step; false if an update's answer is not waited for any longer.
func (r Runner) await(ctx context.Context, step Step) (Event, bool) {
	if step.Kind != Post {
		return r.Do(ctx, step), true
	}
	done := make(chan Event, 1)
	go func() { done <- r.Do(ctx, step) }()
	select {
	case e := <-done:
		return e, true
	case <-r.Hard:
		return Event{}, false
	case <-ctx.Done():
	}
	grace, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	over := make(chan struct{})
	go func() {
		defer close(over)
		_ = r.Clock.Wait(grace, LastAnswer) // it ends one way or the other
	}()
	select {
	case e := <-done:
		return e, true
	case <-r.Hard:
	case <-over:
	}
	return Event{}, false
}
