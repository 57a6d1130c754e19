package page

import (
	"context"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/task"
)

// Messages of the job page's own background work.
type (
	// doneMsg carries what came of a step of the submission.
	doneMsg struct{ event submission.Event }
	// dueMsg says that the next step may be due.
	dueMsg    struct{ wait int }
	tickMsg   struct{ drive int }
	otherJobs struct {
		jobs []wire.Job
		own  []time.Duration // of updates sent from here
		err  error
	}
	takenUpMsg struct {
		sub  *submission.Submission
		deps submission.Deps
		err  error
	}
)

// EndedMsg says that nothing more happens to the submission by itself.
type EndedMsg struct {
	// ThenReview is set for a job that was waited for.
	ThenReview bool
}

// Job is the last step: a submission, live, until it is over. It drives the
// submission and draws it; what it means is the submission's to say.
type Job struct {
	*Shared
	sub    *submission.Submission // nil before there is one
	deps   submission.Deps
	jitter func() float64
	drives int            // counts the submissions that were driven
	waits  int            // counts the waits for a step
	late   chan tea.Msg   // the end of an attempt to send that nobody has taken yet
	wakes  *task.Latest   // the wait for the next step
	quiet  bool           // the end was told already
	listed bool           // the environment's jobs were asked for
	place  journal.Target // whose jobs are listed

	thenReview bool // the job is waited for, to send one of our own after it
	choosing   bool // the environment's jobs are listed to choose from
	others     []wire.Job
	usual      submission.Usual
	othersE    error

	selected  int // among the other jobs, -1 for none
	focused   bool
	top       int
	w, h      int
	lineCount int
	// selectedLine is the selected job's place in the list, while it is drawn.
	selectedLine int
}

// NewJob returns the page. jitter spreads the looks at a job.
func NewJob(s *Shared, jitter func() float64) *Job {
	return &Job{Shared: s, jitter: jitter, selected: -1, late: make(chan tea.Msg, 1), wakes: task.NewLatest(s.Tasks)}
}

// Receive takes what the background work found out.
func (p *Job) Receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case doneMsg:
		return p.take(msg.event)
	case dueMsg:
		if msg.wait == p.waits {
			return p.next()
		}
	case tickMsg:
		if msg.drive == p.drives && p.sub != nil && !p.sub.Over() {
			return p.Tasks.After(time.Second, msg)
		}
	case otherJobs:
		p.others, p.othersE = msg.jobs, msg.err
		p.usual = submission.UsualOf(msg.jobs, msg.own)
	case takenUpMsg:
		if msg.err != nil {
			return refuse("the receipts could not be read: " + sanitize.Error(msg.err))
		}
		return p.Drive(msg.sub, msg.deps)
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
		return Handled, Send(CopyMsg{What: "job id", Text: string(sanitize.Line(p.JobID()))})
	case key.Matches(msg, keys.Write):
		return Handled, Send(WriteMsg{Name: "job.txt", Text: string(sanitize.Join(p.plainLines(), "\n")) + "\n"})
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
	over := p.sub == nil || p.sub.Over()
	if p.sub != nil && p.sub.CanLookAgain() {
		out = append(out, keys.LookAgain)
	}
	switch {
	case over && p.selected >= 0:
		out = append(out, keys.FollowJob)
	case over && p.sub != nil && p.sub.Own():
		out = append(out, keys.BackToReview)
	}
	if p.JobID() != "" {
		out = append(out, keys.Copy, keys.Write)
	}
	if len(p.otherList()) > 0 {
		out = append(out, keys.SelectJob)
	}
	leave := keys.Quit
	if !over && len(p.sub.Jobs()) > 0 {
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
func (p *Job) plainLines() []sanitize.Text {
	shared := *p.Shared
	shared.Styles = style.Plain()
	plain := *p
	plain.Shared = &shared
	return plain.lines()
}

// again opens the review after the end.
func (p *Job) again() tea.Cmd {
	if p.sub != nil && !p.sub.Over() {
		return refuse("the job is still running; the forms stay as they are")
	}
	return Send(StepMsg{Step: stepReview})
}

// Choose shows the environment's jobs to choose one from.
func (p *Job) Choose(d submission.Deps, t journal.Target) tea.Cmd {
	p.deps, p.place, p.choosing, p.selected = d, t, true, 0
	return p.readOthers()
}

// maxDurations bounds how many earlier jobs say what is usual.
const maxDurations = 50

func (p *Job) readOthers() tea.Cmd {
	deps, t := p.deps, p.place
	return p.look(func(ctx context.Context) tea.Msg {
		var msg otherJobs
		var list client.JobList
		list, msg.err = client.ListJobs(ctx, deps.Service, t.AppID, t.Environment)
		msg.jobs = list.Jobs
		if deps.Journal != nil {
			msg.own, _ = deps.Journal.Durations(t, maxDurations) // without them less is usual
		}
		return msg
	})
}

// otherList are the environment's jobs without those that are shown.
func (p *Job) otherList() []*wire.Job {
	shown := map[string]bool{}
	if p.sub != nil {
		for _, job := range p.sub.Jobs() {
			shown[wire.Text(job.JobID)] = true
		}
	}
	var out []*wire.Job
	for i := range p.others {
		if !shown[wire.Text(p.others[i].JobID)] {
			out = append(out, &p.others[i])
		}
	}
	return out
}
