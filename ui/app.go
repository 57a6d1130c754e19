// Package ui is the interactive program: the root Bubble Tea model with its
// steps, the pages on top of them, dialogs, toasts and the routing of keys.
package ui

import (
	"context"
	"io/fs"
	"os/exec"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/oidc"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/task"
	"ampedit/ui/widget"
)

// Config is what the program stands on. All of it is required but Jitter.
type Config struct {
	Styles *style.Styles
	Clock  client.Clock
	// Jitter gives numbers in [0,1) that spread the looks at a job; nil means
	// random ones.
	Jitter func() float64
	// Location is the time zone in which times are shown.
	Location *time.Location
	// Connect makes the connection to the services, without any network.
	Connect edit.Connector
	// Disk opens schema files and folders by the paths that users type.
	Disk fs.FS
	// Policy says what keeps updates from being sent.
	Policy edit.Policy
	// Origins fill the fields of the target that nobody typed, and say who stated what.
	Origins edit.Origins
	// CheckIssuer asks an OpenID Connect provider whether an issuer is its own; nil
	// asks nobody.
	CheckIssuer func(ctx context.Context, issuer string) (oidc.Result, error)
	// Resume gives the whole command that comes back to a submission.
	Resume func(*submission.Submission, *edit.Session) string
	// Login makes the command that runs the words of a command on the released
	// terminal and then gives the message that done makes of its end.
	Login func(words []string, done func(error) tea.Msg) (tea.Cmd, error)
	// NextCode waits for the next time that the code of an MFA device is asked for;
	// false says that it never will be. Nil asks for none.
	NextCode func(context.Context) (CodeRequest, bool)
	// JobControl says that the program can be suspended and come back.
	JobControl bool
	// Copy puts a text on the clipboard and says which way it took.
	Copy func(text string) (way string, err error)
	// Write writes a text to a new file and returns its path.
	Write func(name, text string) (path string, err error)
	// Editor returns the command that opens a file at a line, counted from 1.
	Editor func(path string, line int) (*exec.Cmd, error)
	// Journal keeps drafts and receipts; nil keeps none.
	Journal *journal.Journal
	// Local says what the local project says of an environment, nil if there is no
	// project or it says nothing of it. It reads files.
	Local func(t edit.Target) *edit.Base
	// Bell rings when a job that was sent from here ends, and with it the
	// terminal's title says how; nil does neither.
	Bell func()
	// Watch is what is watched from the start, nil to start with the forms. ChooseJob
	// shows the environment's jobs to choose from.
	Watch     *submission.Submission
	ChooseJob bool
	// View writes a text to a temporary file for reading and returns its path.
	View func(name, text string) (path string, err error)
}

// The pages of the walk after the forms, as places in App.pages.
const (
	stepReview = 5
	stepJob    = 6
)

var stepNames = []sanitize.Text{"Target", "Default", "More", "Conflicts", "Schema", "Review", "Job"}

// App is the root model.
type App struct {
	config Config
	styles *style.Styles
	edit   *edit.Edit
	tasks  *task.Runner
	shared *page.Shared

	pages     []page.Page
	job       *page.Job
	current   int
	onStepper bool
	watching  bool // what is to be watched from the start is shown
	stack     []page.OpenMsg
	dialog    *dialog
	code      *codePrompt // on top of all else
	help      *widget.Scroll
	toast     *page.ToastMsg

	connecting  *task.Latest
	reading     *task.Latest
	loading     *task.Latest
	checking    *task.Latest
	listing     *task.Latest
	drafts      drafts
	lookedAfter edit.Target // whose earlier submissions were looked after
	findingOut  bool        // that is under way
	endings     int         // how many submissions have ended

	checked    int // the generation of the answers that was last looked at for a check
	connectErr error
	login      login
	titled     bool          // the terminal's title was changed
	busy       sanitize.Text // what is under way, for the header

	access edit.Access // that the session was asked for
	target edit.Target // that the base was asked for

	w, h   int
	atOnce bool // the user does not wait for an answer
	panics *task.PanicMsg
	// editing is set while the terminal is lent to an editor.
	editing atomic.Bool
}

// New returns the program. Work in the background ends with ctx.
func New(ctx context.Context, c Config) *App {
	tasks := task.NewRunner(ctx, c.Clock)
	now := func() time.Time { return c.Clock.Now().In(c.Location) }
	a := &App{
		config: c, styles: c.Styles, edit: edit.New(now), tasks: tasks, onStepper: true,
		connecting: task.NewLatest(tasks), reading: task.NewLatest(tasks),
		loading: task.NewLatest(tasks), checking: task.NewLatest(tasks), listing: task.NewLatest(tasks),
		drafts: drafts{keeper: edit.NewKeeper(c.Journal)},
	}
	a.edit.Begin(c.Origins)
	a.edit.SetPolicy(c.Policy)
	shared := &page.Shared{
		Styles: c.Styles, Edit: a.edit, Tasks: tasks, Now: now, Disk: c.Disk, Lists: &edit.Lists{Disk: c.Disk}, LookUps: task.NewLatest(tasks),
		CheckIssuer:   c.CheckIssuer,
		ResumeCommand: func(s *submission.Submission) string { return c.Resume(s, a.session()) },
		Trouble:       a.trouble,
	}
	a.shared = shared
	a.job = page.NewJob(shared, c.Jitter)
	a.pages = []page.Page{
		page.NewTarget(shared),
		page.NewForm(shared, forms.StepDefault),
		page.NewMore(shared),
		page.NewForm(shared, forms.StepConflicts),
		page.NewSchema(shared),
		page.NewReview(shared),
		a.job,
	}
	return a
}

// Init starts the work that needs the network, after the first frame.
func (a *App) Init() tea.Cmd { return tea.Batch(a.connect(), a.awaitCode()) }

// Edit returns the change that the program makes.
func (a *App) Edit() *edit.Edit { return a.edit }

// Update takes a message.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		return a, nil
	case tea.KeyMsg:
		a.toast = nil
		return a, tea.Batch(a.key(msg), a.afterwards())
	case task.PanicMsg:
		a.panics = &msg
		return a, tea.Quit
	}
	return a, tea.Batch(a.receive(msg), a.afterwards())
}

// afterwards is what may be due after any message.
func (a *App) afterwards() tea.Cmd {
	return tea.Batch(a.check(), a.lookForDrafts(), a.offerDraft(), a.scheduleDraft())
}

// receive takes a message that is neither a key nor a size.
func (a *App) receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case page.ToastMsg:
		a.toast = &msg
	case tea.FocusMsg:
		return a.lookAtSchema()
	case page.ChangedMsg:
		return a.changed(msg.Ref)
	case page.GoToMsg:
		return a.goTo(msg.Ref)
	case page.OpenMsg:
		a.stack = append(a.stack, msg)
		msg.Page.Focus(false)
	case page.PutBackMsg:
		return a.putBack(msg.Receipt)
	case page.StepMsg:
		return a.show(msg.Step, true)
	case page.ReadMsg:
		return a.readAgain()
	case page.LoginMsg:
		return a.logIn()
	case page.ApproveMsg:
		return a.askApproval()
	case page.CopyMsg:
		return a.copyText(msg)
	case page.WriteMsg:
		return a.writeText(msg)
	case page.EditorMsg:
		return a.openEditor(msg.Path, msg.Line)
	case page.ViewMsg:
		return a.viewText(msg)
	case page.WatchMsg:
		return a.watchOther(msg.Job)
	case page.PassOverMsg:
		a.askPassOver(msg.Job)
	case page.LeaveMsg:
		return a.leave()
	default:
		return a.receiveWork(msg)
	}
	return nil
}

// page returns the page that is shown: the topmost of the stack, else that of
// the current step.
func (a *App) page() page.Page {
	if n := len(a.stack); n > 0 {
		return a.stack[n-1].Page
	}
	return a.pages[a.current]
}

// show goes to a step, valid or not; into the page or only onto the stepper.
func (a *App) show(step int, into bool) tea.Cmd {
	a.page().Blur()
	a.stack = nil
	left := a.current
	a.current = max(0, min(step, len(a.pages)-1))
	a.onStepper = !into
	if into {
		a.page().Focus(false)
	}
	var cmds []tea.Cmd
	if left == int(forms.StepTarget) && a.current != left {
		cmds = append(cmds, a.settleTarget())
	}
	cmds = append(cmds, a.lookAtSchema())
	if a.current == stepReview {
		cmds = append(cmds, a.listJobs())
	}
	return tea.Batch(cmds...)
}

// lookAtSchema reads the schema's file again where it matters that it may have
// changed meanwhile.
func (a *App) lookAtSchema() tea.Cmd {
	if a.current == stepReview || a.current == int(forms.StepSchema) {
		return a.loadSchema()
	}
	return nil
}

// goTo shows a field.
func (a *App) goTo(ref forms.Ref) tea.Cmd {
	cmd := a.show(int(ref.Step), true)
	switch p := a.page().(type) {
	case interface{ FocusField(forms.Key) }:
		p.FocusField(ref.Key)
	case *page.More:
		p.Select(ref.Entry)
		if e := a.edit.Answers.Entry(ref.Entry); e != nil && !e.Removed {
			a.stack = append(a.stack, p.Entry(ref.Entry, ref.Key))
		}
	}
	return cmd
}

// changed reacts to a change of an answer.
func (a *App) changed(ref forms.Ref) tea.Cmd {
	if ref.Step == forms.StepSchema {
		return a.loadSchema()
	}
	return nil
}
