package widget

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/style"
)

// Answer is what a dialog was closed with.
type Answer int

// The answers to a dialog.
const (
	Pending     Answer = iota // still open
	AnswerNo                  // the default
	AnswerYes                 // the user's explicit word
	AnswerOther               // the third button
)

// Dialog asks a question whose default answer is no. With a word to type, the
// only way to yes is typing it.
type Dialog struct {
	Title sanitize.Text
	// Lines say what yes would do.
	Lines []sanitize.Text
	// Yes and No are the buttons' labels. Other is that of a third one, which no
	// letter presses; "" for none.
	Yes, No, Other sanitize.Text
	// Word must be typed for yes, as it stands, "" for a plain question.
	Word string
	// Blocked says why yes is not possible now, "" if it is.
	Blocked sanitize.Text

	styles *style.Styles
	input  Input
	at     Answer // of the focused button
	hint   sanitize.Text
}

// NewDialog returns an open dialog. word may be empty.
func NewDialog(s *style.Styles, title, yes, no sanitize.Text, word string) *Dialog {
	d := &Dialog{Title: title, Yes: yes, No: no, Word: word, at: AnswerNo, styles: s, input: NewInput(s)}
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
	case key.Matches(msg, keys.DialogBefore):
		d.move(-1)
	case key.Matches(msg, keys.DialogMove):
		d.move(1)
	case key.Matches(msg, keys.DialogPress):
		if d.at == AnswerYes {
			return d.yes()
		}
		return d.at
	}
	return Pending
}

// buttons are the answers that have a button, from left to right, and their labels.
func (d *Dialog) buttons() ([]Answer, map[Answer]sanitize.Text) {
	labels := map[Answer]sanitize.Text{AnswerNo: d.No, AnswerYes: d.Yes, AnswerOther: d.Other}
	answers := []Answer{AnswerNo, AnswerYes}
	if d.Other != "" {
		answers = append(answers, AnswerOther)
	}
	return answers, labels
}

// move moves the focus to another button, from the last on to the first.
func (d *Dialog) move(by int) {
	answers, _ := d.buttons()
	n := len(answers)
	d.at = answers[(slices.Index(answers, d.at)+by+n)%n]
}

func (d *Dialog) updateWord(msg tea.KeyMsg) Answer {
	switch {
	case key.Matches(msg, keys.DialogNo):
		return AnswerNo
	case key.Matches(msg, keys.DialogSend):
		if d.input.Value() != d.Word {
			d.hint = "That is not " + sanitize.Line(d.Word) + "; nothing was sent."
			return Pending
		}
		return d.yes()
	}
	d.input.Update(msg)
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
func (d *Dialog) View(w, h int) sanitize.Text {
	inner := max(min(w, 70)-4, 1)
	var lines []sanitize.Text
	for _, l := range d.Lines {
		lines = append(lines, Wrap(l, inner)...)
	}
	tail := []sanitize.Text{""}
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
		label, way := "Type "+d.styles.Title.Render(sanitize.Line(d.Word))+" to confirm: ", "esc  "+d.No
		room := inner - Width(label) - 1
		if beside := room - Width(way) - 1; beside >= len(d.Word) {
			room = beside
		} else {
			way = "" // the footer says it alone
		}
		tail = append(tail, Ends(label+d.input.View(max(min(24, room), 4)), way, inner))
	} else {
		var buttons []sanitize.Text
		answers, labels := d.buttons()
		for _, a := range answers {
			buttons = append(buttons, Button(d.styles, labels[a], a == d.at))
		}
		if line := sanitize.Join(buttons, "   "); Width(line) <= inner {
			buttons = []sanitize.Text{line}
		}
		tail = append(tail, buttons...)
	}
	if room := h - 2 - len(tail); len(lines) > room { // the way out stays visible
		lines = lines[:max(room, 0)]
	}
	return Frame(d.styles, d.Title, append(lines, tail...), min(w, 70))
}

// Button draws a button; focused is seen without colour as well.
func Button(s *style.Styles, label sanitize.Text, focused bool) sanitize.Text {
	if focused {
		return s.Focus.Render(style.Focus) + s.ButtonOn.Render("[ "+label+" ]")
	}
	return " " + s.Button.Render("[ "+label+" ]")
}
