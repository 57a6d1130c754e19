package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ampedit/client"
	"ampedit/ui"
)

// leaver is the program after its screen has closed.
type leaver interface {
	// Finish does what must not be left half done.
	Finish(context.Context)
	Exit() ui.Exit
	KeepDraft() (bool, error)
}

// report says on the normal screen what came of it all, and keeps what was typed
// and not sent. Its error carries the exit code.
func report(end ending, app leaver, resume resumeFunc, s streams, log *logFile) error {
	x, whole := exitOf(app)
	if whole {
		fmt.Fprint(s.out, summary(x, resume, time.Now()))
	}
	kept, err := keepDraft(app.KeepDraft)
	switch {
	case err != nil:
		log.Error("the draft was not kept", "error", err)
		fmt.Fprintln(s.err, "ampedit: what you typed could not be kept as a draft:", oneLine(err))
	case kept:
		fmt.Fprintln(s.out, "what you typed is kept as a draft; the next start offers it")
	}
	if log.err != nil {
		fmt.Fprintln(s.err, "ampedit: no log was kept:", log.err)
	}
	err = end.failure(log)
	if code := exitCode(x); code != ExitDone && (err == nil || end.signal != nil && code != ExitError) {
		err = &exitError{code: code} // what is known counts more than a signal
	}
	if sub := x.Submission; sub != nil {
		logSubmission(log.Logger, sub)
	}
	return err
}

// exitOf asks the program how things stood. After a fault its state may be
// damaged, so that asking fails as well; then whole is false.
func exitOf(app leaver) (x ui.Exit, whole bool) {
	defer func() {
		if recover() != nil {
			x, whole = ui.Exit{}, false
		}
	}()
	app.Finish(context.Background())
	return app.Exit(), true
}

// keepDraft saves what was typed. After a fault that may fail as well.
func keepDraft(keep func() (bool, error)) (kept bool, err error) {
	defer func() {
		if p := recover(); p != nil {
			kept, err = false, fault(p).Err
		}
	}()
	return keep()
}

// failure is what ended the screen unless the user left. The details go to the
// log.
func (e ending) failure(log *logFile) error {
	switch {
	case e.fault != nil:
		log.Error("fault", "error", e.fault.Err, "stack", string(e.fault.Stack))
		text := client.Printable(client.Redact(e.fault.Err.Error()))
		return &exitError{ExitError, errors.New("stopped by a fault of its own: " + text + log.where())}
	case e.signal != nil:
		log.Warn("signal", "signal", e.signal.String())
		return &exitError{signalCode(e.signal), fmt.Errorf("ended by a signal: %v", e.signal)}
	case e.err != nil:
		log.Error("the screen failed", "error", e.err)
		return &exitError{ExitError, fmt.Errorf("the screen failed: %w%s", e.err, log.where())}
	}
	return nil
}
