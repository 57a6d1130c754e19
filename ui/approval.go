package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// dialog is the question on the screen and what its answer does.
type dialog struct {
	*widget.Dialog
	yes func() tea.Cmd
	// no and other are for the other buttons; nil does nothing.
	no, other func() tea.Cmd
	// approval is set for the one question that sends something.
	approval *submission.Approval
	// leaving is set for the question whether to leave.
	leaving bool
}

func (a *App) updateDialog(msg tea.KeyMsg) tea.Cmd {
	d := a.dialog
	switch d.Update(msg) {
	case widget.AnswerNo:
		a.dialog = nil
		if d.no != nil {
			return d.no()
		}
	case widget.AnswerYes:
		a.dialog = nil
		return d.yes()
	case widget.AnswerOther:
		a.dialog = nil
		return d.other()
	}
	return nil
}

// askApproval shows what would be sent and asks for the user's word. The jobs of
// the environment are listed meanwhile.
func (a *App) askApproval() tea.Cmd {
	left, free := a.leavePassedOver()
	switch {
	case !free:
		return say("a job sent from here is still running; 7 shows it", true)
	case a.edit.Session() == nil:
		return say(noConnection, true)
	}
	if problem := a.edit.Plan().Blocked(); problem != nil {
		return tea.Batch(a.goTo(problem.Ref), say("this keeps the request from being sent", true))
	}
	approval, err := a.edit.Approve()
	var guarded *edit.GuardError
	switch {
	case errors.As(err, &guarded):
		a.showGuards("Nothing can be sent")
		return nil
	case err != nil:
		return say(sanitize.Error(err), true)
	}
	plan := a.edit.Plan()
	title, yes := "Send this to "+sanitize.Line(approval.Target.Environment)+"?", sanitize.Text("Send")
	switch {
	case plan.Nothing():
		return say("nothing to send: nothing differs, and there is no API key to renew", true)
	case plan.Renewal():
		title, yes = "Only renew the API key of "+sanitize.Line(approval.Target.Environment)+"?", "Renew"
	}
	d := widget.NewDialog(a.styles, title, yes, "do not send", plan.Word())
	d.Lines = append([]sanitize.Text{"jobs     looking…"}, a.approvalLines(approval, plan)...)
	d.Blocked = jobsListing
	unmoved := a.edit.Unmoved(a.config.Disk)
	a.dialog = &dialog{Dialog: d, approval: &approval, yes: func() tea.Cmd { return a.submit(approval, unmoved) }}
	return tea.Batch(left, a.listJobs())
}

// leavePassedOver leaves a submission of which all jobs are passed over, so that
// another may be sent. It reports whether none is in the way.
func (a *App) leavePassedOver() (cmd tea.Cmd, free bool) {
	sub := a.job.Submission()
	switch {
	case sub == nil || !sub.Own() || sub.Over():
		return nil, true
	case a.job.InFlight() || len(sub.Jobs()) == 0 || len(a.edit.NotPassedOver(sub.Jobs())) > 0:
		return nil, false
	}
	return a.job.Leave(), true
}

// listJobs lists the environment's jobs, for the review and the approval.
func (a *App) listJobs() tea.Cmd {
	session, target := a.edit.Session(), a.edit.Target()
	if session == nil || !target.Complete() {
		return nil
	}
	service := session.Service
	return a.listing.Do(func(ctx context.Context, generation int) tea.Msg {
		list, err := client.ListJobs(ctx, service, target.AppID, target.Environment)
		return jobsMsg{generation, list.Jobs, err}
	})
}

func (a *App) approvalLines(approval submission.Approval, plan edit.Plan) []sanitize.Text {
	session := a.edit.Session()
	account := sanitize.Line(session.Identity.Account)
	if account == "" {
		account = "not known"
	}
	if session.Profile != "" {
		account += " (" + sanitize.Line(session.Profile) + ")"
	}
	app := sanitize.Line(approval.Target.AppID)
	if b := a.edit.Base(); b != nil && b.AppName != "" {
		app += " (" + sanitize.Line(b.AppName) + ")"
	}
	env := sanitize.Line(approval.Target.Environment)
	if by := a.config.Policy.ProtectedBy(approval.Target.Environment); by != "" {
		env += "  protected (" + sanitize.Line(by) + ")"
	}
	worst := "worst    " + sanitize.Line(plan.Risk.String())
	if c := worstChange(plan); c != nil {
		worst += ": " + sanitize.Line(c.Path)
	}
	lines := append([]sanitize.Text{"env      " + env, "account  " + account, worst}, a.approvalWarnings(approval, plan)...)
	return append(lines,
		"changes  "+sanitize.Line(forms.Summary(plan.Changes)),
		"region   "+sanitize.Line(session.Region),
		"app      "+app,
		sanitize.Format("request  %s, %d bytes, sent once", plan.Hash(), len(approval.Body)),
	)
}

// approvalWarnings are what must not be overlooked. On a small screen the last lines
// of the question are cut, so these come before what only says again what was chosen.
func (a *App) approvalWarnings(approval submission.Approval, plan edit.Plan) []sanitize.Text {
	var lines []sanitize.Text
	base := a.edit.Base()
	if sub := a.job.Submission(); sub != nil && sub.Unresolved() {
		lines = append(lines, style.Warn+" whether the last request started a job is not known; this one may start a second")
	}
	for _, id := range approval.PassOver {
		lines = append(lines, style.Warn+" job "+sanitize.Line(id)+" has not ended and is passed over, as you said")
	}
	switch {
	case len(plan.Losses) > 0:
		lines = append(lines, style.Failed+" the backend has what no request can carry, and may lose it: the plan names it")
	case base != nil && base.Local:
		lines = append(lines, style.Warn+" compared with the local project only: what is deployed could not be read")
	case base == nil:
		lines = append(lines, style.Warn+" nothing was read from the service: what this replaces is not known")
	case plan.Renewal():
		lines = append(lines, style.Warn+" nothing differs from what is deployed; sending starts the API key's life anew")
	}
	if n := plan.Schema.Errors(); n > 0 {
		lines = append(lines, sanitize.Format("%s the checker finds %d errors in the schema; the job will most likely fail", style.Failed, n))
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

// jobsListing is why nothing can be approved while the jobs are listed.
const jobsListing = "The environment's jobs are still being listed."

// jobsListed takes the environment's jobs, and puts them into the approval that waits
// for them. While one of them runs nothing can be approved.
func (a *App) jobsListed(msg jobsMsg) {
	a.edit.SetJobs(msg.jobs, msg.err)
	if a.dialog == nil || a.dialog.approval == nil {
		return
	}
	line, blocked := sanitize.Text("jobs     none running"), sanitize.Text("")
	if len(a.edit.PassedOver()) > 0 {
		line += ", but for what is passed over"
	}
	switch job := a.edit.Holding(); {
	case msg.err != nil:
		line = style.Warn + " the environment's jobs could not be listed: " + sanitize.Line(client.Advice(msg.err))
	case job != nil:
		line = style.Failed + " " + sanitize.Line(submission.JobWords(job, a.now())) + "; the service runs one at a time"
		blocked = sanitize.Format("Nothing can be sent while it runs: on Review, %s watches it, %s passes over one that will never end.", keys.WatchOther.Help().Key, keys.PassOver.Help().Key)
	}
	a.dialog.Lines[0], a.dialog.Blocked = line, blocked
}

// askPassOver asks whether a job that has not ended may be passed over.
func (a *App) askPassOver(job wire.Job) {
	d := widget.NewDialog(a.styles, "Pass over this job?", "pass over", "wait for it", "")
	d.Lines = []sanitize.Text{
		"J" + sanitize.Line(submission.JobWords(&job, a.now()))[1:] + ".",
		"The service runs one job at a time. Pass this one over only if it will never end, such as one from long ago. The service may refuse all the same.",
	}
	a.dialog = &dialog{Dialog: d, yes: func() tea.Cmd {
		a.edit.PassOver(wire.Text(job.JobID))
		return tea.Batch(a.listJobs(), say("job "+sanitize.Line(wire.Text(job.JobID))+" is passed over; the approval names it", false))
	}}
}

// submit sends what was approved.
func (a *App) submit(approval submission.Approval, unmoved func(context.Context) error) tea.Cmd {
	deps, ok := a.deps()
	switch {
	case !ok:
		return say(noConnection, true)
	case a.edit.Forbidden() != nil: // since the approval was asked for
		a.showGuards("Nothing was sent")
		return nil
	}
	approval = a.edit.Send(approval)
	data, typed := a.edit.DraftData()
	keeper := a.drafts.keeper
	deps.Unmoved = func(ctx context.Context) error {
		err := unmoved(ctx)
		if err == nil && typed { // before anything leaves: the draft knows what was sent of it
			_, _ = keeper.Save(data) // what is typed is saved again soon, and that says if it fails
		}
		return err
	}
	if sub := a.job.Submission(); sub != nil && sub.Unresolved() {
		approval.Supersedes = sub.Receipt().ID
	}
	drive := a.job.Drive(submission.New(approval, submission.Options{Jitter: a.config.Jitter}), deps)
	return tea.Batch(a.show(stepJob, true), drive)
}

// ended says that the submission is over, wherever the user looks, and takes what
// came of it.
func (a *App) ended(msg page.EndedMsg) tea.Cmd {
	if a.dialog != nil && a.dialog.leaving { // it asks about what is over now
		a.dialog = nil
	}
	sub := a.job.Submission()
	a.endings++
	a.edit.Settle(sub)
	if err := sub.Err(); edit.Moved(err) {
		return a.stopAndShow(err)
	}
	cmds := []tea.Cmd{a.notify()}
	if a.page() != page.Page(a.job) {
		head := sub.Headline()
		a.toast = &page.ToastMsg{Text: "the submission has ended: " + sanitize.Line(head.Text) + "; 7 shows it", Bad: head.Tone != submission.Good}
	}
	if sub.Receipt().ReadBack != nil && a.edit.Target().Environment == sub.Target().Environment {
		cmds = append(cmds, a.read())
	}
	if msg.ThenReview && !sub.CanLookAgain() {
		return tea.Batch(append(cmds, a.show(stepReview, true), a.read(), say("the job has ended; look at the plan and approve it", false))...)
	}
	return tea.Batch(cmds...)
}

// notify rings the bell and writes the end into the terminal's title, for those who
// look elsewhere meanwhile.
func (a *App) notify() tea.Cmd {
	bell := a.config.Bell
	if bell == nil {
		return nil
	}
	a.titled = true
	ring := a.tasks.Do(func(context.Context) tea.Msg { bell(); return nil })
	sub := a.job.Submission()
	return tea.Batch(ring, tea.SetWindowTitle(string(sanitize.Format("ampedit: %s %s", sub.Target().Environment, sub.Headline().Text))))
}
