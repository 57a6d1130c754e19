package page

import (
	"context"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// Messages of the job page's own background work.
type (
	seenMsg struct {
		watch *edit.Watch
		seen  client.Observation
		more  bool
	}
	readBackMsg struct{ back edit.ReadBack }
	watchedMsg  struct {
		jobID   string
		watched edit.Watched
		err     error
	}
	otherJobsMsg struct {
		jobs []wire.Job
		own  []time.Duration // of updates sent from here
		err  error
	}
	secondMsg  struct{ watch *edit.Watch }
	sendingMsg struct{ doing *doing }
	lookedMsg  struct{ outcome edit.Outcome }
)

// EndedMsg says that the job that was watched has ended.
type EndedMsg struct {
	Result edit.Result
	// ThenReview is set for a job that was waited for.
	ThenReview bool
}

// event is a line of the timeline.
type event struct {
	at   time.Time
	text string
}

// Job is the last step: the job, live, until it ends.
type Job struct {
	*Shared
	sender   edit.Sender
	target   edit.Target
	approval *edit.Approval
	pace     client.WatchOptions

	thenReview bool // the job is waited for, to send one of our own after it
	choosing   bool // the environment's jobs are listed to choose from
	sending    bool
	doing      *doing
	outcome    *edit.Outcome
	watch      *edit.Watch
	stop       context.CancelFunc
	job        *wire.Job
	last       client.Observation
	good       time.Time
	started    time.Time
	ended      time.Time
	fails      int
	watched    error
	renewed    bool // the connection is newer than what failed before
	back       *edit.ReadBack
	receipt    string // of a job that was not sent in this run, "" if none is known
	others     []wire.Job
	usual      edit.Usual
	othersE    error
	events     []event

	selected  int // among the other jobs, -1 for none
	focused   bool
	top       int
	w, h      int
	lineCount int
	// selectedLine is the selected job's place in the list, while it is drawn.
	selectedLine int
}

// NewJob returns the page. pace says when to look at the job.
func NewJob(s *Shared, pace client.WatchOptions) *Job {
	return &Job{Shared: s, pace: pace, selected: -1}
}

func (p *Job) note(text string) {
	p.events = append(p.events, event{at: p.Now(), text: widget.CleanLine(text)})
}

// Receive takes what the background work found out.
func (p *Job) Receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case seenMsg:
		if msg.watch == p.watch {
			return p.see(msg)
		}
	case secondMsg:
		if msg.watch == p.watch && p.Result() == edit.Running && p.watched == nil {
			return p.Tasks.After(time.Second, secondMsg{p.watch})
		}
	case sendingMsg:
		if p.sending && msg.doing == p.doing {
			return p.Tasks.After(time.Second, msg)
		}
	case lookedMsg:
		return p.Sent(msg.outcome)
	case otherJobsMsg:
		p.others, p.othersE = msg.jobs, msg.err
		p.usual = edit.UsualOf(msg.jobs, msg.own)
	case watchedMsg:
		if msg.jobID == p.JobID() {
			return p.endWatched(msg)
		}
	case readBackMsg:
		p.back = &msg.back
		if msg.back.Err == nil {
			p.Edit.Deployed(msg.back.Base, *p.approval)
		}
		return p.record(p.back)
	}
	return nil
}

const stepReview = 5

// Update takes a key.
func (p *Job) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	switch {
	case key.Matches(msg, keys.NextStop):
		return ToEnd, nil
	case key.Matches(msg, keys.PrevStop):
		return ToStart, nil
	case key.Matches(msg, keys.Up):
		if p.selected < 0 {
			return ToStart, nil
		}
		p.selected--
	case key.Matches(msg, keys.Down):
		p.selected = min(p.selected+1, len(p.otherList())-1)
	case key.Matches(msg, keys.PageUp):
		p.top = max(0, p.top-p.h)
	case key.Matches(msg, keys.PageDown):
		p.top = max(0, min(p.top+p.h, p.lineCount-p.h))
	case key.Matches(msg, keys.Copy):
		if p.JobID() == "" {
			return Handled, refuse("there is no job id yet")
		}
		return Handled, Send(CopyMsg{What: "job id", Text: p.JobID()})
	case key.Matches(msg, keys.Write):
		return Handled, Send(WriteMsg{Name: "job.txt", Text: strings.Join(p.plainLines(), "\n") + "\n"})
	case key.Matches(msg, keys.LookAgain):
		return Handled, p.lookAgain()
	case key.Matches(msg, keys.Open) && p.selected >= 0:
		return Handled, p.followOther()
	case key.Matches(msg, keys.Open):
		return Handled, p.again()
	default:
		return Ignored, nil
	}
	return Handled, nil
}

// Focus moves the focus into the page.
func (p *Job) Focus(bool) { p.focused = true }

// Blur takes the focus out of the page.
func (p *Job) Blur() { p.focused = false }

// Capturing reports whether letters are text now: never.
func (p *Job) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (p *Job) Keys() []key.Binding {
	var out []key.Binding
	running := p.sending || p.job != nil && p.Result() == edit.Running
	switch {
	case p.Unknown():
		out = append(out, keys.LookAgain, keys.BackToReview)
	case !running && p.selected >= 0:
		out = append(out, keys.FollowJob)
	case !running && p.outcome != nil:
		out = append(out, keys.BackToReview)
	}
	if p.JobID() != "" {
		out = append(out, keys.Copy, keys.Write)
	}
	if len(p.otherList()) > 0 {
		out = append(out, keys.SelectJob)
	}
	leave := keys.Quit
	if p.job != nil && running {
		leave = keys.QuitJob
	}
	out = append(out, leave)
	if p.lineCount > p.h {
		out = append(out, keys.PageDown, keys.PageUp)
	}
	return out
}

// SetSize gives the page its place.
func (p *Job) SetSize(w, h int) { p.w, p.h = w, h }

// plainLines is the page without colours, for a file.
func (p *Job) plainLines() []string {
	shared := *p.Shared
	shared.Styles = style.New(plainProfile)
	plain := *p
	plain.Shared = &shared
	return plain.lines()
}
