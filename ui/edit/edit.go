// Package edit is one change of a backend's API configuration, from reading the
// deployed one to reading the changed one back: target, base, answers, plan,
// approval, submission and watching. It knows nothing of Bubble Tea: the pages
// stand on it, and so can every other way of making the same change.
//
// An Edit is used by one goroutine. What needs the network or the disk are
// functions over copied values; their results are put in with the Set methods.
package edit

import (
	"reflect"
	"time"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
)

// Edit is the state of one change.
type Edit struct {
	// Answers are what the user typed. Call Touch after changing them.
	Answers *forms.Answers

	now     func() time.Time
	origins Origins
	policy  Policy
	jobs    environmentJobs
	// passOver are the jobs that the user says will not end; waits says that one that
	// holds the environment is waited for.
	passOver []string
	waits    bool

	session *Session
	base    *Base
	baseOf  *Session // that the base was read with, nil for none
	baseErr error
	file    *File // the request kept by hand that was opened, nil for none
	adopted bool  // its configuration was put into the answers
	// stated is what the file states, while the answers come from it.
	stated *forms.Stated
	unread adoption
	// document is the schema of the file, or of the receipt that is put back.
	document *string
	under    *wire.ResourceConfig // what a draft was made against, until a base is read
	sent     *sent                // the answers that were last sent, until they are in effect
	slot     int                  // which of this program's drafts they are
	local    *Base                // what the local project says, nil for nothing
	drift    driftCache
	schema   Schema
	report   *SchemaReport
	asked    reportKey // what the newest report is made from

	generation int
	cached     struct {
		generation int
		minute     time.Time
		plan       Plan
	}
}

// New returns an edit without a base. now gives the time in the zone in which
// times are shown.
func New(now func() time.Time) *Edit {
	e := &Edit{Answers: forms.NewAnswers(), now: now, generation: 1}
	return e
}

// Touch says that the answers have changed.
func (e *Edit) Touch() { e.generation++ }

// Generation changes with the answers and with everything the plan is made from.
func (e *Edit) Generation() int { return e.generation }

// Target returns the backend that the answers name.
func (e *Edit) Target() Target {
	in := forms.Request(e.Answers, forms.Context{Now: e.now()})
	return Target{
		AppID: in.AppID, Environment: in.BackendEnvironmentName, ResourceName: in.ResourceName,
	}
}

// Session returns the connection, nil before there is one.
func (e *Edit) Session() *Session { return e.session }

// SetSession records a connection.
func (e *Edit) SetSession(s *Session) {
	e.session = s
	e.Touch()
}

// Base returns the configuration that was read for the present target, nil if
// none was.
func (e *Edit) Base() *Base {
	if e.BaseIsOfAnother() {
		return nil
	}
	return e.base
}

// BaseErr returns why the deployed configuration could not be read, nil if it
// was, or was not tried.
func (e *Edit) BaseErr() error { return e.baseErr }

// SetBase puts a configuration that was read under the answers.
func (e *Edit) SetBase(b *Base) {
	old := e.under
	if e.base != nil {
		old = e.base.Config
	}
	e.base, e.baseOf, e.baseErr, e.under = b, e.session, nil, nil
	e.unadopt()
	e.Answers.Rebase(old, b.Config)
	e.adopt()
	e.Touch()
}

// Open takes a request that is kept as a file: its target at once, its
// configuration as soon as there is a base to compare with.
func (e *Edit) Open(f *File) {
	e.file = f
	if c := f.Document.Stated().Config; c != nil {
		e.document = c.TransformSchema
	}
	for key, text := range map[forms.Key]string{
		forms.KeyAppID: f.Document.Target.AppID, forms.KeyEnvironment: f.Document.Target.Environment, forms.KeyResourceName: f.Document.Target.ResourceName,
	} {
		if text != "" {
			e.Answers.Fill(forms.At(forms.StepTarget, key), text)
		}
	}
	e.Touch()
}

// File returns the request kept by hand that was opened, nil for none.
func (e *Edit) File() *File { return e.file }

// adopt puts what the file states into the answers, once.
func (e *Edit) adopt() {
	if e.file == nil || e.adopted {
		return
	}
	e.adopted, e.stated = true, e.file.Document.Stated()
	before := e.Answers.Clone()
	e.Answers.Adopt(e.Context(), e.stated)
	if e.Base() == nil {
		e.unread = adoption{before, e.Answers.Clone()}
	}
}

// adoption are the answers before and after what the file states was put into them
// although nothing was read.
type adoption struct{ before, after *forms.Answers }

// unadopt makes ready to put in again what the file states, now that there is a base
// to put it into: what stays as deployed could not be told before.
func (e *Edit) unadopt() {
	if e.unread.after == nil {
		return
	}
	if reflect.DeepEqual(e.Answers, e.unread.after) {
		*e.Answers = *e.unread.before
	}
	e.adopted, e.unread = false, adoption{}
}

// SetLocal records what the local project says of the target, nil for nothing.
func (e *Edit) SetLocal(b *Base) {
	e.local = b
	e.Touch()
}

// Local returns what the local project says of the target, nil for nothing.
func (e *Edit) Local() *Base {
	if e.local == nil || e.local.Target != e.Target() {
		return nil
	}
	return e.local
}

// BaseIsOfAnother reports whether what was read is of another target than the present
// one, or of another region or account.
func (e *Edit) BaseIsOfAnother() bool {
	if e.base == nil {
		return false
	}
	return e.base.Target != e.Target() || e.elsewhere()
}

// elsewhere reports whether the base was read in another region or account.
func (e *Edit) elsewhere() bool {
	was, now := e.baseOf, e.session
	if was == nil || now == nil || was == now {
		return false
	}
	known := was.Identity.Account != "" && now.Identity.Account != ""
	return was.Region != now.Region || known && was.Identity.Account != now.Identity.Account
}

// DropBase forgets a configuration that was read for another target than the
// present one, and every value that came from it: nothing of one environment may
// reach another unless it was typed.
func (e *Edit) DropBase() {
	if !e.BaseIsOfAnother() {
		return
	}
	e.Answers.Rebase(e.base.Config, &wire.ResourceConfig{})
	e.Answers.Fill(forms.At(forms.StepTarget, forms.KeyService), forms.ServiceAppSync)
	e.base = nil
	e.Touch()
}

// SetBaseErr records that reading the deployed configuration failed.
func (e *Edit) SetBaseErr(err error) {
	e.baseErr = err
	e.adopt()
	e.Touch()
}

// Schema returns what was loaded from the schema path.
func (e *Edit) Schema() Schema { return e.schema }

// SetSchema records what was loaded. A result for a path that the answers no
// longer name is dropped.
func (e *Edit) SetSchema(s Schema) {
	if s.Path == e.SchemaPath() {
		e.schema = s
		e.Touch()
	}
}

// SchemaPath returns the path that the answers name, "" while the deployed schema
// is kept.
func (e *Edit) SchemaPath() string {
	if e.Answers.Text(forms.At(forms.StepSchema, forms.KeySchemaSource)) != forms.SourceFile {
		return ""
	}
	return e.Answers.Text(forms.At(forms.StepSchema, forms.KeySchemaPath))
}

// Context returns what the rules of the forms need besides the answers.
func (e *Edit) Context() forms.Context {
	c := forms.Context{Now: e.now(), Region: e.Region().Value}
	if b := e.Base(); b != nil {
		c.Base, c.KeyEnd = b.Config, b.KeyEnd
	}
	if e.Answers.Text(forms.At(forms.StepSchema, forms.KeySchemaSource)) == forms.SourceDocument {
		c.SchemaText = e.document
	}
	if path := e.SchemaPath(); path != "" && path == e.schema.Path {
		c.SchemaErr = e.schema.Err
		if e.schema.Err == nil {
			c.SchemaText = &e.schema.Text
		}
	}
	return c
}

// SaveFile returns the work of writing the present request back into the file that
// was opened, and the file's path; nil if none was. Its error wraps ErrFileChanged
// if the file is not as it was read; it is then left alone.
func (e *Edit) SaveFile() (path string, save func() error) {
	if e.file == nil {
		return "", nil
	}
	in, file := e.Plan().Input, e.file
	config, noDays := forms.StateEmpty(e.Answers, e.Context(), in.ResourceConfig)
	t := document.Target{AppID: in.AppID, Environment: in.BackendEnvironmentName, ResourceName: in.ResourceName}
	return file.Path, func() error { return file.Save(t, config, noDays...) }
}
