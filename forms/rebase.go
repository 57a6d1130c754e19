package forms

import (
	"slices"

	"ampedit/client/wire"
)

// Rebase puts a newly read configuration under the answers: fields that nobody
// touched take its values, what was typed stays. old is the configuration under
// the answers so far, nil if there was none.
func (a *Answers) Rebase(old, base *wire.ResourceConfig) {
	if base == nil {
		return
	}
	a.Fill(At(StepTarget, KeyAPIName), wire.Text(base.APIName))
	a.Fill(At(StepTarget, KeyService), wire.Text(base.Service))
	fillAuth(a.Default, base.DefaultAuthType)
	a.rebaseMore(old, base)
}

// fillAuth also clears what an earlier configuration left behind.
func fillAuth(v Values, auth *wire.AuthType) {
	if auth == nil {
		auth = &wire.AuthType{}
	}
	for key, text := range authTexts(auth) {
		switch {
		case v[key].Touched:
		case text == "":
			delete(v, key)
		default:
			v[key] = Value{Text: text}
		}
	}
}

// rebaseMore matches the entries with the additional types read, by mode and
// identity. Entries that were read before and are gone now stay only if
// something in them was typed.
func (a *Answers) rebaseMore(old, base *wire.ResourceConfig) {
	before := slices.Clone(a.More)
	used := map[*Entry]bool{}
	var more []*Entry
	for i := range base.AdditionalAuthTypes {
		auth := &base.AdditionalAuthTypes[i]
		e := matching(before, used, old, auth)
		if e == nil {
			e = &Entry{ID: a.NextID, Values: Values{}}
			a.NextID++
		}
		used[e] = true
		e.Origin = i
		fillAuth(e.Values, auth)
		more = append(more, e)
	}
	for _, e := range before {
		if !used[e] && (e.Added() || e.touched()) {
			e.Origin = -1
			more = append(more, e)
		}
	}
	if a.Reordered {
		place := func(e *Entry) int {
			if i := slices.Index(before, e); i >= 0 {
				return i
			}
			return len(before)
		}
		slices.SortStableFunc(more, func(x, y *Entry) int { return place(x) - place(y) })
	}
	a.More = more
}

// matching finds the entry that stands for auth: one that was read from a type
// of the same identity, else one that says that identity now and was typed, or
// was read from a configuration that is no longer at hand.
func matching(entries []*Entry, used map[*Entry]bool, old *wire.ResourceConfig, auth *wire.AuthType) *Entry {
	want := identity(auth)
	was := Context{Base: old}
	for _, e := range entries {
		if origin := was.baseAuth(e.Origin); !used[e] && origin != nil && identity(origin) == want {
			return e
		}
	}
	for _, e := range entries {
		if typed := buildAuth(e.Values, nil, nil, Context{}); !used[e] && was.baseAuth(e.Origin) == nil && typed != nil && identity(typed) == want {
			return e
		}
	}
	return nil
}

func (e *Entry) touched() bool {
	for _, v := range e.Values {
		if v.Touched {
			return true
		}
	}
	return false
}

// Identity is what tells one authorization type from another: the mode, and
// where several of a mode are allowed the pool or the issuer.
type Identity struct {
	Mode wire.Mode
	Name string
}

func identity(auth *wire.AuthType) Identity {
	id := Identity{}
	if auth.Mode != nil {
		id.Mode = *auth.Mode
	}
	if s := auth.Settings; s != nil {
		switch id.Mode {
		case wire.ModeCognito:
			id.Name = wire.Text(s.CognitoUserPoolID)
		case wire.ModeOIDC:
			id.Name = wire.Text(s.OpenIDIssueURL)
		}
	}
	return id
}

// Restore puts a field back to what was read. It reports whether there was
// anything to put back to.
func (a *Answers) Restore(c Context, ref Ref) bool {
	text, known := c.Deployed(a, ref)
	v := a.Values(ref)
	if !known || v == nil {
		return false
	}
	v[ref.Key] = Value{Text: text}
	return true
}
