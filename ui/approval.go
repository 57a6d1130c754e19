package ui

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// dialog is the question on the screen and what its answer does.
type dialog struct {
	*widget.Dialog
	yes func() tea.Cmd
	// approval is set for the one question that sends something.
	approval *edit.Approval
	// leaving is set for the question whether to leave.
	leaving bool
}

func (a *App) updateDialog(msg tea.KeyMsg) tea.Cmd {
	d := a.dialog
	switch d.Update(msg) {
	case widget.AnswerNo:
		a.dialog = nil
	case widget.AnswerYes:
		a.dialog = nil
		return d.yes()
	}
	return nil
}

// askApproval shows what would be sent and asks for the user's word. The jobs of
// the environment are listed meanwhile.
func (a *App) askApproval() tea.Cmd {
	session := a.edit.Session()
	switch {
	case a.job.InFlight() || a.job.JobID() != "" && a.job.Result() == edit.Running:
		return say("a job sent from here is still running; 7 shows it", true)
	case session == nil:
		return say("there is no connection yet; 1 Target says why", true)
	}
	if problem := a.edit.Plan().Blocked(); problem != nil {
		return tea.Batch(a.goTo(problem.Ref), say("this keeps the request from being sent", true))
	}
	approval, err := a.edit.Approve()
	if err != nil {
		return say(err.Error(), true)
	}
	plan := a.edit.Plan()
	title := "Send this to " + widget.CleanLine(approval.Target.Environment) + "?"
	d := widget.NewDialog(a.styles, title, "Send", "do not send", plan.Word(a.config.Protected))
	d.Lines = append([]string{"jobs     looking…"}, a.approvalLines(approval, plan)...)
	d.Blocked = "The environment's jobs are still being listed."
	a.dialog = &dialog{Dialog: d, approval: &approval, yes: func() tea.Cmd { return a.submit(approval) }}
	return a.listJobs()
}

// listJobs lists the environment's jobs, for the review and the approval.
func (a *App) listJobs() tea.Cmd {
	session, target := a.edit.Session(), a.edit.Target()
	if session == nil || !target.Complete() {
		return nil
	}
	service := session.Service
	return a.listing.Do(func(ctx context.Context, generation int) tea.Msg {
		jobs, err := edit.Jobs(ctx, service, target)
		return jobsMsg{generation, jobs, err}
	})
}

func (a *App) approvalLines(approval edit.Approval, plan edit.Plan) []string {
	session := a.edit.Session()
	account := session.Identity.Account
	if account == "" {
		account = "not known"
	}
	if session.Profile != "" {
		account += " (" + session.Profile + ")"
	}
	app := approval.Target.AppID
	if b := approval.Base; b != nil && b.AppName != "" {
		app += " (" + b.AppName + ")"
	}
	env := approval.Target.Environment
	if edit.Protected(env, a.config.Protected) {
		env += "  protected"
	}
	worst := "worst    " + plan.Risk.String()
	if c := worstChange(plan); c != nil {
		worst += ": " + c.Path
	}
	lines := []string{
		"env      " + env,
		"account  " + account,
		worst,
		"changes  " + forms.Summary(plan.Changes),
		"region   " + session.Region,
		"app      " + app,
		fmt.Sprintf("request  %s, %d bytes, sent once", plan.Hash(), len(approval.Body)),
	}
	if a.job.Unknown() {
		lines = append(lines, style.Warn+" whether the last request started a job is not known; this one may start a second")
	}
	switch {
	case len(plan.Losses) > 0:
		lines = append(lines, style.Failed+" the backend has what no request can carry, and may lose it: the plan names it")
	case approval.Base != nil && approval.Base.Local:
		lines = append(lines, style.Warn+" compared with the local project only: what is deployed could not be read")
	case approval.Base == nil:
		lines = append(lines, style.Warn+" nothing was read from the service: what this replaces is not known")
	case len(plan.Changes) == 0:
		lines = append(lines, style.Warn+" nothing differs from what is deployed; a job would run all the same")
	}
	if n := plan.Schema.Errors(); n > 0 {
		lines = append(lines, fmt.Sprintf("%s the checker finds %d errors in the schema; the job will most likely fail", style.Failed, n))
	}
	for i := range lines {
		lines[i] = widget.CleanLine(lines[i])
	}
	return lines
}

// worstChange is the first of the changes with the greatest risk, nil if none is
// worse than safe.
func worstChange(plan edit.Plan) *forms.Change {
	for i := range plan.Changes {
		if plan.Risk > forms.Safe && plan.Changes[i].Risk == plan.Risk {
			return &plan.Changes[i]
		}
	}
	return nil
}

// jobsListed puts the environment's jobs into the review, and into the approval
// that waits for them.
func (a *App) jobsListed(msg jobsMsg) {
	var running *wire.Job
	if list := edit.RunningJobs(msg.jobs); len(list) > 0 {
		running = &list[0]
	}
	if review, ok := a.pages[stepReview].(*page.Review); ok {
		review.SetRunning(running)
	}
	if a.dialog == nil || a.dialog.approval == nil {
		return
	}
	line := "jobs     none running"
	switch {
	case msg.err != nil:
		line = style.Warn + " the environment's jobs could not be listed: " + client.Advice(msg.err)
	case running != nil:
		line = style.Warn + " " + page.RunningJob(running, a.now()) + "; the service refuses a second job while one is pending"
	}
	a.dialog.Lines[0] = widget.CleanLine(line)
	a.dialog.Blocked = ""
}

// submit sends what was approved.
func (a *App) submit(approval edit.Approval) tea.Cmd {
	a.exit.Submitted = true
	if a.job.Unknown() {
		approval.Supersedes = a.job.Receipt()
	}
	send := a.job.Send(a.sender(), approval, func(o edit.Outcome) tea.Msg { return submittedMsg{o} })
	return tea.Batch(a.show(stepJob, true), send)
}

func (a *App) sender() edit.Sender {
	s := a.edit.Session()
	return edit.Sender{
		Service: s.Service, Disk: a.config.Disk, Clock: a.config.Clock, Journal: a.config.Journal,
		Region: s.Region, Identity: s.Identity, Identify: s.Identify, Allowed: a.config.Allowed,
	}
}

// submitted takes the outcome. If something moved since the approval, the plan is
// shown anew against what is deployed now.
func (a *App) submitted(o edit.Outcome) tea.Cmd {
	cmd := a.job.Sent(o)
	if moved := o.Err; o.Verdict == edit.NotStarted && edit.Moved(moved) {
		return tea.Batch(cmd, a.stopAndShow(moved))
	}
	return cmd
}

// ended says that the job is over, wherever the user looks.
func (a *App) ended(r edit.Result) {
	if a.dialog != nil && a.dialog.leaving { // it asks about a job that still runs
		a.dialog = nil
	}
	switch r {
	case edit.Completed:
		a.elsewhere("the job is COMPLETED; 7 shows it", false)
	case edit.Failed:
		a.elsewhere("the job FAILED; 7 says why", true)
	default:
		a.elsewhere("watching has ended; the job may go on", true)
	}
}

// notify rings the bell and writes the job's end into the terminal's title, for
// those who look elsewhere meanwhile.
func (a *App) notify() tea.Cmd {
	bell := a.config.Bell
	if bell == nil {
		return nil
	}
	a.titled = true
	ring := a.tasks.Do(func(context.Context) tea.Msg { bell(); return nil })
	return tea.Batch(ring, tea.SetWindowTitle("ampedit: "+widget.CleanLine(a.job.Target().Environment+" "+a.job.Status())))
}

// elsewhere says what happened to the job, unless its page is in sight.
func (a *App) elsewhere(text string, bad bool) {
	if a.page() != page.Page(a.job) {
		a.toast = &page.ToastMsg{Text: text, Bad: bad}
	}
}
