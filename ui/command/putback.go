package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"ampedit/ui/edit"
	"ampedit/ui/host"
)

func newPutBack(s *host.Streams) *cobra.Command {
	f := &applyFlags{flags: &flags{}}
	cmd := &cobra.Command{
		Use:   "put-back ID",
		Short: "Deploy again what was deployed before a receipt",
		Long: `Makes an ordinary change back to the configuration that was deployed before the
receipt: it reads what is deployed now, prints the plan, and with --yes sends it once
and watches the job until it ends. What it needs beyond --yes it names, and sends
nothing. Rows and clients are not put back: the plan says what the change does.`,
		Annotations: map[string]string{moreHelp: applyEventsHelp},
		Args:        receiptArgs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			st, err := newStage(f.flags)
			if err != nil {
				return err
			}
			r, err := receipt(args[0])
			if err != nil {
				return err
			}
			if err := edit.CanPutBack(r); err != nil {
				return fmt.Errorf("receipt %s cannot be put back: %w", r.ID, err)
			}
			f.region, f.appID, f.environment, f.resource = r.Target.Region, r.Target.AppID, r.Target.Environment, r.Target.ResourceName
			return f.run(cmd.Context(), s, st, "", r)
		},
	}
	all := &cobra.Command{}
	f.register(all)
	cmd.Flags().SortFlags = false
	for _, name := range []string{"profile", "endpoint-url", "dir", "read-only", "log", "debug", "help"} {
		cmd.Flags().AddFlag(all.Flags().Lookup(name))
	}
	f.registerApply(cmd)
	return cmd
}
