package forms

import (
	"fmt"
	"strings"

	"ampedit/client/wire"
)

// Symbol says what happens to a member.
type Symbol rune

// The symbols of a plan.
const (
	Changed Symbol = '~'
	Added   Symbol = '+'
	Removed Symbol = '−'
)

// Risk says how far a change can hurt, the milder first.
type Risk int

// The risks.
const (
	Safe        Risk = iota // nobody notices, or things get better
	Caution                 // worth a second look
	Breaking                // clients of the API stop working
	Destructive             // data is lost or becomes inaccessible
)

// String returns the risk in lower case.
func (r Risk) String() string {
	switch r {
	case Safe:
		return "safe"
	case Caution:
		return "caution"
	case Breaking:
		return "breaking"
	}
	return "destructive"
}

// Change is one difference between the configuration that was read and the one
// that is wanted.
type Change struct {
	Symbol Symbol
	// Path is the member's place in the request; additional authorization types
	// are named by mode, not by index.
	Path string
	// Old and New are the values for people, "" where there is none.
	Old, New string
	Risk     Risk
	// Why says in whole sentences what the change does and whom it hits.
	Why string
	// Ref is the field that makes the change.
	Ref Ref
}

// Changes returns what would be different after the request: the configuration
// read, c.Base, against the one that is wanted, by meaning. Authorization types
// are matched by mode and identity, wherever they stand. Without a base,
// everything that is sent counts as added and nothing as safe. The changes come in
// the order of the walk.
//
// Whole schema texts are compared; the work grows with their size.
func Changes(a *Answers, c Context) []Change {
	d := &differ{a: a, c: c, base: c.Base, wanted: Request(a, c).ResourceConfig, entries: sentEntries(a, c)}
	if d.base == nil {
		d.base = &wire.ResourceConfig{}
	}
	d.all()
	if c.Base == nil {
		d.nothingRead()
	}
	return d.changes
}

// all compares every member and returns the changes.
func (d *differ) all() []Change {
	d.text("apiName", d.base.APIName, d.wanted.APIName, At(StepTarget, KeyAPIName),
		"What the service does when the API name changes is not documented: it may ignore the new name, or rename the API.")
	d.text("service", d.base.Service, d.wanted.Service, At(StepTarget, KeyService),
		"Amplify's own tools only ever send AppSync; what another value does is not documented.")
	d.auth()
	d.strategy()
	d.schema()
	d.unlistedMembers("", d.base.Unknown, d.wanted.Unknown, At(StepTarget, KeyAPIName))
	return d.changes
}

// Summary counts changes by symbol: "2 to change, 1 to add, 0 to remove".
func Summary(changes []Change) string {
	count := map[Symbol]int{}
	for _, change := range changes {
		count[change.Symbol]++
	}
	return fmt.Sprintf("%d to change, %d to add, %d to remove", count[Changed], count[Added], count[Removed])
}

// WorstRisk returns the greatest risk among changes, Safe if there are none.
func WorstRisk(changes []Change) Risk {
	worst := Safe
	for _, change := range changes {
		worst = max(worst, change.Risk)
	}
	return worst
}

// differ collects the differences between two configurations.
type differ struct {
	a            *Answers
	c            Context
	base, wanted *wire.ResourceConfig
	// entries stand behind wanted's additional types, one by one; nil if there are
	// none, since wanted was read, too.
	entries []*Entry
	changes []Change
}

func (d *differ) add(change Change) { d.changes = append(d.changes, change) }

// text compares a plain text member that only experts touch.
func (d *differ) text(path string, old, wanted *string, ref Ref, why string) {
	if samePointee(old, wanted) {
		return
	}
	d.add(Change{
		Symbol: symbolOf(old != nil, wanted != nil), Path: path, Old: quoted(old), New: quoted(wanted),
		Risk: Caution, Why: why, Ref: ref,
	})
}

// nothingRead completes the changes for a configuration that was not read: what
// they replace is not known, so that nothing can be said to be safe.
func (d *differ) nothingRead() {
	for i := range d.changes {
		change := &d.changes[i]
		change.Risk = max(change.Risk, Caution)
		if unread := d.unread(""); !strings.HasPrefix(change.Why, unread) {
			change.Why = unread + " " + change.Why
		}
	}
}

// unread says that there is nothing to compare a member with.
func (d *differ) unread(member string) string {
	if d.c.Base == nil {
		member = "configuration"
	}
	return fmt.Sprintf("No %s was read, so what this replaces is not known.", member)
}

func samePointee[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// symbolOf tells what happens to a member that is there before or after.
func symbolOf(before, after bool) Symbol {
	switch {
	case !before:
		return Added
	case !after:
		return Removed
	}
	return Changed
}

// quoted writes a text member for people, an empty one as "".
func quoted(s *string) string {
	switch {
	case s == nil:
		return ""
	case *s == "":
		return `""`
	}
	return printable(*s)
}
