package project

import (
	"regexp"
	"slices"
	"strings"
)

// poolID matches the identifier of a real Cognito user pool: its region and a
// name made by Cognito.
var poolID = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]_[0-9A-Za-z]+$`)

// resolvePool sets the user pool of an auth type. Amplify's files name a pool
// by its auth resource; a request wants the real identifier.
func (s sources) resolvePool(auth *AuthType, named Fact[string]) {
	if !named.Known() {
		named = s.projectPool()
	}
	if poolID.MatchString(named.Value) {
		auth.CognitoUserPoolID = named
		return
	}
	if !named.Known() {
		s.unresolved(Place{}, "The API authorizes through Cognito, and no file says which user pool; name its id.")
		return
	}
	auth.CognitoPoolName = named
	resource := strings.TrimPrefix(named.Value, "auth")
	auth.CognitoUserPoolID = s.meta.at("auth", resource, "output", "UserPoolId").name().
		// The pool of an auth resource that was imported is kept here as well.
		or(s.team.at("categories", "auth", resource, "userPoolId").name())
	if auth.CognitoUserPoolID.Known() {
		return
	}
	reason := "there is no amplify-meta.json of this environment; 'amplify pull' writes it"
	switch {
	case s.meta.at("auth", resource).exists():
		reason = "amplify-meta.json has no UserPoolId for it, so it was not deployed yet"
	case s.meta.exists():
		reason = "amplify-meta.json has no such auth resource"
	}
	s.unresolved(named.Place, "The user pool is named %q, and its real id was not found: %s. Name the pool's id.", named.Value, reason)
}

// unresolved reports a pool whose id is not known. Each environment has its own.
func (s sources) unresolved(at Place, format string, args ...any) {
	if s.env != "" {
		s.addAt(PoolUnresolved, at, format, args...)
	}
}

// findPool returns the pool of an auth type that names none.
func (s sources) findPool() Fact[string] {
	return s.parameterPool().or(s.dependencyPool()).or(s.onlyPool())
}

// parameterPool returns the pool in parameters.json, a name or, for an
// imported pool, an identifier.
func (s sources) parameterPool() Fact[string] {
	parameter := s.api.parameters.node(s.report).at("AuthCognitoUserPoolId")
	if _, plain := parameter.value.(string); plain {
		return parameter.name()
	}
	if path, _ := parameter.at("Fn::GetAtt").list(); len(path) > 0 {
		return path[0].name()
	}
	return Fact[string]{}
}

// dependencyPool returns the pool that the metadata says the API depends on.
func (s sources) dependencyPool() Fact[string] {
	for _, metadata := range []node{s.meta, s.config} {
		dependencies, _ := s.listed(metadata).at("dependsOn").list()
		for _, on := range dependencies {
			if resource := on.at("resourceName").name(); on.at("category").text().Value == "auth" && resource.Known() {
				return Fact[string]{"auth" + resource.Value, resource.Place}
			}
		}
	}
	return Fact[string]{}
}

// onlyPool returns the project's user pool when it has exactly one.
func (s sources) onlyPool() Fact[string] {
	for _, metadata := range []node{s.meta, s.config} {
		auth := metadata.at("auth")
		cognito := slices.DeleteFunc(auth.keys(), func(name string) bool {
			return auth.at(name, "service").text().Value != "Cognito"
		})
		if len(cognito) == 1 {
			return Fact[string]{"auth" + cognito[0], auth.at(cognito[0]).place()}
		}
	}
	return Fact[string]{}
}
