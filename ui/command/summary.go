package command

import (
	"fmt"
	"strings"
	"time"

	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// exitCode is what a run of the screen program ends with.
func exitCode(x ui.Exit) int {
	switch {
	case x.Panic != nil:
		return ExitError
	case x.Submission == nil:
		return ExitDone
	case edit.Moved(x.Submission.Err()):
		return ExitDone // left before sending, after the program had stopped
	}
	return x.Submission.ExitCode()
}

// summary is what stays on the normal screen, with a line break at its end.
func summary(x ui.Exit, resume resumeFunc, now time.Time) sanitize.Text {
	sub := x.Submission
	if sub == nil {
		return "nothing was sent\n"
	}
	lines := []string{summaryTarget(x), summaryHead(sub, now)}
	for _, l := range sub.Lines() {
		if l.Tone == submission.Detail {
			continue
		}
		for line := range strings.Lines(l.Text) {
			lines = append(lines, "  "+strings.TrimRight(line, "\r\n"))
		}
	}
	if command := resume(sub, x.Session); command != "" && sub.CanLookAgain() {
		lines = append(lines, "come back with", "  "+command)
	}
	if id := sub.Receipt().ID; id != "" {
		lines = append(lines, receiptLine(id))
	}
	var text sanitize.Text
	for _, line := range lines {
		text += sanitize.Line(line) + "\n"
	}
	return text
}

// summaryHead says how it stands, and how long its job took, or took until now.
func summaryHead(sub *submission.Submission, now time.Time) string {
	head := sub.Headline().Text
	if id := sub.JobID(); id != "" {
		head = "job " + id + ": " + head
		if took := sub.Took(now); took > 0 {
			head += " after " + submission.Duration(took)
		}
	}
	return head
}

// receiptLine says where to read about a submission.
func receiptLine(id string) string {
	return "receipt " + id + ": " + shell.Line("ampedit", "history", "show", id)
}

// summaryTarget says what was sent to where, or where a job was watched.
func summaryTarget(x ui.Exit) string {
	t := x.Submission.Target()
	target := fmt.Sprintf("UpdateBackendAPI  %s / %s / %s", t.AppID, t.Environment, t.ResourceName)
	if !x.Submission.Own() { // jobs do not say which resource they are for
		target = fmt.Sprintf("watched  %s / %s", t.AppID, t.Environment)
	}
	var where []string
	for _, part := range []string{t.Account, t.Region} {
		if part != "" {
			where = append(where, part)
		}
	}
	if len(where) > 0 {
		target += "  (" + strings.Join(where, ", ") + ")"
	}
	return target
}
