package edit

import "path"

// Policy says what keeps updates from being sent, whoever made it so. The zero value
// protects what is protected by default, and nothing else.
type Policy struct {
	// ReadOnly says who forbids every update, "" for nobody.
	ReadOnly string
	// ReadOnlyProfiles are patterns of profiles with which nothing is changed.
	ReadOnlyProfiles []Pattern
	// Accounts are the AWS accounts that may be changed, empty for all, and
	// AccountsFrom is where they stand.
	Accounts     []string
	AccountsFrom string
	// Protected are patterns of environments whose name is typed before anything is
	// sent; nil are those of the program itself.
	Protected []Pattern
}

// Pattern is a pattern as of path.Match, and where it stands. One that is malformed
// matches everything.
type Pattern struct{ Text, From string }

func (p Pattern) matches(name string) bool {
	ok, err := path.Match(p.Text, name)
	return ok || err != nil
}

// usuallyProtected are the environments that are protected unless the user's
// configuration says otherwise.
var usuallyProtected = []Pattern{
	{"prod*", "by default"}, {"main", "by default"},
	{"master", "by default"}, {"live", "by default"},
}

// ReadOnlyBy says who forbids every update with a profile, "" for nobody.
func (p Policy) ReadOnlyBy(profile string) string {
	if p.ReadOnly != "" {
		return p.ReadOnly
	}
	for _, pattern := range p.ReadOnlyProfiles {
		if profile != "" && pattern.matches(profile) {
			return pattern.From + " " + pattern.Text + " matches " + profile
		}
	}
	return ""
}

// ProtectedBy says which pattern protects an environment, "" for none.
func (p Policy) ProtectedBy(environment string) string {
	patterns := p.Protected
	if patterns == nil {
		patterns = usuallyProtected
	}
	for _, pattern := range patterns {
		if pattern.matches(environment) {
			return pattern.Text + ", " + pattern.From
		}
	}
	return ""
}

// Protected reports whether the environment's name is typed before anything is sent.
func (e *Edit) Protected() bool { return e.protectedGuard() != nil }

// SetPolicy says what keeps updates from being sent.
func (e *Edit) SetPolicy(p Policy) {
	e.policy = p
	e.Touch()
}
