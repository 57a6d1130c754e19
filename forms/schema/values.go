package schema

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// argument is the value of a directive's argument, or nil.
func argument(d *ast.Directive, name string) *ast.Value {
	for _, a := range d.Arguments {
		if a.Name == name {
			return a.Value
		}
	}
	return nil
}

// given is the value of an argument, or nil when it is missing, null or empty
// text, which the transformer does not tell apart.
func given(d *ast.Directive, name string) *ast.Value {
	v := argument(d, name)
	if v == nil || v.Kind == ast.NullValue || v.Kind != ast.ListValue && v.Kind != ast.ObjectValue && v.Raw == "" {
		return nil
	}
	return v
}

// member is the value of a field of an object literal, or nil.
func member(v *ast.Value, name string) *ast.Value {
	if v == nil || v.Kind != ast.ObjectValue {
		return nil
	}
	for _, c := range v.Children {
		if c.Name == name {
			return c.Value
		}
	}
	return nil
}

// text is the content of a value that is text in quotes or a bare word, and ""
// otherwise.
func text(v *ast.Value) string {
	if v == nil {
		return ""
	}
	switch v.Kind {
	case ast.StringValue, ast.BlockValue, ast.EnumValue:
		return v.Raw
	}
	return ""
}

// isNull reports whether the value is written, and written as null.
func isNull(v *ast.Value) bool { return v != nil && v.Kind == ast.NullValue }

// elements are the values of a list literal. A single value stands for a list
// of one, as everywhere in GraphQL.
func elements(v *ast.Value) []*ast.Value {
	if v == nil || v.Kind == ast.NullValue {
		return nil
	}
	if v.Kind != ast.ListValue {
		return []*ast.Value{v}
	}
	out := make([]*ast.Value, 0, len(v.Children))
	for _, c := range v.Children {
		if c.Value != nil {
			out = append(out, c.Value)
		}
	}
	return out
}

// texts are the contents of [elements].
func texts(v *ast.Value) []string {
	var out []string
	for _, e := range elements(v) {
		out = append(out, text(e))
	}
	return out
}

// number is the value of a number literal.
func number(v *ast.Value) (float64, bool) {
	if v == nil || v.Kind != ast.IntValue && v.Kind != ast.FloatValue {
		return 0, false
	}
	n, err := strconv.ParseFloat(v.Raw, 64)
	return n, err == nil
}

// isList reports whether the type is a list, required or not.
func isList(t *ast.Type) bool { return t.NamedType == "" }

// findField is the field of that name, or nil.
func findField(t *ast.Definition, name string) *ast.FieldDefinition {
	for _, f := range t.Fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// has reports whether a directive of that name is present.
func has(list ast.DirectiveList, name string) bool { return list.ForName(name) != nil }
