package widget

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/bubbles/cursor"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/redact"
	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// substitute is drawn in the place of a character that a terminal would not draw.
const substitute = utf8.RuneError

// Input is one line of text that is being edited. Its value stays as it is, byte for
// byte, but for what the user changes. A character of it that a terminal would not
// draw is seen as one that stands for it.
type Input struct {
	model textinput.Model
	// hidden are the pieces of the value that are not drawn. In the model there is a
	// character for private use for each, so that every piece has its cell.
	hidden []string
}

// firstHidden is the character for the first of an input's hidden pieces; the last
// one that there can be is the last of Unicode.
const firstHidden = 0xF0000

// NewInput returns a text input without a prompt whose bindings leave the keys alone
// that mean something to the program.
func NewInput(s *style.Styles) Input {
	in := textinput.New()
	in.Prompt = ""
	text, faint := s.Text.Lipgloss(), s.Faint.Lipgloss()
	in.TextStyle, in.PlaceholderStyle, in.CompletionStyle = text, faint, faint
	in.Cursor.Style, in.Cursor.TextStyle = s.Cursor.Lipgloss(), text
	in.Cursor.SetMode(cursor.CursorStatic)
	in.KeyMap.NextSuggestion.SetEnabled(false)
	in.KeyMap.PrevSuggestion.SetEnabled(false)
	in.KeyMap.AcceptSuggestion.SetEnabled(false)
	return Input{model: in}
}

// Focus lets the input take keys.
func (in *Input) Focus() { in.model.Focus() }

// SetPlaceholder sets what is drawn while there is no value.
func (in *Input) SetPlaceholder(text sanitize.Text) { in.model.Placeholder = string(text) }

// Value returns the text as it is.
func (in *Input) Value() string {
	var out strings.Builder
	for _, r := range in.model.Value() {
		if r >= firstHidden {
			out.WriteString(in.hidden[r-firstHidden])
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// SetValue replaces the text and puts the cursor behind it.
func (in *Input) SetValue(text string) {
	in.hidden = nil
	in.model.SetValue(in.seen(text))
	in.model.CursorEnd()
}

// AtEnd reports whether the cursor stands behind the text.
func (in *Input) AtEnd() bool {
	return in.model.Position() == utf8.RuneCountInString(in.model.Value())
}

// Update takes a key. What is pasted becomes one line, without what is not drawn, but
// with the secrets in it: they are the user's to enter.
func (in *Input) Update(msg tea.KeyMsg) {
	if msg.Paste {
		msg.Runes = []rune(string(CleanLine(string(msg.Runes), sanitize.Verbatim)))
	}
	if msg.Type == tea.KeyRunes {
		msg.Runes = []rune(in.seen(string(msg.Runes)))
	}
	in.model, _ = in.model.Update(msg)
}

// seen returns a text with a character for each piece that is not drawn.
func (in *Input) seen(text string) string {
	var out strings.Builder
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		if r == substitute || r >= firstHidden || !sanitize.Drawn(r) {
			r = in.hide(text[:size])
		}
		out.WriteRune(r)
		text = text[size:]
	}
	return out.String()
}

func (in *Input) hide(piece string) rune {
	at := slices.Index(in.hidden, piece)
	if at < 0 {
		at = len(in.hidden)
		in.hidden = append(in.hidden, piece)
	}
	return rune(firstHidden + at)
}

// View draws the text on w cells and the one behind them, which the cursor may take. A
// text that holds a secret is drawn as dots: what is being edited can still be told
// apart, and be deleted.
func (in *Input) View(w int) sanitize.Text {
	in.model.Width = w
	in.model.EchoMode, in.model.EchoCharacter = textinput.EchoNormal, '•'
	if value := in.Value(); redact.Text(value) != value {
		in.model.EchoMode = textinput.EchoPassword
	}
	return sanitize.Text(strings.Map(func(r rune) rune {
		if r >= firstHidden {
			return substitute
		}
		return r
	}, in.model.View()))
}
