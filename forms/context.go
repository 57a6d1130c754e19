package forms

import (
	"time"

	"ampedit/client/wire"
)

// Context is what rules, notes and requests need to know besides the answers.
type Context struct {
	// Now is the present, in the time zone in which times are shown.
	Now time.Time
	// Region is the region of the backend, whoever states it; "" if it is not known.
	Region string
	// Base is the configuration that was read, nil if none was.
	Base *wire.ResourceConfig
	// Stated says that Base is what files state and not what is deployed: no service
	// has taken it, so that its errors are errors, and no target need be named.
	Stated bool
	// KeyEnd is when the present API key ends; zero if that is not known.
	KeyEnd time.Time
	// SchemaText is the text that SchemaPath gave, nil while it is not loaded.
	SchemaText *string
	// SchemaErr says why the path of the answers gave no text.
	SchemaErr error
}

// Gen1EndOfLife is the day on which AWS ends Amplify Gen 1, according to
// Amplify's maintenance policy.
var Gen1EndOfLife = time.Date(2027, time.May, 1, 0, 0, 0, 0, time.UTC)

// baseAuth returns the authorization type that an entry was read from, or nil.
func (c Context) baseAuth(origin int) *wire.AuthType {
	if c.Base == nil || origin < 0 || origin >= len(c.Base.AdditionalAuthTypes) {
		return nil
	}
	return &c.Base.AdditionalAuthTypes[origin]
}

func (c Context) baseDefault() *wire.AuthType {
	if c.Base == nil {
		return nil
	}
	return c.Base.DefaultAuthType
}

// origin returns the authorization type as read under ref, nil if there is none.
func (c Context) origin(a *Answers, ref Ref) *wire.AuthType {
	if ref.Step == StepDefault {
		return c.baseDefault()
	}
	if e := a.Entry(ref.Entry); e != nil {
		return c.baseAuth(e.Origin)
	}
	return nil
}

// Deployed returns the text that a field would have if nothing were changed,
// and whether there is anything to compare with.
func (c Context) Deployed(a *Answers, ref Ref) (text string, known bool) {
	switch ref.Step {
	case StepDefault, StepMore:
		origin := c.origin(a, ref)
		if origin == nil {
			return "", c.Base != nil && ref.Step == StepDefault
		}
		return authTexts(origin)[ref.Key], true
	case StepTarget:
		if c.Base == nil {
			return "", false
		}
		switch ref.Key {
		case KeyAPIName:
			return wire.Text(c.Base.APIName), true
		case KeyService:
			return wire.Text(c.Base.Service), true
		}
	case StepConflicts:
		return StrategyKeep, c.Base != nil
	case StepSchema:
		if ref.Key == KeySchemaSource {
			return SourceKeep, c.Base != nil
		}
	}
	return "", false
}

// Strategy returns the strategy that was read, "" if none was.
func (c Context) Strategy() wire.ResolutionStrategy {
	if c.Base == nil || c.Base.ConflictResolution == nil || c.Base.ConflictResolution.ResolutionStrategy == nil {
		return ""
	}
	return *c.Base.ConflictResolution.ResolutionStrategy
}
