package command

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"ampedit/ui/host"
	"ampedit/ui/task"
)

func newPlan(s *host.Streams) *cobra.Command {
	f := &applyFlags{flags: &flags{}}
	detailed := false
	cmd := &cobra.Command{
		Use:   "plan [FILE]",
		Short: "Print what apply would change, and a hash that apply --expect takes",
		Long: `Reads what is deployed, puts what FILE and --schema want into it, and prints what
would change, the worst first, with a hash over the request and what it was made
against. It sends nothing; what would keep apply from sending comes first. FILE is a
request kept as JSON or YAML, or - for standard input; what it does not state stays as
it is deployed, and null or "" says that a member is empty.`,
		Annotations: map[string]string{moreHelp: planEventsHelp},
		Args:        atMostOneFile("plan"),
		RunE: func(cmd *cobra.Command, args []string) error {
			st, err := newStage(f.flags)
			if err != nil {
				return err
			}
			if err := st.open(s.Err); err != nil {
				return err
			}
			defer st.Close()
			life := task.Interruptible(cmd.Context(), f.timeout)
			defer life.Stop()
			return ended(life, f.plan(life, f.planner(s, st, nil), append(args, "")[0], detailed))
		},
	}
	f.register(cmd)
	set := cmd.Flags()
	set.BoolVar(&detailed, "detailed-exitcode", false, "exit with 7 if there is something to change")
	set.BoolVar(&f.renew, "renew", false, "count a renewal of the API key alone as something to change")
	set.DurationVar(&f.timeout, "timeout", time.Hour, "end the whole run after `duration`")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
	return cmd
}

// plan prints the plan, and what would keep it from being sent from here.
func (f *applyFlags) plan(ctx context.Context, p *planner, file string, detailed bool) error {
	if err := p.begin(ctx, file); err != nil {
		return err
	}
	plan, _, err := p.plan(ctx)
	if err != nil {
		return err
	}
	if err := blocked(plan); err != nil {
		return err
	}
	switch changes := len(plan.Changes); {
	case changes == 0 && !f.renew:
		p.events.say("nothing", "nothing differs from what is deployed")
	case detailed && (changes > 0 || plan.HasKey):
		return &exitError{code: ExitChanges}
	}
	return nil
}
