package command

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/muesli/termenv"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/project"
	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/style"
)

// interactive is the program that people see: it needs a terminal.
func interactive(ctx context.Context, f *flags, s streams) error {
	if f.demo == "help" {
		_, err := fmt.Fprintln(s.out, scenarios())
		return err
	}
	scenario, err := emulator.ParseScenario(f.demo)
	if err != nil {
		return usage("--demo: %w", err)
	}
	if err := f.enter(); err != nil {
		return err
	}
	own := userFolders()
	set, err := readSettings(own.configFile())
	if err != nil {
		return err
	}
	if !isTerminal(s) {
		return usage("this needs a terminal to draw on and to read keys from; ampedit --help lists the commands that need none")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	log := openLog(f.log, own.logs(), f.debug || os.Getenv("AMPEDIT_DEBUG") != "", time.Now())
	defer log.Close()
	log.Info("started", "version", version())

	c := connector{endpointURL: f.endpointURL, readOnly: f.readOnly || set.ReadOnly, logger: log.Logger, debug: log.debug}
	w := newWorkplace(s)
	defer w.Close()
	config := w.config(profile(s.out), set.protected(edit.ProtectedPatterns))
	if f.demo != "" {
		e, err := emulator.Start(emulator.Options{Scenario: scenario})
		if err != nil {
			return err
		}
		defer e.Close()
		config.Connect, config.Defaults = c.demo(e), demoDefaults(f)
	} else {
		config.Connect = c.connect
		config.Defaults = targetDefaults(f, os.Getenv, func() (*project.Project, error) { return project.Open(".") })
	}
	config.Resume = resumer(f)
	app := ui.New(ctx, config)
	if f.schema != "" {
		app.Edit().Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		app.Edit().Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), f.schema)
		app.Edit().Touch()
	}
	return report(runScreen(ctx, app, s, app.Editing, log.Logger), app, config.Resume, s, log)
}

// report says on the normal screen what came of it all, and makes the exit code.
func report(end ending, app *ui.App, resume resumeFunc, s streams, log *logFile) error {
	exit, whole := exitOf(app)
	if whole {
		fmt.Fprint(s.out, summary(exit, resume))
	}
	code := exitCode(exit)
	var failure error
	switch {
	case end.fault != nil:
		code, failure = ExitError, fmt.Errorf("stopped by a fault of its own: %v%s", client.Printable(client.Redact(end.fault.Err.Error())), log.where())
		log.Error("fault", "error", end.fault.Err, "stack", string(end.fault.Stack))
	case end.signal != nil:
		code = signalCode(end.signal)
		failure = fmt.Errorf("ended by a signal: %v", end.signal)
	case end.err != nil:
		code, failure = ExitError, fmt.Errorf("the screen failed: %w%s", end.err, log.where())
		log.Error("the screen failed", "error", end.err)
	}
	if log.err != nil {
		fmt.Fprintln(s.err, "ampedit: no log was kept:", log.err)
	}
	log.Info("ended", "code", code, "job", exit.JobID, "status", exit.Status)
	if code == ExitDone && failure == nil {
		return nil
	}
	return &exitError{code, failure}
}

// exitOf asks the program how things stood. After a fault its state may be
// damaged, so that asking fails as well; then whole is false.
func exitOf(app *ui.App) (exit ui.Exit, whole bool) {
	defer func() {
		if recover() != nil {
			exit, whole = ui.Exit{}, false
		}
	}()
	return app.Exit(), true
}

// resumeFunc gives the command that comes back to a job, "" if there is none.
type resumeFunc = func(edit.Target, *edit.Session, string) string

func resumer(f *flags) resumeFunc {
	if f.demo != "" { // its service ends with the program
		return func(edit.Target, *edit.Session, string) string { return "" }
	}
	endpoint := shownEndpoint(f.endpointURL, os.Getenv)
	return func(t edit.Target, s *edit.Session, jobID string) string {
		return resumeCommand(t, s, jobID, endpoint)
	}
}

func demoDefaults(f *flags) map[forms.Key]string {
	return map[forms.Key]string{
		forms.KeyRegion:       f.region,
		forms.KeyAppID:        cmp.Or(f.appID, emulator.SampleAppID),
		forms.KeyEnvironment:  cmp.Or(f.environment, emulator.SampleProd),
		forms.KeyResourceName: cmp.Or(f.resource, emulator.SampleResource),
	}
}

// isTerminal reports whether the program can draw and read keys.
func isTerminal(s streams) bool {
	return isatty.IsTerminal(s.in.Fd()) && isatty.IsTerminal(s.out.Fd()) && os.Getenv("TERM") != "dumb"
}

// profile returns the colours to use: the terminal's own sixteen or none. It
// follows the environment and asks the terminal nothing.
func profile(out io.Writer) termenv.Profile {
	if termenv.NewOutput(out).EnvColorProfile() == termenv.Ascii {
		return termenv.Ascii
	}
	return termenv.ANSI
}

// workplace is what the screen program needs of the machine: clipboard, editor
// and files.
type workplace struct {
	streams
	clipboard copier
	views     views
}

func newWorkplace(s streams) *workplace {
	return &workplace{streams: s, clipboard: newCopier(s.out, os.Getenv)}
}

// Close removes the temporary files.
func (w *workplace) Close() { w.views.Close() }

func (w *workplace) config(p termenv.Profile, protected []string) ui.Config {
	return ui.Config{
		Styles: style.New(p), Clock: client.SystemClock{}, Location: time.Local, Disk: schema.Disk{},
		Protected: protected, Copy: w.clipboard.copy, Write: writeNew, View: w.views.write,
		Editor: editor{getenv: os.Getenv, look: exec.LookPath, errOut: w.err}.command,
	}
}
