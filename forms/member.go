package forms

import "ampedit/client/wire"

// sentMember returns the text of the request's member behind a field, nil if
// the member is left out. Entries that are removed send nothing.
func sentMember(a *Answers, c Context, ref Ref) *string {
	switch ref.Step {
	case StepTarget:
		return sentTarget(a, c, ref.Key)
	case StepDefault, StepMore:
		return authMember(sentAuth(a, c, ref), ref.Key)
	case StepConflicts:
		if s := a.Conflict.Text(KeyStrategy); s != StrategyKeep {
			return &s
		}
	case StepSchema:
		if a.Schema.Text(KeySchemaSource) != SourceKeep && c.SchemaText != nil {
			return c.SchemaText
		}
	}
	return readMember(a, c, ref)
}

func sentTarget(a *Answers, c Context, key Key) *string {
	switch key {
	case KeyAppID, KeyEnvironment, KeyResourceName:
		text := a.Target.clean(key)
		return &text
	}
	member := readMember(a, c, At(StepTarget, key))
	setText(&member, a.Target, key, EmptyOmits, c)
	return member
}

// sentAuth returns the authorization type that ref points into as it is sent,
// nil if it is not.
func sentAuth(a *Answers, c Context, ref Ref) *wire.AuthType {
	if e := a.Entry(ref.Entry); ref.Step == StepMore && (e == nil || e.Removed) {
		return nil
	}
	return buildAuth(a.Values(ref), a.extra(ref), c.origin(a, ref), c)
}

// readMember returns the text of the member behind a field as it was read, nil
// if it was not.
func readMember(a *Answers, c Context, ref Ref) *string {
	if c.Base == nil {
		return nil
	}
	switch ref.Step {
	case StepTarget:
		switch ref.Key {
		case KeyAPIName:
			return c.Base.APIName
		case KeyService:
			return c.Base.Service
		}
	case StepDefault, StepMore:
		return authMember(c.origin(a, ref), ref.Key)
	case StepConflicts:
		if s := strategyOf(c.Base); s != nil {
			text := string(*s)
			return &text
		}
	case StepSchema:
		return c.Base.TransformSchema
	}
	return nil
}

// authMember returns the text of an authorization type's member, nil if it is
// absent.
func authMember(auth *wire.AuthType, key Key) *string {
	switch {
	case auth == nil || key == "":
		return nil
	case key == KeyMode:
		if auth.Mode == nil {
			return nil
		}
		text := string(*auth.Mode)
		return &text
	case key == KeyExpiration:
		days := settingsOf(auth).ExpirationTime
		if days == nil {
			return nil
		}
		text := formatDays(days)
		return &text
	}
	return *settingMember(settingsOf(auth), key)
}
