package submission

import (
	"strings"

	"ampedit/client/wire"
)

// Verdict says what is known of a submission.
type Verdict string

// The verdicts.
const (
	// NotStarted: provably nothing happened.
	NotStarted Verdict = "not started"
	// Started: the service's answer named a job, which has not ended as far as is
	// known. Of a job that is only followed: it has not ended.
	Started Verdict = "started"
	// Done: COMPLETED, no error reported, and the configuration that was read back
	// means what was approved.
	Done Verdict = "done"
	// Unconfirmed: COMPLETED, but the rest of Done does not hold, or is not known.
	Unconfirmed Verdict = "unconfirmed"
	// Failed: the job that the answer named FAILED, or every job that may be the
	// update's did.
	Failed Verdict = "failed"
	// Unknown: it may have started or not.
	Unknown Verdict = "unknown"
	// Ended: somebody else's job that was followed is COMPLETED. There is nothing
	// of one's own to compare.
	Ended Verdict = "completed"
	// NotSeen: the job that was to be followed does not exist, or cannot be looked at.
	NotSeen Verdict = "not seen"
)

// Reason says in one word what is behind a verdict that is not the end of all
// questions.
type Reason string

// The reasons.
const (
	// Why it was left before its end.
	ReasonNoWait  Reason = "no-wait"
	ReasonTimeout Reason = "timeout"
	ReasonSignal  Reason = "signal"
	ReasonLeft    Reason = "left"
	ReasonDenied  Reason = "look-failed" // the job cannot be looked at
	// What is behind NotSeen, beside ReasonDenied.
	ReasonNoSuchJob Reason = "no-such-job"

	// What is behind Unknown.
	ReasonSending  Reason = "sending"        // the answer is still waited for
	ReasonLooking  Reason = "looking"        // the jobs are still looked at
	ReasonNoJob    Reason = "no-job"         // no job appeared after it
	ReasonUnlisted Reason = "jobs-unread"    // the jobs could not be listed
	ReasonRunning  Reason = "job-running"    // a job that appeared after it runs
	ReasonMixed    Reason = "jobs-disagree"  // the jobs that appeared after it ended differently
	ReasonVanished Reason = "job-vanished"   // the job cannot be found any more, or never could
	ReasonTimes    Reason = "times-disagree" // a job ended before the request was sent, or appeared much later, or a renewal cannot be told by them
	ReasonRenewal  Reason = "operation-unnamed"

	// What is behind Unconfirmed.
	ReasonUnread     Reason = "not-read-yet"
	ReasonDiffers    Reason = "differs"
	ReasonUnreadable Reason = "unreadable"
	ReasonJobError   Reason = "job-error"
)

// Exit codes of the command line that a submission decides. DESIGN of the command
// line: 7 and those after signals are not a submission's.
const (
	exitDone        = 0
	exitNotStarted  = 1
	exitFailed      = 3
	exitRunning     = 4
	exitUnknown     = 5
	exitUnconfirmed = 6
)

// ExitCode is the exit code of a program that ends now. For a submission that was
// left before anything was sent it is 0.
func (s *Submission) ExitCode() int {
	switch s.Verdict() {
	case Done, Ended:
		return exitDone
	case Failed:
		return exitFailed
	case Started:
		return exitRunning
	case Unknown:
		return exitUnknown
	case Unconfirmed:
		return exitUnconfirmed
	case NotStarted:
		if s.err == nil {
			return exitDone
		}
	}
	return exitNotStarted
}

// Tone is how a line of text is to be coloured.
type Tone int

// The tones.
const (
	Plain   Tone = iota
	Good         // done
	Working      // under way
	Warning      // not certain
	Bad          // failed
	Detail       // for who wants to know more
)

// Status words after which nothing comes. The service documents none; AWS's own
// tools know these two.
const (
	completedWord = "COMPLETED"
	failedWord    = "FAILED"
)

// completed and failed compare without white space of any kind around the word and
// in any letter case. No other word ends a job.
func completed(status string) bool {
	return strings.EqualFold(strings.TrimSpace(status), completedWord)
}

func failed(status string) bool { return strings.EqualFold(strings.TrimSpace(status), failedWord) }

func ended(status string) bool { return completed(status) || failed(status) }

func status(job *wire.Job) string {
	if job == nil || job.Status == nil {
		return ""
	}
	return string(*job.Status)
}
