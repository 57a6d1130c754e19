package command

import (
	"errors"
	"fmt"
	"strings"

	"ampedit/client"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// exitCode is what a run of the screen program ends with.
func exitCode(x ui.Exit) int {
	switch {
	case x.Panic != nil:
		return ExitError
	case x.Watched:
		return jobCode(x.Result)
	case !x.Submitted:
		return ExitDone
	case x.InFlight || x.Outcome == nil || x.Outcome.Verdict == edit.Unknown:
		return ExitUnknown
	case x.Outcome.Verdict == edit.NotStarted && edit.Moved(x.Outcome.Err):
		return ExitDone // left before sending, after the program had stopped
	case x.Outcome.Verdict == edit.NotStarted:
		return ExitError
	}
	return jobCode(x.Result)
}

// jobCode is the exit code for a job that is known.
func jobCode(r edit.Result) int {
	switch r {
	case edit.Completed:
		return ExitDone
	case edit.Failed:
		return ExitFailed
	}
	return ExitRunning
}

const lookFirst = "Look at the environment's jobs before you send it again."

// summary is what stays on the normal screen, with a line break at its end.
func summary(x ui.Exit, resume resumeFunc) string {
	if !x.Submitted && !x.Watched {
		return "nothing was sent\n"
	}
	lines := []string{summaryTarget(x)}
	switch {
	case x.Watched:
		lines = append(lines, summaryJob(x, resume)...)
	case x.InFlight || x.Outcome == nil:
		lines = append(lines,
			"outcome unknown: left while the request was on its way, so a job may have started or not",
			lookFirst)
	case x.Outcome.Verdict == edit.Unknown:
		lines = append(lines, "outcome unknown: the request was sent once; "+oneLine(cause(x.Outcome.Err)), lookFirst)
	case x.Outcome.Verdict == edit.NotStarted && edit.Moved(x.Outcome.Err):
		lines = append(lines, oneLine(x.Outcome.Err))
	case x.Outcome.Verdict == edit.NotStarted:
		lines = append(lines, "nothing was started: "+oneLine(x.Outcome.Err), client.Advice(x.Outcome.Err))
	default:
		lines = append(lines, summaryJob(x, resume)...)
	}
	if x.Receipt != "" {
		lines = append(lines, receiptLine(x.Receipt))
	}
	return strings.Join(lines, "\n") + "\n"
}

// receiptLine says where to read about a submission.
func receiptLine(id string) string {
	return client.Printable("receipt " + id + ": ampedit history show " + quote(id))
}

// summaryTarget says what was sent to where, or where a job was watched.
func summaryTarget(x ui.Exit) string {
	target := fmt.Sprintf("UpdateBackendAPI  %s / %s / %s", x.Target.AppID, x.Target.Environment, x.Target.ResourceName)
	if x.Watched { // jobs do not say which resource they are for
		target = fmt.Sprintf("watched  %s / %s", x.Target.AppID, x.Target.Environment)
	}
	var where []string
	if x.Session != nil {
		for _, part := range []string{x.Session.Identity.Account, x.Session.Region} {
			if part != "" {
				where = append(where, part)
			}
		}
	}
	if len(where) > 0 {
		target += "  (" + strings.Join(where, ", ") + ")"
	}
	return client.Printable(target)
}

// summaryJob says how the job ended, or how to come back to it.
func summaryJob(x ui.Exit, resume resumeFunc) []string {
	job := "job " + client.Printable(x.JobID)
	status := client.Printable(x.Status)
	switch x.Result {
	case edit.Completed:
		return []string{fmt.Sprintf("%s is %s after %s", job, status, x.Elapsed)}
	case edit.Failed:
		lines := []string{fmt.Sprintf("%s is %s after %s", job, status, x.Elapsed)}
		for line := range strings.Lines(x.JobErr) {
			lines = append(lines, "  "+client.Printable(strings.TrimRight(line, "\r\n")))
		}
		return lines
	}
	still := fmt.Sprintf("%s is still %s after %s", job, status, x.Elapsed)
	if status == "" {
		still = job + " was not seen yet"
	}
	command := resume(x.Target, x.Session, x.JobID)
	if command == "" {
		return []string{still + "; the demo's service ended with it"}
	}
	return []string{still + "; come back with", "  " + client.Printable(command)}
}

// cause is what happened instead of a proper answer.
func cause(err error) error {
	var failed *client.UpdateError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func oneLine(err error) string { return client.Printable(client.Redact(err.Error())) }
