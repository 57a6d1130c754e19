// Package page holds the pages of the walk, one a file. Pages never import each
// other; they draw package edit's state and send typed messages upwards.
package page

import (
	"context"
	"io/fs"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/oidc"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/form"
	"ampedit/ui/style"
	"ampedit/ui/task"
)

// Page fills the space between the stepper and the footer.
type Page interface {
	// SetSize gives the page its place.
	SetSize(w, h int)
	// View draws exactly the lines it was given.
	View() sanitize.Text
	// Update takes a key.
	Update(tea.KeyMsg) (Event, tea.Cmd)
	// Receive takes every other message.
	Receive(tea.Msg) tea.Cmd
	// Focus and Blur move the focus into the page, to its first or last stop, and
	// out of it. Neither validates anything.
	Focus(last bool)
	Blur()
	// Capturing reports whether letters are text now.
	Capturing() bool
	// Keys are the bindings that do something now, the most useful first.
	Keys() []key.Binding
}

// Event says what became of a key.
type Event int

// The events.
const (
	Ignored  Event = iota // the key means nothing to the page
	Handled               // done
	ToStart               // the focus leaves the page before its first stop
	ToEnd                 // the focus leaves the page after its last stop
	NextStep              // go on to the next step
	CloseIt               // close this page, for pages on top of others
)

// Shared is what all pages stand on.
type Shared struct {
	Styles *style.Styles
	Edit   *edit.Edit
	Tasks  *task.Runner
	Now    func() time.Time
	// Disk opens schema files and lists folders.
	Disk fs.FS
	// Lists look up what fields may hold.
	Lists   *edit.Lists
	LookUps *task.Latest
	// CheckIssuer asks an OpenID Connect provider whether an issuer is its own; nil
	// asks nobody.
	CheckIssuer func(ctx context.Context, issuer string) (oidc.Result, error)
	// Trouble says what is the matter with the credentials, nil if nothing is known
	// to be.
	Trouble func() *Trouble
	// ResumeCommand gives the whole command that comes back to a submission.
	ResumeCommand func(*submission.Submission) string
}

// Messages that pages send upwards.
type (
	// ToastMsg says what just happened.
	ToastMsg struct {
		Text sanitize.Text
		Bad  bool
	}
	// ChangedMsg says that an answer was changed.
	ChangedMsg struct{ Ref forms.Ref }
	// GoToMsg asks to show a field.
	GoToMsg struct{ Ref forms.Ref }
	// OpenMsg asks to show a page on top of this one.
	OpenMsg struct {
		Page  Page
		Title sanitize.Text
	}
	// ReadMsg asks to read the deployed configuration again.
	ReadMsg struct{}
	// ApproveMsg asks for the approval dialog.
	ApproveMsg struct{}
	// CopyMsg asks to copy a text; What names it.
	CopyMsg struct {
		What sanitize.Text
		Text string
	}
	// WriteMsg asks to write a text to a new file below a name.
	WriteMsg struct{ Name, Text string }
	// EditorMsg asks to open a file in the user's editor.
	EditorMsg struct {
		Path string
		Line int
	}
	// ViewMsg asks to show a text read-only in the user's editor.
	ViewMsg struct{ Name, Text string }
	// WatchMsg asks to watch a job that was not sent from here, and to come back
	// to the review when it has ended.
	WatchMsg struct{ Job wire.Job }
	// PassOverMsg asks to send in spite of a job that has not ended.
	PassOverMsg struct{ Job wire.Job }
	// LeaveMsg asks to leave the program.
	LeaveMsg struct{}
	// StepMsg asks to show a page of the walk, counted from 0.
	StepMsg struct{ Step int }
)

// Send returns a command that sends msg.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// toast returns a command that says what just happened.
func toast(text sanitize.Text) tea.Cmd { return Send(ToastMsg{Text: text}) }

// refuse returns a command that says why a key did nothing.
func refuse(text sanitize.Text) tea.Cmd { return Send(ToastMsg{Text: text, Bad: true}) }

// host lets a form work on the edit.
type host struct{ *Shared }

var _ form.Host = host{}

// Answers are the answers that forms edit.
func (h host) Answers() *forms.Answers { return h.Edit.Answers }

// Context is what notes and marks need.
func (h host) Context() forms.Context { return h.Edit.Context() }

// Problems are the problems of all answers.
func (h host) Problems() []forms.Problem { return h.Edit.Plan().Problems }

// Changed records a change of an answer.
func (h host) Changed(ref forms.Ref) tea.Cmd {
	h.Edit.Touch()
	return Send(ChangedMsg{Ref: ref})
}

// look runs work in the background and gives up when the program ends.
func (s *Shared) look(work func(context.Context) tea.Msg) tea.Cmd { return s.Tasks.Do(work) }

// lookUp looks up what a field may hold.
func (s *Shared) lookUp(ref forms.Ref, text string, all bool) tea.Cmd {
	lookup := s.Lists.Prepare(s.Edit, ref, text, all)
	return s.LookUps.Do(func(ctx context.Context, _ int) tea.Msg { return foundMsg{lookup.Look(ctx)} })
}

// foundMsg carries suggestions to the page that shows the field.
type foundMsg struct{ found edit.Found }
