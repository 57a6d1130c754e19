package schema

// Mode is an authorization mode of the API, spelled as the AmplifyBackend
// service model spells it.
type Mode string

// The modes that AmplifyBackend knows. AWS_LAMBDA is none of them.
const (
	APIKey    Mode = "API_KEY"
	IAM       Mode = "AWS_IAM"
	UserPools Mode = "AMAZON_COGNITO_USER_POOLS"
	OIDC      Mode = "OPENID_CONNECT"
)

// modeLambda is what rules for custom authorization need. It is not exported
// because no configuration can have it.
const modeLambda Mode = "AWS_LAMBDA"

// AllModes lists the modes that AmplifyBackend knows.
func AllModes() []Mode { return []Mode{APIKey, IAM, UserPools, OIDC} }

// Title is the mode in words, such as "API key".
func (m Mode) Title() string {
	switch m {
	case APIKey:
		return "API key"
	case IAM:
		return "IAM"
	case UserPools:
		return "Cognito user pools"
	case OIDC:
		return "OpenID Connect"
	case modeLambda:
		return "a Lambda authorizer"
	}
	return string(m)
}

// Config is what a schema is checked against besides itself.
type Config struct {
	// Default and Additional are the authorization modes of the API. When
	// Default is empty they are not known, and every mode counts as
	// configured.
	Default    Mode
	Additional []Mode
	// ConflictResolution is true when a conflict resolution strategy other
	// than NONE is configured, which is what DataStore needs.
	ConflictResolution bool
	// Transformer is the generation to check for.
	Transformer Transformer
}

// has reports whether the mode is configured.
func (c Config) has(m Mode) bool {
	if c.Default == "" {
		return m != modeLambda
	}
	if c.Default == m {
		return true
	}
	for _, a := range c.Additional {
		if a == m {
			return true
		}
	}
	return false
}

// strategy is one row of the table of @auth: who is allowed, and which mode
// each provider stands for. The first provider is the default.
type strategy struct {
	allow     string
	providers []provider
}

type provider struct {
	name string
	mode Mode
}

var strategies = []strategy{
	{"owner", []provider{{"userPools", UserPools}, {"oidc", OIDC}}},
	{"groups", []provider{{"userPools", UserPools}, {"oidc", OIDC}}},
	{"private", []provider{{"userPools", UserPools}, {"oidc", OIDC}, {"identityPool", IAM}, {"iam", IAM}}},
	{"public", []provider{{"apiKey", APIKey}, {"identityPool", IAM}, {"iam", IAM}}},
	{"custom", []provider{{"function", modeLambda}}},
}

// strategyOf finds the row for an allow, or nil.
func strategyOf(allow string) *strategy {
	for i := range strategies {
		if strategies[i].allow == allow {
			return &strategies[i]
		}
	}
	return nil
}

// mode is the mode that a provider of the row stands for.
func (s *strategy) mode(name string) (Mode, bool) {
	for _, p := range s.providers {
		if p.name == name {
			return p.mode, true
		}
	}
	return "", false
}

// runtimeDirectives are the directives of AppSync and the modes they need.
var runtimeDirectives = map[string]Mode{
	"aws_api_key": APIKey, "aws_iam": IAM, "aws_oidc": OIDC, "aws_lambda": modeLambda,
	"aws_cognito_user_pools": UserPools, "aws_auth": UserPools,
}
