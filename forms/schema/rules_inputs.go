package schema

import "github.com/vektah/gqlparser/v2/ast"

// checkDefaultable: only what can be an input can have a default.
func (c *checker) checkDefaultable(t *ast.Type, v *ast.Value) {
	if v == nil || !c.isOutput(t) {
		return
	}
	for _, e := range elements(v) {
		if e.Kind != ast.NullValue {
			c.report("S016", v.Position, "%s is no input, so it cannot have a default: define an input with its fields", t.Name())
			return
		}
	}
}

// checkDefaultCycles: to fill in the default of an input, the defaults of its
// fields are needed, and so on. The transformer does not survive a circle.
func (c *checker) checkDefaultCycles() {
	state := make(map[string]int) // 1 while the walk is inside a type, 2 when it is done
	var visit func(t *ast.Definition)
	visit = func(t *ast.Definition) {
		state[t.Name] = 1
		for _, f := range c.whole(t).Fields {
			next := c.types[f.Type.Name()]
			if next == nil || next.Kind != ast.InputObject || !holdsObject(f.DefaultValue) {
				continue
			}
			switch state[next.Name] {
			case 0:
				visit(next)
			case 1:
				c.report("S017", f.Position, "the default of %s.%s needs the defaults of %s, which need it in turn: remove one", t.Name, f.Name, next.Name)
			}
		}
		state[t.Name] = 2
	}
	for _, t := range c.doc.Definitions {
		if t.Kind == ast.InputObject && state[t.Name] == 0 {
			visit(t)
		}
	}
}

// holdsObject reports whether a value is an object, or a list of some.
func holdsObject(v *ast.Value) bool {
	for _, e := range elements(v) {
		if e.Kind == ast.ObjectValue || e.Kind == ast.ListValue && holdsObject(e) {
			return true
		}
	}
	return false
}
