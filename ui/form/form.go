// Package form draws and drives any form of package forms: text, choices, paths,
// and the buttons below. It keeps no answers of its own; each key goes straight
// into forms.Answers.
package form

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// Host is what a form needs from whoever shows it.
type Host interface {
	// Answers are the answers that the form edits.
	Answers() *forms.Answers
	// Context is what the notes and marks need.
	Context() forms.Context
	// Problems are the problems of all answers.
	Problems() []forms.Problem
	// Changed is called after each change of an answer.
	Changed(ref forms.Ref) tea.Cmd
}

// Event is what a key came to, for the page to act on.
type Event int

// The events.
const (
	None     Event = iota // not a key of the form
	Handled               // done
	PastTop               // the focus wants to go before the first stop
	PastEnd               // the focus wants to go past the last stop
	Continue              // enter on the last field
	Pressed               // the focused button
	Rejected              // a key that does nothing here now; see Reason
)

// Form is one page of fields and buttons.
type Form struct {
	styles  *style.Styles
	host    Host
	ref     forms.Ref // step and entry; the key is the field's
	buttons []sanitize.Text

	focus    int // over fields, then buttons
	focused  bool
	touched  map[forms.Key]bool
	showAll  bool
	input    widget.Input
	inputKey forms.Key
	list     completion
	reason   sanitize.Text

	w, h, top int
}

// SetCompleter gives the form the command that looks up what a field may hold.
// Its result comes back through SetCompletion.
func (f *Form) SetCompleter(look Completer) { f.list.look = look }

// New returns the form of a step, or with an entry's ID of an additional
// authorization type.
func New(s *style.Styles, host Host, step forms.Step, entry int, buttons ...sanitize.Text) *Form {
	f := &Form{
		styles: s, host: host, ref: forms.Ref{Step: step, Entry: entry},
		buttons: buttons, touched: map[forms.Key]bool{}, input: widget.NewInput(s),
	}
	f.load()
	return f
}

// SetSize gives the form its place.
func (f *Form) SetSize(w, h int) { f.w, f.h = w, h }

// SetButtons replaces the buttons below the fields.
func (f *Form) SetButtons(buttons ...sanitize.Text) {
	f.buttons = buttons
	f.clamp()
}

// Fields returns the fields that apply now.
func (f *Form) Fields() []forms.Field {
	if f.ref.Step == forms.StepMore {
		if e := f.host.Answers().Entry(f.ref.Entry); e != nil {
			return forms.EntryFields(e)
		}
		return nil
	}
	return forms.Fields(f.ref.Step, f.host.Answers())
}

func (f *Form) at(k forms.Key) forms.Ref {
	r := f.ref
	r.Key = k
	return r
}

// Field returns the focused field; false if a button or nothing has the focus.
func (f *Form) Field() (forms.Field, bool) {
	fields := f.Fields()
	if !f.focused || f.focus >= len(fields) {
		return forms.Field{}, false
	}
	return fields[f.focus], true
}

// Ref returns the focused field's place; its key is empty on a button.
func (f *Form) Ref() forms.Ref {
	field, _ := f.Field()
	return f.at(field.Key)
}

// Button returns the focused button's label, "" if none has the focus.
func (f *Form) Button() sanitize.Text {
	if i := f.focus - len(f.Fields()); f.focused && i >= 0 && i < len(f.buttons) {
		return f.buttons[i]
	}
	return ""
}

// Capturing reports whether letters are text now.
func (f *Form) Capturing() bool {
	field, ok := f.Field()
	return ok && field.Kind != forms.KindChoice
}

// Focus gives the form the focus, on its first or its last stop.
func (f *Form) Focus(last bool) {
	f.focused = true
	f.focus = 0
	if last {
		f.focus = f.stops() - 1
	}
	f.load()
}

// FocusField gives a field the focus and shows its problems.
func (f *Form) FocusField(k forms.Key) {
	f.focused = true
	for i, field := range f.Fields() {
		if field.Key == k {
			f.focus = i
		}
	}
	f.showAll = true
	f.load()
}

// Blur takes the focus away. It never validates.
func (f *Form) Blur() {
	f.leave()
	f.focused = false
}

// ShowProblems shows the problems of all fields and moves to the first that
// blocks. It reports whether there is one.
func (f *Form) ShowProblems() bool {
	f.showAll = true
	for i, field := range f.Fields() {
		if p := forms.Worst(f.host.Problems(), f.at(field.Key)); p != nil && p.Severity == forms.Error {
			f.leave()
			f.focused, f.focus = true, i
			f.load()
			return true
		}
	}
	return false
}

// Reload takes the answers anew, after something else than this form changed
// them.
func (f *Form) Reload() {
	f.clamp()
	f.load()
}

// Reason says why the last key was rejected.
func (f *Form) Reason() sanitize.Text { return f.reason }

func (f *Form) stops() int { return len(f.Fields()) + len(f.buttons) }

func (f *Form) clamp() { f.focus = max(0, min(f.focus, f.stops()-1)) }

// leave marks the focused field as visited, so that its problems show.
func (f *Form) leave() {
	if field, ok := f.Field(); ok {
		f.touched[field.Key] = true
	}
	f.list.close()
}

// load puts the focused field's text into the one text input.
func (f *Form) load() {
	field, ok := f.Field()
	if !ok || field.Kind == forms.KindChoice {
		f.inputKey = ""
		return
	}
	text := f.host.Answers().Text(f.at(field.Key))
	if f.inputKey == field.Key && f.input.Value() == text {
		return
	}
	f.inputKey = field.Key
	f.input.SetPlaceholder("")
	if field.Example != "" {
		f.input.SetPlaceholder("e.g. " + sanitize.Line(field.Example))
	}
	f.input.SetValue(text)
	f.input.Focus()
}
