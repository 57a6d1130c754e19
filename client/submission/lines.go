package submission

import (
	"fmt"
	"strings"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Line is a line of text and its tone.
type Line struct {
	Text string
	Tone Tone
}

// Headline says in one line how it stands.
func (s *Submission) Headline() Line {
	word := orUnnamed(status(s.job))
	switch s.Verdict() {
	case NotStarted:
		switch {
		case s.err != nil:
			return Line{"Nothing was started. " + Reasoned(s.err), Bad}
		case s.over && len(s.r.Attempts) > 0:
			return Line{"Nothing was started.", Plain}
		case s.over:
			return Line{"Nothing was sent.", Plain}
		}
		return Line{s.Doing(), Working}
	case Started:
		if s.follow.n == 0 && s.follow.gone.IsZero() && s.job.Status == nil {
			return Line{"status not known yet", Working}
		}
		if !s.follow.gone.IsZero() && s.follow.n == 0 {
			return Line{"not visible yet", Working}
		}
		return Line{word, Working}
	case Done:
		return Line{completedWord, Good}
	case Ended:
		return Line{word, Good}
	case Unconfirmed:
		return Line{completedWord + ", but " + s.unconfirmed(), Warning}
	case Failed:
		return Line{failedWord, Bad}
	case NotSeen:
		if s.Reason() == ReasonNoSuchJob {
			return Line{"There is no job " + s.r.JobID + " in " + s.r.Target.Environment + ".", Bad}
		}
		return Line{"Job " + s.r.JobID + " cannot be looked at. " + Reasoned(s.err), Bad}
	}
	if s.todo == Post {
		return Line{s.Doing(), Working}
	}
	if !s.over {
		return Line{"The answer was lost; " + s.known() + ".", Warning}
	}
	return Line{"Outcome unknown: " + s.known() + ". The request may be running, or come to run.", Warning}
}

// Conclusion says in one line, without the rest of a screen, what it has come to.
func (s *Submission) Conclusion() string {
	switch s.Verdict() {
	case Started:
		return leftWords(Started, s.Reason())
	case Failed:
		words := "the job " + failedWord
		if s.r.JobID == "" {
			words = "every job that appeared after a lost answer " + failedWord
		}
		if s.r.JobError != "" {
			words += ": " + s.r.JobError
		}
		return words
	}
	return s.Headline().Text
}

// known is what is behind Unknown, in words.
func (s *Submission) known() string {
	if s.Reason() == ReasonLooking && len(s.r.Candidates) > 0 {
		return "whether a job that appeared after it is this request's is still being found out"
	}
	if words := unknownWords[s.Reason()]; words != "" {
		return words
	}
	return unknownWords[ReasonLooking]
}

func (s *Submission) unconfirmed() string {
	switch s.Reason() {
	case ReasonDiffers:
		return "what is deployed is not what was approved"
	case ReasonUnreadable:
		return "the configuration could not be read back"
	case ReasonJobError:
		return "an error was reported"
	case ReasonUnread:
		if !s.over {
			return "the configuration is still being read back"
		}
	}
	return "the configuration was not read back"
}

// Lines say all that is known, beside the headline, the same to everybody.
func (s *Submission) Lines() []Line {
	var out []Line
	add := func(t Tone, format string, a ...any) { out = append(out, Line{fmt.Sprintf(format, a...), t}) }
	if s.Verdict() == Unknown && s.r.Error != "" {
		add(Plain, "Instead of a proper answer: %s", s.r.Error)
	}
	for i := range s.r.Candidates {
		job := &s.r.Candidates[i]
		add(ToneOf(job), "A job that appeared after it: %s, %s", JobName(job), orUnnamed(status(job)))
		if e := wire.Text(job.Error); e != "" {
			add(Bad, "%s", e)
		}
	}
	if s.job != nil && s.Verdict() != Started {
		if e := wire.Text(s.job.Error); e != "" {
			add(Bad, "%s", e)
		} else if s.Verdict() == Failed {
			add(Bad, "The service gave no reason.")
		}
	}
	if s.Verdict() == Failed {
		if hint := client.JobHint(s.r.JobError); hint != "" {
			add(Plain, "%s", hint)
		}
	}
	out = append(out, s.readLines()...)
	if s.err != nil && s.Verdict() != NotStarted && s.Verdict() != NotSeen && said(s.err) != s.r.Error {
		add(Warning, "The last look failed: %s. %s", strings.TrimSuffix(said(s.err), "."), client.Advice(s.err))
	}
	if s.r.PassedOver != nil {
		add(Plain, "Passed over, as a job that will not end: %s", strings.Join(s.r.PassedOver, ", "))
	}
	return append(out, s.answerLines()...)
}

// answerLines say what of the service's answer is not what was asked for.
func (s *Submission) answerLines() []Line {
	a := s.r.Answer
	if a == nil {
		return nil
	}
	out := []Line{{"The service answered: " + answerWords(a), Detail}}
	for _, m := range [][3]string{
		{"appId", a.AppID, s.r.Target.AppID}, {"backendEnvironmentName", a.Environment, s.r.Target.Environment}, {"operation", a.Operation, updateOperation},
	} {
		if m[1] != "" && m[1] != m[2] {
			out = append(out, Line{fmt.Sprintf("The service's answer says %s %s, not %s.", m[0], m[1], m[2]), Warning})
		}
	}
	if a.Error != "" {
		out = append(out, Line{"The service's answer carries an error: " + a.Error, Bad})
	}
	return out
}

// answerWords are the members of an answer, as answered.
func answerWords(a *journal.Answer) string {
	var parts []string
	for _, m := range [][2]string{
		{"appId", a.AppID}, {"backendEnvironmentName", a.Environment}, {"jobId", a.JobID}, {"operation", a.Operation}, {"status", a.Status},
		{"error", a.Error}, {"request id", a.RequestID},
	} {
		if m[1] != "" {
			parts = append(parts, m[0]+" "+m[1])
		}
	}
	if len(parts) == 0 {
		return "nothing that is known"
	}
	return strings.Join(parts, ", ")
}

// readLines say what was read after the end.
func (s *Submission) readLines() []Line {
	b := s.r.ReadBack
	if b == nil {
		return nil
	}
	var out []Line
	switch {
	case b.Error != "":
		out = append(out, Line{"The configuration could not be read back: " + b.Error, Warning})
	case b.Same:
		out = append(out, Line{"read back: it is what was approved", Good})
	default:
		line, tone := "read back: it differs from what was approved", Warning
		if len(b.Differs) > 0 {
			line += ", in " + strings.Join(b.Differs, ", ")
		}
		if s.Verdict() == Failed { // as is to be expected
			tone = Plain
		}
		out = append(out, Line{line, tone})
	}
	if len(b.Notes) > 0 {
		out = append(out, Line{"Also different, without a meaning that is known: " + strings.Join(b.Notes, ", "), Plain})
	}
	switch s.Verdict() {
	case Done, Unconfirmed:
		out = append(out, Line{"Local checkouts are stale now: run amplify pull in each of them.", Plain})
	}
	return out
}
