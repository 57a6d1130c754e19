package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// checkPrimaryKey: the rules of @primaryKey.
func (c *checker) checkPrimaryKey(t *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("primaryKey")
	if d == nil {
		return
	}
	if !isModel(t) {
		c.report("K001", d.Position, "@primaryKey needs a model, and %s has no @model", t.Name)
		return
	}
	for _, other := range t.Fields {
		if other == f {
			break
		}
		if has(other.Directives, "primaryKey") {
			c.report("K002", d.Position, "%s has a primary key already, %s: for a second part of the key use sortKeyFields", t.Name, other.Name)
		}
	}
	c.checkKeyField(t, f, f.Type.Position, "the primary key")
	c.checkBooleanKey(t, f, f.Type.Position)
	if !f.Type.NonNull {
		c.report("K005", f.Type.Position, "the primary key %s.%s must be required: write %s!", t.Name, f.Name, f.Type)
	}
	for _, v := range elements(given(d, "sortKeyFields")) {
		c.checkSortField(t, f, v, true)
		c.checkOwnerSortField(t, v)
	}
}

// checkKeyField: what goes into a key is one value that can be stored.
func (c *checker) checkKeyField(t *ast.Definition, f *ast.FieldDefinition, at *ast.Position, what string) {
	switch {
	case isList(f.Type):
		c.report("K003", at, "%s.%s is a list, so it cannot be %s: expected a single scalar or enum", t.Name, f.Name, what)
	case !c.scalarOrEnum(f.Type.NamedType):
		c.report("K003", at, "%s.%s is %s, so it cannot be %s: expected a scalar of Amplify's or an enum", t.Name, f.Name, f.Type.NamedType, what)
	}
}

// scalarOrEnum reports whether a type can be part of a key: a scalar that is
// built in, or an enum. Scalars that the schema declares cannot.
func (c *checker) scalarOrEnum(name string) bool {
	if t := c.types[name]; t != nil && t.Kind == ast.Enum {
		return true
	}
	return c.vocab.storable(name)
}

// checkSortField: a field named in sortKeyFields exists, fits a key, and is
// not the field that carries the directive.
func (c *checker) checkSortField(t *ast.Definition, f *ast.FieldDefinition, v *ast.Value, primary bool) {
	name := text(v)
	if name == f.Name {
		c.report("K006", v.Position, "%s is the field of the key itself, so it cannot be its sort key too", name)
		return
	}
	sort := findField(t, name)
	if sort == nil {
		c.report("K007", v.Position, "%s has no field %s%s", t.Name, name, c.didYouMean(name, fieldsOf(t)))
		return
	}
	c.checkKeyField(t, sort, v.Position, "a sort key")
	if primary && !sort.Type.NonNull {
		c.report("K005", v.Position, "%s.%s must be required to be part of the primary key: write %s!", t.Name, name, sort.Type)
	}
	c.checkBooleanKey(t, sort, v.Position)
}

// checkBooleanKey: DynamoDB has no Boolean keys.
func (c *checker) checkBooleanKey(t *ast.Definition, f *ast.FieldDefinition, at *ast.Position) {
	if f.Type.NamedType == "Boolean" {
		c.report("K004", at, "%s.%s is Boolean, which cannot be part of a key: use an enum or String", t.Name, f.Name)
	}
}

// checkOwnerSortField: the owner is stored in a form that cannot be compared
// with a sort key.
func (c *checker) checkOwnerSortField(t *ast.Definition, v *ast.Value) {
	d := t.Directives.ForName("auth")
	if d == nil {
		return
	}
	for _, r := range authRules(d) {
		claim := r.identityClaim
		if member(r.value, "identityClaim") == nil {
			claim = "sub::username"
		}
		field := "owner"
		if r.hasOwnerField {
			field = r.ownerField
		}
		if r.allow == "owner" && len(strings.Split(claim, "::")) > 1 && field == text(v) {
			c.report("K008", v.Position, "%s holds the owner of %s, so it cannot be part of the primary key: sort by another field", field, t.Name)
			return
		}
	}
}

// isIndexName reports whether DynamoDB takes the name for an index.
func isIndexName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) && s[i] != '.' && s[i] != '-' {
			return false
		}
	}
	return len(s) >= 3 && len(s) <= 255
}

// checkIndexes: the rules of @index, which can be on a field several times.
func (c *checker) checkIndexes(t *ast.Definition, f *ast.FieldDefinition) {
	for _, d := range f.Directives {
		if d.Name != "index" {
			continue
		}
		if !isModel(t) {
			c.report("K001", d.Position, "@index needs a model, and %s has no @model", t.Name)
			continue
		}
		c.checkIndexName(t, d)
		if q := argument(d, "queryField"); strings.Contains(text(q), ":") && (has(t.Directives, "auth") || hasFieldAuth(t)) {
			c.report("K009", q.Position, "%q cannot name a query: expected letters, digits and _", text(q))
		}
		c.checkKeyField(t, f, f.Type.Position, "the key of an index")
		c.checkBooleanKey(t, f, f.Type.Position)
		for _, v := range elements(given(d, "sortKeyFields")) {
			c.checkSortField(t, f, v, false)
		}
		c.checkLocalIndex(t, f, d)
		c.checkProjection(t, d)
	}
}

func (c *checker) checkIndexName(t *ast.Definition, d *ast.Directive) {
	v := argument(d, "name")
	name := text(v)
	switch {
	case isNull(v):
		c.report("K009", v.Position, "the name of an index cannot be null: leave it out to get a generated one")
		return
	case name == "":
		return
	case !isIndexName(name):
		c.report("K009", v.Position, "%q cannot name an index: expected 3 to 255 of A-Z, a-z, 0-9, _, - and .", name)
	}
	for _, f := range t.Fields {
		for _, other := range f.Directives {
			if other == d {
				return
			}
			if other.Name == "index" && text(argument(other, "name")) == name {
				c.report("K010", v.Position, "%s has an index %s already: choose another name", t.Name, name)
				return
			}
		}
	}
}

// checkLocalIndex: an index on the field of the primary key lives in the same
// partition, so the primary key needs a sort key.
func (c *checker) checkLocalIndex(t *ast.Definition, f *ast.FieldDefinition, d *ast.Directive) {
	primary := f.Directives.ForName("primaryKey")
	if primary == nil {
		return
	}
	sort := argument(primary, "sortKeyFields")
	if sort == nil || sort.Kind != ast.ListValue || len(sort.Children) == 0 {
		c.report("K011", d.Position, "%s.%s is the whole primary key, so an index on it adds nothing: give @primaryKey sortKeyFields, or index another field", t.Name, f.Name)
	}
}

// checkProjection: what an index carries besides its keys.
func (c *checker) checkProjection(t *ast.Definition, d *ast.Directive) {
	v := argument(d, "projection")
	if v == nil || v.Kind != ast.ObjectValue {
		return
	}
	names := elements(member(v, "nonKeyAttributes"))
	kind := text(member(v, "type"))
	switch {
	case kind == "INCLUDE" && len(names) == 0:
		c.report("K012", v.Position, "a projection of type INCLUDE names the fields it carries: add nonKeyAttributes")
	case kind != "INCLUDE" && len(names) > 0:
		c.report("K013", v.Position, "nonKeyAttributes belongs to a projection of type INCLUDE: change the type, or remove it")
	}
	for _, n := range names {
		if findField(t, text(n)) == nil && !implicitField(text(n)) {
			c.report("K014", n.Position, "%s has no field %s%s", t.Name, text(n), c.didYouMean(text(n), fieldsOf(t)))
		}
	}
}

// implicitField reports whether models have a field of that name without
// declaring it.
func implicitField(name string) bool {
	return name == "id" || name == "createdAt" || name == "updatedAt" || name == "owner"
}

func fieldNames(t *ast.Definition) []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Name
	}
	return names
}

// maxIndexes is DynamoDB's default quota of global secondary indexes.
const maxIndexes = 20

// checkIndexCount: a table has at most 20 global secondary indexes.
func (c *checker) checkIndexCount(t *ast.Definition) {
	if !isModel(t) {
		return
	}
	n := 0
	for _, f := range t.Fields {
		for _, d := range f.Directives {
			if d.Name != "index" {
				continue
			}
			if n++; n == maxIndexes+1 {
				c.report("K015", d.Position, "%s has more than %d indexes: DynamoDB allows %d unless AWS raised the quota", t.Name, maxIndexes, maxIndexes)
			}
		}
	}
}
