package schema

import (
	"strconv"

	"github.com/vektah/gqlparser/v2/ast"
)

// checkValue: a literal fits the type of the argument or field it is given to.
func (c *checker) checkValue(v *ast.Value, t *ast.Type, name string) {
	if v == nil {
		return
	}
	if v.Kind == ast.NullValue {
		if t.NonNull {
			c.report("S009", v.Position, "%s cannot be null: expected %s", name, t)
		}
		return
	}
	if t.Elem != nil {
		for _, e := range elements(v) {
			c.checkValue(e, t.Elem, name)
		}
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

func (c *checker) checkEnumValue(v *ast.Value, def *ast.Definition, name string) {
	var known []string
	for _, k := range def.EnumValues {
		known = append(known, k.Name)
	}
	inQuotes := v.Kind == ast.StringValue || v.Kind == ast.BlockValue
	switch known := known; {
	case inQuotes && def.EnumValues.ForName(v.Raw) != nil:
		c.report("S009", v.Position, "%s takes a bare word: write %s without quotes", name, v.Raw)
	case v.Kind != ast.EnumValue && !inQuotes:
		c.report("S009", v.Position, "%s is %s, which does not fit: expected %s", name, v, list(known, "or"))
	case inQuotes || def.EnumValues.ForName(v.Raw) == nil:
		c.report("S009", v.Position, "%s cannot be %s%s", name, v, expected(v.Raw, known))
	}
}

func (c *checker) checkObjectValue(v *ast.Value, def *ast.Definition, name string) {
	if v.Kind != ast.ObjectValue {
		c.report("S009", v.Position, "%s is %s, which does not fit: expected fields in braces, such as {%s: …}", name, v, def.Fields[0].Name)
		return
	}
	for i, child := range v.Children {
		for _, before := range v.Children[:i] {
			if before.Name == child.Name {
				c.report("S011", child.Position, "%s has the field %s already: remove one", name, child.Name)
			}
		}
		field := def.Fields.ForName(child.Name)
		if field == nil {
			var known []string
			for _, k := range def.Fields {
				known = append(known, k.Name)
			}
			c.report("S009", child.Position, "%s has no field %s%s", name, child.Name, expected(child.Name, known))
			continue
		}
		c.checkValue(child.Value, field.Type, child.Name)
	}
	for _, field := range def.Fields {
		if field.Type.NonNull && field.DefaultValue == nil && member(v, field.Name) == nil {
			c.report("S009", v.Position, "%s needs the field %s of type %s", name, field.Name, field.Type)
		}
	}
}

func (c *checker) checkScalarValue(v *ast.Value, scalar, name string) {
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
