package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/edit"
	"ampedit/ui/task"
	"ampedit/ui/widget"
)

// Exit is how the program was left, for the summary and the exit code.
type Exit struct {
	// Submitted is set once the user approved and sending began.
	Submitted bool
	// Watched is set if a job was only followed, not submitted.
	Watched bool
	// InFlight is set if the request was on its way when the program was left.
	InFlight bool
	// Outcome is what became of the submission, nil if there was none.
	Outcome *edit.Outcome
	Target  edit.Target
	Session *edit.Session
	JobID   string
	// Receipt is the id of the submission's receipt, "" if none is kept.
	Receipt string
	Status  string
	Result  edit.Result
	Elapsed string
	JobErr  string
	// Panic is set if the program ended by a fault of its own.
	Panic *task.PanicMsg
}

// leave ends the program, after a question if something would be lost. A second
// ctrl+c, while the question stands, leaves at once.
func (a *App) leave() tea.Cmd {
	if a.dialog != nil && a.dialog.leaving {
		return a.quit()
	}
	question := a.leaveQuestion()
	if question == nil {
		return a.quit()
	}
	d := widget.NewDialog(a.styles, "Leave ampedit?", "leave", "stay", "")
	d.Lines = question
	a.dialog = &dialog{Dialog: d, leaving: true, yes: a.quit}
	return nil
}

// leaveQuestion says what leaving would mean, nil if nothing worth a question.
func (a *App) leaveQuestion() []string {
	switch {
	case a.job.InFlight():
		return []string{"The request is on its way. Leaving now leaves it open whether it started a job."}
	case a.job.JobID() != "" && a.job.Result() == edit.Running:
		return []string{"The job goes on without you. The command to come back is printed when you leave."}
	case a.job.Unknown():
		return []string{"It is not known whether the update started. The jobs of the environment can tell, also later."}
	case a.edit.Dirty() && a.job.Result() != edit.Completed:
		if a.config.Journal != nil {
			return []string{"What you changed was not sent. It is kept as a draft and offered at the next start."}
		}
		return []string{"What you changed was not sent, and would be lost."}
	}
	return nil
}

// quit ends the program. Whoever runs it calls KeepDraft afterwards.
func (a *App) quit() tea.Cmd {
	a.dialog = nil
	a.tasks.Stop()
	a.job.Stop()
	if a.titled {
		return tea.Sequence(tea.SetWindowTitle(""), tea.Quit)
	}
	return tea.Quit
}

// Exit tells how things stood when the program was left.
func (a *App) Exit() Exit {
	e := a.exit
	e.InFlight = a.job.InFlight()
	e.Outcome = a.job.Outcome()
	e.Target, e.Session = a.edit.Target(), a.session()
	if e.Submitted || a.job.JobID() != "" {
		e.Target = a.job.Target()
	}
	e.JobID, e.Status, e.Result = a.job.JobID(), a.job.Status(), a.job.Result()
	e.Watched = a.job.JobID() != "" && e.Outcome == nil
	e.Receipt = a.job.Receipt()
	e.Elapsed, e.JobErr = a.job.ElapsedText(), a.job.JobError()
	e.Panic = a.panics
	return e
}
