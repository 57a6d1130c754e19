package page

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/submission"
	"ampedit/client/wire"
)

// Drive shows a submission in the place of the one before, and does its steps until
// it is over.
func (p *Job) Drive(sub *submission.Submission, d submission.Deps) tea.Cmd {
	p.sub, p.deps, p.place = sub, d, sub.Target()
	p.drives++
	p.thenReview, p.choosing, p.quiet, p.selected, p.top = false, false, false, -1, 0
	cmds := []tea.Cmd{p.next()}
	if p.listed = sub.Body() == nil; p.listed {
		cmds = append(cmds, p.readOthers())
	}
	if !sub.Over() {
		cmds = append(cmds, p.Tasks.After(time.Second, tickMsg{p.drives}))
	}
	return tea.Batch(cmds...)
}

// DriveThenReview watches a job of somebody else until it ends, and then asks for
// the review.
func (p *Job) DriveThenReview(sub *submission.Submission, d submission.Deps) tea.Cmd {
	cmd := p.Drive(sub, d)
	p.thenReview = true
	return cmd
}

// next does the next step, or waits until it is due.
func (p *Job) next() tea.Cmd {
	now := p.Now()
	step, ok := p.sub.Next(now)
	switch {
	case !ok && p.sub.Over() && !p.quiet:
		p.quiet = true
		return tea.Batch(p.readOthers(), Send(EndedMsg{ThenReview: p.thenReview}))
	case !ok:
		return nil
	case step.At.After(now):
		p.waits++
		msg := dueMsg{p.waits}
		return p.wakes.Do(func(ctx context.Context, _ int) tea.Msg {
			if p.deps.Clock.Wait(ctx, step.At.Sub(now)) != nil {
				return nil
			}
			return msg
		})
	}
	deps, late := p.deps, p.late
	return p.look(func(ctx context.Context) tea.Msg {
		msg := doneMsg{deps.Do(ctx, step)}
		if step.Kind == submission.Post {
			late <- msg
		}
		return msg
	})
}

// take takes what came of a step.
func (p *Job) take(e submission.Event) tea.Cmd {
	p.sub.Take(e)
	if e.Kind() == submission.Post {
		<-p.late // it is not late
	}
	if !p.listed && len(p.sub.Jobs()) > 0 {
		p.listed = true
		return tea.Batch(p.next(), p.readOthers())
	}
	return p.next()
}

// lookAgain looks once more for what is not known.
func (p *Job) lookAgain() tea.Cmd {
	if p.sub == nil || !p.sub.LookAgain(p.Now()) {
		return refuse("there is nothing to look for")
	}
	p.quiet = false
	p.drives++
	return tea.Batch(p.next(), p.Tasks.After(time.Second, tickMsg{p.drives}))
}

// Leave ends the watching of what is shown, at the user's word; what is known is
// recorded.
func (p *Job) Leave() tea.Cmd {
	p.quiet = true
	p.sub.Leave(p.Now(), submission.ReasonLeft)
	return p.next()
}

// followOther shows the selected one of the other jobs in the place of this one.
func (p *Job) followOther() tea.Cmd {
	list := p.otherList()
	switch {
	case p.selected >= len(list):
		return refuse("there is no such job")
	case p.Holds():
		return refuse("what was sent from here comes first")
	}
	deps, t, id, jitter := p.deps, p.place, wire.Text(list[p.selected].JobID), p.jitter
	return p.look(func(context.Context) tea.Msg {
		sub, err := submission.Recall(deps.Journal, t, id, submission.Options{Jitter: jitter})
		if sub == nil {
			sub = submission.Follow(t, id, submission.Options{Jitter: jitter})
		}
		return takenUpMsg{sub, deps, err}
	})
}

// Reconnect goes on with a new connection to the same backend: whatever asks the
// service from now on uses its credentials, and what waits is done at once. A
// connection to somewhere else is left to the next submission.
func (p *Job) Reconnect(d submission.Deps, region, account string) tea.Cmd {
	known := p.place
	if known.Region != "" && region != known.Region || known.Account != "" && known.Account != account {
		return nil
	}
	p.deps = d
	if p.sub == nil {
		return nil
	}
	p.sub.Reconnected(p.Now())
	if p.sub.Over() && p.sub.Failure() != nil && p.sub.LookAgain(p.Now()) {
		p.quiet = false
	}
	return p.next()
}

// Submission is what is shown, nil before there is something.
func (p *Job) Submission() *submission.Submission { return p.sub }

// Deps are what the submission stands on.
func (p *Job) Deps() submission.Deps { return p.deps }

// InFlight reports whether the request is on its way, or about to be.
func (p *Job) InFlight() bool { return p.sub != nil && p.sub.Sending() }

// Holds reports whether a submission of this program is not over, or may not be
// left for another.
func (p *Job) Holds() bool {
	return p.sub != nil && p.sub.Own() && (!p.sub.Over() || p.sub.Unresolved())
}

// JobID returns the id of the job, "" if none is known.
func (p *Job) JobID() string {
	if p.sub == nil {
		return ""
	}
	return p.sub.JobID()
}

// Receipt returns the id of the receipt of what is shown, "" for none.
func (p *Job) Receipt() string {
	if p.sub == nil {
		return ""
	}
	return p.sub.Receipt().ID
}

// Failure returns why the service was last not asked or did not answer, nil if it
// did.
func (p *Job) Failure() error {
	if p.sub != nil && p.sub.Err() != nil {
		return p.sub.Err()
	}
	return p.othersE
}

// Late returns the end of an attempt to send that nobody has taken yet, when it has
// come.
func (p *Job) Late() <-chan tea.Msg { return p.late }

// TakeLate takes it.
func (p *Job) TakeLate(msg tea.Msg) {
	if done, ok := msg.(doneMsg); ok {
		p.sub.Take(done.event)
	}
}
