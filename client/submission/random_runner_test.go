package submission_test

import (
	"context"

	"ampedit/client/submission"
)

// runner drives the submission as a command does, with a signal now and then.
func (l *process) runner() {
	w := l.w
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	left := -1
	if w.chance(0.3) {
		left = w.rng.IntN(60)
	}
	n := 0
	r := submission.Runner{Deps: l.deps, Hard: l.hard, Took: func() {
		w.judge(l)
		if n++; n == left || n == 40 && w.endlessJobs() {
			w.hit("signal")
			w.tracef("signal")
			cancel()
		}
		if n > mostSteps {
			w.wrong("it does not end: %d events", n)
			cancel()
		}
	}}
	if l.resumed && w.chance(0.4) {
		r.Once(ctx, l.s)
	} else {
		l.twice()
		r.Run(ctx, l.s)
	}
	l.letGo()
	w.judge(l)
}

// twice lets a second signal come while the next POST is answered.
func (l *process) twice() {
	w := l.w
	if w.chance(0.3) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.held, w.release = l, make(chan struct{})
	}
}

// waitForRelease gives the second signal, and keeps the answer until the program has
// left. The lock on the world is held by the caller.
func (w *world) waitForRelease() {
	l := w.held
	if l == nil {
		return
	}
	release := w.release
	w.held = nil
	w.hit("signal-twice")
	w.tracef("second signal")
	close(l.hard)
	w.mu.Unlock()
	<-release
	w.mu.Lock()
}

// letGo lets an answer go that was kept, and waits for the call to end.
func (l *process) letGo() {
	w := l.w
	w.mu.Lock()
	if w.release != nil {
		close(w.release)
		w.held, w.release = nil, nil
	}
	w.mu.Unlock()
	l.calls.Wait()
	select {
	case <-l.hard:
		l.hard = make(chan struct{})
	default:
	}
}
