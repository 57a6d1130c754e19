package command

import (
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client"
	"ampedit/client/files"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/host"
	"ampedit/ui/style"
)

// interactive is the program that people see, on a kept request if the arguments
// name one: it needs a terminal.
func interactive(cmd *cobra.Command, f *flags, s *host.Streams, args []string) error {
	if f.demo == "help" {
		return s.Out.Line("%s", sanitize.Lines(scenarios()))
	}
	st, err := newStage(f)
	if err != nil {
		return err
	}
	if len(args) > 0 {
		if st.file, err = openNamed(cmd, args[0]); err != nil {
			return err
		}
		st.flags = withFile(*f, st.file)
	}
	if !s.Interactive(os.Getenv("TERM")) {
		return usage("this needs a terminal to draw on and to read keys from; ampedit --help lists the commands that need none")
	}
	st.codes = host.NewCodes()
	if err := st.open(s.Err); err != nil {
		return err
	}
	defer st.Close()
	return st.interact(cmd.Context(), s, nil, false)
}

// interact shows the program; for watching, on what is to be watched, or on the
// environment's jobs.
func (st *stage) interact(ctx context.Context, s *host.Streams, watch *submission.Submission, watching bool) error {
	st.log.Info("started", "version", version())
	s.LogTo(st.log.Logger)
	views := new(host.Views)
	defer views.Close()
	config := ui.Config{
		Styles: style.New(s.Colours()), Clock: client.SystemClock{}, Location: time.Local, Disk: files.Disk{},
		Policy: st.policy,
		Copy:   s.Clipboard(os.Getenv).Copy, Write: host.WriteNew, View: views.Write,
		JobControl: host.JobControl(), Login: s.Login().Run, Editor: s.Editor(os.Getenv).Command,
	}
	config.Connect, config.Origins, config.Journal = st.connect, st.origins, st.journal
	config.NextCode = st.codes.Next
	config.Watch, config.ChooseJob = watch, watching && watch == nil
	config.Resume = resumer(st.flags, os.Getenv)
	if st.emulator == nil {
		config.CheckIssuer = checkIssuer
		config.Local = localBase(projectOnce(), time.Now)
	}
	config.Bell = st.settings.bell(s.Bell)
	return st.show(ctx, s, config)
}

// show draws the program until it ends, and says what came of it.
func (st *stage) show(ctx context.Context, s *host.Streams, config ui.Config) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	app := ui.New(ctx, config)
	if st.file != nil {
		openIn(app, st.file, st.origins)
	}
	if path := st.flags.schema; path != "" {
		answers := app.Edit().Answers
		answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), path)
		app.Edit().Touch()
	}
	end := s.Show(ctx, app, app.Editing, st.log.Logger)
	return report(end, app, config.Resume, s, st.log)
}
