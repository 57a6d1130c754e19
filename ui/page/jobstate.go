package page

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"ampedit/client"
	"ampedit/ui/edit"
	"ampedit/ui/widget"
)

// Receipt returns the id of the submission's receipt, "" if none is kept.
func (p *Job) Receipt() string {
	if p.outcome == nil {
		return p.receipt
	}
	return p.outcome.Receipt
}

// shortError names an error in a few words.
func shortError(err error) string {
	var answer *client.Error
	var busy *client.BusyError
	switch {
	case err == nil:
		return "no reason given"
	case errors.As(err, &answer):
		return fmt.Sprintf("%s (%d)", answer.Code, answer.Status)
	case errors.As(err, &busy):
		return "another job is running"
	case edit.Moved(err):
		return "something moved since the plan was made"
	}
	return string(client.Classify(err))
}

func text[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

func (p *Job) status() string {
	if p.job == nil {
		return ""
	}
	return text(p.job.Status)
}

// JobID returns the id of the job, "" if none is known.
func (p *Job) JobID() string {
	if p.job == nil {
		return ""
	}
	return text(p.job.JobID)
}

// Result returns how far the job is.
func (p *Job) Result() edit.Result { return edit.JobResult(p.job) }

// InEffect reports whether the answers are those that were sent by a job which has
// completed: nothing of them would be lost.
func (p *Job) InEffect() bool {
	if p.approval == nil || p.Result() != edit.Completed {
		return false
	}
	body, err := p.Edit.Plan().Body()
	return err == nil && bytes.Equal(body, p.approval.Body)
}

// Outcome returns what became of the submission, nil before there was one.
func (p *Job) Outcome() *edit.Outcome { return p.outcome }

// InFlight reports whether the request is on its way.
func (p *Job) InFlight() bool { return p.sending }

// Status returns the job's raw status, "" if none is known.
func (p *Job) Status() string { return p.status() }

// Elapsed returns how long the job took, or takes so far.
func (p *Job) Elapsed() time.Duration {
	if p.started.IsZero() {
		return 0
	}
	if !p.ended.IsZero() {
		return edit.Elapsed(p.started, p.ended)
	}
	return edit.Elapsed(p.started, p.Now())
}

// Target returns the backend that the job belongs to.
func (p *Job) Target() edit.Target { return p.target }

// ElapsedText returns how long the job took or takes so far, for people.
func (p *Job) ElapsedText() string { return Duration(p.Elapsed()) }

// JobError returns the job's error text, "" if it has none.
func (p *Job) JobError() string {
	if p.job == nil {
		return ""
	}
	return widget.Clean(client.Redact(text(p.job.Error)))
}
