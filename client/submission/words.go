package submission

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// EntryKind says what an entry of the history is about. The kinds are the names of
// the events that commands print.
type EntryKind string

// The kinds of entries.
const (
	EntryProgress   EntryKind = "progress"
	EntryVerdict    EntryKind = "outcome"
	EntryJob        EntryKind = "job"
	EntryLookFailed EntryKind = "look-failed"
	EntryReadBack   EntryKind = "read-back"
	EntryWarning    EntryKind = "warning"
	EntryLeft       EntryKind = "left"
)

// Entry is something that happened, in words. Texts of the service are in it as
// they came.
type Entry struct {
	At   time.Time
	Kind EntryKind
	Text string
	// Verdict and Reason are what was known then.
	Verdict Verdict
	Reason  Reason
	// Job and Status are of the job that it is about, "" for none.
	Job, Status string
	// Failures is the number of failed looks in a row, this one included.
	Failures int
	// Same reports whether what was read means what was approved; nil if nothing was
	// read.
	Same *bool
}

func (e *Entry) of(job *wire.Job) *Entry {
	e.Job, e.Status = text(job.JobID), status(job)
	return e
}

// note adds an entry to the history. It may be filled in until the next one.
func (s *Submission) note(at time.Time, k EntryKind, words string) *Entry {
	s.entries = append(s.entries, Entry{At: at, Kind: k, Text: words, Verdict: s.Verdict(), Reason: s.reason()})
	return &s.entries[len(s.entries)-1]
}

// History is what happened, the earliest first. It only grows.
func (s *Submission) History() []Entry { return s.entries }

// Line is a line of text and its tone.
type Line struct {
	Text string
	Tone Tone
}

// unknownWords say what is behind Unknown.
var unknownWords = map[Reason]string{
	ReasonSending:    "the program ended before the answer came",
	ReasonLooking:    "no job has appeared after it so far",
	ReasonNoJob:      "no job appeared after it",
	ReasonUnlisted:   "the environment's jobs could not be listed",
	ReasonRunning:    "a job that appeared after it has not ended",
	ReasonMixed:      "the jobs that appeared after it ended differently, and which of them is this request's is not known",
	ReasonVanished:   "the job cannot be found any more",
	ReasonTimes:      "the times of the jobs that appeared do not fit the request",
	ReasonRenewal:    "a job that appeared after it is COMPLETED, but what was deployed before meant the same, and the job's operation is not named",
	ReasonDiffers:    "the jobs that appeared after it are COMPLETED, but what is deployed is not what was approved",
	ReasonJobError:   "the jobs that appeared after it are COMPLETED, but reported an error",
	ReasonUnreadable: "the jobs that appeared after it are COMPLETED, but the configuration could not be read",
	ReasonTimeout:    "the time for finding out was over",
	ReasonSignal:     "the search for its job was interrupted",
	ReasonLeft:       "the search for its job was interrupted",
}

// leftWords say that it was left.
func leftWords(v Verdict, why Reason) string {
	by := map[Reason]string{
		ReasonNoWait: "not waited for", ReasonTimeout: "the time is over", ReasonSignal: "interrupted",
	}[why]
	if by == "" {
		by = "left"
	}
	switch v {
	case NotStarted:
		return by + "; nothing was started"
	case Started:
		return by + "; the job goes on"
	case Failed:
		return by + "; the job has FAILED, and the configuration was not read back"
	case Unconfirmed:
		return by + "; the job is COMPLETED, and the configuration was not read back"
	}
	return by + "; whether the request started a job is not known"
}

// doing says what the next step does.
var doing = map[Kind]string{
	Guard: "asking whose credentials these are", Lock: "looking for other programs that submit",
	Baseline: "looking at the environment's jobs before sending", Unmoved: "reading again what the plan was made from",
	Intent: "writing the receipt", Post: "sending, once", List: "looking for a job that appeared after it",
	Job: "looking at the job", ReadBack: "reading the configuration back", Record: "completing the receipt", Unlock: "letting other programs in",
}

// Doing says what is being done, "" if nothing is.
func (s *Submission) Doing() string {
	if s.over {
		return ""
	}
	if s.todo == Baseline && s.holding != nil {
		return "waiting for job " + JobName(s.holding)
	}
	return doing[s.todo]
}

// Sending reports whether leaving now would leave it open what the request did, or
// is about to do.
func (s *Submission) Sending() bool {
	return !s.over && s.approved != nil && s.todo != None && s.todo < List
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
		if s.reason() == ReasonNoSuchJob {
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
		return leftWords(Started, s.reason())
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
	if words := unknownWords[s.reason()]; words != "" {
		return words
	}
	return unknownWords[ReasonLooking]
}

func (s *Submission) unconfirmed() string {
	switch s.reason() {
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
		if e := text(job.Error); e != "" {
			add(Bad, "%s", e)
		}
	}
	if s.job != nil && s.Verdict() != Started {
		if e := text(s.job.Error); e != "" {
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

// noteRead notes what was read after the end.
func (s *Submission) noteRead(at time.Time) {
	b := s.r.ReadBack
	words := s.readLines()[0].Text
	e := s.note(at, EntryReadBack, words)
	if b.Error == "" {
		same := b.Same
		e.Same = &same
	}
}

// Short names an error in a few words.
func Short(err error) string {
	var answer *client.Error
	var busy *BusyError
	switch {
	case err == nil:
		return "no reason given"
	case errors.As(err, &answer):
		return fmt.Sprintf("%s (%d)", answer.Code, answer.Status)
	case errors.As(err, &busy):
		return "another job is running"
	}
	if class := client.Classify(err); class != client.ClassOther {
		return string(class)
	}
	return err.Error()
}

// Reasoned is an error in a sentence, and what to do next.
func Reasoned(err error) string {
	words := strings.TrimSuffix(said(err), ".") + "."
	words = strings.ToUpper(words[:1]) + words[1:]
	var busy *BusyError
	var refused *refusedError
	switch {
	case errors.As(err, &busy):
		return words + " Watch it, and send again when it has ended."
	case errors.As(err, &refused):
		return words
	}
	if class := client.Classify(err); class != client.ClassOther {
		words += " " + client.Advice(err)
	}
	return words
}

// said is what the service said, without the layers of the SDK around it; of other
// errors it is the text.
func said(err error) string {
	var answer *client.Error
	var refused *refusedError
	var unlisted *unlistedError
	if errors.As(err, &answer) && !errors.As(err, &refused) && !errors.As(err, &unlisted) {
		return answer.Error()
	}
	return err.Error()
}

// Duration writes a duration for people, such as 4 m 12 s.
func Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d m %02d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %02d m", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}
