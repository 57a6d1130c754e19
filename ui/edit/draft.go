package edit

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
)

// draftVersion is the version of the drafts' form; a newer one is not read.
const draftVersion = 1

type draft struct {
	Version int            `json:"version"`
	Answers *forms.Answers `json:"answers"`
	// Base is the configuration that the answers were made against, without
	// which the entries' origins mean nothing.
	Base *wire.ResourceConfig `json:"base,omitzero"`
	// Schema is that of a file or a receipt, if the answers want it.
	Schema *string `json:"transformSchema,omitzero"`
}

// Draft is what was typed in an earlier run and not sent.
type Draft struct {
	Saved   time.Time
	answers *forms.Answers
	base    *wire.ResourceConfig
	schema  *string
}

// draftPlace names the target of a draft. The account is left out: it is known
// only after a call.
func draftPlace(region string, t Target) journal.Target {
	return journal.Target{Region: region, AppID: t.AppID, Environment: t.Environment, ResourceName: t.ResourceName}
}

// DraftData is the draft of the present answers, on copied values, ready to be
// saved by another goroutine.
type DraftData struct {
	place journal.Target
	draft draft
}

// DraftData returns the draft of the present answers; false if nothing was typed
// that could be lost, or the target is not complete.
func (e *Edit) DraftData() (DraftData, bool) {
	if !e.Dirty() || !e.Target().Complete() || e.session == nil {
		return DraftData{}, false
	}
	d := draft{Version: draftVersion, Answers: e.Answers.Clone(), Schema: e.document}
	if b := e.Base(); b != nil {
		d.Base = b.Config
	}
	return DraftData{place: draftPlace(e.session.Region, e.Target()), draft: d}, true
}

// Save writes the draft.
func (d DraftData) Save(j *journal.Journal) error {
	data, err := json.Marshal(d.draft)
	if err == nil {
		err = j.SaveDraft(d.place, data)
	}
	if err != nil {
		return fmt.Errorf("save the draft: %w", err)
	}
	return nil
}

// LoadDraft returns the draft of a target, nil if there is none.
func LoadDraft(j *journal.Journal, region string, t Target) (*Draft, error) {
	kept, err := j.LoadDraft(draftPlace(region, t))
	if err != nil || kept == nil {
		return nil, err
	}
	var d draft
	switch err := json.Unmarshal(kept.Data, &d); {
	case err != nil:
		return nil, fmt.Errorf("read the draft of %s: %w", kept.Saved.Format(time.DateTime), err)
	case d.Version > draftVersion:
		return nil, errors.New("the draft was made by a newer version of ampedit; this one leaves it alone")
	case d.Answers == nil:
		return nil, errors.New("the draft holds no answers")
	}
	d.Answers.Complete()
	return &Draft{Saved: kept.Saved, answers: d.Answers, base: d.Base, schema: d.Schema}, nil
}

// DropDraft removes the draft of a target.
func DropDraft(j *journal.Journal, region string, t Target) error {
	return j.DropDraft(draftPlace(region, t))
}

// Summary says in one line what taking the draft up would change, against the
// present base.
func (d *Draft) Summary(e *Edit) string { return forms.Summary(d.plan(e).Changes) }

// InEffect reports whether taking the draft up would change nothing, now or once
// what is unfinished in it is finished.
func (d *Draft) InEffect(e *Edit) bool {
	p := d.plan(e)
	return len(p.Changes) == 0 && p.Blocked() == nil
}

// plan is the plan as it would be with the draft.
func (d *Draft) plan(e *Edit) Plan {
	trial := &Edit{now: e.now, generation: 1, base: e.base, document: d.schema, Answers: d.rebased(e)}
	return trial.Plan()
}

// rebased are the draft's answers on the present base.
func (d *Draft) rebased(e *Edit) *forms.Answers {
	answers := d.answers.Clone()
	if b := e.Base(); b != nil {
		answers.Rebase(d.base, b.Config)
	}
	return answers
}

// Take puts the draft's answers in the place of the present ones. The target
// stays the present one.
func (d *Draft) Take(e *Edit) {
	answers := d.rebased(e)
	answers.Target = e.Answers.Target
	*e.Answers = *answers
	e.document = d.schema
	e.Touch()
}
