package project

import (
	"fmt"
	"strings"

	"ampedit/client/wire"
)

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
	if mode == "" {
		return wire.AuthType{}
	}
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
	if a == (AuthType{Mode: a.Mode, object: a.object, mode: a.mode, KeyExpires: a.KeyExpires, CognitoPoolName: a.CognitoPoolName}) {
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

// Place returns where the value of a request's member stands. The member is named by
// its path in the request, such as resourceConfig.additionalAuthTypes[1].mode. One
// that no file states has the place of the object that lacks it; false if there is
// none.
func (b Backend) Place(member string) (Place, bool) {
	const config = "resourceConfig."
	places := map[string]Place{
		"appId":            b.AppID.Place,
		"resourceName":     b.ResourceName.Place,
		config + "apiName": b.APIName.Place,
		config + "service": b.Service.Place,
		config + "conflictResolution.resolutionStrategy": b.ConflictStrategy.Place,
	}
	if len(b.SchemaFiles) > 0 {
		places[config+"transformSchema"] = Place{b.SchemaFiles[0], 1, 1}
	}
	b.DefaultAuthType.Value.addPlaces(places, config+"defaultAuthType")
	for i, auth := range b.AdditionalAuthTypes.Value {
		auth.addPlaces(places, fmt.Sprintf("%sadditionalAuthTypes[%d]", config, i))
	}
	for ; member != ""; member = member[:max(strings.LastIndexByte(member, '.'), 0)] {
		if at := places[member]; at.File != "" {
			return at, true
		}
	}
	return Place{}, false
}

// addPlaces adds where the members of the auth type under a path stand.
func (a AuthType) addPlaces(places map[string]Place, path string) {
	places[path], places[path+".mode"] = a.object, a.mode
	for name, at := range map[string]Place{
		"cognitoUserPoolId":  a.CognitoUserPoolID.Place,
		"description":        a.Description.Place,
		"expirationTime":     a.ExpirationTime.Place,
		"openIDAuthTTL":      a.OpenIDAuthTTL.Place,
		"openIDClientId":     a.OpenIDClientID.Place,
		"openIDIatTTL":       a.OpenIDIatTTL.Place,
		"openIDIssueURL":     a.OpenIDIssueURL.Place,
		"openIDProviderName": a.OpenIDProviderName.Place,
	} {
		places[path+".settings."+name] = at
	}
}
