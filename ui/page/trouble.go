package page

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// Trouble is what keeps calls from credentials that are accepted, and the way out.
type Trouble struct {
	// Text says in a sentence what the matter is and what to do.
	Text sanitize.Text
	// Details are the error's own words, without secrets.
	Details sanitize.Text
	// Way says what the key for logging in does about it, as a clause.
	Way sanitize.Text
}

// LoginMsg asks for new credentials.
type LoginMsg struct{}

const buttonLogin = "Log in"

// troubleLines draw the trouble on at most w cells, with details if there is room
// for them.
func (t *Target) troubleLines(trouble *Trouble, w int) []sanitize.Text {
	s := t.Styles
	var lines []sanitize.Text
	add := func(st style.Style, text sanitize.Text, most int) {
		wrapped := widget.Wrap(text, w-2)
		for _, l := range wrapped[:min(most, len(wrapped))] {
			lines = append(lines, " "+st.Render(l))
		}
	}
	add(s.Bad, style.Failed+" "+trouble.Text, 4)
	add(s.Text, trouble.Way+". In Profile, → lists the others.", 2)
	if t.h > 24 {
		add(s.Faint, "details: "+trouble.Details, 3)
	}
	return lines
}

// arrange puts the button for logging in below the fields while it helps.
func (t *Target) arrange() {
	buttons := []sanitize.Text{buttonContinue}
	if t.Trouble() != nil {
		buttons = append(buttons, buttonLogin)
	}
	t.form.SetButtons(buttons...)
}

// View draws the page.
func (t *Target) View() sanitize.Text {
	t.arrange()
	return t.Form.View()
}

// Update takes a key.
func (t *Target) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	t.arrange()
	if t.form.Button() == buttonLogin && key.Matches(msg, keys.PressButton) {
		return Handled, Send(LoginMsg{})
	}
	return t.Form.Update(msg)
}

// HelpText is the whole text about the focused field, after the details of what is
// the matter.
func (t *Target) HelpText() (title, text sanitize.Text) {
	title, text = t.Form.HelpText()
	if trouble := t.Trouble(); trouble != nil {
		return "What is the matter", trouble.Text + "\n" + trouble.Details + "\n\n" + title + "\n" + text
	}
	return title, text
}
