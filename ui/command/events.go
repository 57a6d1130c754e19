package command

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

const eventsHead = `Events of --json, an object a line, each with "event" and "time" (RFC 3339):
`

const submissionEventsHelp = `               text
  outcome      verdict, reason, text, whenever more is known
  job          job, status, text, each time the status changes
  look-failed  failures, text
  read-back    same: whether the configuration means what was approved; text
  end          verdict, reason, exitCode, job, candidates, receipt, text, resume;
               lines: all that is known, what the service answered included
`

const planEventHelp = `  guard        guard (read-only, account, job, protected), text; forbids: nothing
               can be sent
  plan         target, summary, risk, request (SHA-256), hash, changes, problems;
               statement, with a FILE: file, stated, kept (paths of members)
`

const planEventsHelp = eventsHead + planEventHelp + `  note, warning, nothing
               text`

const applyEventsHelp = eventsHead + planEventHelp + `  note, progress, warning, nothing, not-sent, left
` + submissionEventsHelp + `The verdicts are not started, started, done, unconfirmed, failed and unknown; reason
says what is behind the exit codes 4, 5 and 6.`

const watchEventsHelp = eventsHead + `  note, progress, warning, left
` + submissionEventsHelp + `The verdicts are those of apply, and completed and not seen, of a job that was
not sent from here.`

// events prints what apply does: lines for people, or JSON objects.
type events struct {
	out  *host.Printer
	json bool
	now  func() time.Time
}

// event is one line of --json. Members that an event does not have are left out.
type event struct {
	Event    string         `json:"event"`
	Time     string         `json:"time"`
	Text     string         `json:"text,omitempty"`
	Guard    string         `json:"guard,omitempty"`
	Forbids  *bool          `json:"forbids,omitempty"`
	Target   *eventTarget   `json:"target,omitempty"`
	Summary  string         `json:"summary,omitempty"`
	Risk     string         `json:"risk,omitempty"`
	Request  string         `json:"request,omitempty"`
	Hash     string         `json:"hash,omitempty"`
	Changes  []eventChange  `json:"changes,omitempty"`
	Problems []eventProblem `json:"problems,omitempty"`
	// Statement is there if FILE was given.
	Statement *eventStatement `json:"statement,omitempty"`
	Verdict   string          `json:"verdict,omitempty"`
	Reason    string          `json:"reason,omitempty"`
	ExitCode  *int            `json:"exitCode,omitempty"`
	Job       string          `json:"job,omitempty"`
	// Candidates are the ids of the jobs that appeared after a lost answer.
	Candidates []string `json:"candidates,omitempty"`
	Receipt    string   `json:"receipt,omitempty"`
	Status     string   `json:"status,omitempty"`
	Failures   int      `json:"failures,omitempty"`
	Same       *bool    `json:"same,omitempty"`
	Resume     string   `json:"resume,omitempty"`
	// Lines are all that is known, in words.
	Lines []string `json:"lines,omitempty"`
}

type eventTarget struct {
	AppID       string `json:"appId"`
	Environment string `json:"environment"`
	Resource    string `json:"resource"`
}

type eventChange struct {
	Symbol string `json:"symbol"`
	Path   string `json:"path"`
	Old    string `json:"old,omitempty"`
	New    string `json:"new,omitempty"`
	Risk   string `json:"risk"`
	Why    string `json:"why,omitempty"`
}

type eventProblem struct {
	Severity string `json:"severity"`
	Step     string `json:"step"`
	// Place is where the value stands in FILE, as FILE:LINE:COLUMN.
	Place string `json:"place,omitempty"`
	Rule  string `json:"rule,omitempty"`
	Text  string `json:"text"`
}

// eventStatement says what FILE states and what stays as deployed, as paths in the
// request.
type eventStatement struct {
	File   string   `json:"file"`
	Stated []string `json:"stated"`
	Kept   []string `json:"kept"`
}

// print writes an event as JSON, or its lines for people.
func (e *events) print(v event, lines ...string) {
	if e.json {
		v.Time = e.now().UTC().Format(time.RFC3339)
		_ = e.out.JSON(v, "") // the exit code says what matters
		return
	}
	for _, l := range lines {
		_ = e.out.Line("%s", l)
	}
}

func (e *events) say(name, text string) { e.print(event{Event: name, Text: text}, text) }

// guard prints a guard.
func (e *events) guard(g edit.Guard) {
	line := g.Text
	if g.Forbids {
		line = "nothing can be sent: " + line
	}
	e.print(event{Event: "guard", Guard: string(g.Kind), Forbids: &g.Forbids, Text: g.Text}, line)
}

// plan prints what would change.
func (e *events) plan(p edit.Plan, t edit.Target, hash string) {
	v := event{
		Event: "plan", Target: &eventTarget{t.AppID, t.Environment, t.ResourceName},
		Summary: forms.Summary(p.Changes), Risk: p.Risk.String(), Request: bodyHash(p), Hash: hash,
	}
	lines := []string{fmt.Sprintf("%s / %s / %s: %s", t.AppID, t.Environment, t.ResourceName, v.Summary)}
	for _, c := range worstFirst(p.Changes) {
		v.Changes = append(v.Changes, eventChange{string(c.Symbol), c.Path, c.Old, c.New, c.Risk.String(), c.Why})
		lines = append(lines, fmt.Sprintf("  %c %s  (%s)", c.Symbol, c.Path, c.Risk), "      "+c.Values(), "      "+c.Why)
	}
	for _, problem := range append(p.Problems[:len(p.Problems):len(p.Problems)], p.SchemaProblems...) {
		v.Problems = append(v.Problems, eventProblem{problem.Severity.String(), problem.Ref.Step.Title(), problem.Place, problem.Rule, problem.Text})
		lines = append(lines, fmt.Sprintf("  %s: %s", problem.Severity, described(problem)))
	}
	if p.HasKey && !p.Key.New.IsZero() {
		was := "not known"
		if !p.Key.Old.IsZero() {
			was = forms.FormatEnd(p.Key.Old, e.now().Location())
		}
		lines = append(lines, "  API key: present end "+was+"; new end, if deployed now, "+forms.FormatEnd(p.Key.New, e.now().Location()))
	}
	if s := p.Statement; s != nil {
		v.Statement = &eventStatement{s.File, orNone(s.Stated), orNone(s.Kept)}
		for _, l := range s.Lines() {
			lines = append(lines, "  "+l)
		}
	}
	e.print(v, append(lines, "  plan "+hash)...)
}

// orNone makes a list that JSON has as one without entries.
func orNone(list []string) []string { return append([]string{}, list...) }

// worstFirst sorts changes by what they do to data and clients.
func worstFirst(changes []forms.Change) []forms.Change {
	return slices.SortedStableFunc(slices.Values(changes), func(a, b forms.Change) int { return cmp.Compare(b.Risk, a.Risk) })
}

// happened prints an entry of a submission's history. What was read back is for people
// among the last lines.
func (e *events) happened(h submission.Entry) {
	if h.Kind == submission.EntryReadBack && !e.json {
		return
	}
	e.print(event{
		Event: string(h.Kind), Verdict: string(h.Verdict), Reason: string(h.Reason), Text: h.Text,
		Job: h.Job, Status: h.Status, Failures: h.Failures, Same: h.Same,
	}, h.Text)
}

// end prints what a submission has come to, and with which command it can be taken
// up again.
func (e *events) end(s *submission.Submission, resume string) {
	code := s.ExitCode()
	v := event{
		Event: "end", Verdict: string(s.Verdict()), Reason: string(s.Reason()), ExitCode: &code, Job: s.JobID(),
		Receipt: s.Receipt().ID, Text: s.Headline().Text, Resume: resume,
	}
	for _, job := range s.Receipt().Candidates {
		v.Candidates = append(v.Candidates, wire.Text(job.JobID))
	}
	for _, l := range s.Lines() {
		v.Lines = append(v.Lines, l.Text)
	}
	e.print(v, endLines(s, resume)...)
}

// endLines say what a submission has come to, for people. What is not the wished-for
// end is said by the error of the command.
func endLines(s *submission.Submission, resume string) []string {
	line := "verdict: " + string(s.Verdict())
	if s.JobID() != "" {
		line += ", job " + s.JobID()
	}
	if id := s.Receipt().ID; id != "" {
		line += ", receipt " + id
	}
	lines := []string{line}
	if s.ExitCode() == ExitDone {
		lines = append(lines, s.Headline().Text)
	}
	for _, l := range s.Lines() {
		lines = append(lines, "  "+l.Text)
	}
	if resume != "" {
		lines = append(lines, "come back with "+resume)
	}
	return lines
}

// bodyHash is the SHA-256 of the body that the plan would send.
func bodyHash(p edit.Plan) string {
	body, _ := p.Body()
	return wire.Hash(body)
}
