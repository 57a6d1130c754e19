package command

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/mattn/go-isatty"

	"ampedit/client/emulator"
	"ampedit/client/project"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// interactive is the program that people see: it needs a terminal.
func interactive(ctx context.Context, f *flags, s streams) error {
	if f.demo == "help" {
		_, err := fmt.Fprintln(s.out, scenarios())
		return err
	}
	st, err := newStage(f)
	if err != nil {
		return err
	}
	if !isTerminal(s) {
		return usage("this needs a terminal to draw on and to read keys from; ampedit --help lists the commands that need none")
	}
	if err := st.open(); err != nil {
		return err
	}
	defer st.Close()
	return st.interact(ctx, s, "")
}

// interact shows the program, on a job to watch if one is named.
func (st *stage) interact(ctx context.Context, s streams, watchJob string) error {
	st.log.Info("started", "version", version())
	w := newWorkplace(s)
	defer w.Close()
	config := w.config(st.settings.protected(edit.ProtectedPatterns))
	config.Connect, config.Defaults, config.Journal = st.connect, st.defaults, st.journal
	config.Allowed, config.WatchJob = st.settings.Accounts, watchJob
	config.Resume = resumer(st.flags, os.Getenv)
	if st.emulator == nil {
		config.CheckIssuer = checkIssuer
		config.Local = localBase(sync.OnceValues(func() (*project.Project, error) { return project.Open(".") }), time.Now)
	}
	return show(ctx, st.flags, s, config, st.log)
}

// show draws the program until it ends, and says what came of it.
func show(ctx context.Context, f *flags, s streams, config ui.Config, log *logFile) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := ui.New(ctx, config)
	if f.schema != "" {
		answers := app.Edit().Answers
		answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), f.schema)
		app.Edit().Touch()
	}
	end := runScreen(ctx, app, s, app.Editing, log.Logger)
	return report(end, app, config.Resume, s, log)
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
