package schema

import (
	"github.com/vektah/gqlparser/v2/ast"
)

// checkDefault: the rules of @default.
func (c *checker) checkDefault(t *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("default")
	if d == nil {
		return
	}
	v := argument(d, "value")
	typ := f.Type.Name()
	switch {
	case !isModel(t):
		c.report("V001", d.Position, "@default needs a model, and %s has no @model", t.Name)
	case isList(f.Type) || !c.scalarOrEnum(typ):
		c.report("V001", d.Position, "@default needs a field with a single scalar or enum, and %s.%s is %s", t.Name, f.Name, f.Type)
	case v == nil:
		c.report("V001", d.Position, "@default needs a value: write @default(value: \"…\")")
	case isNull(v):
		c.report("V001", v.Position, "a default cannot be null: remove @default, since a field without value is null anyway")
	default:
		c.checkDefaultValue(d, f, v)
	}
}

func (c *checker) checkDefaultValue(d *ast.Directive, f *ast.FieldDefinition, v *ast.Value) {
	typ := f.Type.Name()
	if t := c.types[typ]; t != nil && t.Kind == ast.Enum {
		if t.EnumValues.ForName(text(v)) == nil {
			c.report("V001", v.Position, "%s has no value %s%s", typ, text(v), expected(text(v), enumValues(t)))
		}
		return
	}
	format, ok := scalarFormats[typ]
	switch {
	case !ok:
		c.report("V001", d.Position, "a field of type %s cannot have a default: use Int or Float", typ)
	case v.Kind == ast.StringValue || v.Kind == ast.BlockValue:
		if !format.valid(v.Raw) {
			c.report("V001", v.Position, "%q is no %s: expected %s", v.Raw, typ, format.example)
		}
	}
}

// checkValidate: the rules of @validate.
func (c *checker) checkValidate(t *ast.Definition, f *ast.FieldDefinition) {
	if !has(f.Directives, "validate") {
		return
	}
	seen := make(map[string]bool)
	for i, d := range f.Directives {
		if d.Name != "validate" {
			continue
		}
		kind := text(argument(d, "type"))
		typ := f.Type.Name()
		switch {
		case !isModel(t):
			c.report("V002", d.Position, "@validate needs a model, and %s has no @model", t.Name)
		case isList(f.Type):
			c.report("V002", d.Position, "@validate needs a single value, and %s.%s is a list", t.Name, f.Name)
		case has(f.Directives[i:], "default"):
			c.report("V002", d.Position, "@validate has to come after @default: swap them")
		case seen[kind]:
			c.report("V002", d.Position, "%s.%s is validated with %s already: combine the two", t.Name, f.Name, kind)
		case comparesNumbers[kind] && typ != "Int" && typ != "Float":
			c.report("V002", at(d, "type"), "%s compares numbers, and %s.%s is %s: expected Int or Float", kind, t.Name, f.Name, typ)
		case !comparesNumbers[kind] && kind != "" && typ != "String":
			c.report("V002", at(d, "type"), "%s looks at text, and %s.%s is %s: expected String", kind, t.Name, f.Name, typ)
		default:
			c.checkValidateValue(d, kind)
		}
		seen[kind] = true
	}
}

// comparesNumbers are the validations of numbers; the others are of text.
var comparesNumbers = map[string]bool{"gt": true, "gte": true, "lt": true, "lte": true}

func (c *checker) checkValidateValue(d *ast.Directive, kind string) {
	v := argument(d, "value")
	if v == nil || v.Kind != ast.StringValue && v.Kind != ast.BlockValue {
		return
	}
	switch {
	case comparesNumbers[kind] && !startsAsNumber.MatchString(v.Raw):
		c.report("V002", v.Position, "%q is no number: expected one to compare with", v.Raw)
	case (kind == "minLength" || kind == "maxLength") && !length.MatchString(v.Raw):
		c.report("V002", v.Position, "%q is no length: expected a whole number from 0", v.Raw)
	}
}
