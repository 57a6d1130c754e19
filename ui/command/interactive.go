package command

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"time"

	"github.com/mattn/go-isatty"

	"ampedit/client/emulator"
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
	log := openLog(f.log, own.logs(), f.debug || os.Getenv("AMPEDIT_DEBUG") != "", time.Now())
	defer log.Close()
	log.Info("started", "version", version())
	w := newWorkplace(s)
	defer w.Close()

	config := w.config(set.protected(edit.ProtectedPatterns))
	c := connector{endpointURL: f.endpointURL, readOnly: f.readOnly || set.ReadOnly, logger: log.Logger, debug: log.debug}
	if f.demo != "" {
		e, err := emulator.Start(emulator.Options{Scenario: scenario})
		if err != nil {
			return err
		}
		defer e.Close()
		config.Connect, config.Defaults = c.demo(e), demoDefaults(f)
	} else {
		config.Connect = c.connect
		config.Defaults = projectDefaults(f)
	}
	config.Resume = resumer(f, os.Getenv)
	return show(ctx, f, s, config, log)
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
	return report(end, app.Exit, config.Resume, s, log)
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
