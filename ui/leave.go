package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/ui/edit"
	"ampedit/ui/task"
	"ampedit/ui/widget"
)

// Exit is how the program was left, for the summary and the exit code.
type Exit struct {
	// Submission is what was sent or watched, nil if nothing was.
	Submission *submission.Submission
	Session    *edit.Session
	// Panic is set if the program ended by a fault of its own.
	Panic *task.PanicMsg
}

// leave ends the program, after a question if something would be lost. A second
// ctrl+c, while the question stands, leaves at once.
func (a *App) leave() tea.Cmd {
	if a.dialog != nil && a.dialog.leaving {
		a.atOnce = true
		return a.quit()
	}
	question := a.leaveQuestion()
	if question == nil {
		return a.quit()
	}
	d := widget.NewDialog(a.styles, "Leave ampedit?", "leave", "stay", "")
	d.Lines = question
	a.dialog = &dialog{Dialog: d, leaving: true, yes: a.quit}
	if a.drafts.keeper.Keeps() && a.drafts.last.generation != a.edit.Generation() {
		return a.saveDraft()
	}
	return nil
}

// leaveQuestion says what leaving would mean, nil if nothing worth a question.
func (a *App) leaveQuestion() []sanitize.Text {
	var lines []sanitize.Text
	sub := a.job.Submission()
	switch {
	case a.job.InFlight():
		lines = append(lines, "The request is on its way. Leaving now leaves it open whether it started a job.")
	case sub != nil && !sub.Over() && len(sub.Jobs()) > 0:
		lines = append(lines, "The job goes on without you. The command to come back is printed when you leave.")
	case sub != nil && (!sub.Over() || sub.Unresolved()):
		lines = append(lines, "It is not known whether the update started. The jobs of the environment can tell, also later.")
	}
	if a.edit.Unsent(sub) {
		lines = append(lines, "What you changed is not in effect.", a.draftWords())
		if missing := a.drafts.last.missing; len(missing) > 0 {
			lines = append(lines, "But "+missingWords(missing)+".")
		}
	}
	return lines
}

// draftWords say what becomes of what was typed, as far as that is known.
func (a *App) draftWords() sanitize.Text {
	switch last := a.drafts.last; {
	case !a.drafts.keeper.Keeps():
		return "No drafts are kept here: it would be lost."
	case last.err != nil:
		return sanitize.Format("It would be lost: %v.", last.err)
	case last.generation != a.edit.Generation():
		return "It is being kept as a draft…"
	}
	return "It is kept as a draft and offered at the next start."
}

// quit ends the program. Whoever runs it calls Finish and KeepDraft afterwards.
func (a *App) quit() tea.Cmd {
	a.dialog = nil
	a.tasks.Stop()
	if a.titled {
		return tea.Sequence(tea.SetWindowTitle(""), tea.Quit)
	}
	return tea.Quit
}

// Finish does what must not be left half done when the program has ended: it waits
// a moment for the answer to an update that is on its way, unless the user left at
// once, and writes what is known into the receipt.
func (a *App) Finish(ctx context.Context) {
	sub := a.job.Submission()
	if sub == nil {
		return
	}
	if a.job.InFlight() && !a.atOnce {
		over, cancel := context.WithTimeout(ctx, submission.LastAnswer)
		defer cancel()
		select {
		case msg := <-a.job.Late():
			a.job.TakeLate(msg)
		case <-over.Done():
		}
	}
	submission.Runner{Deps: a.job.Deps()}.Finish(ctx, sub, submission.ReasonLeft)
}

// Exit tells how things stood when the program was left.
func (a *App) Exit() Exit {
	return Exit{Submission: a.job.Submission(), Session: a.session(), Panic: a.panics}
}
