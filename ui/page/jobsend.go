package page

import (
	"context"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/ui/edit"
)

// doing is what the work in the background says that it is doing.
type doing struct {
	mu   sync.Mutex
	text string
}

func (d *doing) set(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.text = text
}

func (d *doing) get() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text
}

// Send sends what was approved and shows that it is on its way. done makes the
// message that carries the outcome.
func (p *Job) Send(s edit.Sender, a edit.Approval, done func(edit.Outcome) tea.Msg) tea.Cmd {
	p.Stop()
	*p = Job{Shared: p.Shared, pace: p.pace, w: p.w, h: p.h, focused: p.focused, sender: s, approval: &a, target: a.Target, sending: true, doing: &doing{}, selected: -1}
	p.note("approved; the request is on its way")
	s.Progress = p.doing.set
	return p.background(func(ctx context.Context) tea.Msg { return done(s.Submit(ctx, a)) })
}

// background runs work on a submission, and draws the page anew each second
// meanwhile.
func (p *Job) background(work func(context.Context) tea.Msg) tea.Cmd {
	return tea.Batch(p.look(work), p.Tasks.After(time.Second, sendingMsg{p.doing}))
}

// Sent takes the outcome of the submission, or of another look for its job, and
// starts to watch the job.
func (p *Job) Sent(o edit.Outcome) tea.Cmd {
	p.sending, p.outcome = false, &o
	switch o.Verdict {
	case edit.NotStarted:
		p.note("nothing was started: " + shortError(o.Err))
		return p.readOthers()
	case edit.Unknown:
		p.note("sent once; the answer was lost, and the job was not found")
		return p.readOthers()
	}
	if o.Accepted.How == client.Answered {
		p.note("sent once and accepted")
	} else {
		p.note("sent once; its answer was lost, but it was accepted, according to " + o.Accepted.How.String())
	}
	p.started = o.At
	if o.Accepted.How == client.InEffect {
		p.note("the configuration is in effect; no job is known")
		return p.readOthers()
	}
	return p.Follow(p.sender, p.target, o.Accepted.JobID, o.Accepted.Job)
}

// lookAgain looks once more for the job of a submission whose outcome is
// unknown.
func (p *Job) lookAgain() tea.Cmd {
	if !p.Unknown() {
		return refuse("there is nothing to look for")
	}
	sender, approval, before := p.sender, *p.approval, *p.outcome
	p.sending, p.doing = true, &doing{}
	sender.Progress = p.doing.set
	p.note("looking again")
	return p.background(func(ctx context.Context) tea.Msg {
		return lookedMsg{sender.LookAgain(ctx, approval, before)}
	})
}

// Unknown reports whether the outcome of the last submission is unknown.
func (p *Job) Unknown() bool {
	return !p.sending && p.outcome != nil && p.outcome.Verdict == edit.Unknown
}

// again opens the review after a submission that provably did nothing.
func (p *Job) again() tea.Cmd {
	if p.sending || p.Result() == edit.Running && p.job != nil {
		return refuse("the job is still running; the forms stay as they are")
	}
	return Send(StepMsg{Step: stepReview})
}

// record writes the job's end into the receipt.
func (p *Job) record(back *edit.ReadBack) tea.Cmd {
	sender, receipt, job := p.sender, p.Receipt(), p.job
	return p.look(func(context.Context) tea.Msg {
		if err := sender.RecordEnd(receipt, job, back); err != nil {
			return ToastMsg{Text: "the receipt could not be completed: " + err.Error(), Bad: true}
		}
		return nil
	})
}

func (p *Job) readBack() tea.Cmd {
	service, approval, now := p.sender.Service, *p.approval, p.Now
	return p.look(func(ctx context.Context) tea.Msg {
		return readBackMsg{back: edit.ReadAfter(ctx, service, approval, now)}
	})
}
