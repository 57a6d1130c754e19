package forms

import (
	"time"

	"ampedit/client/wire"
)

// defaultKeyDays is the life that AppSync gives an API key if a request names
// none.
const defaultKeyDays = 7

// KeyPlan says what an update does to the API key: every accepted update starts
// its life anew.
type KeyPlan struct {
	// Ref is the field that sets the days.
	Ref Ref
	// Days is the key's life from the deployment, 0 if the answer is not
	// understood. Assumed is set when no days are sent and the number is AppSync's
	// own default.
	Days    float64
	Assumed bool
	// Old and New are the present and the new end in UTC, on the full hour as
	// AppSync rounds; zero if not known. New holds for a deployment at Context.Now.
	Old, New time.Time
	// Shortens and Extends compare the ends, or the days where the present end is
	// not known. Neither is set where nothing can be compared.
	Shortens, Extends bool
	// Restart is set when there is or may be a key already, whose life starts anew
	// even if the days stay the same.
	Restart bool
}

// KeyChange returns what the request does to the API key, and false if the
// configuration that is wanted has none.
func KeyChange(a *Answers, c Context) (KeyPlan, bool) {
	plan := KeyPlan{Ref: At(StepDefault, KeyExpiration)}
	auth := keyAuth(sentAuth(a, c, plan.Ref))
	for _, e := range a.Live() {
		if auth == nil {
			plan.Ref = Ref{Step: StepMore, Entry: e.ID, Key: KeyExpiration}
			auth = keyAuth(sentAuth(a, c, plan.Ref))
		}
	}
	if auth == nil {
		return KeyPlan{}, false
	}
	old := baseKey(c.Base)
	plan.Restart = c.Base == nil || old != nil
	if plan.Restart && !c.KeyEnd.IsZero() {
		plan.Old = c.KeyEnd.UTC().Truncate(time.Hour)
	}
	plan.setDays(settingsOf(auth).ExpirationTime, a.Values(plan.Ref).clean(KeyExpiration), c.Now)
	plan.compare(old)
	return plan, true
}

func (p *KeyPlan) setDays(sent *float64, typed string, now time.Time) {
	switch {
	case sent == nil && typed != "":
		return
	case sent == nil || *sent == 0:
		p.Days, p.Assumed = defaultKeyDays, true
	default:
		p.Days = *sent
	}
	if p.Days > 0 && p.Days <= MaxKeyDays {
		p.New = now.Add(time.Duration(p.Days * float64(day))).UTC().Truncate(time.Hour)
	}
}

func (p *KeyPlan) compare(old *wire.AuthType) {
	switch {
	case p.New.IsZero():
	case !p.Old.IsZero():
		p.Shortens, p.Extends = p.New.Before(p.Old), p.New.After(p.Old)
	case old != nil:
		was := float64(defaultKeyDays)
		if days := settingsOf(old).ExpirationTime; days != nil && *days != 0 {
			was = *days
		}
		p.Shortens, p.Extends = p.Days < was, p.Days > was
	}
}

// keyAuth returns auth if it is an API key, else nil.
func keyAuth(auth *wire.AuthType) *wire.AuthType {
	if auth == nil || identity(auth).Mode != wire.ModeAPIKey {
		return nil
	}
	return auth
}

// baseKey returns the API key of a configuration, nil if it has none.
func baseKey(config *wire.ResourceConfig) *wire.AuthType {
	if config == nil {
		return nil
	}
	if auth := keyAuth(config.DefaultAuthType); auth != nil {
		return auth
	}
	for i := range config.AdditionalAuthTypes {
		if auth := keyAuth(&config.AdditionalAuthTypes[i]); auth != nil {
			return auth
		}
	}
	return nil
}
