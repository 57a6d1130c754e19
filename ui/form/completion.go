package form

import (
	"path/filepath"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// CompletionMsg is what a field may hold.
type CompletionMsg struct {
	// Ref is the field that was looked up, Text what was typed in it.
	Ref  forms.Ref
	Text string
	// Items are the suggestions, the best first.
	Items []edit.Suggestion
	// Err says why there are none.
	Err error
}

// Completer looks up what a field may hold; all means whatever is typed in it. It
// returns nil for a field without a list.
type Completer func(ref forms.Ref, text string, all bool) tea.Cmd

// completion is the list of suggestions below a field.
type completion struct {
	look     Completer
	items    []edit.Suggestion
	err      error
	waiting  bool
	selected int // -1 while none is
}

// shownItems is how many suggestions are visible at once.
const shownItems = 5

func (c *completion) open(ref forms.Ref, text string, all bool) tea.Cmd {
	c.close()
	if c.look == nil || !edit.Offers(ref) {
		return nil
	}
	c.waiting = true
	return c.look(ref, text, all)
}

func (c *completion) close() { c.items, c.err, c.waiting, c.selected = nil, nil, false, -1 }

// SetCompletion takes suggestions, unless the field has changed since.
func (f *Form) SetCompletion(msg CompletionMsg) {
	if _, ok := f.Field(); ok && msg.Ref == f.Ref() && msg.Text == f.input.Value() && f.list.waiting {
		f.list.items, f.list.err, f.list.selected, f.list.waiting = msg.Items, msg.Err, -1, false
	}
}

// updateList takes the keys of the suggestions. It reports whether it did.
func (f *Form) updateList(msg tea.KeyMsg, field forms.Field) (tea.Cmd, bool) {
	c := &f.list
	atEnd := f.input.AtEnd()
	if len(c.items) == 0 {
		if key.Matches(msg, keys.Accept) && atEnd && edit.Offers(f.Ref()) {
			return c.open(f.Ref(), f.input.Value(), field.Kind != forms.KindPath), true
		}
		return nil, false
	}
	switch {
	case key.Matches(msg, keys.SuggestDown):
		c.selected = min(c.selected+1, len(c.items)-1)
	case key.Matches(msg, keys.SuggestUp) && c.selected >= 0:
		c.selected--
	case key.Matches(msg, keys.Accept) && atEnd:
		return f.accept(field, c.items[max(c.selected, 0)].Value), true
	case key.Matches(msg, keys.Enter) && c.selected >= 0:
		return f.accept(field, c.items[c.selected].Value), true
	case key.Matches(msg, keys.Back):
		c.close()
	default:
		return nil, false
	}
	return nil, true
}

func (f *Form) accept(field forms.Field, value string) tea.Cmd {
	f.input.SetValue(value)
	cmd := f.set(field, value)
	if field.Kind != forms.KindPath || !strings.HasSuffix(value, string(filepath.Separator)) {
		f.list.close()
	}
	return cmd
}

// Completing reports whether suggestions are open, so that esc closes them.
func (f *Form) Completing() bool { return len(f.list.items) > 0 }

func (c *completion) lines(s *style.Styles) []sanitize.Text {
	switch {
	case c.err != nil:
		return []sanitize.Text{s.Faint.Render("no list: " + sanitize.Line(firstSentence(c.err)))}
	case c.waiting:
		return []sanitize.Text{s.Faint.Render("looking up…")}
	}
	from := max(0, min(c.selected-shownItems+1, len(c.items)-shownItems))
	var lines []sanitize.Text
	for i := from; i < min(from+shownItems, len(c.items)); i++ {
		text := sanitize.Line(c.items[i].Value)
		if label := c.items[i].Label; label != "" {
			text = widget.Pad(text, 24) + " " + sanitize.Line(label)
		}
		if i == c.selected {
			lines = append(lines, s.Current.Render("› "+text))
		} else {
			lines = append(lines, s.Faint.Render("  "+text))
		}
	}
	if len(c.items) > shownItems {
		lines = append(lines, s.Faint.Render(sanitize.Format("  %d in all; type to filter", len(c.items))))
	}
	return lines
}

// firstSentence is what to say of a list that could not be had, in one line.
func firstSentence(err error) string {
	if advice := client.Advice(err); client.Classify(err) != client.ClassOther {
		return advice
	}
	return err.Error()
}
