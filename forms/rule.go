package forms

import (
	"fmt"
	"slices"

	"ampedit/client/suggest"
)

// Rule is one of the things that Check looks at. The rules hold for everything that
// wants a configuration: the forms, a project, a kept request, a request that is
// printed, a plan.
type Rule struct {
	// Name is in kebab-case, and stable.
	Name string
	// Severity is that of the rule's problems. What is deployed already is warned
	// about at most.
	Severity Severity
	// Scope says what the rule is about.
	Scope Scope
	// Why says in whole sentences what the rule guards against.
	Why string
}

// Scope says what a rule is about, and so where it can find anything.
type Scope int

// The scopes.
const (
	ScopeValue  Scope = iota // a value, wherever it is stated
	ScopeChange              // a difference from what is deployed
	ScopeTyped               // what only somebody who types can mean
	ScopeRead                // what the service answered
)

var rules []*Rule

func newRule(name string, severity Severity, scope Scope, why string) *Rule {
	r := &Rule{name, severity, scope, why}
	rules = append(rules, r)
	return r
}

// The rules, in the order of the walk.
var (
	ruleControl = newRule("control-character", Error, ScopeValue, "No member of a request can have a control character; one that was pasted by accident would be sent.")
	ruleSecret  = newRule("secret", Error, ScopeValue, "Whoever may read a configuration can read what stands in its members, and what is kept of it here has a gap where a secret was.")
	ruleGap     = newRule("secret-gap", Error, ScopeValue, "Where a secret was left out of what is kept, [redacted] stands; sent, it would be the value.")
	ruleNeeded  = newRule("required", Error, ScopeValue, "Without the value the service refuses the request, or builds what nobody can use.")
	ruleName    = newRule("unusual-name", Warning, ScopeValue, "Amplify's own tools make names of another form. The service model allows any text, so that only a typing mistake is likely.")
	ruleRenamed = newRule("api-renamed", Warning, ScopeChange, "What the service does with an API name that differs from the deployed one is not documented.")
	ruleService = newRule("unusual-service", Warning, ScopeValue, "Amplify's own tools only ever send AppSync.")

	ruleNoMode  = newRule("no-mode", Error, ScopeValue, "An authorization type is its mode and the settings of that mode.")
	ruleMode    = newRule("unknown-mode", Error, ScopeValue, "The service model lists API_KEY, AMAZON_COGNITO_USER_POOLS, AWS_IAM and OPENID_CONNECT. AWS_LAMBDA, which AppSync itself knows, is not among them.")
	ruleDays    = newRule("key-days", Error, ScopeValue, "AppSync makes API keys for 1 to 365 whole days. Other numbers fail minutes later, in the job.")
	ruleOneDay  = newRule("key-of-one-day", Warning, ScopeValue, "AppSync rounds the end of a key down to the hour; of exactly 1 day less than a day is left by then, which it refuses.")
	ruleFromEnd = newRule("key-end-unknown", Warning, ScopeTyped, "Days after the present end can only be counted where that end is known.")
	ruleLife    = newRule("lifetime", Error, ScopeValue, "The service wants the lifetime of a token as milliseconds in digits. The forms turn 1h into them; a file has to state them.")
	ruleIssuer  = newRule("issuer-url", Error, ScopeValue, "AppSync reads the provider's discovery document below the issuer, over https.")
	ruleParts   = newRule("issuer-parts", Error, ScopeValue, "AppSync compares the issuer to the letter with the claim iss of the tokens, which has neither user name nor query nor fragment.")
	ruleDoc     = newRule("issuer-document", Error, ScopeValue, "The address of the discovery document is not the issuer; AppSync adds that path itself.")
	ruleSlash   = newRule("issuer-slash", Warning, ScopeChange, "AppSync compares the issuer to the letter with the claim iss of the tokens: one slash too many or too few refuses every user.")
	ruleClient  = newRule("client-id-pattern", Warning, ScopeValue, "AppSync reads the client id as a regular expression.")
	rulePool    = newRule("pool-id", Warning, ScopeValue, "A user pool id is the region, an underscore, letters and digits. The name auth… in Amplify's own files is no id.")
	ruleRegion  = newRule("pool-region", Warning, ScopeValue, "Amplify expects the user pool in the region of the backend.")
	ruleTwice   = newRule("duplicate-auth", Error, ScopeValue, "AppSync allows API_KEY and AWS_IAM once, and each pool and each issuer once, over default and additional types.")

	ruleStrategy = newRule("unknown-strategy", Error, ScopeValue, "The service model lists AUTOMERGE, OPTIMISTIC_CONCURRENCY, LAMBDA and NONE.")
	ruleLambda   = newRule("lambda-resolver", Warning, ScopeValue, "A request can say LAMBDA, but has no member for the function.")
	ruleOff      = newRule("datastore-off", Warning, ScopeChange, "NONE switches DataStore off: clients that use it break at once, and rows written meanwhile stay inaccessible after switching on again.")

	ruleOdd = newRule("other-type", Warning, ScopeRead, "The service model gives each member a type. A value of another one may not mean what it seems to, and is sent back as it was read.")

	ruleNoPath   = newRule("no-schema-path", Error, ScopeTyped, "A schema from a file needs the file.")
	ruleUnread   = newRule("schema-unreadable", Error, ScopeTyped, "A schema that cannot be read cannot be sent.")
	ruleReading  = newRule("schema-loading", Error, ScopeTyped, "What is still being read cannot be sent.")
	ruleNoSchema = newRule("empty-schema", Error, ScopeValue, "An empty schema is ignored at best.")
	rulePlace    = newRule("schema-place", Error, ScopeValue, "A path or an address would be sent as the schema itself.")
)

// Rules returns all rules in the order of the walk.
func Rules() []Rule {
	all := make([]Rule, len(rules))
	for i, r := range rules {
		all[i] = *r
	}
	return all
}

// FindRule returns the rule with the name, and else the name that is spelled most
// like it, "" for none.
func FindRule(name string) (r Rule, near string, ok bool) {
	i := slices.IndexFunc(rules, func(r *Rule) bool { return r.Name == name })
	if i >= 0 {
		return *rules[i], "", true
	}
	names := make([]string, len(rules))
	for i, r := range rules {
		names[i] = r.Name
	}
	return Rule{}, suggest.Nearest(name, names), false
}

// Explain is the text of the rule for a terminal. It ends with a line break.
func (r Rule) Explain() string {
	return fmt.Sprintf("%s (%s)\n\n%s\n", r.Name, r.Severity, r.Why)
}
