package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/journal"
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/widget"
)

// drafts is what the program keeps of what is typed, and what earlier ones have left.
type drafts struct {
	keeper *edit.Keeper
	due    bool         // the draft is to be saved soon
	saved  int          // the generation that was last given to the keeper
	last   savedMsg     // how that went, as far as is known
	looked *whereabouts // where it was last looked for drafts
	// offers are drafts of earlier runs to be offered, the newest first; number counts
	// those that were.
	offers []*edit.Draft
	number int
}

// whereabouts are where drafts are looked for. They change with the number of
// submissions that have ended.
type whereabouts struct {
	target journal.Target
	read   bool
	ended  int
}

// Results of the work on drafts.
type (
	draftDueMsg struct{}
	savedMsg    struct {
		generation int
		missing    []forms.Typed
		err        error
	}
	foundMsg struct {
		place whereabouts
		found []*edit.Draft
		errs  []error
	}
)

// draftDelay is how long after a change the draft is saved: several changes in a
// row make one.
const draftDelay = 500 * time.Millisecond

// Kept is what became of what was typed when the program ended.
type Kept struct {
	// Typed says that there was something to keep.
	Typed bool
	// Sent says that all of it was sent, and that what became of that is not known yet.
	Sent bool
	// Missing are answers that are not kept, because they hold a secret.
	Missing []string
}

// scheduleDraft has the draft saved soon, if an answer changed since the last
// time.
func (a *App) scheduleDraft() tea.Cmd {
	d := &a.drafts
	if !d.keeper.Keeps() || d.due || d.saved == a.edit.Generation() || !a.edit.Typed() && !d.keeper.Has(a.edit) {
		return nil
	}
	d.due = true
	return a.tasks.After(draftDelay, draftDueMsg{})
}

// saveDraft saves the draft in the background, or drops it if nothing in it is worth
// keeping any more.
func (a *App) saveDraft() tea.Cmd {
	d := &a.drafts
	d.due, d.saved = false, a.edit.Generation()
	data, typed := a.edit.DraftData()
	generation, keeper := d.saved, d.keeper
	return a.tasks.Do(func(context.Context) tea.Msg {
		msg := savedMsg{generation: generation}
		if typed {
			msg.missing, msg.err = keeper.Save(data)
		} else {
			msg.err = keeper.Drop(data)
		}
		return msg
	})
}

// draftSaved says what could not be kept, once.
func (a *App) draftSaved(msg savedMsg) tea.Cmd {
	before := a.drafts.last
	if msg.generation >= before.generation {
		a.drafts.last = msg
	}
	if a.dialog != nil && a.dialog.leaving {
		if a.dialog.Lines = a.leaveQuestion(); a.dialog.Lines == nil { // nothing would be lost any more
			return a.quit()
		}
	}
	switch {
	case msg.err != nil && (before.err == nil || before.err.Error() != msg.err.Error()):
		return say(sanitize.Error(msg.err), true)
	case msg.err == nil && len(msg.missing) > 0 && !sameNames(msg.missing, before.missing):
		return say(missingWords(msg.missing), true)
	}
	return nil
}

func sameNames(a, b []forms.Typed) bool {
	return strings.Join(names(a), "\n") == strings.Join(names(b), "\n")
}

func names(typed []forms.Typed) []string {
	var out []string
	for _, t := range typed {
		out = append(out, t.Name)
	}
	return out
}

func missingWords(typed []forms.Typed) sanitize.Text {
	return sanitize.Format("not kept in the draft, because it holds a secret: %s", strings.Join(names(typed), "; "))
}

// KeepDraft saves what was typed and is not in effect, at once. It is called when the
// program ends, in whatever way.
func (a *App) KeepDraft() (Kept, error) {
	data, typed := a.edit.DraftData()
	missing, err := a.drafts.keeper.Leave(data, typed)
	for _, offered := range a.drafts.offers {
		offered.Release()
	}
	if !typed || !a.drafts.keeper.Keeps() {
		return Kept{}, nil // a draft that could not be removed is found again, and removed then
	}
	return Kept{Typed: true, Sent: a.edit.Dirty() && !a.edit.Unsent(a.job.Submission()), Missing: names(missing)}, err
}

// lookForDrafts looks once for each target, and for none, whether something was typed
// in an earlier run, as soon as what is deployed was read or cannot be.
func (a *App) lookForDrafts() tea.Cmd {
	d := &a.drafts
	typing := !a.onStepper && a.current == int(forms.StepTarget) && len(a.stack) == 0 && a.page().Capturing()
	if !d.keeper.Keeps() || a.busy != "" || a.findingOut || typing {
		return nil
	}
	here := whereabouts{target: a.edit.DraftPlace(), read: a.edit.Base() != nil, ended: a.endings}
	if d.looked != nil && *d.looked == here {
		return nil
	}
	d.looked = &here
	if a.edit.Dirty() || len(d.offers) > 0 {
		return nil
	}
	keeper := d.keeper
	return a.tasks.Do(func(context.Context) tea.Msg {
		found, errs := keeper.Find(here.target)
		return foundMsg{here, found, errs}
	})
}

// draftsFound takes the drafts that are worth offering; those that are in effect are
// dropped.
func (a *App) draftsFound(msg foundMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, err := range msg.errs {
		cmds = append(cmds, say(sanitize.Error(err), true))
	}
	for _, d := range msg.found {
		switch {
		case a.drafts.looked == nil || *a.drafts.looked != msg.place || a.edit.Dirty():
			d.Release()
		case len(d.Offered(a.edit)) > 0:
			a.drafts.offers = append(a.drafts.offers, d)
		case d.Pending() || !msg.place.read:
			d.Release()
		default:
			cmds = append(cmds, a.discard(d))
		}
	}
	a.drafts.number = 0
	return tea.Batch(cmds...)
}

func (a *App) discard(d *edit.Draft) tea.Cmd {
	return a.tasks.Do(func(context.Context) tea.Msg {
		if err := d.Discard(); err != nil {
			return page.ToastMsg{Text: sanitize.Error(err), Bad: true}
		}
		return nil
	})
}

// offerDraft asks whether to take the next draft up, once nothing else asks for an
// answer and no text is being typed.
func (a *App) offerDraft() tea.Cmd {
	d := &a.drafts
	switch {
	case len(d.offers) == 0:
		return nil
	case a.edit.Dirty(): // what is typed now comes first; the next start offers them
		d.release()
		return nil
	case a.dialog != nil || a.code != nil || !a.onStepper && a.page().Capturing():
		return nil
	}
	draft, left := d.offers[0], len(d.offers)-1
	d.offers = d.offers[1:]
	typed := draft.Offered(a.edit)
	if len(typed) == 0 { // it was offered without what is deployed, and that was read since
		draft.Release()
		return a.offerDraft()
	}
	d.number++
	ask := widget.NewDialog(a.styles, "Take up the draft?", "take it up", "not now", "")
	ask.Other = "discard it"
	ask.Lines = a.offerLines(draft, typed, d.number, left)
	a.dialog = &dialog{
		Dialog: ask,
		yes:    func() tea.Cmd { return a.takeUp(draft) },
		no: func() tea.Cmd {
			draft.Release()
			return say("the draft is kept; the next start offers it again", false)
		},
		other: func() tea.Cmd { return tea.Batch(a.discard(draft), say("the draft is discarded", false)) },
	}
	return nil
}

func (d *drafts) release() {
	for _, draft := range d.offers {
		draft.Release()
	}
	d.offers = nil
}

// shownAnswers is how many answers of a draft are named when it is offered.
const shownAnswers = 6

// someAnswers names answers, a line each.
func someAnswers(typed []forms.Typed, name func(forms.Typed) string) []sanitize.Text {
	var lines []sanitize.Text
	for i, t := range typed {
		if i == shownAnswers {
			return append(lines, sanitize.Format("  and %d more", len(typed)-i))
		}
		lines = append(lines, "  "+sanitize.Line(name(t)))
	}
	return lines
}

func (a *App) offerLines(draft *edit.Draft, typed []forms.Typed, number, left int) []sanitize.Text {
	about, known := "a target that is not complete", sanitize.Text("not in effect")
	if env := draft.Place.Environment; env != "" {
		about = env
	}
	if !a.drafts.looked.read {
		known = "not in effect as far as is known"
	}
	lines := []sanitize.Text{sanitize.Format("Typed on %s for %s, %s:", draft.Saved.In(a.config.Location).Format("Mon 2 Jan 15:04"), about, known)}
	lines = append(lines, someAnswers(typed, forms.Typed.String)...)
	switch {
	case draft.Pending():
		lines = append(lines, "It also holds what was sent from it, of which the end is not known yet.")
	case draft.Unclear():
		lines = append(lines, "It was sent; whether that took effect is not known.")
	}
	if number+left > 1 {
		lines = append(lines, sanitize.Format("Draft %d of %d.", number, number+left))
	}
	return lines
}

// takeUp goes on with a draft as this program's own.
func (a *App) takeUp(draft *edit.Draft) tea.Cmd {
	a.drafts.release()
	a.drafts.keeper.Take(draft, a.edit)
	cmds := []tea.Cmd{a.page().Receive(foundMsg{}), a.loadSchema(), say("draft taken up", false)}
	return tea.Batch(append(cmds, a.settleTarget())...)
}
