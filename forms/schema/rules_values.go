package schema

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// valueName says for messages what a value is given to. It is put into words
// only when there is something to say.
type valueName struct{ argument, directive string }

func (n valueName) String() string {
	if n.directive == "" {
		return n.argument
	}
	return n.argument + " of @" + n.directive
}

// checkValue: a literal fits the type of the argument or field it is given to.
func (c *checker) checkValue(v *ast.Value, t *ast.Type, name valueName) {
	if v == nil {
		return
	}
	if v.Kind == ast.NullValue {
		if t.NonNull {
			c.report("S009", v.Position, "%v cannot be null: expected %s", name, t)
		}
		return
	}
	if t.Elem != nil && v.Kind == ast.ListValue {
		for _, e := range v.Children {
			c.checkValue(e.Value, t.Elem, name)
		}
		return
	}
	if t.Elem != nil {
		c.checkValue(v, t.Elem, name)
		return
	}
	def := c.vocab.types[t.NamedType]
	if def == nil {
		def = c.types[t.NamedType]
	}
	if def == nil {
		return
	}
	switch def.Kind {
	case ast.Enum:
		c.checkEnumValue(v, def, name)
	case ast.InputObject:
		c.checkObjectValue(v, def, name)
	case ast.Scalar:
		c.checkScalarValue(v, def.Name, name)
	}
}

func (c *checker) checkEnumValue(v *ast.Value, def *ast.Definition, name valueName) {
	member := def.EnumValues.ForName(v.Raw) != nil
	if v.Kind == ast.EnumValue && member {
		return
	}
	inQuotes := v.Kind == ast.StringValue || v.Kind == ast.BlockValue
	switch known := enumValues(def); {
	case inQuotes && member:
		c.report("S009", v.Position, "%s takes a bare word: write %s without quotes", name, v.Raw)
	case v.Kind != ast.EnumValue && !inQuotes:
		c.report("S009", v.Position, "%s is %s, which does not fit: expected %s", name, v, list(known, "or"))
	default:
		c.report("S009", v.Position, "%s cannot be %s%s", name, v, expected(v.Raw, known))
	}
}

func (c *checker) checkObjectValue(v *ast.Value, def *ast.Definition, name valueName) {
	if v.Kind != ast.ObjectValue {
		c.report("S009", v.Position, "%s is %s, which does not fit: expected fields in braces, such as {%s: …}", name, v, def.Fields[0].Name)
		return
	}
	repeated(len(v.Children), func(i int) string { return v.Children[i].Name }, func(i int) {
		c.report("S011", v.Children[i].Position, "%s has the field %s already: remove one", name, v.Children[i].Name)
	})
	for _, child := range v.Children {
		field := def.Fields.ForName(child.Name)
		if field == nil {
			c.report("S009", child.Position, "%s has no field %s%s", name, child.Name, expected(child.Name, fieldNames(def)))
			continue
		}
		c.checkValue(child.Value, field.Type, valueName{argument: child.Name})
	}
	for _, field := range def.Fields {
		if field.Type.NonNull && field.DefaultValue == nil && member(v, field.Name) == nil {
			c.report("S009", v.Position, "%s needs the field %s of type %s", name, field.Name, field.Type)
		}
	}
}

func (c *checker) checkScalarValue(v *ast.Value, scalar string, name valueName) {
	fits, want := true, ""
	switch scalar {
	case "String":
		fits, want = v.Kind == ast.StringValue || v.Kind == ast.BlockValue, "text in quotes"
	case "ID":
		fits, want = v.Kind == ast.StringValue || v.Kind == ast.BlockValue || v.Kind == ast.IntValue, "text in quotes or a whole number"
	case "Boolean":
		fits, want = v.Kind == ast.BooleanValue, "true or false"
	case "Float":
		fits, want = v.Kind == ast.IntValue || v.Kind == ast.FloatValue, "a number"
	case "Int":
		n, err := strconv.ParseInt(v.Raw, 10, 64)
		fits = v.Kind == ast.IntValue && err == nil && n >= -1<<31 && n < 1<<31
		want = "a whole number of at most 32 bits"
	}
	if !fits {
		c.report("S009", v.Position, "%s is %s, which does not fit: expected %s", name, v, want)
	}
}

func enumValues(t *ast.Definition) []string {
	names := make([]string, len(t.EnumValues))
	for i, v := range t.EnumValues {
		names[i] = v.Name
	}
	return names
}
