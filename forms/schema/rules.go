package schema

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
)

//go:embed rules.md
var rulesText string

// codeSyntax is the rule of everything that the parser refuses.
const codeSyntax = "S001"

// A Rule is one thing that [Check] looks for.
type Rule struct {
	// Code identifies the rule. It never changes its meaning.
	Code string
	// Title says in a few words what is wrong.
	Title    string
	Severity Severity
	// Explanation is one or more paragraphs, and says why.
	Explanation string
	// Fails is a schema in which the rule finds something, Passes the same
	// put right. Both are checked under Config.
	Fails, Passes string
	// Config is what the two examples are checked against.
	Config Config
}

// Rules lists every rule in the order of the codes.
func Rules() []Rule {
	out := make([]Rule, 0, len(parsedRules()))
	for _, r := range parsedRules() {
		out = append(out, *r)
	}
	return out
}

// FindRule finds a rule by its code, in capitals or not.
func FindRule(code string) (Rule, bool) {
	if r := ruleIndex()[strings.ToUpper(strings.TrimSpace(code))]; r != nil {
		return *r, true
	}
	return Rule{}, false
}

var parsedRules = sync.OnceValue(func() []*Rule { return parseRules(rulesText) })

var ruleIndex = sync.OnceValue(func() map[string]*Rule {
	index := make(map[string]*Rule)
	for _, r := range parsedRules() {
		index[r.Code] = r
	}
	return index
})

// parseRules reads the embedded list. Each rule is a heading with code and
// title, a line with the severity and what its examples are checked against,
// paragraphs, and two blocks of GraphQL.
func parseRules(text string) []*Rule {
	var rules []*Rule
	for _, section := range strings.Split(text, "\n## ")[1:] {
		heading, rest, _ := strings.Cut(section, "\n")
		code, title, _ := strings.Cut(heading, " ")
		settings, rest, _ := strings.Cut(strings.TrimSpace(rest), "\n")
		explanation, examples, _ := strings.Cut(rest, "```graphql\n")
		fails, passes, _ := strings.Cut(examples, "```graphql\n")
		r := &Rule{
			Code: code, Title: title, Explanation: strings.TrimSpace(explanation),
			Fails: untilFence(fails), Passes: untilFence(passes),
		}
		r.apply(strings.Fields(settings))
		rules = append(rules, r)
	}
	sort.Slice(rules, func(i, j int) bool { return rules[i].Code < rules[j].Code })
	return rules
}

func untilFence(s string) string {
	s, _, _ = strings.Cut(s, "```")
	return s
}

// apply reads the line of settings, such as "error modes=API_KEY conflict".
func (r *Rule) apply(settings []string) {
	for _, s := range settings {
		name, value, _ := strings.Cut(s, "=")
		switch name {
		case "error":
			r.Severity = Error
		case "warning":
			r.Severity = Warning
		case "info":
			r.Severity = Info
		case "v2":
			r.Config.Transformer = V2
		case "conflict":
			r.Config.ConflictResolution = true
		case "modes":
			for i, m := range strings.Split(value, ",") {
				if i == 0 {
					r.Config.Default = Mode(m)
				} else {
					r.Config.Additional = append(r.Config.Additional, Mode(m))
				}
			}
		}
	}
}
