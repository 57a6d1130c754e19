package forms

import (
	"slices"

	"ampedit/client/wire"
)

// Adopt answers as a configuration that somebody wrote down elsewhere wants it.
// Members that it does not have stay as they are; the list of additional types,
// if it has one, is taken as a whole. Its schema is not an answer: the answers
// only say that it comes from a document.
func (a *Answers) Adopt(c Context, wanted *wire.ResourceConfig) {
	if wanted == nil {
		return
	}
	a.adoptText(c, At(StepTarget, KeyAPIName), wanted.APIName)
	a.adoptText(c, At(StepTarget, KeyService), wanted.Service)
	if wanted.DefaultAuthType != nil {
		a.adoptAuth(c, Ref{Step: StepDefault, Entry: NoEntry}, wanted.DefaultAuthType)
	}
	if wanted.AdditionalAuthTypes != nil {
		a.adoptMore(c, wanted.AdditionalAuthTypes)
	}
	if s := wanted.ConflictResolution; s != nil && s.ResolutionStrategy != nil && *s.ResolutionStrategy != c.Strategy() {
		a.state(At(StepConflicts, KeyStrategy), string(*s.ResolutionStrategy))
	}
	if wanted.TransformSchema != nil && (c.Base == nil || wire.Text(c.Base.TransformSchema) != *wanted.TransformSchema) {
		a.Set(At(StepSchema, KeySchemaSource), SourceDocument)
	}
}

func (a *Answers) adoptText(c Context, ref Ref, text *string) {
	if was, _ := c.Deployed(a, ref); text != nil && *text != was {
		a.state(ref, *text)
	}
}

// adoptAuth answers an authorization type. Of one whose mode changes nothing of
// before is kept, since the document describes it whole.
func (a *Answers) adoptAuth(c Context, ref Ref, auth *wire.AuthType) {
	texts := authTexts(auth)
	was := map[Key]string{}
	if origin := c.origin(a, ref); origin != nil {
		was = authTexts(origin)
	}
	ref.Key = KeyMode
	if mode := texts[KeyMode]; mode != "" && mode != was[KeyMode] {
		a.state(ref, mode)
	}
	for _, f := range authFields(a.Values(ref))[1:] {
		ref.Key = f.Key
		if text, given := texts[f.Key]; given && text != was[f.Key] {
			a.state(ref, text)
		}
	}
}

// adoptMore answers the list of additional types: matched by identity, the others
// added, those that are missing removed, in the document's order.
func (a *Answers) adoptMore(c Context, wanted []wire.AuthType) {
	rest := slices.Clone(a.More)
	var order []*Entry
	for i := range wanted {
		auth := &wanted[i]
		e := a.entryOf(c, &rest, auth)
		if e == nil {
			e = a.Add("")
		}
		e.Removed = false
		a.adoptAuth(c, Ref{Step: StepMore, Entry: e.ID}, auth)
		order = append(order, e)
	}
	for _, e := range rest {
		e.Removed = true
		order = append(order, e)
	}
	if kept := slices.DeleteFunc(slices.Clone(order), (*Entry).Added); !slices.IsSortedFunc(kept, func(x, y *Entry) int { return x.Origin - y.Origin }) {
		a.Reordered = true
	}
	a.More = order
}

// entryOf takes the entry out of rest that stands for auth, nil if none does.
func (a *Answers) entryOf(c Context, rest *[]*Entry, auth *wire.AuthType) *Entry {
	for i, e := range *rest {
		if have := buildAuth(e.Values, c.baseAuth(e.Origin), c); have != nil && identity(have) == identity(auth) {
			*rest = slices.Delete(*rest, i, i+1)
			return e
		}
	}
	return nil
}

// state records what a document states.
func (a *Answers) state(ref Ref, text string) {
	a.Values(ref)[ref.Key] = Value{Text: text, Touched: true, Stated: true}
}
