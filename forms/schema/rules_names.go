package schema

import (
	"github.com/vektah/gqlparser/v2/ast"
)

// checkSearchable: @searchable needs a model, and a query where the model has
// rules.
func (c *checker) checkSearchable(t *ast.Definition) {
	d := t.Directives.ForName("searchable")
	if d == nil || t.Kind != ast.Object {
		return
	}
	if !isModel(t) {
		c.report("M002", d.Position, "%s has @searchable but not @model: add @model", t.Name)
		return
	}
	queries := argument(d, "queries")
	if protected := has(t.Directives, "auth") || hasFieldAuth(t); protected && queries != nil && text(member(queries, "search")) == "" {
		c.report("M007", queries.Position, "a model with @auth cannot be searchable without a search query: name the query, or remove queries")
	}
}

// checkNameMapping: the rules of @mapsTo, and @refersTo on types.
func (c *checker) checkNameMapping(t *ast.Definition) {
	if d := t.Directives.ForName("refersTo"); d != nil {
		c.report("M004", d.Position, "@refersTo needs a SQL data source, and this API stores its data in DynamoDB: use @mapsTo")
	}
	d := t.Directives.ForName("mapsTo")
	if d == nil || t.Kind != ast.Object {
		return
	}
	v := argument(d, "name")
	name := text(v)
	switch {
	case !isModel(t):
		c.report("M003", d.Position, "%s has @mapsTo but not @model: only a table can have another name", t.Name)
	case v == nil || isNull(v):
	case name == "":
		c.report("M003", v.Position, "@mapsTo needs the former name of the model")
	case isModel(c.types[name]):
		c.report("M003", v.Position, "%s is a model of this schema, so %s cannot take over its table", name, t.Name)
	default:
		if other := c.otherOwner(t, name); other != nil {
			c.report("M003", v.Position, "%s maps to %s too: a table belongs to one model", other.Name, name)
		}
	}
}

// otherOwner is a model that @mapsTo gives the same table.
func (c *checker) otherOwner(t *ast.Definition, table string) *ast.Definition {
	if c.tables == nil {
		c.tables = make(map[string][]*ast.Definition)
		for _, m := range c.models {
			if d := m.Directives.ForName("mapsTo"); d != nil {
				name := text(argument(d, "name"))
				c.tables[name] = append(c.tables[name], m)
			}
		}
	}
	for _, m := range c.tables[table] {
		if m != t {
			return m
		}
	}
	return nil
}

// checkFieldMapping: @refersTo on fields.
func (c *checker) checkFieldMapping(_ *ast.Definition, f *ast.FieldDefinition) {
	if d := f.Directives.ForName("refersTo"); d != nil {
		c.report("M004", d.Position, "@refersTo needs a SQL data source, and this API stores its data in DynamoDB: remove it")
	}
}

// checkExtensionDirectives: what the transformer does in extensions. On the
// extension itself it does nothing, on fields of the root types a little.
func (c *checker) checkExtensionDirectives() {
	for _, e := range c.doc.Extensions {
		if e.Kind != ast.Object {
			continue
		}
		for _, d := range e.Directives {
			if c.transforms(d.Name) {
				c.report("E001", d.Position, "@%s cannot be on extend type: move it to type %s", d.Name, e.Name)
			}
		}
		root := usualRoots[e.Name]
		for _, f := range e.Fields {
			for _, d := range f.Directives {
				switch {
				case !c.transforms(d.Name):
				case !root:
					c.report("E002", d.Position, "@%s cannot be in extend type %s: move the field to type %s", d.Name, e.Name, e.Name)
				case d.Name != "auth" && d.Name != "function" && d.Name != "http":
					c.report("E002", d.Position, "@%s cannot be in extend type %s: only @auth, @function and @http can", d.Name, e.Name)
				}
			}
			if root {
				c.checkExtendedField(e, f)
			}
		}
	}
}

// checkExtendedField runs the rules of the directives that may be in an
// extension of a root type.
func (c *checker) checkExtendedField(e *ast.Definition, f *ast.FieldDefinition) {
	c.checkFieldAuth(e, f)
	c.checkFunction(e, f)
	c.checkHTTP(e, f)
	c.checkFieldRuntimeModes(e, f)
}

// transforms reports whether the directive is one that the transformer acts
// on. Those of AppSync and @deprecated pass through.
func (c *checker) transforms(name string) bool {
	_, runtime := runtimeDirectives[name]
	return c.vocab.directives[name] != nil && !runtime && name != "aws_subscribe" && name != "deprecated"
}

// checkSandbox: the input AMPLIFY opens every model to the API key.
func (c *checker) checkSandbox() {
	t := c.types["AMPLIFY"]
	if t == nil || t.Kind != ast.InputObject {
		return
	}
	f := findField(t, "globalAuthRule")
	if f == nil {
		f = findField(t, "global_auth_rule")
	}
	if f == nil {
		c.report("B001", t.Position, "Amplify's command line accepts AMPLIFY only with globalAuthRule: AuthRule = { allow: public }")
		return
	}
	if v := f.DefaultValue; v == nil || v.Kind != ast.ObjectValue || len(v.Children) == 0 || v.Children[0].Name != "allow" || text(v.Children[0].Value) != "public" {
		c.report("B002", f.Position, "Amplify's command line accepts only { allow: public } as the global rule")
	}
	if !c.cfg.has(APIKey) {
		c.reportFix("B003", f.Position, Fix{AddMode: APIKey}, "the global rule opens the API to its key, and the authorization mode API key is not configured: add it")
	}
}

// checkModelsWithoutAuth: such models can be reached by nobody but IAM roles
// with access to everything.
func (c *checker) checkModelsWithoutAuth() {
	if c.types["AMPLIFY"] != nil {
		return
	}
	for _, t := range c.models {
		if !has(t.Directives, "auth") && !hasFieldAuth(t) {
			c.report("A021", t.Position, "%s has no @auth, so no client can read or write it: add rules, unless that is meant", t.Name)
		}
	}
}
