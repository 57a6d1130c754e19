package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// comparePair compares what two versions of a type hold.
func (c *comparison) comparePair(p pair) {
	if p.old.Name != p.new.Name {
		c.note("~", Breaking, p.new.Position, p.path, "was %s: the table stays, the operations get new names", p.old.Name)
	}
	if p.old.Kind != p.new.Kind {
		c.note("~", Breaking, p.new.Position, p.path, "was %s and becomes %s", kindName(p.old.Kind), kindName(p.new.Kind))
		return
	}
	if beyondComparison(p.old) || beyondComparison(p.new) {
		c.note("~", Caution, p.new.Position, p.path, "has more than %d fields, values or arguments, and was not compared", maxFields)
		return
	}
	c.compareModel(p)
	c.compareFields(p)
	c.compareMembers(p)
	if p.new.Kind == ast.Object {
		c.compareRules(p.path, p.new.Position, p.old.Directives, p.new.Directives, isModel(p.new))
		c.compareDirectives(p.path, p.new.Position, p.old.Directives, p.new.Directives)
	}
}

// beyondComparison reports whether a type has more members than can be compared with
// each other in a short time.
func beyondComparison(t *ast.Definition) bool {
	for _, f := range t.Fields {
		if len(f.Arguments) > maxFields {
			return true
		}
	}
	return max(len(t.Fields), len(t.EnumValues), len(t.Types), len(t.Interfaces)) > maxFields
}

// compareModel: the table of a model and its operations.
func (c *comparison) compareModel(p pair) {
	was, is := isModel(p.old), isModel(p.new)
	switch {
	case was && !is:
		c.note("~", Destructive, p.new.Position, p.path, "is no model any more: its table and all its data go")
	case !was && is:
		c.note("~", Safe, p.new.Position, p.path, "becomes a model, with a table of its own")
	case was && is:
		if before, after := tableOf(p.old), tableOf(p.new); before != after {
			c.note("~", Destructive, p.new.Position, p.path, "moves from the table %s to the table %s: the data stays behind", before, after)
		}
		c.compareKeys(p)
		if p.old.Name == p.new.Name {
			c.compareModelOperations(p)
		}
	}
}

// compareModelOperations: what a model generates besides its indexes.
func (c *comparison) compareModelOperations(p pair) {
	before, after := allOperations(p.old), allOperations(p.new)
	for _, o := range before {
		if !hasOperation(after, o) {
			c.note("-", Breaking, p.new.Position, p.path, "the %s %s is gone: clients that call it fail", o.root, o.name)
		}
	}
	for _, o := range after {
		if !hasOperation(before, o) {
			c.note("+", Safe, o.at, p.path, "the %s %s is new", o.root, o.name)
		}
	}
	if a, b := subscriptionLevel(p.old), subscriptionLevel(p.new); a != b && a != "off" && b != "off" {
		c.note("~", Caution, p.new.Position, p.path, "the level of its subscriptions changes from %s to %s", a, b)
	}
}

func allOperations(t *ast.Definition) []operation {
	out := appendIndexOperations(operationsOf(t, false), t)
	if o, ok := searchOperation(t); ok {
		out = append(out, o)
	}
	return out
}

func hasOperation(list []operation, o operation) bool {
	for _, x := range list {
		if x.root == o.root && x.name == o.name {
			return true
		}
	}
	return false
}

// compareMembers: interfaces, members of a union and values of an enum.
func (c *comparison) compareMembers(p pair) {
	c.compareNames(p, p.old.Interfaces, p.new.Interfaces, "implements")
	c.compareNames(p, p.old.Types, p.new.Types, "holds")
	var before, after []string
	for _, v := range p.old.EnumValues {
		before = append(before, v.Name)
	}
	for _, v := range p.new.EnumValues {
		after = append(after, v.Name)
	}
	for _, name := range before {
		if !contains(after, name) {
			c.note("-", Breaking, p.new.Position, p.path+"."+name, "is no value any more: rows that hold it cannot be read, clients that send it fail")
		}
	}
	for _, v := range p.new.EnumValues {
		if !contains(before, v.Name) {
			c.note("+", Safe, v.Position, p.path+"."+v.Name, "is a new value")
		}
	}
}

func (c *comparison) compareNames(p pair, before, after []string, verb string) {
	for _, name := range before {
		if !contains(after, name) {
			c.note("-", Breaking, p.new.Position, p.path, "no longer %s %s", verb, name)
		}
	}
	for _, name := range after {
		if !contains(before, name) {
			c.note("+", Safe, p.new.Position, p.path, "now %s %s", verb, name)
		}
	}
}

// comparedElsewhere are the directives whose meaning other functions compare.
var comparedElsewhere = map[string]bool{
	"model": true, "auth": true, "primaryKey": true, "index": true, "mapsTo": true, "searchable": true, "deprecated": true,
}

// compareDirectives: the remaining directives, each with the risk of what it
// does.
func (c *comparison) compareDirectives(path string, at *ast.Position, before, after ast.DirectiveList) {
	old, new := directiveTexts(before), directiveTexts(after)
	for _, d := range after {
		if comparedElsewhere[d.Name] || contains(old[d.Name], printDirective(d)) {
			continue
		}
		if len(old[d.Name]) > 0 {
			c.note("~", directiveRisk(d.Name), d.Position, path, "@%s changes from %s to %s", d.Name, old[d.Name][0], printDirective(d))
		} else {
			c.note("+", directiveRisk(d.Name), d.Position, path, "gets %s", printDirective(d))
		}
	}
	for _, d := range before {
		if !comparedElsewhere[d.Name] && len(new[d.Name]) == 0 {
			c.note("-", directiveRisk(d.Name), at, path, "loses %s", printDirective(d))
		}
	}
}

// directiveRisk is what a change of a directive can cost.
func directiveRisk(name string) Risk {
	switch name {
	case "hasOne", "hasMany", "belongsTo", "manyToMany":
		return Breaking
	case "default", "aws_subscribe":
		return Safe
	}
	return Caution
}

func directiveTexts(list ast.DirectiveList) map[string][]string {
	out := make(map[string][]string)
	for _, d := range list {
		out[d.Name] = append(out[d.Name], printDirective(d))
	}
	return out
}

// printDirective writes a directive in one way, whatever spaces and order its
// arguments have in the schema.
func printDirective(d *ast.Directive) string {
	if len(d.Arguments) == 0 {
		return "@" + d.Name
	}
	var args []string
	for _, a := range d.Arguments {
		args = append(args, fmt.Sprintf("%s: %s", a.Name, printValue(a.Value)))
	}
	slices.Sort(args)
	return "@" + d.Name + "(" + strings.Join(args, ", ") + ")"
}

// printValue writes a value in one way. A list of one is written as its
// element, which means the same.
func printValue(v *ast.Value) string {
	switch v.Kind {
	case ast.ListValue:
		var items []string
		for _, e := range elements(v) {
			items = append(items, printValue(e))
		}
		if len(items) == 1 {
			return items[0]
		}
		return "[" + strings.Join(items, ", ") + "]"
	case ast.ObjectValue:
		var fields []string
		for _, e := range v.Children {
			fields = append(fields, e.Name+": "+printValue(e.Value))
		}
		slices.Sort(fields)
		return "{" + strings.Join(fields, ", ") + "}"
	}
	return v.String()
}
