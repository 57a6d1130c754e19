package schema

import (
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// operationOrder is the order in which operations are named.
var operationOrder = []string{"create", "update", "delete", "get", "list", "search", "listen", "sync"}

// grants is what each role may do, in the order of the rules.
type grants struct {
	roles []role
	may   map[role][]string
}

// grantsOf reads the rules of an @auth directive, or nil without one.
func grantsOf(directives ast.DirectiveList) *grants {
	d := directives.ForName("auth")
	if d == nil {
		return nil
	}
	g := &grants{may: make(map[role][]string)}
	for _, r := range authRules(d) {
		for _, role := range rolesOf(r) {
			if _, ok := g.may[role]; !ok {
				g.roles = append(g.roles, role)
			}
			g.may[role] = r.allowed()
		}
	}
	return g
}

// allowed lists the operations of a rule in full and in order.
func (r authRule) allowed() []string {
	if r.operationsV == nil {
		return operationOrder
	}
	var out []string
	for _, o := range operationOrder {
		if contains(r.operations, o) || fineReads[o] && contains(r.operations, "read") {
			out = append(out, o)
		}
	}
	return out
}

// compareRules: who may do what. Order and spelling of rules make no
// difference.
func (c *comparison) compareRules(path string, at *ast.Position, before, after ast.DirectiveList, model bool) {
	old, new := grantsOf(before), grantsOf(after)
	if d := after.ForName("auth"); d != nil {
		at = d.Position
	}
	switch {
	case old == nil && new == nil:
		return
	case old == nil && model:
		c.note("+", Caution, at, path, "gets authorization rules: %s", new)
		return
	case old == nil:
		c.note("+", Caution, at, path, "gets rules of its own, which take the place of those around it: %s", new)
		return
	case new == nil && model:
		c.note("-", Caution, at, path, "loses its authorization rules: nobody but IAM roles with full access can use it")
		return
	case new == nil:
		c.note("-", Caution, at, path, "loses its own rules: those around it count")
		return
	}
	for _, r := range old.roles {
		now, ok := new.may[r]
		if !ok {
			c.note("-", Caution, at, path, "%s may no longer %s", r, operationWords(old.may[r]))
			continue
		}
		if lost := without(old.may[r], now); len(lost) > 0 {
			c.note("~", Caution, at, path, "%s may no longer %s", r, operationWords(lost))
		}
		if won := without(now, old.may[r]); len(won) > 0 {
			c.note("~", Caution, at, path, "%s may now %s", r, operationWords(won))
		}
	}
	for _, r := range new.roles {
		if _, ok := old.may[r]; !ok {
			c.note("+", Caution, at, path, "%s may now %s", r, operationWords(new.may[r]))
		}
	}
}

// String is who may do what, for a sentence.
func (g *grants) String() string {
	if len(g.roles) == 0 {
		return "nobody may do anything"
	}
	var parts []string
	for _, r := range g.roles {
		parts = append(parts, r.String()+" may "+operationWords(g.may[r]))
	}
	return strings.Join(parts, "; ")
}

// without is the first list without the elements of the second.
func without(list, remove []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(remove, s) {
			out = append(out, s)
		}
	}
	return out
}

// operationWords shortens a list of operations for a sentence.
func operationWords(operations []string) string {
	switch {
	case len(operations) == 0:
		return "do nothing"
	case len(operations) == len(operationOrder):
		return "do everything"
	}
	var out []string
	reads := 0
	for _, o := range operations {
		if fineReads[o] {
			reads++
		}
	}
	for _, o := range operations {
		switch {
		case !fineReads[o] || reads < len(fineReads):
			out = append(out, o)
		case !contains(out, "read"):
			out = append(out, "read")
		}
	}
	return list(out, "and")
}
