package forms

import (
	"strings"

	"ampedit/client/sanitize"
)

// Severity says what a problem does to submitting.
type Severity int

// The severities, the milder first.
const (
	Note    Severity = iota // worth knowing
	Warning                 // worth a second look
	Error                   // blocks submitting
)

// String returns the severity in lower case.
func (s Severity) String() string {
	switch s {
	case Note:
		return "note"
	case Warning:
		return "warning"
	}
	return "error"
}

// Problem is something that a rule found in the answers.
type Problem struct {
	Severity Severity
	// Rule is the name of the rule that found it.
	Rule string
	// Place is where the value stands in a file that was opened, as
	// FILE:LINE:COLUMN; "" for what stands in none.
	Place string
	Ref   Ref
	// Text is a whole sentence that says what is wrong and what would be right.
	Text string
	// Fix is a way out that can be taken at once, nil if there is none.
	Fix *Fix
}

// Fix changes answers so that a problem goes away.
type Fix struct {
	// Label says what the fix does, as an order: "use the issuer https://…".
	Label string
	// Apply changes the answers.
	Apply func(*Answers)
}

// Check judges the whole set of answers by every rule. The problems come in the
// order of the walk.
func Check(a *Answers, c Context) []Problem {
	k := &checker{a: a, c: c}
	k.target()
	k.auth(Ref{Step: StepDefault, Entry: NoEntry}, a.Default)
	for _, e := range a.Live() {
		k.auth(Ref{Step: StepMore, Entry: e.ID}, e.Values)
	}
	k.duplicates()
	k.conflicts()
	k.schema()
	k.odd()
	k.extras()
	return k.problems
}

// Blocking returns the first problem that blocks submitting, nil if none does.
func Blocking(problems []Problem) *Problem {
	for i := range problems {
		if problems[i].Severity == Error {
			return &problems[i]
		}
	}
	return nil
}

// Worst returns the problem of the field that matters most, nil if there is none.
func Worst(problems []Problem, ref Ref) *Problem {
	var worst *Problem
	for i, p := range problems {
		if p.Ref == ref && (worst == nil || p.Severity > worst.Severity) {
			worst = &problems[i]
		}
	}
	return worst
}

type checker struct {
	a        *Answers
	c        Context
	problems []Problem
}

// report adds a problem. An answer that is just what is deployed is never
// blocked, only warned about: the service has taken it before.
func (k *checker) report(r *Rule, ref Ref, text string) *Problem {
	return k.add(r, ref, text, k.unchanged(ref))
}

// add adds a problem with what is deployed or was not.
func (k *checker) add(r *Rule, ref Ref, text string, deployed bool) *Problem {
	p := Problem{Severity: r.Severity, Rule: r.Name, Ref: ref, Text: text}
	if p.Severity == Error && deployed && !k.c.Stated {
		p.Severity = Warning
	}
	k.problems = append(k.problems, p)
	return &k.problems[len(k.problems)-1]
}

// unchanged reports whether an answer is just what is deployed. A setting is so
// only under the mode that is deployed: a required one that the old mode did not
// have is missing.
func (k *checker) unchanged(ref Ref) bool {
	if ref.Step == StepDefault || ref.Step == StepMore {
		mode := Ref{Step: ref.Step, Entry: ref.Entry, Key: KeyMode}
		if ref != mode && !k.unchanged(mode) {
			return false
		}
	}
	text, known := k.c.Deployed(k.a, ref)
	return known && text == k.a.Text(ref)
}

// text reports an empty answer to a required field, and control characters
// in any. It returns the cleaned text and whether further rules make sense.
func (k *checker) text(ref Ref, f Field) (string, bool) {
	text := k.a.Values(ref).clean(f.Key)
	if i := controlCharacter(text); i >= 0 {
		k.report(ruleControl, ref, f.Label+" contains a control character, which no value can have. Type it again.")
		return text, false
	}
	if rule, p := secretIn(f.Label, text); rule != nil {
		k.report(rule, ref, p)
		return text, false
	}
	if text == "" {
		if f.Required && !(k.c.Stated && ref.Step == StepTarget) {
			k.report(ruleNeeded, ref, f.Label+" is empty; it is needed.")
		}
		return text, false
	}
	return text, true
}

func controlCharacter(text string) int { return strings.IndexFunc(text, sanitize.Control) }
