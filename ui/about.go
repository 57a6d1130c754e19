package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/page"
	"ampedit/ui/widget"
)

// aboutKey handles the keys that show what stands behind the page: where values
// came from, where the checkout differs, what the opened file said.
func (a *App) aboutKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.Origins):
		a.showOrigins()
	case key.Matches(msg, keys.Drift):
		return a.showDrift(), true
	case key.Matches(msg, keys.Notes):
		return a.showNotes(), true
	default:
		return nil, false
	}
	return nil, true
}

// aboutKeys are those of the keys above that show something now.
func (a *App) aboutKeys() []key.Binding {
	out := []key.Binding{keys.Origins}
	if len(a.edit.Drift()) > 0 {
		out = append(out, keys.Drift)
	}
	if f := a.edit.File(); f != nil && len(f.Document.Notes) > 0 {
		out = append(out, keys.Notes)
	}
	return out
}

// showOrigins shows who acts, on what, and where each of it came from.
func (a *App) showOrigins() {
	const indent = 15 // of the values
	w := max(a.w-4, 1)
	var lines []sanitize.Text
	for _, o := range a.edit.Origins() {
		text := widget.Wrap(sanitize.Line(o.Value), w-indent)
		if o.From != "" {
			for _, l := range widget.Wrap("from "+sanitize.Line(o.From), w-indent) {
				text = append(text, a.styles.Faint.Render(l))
			}
		}
		label := sanitize.Line(o.Label)
		for _, l := range text {
			lines = append(lines, a.styles.Title.Render(widget.Pad(label, indent))+l)
			label = ""
		}
	}
	if guards := a.guardLines(w); len(guards) > 0 {
		lines = append(append(lines, ""), guards...)
	}
	if conflict := a.edit.RegionConflict(); conflict != "" {
		lines = append(lines, "")
		for _, l := range widget.Wrap("! "+sanitize.Line(conflict), w) {
			lines = append(lines, a.styles.Warning.Render(l))
		}
	}
	a.help = widget.NewScroll(a.styles, "Who acts, on what, and where that came from", lines)
}

func (a *App) showDrift() tea.Cmd {
	switch {
	case len(a.stack) > 0:
		return say("esc closes this page first", true)
	case a.edit.Base() == nil || a.edit.Base().Local:
		return say("what is deployed was not read, so there is nothing to compare the checkout with", true)
	case a.edit.Local() == nil:
		return say("no checkout was found that says anything of this API", true)
	case len(a.edit.Drift()) == 0:
		return say("the checkout agrees with what is deployed", false)
	}
	return page.Send(page.OpenMsg{Page: page.NewDrift(a.shared), Title: "Drift"})
}

// showNotes lists what was not taken from the file as it stands there.
func (a *App) showNotes() tea.Cmd {
	f := a.edit.File()
	switch {
	case f == nil:
		return say("no request was opened as a file", true)
	case len(f.Document.Notes) == 0:
		return say("the whole file was understood", false)
	}
	var lines []sanitize.Text
	for _, note := range f.Document.Notes {
		lines = append(lines, widget.Wrap(sanitize.Line(note.String()), a.w-4)...)
		lines = append(lines, "")
	}
	a.help = widget.NewScroll(a.styles, "Notes on "+sanitize.Line(f.Path), lines)
	return nil
}
