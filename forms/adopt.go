package forms

import (
	"bytes"
	"encoding/json"
	"slices"

	"ampedit/client/wire"
)

// Adopt answers what a document states. What it does not state stays as it is
// deployed, and what was typed already stays typed. The list of additional types, if
// the document has one, is taken as a whole. The schema is not an answer: the answers
// only say that it comes from a document.
func (a *Answers) Adopt(c Context, s *Stated) {
	if s == nil || s.Config == nil {
		return
	}
	w := s.Config
	extra := &wire.ResourceConfig{Unknown: w.Unknown}
	a.adoptText(c, At(StepTarget, KeyAPIName), w.APIName)
	a.adoptText(c, At(StepTarget, KeyService), w.Service)
	if w.DefaultAuthType != nil {
		extra.DefaultAuthType = a.adoptAuth(c, Ref{Step: StepDefault, Entry: NoEntry}, w.DefaultAuthType, s.emptyDays(NoEntry))
	}
	if w.AdditionalAuthTypes != nil {
		a.adoptMore(c, s)
		if c.Base == nil { // else the list that was read tells
			extra.AdditionalAuthTypes = []wire.AuthType{}
		}
	}
	if r := w.ConflictResolution; r != nil {
		a.adoptStrategy(c, r.ResolutionStrategy)
		if len(r.Unknown) > 0 {
			extra.ConflictResolution = &wire.ConflictResolution{Unknown: r.Unknown}
		}
	}
	if w.TransformSchema != nil && (c.Base == nil || wire.Text(c.Base.TransformSchema) != *w.TransformSchema) {
		a.state(At(StepSchema, KeySchemaSource), SourceDocument)
	}
	if a.Extra = extra; extra.Equal(&wire.ResourceConfig{}) {
		a.Extra = nil
	}
}

// state records what a document states, unless something else was typed.
func (a *Answers) state(ref Ref, text string) {
	if v := a.Values(ref); !v[ref.Key].Touched {
		v[ref.Key] = Value{Text: text, Touched: true, Stated: true}
	}
}

func (a *Answers) adoptText(c Context, ref Ref, text *string) {
	if was, _ := c.Deployed(a, ref); text != nil && (*text != was || c.Base == nil) {
		a.state(ref, *text)
	}
}

// adoptStrategy answers the strategy that a document states. One that is empty says
// that there is none.
func (a *Answers) adoptStrategy(c Context, stated *wire.ResolutionStrategy) {
	if stated == nil {
		return
	}
	strategy, was := *stated, c.Strategy()
	if strategy == "" {
		if c.Base != nil && was == "" {
			return
		}
		strategy = wire.StrategyNone
	}
	if strategy != was {
		a.state(At(StepConflicts, KeyStrategy), string(strategy))
	}
}

// adoptAuth answers an authorization type by member, and returns what no field
// shows. Settings that the document does not state stay only while the mode does.
func (a *Answers) adoptAuth(c Context, ref Ref, auth *wire.AuthType, noDays bool) *wire.AuthType {
	stated, was := statedTexts(auth, noDays), map[Key]string{}
	origin := c.origin(a, ref)
	if origin != nil {
		was = authTexts(origin)
	}
	ref.Key = KeyMode
	if mode, given := stated[KeyMode]; given && (mode != was[KeyMode] || c.Base == nil) {
		a.state(ref, mode)
	}
	v := a.Values(ref)
	mode := v.Text(KeyMode)
	if mode != was[KeyMode] {
		was, origin = map[Key]string{}, nil
	}
	for _, f := range authFields(v)[1:] {
		ref.Key = f.Key
		text, given := stated[f.Key]
		switch {
		case given && (text != was[f.Key] || c.Base == nil):
			a.state(ref, text)
		case origin == nil && !v[f.Key].Touched: // what the old mode left
			delete(v, f.Key)
		}
		delete(stated, f.Key)
	}
	return extraAuth(auth, origin, wire.Mode(mode), stated)
}

// extraAuth returns what a document states of an authorization type beside the fields
// of its mode: settings of other modes, which stated has by key, and members that the
// service model does not know.
func extraAuth(auth, origin *wire.AuthType, mode wire.Mode, stated map[Key]string) *wire.AuthType {
	settings := wire.AuthSettings{Unknown: settingsOf(auth).Unknown}
	for _, key := range textSettings {
		if text, given := stated[key]; given && text != wire.Text(*settingMember(settingsOf(origin), key)) {
			*settingMember(&settings, key) = &text
		}
	}
	if _, given := stated[KeyExpiration]; given {
		settings.ExpirationTime = settingsOf(auth).ExpirationTime
	}
	extra := &wire.AuthType{Mode: &mode, Unknown: auth.Unknown}
	if hasSettings(settings) {
		extra.Settings = &settings
	}
	if extra.Settings == nil && len(extra.Unknown) == 0 {
		return nil
	}
	return extra
}

// adoptMore answers the list of additional types: each that is stated is matched
// with an entry, or added; the others are removed, and the order is the document's.
func (a *Answers) adoptMore(c Context, s *Stated) {
	rest := slices.Clone(a.More)
	entries := make([]*Entry, len(s.Config.AdditionalAuthTypes))
	for _, same := range []func(stated, have Identity) bool{
		func(stated, have Identity) bool { return stated == have },
		func(stated, have Identity) bool { return stated.Name == "" && stated.Mode == have.Mode },
	} {
		for i := range entries {
			if entries[i] == nil {
				entries[i] = a.take(c, &rest, func(have Identity) bool { return same(identity(&s.Config.AdditionalAuthTypes[i]), have) })
			}
		}
	}
	s.entries = map[int]int{}
	for i := range entries {
		e := entries[i]
		if e == nil {
			e = a.Add("")
			entries[i] = e
		}
		e.Removed = false
		e.Extra = a.adoptAuth(c, Ref{Step: StepMore, Entry: e.ID}, &s.Config.AdditionalAuthTypes[i], s.emptyDays(i))
		s.entries[e.ID] = i
	}
	for _, e := range rest {
		e.Removed = e.Removed || !e.Added() // what was added by hand stays
	}
	order := append(entries, rest...)
	if kept := slices.DeleteFunc(slices.Clone(order), (*Entry).Added); !slices.IsSortedFunc(kept, func(x, y *Entry) int { return x.Origin - y.Origin }) {
		a.Reordered = true
	}
	a.More = order
}

// take takes the first entry out of rest whose identity is meant, nil if none is.
func (a *Answers) take(c Context, rest *[]*Entry, meant func(Identity) bool) *Entry {
	for i, e := range *rest {
		if have := buildAuth(e.Values, e.Extra, c.baseAuth(e.Origin), c); have != nil && meant(identity(have)) {
			*rest = slices.Delete(*rest, i, i+1)
			return e
		}
	}
	return nil
}

// sameMember reports whether two members that the service model does not know have
// the same JSON, white space aside.
func sameMember(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	if json.Compact(&x, a) != nil || json.Compact(&y, b) != nil {
		return bytes.Equal(a, b)
	}
	return bytes.Equal(x.Bytes(), y.Bytes())
}
