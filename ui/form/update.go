package form

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/forms"
	"ampedit/ui/keys"
)

// Update takes a key.
func (f *Form) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	f.reason = ""
	field, onField := f.Field()
	switch {
	case key.Matches(msg, keys.NextStop):
		return f.move(1), nil
	case key.Matches(msg, keys.PrevStop):
		return f.move(-1), nil
	case key.Matches(msg, keys.Restore):
		return f.restore(field, onField)
	case !onField:
		return f.updateButton(msg), nil
	case field.Kind == forms.KindChoice:
		return f.updateChoice(msg, field)
	default:
		return f.updateText(msg, field)
	}
}

func (f *Form) updateButton(msg tea.KeyMsg) Event {
	switch {
	case key.Matches(msg, keys.PressButton):
		return Pressed
	case key.Matches(msg, keys.ButtonsLeft), key.Matches(msg, keys.Up):
		if f.focus > 0 {
			return f.move(-1)
		}
	case key.Matches(msg, keys.ButtonsRight):
		if f.focus+1 < f.stops() {
			return f.move(1)
		}
	}
	return None
}

func (f *Form) updateChoice(msg tea.KeyMsg, field forms.Field) (Event, tea.Cmd) {
	at := chosen(field, f.host.Answers().Text(f.at(field.Key)))
	switch {
	case key.Matches(msg, keys.Enter):
		return f.enter(), nil
	case key.Matches(msg, keys.ChoosePrev):
		at = max(at-1, 0)
	case key.Matches(msg, keys.ChooseNext):
		at = min(at+1, len(field.Options)-1)
	default:
		return None, nil
	}
	return Handled, f.set(field, field.Options[at].Value)
}

func (f *Form) updateText(msg tea.KeyMsg, field forms.Field) (Event, tea.Cmd) {
	if cmd, taken := f.updateList(msg, field); taken {
		return Handled, cmd
	}
	switch {
	case key.Matches(msg, keys.Enter):
		return f.enter(), nil
	case msg.Type == tea.KeyUp && !msg.Paste:
		if f.focus == 0 {
			return PastTop, nil
		}
		return f.move(-1), nil
	case msg.Type == tea.KeyDown && !msg.Paste:
		return f.move(1), nil
	}
	before := f.input.Value()
	f.input.Update(msg)
	if f.input.Value() == before {
		return Handled, nil
	}
	return Handled, f.set(field, f.input.Value())
}

// enter goes to the next field, and from the last one on.
func (f *Form) enter() Event {
	if f.focus < len(f.Fields())-1 {
		return f.move(1)
	}
	f.leave()
	return Continue
}

func (f *Form) set(field forms.Field, text string) tea.Cmd {
	ref := f.at(field.Key)
	if f.host.Answers().Text(ref) == text {
		return nil
	}
	f.host.Answers().Set(ref, text)
	cmd := f.host.Changed(ref)
	f.clamp()
	if field.Kind == forms.KindChoice {
		return cmd
	}
	return tea.Batch(cmd, f.list.open(ref, text, false))
}

func (f *Form) restore(field forms.Field, onField bool) (Event, tea.Cmd) {
	switch {
	case !onField:
		f.reason = "a button has no deployed value"
		return Rejected, nil
	case !f.host.Answers().Restore(f.host.Context(), f.at(field.Key)):
		f.reason = "nothing was read for this field, so there is nothing to put back"
		return Rejected, nil
	}
	cmd := f.host.Changed(f.at(field.Key))
	f.Reload()
	return Handled, cmd
}

func chosen(field forms.Field, value string) int {
	for i, o := range field.Options {
		if o.Value == value {
			return i
		}
	}
	return -1
}

func (f *Form) move(by int) Event {
	f.leave()
	next := f.focus + by
	switch {
	case next < 0:
		return PastTop
	case next >= f.stops():
		return PastEnd
	}
	f.focus = next
	f.load()
	return Handled
}
