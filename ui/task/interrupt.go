package task

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Interrupted is why a context has ended that a signal ended.
type Interrupted struct{ Signal os.Signal }

// Error names the signal.
func (e *Interrupted) Error() string { return "ended by a signal: " + e.Signal.String() }

// Interruption is the life of a command that needs no terminal: it ends with the
// first SIGHUP, SIGINT or SIGTERM, or at its limit.
type Interruption struct {
	context.Context
	// Hard is closed by the second signal: nothing is waited for any more.
	Hard <-chan struct{}
	// Stop gives the signals back. It is to be called at the end.
	Stop func()
}

// Interruptible begins such a life; limit 0 is none.
func Interruptible(ctx context.Context, limit time.Duration) Interruption {
	stopLimit := func() {}
	if limit > 0 {
		ctx, stopLimit = context.WithTimeout(ctx, limit)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)
	hard, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		select {
		case s := <-signals:
			cancel(&Interrupted{s})
		case <-stopped:
			return
		}
		select {
		case <-signals:
			close(hard)
		case <-stopped:
		}
	}()
	return Interruption{Context: ctx, Hard: hard, Stop: func() {
		signal.Stop(signals)
		close(stopped)
		cancel(nil)
		stopLimit()
	}}
}

// SignalOf returns the signal that ended a context, nil if none did.
func SignalOf(ctx context.Context) os.Signal {
	var by *Interrupted
	if errors.As(context.Cause(ctx), &by) {
		return by.Signal
	}
	return nil
}

// Background runs work beside the program; the channel is closed when it is over.
func Background(work func()) (over <-chan struct{}) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	return done
}
