package forms

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"ampedit/client/wire"
)

// settings compares the settings of a type with those it had.
func (d *differ) settings(path string, p *placed) {
	old, wanted := settingsOf(p.partner.auth), settingsOf(p.auth)
	for _, key := range textSettings {
		before, after := *settingMember(old, key), *settingMember(wanted, key)
		if samePointee(before, after) {
			continue
		}
		ref := p.ref
		ref.Key = key
		risk, why := settingRisk(key, wire.Text(before), wire.Text(after))
		d.add(Change{
			Symbol: symbolOf(before != nil, after != nil), Path: path + "." + string(key),
			Old: settingText(key, before), New: settingText(key, after), Risk: risk, Why: why, Ref: ref,
		})
	}
	ref := p.ref
	ref.Key = KeyExpiration
	moved := p.isDefault() != p.partner.isDefault()
	if !samePointee(old.ExpirationTime, wanted.ExpirationTime) || !moved && renewalTyped(d.a.Values(ref), p.auth) {
		d.expiration(path+"."+string(KeyExpiration), old.ExpirationTime, wanted.ExpirationTime, ref)
	}
	d.unlisted(path, p.partner.auth, p.auth, p.ref)
}

func settingsOf(auth *wire.AuthType) *wire.AuthSettings {
	if auth == nil || auth.Settings == nil {
		return &wire.AuthSettings{}
	}
	return auth.Settings
}

func settingRisk(key Key, old, wanted string) (Risk, string) {
	switch key {
	case KeyUserPool:
		return Caution, "Amplify uses the project's one user pool whatever stands here; whether the service does so is not documented. If it takes the pool, users of the old one are refused."
	case KeyIssuer:
		if host(old) != host(wanted) {
			return Breaking, "The tokens come from another host now: every user who is signed in with the old provider is refused."
		}
		return Breaking, "AppSync compares the issuer to the letter with \"iss\" in the tokens: tokens that carry the old one are refused."
	case KeyClientID:
		if wanted == "" {
			return Caution, "Without a client id, tokens that the provider issued for any client pass."
		}
		return Caution, "Only tokens whose client id matches pass; others are refused."
	case KeyIatTTL, KeyAuthTTL:
		return lifetimeRisk(old, wanted)
	case KeyProviderName:
		return Safe, "The name is a label in Amplify's metadata and never reaches AppSync."
	}
	return Safe, "The description is only a text kept with the key."
}

func lifetimeRisk(old, wanted string) (Risk, string) {
	before, errBefore := ParseLifetime(old)
	after, errAfter := ParseLifetime(wanted)
	switch {
	case wanted == "":
		return Caution, "The age of tokens is no longer checked here: old ones pass as long as they are valid."
	case errAfter == nil && errBefore == nil && after > before:
		return Caution, "Tokens pass for longer."
	}
	return Caution, "Tokens that are older than this are refused; their users have to sign in again."
}

func host(rawURL string) string {
	u, err := url.Parse(rawURL)
	if err != nil {
		return rawURL
	}
	return strings.ToLower(u.Host)
}

// settingText writes a setting's value for people.
func settingText(key Key, member *string) string {
	if member == nil {
		return ""
	}
	switch key {
	case KeyIatTTL, KeyAuthTTL:
		if d, err := ParseLifetime(*member); err == nil {
			return fmt.Sprintf("%s (%s)", *member, describeLifetime(d))
		}
	case KeyDescription:
		return strconv.Quote(printable(*member))
	}
	return quoted(member)
}

// describeAuth writes an authorization type with its settings in one line.
func describeAuth(auth *wire.AuthType) string {
	parts := []string{modeName(identity(auth).Mode)}
	s := settingsOf(auth)
	if s.ExpirationTime != nil {
		parts = append(parts, describeDays(s.ExpirationTime))
	}
	for _, key := range textSettings {
		if member := *settingMember(s, key); member != nil && *member != "" {
			parts = append(parts, settingText(key, member))
		}
	}
	return strings.Join(parts, ", ")
}

func describeDays(days *float64) string {
	switch {
	case days == nil:
		return ""
	case *days == 1:
		return "1 day"
	}
	return formatDays(days) + " days"
}

// renewalTyped reports whether days were typed that are sent: even if they are
// the same as before, that asks for a renewal.
func renewalTyped(v Values, sent *wire.AuthType) bool {
	return settingsOf(sent).ExpirationTime != nil && v[KeyExpiration].Touched
}

// expiration reports a change of the API key's life, or its renewal.
func (d *differ) expiration(path string, old, wanted *float64, ref Ref) {
	plan, _ := KeyChange(d.a, d.c)
	change := Change{
		Symbol: symbolOf(old != nil, wanted != nil), Path: path,
		Old: describeDays(old), New: describeDays(wanted), Ref: ref,
	}
	if old != nil && !plan.Old.IsZero() {
		change.Old += ", ends " + FormatEnd(plan.Old, d.zone())
	}
	if wanted != nil {
		change.New += " from deployment"
	}
	if wanted != nil && !plan.New.IsZero() {
		change.New += ", ends " + FormatEnd(plan.New, d.zone())
	}
	change.Risk, change.Why = expirationRisk(plan, samePointee(old, wanted), wanted)
	d.add(change)
}

func expirationRisk(plan KeyPlan, same bool, wanted *float64) (Risk, string) {
	switch {
	case wanted == nil:
		return Caution, fmt.Sprintf("The days are not sent; AppSync's own default of %d days applies.", defaultKeyDays)
	case plan.Shortens:
		return Caution, "The key ends earlier than without this change: clients that carry it stop working then."
	case same:
		return Safe, "The days stay, but the key's life starts anew with the deployment."
	case plan.Extends:
		return Safe, "The key lives longer; clients that carry it go on to work."
	}
	return Safe, "The key's life starts anew with the deployment."
}

func (d *differ) zone() *time.Location { return d.c.Now.Location() }

// unlisted reports members that differ and that the service model does not know, and
// those that were not understood and would not be sent back.
func (d *differ) unlisted(path string, old, wanted *wire.AuthType, ref Ref) {
	d.unlistedMembers(path+".", old.Unknown, wanted.Unknown, ref)
	d.unlistedMembers(path+".settings.", settingsOf(old).Unknown, settingsOf(wanted).Unknown, ref)
	d.unlistedMembers(path+".", without(unread("defaultAuthType.", old), wanted.Odd), nil, ref)
	d.unlistedMembers(path+".settings.", without(unread("defaultAuthType.settings.", old), settingsOf(wanted).Odd), nil, ref)
}

func (d *differ) unlistedMembers(path string, old, wanted wire.Members, ref Ref) {
	for _, name := range slices.Sorted(maps.Keys(joined(old, wanted))) {
		before, was := old[name]
		after, is := wanted[name]
		change := Change{
			Symbol: symbolOf(was, is), Path: path + printable(name), Old: printable(string(before)), New: printable(string(after)), Risk: Caution, Ref: ref,
			Why: "The service model does not list this member, so what it does is not known.",
		}
		switch {
		case is && was && sameMember(before, after):
			continue
		case !is:
			change.Risk = Destructive
			change.Why = "The service returned this member, but its model does not list it: once dropped it cannot be brought back from here."
		}
		d.add(change)
	}
}

// without returns the members that others do not have.
func without(members, others wire.Members) wire.Members {
	out := maps.Clone(members)
	maps.DeleteFunc(out, func(name string, _ json.RawMessage) bool { _, has := others[name]; return has })
	return out
}
