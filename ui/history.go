package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/widget"
)

// shownReceipts is how many receipts of a target are shown.
const shownReceipts = 200

// openHistory lists what was sent to the target from here.
func (a *App) openHistory() tea.Cmd {
	target, session, kept := a.edit.Target(), a.edit.Session(), a.config.Journal
	switch {
	case len(a.stack) > 0:
		return say("esc closes this page first", true)
	case kept == nil:
		return say("no receipts are kept here", true)
	case session == nil || target.AppID == "" || target.Environment == "":
		return say("1 Target has to name the app and the environment first", true)
	}
	place := edit.ReceiptPlace(session.Region, target)
	p := page.NewHistory(a.shared)
	a.receive(page.OpenMsg{Page: p, Title: "History"})
	return p.Load(func() (edit.History, error) { return edit.ReadHistory(kept, place, shownReceipts) })
}

// putBack answers the forms with what was deployed before a receipt, after a
// question if something typed would be lost, and shows the plan. It sends nothing.
func (a *App) putBack(r edit.Receipt) tea.Cmd {
	put := func() tea.Cmd {
		rest, err := a.edit.PutBack(&r)
		if err != nil {
			return say(sanitize.Error(err), true)
		}
		show := a.show(stepReview, true)
		if len(rest) > 0 {
			return tea.Batch(show, say("not all of it can be put back: "+sanitize.Line(rest[0].Path)+" stays different", true))
		}
		return tea.Batch(show, say("as before "+sanitize.Line(r.ID)+"; nothing is sent before you approve", false))
	}
	if !a.edit.Dirty() {
		return put()
	}
	d := widget.NewDialog(a.styles, "Replace what you typed?", "replace", "keep it", "")
	d.Lines = []sanitize.Text{"What you changed and did not send is replaced by the configuration", "from before " + sanitize.Line(r.ID) + "."}
	a.dialog = &dialog{Dialog: d, yes: put}
	return nil
}
