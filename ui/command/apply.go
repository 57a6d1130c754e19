package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ampedit/ui/edit"
	"ampedit/ui/host"
	"ampedit/ui/task"
)

// applyFlags are what apply takes beside the flags of every command on a backend.
type applyFlags struct {
	*flags
	yes, acceptErrors, acceptLosses bool
	renew, noWait, json             bool
	confirm, expect                 string
	ignoreJobs                      []string
	timeout, waitForJobs            time.Duration
}

func newApply(s *host.Streams) *cobra.Command {
	f := &applyFlags{flags: &flags{}}
	cmd := &cobra.Command{
		Use:   "apply [FILE]",
		Short: "Make a change without a terminal: plan, send once, watch, read back",
		Long: `Reads what is deployed, puts what FILE and --schema want into it, prints the plan,
and with --yes sends it once and watches the job until it ends. It never asks: what
it needs beyond --yes it names, and sends nothing. FILE is a request kept as JSON or
YAML, or - for standard input; what it does not state stays as it is deployed, and
null or "" says that a member is empty.

The first ctrl+c waits a moment for the answer to a request that is on its way, the
second leaves at once.`,
		Annotations: map[string]string{moreHelp: applyEventsHelp},
		Args:        atMostOneFile("apply"),
		RunE: func(cmd *cobra.Command, args []string) error {
			st, err := newStage(f.flags)
			if err != nil {
				return err
			}
			return f.run(cmd.Context(), s, st, append(args, "")[0], nil)
		},
	}
	f.register(cmd)
	f.registerApply(cmd)
	return cmd
}

func atMostOneFile(name string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 1 {
			return usage("%s takes one file, but got %d", name, len(args))
		}
		return nil
	}
}

// registerApply adds the flags of a change that is made without a terminal.
func (f *applyFlags) registerApply(cmd *cobra.Command) {
	set := cmd.Flags()
	set.BoolVar(&f.yes, "yes", false, "send; without it the plan is printed and nothing is sent")
	set.StringVar(&f.confirm, "confirm", "", "`name` of the environment, needed if it is protected or\nthe change is destructive")
	set.StringVar(&f.expect, "expect", "", "send only if the plan has this `hash`, as plan prints it:\nall of it, or its first 7 digits or more")
	set.BoolVar(&f.acceptErrors, "accept-schema-errors", false, "send though the checker finds errors in the schema")
	set.BoolVar(&f.acceptLosses, "accept-losses", false, "send though the backend has what no request can carry")
	set.BoolVar(&f.renew, "renew", false, "send though nothing differs, which starts an API key's life anew")
	set.DurationVar(&f.waitForJobs, "wait-for-jobs", 0, "wait for at most `duration` if another job holds the environment")
	set.StringArrayVar(&f.ignoreJobs, "ignore-job", nil, "pass over the job with this `id`, which will not end;\nmay be repeated")
	set.BoolVar(&f.noWait, "no-wait", false, "leave once the job has started")
	set.DurationVar(&f.timeout, "timeout", time.Hour, "end the whole run after `duration`; a job goes on")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
}

// run applies the change: what a file and the flags want, or what a receipt says was
// deployed before.
func (f *applyFlags) run(ctx context.Context, s *host.Streams, st *stage, file string, back *edit.Receipt) error {
	if err := f.checkExpect(); err != nil {
		return err
	}
	if err := st.open(s.Err); err != nil {
		return err
	}
	defer st.Close()
	life := task.Interruptible(ctx, f.timeout)
	defer life.Stop()
	return ended(life, f.applier(s, st, back, life.Hard).apply(life, file))
}

// ended gives an error its exit code: that of the signal, if one came before
// anything was sent.
func ended(ctx context.Context, err error) error {
	var exit *exitError
	known := errors.As(err, &exit)
	if s := task.SignalOf(ctx); s != nil && (err == nil || !known || exit.code == ExitError) {
		return &exitError{host.SignalCode(s), err}
	}
	if known || err == nil {
		return err
	}
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		err = fmt.Errorf("the time that --timeout gives is over: %w", err)
	}
	return &exitError{ExitError, err}
}

// applier makes what carries the change out.
func (f *applyFlags) applier(s *host.Streams, st *stage, back *edit.Receipt, hard <-chan struct{}) *applier {
	a := &applier{planner: f.planner(s, st, back), flags: f, hard: hard, resume: resumer(f.flags, os.Getenv)}
	if st.log != nil {
		a.log = st.log.Logger
	}
	return a
}

// planner makes what plans the change.
func (f *applyFlags) planner(s *host.Streams, st *stage, back *edit.Receipt) *planner {
	return &planner{
		flags: f.flags, in: s.In(), events: &events{out: s.Out, json: f.json, now: st.clock.Now},
		edit: st.edit(), connect: st.connect, journal: st.journal, clock: st.clock, back: back,
	}
}
