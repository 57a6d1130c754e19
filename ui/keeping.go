package ui

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/submission"
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
		found []*submission.Submission
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
	if !dirty || a.sentIsInEffect() {
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
	if a.config.Journal == nil || !dirty || a.sentIsInEffect() {
		return false, nil
	}
	return true, data.Save(a.config.Journal)
}

// dropDraft removes the draft once its change is in effect.
func (a *App) dropDraft() tea.Cmd {
	if a.config.Journal == nil || a.session() == nil {
		return nil
	}
	kept, region, t := a.config.Journal, a.session().Region, a.edit.Target()
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
		return say("a draft could not be read: "+sanitize.Error(msg.err), true)
	case msg.draft == nil || msg.target != a.edit.Target() || a.edit.Dirty() || a.dialog != nil:
		return nil
	case msg.draft.InEffect(a.edit): // it was sent, and the job has ended since
		return a.dropDraft()
	}
	d := widget.NewDialog(a.styles, "Take up the draft?", "take it up", "start from what is deployed", "")
	d.Lines = []sanitize.Text{
		sanitize.Format("On %s changes to %s were typed and are not in effect:", msg.draft.Saved.In(a.config.Location).Format("Mon 2 Jan 15:04"), msg.target.Environment),
		sanitize.Line(msg.draft.Summary(a.edit)) + ".",
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
	deps, ok := a.deps()
	if !ok {
		return nil
	}
	a.lookedAfter = target
	place, jitter, shown := a.edit.Place(), a.config.Jitter, a.job.Receipt()
	return a.tasks.Do(func(ctx context.Context) tea.Msg {
		earlier, err := submission.Earlier(deps.Journal, place, submission.Options{Jitter: jitter})
		earlier = slices.DeleteFunc(earlier, func(s *submission.Submission) bool { return shown != "" && s.Receipt().ID == shown })
		for _, s := range earlier {
			submission.Runner{Deps: deps}.Once(ctx, s)
		}
		return foundOutMsg{earlier, err}
	})
}

// foundOut says what earlier runs have come to.
func (a *App) foundOut(msg foundOutMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		return say("earlier receipts could not be read: "+sanitize.Error(msg.err), true)
	case len(msg.found) == 0:
		return nil
	}
	var lines []sanitize.Text
	for _, f := range msg.found {
		text := sanitize.Format(style.Working+" %s: %s", f.Name(), f.Headline().Text)
		lines = append(lines, widget.Wrap(text, max(a.w-6, 20))...)
	}
	a.help = widget.NewScroll(a.styles, "Sent earlier", lines)
	return a.driveEarlier(msg.found[0])
}

// driveEarlier goes on with the newest submission of earlier runs, on the job page,
// unless that shows another one already.
func (a *App) driveEarlier(s *submission.Submission) tea.Cmd {
	deps, ok := a.deps()
	if !ok || a.job.Submission() != nil || !s.LookAgain(a.now()) {
		return nil
	}
	return a.job.Drive(s, deps)
}
