package command

import (
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client/journal"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

const historyHelp = `With --json an object a line: id, time (RFC 3339), target, verdict (not started,
started, done, unconfirmed, failed, unknown), reason, job, result, summary; or
unreadable: why a file of the journal could not be understood.`

// historyFlags say which receipts to list.
type historyFlags struct {
	appID, environment string
	json               bool
}

func newHistory(s *host.Streams) *cobra.Command {
	f := &historyFlags{}
	cmd := &cobra.Command{
		Use:   "history",
		Short: "List what was sent from here; show, compare and put back",
		Long: `Lists the receipts of what was sent from here, newest first. Each says what was
approved, what became of it, and what was deployed before.`,
		Annotations: map[string]string{moreHelp: historyHelp},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("%q is no command of history; %s --help lists them", args[0], cmd.CommandPath())
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return f.list(s.Out) },
	}
	set := cmd.Flags()
	set.SortFlags = false
	set.StringVar(&f.appID, "app-id", "", "only of the Amplify app with this `id`")
	set.StringVar(&f.environment, "env", "", "only of the backend environment with this `name`")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
	set.BoolP("help", "h", false, "print this text")
	cmd.AddCommand(newHistoryShow(s), newHistoryDiff(s), newPutBack(s), newGiveUp(s))
	return cmd
}

// maxListed is how many receipts are listed.
const maxListed = 1000

func (f *historyFlags) list(out *host.Printer) error {
	j, err := openJournal(userFolders())
	if err != nil {
		return err
	}
	h, err := edit.ReadHistory(j, journal.Target{AppID: f.appID, Environment: f.environment}, maxListed)
	if err != nil {
		return err
	}
	if f.json {
		return listJSON(out, h)
	}
	if err := listTable(out, h); err != nil {
		return fmt.Errorf("print the receipts: %w", err)
	}
	return nil
}

// listTable prints the receipts as a table, then what could not be read.
func listTable(out *host.Printer, h edit.History) error {
	if len(h.Receipts) == 0 {
		if err := out.Line("nothing was sent from here"); err != nil {
			return err
		}
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i := range h.Receipts {
		r := &h.Receipts[i]
		fmt.Fprintln(table, sanitize.Format("%s\t%s\t%s / %s / %s\t%s\t%s", r.ID, r.Time.Local().Format("2 Jan 2006 15:04"),
			r.Target.AppID, r.Target.Environment, r.Target.ResourceName, submission.Result(r), edit.ReceiptSummary(r)))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	if h.More {
		h.Unreadable = append(h.Unreadable, fmt.Sprintf("there are more than these %d; --app-id and --env choose among them", maxListed))
	}
	for _, line := range h.Unreadable {
		if err := out.Line("%s", line); err != nil {
			return err
		}
	}
	return nil
}

// listed is a receipt as it is listed by --json.
type listed struct {
	ID         string       `json:"id,omitempty"`
	Time       time.Time    `json:"time,omitzero"`
	Target     *eventTarget `json:"target,omitempty"`
	Verdict    string       `json:"verdict,omitempty"`
	Reason     string       `json:"reason,omitempty"`
	Job        string       `json:"job,omitempty"`
	Result     string       `json:"result,omitempty"`
	Summary    string       `json:"summary,omitempty"`
	Unreadable string       `json:"unreadable,omitempty"`
}

func listJSON(out *host.Printer, h edit.History) error {
	for i := range h.Receipts {
		r := &h.Receipts[i]
		err := out.JSON(listed{
			ID: r.ID, Time: r.Time, Target: &eventTarget{r.Target.AppID, r.Target.Environment, r.Target.ResourceName},
			Verdict: r.Verdict, Reason: r.Reason, Job: r.JobID, Result: submission.Result(r), Summary: edit.ReceiptSummary(r),
		}, "")
		if err != nil {
			return fmt.Errorf("print the receipts: %w", err)
		}
	}
	for _, line := range h.Unreadable {
		if err := out.JSON(listed{Unreadable: line}, ""); err != nil {
			return fmt.Errorf("print the receipts: %w", err)
		}
	}
	return nil
}
