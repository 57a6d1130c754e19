package edit

import (
	"encoding/json"
	"fmt"
	"sync"

	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/forms"
)

// Keeper keeps what is typed in this program as drafts of its own, and finds those
// that others have left. Its methods may be called from any goroutine, in any order:
// what is older than what was kept last is dropped. A nil journal keeps nothing.
type Keeper struct {
	journal *journal.Journal

	mu    sync.Mutex
	slots map[int]*slot
}

// slot is one draft of this program.
type slot struct {
	file   *journal.DraftFile // nil while there is none
	newest int                // the generation that was kept last
	left   bool               // nothing more is written
}

// NewKeeper returns a keeper.
func NewKeeper(j *journal.Journal) *Keeper { return &Keeper{journal: j, slots: map[int]*slot{}} }

// Keeps reports whether anything is kept at all.
func (k *Keeper) Keeps() bool { return k.journal != nil }

func (k *Keeper) slot(n int) *slot {
	if k.slots[n] == nil {
		k.slots[n] = &slot{}
	}
	return k.slots[n]
}

// Save keeps a draft and returns what is not in it, because it holds a secret.
func (k *Keeper) Save(d DraftData) (missing []forms.Typed, err error) {
	data, err := json.Marshal(d.draft)
	if err != nil {
		return nil, fmt.Errorf("save the draft: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.slot(d.slot)
	if k.journal == nil || s.left || d.generation < s.newest {
		return nil, nil
	}
	if s.file == nil {
		s.file = k.journal.NewDraft()
	}
	kept, err := s.file.Save(d.place, data)
	if err != nil {
		return nil, err
	}
	s.newest = d.generation
	return missingIn(d.draft, kept), nil
}

// missingIn lists the answers of a draft that are not as they were typed in what was
// kept of it.
func missingIn(d draft, kept []byte) []forms.Typed {
	var got draft
	if json.Unmarshal(kept, &got) != nil || got.Answers == nil {
		return nil
	}
	got.Answers.Complete()
	var out []forms.Typed
	for _, t := range append(forms.TypedTarget(d.Answers), forms.TypedAnswers(d.Answers, forms.Context{Base: d.Base})...) {
		if got.Answers.Text(t.Ref) != d.Answers.Text(t.Ref) {
			out = append(out, t)
		}
	}
	return out
}

// Has reports whether something of the present answers is kept, or was to be.
func (k *Keeper) Has(e *Edit) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.slots[e.slot]
	return s != nil && s.file != nil
}

// Drop removes the draft of answers of which nothing is worth keeping any more.
func (k *Keeper) Drop(d DraftData) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.slot(d.slot)
	if s.file == nil || s.left || d.generation < s.newest {
		return nil
	}
	s.newest = d.generation
	if err := s.file.Drop(); err != nil {
		return err
	}
	s.file = nil
	return nil
}

// Leave saves a draft for the last time, or drops it if nothing in it is worth
// keeping, and leaves it to whoever takes it up next.
func (k *Keeper) Leave(d DraftData, typed bool) (missing []forms.Typed, err error) {
	if typed {
		missing, err = k.Save(d)
	} else {
		err = k.Drop(d)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.slot(d.slot)
	s.left = true
	if s.file != nil {
		s.file.Close()
	}
	return missing, err
}

// Take puts a draft in the place of the answers, and goes on with it as this
// program's own.
func (k *Keeper) Take(d *Draft, e *Edit) {
	d.take(e)
	k.mu.Lock()
	defer k.mu.Unlock()
	e.slot++
	k.slots[e.slot] = &slot{file: d.file}
}

// Find returns the drafts that were left for a target, as far as both are known, the
// newest first. What says the same as a newer one is dropped. The errors are of drafts
// that cannot be read; they stay where they are.
func (k *Keeper) Find(t journal.Target) ([]*Draft, []error) {
	if k.journal == nil {
		return nil, nil
	}
	all, bad, err := k.journal.Drafts()
	var errs []error
	if err != nil {
		errs = append(errs, err)
	}
	for _, b := range bad {
		stays := "it was left as it is"
		if b.Aside != "" {
			stays = "it was kept as " + b.Aside
		}
		errs = append(errs, fmt.Errorf("a draft %s; %s: %s", b.Reason, stays, b.Path))
	}
	var found []*Draft
	for i := range all {
		d, err := k.claim(&all[i], t, found)
		switch {
		case err != nil:
			errs = append(errs, err)
		case d != nil:
			found = append(found, d)
		}
	}
	return found, errs
}

// claim gives a draft to this program if it is one for the target that no other has,
// and that says something else than newer ones.
func (k *Keeper) claim(kept *journal.Draft, t journal.Target, newer []*Draft) (*Draft, error) {
	d, err := parseDraft(kept)
	if err != nil || !d.isFor(t) {
		return nil, err
	}
	file, kept, err := k.journal.ClaimDraft(kept.ID)
	if err != nil || file == nil {
		return nil, err
	}
	if d, err = parseDraft(kept); err == nil && d.isFor(t) { // it may have been written since
		d.file = file
		for _, other := range newer {
			if d.same(other) {
				return nil, d.Discard()
			}
		}
		if d.draft.Sent != nil {
			d.fate, err = submission.FateOf(k.journal, d.Place, d.draft.Sent.Mark)
		}
		if err == nil {
			return d, nil
		}
	}
	file.Close()
	return nil, err
}

// isFor reports whether a draft may be meant for a target: nothing that both know
// differs, and what only the draft knows was typed.
func (d *Draft) isFor(t journal.Target) bool {
	if t.Region != "" && d.Place.Region != "" && t.Region != d.Place.Region {
		return false
	}
	for key, members := range map[forms.Key][2]string{
		forms.KeyAppID: {t.AppID, d.Place.AppID}, forms.KeyEnvironment: {t.Environment, d.Place.Environment}, forms.KeyResourceName: {t.ResourceName, d.Place.ResourceName},
	} {
		present, kept := members[0], members[1]
		if present != kept && present != "" && kept != "" || present == "" && kept != "" && !d.draft.Answers.Target[key].Touched {
			return false
		}
	}
	return true
}

// Release leaves the draft as it is; the next start finds it again.
func (d *Draft) Release() { d.file.Close() }

// Discard removes the draft for good.
func (d *Draft) Discard() error { return d.file.Drop() }
