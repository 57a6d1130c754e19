package ui

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/widget"
)

// stopAndShow takes what moved between approval and sending, goes back to the
// review, and says what is different now. Nothing was sent.
func (a *App) stopAndShow(err error) tea.Cmd {
	lines := widget.Wrap(capital(sanitize.Error(err))+".", max(a.w-4, 20))
	var base *edit.MovedError
	var schema *edit.SchemaMovedError
	switch {
	case errors.As(err, &base):
		lines = append(lines, "", a.styles.Title.Render("Changed in the deployed configuration meanwhile"))
		lines = append(lines, a.movedLines(base.Base)...)
		a.edit.SetBase(base.Base)
	case errors.As(err, &schema):
		a.edit.SetSchema(schema.Schema)
	}
	lines = append(lines, "", "esc closes this; the plan behind it is made anew.")
	cmd := a.show(stepReview, true)
	a.help = widget.NewScroll(a.styles, "Stopped: something moved", lines)
	return cmd
}

// movedLines describe how the deployed configuration changed behind the user's
// back.
func (a *App) movedLines(now *edit.Base) []sanitize.Text {
	before := a.edit.Base()
	if before == nil {
		return nil
	}
	var lines []sanitize.Text
	for _, change := range forms.Between(before.Config, now.Config, a.now()) {
		lines = append(lines, sanitize.Format(" %s %s", string(change.Symbol), change.Path))
		for _, l := range widget.Wrap(sanitize.Line(change.Values()), max(a.w-8, 20)) {
			lines = append(lines, "     "+l)
		}
	}
	return lines
}

func capital(text sanitize.Text) sanitize.Text {
	if text == "" || text[0] < 'a' || text[0] > 'z' {
		return text
	}
	return sanitize.Line(string(text[0]-'a'+'A')) + text[1:]
}
