package wire

import "encoding/json"

// Mode is an authorization type of an AppSync API. The constants are all that
// the service model lists; other values are kept as they are.
type Mode string

// The authorization types of the service model. AWS_LAMBDA, which AppSync itself
// knows, is not among them.
const (
	ModeAPIKey  Mode = "API_KEY"
	ModeIAM     Mode = "AWS_IAM"
	ModeCognito Mode = "AMAZON_COGNITO_USER_POOLS"
	ModeOIDC    Mode = "OPENID_CONNECT"
)

// Modes returns the authorization types of the service model, in the order in
// which the program offers them.
func Modes() []Mode { return []Mode{ModeAPIKey, ModeCognito, ModeIAM, ModeOIDC} }

// Known reports whether the service model lists m.
func (m Mode) Known() bool {
	switch m {
	case ModeAPIKey, ModeIAM, ModeCognito, ModeOIDC:
		return true
	}
	return false
}

// ResolutionStrategy is a conflict resolution strategy of DataStore. The
// constants are all that the service model lists.
type ResolutionStrategy string

// The conflict resolution strategies of the service model.
const (
	StrategyOptimisticConcurrency ResolutionStrategy = "OPTIMISTIC_CONCURRENCY"
	StrategyLambda                ResolutionStrategy = "LAMBDA"
	StrategyAutomerge             ResolutionStrategy = "AUTOMERGE"
	StrategyNone                  ResolutionStrategy = "NONE"
)

// Strategies returns the strategies of the service model.
func Strategies() []ResolutionStrategy {
	return []ResolutionStrategy{StrategyAutomerge, StrategyOptimisticConcurrency, StrategyLambda, StrategyNone}
}

// Known reports whether the service model lists s.
func (s ResolutionStrategy) Known() bool {
	switch s {
	case StrategyOptimisticConcurrency, StrategyLambda, StrategyAutomerge, StrategyNone:
		return true
	}
	return false
}

// ResourceConfig is BackendAPIResourceConfig of the service model: the whole
// configuration of a GraphQL API. No member is required.
type ResourceConfig struct {
	APIName *string `json:"apiName,omitzero"`
	Service *string `json:"service,omitzero"`
	// TransformSchema is the annotated GraphQL schema as one string.
	TransformSchema *string   `json:"transformSchema,omitzero"`
	DefaultAuthType *AuthType `json:"defaultAuthType,omitzero"`
	// AdditionalAuthTypes is absent when nil and sent as [] when empty.
	AdditionalAuthTypes []AuthType          `json:"additionalAuthTypes,omitzero"`
	ConflictResolution  *ConflictResolution `json:"conflictResolution,omitzero"`
	Unknown             Members             `json:"-"`
	// Odd are members as they were read that are of another JSON type than the service
	// model says. Each is sent as it was read until its field is set to something else.
	// The other structs have the same.
	Odd Members `json:"-"`
}

// AuthType is BackendAPIAuthType of the service model.
type AuthType struct {
	Mode     *Mode         `json:"mode,omitzero"`
	Settings *AuthSettings `json:"settings,omitzero"`
	Unknown  Members       `json:"-"`
	Odd      Members       `json:"-"`
}

// AuthSettings is BackendAPIAppSyncAuthSettings of the service model. Which
// member belongs to which mode is said by the model's documentation only.
type AuthSettings struct {
	// CognitoUserPoolID is a pool id such as eu-west-1_AbCdEfGhi.
	CognitoUserPoolID *string `json:"cognitoUserPoolId,omitzero"`
	// Description is the API key's description.
	Description *string `json:"description,omitzero"`
	// ExpirationTime is the API key's life in days from the deployment, 1 to 365.
	ExpirationTime *float64 `json:"expirationTime,omitzero"`
	// OpenIDAuthTTL is the time since authentication, in milliseconds, as digits.
	OpenIDAuthTTL *string `json:"openIDAuthTTL,omitzero"`
	// OpenIDClientID is a client id or a regular expression over client ids.
	OpenIDClientID *string `json:"openIDClientId,omitzero"`
	// OpenIDIatTTL is the time since issue, in milliseconds, as digits.
	OpenIDIatTTL *string `json:"openIDIatTTL,omitzero"`
	// OpenIDIssueURL is the issuer exactly as tokens carry it in "iss". The
	// spelling is the service's.
	OpenIDIssueURL *string `json:"openIDIssueURL,omitzero"`
	// OpenIDProviderName is a label that Amplify keeps in its metadata.
	OpenIDProviderName *string `json:"openIDProviderName,omitzero"`
	Unknown            Members `json:"-"`
	Odd                Members `json:"-"`
}

// ConflictResolution is BackendAPIConflictResolution of the service model.
type ConflictResolution struct {
	ResolutionStrategy *ResolutionStrategy `json:"resolutionStrategy,omitzero"`
	Unknown            Members             `json:"-"`
	Odd                Members             `json:"-"`
}

// MarshalJSON writes the members that are set, then the unknown ones.
func (c ResourceConfig) MarshalJSON() ([]byte, error) {
	type plain ResourceConfig
	return encodeConfig(plain(c), c.Unknown, c.Odd)
}

// UnmarshalJSON keeps members that it does not know, and those of another type than
// it expects.
func (c *ResourceConfig) UnmarshalJSON(data []byte) error {
	type plain ResourceConfig
	return decodeConfig(data, (*plain)(c), &c.Unknown, &c.Odd)
}

// MarshalJSON writes the members that are set, then the unknown ones.
func (a AuthType) MarshalJSON() ([]byte, error) {
	type plain AuthType
	return encodeConfig(plain(a), a.Unknown, a.Odd)
}

// UnmarshalJSON keeps members that it does not know, and those of another type than
// it expects.
func (a *AuthType) UnmarshalJSON(data []byte) error {
	type plain AuthType
	return decodeConfig(data, (*plain)(a), &a.Unknown, &a.Odd)
}

// MarshalJSON writes the members that are set, then the unknown ones.
func (s AuthSettings) MarshalJSON() ([]byte, error) {
	type plain AuthSettings
	return encodeConfig(plain(s), s.Unknown, s.Odd)
}

// UnmarshalJSON keeps members that it does not know, and those of another type than
// it expects.
func (s *AuthSettings) UnmarshalJSON(data []byte) error {
	type plain AuthSettings
	return decodeConfig(data, (*plain)(s), &s.Unknown, &s.Odd)
}

// MarshalJSON writes the members that are set, then the unknown ones.
func (c ConflictResolution) MarshalJSON() ([]byte, error) {
	type plain ConflictResolution
	return encodeConfig(plain(c), c.Unknown, c.Odd)
}

// UnmarshalJSON keeps members that it does not know, and those of another type than
// it expects.
func (c *ConflictResolution) UnmarshalJSON(data []byte) error {
	type plain ConflictResolution
	return decodeConfig(data, (*plain)(c), &c.Unknown, &c.Odd)
}

// Clone returns a deep copy of c; nil gives nil.
func (c *ResourceConfig) Clone() *ResourceConfig {
	if c == nil {
		return nil
	}
	data, err := json.Marshal(c)
	if err != nil { // the types hold nothing that JSON cannot say
		panic("wire: clone: " + err.Error())
	}
	copied := new(ResourceConfig)
	if err := json.Unmarshal(data, copied); err != nil {
		panic("wire: clone: " + err.Error())
	}
	return copied
}

// Equal reports whether a and b say the same: the same members with the same
// JSON values, unknown members included.
func (c *ResourceConfig) Equal(other *ResourceConfig) bool {
	if c == nil || other == nil {
		return c == other
	}
	a, errA := json.Marshal(c)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
