package widget

import (
	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ampedit/ui/keys"
	"ampedit/ui/style"
)

// Answer is what a dialog was closed with.
type Answer int

// The answers to a dialog.
const (
	Pending   Answer = iota // still open
	AnswerNo                // the default
	AnswerYes               // the user's explicit word
)

// Dialog asks a question whose default answer is no. With a word to type, the
// only way to yes is typing it.
type Dialog struct {
	Title string
	// Lines say what yes would do.
	Lines []string
	// Yes and No are the buttons' labels.
	Yes, No string
	// Word must be typed for yes, "" for a plain question.
	Word string
	// Blocked says why yes is not possible now, "" if it is.
	Blocked string

	styles *style.Styles
	input  textinput.Model
	onYes  bool
	hint   string
}

// NewDialog returns an open dialog. word may be empty.
func NewDialog(s *style.Styles, title, yes, no, word string) *Dialog {
	d := &Dialog{Title: title, Yes: yes, No: no, Word: word, styles: s, input: NewInput(s)}
	if word != "" {
		d.input.Focus()
	}
	return d
}

// Update takes a key and says whether the dialog is answered.
func (d *Dialog) Update(msg tea.KeyMsg) Answer {
	d.hint = ""
	if d.Word != "" {
		return d.updateWord(msg)
	}
	switch {
	case key.Matches(msg, keys.No):
		return AnswerNo
	case key.Matches(msg, keys.Yes):
		return d.yes()
	case key.Matches(msg, keys.DialogMove):
		d.onYes = !d.onYes
	case key.Matches(msg, keys.DialogPress):
		if d.onYes {
			return d.yes()
		}
		return AnswerNo
	}
	return Pending
}

func (d *Dialog) updateWord(msg tea.KeyMsg) Answer {
	switch {
	case key.Matches(msg, keys.DialogNo):
		return AnswerNo
	case key.Matches(msg, keys.DialogSend):
		if d.input.Value() != d.Word {
			d.hint = "That is not " + d.Word + "; nothing was sent."
			return Pending
		}
		return d.yes()
	}
	d.input, _ = d.input.Update(msg)
	return Pending
}

func (d *Dialog) yes() Answer {
	if d.Blocked != "" {
		d.hint = d.Blocked
		return Pending
	}
	return AnswerYes
}

// Keys returns the bindings of the dialog.
func (d *Dialog) Keys() []key.Binding {
	if d.Word != "" {
		return []key.Binding{keys.DialogSend, keys.DialogNo}
	}
	return []key.Binding{keys.Yes, keys.No, keys.DialogMove, keys.DialogPress}
}

// View draws the dialog as a box of at most w by h cells.
func (d *Dialog) View(w, h int) string {
	inner := max(min(w, 70)-4, 1)
	var lines []string
	for _, l := range d.Lines {
		lines = append(lines, Wrap(l, inner)...)
	}
	tail := []string{""}
	if d.Blocked != "" || d.hint != "" {
		text := d.Blocked
		if d.hint != "" {
			text = d.hint
		}
		for _, l := range Wrap(text, inner) {
			tail = append(tail, d.styles.Warning.Render(l))
		}
	}
	if d.Word != "" {
		label, way := "Type "+d.styles.Title.Render(d.Word)+" to confirm: ", "esc  "+d.No
		room := inner - ansi.StringWidth(label) - 1
		if beside := room - ansi.StringWidth(way) - 1; beside >= len(d.Word) {
			room = beside
		} else {
			way = "" // the footer says it alone
		}
		d.input.Width = max(min(24, room), 4)
		tail = append(tail, Ends(label+d.input.View(), way, inner))
	} else {
		tail = append(tail, Button(d.styles, d.No, !d.onYes)+"   "+Button(d.styles, d.Yes, d.onYes))
	}
	if room := h - 2 - len(tail); len(lines) > room { // the way out stays visible
		lines = lines[:max(room, 0)]
	}
	return Frame(d.styles, d.Title, append(lines, tail...), min(w, 70))
}

// Button draws a button; focused is seen without colour as well.
func Button(s *style.Styles, label string, focused bool) string {
	if focused {
		return s.Focus.Render(style.Focus) + s.ButtonOn.Render("[ "+label+" ]")
	}
	return " " + s.Button.Render("[ "+label+" ]")
}

// NewInput returns a one-line text input without a prompt whose bindings leave
// the keys alone that mean something to the program.
func NewInput(s *style.Styles) textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.TextStyle, in.PlaceholderStyle, in.CompletionStyle = s.Text, s.Faint, s.Faint
	in.Cursor.Style, in.Cursor.TextStyle = s.Cursor, s.Text
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.NextSuggestion.SetEnabled(false)
	in.KeyMap.PrevSuggestion.SetEnabled(false)
	in.KeyMap.AcceptSuggestion.SetEnabled(false)
	return in
}
