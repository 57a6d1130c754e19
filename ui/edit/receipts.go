package edit

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"ampedit/client/journal"
	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/forms"
)

// Receipt is a submission and what came of it.
type Receipt = journal.Receipt

// History are the receipts of a target, newest first.
type History struct {
	Receipts []Receipt
	// Unreadable say which files could not be understood, and why.
	Unreadable []string
	// More says that there are older ones.
	More bool
}

// ReadHistory reads the newest receipts of a target, at most limit. Empty members
// of the target match anything.
func ReadHistory(j *journal.Journal, t journal.Target, limit int) (History, error) {
	list, err := j.List(t, limit)
	if err != nil {
		return History{}, fmt.Errorf("read the receipts: %w", err)
	}
	h := History{Receipts: list.Receipts, More: list.More}
	for _, u := range list.Unreadable {
		h.Unreadable = append(h.Unreadable, u.Error())
	}
	return h, nil
}

// ReceiptPlace names the target whose receipts are meant, in any account.
func ReceiptPlace(region string, t Target) journal.Target { return place(region, t) }

// ReceiptTarget returns the target that a receipt is about.
func ReceiptTarget(r *Receipt) Target {
	return Target{AppID: r.Target.AppID, Environment: r.Target.Environment, ResourceName: r.Target.ResourceName}
}

// ReceiptSummary counts the changes of a receipt.
func ReceiptSummary(r *Receipt) string {
	changes := make([]forms.Change, len(r.Changes))
	for i, c := range r.Changes {
		symbol, _ := utf8.DecodeRuneInString(c.Symbol)
		changes[i].Symbol = forms.Symbol(symbol)
	}
	return forms.Summary(changes)
}

// ReceiptText is a whole receipt for people, with times in a time zone.
func ReceiptText(r *Receipt, loc *time.Location) sanitize.Text {
	var text sanitize.Text
	line := func(name, value string) {
		if value != "" {
			text += sanitize.Format("%-10s%s\n", name, value)
		}
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.In(loc).Format("Mon 2 Jan 2006 15:04:05 MST")
	}
	line("receipt", r.ID)
	line("approved", at(r.Time))
	for i, attempt := range r.Attempts {
		line("attempt", fmt.Sprintf("%d at %s: %s", i+1, at(attempt.Left), orOpen(attempt.End)))
	}
	line("answered", at(r.AnsweredAt))
	line("target", r.Target.AppID+" / "+r.Target.Environment+" / "+r.Target.ResourceName)
	line("account", strings.TrimSpace(r.Target.Account+"  "+r.Target.Region))
	line("caller", r.CallerARN)
	line("request", "SHA-256 "+r.RequestHash)
	line("passed over", strings.Join(r.PassedOver, ", "))
	line("verdict", strings.TrimSpace(r.Verdict+"  "+r.Reason))
	line("error", r.Error)
	line("job", strings.TrimSpace(r.JobID+"  "+r.Status))
	line("started", at(r.StartedAt))
	line("ended", at(r.EndedAt))
	line("given up", at(r.Abandoned))
	line("closed", at(r.Closed))
	line("version", r.Version)
	known := submission.Resume(*r, submission.Options{})
	text += sanitize.Format("\n%s\n", known.Headline().Text)
	for _, l := range known.Lines() {
		text += sanitize.Format("  %s\n", l.Text)
	}
	text += sanitize.Format("\n%s\n", ReceiptSummary(r))
	for _, c := range r.Changes {
		text += sanitize.Format("  %s %s  (%s)\n      %s\n", c.Symbol, c.Path, c.Risk, forms.Change{Old: c.Old, New: c.New}.Values())
	}
	text += "\n"
	if err := CanPutBack(r); err != nil {
		text += sanitize.Format("It cannot be put back: %s.\n", err)
	} else {
		text += sanitize.Format("What was deployed before can be put back: %s\n", shell.Line("ampedit", "history", "put-back", r.ID))
	}
	return text
}

func orOpen(end string) string {
	if end == "" {
		return "its end is not known"
	}
	return end
}

// CanPutBack says why the configuration from before a receipt cannot be put back,
// nil if it can.
func CanPutBack(r *Receipt) error {
	switch {
	case r.Before == nil:
		return errors.New("what was deployed before could not be read then, so it is not known")
	case r.BeforeRedacted:
		return fmt.Errorf("what was deployed before held a secret in %s, which receipts do not keep; what is left of it is not what was deployed", cmp.Or(strings.Join(forms.Secrets(r.Before), ", "), "a member outside the schema"))
	}
	return nil
}
