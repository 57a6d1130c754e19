package command

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

const applyEventsHelp = `Events of --json, an object a line, each with "event" and "time" (RFC 3339):
  plan       target, summary, risk, request (SHA-256), changes, problems
  note, progress, warning, nothing, not-sent, left
             text
  outcome    verdict (started, not started, unknown), job, receipt, text
  job        job, status, each time the status changes; failures: looks that failed
  read-back  same: whether the configuration is what was approved`

const watchEventsHelp = `Events of --json, an object a line, each with "event" and "time" (RFC 3339):
  job        job, status, each time the status changes; failures: looks that failed
  read-back  same: whether the configuration is what was approved
  receipt    receipt: the id of the receipt that the end was written into
  warning, left
             text`

// events prints what apply does: lines for people, or JSON objects.
type events struct {
	w    io.Writer
	json bool
	now  func() time.Time
	last string // the job's status that was printed last
}

// event is one line of --json. Members that an event does not have are left out.
type event struct {
	Event    string         `json:"event"`
	Time     string         `json:"time"`
	Text     string         `json:"text,omitempty"`
	Target   *eventTarget   `json:"target,omitempty"`
	Summary  string         `json:"summary,omitempty"`
	Risk     string         `json:"risk,omitempty"`
	Request  string         `json:"request,omitempty"`
	Changes  []eventChange  `json:"changes,omitempty"`
	Problems []eventProblem `json:"problems,omitempty"`
	Verdict  string         `json:"verdict,omitempty"`
	Job      string         `json:"job,omitempty"`
	Receipt  string         `json:"receipt,omitempty"`
	Status   string         `json:"status,omitempty"`
	Failures int            `json:"failures,omitempty"`
	Same     *bool          `json:"same,omitempty"`
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
	Text     string `json:"text"`
}

// print writes an event as JSON, or its lines for people.
func (e *events) print(v event, lines ...string) {
	if e.json {
		v.Time = e.now().UTC().Format(time.RFC3339)
		data, err := json.Marshal(v)
		if err == nil {
			fmt.Fprintln(e.w, client.Redact(string(data)))
		}
		return
	}
	for _, l := range lines {
		fmt.Fprintln(e.w, client.Printable(client.Redact(l)))
	}
}

func (e *events) say(name, text string) { e.print(event{Event: name, Text: text}, text) }

// plan prints what would change.
func (e *events) plan(p edit.Plan, t edit.Target) {
	v := event{
		Event: "plan", Target: &eventTarget{t.AppID, t.Environment, t.ResourceName},
		Summary: forms.Summary(p.Changes), Risk: p.Risk.String(), Request: bodyHash(p),
	}
	lines := []string{fmt.Sprintf("%s / %s / %s: %s", t.AppID, t.Environment, t.ResourceName, v.Summary)}
	for _, c := range p.Changes {
		v.Changes = append(v.Changes, eventChange{string(c.Symbol), c.Path, c.Old, c.New, c.Risk.String(), c.Why})
		lines = append(lines, fmt.Sprintf("  %c %s  (%s)", c.Symbol, c.Path, c.Risk), "      "+c.Values(), "      "+c.Why)
	}
	for _, problem := range append(p.Problems[:len(p.Problems):len(p.Problems)], p.SchemaProblems...) {
		v.Problems = append(v.Problems, eventProblem{problem.Severity.String(), problem.Ref.Step.Title(), problem.Text})
		lines = append(lines, fmt.Sprintf("  %s: %s: %s", problem.Severity, problem.Ref.Step.Title(), problem.Text))
	}
	if p.HasKey && !p.Key.New.IsZero() {
		was := "not known"
		if !p.Key.Old.IsZero() {
			was = forms.FormatEnd(p.Key.Old, e.now().Location())
		}
		lines = append(lines, "  API key: present end "+was+"; new end, if deployed now, "+forms.FormatEnd(p.Key.New, e.now().Location()))
	}
	e.print(v, lines...)
}

// outcome prints what became of the submission.
func (e *events) outcome(o edit.Outcome) {
	v := event{Event: "outcome", Verdict: o.Verdict.String(), Job: o.Accepted.JobID, Receipt: o.Receipt}
	line := "verdict: " + v.Verdict
	if o.Err != nil {
		v.Text = o.Err.Error()
	} else if v.Job != "" {
		line += ", job " + v.Job
	}
	if o.Receipt != "" {
		line += ", receipt " + o.Receipt
	}
	e.print(v, line)
	if o.NotKept != nil {
		e.say("warning", "the receipt could not be completed: "+o.NotKept.Error())
	}
}

// seen prints a look at the job if something changed.
func (e *events) seen(seen client.Observation) {
	if seen.Err != nil {
		e.print(event{Event: "job", Failures: seen.Failures, Text: seen.Err.Error()}, "one look failed ("+string(client.Classify(seen.Err))+"); watching goes on")
		return
	}
	status := deref(seen.Job.Status)
	if status != e.last {
		e.last = status
		e.print(event{Event: "job", Job: deref(seen.Job.JobID), Status: status}, "job "+deref(seen.Job.JobID)+": "+status)
	}
}

func deref[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

// receipt prints where to find the receipt.
func (e *events) receipt(id string) {
	e.print(event{Event: "receipt", Receipt: id}, receiptLine(id))
}

// readBack prints whether the configuration is what was approved.
func (e *events) readBack(b edit.ReadBack) {
	if b.Err != nil {
		e.say("warning", "the configuration could not be read back: "+client.Advice(b.Err))
		return
	}
	line := "read back: it is what was approved; local checkouts are stale now (amplify pull)"
	if !b.Same {
		line = "read back: it differs from what was approved"
	}
	e.print(event{Event: "read-back", Same: &b.Same}, line)
}

// jobError is the error text of a job, fit to be printed.
func (e *events) jobError(job *wire.Job) string {
	if text := deref(job.Error); text != "" {
		return client.Printable(client.Redact(text))
	}
	return "the service gave no reason"
}

// bodyHash is the SHA-256 of the body that the plan would send.
func bodyHash(p edit.Plan) string {
	body, _ := p.Body()
	return wire.Hash(body)
}
