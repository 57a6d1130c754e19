package command

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"ampedit/ui/edit"
)

// applyFlags are what apply takes beside the flags of every command on a backend.
type applyFlags struct {
	*flags
	yes, acceptErrors, acceptLosses bool
	renew, noWait, json             bool
	confirm                         string
	timeout                         time.Duration
}

func newApply(s streams) *cobra.Command {
	f := &applyFlags{flags: &flags{}}
	cmd := &cobra.Command{
		Use:   "apply [FILE]",
		Short: "Make a change without a terminal: plan, send once, watch, read back",
		Long: `Reads what is deployed, puts what FILE and --schema want into it, prints the plan,
and with --yes sends it once and watches the job until it ends. It never asks: what
it needs beyond --yes it names, and sends nothing. FILE is a request kept as JSON or
YAML, or - for standard input; what it does not say stays as it is deployed.`,
		Annotations: map[string]string{moreHelp: applyEventsHelp},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("apply takes one file, but got %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			file := ""
			if len(args) == 1 {
				file = args[0]
			}
			st, err := newStage(f.flags)
			if err != nil {
				return err
			}
			return f.run(cmd.Context(), s, st, file, nil)
		},
	}
	f.register(cmd)
	f.registerApply(cmd)
	return cmd
}

// registerApply adds the flags of a change that is made without a terminal.
func (f *applyFlags) registerApply(cmd *cobra.Command) {
	set := cmd.Flags()
	set.BoolVar(&f.yes, "yes", false, "send; without it the plan is printed and nothing is sent")
	set.StringVar(&f.confirm, "confirm", "", "`name` of the environment, needed if it is protected or the change\nis destructive")
	set.BoolVar(&f.acceptErrors, "accept-schema-errors", false, "send though the checker finds errors in the schema")
	set.BoolVar(&f.acceptLosses, "accept-losses", false, "send though the backend has what no request can carry")
	set.BoolVar(&f.renew, "renew", false, "send though nothing differs, which starts an API key's life anew")
	set.BoolVar(&f.noWait, "no-wait", false, "leave once the job has started")
	set.DurationVar(&f.timeout, "timeout", time.Hour, "watch the job for at most `duration`; it goes on all the same")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
}

// run applies the change: what a file and the flags want, or what a receipt says was
// deployed before.
func (f *applyFlags) run(ctx context.Context, s streams, st *stage, file string, back *edit.Receipt) error {
	if err := st.open(); err != nil {
		return err
	}
	defer st.Close()
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	err := f.applier(s, st, back).apply(ctx, file)
	var exit *exitError
	if errors.As(err, &exit) || err == nil {
		return err
	}
	return &exitError{ExitError, err}
}

// applier makes what carries the change out.
func (f *applyFlags) applier(s streams, st *stage, back *edit.Receipt) *applier {
	return &applier{
		flags: f, settings: st.settings, in: s.in, events: &events{w: s.out, json: f.json, now: st.clock.Now},
		edit: edit.New(st.clock.Now), connect: st.connect, defaults: st.defaults, journal: st.journal, clock: st.clock,
		resume: resumer(f.flags, os.Getenv), back: back,
	}
}
