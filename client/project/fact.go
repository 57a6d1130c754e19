package project

import (
	"slices"
	"strings"
	"time"
)

// A Fact is a value that a project states, and where it stands.
type Fact[T any] struct {
	// Value is what the file holds, unchanged; text may contain control
	// characters and has to be cleaned before it is printed.
	Value T
	Place
}

// Known reports whether some file states the value. A known value may be
// empty: an empty description is not an absent one.
func (f Fact[T]) Known() bool { return f.File != "" }

// or returns f when it is known, else other.
func (f Fact[T]) or(other Fact[T]) Fact[T] {
	if f.Known() {
		return f
	}
	return other
}

// states reports whether one of the facts has the value.
func states(facts []Fact[string], value string) bool {
	return slices.ContainsFunc(facts, func(f Fact[string]) bool { return f.Value == value })
}

// byValue sorts facts.
func byValue(facts []Fact[string]) {
	slices.SortFunc(facts, func(a, b Fact[string]) int { return strings.Compare(a.Value, b.Value) })
}

// An AuthType is one way of authorizing requests to the API. Of the settings
// only those that belong to the mode are read; the others stay unknown.
type AuthType struct {
	// Mode is API_KEY, AWS_IAM, AMAZON_COGNITO_USER_POOLS or OPENID_CONNECT,
	// or whatever else the file says; a finding tells of the latter.
	Mode string

	object, mode Place // where the auth type and its mode stand

	// ExpirationTime is the life of an API key in whole days, as it was when
	// the key was made.
	ExpirationTime Fact[float64]
	// KeyExpires is the moment at which the API key ends, as Amplify noted it
	// when it last changed the API. A request has no place for it.
	KeyExpires Fact[time.Time]
	// Description describes an API key.
	Description Fact[string]

	// CognitoUserPoolID is the identifier of a real user pool, such as
	// eu-west-1_AbCdEfGhI. It is unknown when the pool could not be resolved.
	CognitoUserPoolID Fact[string]
	// CognitoPoolName is Amplify's own name for the pool: "auth" and the name
	// of the auth resource. It is unknown when the file holds a real identifier.
	CognitoPoolName Fact[string]

	// OpenIDProviderName is a label for people.
	OpenIDProviderName Fact[string]
	// OpenIDIssueURL is the issuer, exactly as the file has it.
	OpenIDIssueURL Fact[string]
	// OpenIDClientID is a client id or a regular expression; empty means any.
	OpenIDClientID Fact[string]
	// OpenIDIatTTL and OpenIDAuthTTL are milliseconds in decimal digits.
	OpenIDIatTTL  Fact[string]
	OpenIDAuthTTL Fact[string]
}

// A Backend is what a project, or the service's copy of its metadata, says
// about one environment. Every value may be unknown.
type Backend struct {
	// Environment is the name that the caller asked for.
	Environment string

	// AppID and Region are where the environment is deployed.
	AppID  Fact[string]
	Region Fact[string]
	// Profile is the AWS profile that the Amplify CLI uses on this machine.
	Profile Fact[string]

	// Resources are the names of all AppSync APIs. Amplify allows one; when
	// there are more, the first by name is read and a finding says so.
	Resources []Fact[string]
	// ResourceName is the name of the API's folder, and APIName the name in
	// its configuration. In projects made by the CLI they are equal.
	ResourceName Fact[string]
	APIName      Fact[string]
	// Service is AppSync.
	Service Fact[string]

	DefaultAuthType Fact[AuthType]
	// AdditionalAuthTypes may be known to be none.
	AdditionalAuthTypes Fact[[]AuthType]

	// ConflictStrategy is NONE when the files were read and none of them
	// switches conflict detection on. It is unknown when they could not be read.
	ConflictStrategy Fact[string]

	// SchemaFiles are the paths of the files that make up the schema, relative
	// to the project's root, in the order in which Amplify joins them with a
	// line break.
	SchemaFiles []string

	// TransformerVersion is the version of Amplify's GraphQL transformer, 1 or 2.
	TransformerVersion Fact[int]

	// Findings says what was missing, could not be read, cannot be expressed
	// in a request or makes the service refuse one.
	Findings []Finding
}

// KeyExpires returns the moment at which the API key ends, from whichever
// auth type has one.
func (b Backend) KeyExpires() Fact[time.Time] {
	if expires := b.DefaultAuthType.Value.KeyExpires; expires.Known() {
		return expires
	}
	for _, auth := range b.AdditionalAuthTypes.Value {
		if auth.KeyExpires.Known() {
			return auth.KeyExpires
		}
	}
	return Fact[time.Time]{}
}
