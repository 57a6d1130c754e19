package page

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/ui/edit"
)

// Reconnect goes on with a new connection to the same backend: whatever asks the
// service from now on uses its credentials, and a job that still runs is looked at
// at once. A connection to somewhere else is left to the next submission.
func (p *Job) Reconnect(s edit.Sender) tea.Cmd {
	known := p.sender.Identity.Account
	if p.sending || s.Region != p.sender.Region || known != "" && known != s.Identity.Account {
		return nil
	}
	p.sender, p.renewed = s, true
	if p.job == nil || p.Result() != edit.Running {
		return nil
	}
	p.Stop()
	p.last, p.watched, p.ended = client.Observation{}, nil, time.Time{}
	p.note("connected anew; watching goes on")
	return p.follow(p.JobID())
}

// Failure returns why the service was last not asked or did not answer, nil if it
// did, or if there has been a new connection since.
func (p *Job) Failure() error {
	switch {
	case p.last.Err != nil:
		return p.last.Err
	case p.renewed:
		return nil
	case p.watched != nil:
		return p.watched
	case p.outcome != nil && p.outcome.Verdict == edit.NotStarted:
		return p.outcome.Err
	case p.back != nil && p.back.Err != nil:
		return p.back.Err
	}
	return p.othersE
}
