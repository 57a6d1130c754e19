package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"ampedit/client"
	"ampedit/client/files"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// planner makes the plan of a change without a terminal.
type planner struct {
	flags   *flags
	in      io.Reader
	events  *events
	edit    *edit.Edit
	connect edit.Connector
	journal *journal.Journal
	clock   client.Clock
	// back is the receipt to put back, nil for none.
	back *edit.Receipt
	// notes are on the file, to be said after the guards.
	notes []string
}

// begin takes the target and connects, and says first of all what guards it.
func (p *planner) begin(ctx context.Context, file string) error {
	if err := p.open(file); err != nil {
		return &exitError{ExitUsage, err}
	}
	if err := p.reach(ctx); err != nil {
		return advised(err)
	}
	for _, g := range p.edit.Guards() {
		if g.Forbids || !g.Unknown {
			p.events.guard(g)
		}
	}
	for _, note := range p.notes {
		p.events.say("note", note)
	}
	if conflict := p.edit.RegionConflict(); conflict != "" {
		p.events.say("warning", conflict)
	}
	p.lookAfterEarlier(ctx)
	return nil
}

// plan reads all that the plan is made from, and prints it with its hash.
func (p *planner) plan(ctx context.Context) (edit.Plan, string, error) {
	if err := p.read(ctx); err != nil {
		return edit.Plan{}, "", advised(err)
	}
	plan := p.edit.Plan()
	hash, err := p.edit.PlanHash()
	if err != nil {
		return plan, "", err
	}
	p.events.plan(plan, p.edit.Target(), hash)
	for _, g := range p.edit.Guards() {
		if g.Unknown && !g.Forbids {
			p.events.say("warning", g.Text)
		}
	}
	return plan, hash, nil
}

// deps are what submissions stand on.
func (p *planner) deps() submission.Deps {
	return p.edit.Deps(p.journal, p.clock)
}

// lookAfterEarlier says what became of the requests of earlier runs.
func (p *planner) lookAfterEarlier(ctx context.Context) {
	earlier, err := submission.Earlier(p.journal, p.edit.Place(), submission.Options{})
	if err != nil {
		p.events.say("warning", "earlier receipts could not be read: "+err.Error())
	}
	for _, s := range earlier {
		submission.Runner{Deps: p.deps()}.Once(ctx, s)
		p.events.say("note", "sent earlier, "+s.Name()+": "+s.Headline().Text)
	}
}

// blocked says why the plan cannot be sent by anybody.
func blocked(plan edit.Plan) error {
	if problem := plan.Blocked(); problem != nil {
		return errors.New(described(*problem))
	}
	return nil
}

// described is a problem as a line: the step, where the value stands in a file, what
// is wrong, and the rule.
func described(p forms.Problem) string {
	text := p.Ref.Step.Title() + " · " // with a colon an authorization would look like a header
	if p.Place != "" {
		text += p.Place + ": "
	}
	text += p.Text
	if p.Rule != "" {
		text += " [" + p.Rule + "]"
	}
	return text
}

// errTwoInputs refuses to read two things from one stream.
var errTwoInputs = usage("standard input can be FILE or --schema, not both")

// open takes the target, the request kept as a file and the schema.
func (p *planner) open(file string) error {
	switch {
	case file == "-" && p.flags.schema == "-":
		return errTwoInputs
	case file == "-":
		doc, err := edit.ReadDocument(standardInput, p.in)
		if err != nil {
			return err
		}
		p.edit.Open(&edit.File{Path: standardInput, Document: doc})
	case file != "":
		f, err := edit.OpenFile(file)
		if err != nil {
			return err
		}
		p.edit.Open(f)
	}
	if f := p.edit.File(); f != nil {
		p.overrule()
		for _, note := range f.Document.Notes {
			p.notes = append(p.notes, note.String())
		}
	}
	if p.flags.schema != "" {
		p.edit.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaSource), forms.SourceFile)
		p.edit.Answers.Set(forms.At(forms.StepSchema, forms.KeySchemaPath), p.flags.schema)
	}
	p.edit.Touch()
	t := p.edit.Target()
	values := map[forms.Key]string{forms.KeyAppID: t.AppID, forms.KeyEnvironment: t.Environment, forms.KeyResourceName: t.ResourceName}
	return missing(values, projectOnce(), forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName)
}

// overrule puts the target that flags and environment name in the place of the file's.
func (p *planner) overrule() {
	typed := map[forms.Key]string{
		forms.KeyAppID: p.flags.appID, forms.KeyEnvironment: p.flags.environment, forms.KeyResourceName: p.flags.resource,
	}
	for _, f := range targetFlags {
		text := typed[f.key]
		if p.flags.demo == "" {
			text = cmp.Or(text, os.Getenv(f.variable))
		}
		if text != "" {
			p.edit.Answers.Set(forms.At(forms.StepTarget, f.key), text)
		}
	}
}

// reach connects, and finds out who the caller is and which jobs there are.
func (p *planner) reach(ctx context.Context) error {
	session, err := p.connect(ctx, p.edit.Access())
	if err != nil {
		return err
	}
	session.Identity, session.IdentityErr = session.Identify(ctx)
	p.edit.SetSession(session)
	t := p.edit.Target()
	list, err := client.ListJobs(ctx, session.Service, t.AppID, t.Environment)
	p.edit.SetJobs(list.Jobs, err)
	return nil
}

// read reads what is deployed, and has the schema checked.
func (p *planner) read(ctx context.Context) error {
	session := p.edit.Session()
	base, err := edit.ReadBase(ctx, session.Service, p.edit.Target(), p.clock.Now)
	if err != nil {
		return err
	}
	p.edit.SetBase(base)
	if p.back != nil {
		if err := p.putBack(session.Identity.Account); err != nil {
			return err
		}
	}
	switch path := p.edit.SchemaPath(); path {
	case "":
	case "-":
		p.edit.SetSchema(edit.ReadSchema(path, standardInput, p.in))
	default:
		p.edit.SetSchema(edit.LoadSchema(files.Disk{}, path))
	}
	if job, needed := p.edit.ReportJob(); needed {
		p.edit.SetReport(job.Run())
	}
	return nil
}

// putBack answers with what was deployed before the receipt, and says what of it
// no request can bring back.
func (p *planner) putBack(account string) error {
	if was := p.back.Target.Account; was != "" && account != "" && was != account {
		return fmt.Errorf("nothing was sent: the receipt is of account %s, and these credentials belong to %s; choose others with --profile", was, account)
	}
	rest, err := p.edit.PutBack(p.back)
	if err != nil {
		return err
	}
	for _, c := range rest {
		p.events.say("note", "this cannot be put back: "+c.Path+", "+c.Values())
	}
	return nil
}
