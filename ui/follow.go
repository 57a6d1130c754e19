package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/journal"
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/widget"
)

// leftMsg says how the draft of the backend before was saved.
type leftMsg struct {
	savedMsg
	before journal.Target
	typed  []forms.Typed
}

// leaveBase leaves what was read of another backend than the present one, and asks what
// becomes of what was typed for it.
func (a *App) leaveBase() tea.Cmd {
	if !a.edit.BaseIsOfAnother() {
		return nil
	}
	before, typed := a.edit.TypedBefore()
	left := a.leaveDraft(before, typed)
	a.edit.DropBase()
	return left
}

// leaveDraft has the draft of the target before saved for the last time, because
// another target was chosen. typed is what was typed for it.
func (a *App) leaveDraft(before journal.Target, typed []forms.Typed) tea.Cmd {
	data, _ := a.edit.DraftData()
	dirty, keeper := a.edit.Dirty(), a.drafts.keeper
	a.edit.NewDraft()
	generation := a.edit.Generation()
	return a.tasks.Do(func(context.Context) tea.Msg {
		missing, err := keeper.Leave(data, dirty)
		return leftMsg{savedMsg{generation, missing, err}, before, typed}
	})
}

// askToFollow asks whether what was typed for one backend goes on to the one that was
// chosen instead. What is set aside is kept as the draft of the former by now; where it
// is not, or a file says what is wanted, it goes on, and that is said.
func (a *App) askToFollow(left leftMsg) tea.Cmd {
	before, after := left.before, a.edit.Place()
	saved := a.draftSaved(left.savedMsg)
	if len(left.typed) == 0 {
		return saved
	}
	from := sanitize.Format("%s › %s", before.AppID, before.Environment)
	where := sanitize.Format("%s › %s", after.AppID, after.Environment)
	if before.Region != after.Region && after.Region != "" {
		from, where = from+" in "+sanitize.Line(before.Region), where+" in "+sanitize.Line(after.Region)
	}
	if !a.drafts.keeper.Keeps() || left.err != nil || a.edit.File() != nil || a.dialog != nil {
		return tea.Batch(say("what you typed goes on to "+where, true), saved)
	}
	d := widget.NewDialog(a.styles, "Another backend", "take it along", "set it aside", "")
	d.Lines = []sanitize.Text{"You typed for " + from + ". Set aside, it is kept as a draft of that backend, and " + where + " starts from what is deployed there."}
	d.Lines = append(d.Lines, someAnswers(left.typed, func(t forms.Typed) string { return t.Name })...)
	a.dialog = &dialog{Dialog: d,
		yes: func() tea.Cmd { return say("what you typed goes on to "+where, true) },
		no: func() tea.Cmd {
			a.edit.SetAside()
			return tea.Batch(a.page().Receive(foundMsg{}), say("set aside; it is offered where it was typed", false))
		},
	}
	return saved
}
