package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxDeployable is the size in bytes from which schemas were seen to fail on
// deployment.
const maxDeployable = 300 << 10

// checkSize: a very large schema does not fit where the service keeps it.
func (c *checker) checkSize() {
	if n := len(c.source.text); n > maxDeployable {
		c.report("D009", nil, "the schema has %d KB: from about %d KB on deployments were seen to fail", n>>10, maxDeployable>>10)
	}
}

// checkServiceTypes: what the transformer lets pass and AppSync refuses in a
// type.
func (c *checker) checkServiceTypes(t *ast.Definition) {
	if c.vocab.types[t.Name] != nil {
		return
	}
	switch {
	case t.Kind == ast.Scalar:
		c.report("D001", t.Position, "AppSync has no custom scalars: use String or AWSJSON instead of %s", t.Name)
	case strings.HasPrefix(t.Name, "AWS"):
		c.report("D002", t.Position, "names that begin with AWS are kept for AppSync: rename %s", t.Name)
	case strings.HasPrefix(t.Name, "__"):
		c.report("D005", t.Position, "names that begin with __ are kept for GraphQL: rename %s", t.Name)
	case (t.Kind == ast.Object || t.Kind == ast.Interface || t.Kind == ast.InputObject) && len(t.Fields) == 0 && len(c.extensions[t.Name]) == 0 && !isModel(t):
		c.report("D003", t.Position, "%s has no fields: AppSync needs at least one", t.Name)
	}
	for _, v := range t.EnumValues {
		if v.Name == "true" || v.Name == "false" || v.Name == "null" {
			c.report("D004", v.Position, "%s cannot be a value of an enum: rename it", v.Name)
		}
	}
	seen := make(map[string]bool, len(t.Interfaces))
	for _, name := range t.Interfaces {
		if !seen[name] {
			c.checkImplements(t, name)
		}
		seen[name] = true
	}
}

// checkImplements: a type has the fields of its interfaces.
func (c *checker) checkImplements(t *ast.Definition, name string) {
	i := c.types[name]
	if i == nil {
		return
	}
	if i.Kind != ast.Interface {
		c.report("D006", t.Position, "%s implements %s, which is %s and no interface", t.Name, name, kindName(i.Kind))
		return
	}
	for _, want := range i.Fields {
		have := findField(t, want.Name)
		switch {
		case have == nil && !(isModel(t) && implicitField(want.Name)):
			c.report("D006", t.Position, "%s lacks the field %s: %s of the interface %s", t.Name, want.Name, want.Type, name)
		case have != nil && !c.satisfies(have.Type, want.Type):
			c.report("D006", have.Type.Position, "%s.%s is %s, but the interface %s says %s", t.Name, have.Name, have.Type, name, want.Type)
		}
	}
}

// satisfies reports whether a field of one type can stand for one of another.
func (c *checker) satisfies(have, want *ast.Type) bool {
	if want.NonNull && !have.NonNull {
		return false
	}
	if have.Elem != nil && want.Elem != nil {
		return c.satisfies(have.Elem, want.Elem)
	}
	if have.Elem != nil || want.Elem != nil {
		return false
	}
	if have.NamedType == want.NamedType {
		return true
	}
	w, h := c.types[want.NamedType], c.types[have.NamedType]
	return w != nil && h != nil && (contains(h.Interfaces, w.Name) || contains(w.Types, h.Name))
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// checkServiceFields: what the transformer lets pass and AppSync refuses in a
// field.
func (c *checker) checkServiceFields(t *ast.Definition, f *ast.FieldDefinition) {
	if strings.HasPrefix(f.Name, "__") {
		c.report("D005", f.Position, "names that begin with __ are kept for GraphQL: rename %s", f.Name)
	}
	if t.Kind == ast.InputObject && c.isOutput(f.Type) {
		c.report("D007", f.Type.Position, "%s is an input, so %s cannot be %s: expected a scalar, enum or input", t.Name, f.Name, f.Type.Name())
	}
	if t.Kind != ast.InputObject && c.isInput(f.Type) {
		c.report("D007", f.Type.Position, "%s is an input, so the field %s.%s cannot return it: expected a type", f.Type.Name(), t.Name, f.Name)
	}
	repeated(len(f.Arguments), func(i int) string { return f.Arguments[i].Name }, func(i int) {
		c.report("D010", f.Arguments[i].Position, "%s.%s has the argument %s already: remove one", t.Name, f.Name, f.Arguments[i].Name)
	})
	for _, a := range f.Arguments {
		if c.isOutput(a.Type) {
			c.report("D007", a.Type.Position, "%s is no input, so it cannot be an argument: define an input with its fields", a.Type.Name())
		}
	}
	c.checkSubscribe(t, f)
}

func (c *checker) isOutput(t *ast.Type) bool {
	def := c.types[t.Name()]
	return def != nil && (def.Kind == ast.Object || def.Kind == ast.Interface || def.Kind == ast.Union)
}

func (c *checker) isInput(t *ast.Type) bool {
	def := c.types[t.Name()]
	return def != nil && def.Kind == ast.InputObject
}

// checkSubscribe: a subscription names mutations that exist.
func (c *checker) checkSubscribe(t *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("aws_subscribe")
	if d == nil || t.Name != c.roots.subscription {
		return
	}
	known := c.mutations()
	for _, v := range elements(argument(d, "mutations")) {
		if !contains(known, text(v)) {
			c.report("D011", v.Position, "there is no mutation %s%s", text(v), c.didYouMean(text(v), func() []string { return known }))
		}
	}
}

// mutations are the names of all mutations, written and generated.
func (c *checker) mutations() []string {
	var out []string
	for name := range c.writtenOperations()[ast.Mutation] {
		out = append(out, name)
	}
	for _, t := range c.models {
		for _, o := range operationsOf(t, false) {
			if o.root == ast.Mutation {
				out = append(out, o.name)
			}
		}
	}
	return out
}

// checkRuntimeModes: AppSync's own directives need their mode to be
// configured.
func (c *checker) checkRuntimeModes(t *ast.Definition) { c.checkRuntime(t.Directives) }

func (c *checker) checkFieldRuntimeModes(_ *ast.Definition, f *ast.FieldDefinition) {
	c.checkRuntime(f.Directives)
}

func (c *checker) checkRuntime(directives ast.DirectiveList) {
	for _, d := range directives {
		mode, ok := runtimeDirectives[d.Name]
		switch {
		case !ok || c.cfg.has(mode):
		case mode == modeLambda:
			c.report("A020", d.Position, "@%s needs a Lambda authorizer, which cannot be configured here", d.Name)
		default:
			c.reportFix("A020", d.Position, Fix{AddMode: mode}, "@%s needs the authorization mode %s, which is not configured", d.Name, mode.Title())
		}
	}
}
