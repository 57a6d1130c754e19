package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

func newGiveUp(s *host.Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "give-up ID",
		Short: "Look no further after what was sent, and never ask about it again",
		Long: `Closes a receipt of which something could still be found out: whether a request
whose answer was lost started a job, or how a job ended. What is known stays as it
is, and no later start looks after it. Nothing is sent.`,
		Args: receiptArgs(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := openJournal(userFolders())
			if err != nil {
				return err
			}
			r, err := receipt(args[0])
			if err != nil {
				return err
			}
			if err := giveUp(cmd.Context(), j, r); err != nil {
				return err
			}
			return s.Out.Line("receipt %s is closed: %s", r.ID, r.Verdict)
		},
	}
	cmd.Flags().BoolP("help", "h", false, "print this text")
	return cmd
}

// giveUp closes an open receipt, unless another program is just at it.
func giveUp(ctx context.Context, j *journal.Journal, r *edit.Receipt) error {
	sub, clock := submission.Resume(*r, submission.Options{}), client.SystemClock{}
	if sub.Over() {
		return fmt.Errorf("nothing remains to be found out about receipt %s: %s", r.ID, submission.Result(r))
	}
	lock, err := j.Lock(r.Target)
	if err != nil {
		return fmt.Errorf("receipt %s cannot be given up now: %w", r.ID, err)
	}
	defer lock.Release() //nolint:errcheck // it ends with the program at the latest
	sub.GiveUp(clock.Now())
	submission.Runner{Deps: submission.Deps{Journal: j, Clock: clock}}.Once(ctx, sub)
	return sub.KeepErr()
}
