package schema

import "github.com/vektah/gqlparser/v2/ast"

// relation is a directive that relates a field's model to another.
type relation struct {
	*ast.Directive
	owner  *ast.Definition
	field  *ast.FieldDefinition
	target *ast.Definition
}

// isRelation reports whether the directive relates two models.
func isRelation(name string) bool {
	switch name {
	case "hasOne", "hasMany", "belongsTo", "manyToMany":
		return true
	}
	return false
}

// checkRelations: the rules of @hasOne, @hasMany and @belongsTo, and what
// @manyToMany shares with them.
func (c *checker) checkRelations(t *ast.Definition, f *ast.FieldDefinition) {
	var first *ast.Directive
	for _, d := range f.Directives {
		if !isRelation(d.Name) {
			continue
		}
		if first != nil && first.Name != d.Name {
			c.report("R019", d.Position, "%s.%s has @%s already: a field is one relation", t.Name, f.Name, first.Name)
		}
		first = d
		r := relation{d, t, f, c.types[f.Type.Name()]}
		if !c.checkEnds(r) || d.Name == "manyToMany" {
			continue
		}
		if v := given(d, "references"); v != nil {
			c.checkReferences(r, v)
		} else {
			c.checkRelationFields(r)
		}
		c.checkOwnSortKey(r)
		c.checkMutualRelation(r)
	}
	if first == nil {
		c.checkPlainModelField(t, f)
	}
}

// checkEnds: both ends of a relation are models, and the field is a list when
// the relation leads to many.
func (c *checker) checkEnds(r relation) bool {
	fine := true
	if !isModel(r.owner) {
		c.report("R001", r.Position, "@%s relates models, and %s has no @model", r.Name, r.owner.Name)
		fine = false
	}
	switch many := r.Name == "hasMany" || r.Name == "manyToMany"; {
	case many && !isList(r.field.Type):
		c.report("R002", r.field.Type.Position, "@%s leads to many: write [%s], or use @hasOne", r.Name, r.field.Type.Name())
		fine = false
	case !many && isList(r.field.Type):
		c.report("R002", r.field.Type.Position, "@%s leads to one: write %s, or use @hasMany", r.Name, r.field.Type.Name())
		fine = false
	}
	if name := r.field.Type.Name(); !isModel(r.target) {
		if c.known(name) {
			c.report("R003", r.field.Type.Position, "@%s leads to %s, which is no model: expected a type with @model", r.Name, name)
		}
		fine = false
	}
	return fine
}

// checkRelationFields: a relation by fields, or by the fields that the
// transformer adds.
func (c *checker) checkRelationFields(r relation) {
	if v := argument(r.Directive, "overrideIndexName"); v != nil && text(v) != "" {
		c.report("R004", v.Position, "overrideIndexName belongs to a relation by references: add references, or remove it")
	}
	fields := given(r.Directive, "fields")
	if fields != nil && fields.Kind == ast.ListValue && len(fields.Children) == 0 {
		c.report("R004", fields.Position, "the list of fields is empty: name the fields that hold the key, or remove it")
		return
	}
	named, ok := c.relationFields(r.owner, fields)
	key, found := c.targetKey(r)
	if ok && found {
		c.compareKeys(r, fields, named, key)
	}
	if r.Name == "belongsTo" && c.reverse(r) == nil {
		c.report("R010", r.Position, "%s has no @hasOne or @hasMany that leads to %s: add one, or use @hasOne here", r.target.Name, r.owner.Name)
	}
	c.checkTargetSortKey(r, len(named) > 0)
}

// relationFields finds the fields that a relation names. They must be
// declared, even id.
func (c *checker) relationFields(t *ast.Definition, v *ast.Value) ([]*ast.FieldDefinition, bool) {
	var out []*ast.FieldDefinition
	ok := true
	for _, e := range elements(v) {
		f := findField(t, text(e))
		switch {
		case f == nil && text(e) == "id":
			c.report("R005", e.Position, "%s does not declare id: add id: ID!", t.Name)
		case f == nil:
			c.report("R005", e.Position, "%s has no field %s%s", t.Name, text(e), c.didYouMean(text(e), fieldsOf(t)))
		case !c.scalarOrEnum(f.Type.Name()):
			c.report("R006", e.Position, "%s.%s is %s, so it cannot hold a key: expected a scalar or enum", t.Name, f.Name, f.Type)
		default:
			out = append(out, f)
			continue
		}
		ok = false
	}
	return out, ok
}

// targetKey is the key that the fields of a relation have to match: the index
// that is named, or else the primary key of the target.
func (c *checker) targetKey(r relation) ([]keyPart, bool) {
	if v := argument(r.Directive, "indexName"); r.Name == "hasMany" && text(v) != "" {
		f, d := namedIndex(r.target, text(v))
		if f == nil {
			c.report("R007", v.Position, "%s has no index %s%s", r.target.Name, text(v), expectedIndex(text(v), indexNames(r.target)))
			return nil, false
		}
		return keyParts(r.target, f, d), true
	}
	if f, d := primaryKey(r.target); f != nil {
		return keyParts(r.target, f, d), true
	}
	if id := findField(r.target, "id"); id != nil {
		return []keyPart{{"id", id.Type.Name()}}, true
	}
	return []keyPart{{"id", "ID"}}, true
}

func expectedIndex(name string, known []string) string {
	if len(known) == 0 {
		return ": add @index(name: \"" + name + "\") to the field that holds the key"
	}
	return expected(name, known)
}

// compareKeys: the fields have the types of the key, and are either its first
// part or all of it.
func (c *checker) compareKeys(r relation, v *ast.Value, named []*ast.FieldDefinition, key []keyPart) {
	for i, f := range named {
		if i == 1 && len(named) != len(key) {
			c.report("R009", v.Position, "the key of %s has %d sort fields and %d are given: name all of them or none", r.target.Name, len(key)-1, len(named)-1)
			return
		}
		if i < len(key) && key[i].typ != "" && f.Type.Name() != key[i].typ {
			c.report("R008", elements(v)[i].Position, "%s.%s is %s, but the key %s.%s is %s: make them the same", r.owner.Name, f.Name, f.Type.Name(), r.target.Name, key[i].name, key[i].typ)
		}
	}
}

// reverse is the first @hasOne or @hasMany of the target that leads back.
func (c *checker) reverse(r relation) *ast.Directive {
	for _, f := range r.target.Fields {
		if f.Type.Name() != r.owner.Name {
			continue
		}
		for _, d := range f.Directives {
			if d.Name == "hasOne" || d.Name == "hasMany" {
				return d
			}
		}
	}
	return nil
}

// checkTargetSortKey: where a relation copies the key of its target, the
// transformer reads sortKeyFields only when they are a list.
func (c *checker) checkTargetSortKey(r relation, byFields bool) {
	_, d := primaryKey(r.target)
	if d == nil {
		return
	}
	sort := argument(d, "sortKeyFields")
	if sort == nil || sort.Kind == ast.ListValue {
		return
	}
	back := c.reverse(r)
	copies := r.Name == "hasOne" && !byFields || r.Name == "belongsTo" && (!byFields || back != nil && back.Name == "hasMany")
	if copies {
		c.report("K017", sort.Position, "a relation to %s needs sortKeyFields as a list: write %s", r.target.Name, asList(sort))
	}
}

// checkOwnSortKey: where a model has rules, the sort key of the model that a
// relation starts from is read in the same way, for the fields that it adds.
func (c *checker) checkOwnSortKey(r relation) {
	_, d := primaryKey(r.owner)
	if d == nil {
		return
	}
	sort := argument(d, "sortKeyFields")
	if sort == nil || sort.Kind == ast.ListValue {
		return
	}
	back := c.reverse(r)
	one := r.Name == "hasOne" || r.Name == "belongsTo" && back != nil && back.Name == "hasOne"
	if one && argument(r.Directive, "fields") == nil && c.writesProtected(r.owner) || r.Name == "hasMany" && c.writesProtected(r.target) {
		c.report("K017", sort.Position, "a relation from %s needs sortKeyFields as a list: write %s", r.owner.Name, asList(sort))
	}
}

// writesProtected reports whether a model has rules for mutations that take
// its fields.
func (c *checker) writesProtected(t *ast.Definition) bool {
	return (has(t.Directives, "auth") || hasFieldAuth(t)) && c.makes(t, "create", "update")
}

// checkMutualRelation: DataStore cannot follow two models that each have the
// other.
func (c *checker) checkMutualRelation(r relation) {
	if !c.cfg.ConflictResolution || r.Name == "belongsTo" || r.owner == r.target {
		return
	}
	if c.reverse(r) != nil {
		c.report("R011", r.Position, "%s and %s have each other, which DataStore cannot follow: use @belongsTo on one side", r.owner.Name, r.target.Name)
	}
}

// checkPlainModelField: a field of a model's type without a relation has no
// resolver.
func (c *checker) checkPlainModelField(t *ast.Definition, f *ast.FieldDefinition) {
	if !isModel(t) || !isModel(c.types[f.Type.Name()]) || hasResolver(f) {
		return
	}
	c.report("R020", f.Type.Position, "%s.%s leads to the model %s without a relation, so it is always null: add @hasOne, @hasMany or @belongsTo", t.Name, f.Name, f.Type.Name())
}

// hasResolver reports whether a directive other than a relation fills the
// field.
func hasResolver(f *ast.FieldDefinition) bool {
	for _, name := range []string{"function", "http", "sql", "predictions"} {
		if has(f.Directives, name) {
			return true
		}
	}
	return false
}

// asList is how a value would be written in a list.
func asList(v *ast.Value) string {
	if isNull(v) {
		return "[]"
	}
	return "[" + v.String() + "]"
}
