package project

import (
	"slices"
	"time"

	"ampedit/client/suggest"
	"ampedit/client/wire"
)

// modeLambda is the authorization type that AppSync and Amplify know and the
// AmplifyBackend API does not.
const modeLambda = "AWS_LAMBDA"

// A spelling says where one kind of file keeps the parts of an auth type.
type spelling struct {
	defaultType, additionalTypes, mode string

	expirationTime, keyExpires, description   []string
	pool                                      []string
	provider, issuer, client, iatTTL, authTTL []string
}

// The two spellings: cli-inputs.json has the settings beside the mode, the
// authConfig of metadata has an object for each mode.
var (
	inputsSpelling = spelling{
		defaultType: "defaultAuthType", additionalTypes: "additionalAuthTypes", mode: "mode",
		expirationTime: []string{"expirationTime"},
		keyExpires:     []string{"apiKeyExpirationDate"},
		description:    []string{"keyDescription"},
		pool:           []string{"cognitoUserPoolId"},
		provider:       []string{"openIDProviderName"},
		issuer:         []string{"openIDIssuerURL"},
		client:         []string{"openIDClientID"},
		iatTTL:         []string{"openIDIatTTL"},
		authTTL:        []string{"openIDAuthTTL"},
	}
	metadataSpelling = spelling{
		defaultType: "defaultAuthentication", additionalTypes: "additionalAuthenticationProviders", mode: "authenticationType",
		expirationTime: []string{"apiKeyConfig", "apiKeyExpirationDays"},
		keyExpires:     []string{"apiKeyConfig", "apiKeyExpirationDate"},
		description:    []string{"apiKeyConfig", "description"},
		pool:           []string{"userPoolConfig", "userPoolId"},
		provider:       []string{"openIDConnectConfig", "name"},
		issuer:         []string{"openIDConnectConfig", "issuerUrl"},
		client:         []string{"openIDConnectConfig", "clientId"},
		iatTTL:         []string{"openIDConnectConfig", "iatTTL"},
		authTTL:        []string{"openIDConnectConfig", "authTTL"},
	}
)

// An authSource is an object that holds the auth types of an API.
type authSource struct {
	node
	spelling
}

// authSources returns the places that state auth types, the best first: the
// file that the user's choices are kept in, then the metadata.
func (s sources) authSources() []authSource {
	return []authSource{
		{s.stated(), inputsSpelling},
		{s.listed(s.meta).at("output", "authConfig"), metadataSpelling},
		{s.listed(s.config).at("output", "authConfig"), metadataSpelling},
	}
}

// authTypes returns the default auth type and the additional ones. A source
// that states none gives way to the next; one that is there and could not be read
// does not, since it may state others.
func (s sources) authTypes() (Fact[AuthType], Fact[[]AuthType]) {
	var (
		defaultType Fact[AuthType]
		additional  Fact[[]AuthType]
	)
	for _, from := range s.authSources() {
		if from.damaged {
			break
		}
		if !defaultType.Known() {
			stated := from.at(from.defaultType)
			if auth, ok := s.authType(from.spelling, stated); ok {
				defaultType = Fact[AuthType]{auth, auth.object}
			} else if _, whole := stated.object(); whole {
				stated.say(stated.misfit(), "%q has no %s; it was taken as absent.", stated.path, from.mode)
			}
		}
		if !additional.Known() {
			if auths, ok := s.additionalTypes(from); ok {
				additional = Fact[[]AuthType]{auths, from.at(from.spelling.additionalTypes).place()}
			}
		}
	}
	return defaultType, additional
}

// additionalTypes returns the additional auth types of a source. A source that
// states auth types and has no list of additional ones says that there are none.
func (s sources) additionalTypes(from authSource) ([]AuthType, bool) {
	list := from.at(from.spelling.additionalTypes)
	if !list.exists() {
		return nil, from.at(from.defaultType).exists()
	}
	elements, ok := list.list()
	if !ok {
		return nil, false
	}
	var auths []AuthType
	for _, element := range elements {
		auth, ok := s.authType(from.spelling, element)
		if _, whole := element.object(); ok || whole { // one without a mode counts too: it is not to be lost
			auths = append(auths, auth)
		}
	}
	return auths, true
}

// authType reads an auth type. It returns false when there is none, or none with a
// mode.
func (s sources) authType(in spelling, n node) (AuthType, bool) {
	if !n.exists() {
		return AuthType{}, false
	}
	mode := n.at(in.mode).name()
	if !mode.Known() {
		return AuthType{object: n.place()}, false
	}
	auth := AuthType{Mode: mode.Value, object: n.place(), mode: mode.Place}
	switch wire.Mode(mode.Value) {
	case wire.ModeIAM:
	case wire.ModeAPIKey:
		auth.ExpirationTime = n.at(in.expirationTime...).number()
		auth.Description = n.at(in.description...).text()
		if auth.KeyExpires = n.at(in.keyExpires...).moment(); !auth.KeyExpires.Known() {
			auth.KeyExpires = s.keyExpires()
		}
	case wire.ModeCognito:
		s.resolvePool(&auth, n.at(in.pool...).name())
	case wire.ModeOIDC:
		auth.OpenIDProviderName = n.at(in.provider...).text()
		auth.OpenIDIssueURL = n.at(in.issuer...).text()
		auth.OpenIDClientID = n.at(in.client...).text()
		auth.OpenIDIatTTL = n.at(in.iatTTL...).digits()
		auth.OpenIDAuthTTL = n.at(in.authTTL...).digits()
	case modeLambda:
		s.addAt(LambdaAuthorization, mode.Place, "The API authorizes through a Lambda function (AWS_LAMBDA). A request cannot say so: sending one may remove this.")
	default:
		s.addAt(UnknownMode, mode.Place, "The auth type %q is not one that a request can carry; sending one may remove it.", mode.Value)
	}
	return auth, true
}

// findKeyExpires returns the end of the API key from the first source that
// notes it.
func (s sources) findKeyExpires() Fact[time.Time] {
	for _, from := range s.authSources() {
		for _, auth := range from.apiKeys() {
			if expires := auth.at(from.keyExpires...).moment(); expires.Known() {
				return expires
			}
		}
	}
	return Fact[time.Time]{}
}

// apiKeys returns the auth types of a source that are API keys.
func (a authSource) apiKeys() []node {
	additional, _ := a.at(a.additionalTypes).list()
	return slices.DeleteFunc(append(additional, a.at(a.defaultType)), func(auth node) bool {
		return auth.at(a.mode).text().Value != string(wire.ModeAPIKey)
	})
}

// days returns the life of the API key that a source states.
func (a authSource) days() Fact[float64] {
	for _, auth := range a.apiKeys() {
		if days := auth.at(a.expirationTime...).number(); days.Known() {
			return days
		}
	}
	return Fact[float64]{}
}

// authDiffers reports where backend-config.json has another default mode or another
// life of the API key than cli-inputs.json, which is the one that Amplify takes.
func (s sources) authDiffers() {
	stated := authSource{s.stated(), inputsSpelling}
	listed := authSource{s.listed(s.config).at("output", "authConfig"), metadataSpelling}
	mode, other := stated.at(stated.defaultType, stated.mode).name(), listed.at(listed.defaultType, listed.mode).name()
	if mode.Known() && other.Known() && mode.Value != other.Value {
		s.addAt(AuthDiffers, mode.Place, "The default authorization is %s here, and this is what counts; %s says %s.", mode.Value, other.File, other.Value)
	}
	days, otherDays := stated.days(), listed.days()
	if days.Known() && otherDays.Known() && days.Value != otherDays.Value {
		s.addAt(AuthDiffers, days.Place, "The API key lives %v days here, and this is what counts; %s says %v.", days.Value, otherDays.File, otherDays.Value)
	}
}

// The members of cli-inputs.json, but for those of single auth types.
var (
	serviceMembers  = []string{"apiName", "serviceName", "gqlSchemaPath", "defaultAuthType", "additionalAuthTypes", "conflictResolution"}
	conflictMembers = []string{"defaultResolutionStrategy", "perModelResolutionStrategy"}
	authMembers     = []string{
		"mode", "expirationTime", "apiKeyExpirationDate", "keyDescription", "cognitoUserPoolId",
		"openIDProviderName", "openIDIssuerURL", "openIDClientID", "openIDIatTTL", "openIDAuthTTL", "lambdaFunction", "ttlSeconds",
	}
)

// misspelt reports members of cli-inputs.json that are almost those which Amplify
// reads. Others stand there for reasons of their own.
func (s sources) misspelt() {
	stated := s.stated()
	check := func(n node, known []string) {
		for _, name := range n.keys() {
			if near := suggest.Nearest(name, known); near != "" && !slices.Contains(known, name) {
				n.at(name).say(UnknownMember, "%q is no member that Amplify reads; did you mean %s?", name, near)
			}
		}
	}
	check(stated, serviceMembers)
	check(stated.at("conflictResolution"), conflictMembers)
	additional, _ := stated.at("additionalAuthTypes").list()
	for _, auth := range append(additional, stated.at("defaultAuthType")) {
		check(auth, authMembers)
	}
}
