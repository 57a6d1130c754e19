package command

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"ampedit/client/submission"
	"ampedit/ui"
	"ampedit/ui/host"
)

// leaver is the program after its screen has closed.
type leaver interface {
	// Finish does what must not be left half done.
	Finish(context.Context)
	Exit() ui.Exit
	KeepDraft() (ui.Kept, error)
}

// report says on the normal screen what came of it all, and keeps what was typed
// and not sent. Its error carries the exit code.
func report(end host.Ending, app leaver, resume resumeFunc, s *host.Streams, log *host.Log) error {
	x, whole := exitOf(app)
	if whole {
		_ = s.Out.Print(summary(x, resume, time.Now())) // the exit code says what matters
	}
	kept, err := keepDraft(app.KeepDraft)
	switch {
	case err != nil:
		log.Error("the draft was not kept", "error", err)
		_ = s.Err.Line("ampedit: what you typed could not be kept as a draft: %v", err)
	case kept.Typed && kept.Sent:
		_ = s.Out.Line("what you typed is kept until it is known to be in effect")
	case kept.Typed:
		_ = s.Out.Line("what you typed is kept as a draft; the next start offers it")
	}
	if err == nil && len(kept.Missing) > 0 {
		_ = s.Err.Line("ampedit: not kept in the draft, because it holds a secret: %s", strings.Join(kept.Missing, "; "))
	}
	err = failure(end, log)
	if code := exitCode(x); code != ExitDone && (err == nil || end.Signal != nil && code != ExitError) {
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
func keepDraft(keep func() (ui.Kept, error)) (kept ui.Kept, err error) {
	defer func() {
		if p := recover(); p != nil {
			kept, err = ui.Kept{}, host.Fault(p).Err
		}
	}()
	return keep()
}

// failure is what ended the screen unless the user left. The details go to the
// log.
func failure(e host.Ending, log *host.Log) error {
	switch {
	case e.Fault != nil:
		log.Error("fault", "error", e.Fault.Err, "stack", string(e.Fault.Stack))
		return &exitError{ExitError, fmt.Errorf("internal error: %w%s", e.Fault.Err, log.Where())}
	case e.Signal != nil:
		log.Warn("signal", "signal", e.Signal.String())
		return &exitError{host.SignalCode(e.Signal), fmt.Errorf("ended by a signal: %v", e.Signal)}
	case e.Err != nil:
		log.Error("the screen failed", "error", e.Err)
		return &exitError{ExitError, fmt.Errorf("the screen failed: %w%s", e.Err, log.Where())}
	}
	return nil
}

// logSubmission writes into the log what happened to a submission and what is known of
// it, in the words of every face.
func logSubmission(log *slog.Logger, sub *submission.Submission) {
	for _, e := range sub.History() {
		log.Info(string(e.Kind), "at", e.At.UTC(), "text", e.Text)
	}
	for _, l := range sub.Lines() {
		log.Info("submission", "text", l.Text)
	}
	log.Info("ended", "text", sub.Headline().Text, "verdict", string(sub.Verdict()), "reason", string(sub.Reason()), "job", sub.JobID(), "receipt", sub.Receipt().ID)
}
