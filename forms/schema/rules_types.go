package schema

import "github.com/vektah/gqlparser/v2/ast"

// checkTypeNames: each name belongs to one type, and not to a type or scalar
// that the transformer brings along.
func (c *checker) checkTypeNames() {
	for _, t := range c.doc.Definitions {
		own := c.vocab.types[t.Name]
		switch {
		case own != nil && !builtinScalars[t.Name] && own.Kind == ast.Scalar:
			c.report("S013", t.Position, "scalar %s is part of Amplify already: remove this definition", t.Name)
		case own != nil && !builtinScalars[t.Name]:
			c.report("S013", t.Position, "the name %s is taken by a type of Amplify's own: choose another name", t.Name)
		case c.types[t.Name] != t:
			c.report("S002", t.Position, "%s is defined twice: the first definition is on line %d", t.Name, c.fileLine(c.types[t.Name].Position))
		}
	}
}

// fileLine is the line of a position within its file.
func (c *checker) fileLine(p *ast.Position) int {
	_, line := c.source.Locate(p.Line)
	return line
}

// checkDirectiveNames: directives that the transformer knows are not to be
// defined again.
func (c *checker) checkDirectiveNames() {
	seen := make(map[string]bool)
	for _, d := range c.doc.Directives {
		switch {
		case c.vocab.directives[d.Name] != nil:
			c.report("S013", d.Position, "directive @%s is part of Amplify already: remove this definition", d.Name)
		case seen[d.Name]:
			c.report("S002", d.Position, "directive @%s is defined twice", d.Name)
		}
		seen[d.Name] = true
		for _, a := range d.Arguments {
			c.checkReference(a.Type)
		}
	}
}

// checkSchemaBlock: there is one schema block, and it names each operation
// once.
func (c *checker) checkSchemaBlock() {
	for i, s := range c.doc.Schema {
		if i > 0 {
			c.report("S014", s.Position, "there is more than one schema block: keep one")
		}
	}
	seen := make(map[ast.Operation]bool)
	for _, s := range append(append(ast.SchemaDefinitionList(nil), c.doc.Schema...), c.doc.SchemaExtension...) {
		for _, op := range s.OperationTypes {
			if seen[op.Operation] {
				c.report("S014", op.Position, "the schema block names %s twice: keep one", op.Operation)
			}
			seen[op.Operation] = true
			if !c.known(op.Type) {
				c.report("S003", op.Position, "there is no type %s%s", op.Type, c.suggestType(op.Type))
			}
		}
	}
}

// checkExtensions: what is extended exists and is of the same kind.
func (c *checker) checkExtensions() {
	for _, e := range c.doc.Extensions {
		base := c.types[e.Name]
		if base == nil {
			base = c.vocab.types[e.Name]
		}
		switch {
		case base == nil && c.isRoot(e.Name):
			c.report("S012", e.Position, "type %s is extended but not defined: write type %s instead of extend type", e.Name, e.Name)
		case base == nil:
			c.report("S012", e.Position, "%s is extended but not defined%s", e.Name, c.suggestType(e.Name))
		case base.Kind != e.Kind:
			c.report("S012", e.Position, "%s is %s, so it cannot be extended as %s", e.Name, kindName(base.Kind), kindName(e.Kind))
		}
		c.checkTypeReferences(e)
		for _, f := range e.Fields {
			c.checkFieldReferences(e, f)
		}
	}
}

// checkMemberNames: the fields of a type, and the values of an enum, have
// names of their own, in the definition and all its extensions together.
func (c *checker) checkMemberNames() {
	for _, t := range c.doc.Definitions {
		whole := t
		if c.types[t.Name] == t {
			whole = c.whole(t)
			for _, e := range c.extensions[t.Name] {
				c.checkAddedNames(e, t)
			}
		}
		c.checkMembers(whole)
	}
}

func (c *checker) checkMembers(t *ast.Definition) {
	repeated(len(t.Fields), func(i int) string { return t.Fields[i].Name }, func(i int) {
		c.report("S011", t.Fields[i].Position, "%s has the field %s already: remove one or rename it", t.Name, t.Fields[i].Name)
	})
	repeated(len(t.EnumValues), func(i int) string { return t.EnumValues[i].Name }, func(i int) {
		c.report("S011", t.EnumValues[i].Position, "%s has the value %s already: remove one", t.Name, t.EnumValues[i].Name)
	})
}

// checkAddedNames: an extension adds interfaces and union members that are not
// there yet.
func (c *checker) checkAddedNames(e, t *ast.Definition) {
	for _, name := range e.Interfaces {
		if contains(t.Interfaces, name) {
			c.report("S011", e.Position, "%s implements %s already: remove it from the extension", t.Name, name)
		}
	}
	for i, name := range e.Types {
		if contains(t.Types, name) {
			c.report("S011", e.TypePositions[i], "%s has the member %s already: remove it from the extension", t.Name, name)
		}
	}
}

// checkTypeReferences: interfaces and union members exist.
func (c *checker) checkTypeReferences(t *ast.Definition) {
	for _, name := range t.Interfaces {
		if !c.known(name) {
			c.report("S003", t.Position, "%s implements %s, but there is no such interface%s", t.Name, name, c.suggestType(name))
		}
	}
	for i, name := range t.Types {
		if !c.known(name) {
			c.report("S003", t.TypePositions[i], "there is no type %s%s", name, c.suggestType(name))
		}
	}
}

// checkFieldReferences: the types of fields and of their arguments exist.
func (c *checker) checkFieldReferences(_ *ast.Definition, f *ast.FieldDefinition) {
	c.checkReference(f.Type)
	c.checkDefaultable(f.Type, f.DefaultValue)
	for _, a := range f.Arguments {
		c.checkReference(a.Type)
		c.checkDefaultable(a.Type, a.DefaultValue)
	}
}

func (c *checker) checkReference(t *ast.Type) {
	for t.Elem != nil {
		t = t.Elem
	}
	if !c.known(t.NamedType) {
		c.report("S003", t.Position, "there is no type %s%s", t.NamedType, c.suggestType(t.NamedType))
	}
}

// known reports whether a type of that name is defined, by the schema or by
// the transformer.
func (c *checker) known(name string) bool {
	if c.types[name] != nil || c.vocab.types[name] != nil || introspection[name] {
		return true
	}
	// The transformer makes a type Query when the schema has no queries.
	return name == "Query" && c.types[c.roots.query] == nil
}

var introspection = map[string]bool{
	"__Schema": true, "__Directive": true, "__DirectiveLocation": true, "__Type": true,
	"__Field": true, "__InputValue": true, "__EnumValue": true, "__TypeKind": true,
}

func (c *checker) suggestType(name string) string {
	return c.didYouMean(name, func() []string {
		names := []string{
			"String", "ID", "Int", "Float", "Boolean", "AWSDate", "AWSTime", "AWSDateTime", "AWSTimestamp",
			"AWSEmail", "AWSJSON", "AWSURL", "AWSPhone", "AWSIPAddress",
		}
		for _, t := range c.doc.Definitions {
			names = append(names, t.Name)
		}
		return names
	})
}

// kindName is a kind of type in words.
func kindName(k ast.DefinitionKind) string {
	switch k {
	case ast.Scalar:
		return "a scalar"
	case ast.Object:
		return "an object type"
	case ast.Interface:
		return "an interface"
	case ast.Union:
		return "a union"
	case ast.Enum:
		return "an enum"
	}
	return "an input type"
}
