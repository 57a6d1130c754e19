package command

import (
	"context"
	"errors"
	"fmt"
	"io"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
)

// applier makes one change without a terminal.
type applier struct {
	flags    *applyFlags
	settings settings
	in       io.Reader
	events   *events
	edit     *edit.Edit
	connect  edit.Connector
	defaults map[forms.Key]string
	journal  *journal.Journal
	clock    client.Clock
	resume   resumeFunc
	// back is the receipt to put back, nil for none.
	back *edit.Receipt
}

// apply goes all the way: read, plan, approve, send, watch, read back.
func (a *applier) apply(ctx context.Context, file string) error {
	if err := a.open(file); err != nil {
		return &exitError{ExitUsage, err}
	}
	if err := a.read(ctx); err != nil {
		return advised(err)
	}
	plan := a.edit.Plan()
	a.events.plan(plan, a.edit.Target())
	if err := a.allowed(plan); err != nil {
		return err
	}
	if !a.flags.yes {
		a.events.say("not-sent", "nothing was sent; --yes sends it")
		return nil
	}
	approval, err := a.edit.Approve()
	if err != nil {
		return err
	}
	return a.send(ctx, approval)
}

// open takes the target, the request kept as a file and the schema.
func (a *applier) open(file string) error {
	for key, text := range a.defaults {
		a.edit.Answers.Fill(forms.At(forms.StepTarget, key), text)
	}
	switch {
	case file == "-":
		doc, err := edit.ReadDocument("standard input", a.in)
		if err != nil {
			return err
		}
		a.edit.Open(&edit.File{Path: file, Document: doc})
	case file != "":
		f, err := edit.OpenFile(file)
		if err != nil {
			return err
		}
		a.edit.Open(f)
	}
	if f := a.edit.File(); f != nil {
		for _, note := range f.Document.Notes {
			a.events.say("note", note.String())
		}
	}
	if a.flags.schema != "" {
		a.edit.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		a.edit.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), a.flags.schema)
	}
	a.edit.Touch()
	if !a.edit.Target().Complete() {
		return errors.New("the target is not complete: give --app-id, --env and --resource, name them in the file, or start within the project")
	}
	return nil
}

// read connects, reads what is deployed, and has the schema checked.
func (a *applier) read(ctx context.Context) error {
	session, err := a.connect(ctx, a.edit.Access())
	if err != nil {
		return err
	}
	identity, err := session.Identify(ctx)
	if err != nil && len(a.settings.Accounts) > 0 {
		return fmt.Errorf("only some accounts are allowed, and whose credentials these are could not be found out: %w", err)
	}
	session.Identity = identity
	a.edit.SetSession(session)
	a.findOut(ctx)
	base, err := edit.ReadBase(ctx, session.Service, a.edit.Target(), a.clock.Now)
	if err != nil {
		return err
	}
	a.edit.SetBase(base)
	if a.back != nil {
		if err := a.putBack(identity.Account); err != nil {
			return err
		}
	}
	if path := a.edit.SchemaPath(); path != "" {
		a.edit.SetSchema(edit.LoadSchema(schema.Disk{}, path))
	}
	if job, needed := a.edit.ReportJob(); needed {
		a.edit.SetReport(job.Run())
	}
	return nil
}

// putBack answers with what was deployed before the receipt, and says what of it
// no request can bring back.
func (a *applier) putBack(account string) error {
	if was := a.back.Target.Account; was != "" && account != "" && was != account {
		return fmt.Errorf("nothing was sent: the receipt is of account %s, and these credentials belong to %s; choose others with --profile", was, account)
	}
	rest, err := a.edit.PutBack(a.back)
	if err != nil {
		return err
	}
	for _, c := range rest {
		a.events.say("note", "this cannot be put back: "+c.Path+", "+c.Values())
	}
	return nil
}

// allowed refuses what may not be sent as it is, and names what would allow it.
func (a *applier) allowed(plan edit.Plan) error {
	f := a.flags
	env := plan.Input.BackendEnvironmentName
	if problem := plan.Blocked(); problem != nil {
		return fmt.Errorf("%s: %s", problem.Ref.Step.Title(), problem.Text)
	}
	if len(plan.Changes) == 0 && !f.renew {
		a.events.say("nothing", "nothing differs from what is deployed, so nothing is sent; --renew sends it all the same")
		return &exitError{code: ExitDone}
	}
	switch {
	case !f.yes:
	case plan.Schema.Errors() > 0 && !f.acceptErrors:
		return fmt.Errorf("nothing was sent: the checker finds %d errors in the schema; --accept-schema-errors sends it all the same", plan.Schema.Errors())
	case len(plan.Losses) > 0 && !f.acceptLosses:
		return errors.New("nothing was sent: the backend has what no request can carry and may lose it; --accept-losses sends it all the same")
	case plan.NeedsName(a.settings.protected(edit.ProtectedPatterns)) && f.confirm != env:
		return fmt.Errorf("nothing was sent: %s is protected or the change is destructive; --confirm %s sends it", env, quote(env))
	}
	return nil
}

// sender makes what sends, and finds out.
func (a *applier) sender() edit.Sender {
	s := a.edit.Session()
	return edit.Sender{
		Service: s.Service, Disk: schema.Disk{}, Clock: a.clock, Journal: a.journal, Region: s.Region,
		Identity: s.Identity, Identify: s.Identify, Allowed: a.settings.Accounts,
		Progress: func(text string) { a.events.say("progress", text) },
	}
}

// findOut says what became of the requests of earlier runs.
func (a *applier) findOut(ctx context.Context) {
	sender := a.sender()
	sender.Progress = nil
	found, err := sender.FindOut(ctx, a.edit.Target())
	for _, f := range found {
		a.events.say("note", f.Text)
	}
	if err != nil {
		a.events.say("warning", "earlier receipts could not be read: "+err.Error())
	}
}

// send sends what was approved, once, and follows the job.
func (a *applier) send(ctx context.Context, approval edit.Approval) error {
	s, sender := a.edit.Session(), a.sender()
	o := sender.Submit(ctx, approval)
	a.events.outcome(o)
	switch {
	case o.Verdict == edit.Unknown:
		return &exitError{ExitUnknown, fmt.Errorf("whether the update started is unknown: %w", o.Err)}
	case o.Verdict == edit.NotStarted:
		return advised(o.Err)
	case o.Accepted.How == client.InEffect:
		return nil
	case a.flags.noWait:
		a.events.say("left", "the job goes on; come back with "+a.resume(approval.Target, s, o.Accepted.JobID))
		return &exitError{code: ExitRunning}
	}
	return a.follow(ctx, sender, approval, o)
}

// follow watches the job until it ends, and reads the configuration back.
func (a *applier) follow(ctx context.Context, sender edit.Sender, approval edit.Approval, o edit.Outcome) error {
	in := wire.GetBackendJobInput{AppID: approval.Target.AppID, BackendEnvironmentName: approval.Target.Environment, JobID: o.Accepted.JobID}
	job, err := client.Watch(ctx, sender.Service, in, client.WatchOptions{Clock: a.clock, Limit: a.flags.timeout}, a.events.seen)
	switch edit.JobResult(&job) {
	case edit.Completed:
		back := edit.ReadAfter(ctx, sender.Service, approval, a.clock.Now)
		a.events.readBack(back)
		a.kept(sender.RecordEnd(o.Receipt, &job, &back))
		return nil
	case edit.Failed:
		a.kept(sender.RecordEnd(o.Receipt, &job, nil))
		return &exitError{ExitFailed, errors.New("the job failed: " + a.events.jobError(&job))}
	}
	a.events.say("left", "the job goes on; come back with "+a.resume(approval.Target, a.edit.Session(), o.Accepted.JobID))
	return &exitError{ExitRunning, fmt.Errorf("watching ended: %w", err)}
}

// kept says that a receipt could not be completed; that changes nothing else.
func (a *applier) kept(err error) {
	if err != nil {
		a.events.say("warning", "the receipt could not be completed: "+err.Error())
	}
}

// advised adds to an error what to do next.
func advised(err error) error {
	if client.Classify(err) == client.ClassOther {
		return err
	}
	return fmt.Errorf("%w. %s", err, client.Advice(err))
}
