package ui

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui/edit"
	"ampedit/ui/page"
)

// Results of background work. A generation that is no longer current is dropped.
type (
	connectedMsg struct {
		generation int
		session    *edit.Session
		err        error
	}
	identityMsg struct {
		generation int
		identity   client.Identity
		mark       string // of the credentials, "" for not known
		err        error
	}
	baseMsg struct {
		generation int
		base       *edit.Base
		err        error
		local      *edit.Base // what the local project says, nil for nothing
	}
	schemaMsg struct {
		generation int
		schema     edit.Schema
	}
	reportMsg struct {
		generation int
		report     *edit.SchemaReport
	}
	jobsMsg struct {
		generation int
		jobs       []wire.Job
		err        error
	}
)

// connect makes a session with the profile and region of the answers, then asks
// who the caller is and reads the deployed configuration.
func (a *App) connect() tea.Cmd {
	a.access = a.edit.Access()
	a.busy, a.connectErr = "connecting…", nil
	access, connect := a.access, a.config.Connect
	return a.connecting.Do(func(ctx context.Context, generation int) tea.Msg {
		session, err := connect(ctx, access)
		return connectedMsg{generation, session, err}
	})
}

func (a *App) connected(msg connectedMsg) tea.Cmd {
	a.busy = ""
	if msg.err != nil {
		a.connectErr = msg.err
		a.edit.SetSession(nil)
		a.edit.SetBaseErr(msg.err)
		return a.readLocal(msg.err)
	}
	a.edit.Connected(msg.session)
	return a.begin(msg.session, msg.generation)
}

// readLocal reads what the local project says, because nothing else can be: err
// says why.
func (a *App) readLocal(err error) tea.Cmd {
	target, local := a.edit.Target(), a.config.Local
	if local == nil || !target.Complete() || a.edit.Base() != nil {
		return nil
	}
	return a.reading.Do(func(_ context.Context, generation int) tea.Msg {
		return baseMsg{generation: generation, err: err, local: local(target)}
	})
}

// watchFromStart opens the job page on the job that the command line named.
func (a *App) watchFromStart() tea.Cmd {
	t := a.edit.Target() // a job belongs to an environment, whatever the resource
	watch := a.config.Watch
	deps, ok := a.deps()
	if a.watching || watch == nil && !a.config.ChooseJob || t.AppID == "" || t.Environment == "" || !ok {
		return nil
	}
	a.watching = true
	show := a.show(stepJob, true)
	if watch == nil {
		return tea.Batch(show, a.job.Choose(deps, a.edit.Place()))
	}
	return tea.Batch(show, a.job.Drive(watch, deps))
}

func (a *App) readIfComplete() tea.Cmd {
	if !a.edit.Target().Complete() {
		return nil
	}
	return a.read()
}

// read reads the deployed configuration.
func (a *App) read() tea.Cmd {
	session := a.edit.Session()
	target := a.edit.Target()
	switch {
	case session == nil:
		return a.connect()
	case !target.Complete():
		return say("app id, environment and resource name are needed to read", true)
	case a.job.InFlight():
		return say("the request is on its way", true)
	}
	a.target, a.busy = target, "reading what is deployed…"
	now, local := a.now, a.config.Local
	return a.reading.Do(func(ctx context.Context, generation int) tea.Msg {
		msg := baseMsg{generation: generation}
		if local != nil {
			msg.local = local(target)
		}
		msg.base, msg.err = edit.ReadBase(ctx, session.Service, target, now)
		return msg
	})
}

func (a *App) haveRead(msg baseMsg) tea.Cmd {
	a.busy = ""
	a.edit.SetLocal(msg.local)
	switch {
	case errors.Is(msg.err, context.Canceled):
		return nil
	case msg.err != nil && msg.local != nil && a.edit.Base() == nil:
		a.edit.SetBase(msg.local)
		a.edit.SetBaseErr(msg.err)
		return tea.Batch(a.page().Receive(msg), say("the deployed configuration could not be read; the fields show the local project", true))
	case msg.err != nil:
		a.edit.SetBaseErr(msg.err)
		if a.failure() != nil { // which the footer says as long as it lasts
			return nil
		}
		return say("the deployed configuration could not be read; 1 Target says why", true)
	}
	a.edit.SetBase(msg.base)
	return tea.Batch(a.page().Receive(msg), say("deployed configuration read", false), a.findOut())
}

// deps are what submissions stand on; false while there is no connection.
func (a *App) deps() (submission.Deps, bool) {
	if a.edit.Session() == nil {
		return submission.Deps{}, false
	}
	return a.edit.Deps(a.config.Journal, a.config.Clock), true
}

const noConnection = "there is no connection yet; 1 Target says why"

// watchOther watches a job that keeps an update from being sent.
func (a *App) watchOther(job wire.Job) tea.Cmd {
	deps, ok := a.deps()
	if !ok {
		return say(noConnection, true)
	}
	sub := submission.Follow(a.edit.Place(), wire.Text(job.JobID), submission.Options{Jitter: a.config.Jitter})
	return tea.Batch(a.show(stepJob, true), a.job.DriveThenReview(sub, deps))
}

// settleTarget connects and reads anew if the target page left others behind
// than those that were used.
func (a *App) settleTarget() tea.Cmd {
	left := a.leaveBase()
	switch {
	case a.edit.Access() != a.access:
		a.disconnect()
		return tea.Batch(left, a.connect())
	case a.edit.Target() != a.target && a.edit.Session() != nil:
		return tea.Batch(left, a.readIfComplete())
	}
	return left
}

// loadSchema reads the schema that the answers name.
func (a *App) loadSchema() tea.Cmd {
	path := a.edit.SchemaPath()
	if path == "" {
		a.loading.Cancel()
		return nil
	}
	disk := a.config.Disk
	return a.loading.Do(func(ctx context.Context, generation int) tea.Msg {
		if ctx.Err() != nil {
			return nil // a newer path was typed already
		}
		return schemaMsg{generation, edit.LoadSchema(disk, path)}
	})
}

// check has the schema checked anew if it, the modes or the strategy changed. A
// newer check cancels the one before.
func (a *App) check() tea.Cmd {
	if a.checked == a.edit.Generation() {
		return nil
	}
	a.checked = a.edit.Generation()
	job, needed := a.edit.ReportJob()
	if !needed {
		return nil
	}
	return a.checking.Do(func(ctx context.Context, generation int) tea.Msg {
		if ctx.Err() != nil {
			return nil // a newer check was asked for already
		}
		return reportMsg{generation, job.Run()}
	})
}

// receiveWork takes the results of background work.
func (a *App) receiveWork(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case connectedMsg:
		if a.connecting.Current(msg.generation) {
			return a.connected(msg)
		}
	case identityMsg:
		return a.identified(msg)
	case probedMsg:
		return a.probed(msg)
	case loggedInMsg:
		return a.loggedIn(msg)
	case codeAskedMsg:
		return a.askCode(msg.CodeRequest)
	case baseMsg:
		if a.reading.Current(msg.generation) {
			return tea.Batch(a.haveRead(msg), a.listJobs())
		}
	case schemaMsg:
		if a.loading.Current(msg.generation) {
			a.edit.SetSchema(msg.schema)
		}
	case reportMsg:
		if a.checking.Current(msg.generation) {
			a.edit.SetReport(msg.report)
		}
	case draftDueMsg:
		return a.saveDraft()
	case leftMsg:
		return a.askToFollow(msg)
	case savedMsg:
		return a.draftSaved(msg)
	case foundMsg:
		return a.draftsFound(msg)
	case foundOutMsg:
		return a.foundOut(msg)
	case jobsMsg:
		if a.listing.Current(msg.generation) {
			a.jobsListed(msg)
		}
	case page.EndedMsg:
		return a.ended(msg)
	case editedMsg:
		return a.edited(msg)
	default:
		return tea.Batch(a.page().Receive(msg), a.receiveForJob(msg))
	}
	return nil
}

// receiveForJob keeps the job page fed while another page is shown.
func (a *App) receiveForJob(msg tea.Msg) tea.Cmd {
	if a.page() == page.Page(a.job) {
		return nil
	}
	return a.job.Receive(msg)
}
