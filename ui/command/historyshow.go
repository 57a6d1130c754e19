package command

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

func newHistoryShow(s *host.Streams) *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show a whole receipt; the beginning of its id will do",
		Args:  receiptArgs(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := receipt(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return s.Out.JSON(r, "  ")
			}
			return s.Out.Print(edit.ReceiptText(r, time.Local))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the receipt as JSON, with the configurations before and sent")
	cmd.Flags().BoolP("help", "h", false, "print this text")
	return cmd
}

func newHistoryDiff(s *host.Streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "diff ID [ID2]",
		Short: "Compare what was deployed before with what was sent, or what two receipts sent",
		Args:  receiptArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			r, err := receipt(args[0])
			if err != nil {
				return err
			}
			if len(args) == 1 {
				if r.Before == nil {
					return fmt.Errorf("receipt %s has nothing to compare with: %w", r.ID, edit.CanPutBack(r))
				}
				return printDifference(s.Out, r, "before", "sent", r.Before, r.Sent)
			}
			other, err := receipt(args[1])
			if err != nil {
				return err
			}
			return printDifference(s.Out, r, r.ID, other.ID, r.Sent, other.Sent)
		},
	}
	cmd.Flags().BoolP("help", "h", false, "print this text")
	return cmd
}

// receiptArgs checks how many receipts are named.
func receiptArgs(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usage("%s needs the id of a receipt; ampedit history lists them", cmd.CommandPath())
		}
		return nil
	}
}

// receipt reads one receipt of the user's journal.
func receipt(id string) (*edit.Receipt, error) {
	j, err := openJournal(userFolders())
	if err != nil {
		return nil, err
	}
	r, err := j.Get(id)
	if err != nil {
		return nil, fmt.Errorf("%w; ampedit history lists the receipts", err)
	}
	return r, nil
}

// printDifference prints what tells two configurations apart: in words, then by
// lines.
func printDifference(out *host.Printer, r *edit.Receipt, fromName, toName string, from, to *wire.ResourceConfig) error {
	changes := forms.Between(from, to, r.Time)
	if len(changes) == 0 {
		return out.Line("nothing differs")
	}
	text := sanitize.Line(forms.Summary(changes)) + "\n"
	for _, c := range changes {
		text += sanitize.Format("  %s %s  (%s)\n      %s\n", string(c.Symbol), c.Path, c.Risk, c.Values())
	}
	return out.Print(text + "\n" + sanitize.Lines(edit.Patch(r.Target.ResourceName, fromName, toName, from, to)))
}
