package forms

import (
	"fmt"
	"slices"
	"strings"

	"ampedit/client/wire"
)

// placed is an authorization type at its place in a configuration. The default
// has the index 0, the additional types follow.
type placed struct {
	auth  *wire.AuthType
	index int
	ref   Ref
	// partner is the same type in the other configuration, nil if it is not in
	// there.
	partner *placed
	// origin is the index of the type that the answers were read from, or -1.
	origin int
}

func (p *placed) isDefault() bool { return p.index == 0 }

func (p *placed) mode() wire.Mode { return identity(p.auth).Mode }

// auth compares default and additional authorization types as one set.
func (d *differ) auth() {
	before, after := d.placedBase(), d.placedWanted()
	pair(before, after)
	d.defaultAuth(before, after)
	for _, p := range before {
		if !p.isDefault() {
			d.leaving(p, before, after)
		}
	}
	for _, p := range after {
		if !p.isDefault() {
			d.arriving(p, after)
		}
	}
	d.order(after)
}

func (d *differ) placedBase() []*placed {
	var out []*placed
	if auth := d.base.DefaultAuthType; auth != nil {
		out = append(out, &placed{auth: auth, ref: At(StepDefault, KeyMode)})
	}
	for i := range d.base.AdditionalAuthTypes {
		ref := At(StepMore, "")
		for _, e := range d.a.More {
			if e.Origin == i {
				ref.Entry = e.ID
			}
		}
		out = append(out, &placed{auth: &d.base.AdditionalAuthTypes[i], index: i + 1, ref: ref})
	}
	return out
}

func (d *differ) placedWanted() []*placed {
	var out []*placed
	if auth := d.wanted.DefaultAuthType; auth != nil {
		out = append(out, &placed{auth: auth, ref: At(StepDefault, KeyMode)})
	}
	for i := range d.wanted.AdditionalAuthTypes {
		p := &placed{auth: &d.wanted.AdditionalAuthTypes[i], index: i + 1, origin: -1, ref: At(StepMore, "")}
		if i < len(d.entries) {
			p.ref.Entry = d.entries[i].ID
		}
		if i < len(d.entries) && !d.entries[i].Added() {
			p.origin = d.entries[i].Origin + 1
		}
		out = append(out, p)
	}
	return out
}

// sentEntries returns the entries that stand behind a request's additional
// types, in the same order: those that have a mode.
func sentEntries(a *Answers, c Context) []*Entry {
	return slices.DeleteFunc(a.Live(), func(e *Entry) bool {
		return buildAuth(e.Values, e.Extra, c.baseAuth(e.Origin), c) == nil
	})
}

// pair finds for each type wanted the one it was: one of the same identity,
// preferably at the place it was read from, else the one it was read from while
// the mode is the same.
func pair(before, after []*placed) {
	rules := []func(b, w *placed) bool{
		func(b, w *placed) bool { return b.index == w.origin && identity(b.auth) == identity(w.auth) },
		func(b, w *placed) bool { return identity(b.auth) == identity(w.auth) },
		func(b, w *placed) bool { return b.index == w.origin && b.mode() == w.mode() },
	}
	for _, same := range rules {
		for _, w := range after {
			for _, b := range before {
				if w.partner == nil && b.partner == nil && same(b, w) {
					w.partner, b.partner = b, w
				}
			}
		}
	}
}

// defaultAuth reports a change of the default, and of its settings.
func (d *differ) defaultAuth(before, after []*placed) {
	old, wanted := defaultOf(before), defaultOf(after)
	change := Change{Symbol: Changed, Path: "defaultAuthType.mode", Ref: At(StepDefault, KeyMode), Risk: Breaking}
	switch {
	case wanted == nil && old == nil:
		return
	case old == nil:
		change.Symbol, change.New, change.Risk = Added, describeAuth(wanted.auth), Caution
		change.Why = d.unread("default") + publicDefault(wanted.auth)
	case wanted == nil:
		change.Symbol, change.Old, change.Risk = Removed, describeAuth(old.auth), Caution
		change.Why = notSent
	case old.partner != wanted:
		change.Old, change.New = describeAuth(old.auth), describeAuth(wanted.auth)
		change.Why = "Types and fields without an @auth rule take requests of the default type only, and clients learn the default by amplify pull: until then they send the old one." + publicDefault(wanted.auth)
		if old.partner == nil {
			risk, why := cutOff(old, after)
			change.Risk, change.Why = max(change.Risk, risk), why+" "+change.Why
		}
	}
	if change.Why != "" {
		d.add(change)
	}
	if old != nil && old.partner == nil {
		d.unlisted("defaultAuthType", old.auth, &wire.AuthType{}, change.Ref)
	}
	if wanted != nil && wanted.partner != nil {
		d.settings("defaultAuthType", wanted)
	}
}

func defaultOf(types []*placed) *placed {
	if len(types) > 0 && types[0].isDefault() {
		return types[0]
	}
	return nil
}

func publicDefault(auth *wire.AuthType) string {
	if identity(auth).Mode != wire.ModeAPIKey {
		return ""
	}
	return " With an API key as the default, everything without a rule is open to everybody who has the app, since the key can be read out of it."
}

// leaving reports an additional type that is no longer in the list.
func (d *differ) leaving(p *placed, before, after []*placed) {
	if p.partner != nil && !p.partner.isDefault() {
		return
	}
	change := Change{Symbol: Removed, Path: morePath(p, before), Old: describeAuth(p.auth), Ref: p.ref}
	if p.partner != nil {
		change.Why = "It becomes the default; who uses it now can go on."
		d.add(change)
		return
	}
	change.Risk, change.Why = cutOff(p, after)
	d.add(change)
	d.unlisted(change.Path, p.auth, &wire.AuthType{}, p.ref)
}

// arriving reports an additional type that was not in the list, or what changed
// in one that was.
func (d *differ) arriving(p *placed, after []*placed) {
	path := morePath(p, after)
	change := Change{Symbol: Added, Path: path, New: describeAuth(p.auth), Ref: p.ref}
	switch {
	case p.partner == nil:
		change.Risk, change.Why = newcomer(p.mode())
		d.add(change)
		return
	case p.partner.isDefault():
		change.Risk = Safe
		change.Why = "It was the default so far; rules of the schema that name it go on to work."
		d.add(change)
	}
	d.settings(path, p)
}

// order reports additional types that stand in another order than before.
func (d *differ) order(after []*placed) {
	var names, sorted []string
	var kept []*placed
	for _, p := range after {
		if !p.isDefault() && p.partner != nil && !p.partner.isDefault() {
			kept = append(kept, p)
			names = append(names, entryName(p, after))
		}
	}
	byPlace := func(x, y *placed) int { return x.partner.index - y.partner.index }
	if slices.IsSortedFunc(kept, byPlace) {
		return
	}
	slices.SortFunc(kept, byPlace)
	for _, p := range kept {
		sorted = append(sorted, entryName(p, after))
	}
	d.add(Change{
		Symbol: Changed, Path: "additionalAuthTypes", Old: strings.Join(sorted, ", "), New: strings.Join(names, ", "),
		Why: "Only the order changes; no meaning of it is documented.", Ref: At(StepMore, ""),
	})
}

// morePath names an additional type by its mode, and by its identity where the
// mode occurs more than once in the configuration.
func morePath(p *placed, among []*placed) string {
	return fmt.Sprintf("additionalAuthTypes[%s]", entryName(p, among))
}

func entryName(p *placed, among []*placed) string {
	id := identity(p.auth)
	same := 0
	for _, other := range among {
		if !other.isDefault() && other.mode() == id.Mode {
			same++
		}
	}
	name := modeName(id.Mode)
	if same > 1 && id.Name != "" {
		name += " " + printable(id.Name)
	}
	return name
}

func modeName(mode wire.Mode) string {
	if mode == "" {
		return "no mode"
	}
	return printable(string(mode))
}

// cutOff tells what it means that a type is in neither list any more.
func cutOff(p *placed, after []*placed) (Risk, string) {
	mode := p.mode()
	for _, other := range after {
		if identity(other.auth) == identity(p.auth) {
			return Safe, "It stood in the configuration twice and stays once."
		}
	}
	switch mode {
	case wire.ModeAPIKey:
		return Breaking, "Every client that sends an API key is cut off, and Lambda functions that import the key fail to deploy until they are linked anew."
	case wire.ModeIAM:
		return Breaking, "Lambda functions, backends and guests that sign their requests are refused, and so is the data manager of Amplify Studio."
	case wire.ModeCognito:
		return Breaking, strings.TrimSpace("Users who are signed in with the Cognito user pool "+printable(identity(p.auth).Name)) + " are refused."
	case wire.ModeOIDC:
		return Breaking, strings.TrimSpace("Users who are signed in with the OpenID Connect provider "+printable(identity(p.auth).Name)) + " are refused."
	}
	return Destructive, fmt.Sprintf("This API cannot set the authorization type %q: once dropped it cannot be brought back from here, and its clients are refused.", modeName(mode))
}

func newcomer(mode wire.Mode) (Risk, string) {
	switch mode {
	case wire.ModeAPIKey:
		return Caution, "Everybody who has the app can read the key out of it; it opens what the schema's public rules allow."
	case wire.ModeIAM:
		return Safe, "Requests signed with AWS credentials pass where the schema's rules name IAM."
	case wire.ModeCognito:
		return Safe, "Users of the Cognito user pool pass where the schema's rules name user pools."
	case wire.ModeOIDC:
		return Safe, "Users of the provider pass where the schema's rules name OpenID Connect."
	}
	return Caution, "The service model does not list this authorization type; what the service does with it is not documented."
}
