package edit

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/forms"
)

// draftVersion is the version of the drafts' form; a newer one is not read.
const draftVersion = 1

// draft is what is kept of what was typed.
type draft struct {
	Version int            `json:"version"`
	Answers *forms.Answers `json:"answers"`
	// Base is the configuration that the answers were made against, without
	// which the entries' origins mean nothing.
	Base *wire.ResourceConfig `json:"base,omitzero"`
	// Schema is that of a file or a receipt, if the answers want it.
	Schema *string `json:"transformSchema,omitzero"`
	// Sent are the answers that were last approved and sent, nil for none.
	Sent *sent `json:"sent,omitzero"`
}

// sent are answers that were sent. Mark is in the receipt as well.
type sent struct {
	Mark    string         `json:"mark"`
	Answers *forms.Answers `json:"answers"`
}

// DraftData is the draft of the present answers, on copied values, ready to be
// saved by another goroutine.
type DraftData struct {
	slot, generation int
	place            journal.Target
	draft            draft
}

// place names a target with the region as far as it is known. The account is left
// out: it is known only after a call.
func place(region string, t Target) journal.Target {
	return journal.Target{Region: region, AppID: t.AppID, Environment: t.Environment, ResourceName: t.ResourceName}
}

// DraftPlace names what the answers are typed for, as far as that is known: what was
// read, while another target is being typed.
func (e *Edit) DraftPlace() journal.Target {
	t, region := e.Target(), strings.TrimSpace(e.Answers.Text(forms.At(forms.StepTarget, forms.KeyRegion)))
	if e.session != nil {
		region = e.session.Region
	}
	if e.base != nil && e.Dirty() {
		t = e.base.Target
		if e.baseOf != nil {
			region = e.baseOf.Region
		}
	}
	return place(cmp.Or(region, e.Access().Region), t)
}

// DraftData returns the draft of the present answers; false if nothing was typed that
// would be lost.
func (e *Edit) DraftData() (DraftData, bool) {
	d := draft{Version: draftVersion, Answers: e.Answers.Clone(), Base: e.under, Schema: e.document, Sent: e.sent}
	if e.base != nil {
		d.Base = e.base.Config
	}
	return DraftData{slot: e.slot, generation: e.generation, place: e.DraftPlace(), draft: d}, e.Typed()
}

// Typed reports whether anything was typed that is worth keeping: answers that are
// not deployed, or what names a backend that was not read yet.
func (e *Edit) Typed() bool {
	return e.Dirty() || e.Base() == nil && len(forms.TypedTarget(e.Answers)) > 0
}

// Dirty reports whether anything was typed that is not deployed.
func (e *Edit) Dirty() bool { return len(forms.TypedAnswers(e.Answers, e.Context())) > 0 }

// NewDraft says that what is typed from now on is of another target than before. The
// draft of the one before stays as it was saved last.
func (e *Edit) NewDraft() {
	e.slot++
	e.sent = nil
}

// TypedBefore is the target that was read before the present one was chosen, and what was
// typed for it. It is called before DropBase.
func (e *Edit) TypedBefore() (journal.Target, []forms.Typed) {
	c := e.Context()
	c.Base = e.base.Config
	region := ""
	if e.baseOf != nil {
		region = e.baseOf.Region
	}
	return place(region, e.base.Target), forms.TypedAnswers(e.Answers, c)
}

// SetAside takes everything that was typed out of the answers, but for what says which
// backend is meant, so that they start from what is deployed there.
func (e *Edit) SetAside() {
	answers := forms.NewAnswers()
	for _, key := range forms.TargetKeys() {
		if value, ok := e.Answers.Target[key]; ok {
			answers.Target[key] = value
		}
	}
	*e.Answers = *answers
	e.document, e.stated, e.unread = nil, nil, adoption{}
	if e.base != nil {
		e.Answers.Rebase(nil, e.base.Config)
	}
	e.Touch()
}

// Send marks an approval as that of the present answers, so that what was typed is
// known to be in effect once it is, whoever finds that out.
func (e *Edit) Send(a submission.Approval) submission.Approval {
	a.Mark = rand.Text()
	e.sent = &sent{Mark: a.Mark, Answers: e.Answers.Clone()}
	e.Touch()
	return a
}

// Unsent reports whether anything was typed that is neither deployed nor on its way
// by a submission, nor in effect by it.
func (e *Edit) Unsent(s *submission.Submission) bool {
	if e.carriedBy(s) && (s.Fate() == submission.FatePending || s.Fate() == submission.FateInEffect) {
		return len(remainder(e.Answers, e.sent, e.Context())) > 0
	}
	return e.Dirty()
}

func (e *Edit) carriedBy(s *submission.Submission) bool {
	return s != nil && e.sent != nil && s.Receipt().Mark == e.sent.Mark
}

// remainder is what was typed beside what was sent.
func remainder(a *forms.Answers, s *sent, c forms.Context) []forms.Typed {
	rest := a.Clone()
	rest.Settle(s.Answers, nil)
	var out []forms.Typed
	for _, t := range forms.TypedAnswers(rest, c) {
		added := t.Ref.Step == forms.StepMore && t.Ref.Key == "" && s.Answers.Entry(t.Ref.Entry) != nil
		if was := s.Answers.Entry(t.Ref.Entry); added && !was.Removed {
			continue // it was added by what was sent
		}
		out = append(out, t)
	}
	return out
}

// Settle takes what a submission has come to: what is in effect no longer counts as
// typed. It reports whether that was so.
func (e *Edit) Settle(s *submission.Submission) bool {
	if !e.carriedBy(s) || s.Fate() != submission.FateInEffect {
		return false
	}
	e.Answers.Settle(e.sent.Answers, nil)
	e.sent = nil
	if b := e.Base(); b != nil && !b.Local && s.Body() != nil { // until it is read again
		deployed := *b
		deployed.Config = s.Receipt().Sent
		e.SetBase(&deployed)
	}
	e.Touch()
	return true
}

// Draft is what was typed in an earlier run and is not in effect, as far as that is
// known. It is this program's alone until it is released or discarded.
type Draft struct {
	Saved time.Time
	// Place is what it was typed for, as far as that was known.
	Place journal.Target

	draft draft
	fate  submission.Fate
	file  *journal.DraftFile
}

// parseDraft reads a draft.
func parseDraft(kept *journal.Draft) (*Draft, error) {
	d := &Draft{Saved: kept.Saved, Place: kept.Target}
	switch err := json.Unmarshal(kept.Data, &d.draft); {
	case err != nil:
		return nil, fmt.Errorf("read the draft of %s: %w", kept.Saved.Format(time.DateTime), err)
	case d.draft.Version > draftVersion:
		return nil, errors.New("the draft was made by a newer version of ampedit; this one leaves it alone")
	case d.draft.Answers == nil:
		return nil, errors.New("the draft holds no answers")
	}
	d.draft.Answers.Complete()
	if s := d.draft.Sent; s != nil {
		if s.Answers == nil {
			d.draft.Sent = nil
		} else {
			s.Answers.Complete()
		}
	}
	return d, nil
}

// same reports whether two drafts say the same of the same target.
func (d *Draft) same(other *Draft) bool {
	a, errA := json.Marshal(d.draft.Answers)
	b, errB := json.Marshal(other.draft.Answers)
	return errA == nil && errB == nil && d.Place == other.Place && bytes.Equal(a, b) && d.draft.Sent == nil && other.draft.Sent == nil
}

// Offered lists what taking the draft up would bring: what was typed in it and is
// neither deployed nor on its way. It is empty for a draft that is not to be offered.
func (d *Draft) Offered(e *Edit) []forms.Typed {
	trial, c := d.rebased(e), d.context(e)
	var out []forms.Typed
	for _, t := range forms.TypedTarget(trial) {
		if e.Answers.Text(t.Ref) == "" {
			out = append(out, t)
		}
	}
	if d.draft.Sent != nil && (d.fate == submission.FatePending || d.fate == submission.FateInEffect) {
		return append(out, remainder(trial, d.draft.Sent, c)...)
	}
	return append(out, forms.TypedAnswers(trial, c)...)
}

// Pending reports whether a part of the draft was sent, and what became of that is
// not known yet.
func (d *Draft) Pending() bool { return d.fate == submission.FatePending }

// Unclear reports whether the draft was sent, and nobody will find out any more what
// became of that.
func (d *Draft) Unclear() bool { return d.fate == submission.FateUnknown }

// context is what the rules know of the draft: what is deployed, or what was when it
// was made.
func (d *Draft) context(e *Edit) forms.Context {
	c := forms.Context{Now: e.now(), Base: d.draft.Base, SchemaText: d.draft.Schema}
	if b := e.Base(); b != nil {
		c.Base, c.KeyEnd = b.Config, b.KeyEnd
	}
	return c
}

// rebased are the draft's answers on the present base, without what is in effect.
func (d *Draft) rebased(e *Edit) *forms.Answers {
	answers := d.draft.Answers.Clone()
	if s := d.draft.Sent; s != nil && d.fate == submission.FateInEffect {
		answers.Settle(s.Answers, nil)
	}
	if b := e.Base(); b != nil {
		answers.Rebase(d.draft.Base, b.Config)
		if s := d.draft.Sent; s != nil && d.fate == submission.FateCompleted {
			answers.Settle(s.Answers, func(ref forms.Ref) bool { return d.context(e).IsDeployed(answers, ref) })
		}
	}
	return answers
}

// take puts the draft's answers in the place of the present ones. What names the
// backend stays, and is only completed.
func (d *Draft) take(e *Edit) {
	answers := d.rebased(e)
	for _, key := range forms.TargetKeys() {
		if present := e.Answers.Target[key]; present.Text != "" || present.Touched {
			answers.Target[key] = present
		} else if !answers.Target[key].Touched {
			delete(answers.Target, key)
		}
	}
	*e.Answers = *answers
	e.document, e.under = d.draft.Schema, d.draft.Base
	e.sent, e.stated, e.unread = nil, nil, adoption{}
	if d.Pending() {
		e.sent = d.draft.Sent
	}
	e.Touch()
}
