package schema

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"

	"ampedit/client/suggest"
)

// compareFields compares the fields of two versions of a type.
func (c *comparison) compareFields(p pair) {
	var removed []*ast.FieldDefinition
	for _, f := range p.old.Fields {
		if findField(p.new, f.Name) == nil {
			removed = append(removed, f)
		}
	}
	for _, f := range p.new.Fields {
		if findField(p.new, f.Name) != f {
			continue // a second field of the name is an error of its own
		}
		path := p.path + "." + f.Name
		old := findField(p.old, f.Name)
		if old == nil {
			c.noteAddedField(p, f, removed)
			continue
		}
		c.compareFieldType(p, old, f)
		c.compareArguments(path, old, f)
		if isModel(p.old) == isModel(p.new) {
			c.compareRules(path, f.Position, old.Directives, f.Directives, false)
		}
		c.compareDirectives(path, f.Position, old.Directives, f.Directives)
		c.compareDefaults(path, f.Position, old.DefaultValue, f.DefaultValue)
	}
	for _, f := range removed {
		what := "is gone: clients that use it fail"
		if isModel(p.old) && isModel(p.new) {
			what = "is gone: clients that use it fail, its values stay in the table unread"
		}
		c.note("-", Breaking, p.new.Position, p.path+"."+f.Name, "%s", what)
	}
}

func (c *comparison) noteAddedField(p pair, f *ast.FieldDefinition, removed []*ast.FieldDefinition) {
	hint := ""
	for _, old := range removed {
		if old.Type.String() == f.Type.String() && sameDirectives(old.Directives, f.Directives) && (len(removed) == 1 || suggest.Nearest(f.Name, []string{old.Name}) != "") {
			hint = fmt.Sprintf(", and looks like %s renamed: values are not carried over", old.Name)
			break
		}
	}
	path := p.path + "." + f.Name
	switch needed := f.Type.NonNull && f.DefaultValue == nil && !has(f.Directives, "default"); {
	case needed && p.new.Kind == ast.InputObject:
		c.note("+", Breaking, f.Position, path, "is new and required: clients that do not send it fail%s", hint)
	case needed && isModel(p.old) && isModel(p.new) && !isRelationField(f):
		c.note("+", Breaking, f.Position, path, "is new and required: rows without it cannot be read, clients that do not send it fail%s", hint)
	default:
		c.note("+", Safe, f.Position, path, "is new%s", hint)
	}
}

func isRelationField(f *ast.FieldDefinition) bool {
	for _, d := range f.Directives {
		if isRelation(d.Name) {
			return true
		}
	}
	return false
}

func sameDirectives(a, b ast.DirectiveList) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if printDirective(a[i]) != printDirective(b[i]) {
			return false
		}
	}
	return true
}

// compareFieldType: clients read the type of a field, and write it where the
// field is part of an input.
func (c *comparison) compareFieldType(p pair, old, new *ast.FieldDefinition) {
	before, after := old.Type.String(), new.Type.String()
	if before == after {
		return
	}
	path := p.path + "." + new.Name
	at := new.Type.Position
	input := p.new.Kind == ast.InputObject
	switch {
	case optional(before) != optional(after):
		c.note("~", Breaking, at, path, "changes from %s to %s: clients that rely on the type fail", before, after)
	case input && !new.Type.NonNull && onlyOuterRequired(old.Type, new.Type):
		c.note("~", Safe, at, path, "becomes optional")
	case !input && new.Type.NonNull && !isModel(p.new) && onlyOuterRequired(new.Type, old.Type):
		c.note("~", Safe, at, path, "is always there now: %s", after)
	case new.Type.NonNull && !old.Type.NonNull:
		c.note("~", Breaking, at, path, "becomes required: rows and requests without it fail")
	default:
		c.note("~", Breaking, at, path, "changes from %s to %s: clients that rely on the type may fail", before, after)
	}
}

// optional is a type's text without any exclamation marks.
func optional(t string) string {
	out := make([]byte, 0, len(t))
	for i := range len(t) {
		if t[i] != '!' {
			out = append(out, t[i])
		}
	}
	return string(out)
}

// onlyOuterRequired reports whether the first type is the second one made
// required, with the same inside.
func onlyOuterRequired(required, open *ast.Type) bool {
	return required.NonNull && !open.NonNull && required.String() == open.String()+"!"
}

// compareArguments: what clients may or must send with a field.
func (c *comparison) compareArguments(path string, old, new *ast.FieldDefinition) {
	for _, a := range old.Arguments {
		if new.Arguments.ForName(a.Name) == nil {
			c.note("-", Breaking, new.Position, argumentPath(path, a.Name), "is no argument any more: clients that send it fail")
		}
	}
	for _, a := range new.Arguments {
		if new.Arguments.ForName(a.Name) != a {
			continue
		}
		path := argumentPath(path, a.Name)
		before := old.Arguments.ForName(a.Name)
		switch {
		case before == nil && a.Type.NonNull && a.DefaultValue == nil:
			c.note("+", Breaking, a.Position, path, "is new and required: clients that do not send it fail")
		case before == nil:
			c.note("+", Safe, a.Position, path, "is a new argument")
		case before.Type.String() != a.Type.String() && onlyOuterRequired(before.Type, a.Type):
			c.note("~", Safe, a.Type.Position, path, "becomes optional")
		case before.Type.String() != a.Type.String():
			c.note("~", Breaking, a.Type.Position, path, "changes from %s to %s: clients that send it may fail", before.Type, a.Type)
		}
		if before != nil {
			c.compareDefaults(path, a.Position, before.DefaultValue, a.DefaultValue)
		}
	}
}

func argumentPath(path, argument string) string { return path + "(" + argument + ":)" }

// compareDefaults: the value that stands in for one that is not sent.
func (c *comparison) compareDefaults(path string, at *ast.Position, old, new *ast.Value) {
	before, after := "none", "none"
	if old != nil {
		before = printValue(old)
	}
	if new != nil {
		after = printValue(new)
	}
	if before != after {
		c.note("~", Caution, at, path, "the default changes from %s to %s", before, after)
	}
}
