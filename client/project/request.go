package project

import "ampedit/client/wire"

// ResourceConfig returns the configuration of the API that the files state, in
// the form of a request. What is not known is left out, and so is the schema:
// see SchemaFiles. Modes and strategies that the service does not list are
// passed on as they are; findings tell of them.
func (b Backend) ResourceConfig() *wire.ResourceConfig {
	config := &wire.ResourceConfig{
		APIName: pointer(b.APIName),
		Service: pointer(b.Service),
	}
	if b.DefaultAuthType.Known() {
		auth := b.DefaultAuthType.Value.wire()
		config.DefaultAuthType = &auth
	}
	if b.AdditionalAuthTypes.Known() {
		config.AdditionalAuthTypes = []wire.AuthType{} // none, rather than not stated
		for _, auth := range b.AdditionalAuthTypes.Value {
			config.AdditionalAuthTypes = append(config.AdditionalAuthTypes, auth.wire())
		}
	}
	if b.ConflictStrategy.Known() {
		strategy := wire.ResolutionStrategy(b.ConflictStrategy.Value)
		config.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: &strategy}
	}
	return config
}

// wire returns the auth type in the form of a request.
func (a AuthType) wire() wire.AuthType {
	mode := wire.Mode(a.Mode)
	settings := wire.AuthSettings{
		CognitoUserPoolID:  pointer(a.CognitoUserPoolID),
		Description:        pointer(a.Description),
		ExpirationTime:     pointer(a.ExpirationTime),
		OpenIDAuthTTL:      pointer(a.OpenIDAuthTTL),
		OpenIDClientID:     pointer(a.OpenIDClientID),
		OpenIDIatTTL:       pointer(a.OpenIDIatTTL),
		OpenIDIssueURL:     pointer(a.OpenIDIssueURL),
		OpenIDProviderName: pointer(a.OpenIDProviderName),
	}
	if a == (AuthType{Mode: a.Mode, KeyExpires: a.KeyExpires, CognitoPoolName: a.CognitoPoolName}) {
		return wire.AuthType{Mode: &mode} // no setting that a request has
	}
	return wire.AuthType{Mode: &mode, Settings: &settings}
}

func pointer[T any](f Fact[T]) *T {
	if !f.Known() {
		return nil
	}
	return &f.Value
}
