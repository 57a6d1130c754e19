package forms

import (
	"slices"

	"ampedit/client/wire"
)

// Value is the answer to one field: the text as typed.
type Value struct {
	Text string `json:"text"`
	// Touched is set once a person gave the answer. Untouched values follow the
	// deployed configuration when it is read.
	Touched bool `json:"touched,omitzero"`
	// Stated is set while the text is just what a kept request states, which is
	// taken to the letter. What people type is read more kindly.
	Stated bool `json:"stated,omitzero"`
}

// Values are the answers of one form by key. Settings of a mode that is not
// chosen stay in it, so that choosing the mode again brings them back.
type Values map[Key]Value

// Text returns the text of a field, "" if there is none.
func (v Values) Text(key Key) string { return v[key].Text }

// Entry is one additional authorization type.
type Entry struct {
	// ID is unique within its Answers and never used again.
	ID     int    `json:"id"`
	Values Values `json:"values"`
	// Removed entries are not sent, but can be brought back.
	Removed bool `json:"removed,omitzero"`
	// Origin is the place of the entry in the configuration it was read from,
	// or -1 for one that was added here.
	Origin int `json:"origin"`
	// Extra is what a document states of the entry and no field shows; see
	// Answers.Extra.
	Extra *wire.AuthType `json:"extra,omitzero"`
}

// Added reports whether the entry is not part of the configuration read.
func (e *Entry) Added() bool { return e.Origin < 0 }

// Answers are all answers of the walk. The zero value is not usable; see
// NewAnswers.
type Answers struct {
	Target    Values   `json:"target"`
	Default   Values   `json:"default"`
	More      []*Entry `json:"more"`
	Conflict  Values   `json:"conflict"`
	Schema    Values   `json:"schema"`
	NextID    int      `json:"nextId"`
	Reordered bool     `json:"reordered,omitzero"`
	// Extra is what a document states and no field shows: members that the service
	// model does not know, settings that do not belong to the mode, and that the
	// list of additional types is stated, as an empty list. What it has of an
	// authorization type is sent while the mode is the one in it. It is never
	// changed, only replaced.
	Extra *wire.ResourceConfig `json:"extra,omitzero"`
}

// NewAnswers returns the answers before anything was typed or read.
func NewAnswers() *Answers {
	return &Answers{
		Target:   Values{KeyService: {Text: ServiceAppSync}},
		Default:  Values{},
		Conflict: Values{},
		Schema:   Values{KeySchemaSource: {Text: SourceKeep}},
	}
}

// Clone returns a deep copy, for use outside the goroutine that edits a.
func (a *Answers) Clone() *Answers {
	c := *a
	c.Target, c.Default = a.Target.clone(), a.Default.clone()
	c.Conflict, c.Schema = a.Conflict.clone(), a.Schema.clone()
	c.More = slices.Clone(a.More)
	for i, e := range a.More {
		copied := *e
		copied.Values = e.Values.clone()
		c.More[i] = &copied
	}
	return &c
}

func (v Values) clone() Values {
	c := make(Values, len(v))
	for k, val := range v {
		c[k] = val
	}
	return c
}

// Values returns the answers that ref points into, or nil if its entry does not
// exist.
func (a *Answers) Values(ref Ref) Values {
	switch ref.Step {
	case StepTarget:
		return a.Target
	case StepDefault:
		return a.Default
	case StepMore:
		if e := a.Entry(ref.Entry); e != nil {
			return e.Values
		}
		return nil
	case StepConflicts:
		return a.Conflict
	case StepSchema:
		return a.Schema
	}
	return nil
}

// Text returns the text of a field, "" if there is none.
func (a *Answers) Text(ref Ref) string { return a.Values(ref).Text(ref.Key) }

// Set records what a person typed. It does nothing for an entry that is gone.
func (a *Answers) Set(ref Ref, text string) {
	if v := a.Values(ref); v != nil && v[ref.Key].Text != text {
		v[ref.Key] = Value{Text: text, Touched: true}
	}
}

// Fill records a value that nobody typed, if nobody typed one before.
func (a *Answers) Fill(ref Ref, text string) {
	if v := a.Values(ref); v != nil && !v[ref.Key].Touched {
		v[ref.Key] = Value{Text: text}
	}
}

// Entry returns the additional authorization type with the ID, or nil.
func (a *Answers) Entry(id int) *Entry {
	for _, e := range a.More {
		if e.ID == id {
			return e
		}
	}
	return nil
}

// Add appends an additional authorization type and returns it. An empty mode is
// a choice still to be made.
func (a *Answers) Add(mode string) *Entry {
	e := &Entry{ID: a.NextID, Values: Values{}, Origin: -1}
	if mode != "" {
		e.Values[KeyMode] = Value{Text: mode, Touched: true}
	}
	a.NextID++
	a.More = append(a.More, e)
	return e
}

// Discard takes an entry away for good.
func (a *Answers) Discard(id int) {
	a.More = slices.DeleteFunc(a.More, func(e *Entry) bool { return e.ID == id })
}

// Move exchanges the entry with its neighbour by (-1 up, +1 down). It reports
// whether there was one.
func (a *Answers) Move(id, by int) bool {
	i := slices.IndexFunc(a.More, func(e *Entry) bool { return e.ID == id })
	if i < 0 || i+by < 0 || i+by >= len(a.More) {
		return false
	}
	a.More[i], a.More[i+by] = a.More[i+by], a.More[i]
	a.Reordered = true
	return true
}

// extra returns what a document states of the authorization type under ref and no
// field shows, nil for nothing.
func (a *Answers) extra(ref Ref) *wire.AuthType {
	if ref.Step == StepDefault {
		if a.Extra != nil {
			return a.Extra.DefaultAuthType
		}
		return nil
	}
	if e := a.Entry(ref.Entry); e != nil {
		return e.Extra
	}
	return nil
}

// remove takes an entry out of what is sent, if it is still there.
func (a *Answers) remove(id int) {
	if e := a.Entry(id); e != nil {
		e.Removed = true
	}
}

// Live returns the entries that are not removed, in their order.
func (a *Answers) Live() []*Entry {
	var live []*Entry
	for _, e := range a.More {
		if !e.Removed {
			live = append(live, e)
		}
	}
	return live
}

// Complete makes answers usable that were read from a file: whatever is missing
// in them becomes empty.
func (a *Answers) Complete() {
	for _, v := range []*Values{&a.Target, &a.Default, &a.Conflict, &a.Schema} {
		if *v == nil {
			*v = Values{}
		}
	}
	a.More = slices.DeleteFunc(a.More, func(e *Entry) bool { return e == nil })
	for _, e := range a.More {
		if e.Values == nil {
			e.Values = Values{}
		}
		a.NextID = max(a.NextID, e.ID+1)
	}
}
