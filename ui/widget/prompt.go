package widget

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/style"
)

// codeLength is how many digits the code of an MFA device has.
const codeLength = 6

// CodePrompt asks for the code of an MFA device.
type CodePrompt struct {
	Title sanitize.Text
	// Lines say what the code is for.
	Lines []sanitize.Text

	styles *style.Styles
	input  Input
	hint   sanitize.Text
}

// NewCodePrompt returns an open prompt.
func NewCodePrompt(s *style.Styles, title sanitize.Text, lines ...sanitize.Text) *CodePrompt {
	p := &CodePrompt{Title: title, Lines: lines, styles: s, input: NewInput(s)}
	p.input.model.CharLimit = codeLength
	p.input.Focus()
	return p
}

// Update takes a key and says whether the prompt is answered. Only digits are
// taken: what else is typed was meant for the place below.
func (p *CodePrompt) Update(msg tea.KeyMsg) Answer {
	p.hint = ""
	switch {
	case key.Matches(msg, keys.CodeNone):
		return AnswerNo
	case key.Matches(msg, keys.CodeGive):
		if len(p.Code()) == codeLength {
			return AnswerYes
		}
		p.hint = "A code has six digits."
		return Pending
	case msg.Type == tea.KeySpace:
		return Pending
	case msg.Type == tea.KeyRunes:
		msg.Runes = []rune(strings.Map(digit, string(msg.Runes)))
	}
	p.input.Update(msg)
	return Pending
}

func digit(r rune) rune {
	if r <= unicode.MaxASCII && unicode.IsDigit(r) {
		return r
	}
	return -1
}

// Code returns what was typed.
func (p *CodePrompt) Code() string { return p.input.Value() }

// Keys returns the bindings of the prompt.
func (p *CodePrompt) Keys() []key.Binding { return []key.Binding{keys.CodeGive, keys.CodeNone} }

// View draws the prompt as a box of at most w by h cells.
func (p *CodePrompt) View(w, h int) sanitize.Text {
	inner := max(min(w, 70)-4, 1)
	var lines []sanitize.Text
	for _, l := range p.Lines {
		lines = append(lines, Wrap(l, inner)...)
	}
	tail := []sanitize.Text{"", Ends("Code: "+p.input.View(codeLength+1), "esc  no code", inner)}
	if p.hint != "" {
		tail = append(tail, p.styles.Warning.Render(p.hint))
	}
	if room := h - 2 - len(tail); len(lines) > room { // the way out stays visible
		lines = lines[:max(room, 0)]
	}
	return Frame(p.styles, p.Title, append(lines, tail...), min(w, 70))
}
