package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/edit"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// Results of the work on drafts and receipts.
type (
	draftDueMsg struct{}
	draftSaved  struct{ err error }
	draftFound  struct {
		target edit.Target
		draft  *edit.Draft
		err    error
	}
	foundOutMsg struct {
		found []edit.Finding
		err   error
	}
)

// draftDelay is how long after a change the draft is saved: several changes in a
// row make one.
const draftDelay = 500 * time.Millisecond

// scheduleDraft has the draft saved soon, if an answer changed since the last
// time.
func (a *App) scheduleDraft() tea.Cmd {
	if a.config.Journal == nil || a.drafting || a.drafted == a.edit.Generation() || !a.edit.Dirty() {
		return nil
	}
	a.drafting = true
	return a.tasks.After(draftDelay, draftDueMsg{})
}

// saveDraft saves the draft in the background.
func (a *App) saveDraft() tea.Cmd {
	a.drafting = false
	a.drafted = a.edit.Generation()
	data, dirty := a.edit.DraftData()
	if !dirty || a.job.InEffect() {
		return nil
	}
	kept := a.config.Journal
	return a.tasks.Do(func(context.Context) tea.Msg {
		if err := data.Save(kept); err != nil {
			return draftSaved{err}
		}
		return nil
	})
}

// KeepDraft saves what was typed and not sent, at once. It is called when the
// program ends, in whatever way, and says whether there was something to save.
func (a *App) KeepDraft() (bool, error) {
	data, dirty := a.edit.DraftData()
	if a.config.Journal == nil || !dirty || a.job.InEffect() {
		return false, nil
	}
	return true, data.Save(a.config.Journal)
}

// dropDraft removes the draft once its change is in effect.
func (a *App) dropDraft(t edit.Target) tea.Cmd {
	if a.config.Journal == nil || a.session() == nil {
		return nil
	}
	kept, region := a.config.Journal, a.session().Region
	return a.tasks.Do(func(context.Context) tea.Msg {
		if err := edit.DropDraft(kept, region, t); err != nil {
			return draftSaved{err}
		}
		return nil
	})
}

// lookForDraft looks once for each target whether something was typed in an
// earlier run.
func (a *App) lookForDraft() tea.Cmd {
	target := a.edit.Target()
	if a.config.Journal == nil || a.edit.Session() == nil || a.draftOf == target || a.edit.Dirty() {
		return nil
	}
	a.draftOf = target
	kept, region := a.config.Journal, a.edit.Session().Region
	return a.tasks.Do(func(context.Context) tea.Msg {
		draft, err := edit.LoadDraft(kept, region, target)
		return draftFound{target, draft, err}
	})
}

// offerDraft asks whether to take the draft up. Not taking it up keeps it until
// something else is typed for the target.
func (a *App) offerDraft(msg draftFound) tea.Cmd {
	switch {
	case msg.err != nil:
		return say("a draft could not be read: "+msg.err.Error(), true)
	case msg.draft == nil || msg.target != a.edit.Target() || a.edit.Dirty() || a.dialog != nil:
		return nil
	case msg.draft.InEffect(a.edit): // it was sent, and the job has ended since
		return a.dropDraft(msg.target)
	}
	d := widget.NewDialog(a.styles, "Take up the draft?", "take it up", "start from what is deployed", "")
	d.Lines = []string{
		"On " + msg.draft.Saved.In(a.config.Location).Format("Mon 2 Jan 15:04") + " changes to " + widget.CleanLine(msg.target.Environment) + " were typed and are not in effect:",
		msg.draft.Summary(a.edit) + ".",
	}
	a.dialog = &dialog{Dialog: d, yes: func() tea.Cmd {
		msg.draft.Take(a.edit)
		return tea.Batch(a.page().Receive(msg), a.loadSchema(), say("draft taken up", false))
	}}
	return nil
}

// findOut looks after what earlier runs sent to this environment.
func (a *App) findOut() tea.Cmd {
	target := a.edit.Target()
	if a.config.Journal == nil || a.lookedAfter == target {
		return nil
	}
	a.lookedAfter = target
	sender := a.sender()
	return a.tasks.Do(func(ctx context.Context) tea.Msg {
		found, err := sender.FindOut(ctx, target)
		return foundOutMsg{found, err}
	})
}

// foundOut says what earlier runs have come to.
func (a *App) foundOut(msg foundOutMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return say("earlier receipts could not be read: "+msg.err.Error(), true)
	case len(msg.found) == 0:
		return nil
	}
	var lines []string
	for _, f := range msg.found {
		lines = append(lines, widget.Wrap(widget.CleanLine(style.Working+" "+f.Text), max(a.w-6, 20))...)
	}
	if len(lines) == 1 {
		return say(strings.TrimPrefix(lines[0], style.Working+" "), false)
	}
	a.help = widget.NewScroll(a.styles, "Sent earlier", lines)
	return nil
}
