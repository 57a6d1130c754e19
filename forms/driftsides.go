package forms

import (
	"slices"
	"strings"

	"ampedit/client/wire"
)

// driftedField is a member with a field of its own.
type driftedField struct {
	step   Step
	origin int // of the entry in the deployed list, for StepMore
	key    Key
	local  string
}

func (f driftedField) ref(a *Answers) Ref {
	ref := At(f.step, f.key)
	if f.step == StepMore {
		ref = Ref{Step: StepMore, Entry: NoEntry}
		if e := a.readFrom(f.origin); e != nil {
			ref.Entry, ref.Key = e.ID, f.key
		}
	}
	return ref
}

func (f driftedField) now(a *Answers, c Context) *string { return sentMember(a, c, f.ref(a)) }

func (f driftedField) takeLocal(a *Answers, c Context) bool {
	ref := f.shown(a, c)
	if a.Values(ref) == nil {
		return false
	}
	a.Set(ref, f.local)
	return true
}

func (f driftedField) takeDeployed(a *Answers, c Context) { a.Restore(c, f.shown(a, c)) }

// shown returns the field, after bringing back its entry and its mode.
func (f driftedField) shown(a *Answers, c Context) Ref {
	ref := f.ref(a)
	if e := a.Entry(ref.Entry); f.step == StepMore && e != nil {
		e.Removed = false
	}
	if mode := (Ref{ref.Step, ref.Entry, KeyMode}); f.step == StepDefault || f.step == StepMore {
		if text, known := c.Deployed(a, mode); known && text != a.Text(mode) {
			a.Restore(c, mode)
		}
	}
	return ref
}

// driftedDefault is a default of another mode.
type driftedDefault struct{ local *wire.AuthType }

func (driftedDefault) ref(*Answers) Ref { return At(StepDefault, KeyMode) }

func (d driftedDefault) now(a *Answers, c Context) *string {
	return described(sentAuth(a, c, d.ref(a)))
}

func (d driftedDefault) takeLocal(a *Answers, _ Context) bool {
	a.setAuth(d.ref(a), d.local)
	return true
}

func (d driftedDefault) takeDeployed(a *Answers, c Context) { a.restoreAuth(c, d.ref(a)) }

// driftedMissing is the place of a deployed additional type that is not in the
// checkout.
type driftedMissing int

func (d driftedMissing) ref(a *Answers) Ref {
	return driftedField{step: StepMore, origin: int(d)}.ref(a)
}

func (d driftedMissing) now(a *Answers, c Context) *string {
	if e := a.readFrom(int(d)); e == nil || e.Removed {
		return nil
	}
	return described(c.baseAuth(int(d)))
}

func (d driftedMissing) takeLocal(a *Answers, _ Context) bool {
	a.remove(d.ref(a).Entry)
	return true
}

func (d driftedMissing) takeDeployed(a *Answers, c Context) {
	if e := a.readFrom(int(d)); e != nil {
		e.Removed = false
		a.restoreAuth(c, d.ref(a))
	}
}

// driftedAdded is an additional type that only the checkout has.
type driftedAdded struct {
	list driftList
	at   int
}

func (d driftedAdded) ref(a *Answers) Ref {
	if e := d.list.entry(a, d.at); e != nil {
		return Ref{Step: StepMore, Entry: e.ID}
	}
	return At(StepMore, "")
}

func (d driftedAdded) now(a *Answers, c Context) *string { return described(sentAuth(a, c, d.ref(a))) }

func (d driftedAdded) takeLocal(a *Answers, _ Context) bool {
	e := d.list.entry(a, d.at)
	if e == nil {
		e = a.Add("")
	}
	e.Removed = false
	a.setAuth(Ref{Step: StepMore, Entry: e.ID}, &d.list.local[d.at])
	for next := d.at + 1; next < len(d.list.local); next++ {
		if after := d.list.entry(a, next); after != nil && after != e { // lists may hold a type twice
			a.More = slices.DeleteFunc(a.More, func(other *Entry) bool { return other == e })
			a.More = slices.Insert(a.More, slices.Index(a.More, after), e)
			break
		}
	}
	return true
}

func (d driftedAdded) takeDeployed(a *Answers, _ Context) {
	for e := d.list.entry(a, d.at); e != nil; e = d.list.entry(a, d.at) { // it may have been added twice
		a.Discard(e.ID)
	}
}

// entry returns the entry that stands for a type of the checkout: the one that
// was read from the same type, or an added one of its identity. It is nil if none
// does.
func (l driftList) entry(a *Answers, at int) *Entry {
	if origin := l.origins[at]; origin >= 0 {
		return a.readFrom(origin)
	}
	want := identity(&l.local[at])
	for _, e := range a.More {
		if auth := buildAuth(e.Values, nil, nil, Context{}); e.Added() && auth != nil && identity(auth) == want {
			return e
		}
	}
	return nil
}

// driftedOrder is the order of the additional types that both sides have.
type driftedOrder struct {
	list  driftList
	names []string // of the deployed ones, by place
}

func (driftedOrder) ref(*Answers) Ref { return At(StepMore, "") }

func (d driftedOrder) now(a *Answers, _ Context) *string {
	var places []int
	for _, e := range a.More {
		if !e.Added() && slices.Contains(d.list.origins, e.Origin) {
			places = append(places, e.Origin)
		}
	}
	text := d.text(places)
	return &text
}

func (d driftedOrder) text(places []int) string {
	var names []string
	for _, place := range places {
		names = append(names, d.names[place])
	}
	return strings.Join(names, ", ")
}

func (d driftedOrder) takeLocal(a *Answers, _ Context) bool {
	a.sortMore(func(e *Entry) int {
		for at := range d.list.local {
			if d.list.entry(a, at) == e {
				return at
			}
		}
		return len(d.list.local)
	})
	a.Reordered = true
	return true
}

func (d driftedOrder) takeDeployed(a *Answers, _ Context) {
	a.sortMore(func(e *Entry) int {
		if e.Added() {
			return len(d.names)
		}
		return e.Origin
	})
	a.Reordered = false
}

// driftedSchema is the path of the checkout's schema, "" if it is not known.
type driftedSchema string

func (driftedSchema) ref(*Answers) Ref { return At(StepSchema, KeySchemaSource) }

func (d driftedSchema) now(a *Answers, c Context) *string { return sentMember(a, c, d.ref(a)) }

func (d driftedSchema) takeLocal(a *Answers, _ Context) bool {
	if d == "" {
		return false
	}
	a.Set(d.ref(a), SourceFile)
	a.Set(At(StepSchema, KeySchemaPath), string(d))
	return true
}

func (d driftedSchema) takeDeployed(a *Answers, c Context) {
	a.Restore(c, d.ref(a))
	if a.Schema.Text(KeySchemaPath) == string(d) {
		delete(a.Schema, KeySchemaPath) // nobody typed it
	}
}

// readFrom returns the entry that was read from a place of the deployed list, nil
// if there is none.
func (a *Answers) readFrom(origin int) *Entry {
	for _, e := range a.More {
		if e.Origin == origin && origin >= 0 {
			return e
		}
	}
	return nil
}

func (a *Answers) sortMore(rank func(*Entry) int) {
	ranks := map[*Entry]int{}
	for _, e := range a.More {
		ranks[e] = rank(e)
	}
	slices.SortStableFunc(a.More, func(x, y *Entry) int { return ranks[x] - ranks[y] })
}

// setAuth answers an authorization type with all settings of its mode.
func (a *Answers) setAuth(ref Ref, auth *wire.AuthType) {
	texts := authTexts(auth)
	ref.Key = KeyMode
	a.Set(ref, texts[KeyMode])
	for _, f := range authFields(a.Values(ref))[1:] {
		ref.Key = f.Key
		a.Set(ref, texts[f.Key])
	}
}

// restoreAuth puts an authorization type back to what was read.
func (a *Answers) restoreAuth(c Context, ref Ref) {
	for _, key := range append([]Key{KeyMode, KeyExpiration}, textSettings...) {
		ref.Key = key
		a.Restore(c, ref)
	}
}
