package page

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
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
	readBackMsg  struct{ back edit.ReadBack }
	otherJobsMsg struct {
		jobs []wire.Job
		err  error
	}
	secondMsg  struct{ watch *edit.Watch }
	sendingMsg struct{ doing *doing }
	lookedMsg  struct{ outcome edit.Outcome }
)

// EndedMsg says that the job that was watched has ended.
type EndedMsg struct {
	Result edit.Result
	// Own is set for a job that was sent from here.
	Own bool
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

	choosing bool // the environment's jobs are listed to choose from
	sending  bool
	doing    *doing
	outcome  *edit.Outcome
	watch    *edit.Watch
	stop     context.CancelFunc
	job      *wire.Job
	last     client.Observation
	good     time.Time
	started  time.Time
	ended    time.Time
	fails    int
	watched  error
	back     *edit.ReadBack
	others   []wire.Job
	othersE  error
	events   []event

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
	p.note("sent once and accepted, according to " + o.Accepted.How.String())
	p.started = o.At
	if o.Accepted.How == client.InEffect {
		p.note("the configuration is in effect; no job is known")
		return p.readOthers()
	}
	return p.Follow(p.sender, p.target, o.Accepted.JobID, o.Accepted.Job)
}

// Follow watches a job from now on; job is what is known of it, nil for nothing.
func (p *Job) Follow(s edit.Sender, t edit.Target, jobID string, job *wire.Job) tea.Cmd {
	p.sender, p.target = s, t
	if job == nil {
		job = &wire.Job{JobID: &jobID}
	}
	p.job = job
	if p.started.IsZero() {
		p.started = p.Now()
	}
	if made, ok := client.JobTime(text(job.CreateTime)); ok {
		p.started = made
	}
	if p.status() != "" {
		p.note(p.status())
	}
	return tea.Batch(p.follow(jobID), p.readOthers())
}

func (p *Job) follow(jobID string) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.watch = edit.StartWatch(ctx, p.sender.Service, p.target, jobID, p.pace)
	return tea.Batch(p.next(), p.Tasks.After(time.Second, secondMsg{p.watch}))
}

// Stop ends the watching. The job goes on.
func (p *Job) Stop() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func (p *Job) next() tea.Cmd {
	watch, stop := p.watch, p.stop
	return p.look(func(ctx context.Context) tea.Msg {
		defer context.AfterFunc(ctx, stop)()
		seen, more := watch.Next()
		return seenMsg{watch: watch, seen: seen, more: more}
	})
}

func (p *Job) readOthers() tea.Cmd {
	service, target := p.sender.Service, p.target
	return p.look(func(ctx context.Context) tea.Msg {
		jobs, err := edit.Jobs(ctx, service, target)
		return otherJobsMsg{jobs: jobs, err: err}
	})
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
	case readBackMsg:
		p.back = &msg.back
		if msg.back.Err == nil {
			p.Edit.SetBase(msg.back.Base)
		}
		return p.record(p.back)
	}
	return nil
}

func (p *Job) see(msg seenMsg) tea.Cmd {
	if !msg.more {
		return p.finish()
	}
	p.last = msg.seen
	switch {
	case msg.seen.Err != nil:
		p.fails++
		p.note("one look failed (" + client.Printable(shortError(msg.seen.Err)) + "); watching goes on")
	case msg.seen.Job != nil:
		if text(msg.seen.Job.Status) != p.status() {
			p.note(text(msg.seen.Job.Status))
		}
		p.job, p.good = msg.seen.Job, msg.seen.At
		if made, ok := client.JobTime(text(p.job.CreateTime)); ok && p.outcome == nil {
			p.started = made
		}
	}
	return p.next()
}

// finish is called when the watching is over.
func (p *Job) finish() tea.Cmd {
	p.ended = p.Now()
	if updated, ok := client.JobTime(text(p.job.UpdateTime)); ok && p.approval == nil {
		p.ended = updated // it may have ended long before it was looked at
	}
	p.watched = p.watch.Err()
	cmds := []tea.Cmd{p.readOthers()}
	switch p.Result() {
	case edit.Completed:
		cmds = append(cmds, p.readBack())
	case edit.Failed:
		cmds = append(cmds, p.record(nil))
	case edit.Running:
		p.note("watching ended: " + shortError(p.watched))
	}
	return tea.Batch(append(cmds, Send(EndedMsg{Result: p.Result(), Own: p.approval != nil}))...)
}

func (p *Job) readBack() tea.Cmd {
	if p.approval == nil {
		return p.record(nil)
	}
	service, approval, now := p.sender.Service, *p.approval, p.Now
	return p.look(func(ctx context.Context) tea.Msg {
		return readBackMsg{back: edit.ReadAfter(ctx, service, approval, now)}
	})
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

// Receipt returns the id of the submission's receipt, "" if none is kept.
func (p *Job) Receipt() string {
	if p.outcome == nil {
		return ""
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

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
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

// again opens the review after a submission that provably did nothing.
func (p *Job) again() tea.Cmd {
	if p.sending || p.Result() == edit.Running && p.job != nil {
		return refuse("the job is still running; the forms stay as they are")
	}
	return Send(StepMsg{Step: stepReview})
}

const stepReview = 5

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
	if p.JobID() != "" {
		out = append(out, keys.Copy, keys.Write)
	}
	if len(p.otherList()) > 0 {
		out = append(out, keys.SelectJob)
	}
	if p.lineCount > p.h {
		out = append(out, keys.PageDown, keys.PageUp)
	}
	if p.Unknown() {
		out = append(out, keys.LookAgain)
	}
	running := p.sending || p.job != nil && p.Result() == edit.Running
	if !running && p.selected >= 0 {
		out = append(out, keys.FollowJob)
	} else if !running && p.outcome != nil {
		out = append(out, keys.BackToReview)
	}
	if p.job != nil && running {
		return append(out, keys.QuitJob)
	}
	return append(out, keys.Quit)
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

// Choose shows the environment's jobs to choose one from.
func (p *Job) Choose(s edit.Sender, t edit.Target) tea.Cmd {
	p.sender, p.target, p.choosing, p.selected = s, t, true, 0
	return p.readOthers()
}

// otherList are the environment's jobs without the one that is shown.
func (p *Job) otherList() []*wire.Job {
	var out []*wire.Job
	for i := range p.others {
		if id := text(p.others[i].JobID); id != p.JobID() || id == "" {
			out = append(out, &p.others[i])
		}
	}
	return out
}

// followOther shows the selected one of the other jobs in the place of this one.
func (p *Job) followOther() tea.Cmd {
	list := p.otherList()
	switch {
	case p.selected >= len(list):
		return refuse("there is no such job")
	case p.sending || p.Unknown() || p.job != nil && p.Result() == edit.Running:
		return refuse("the job that was sent from here comes first")
	}
	job, sender, target := *list[p.selected], p.sender, p.target
	p.Stop()
	*p = Job{Shared: p.Shared, pace: p.pace, w: p.w, h: p.h, focused: p.focused, selected: -1}
	return p.Follow(sender, target, text(job.JobID), &job)
}
