package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// checkReferences: the rules of relations by references. There the fields of
// the belonging side hold the primary key of the other side.
func (c *checker) checkReferences(r relation, refs *ast.Value) {
	if f := given(r.Directive, "fields"); f != nil {
		c.report("R004", f.Position, "@%s has either fields or references: remove one", r.Name)
		return
	}
	if i := argument(r.Directive, "indexName"); text(i) != "" {
		c.report("R004", i.Position, "indexName does not go with references: remove it, or set overrideIndexName on the @belongsTo")
		return
	}
	if len(elements(refs)) == 0 {
		c.report("R004", refs.Position, "the list of references is empty: name the fields that hold the key")
		return
	}
	primary, holder := r.owner, r.target
	if r.Name == "belongsTo" {
		primary, holder = r.target, r.owner
	}
	key := primaryKeyParts(primary)
	if _, d := primaryKey(primary); d != nil {
		if v := argument(d, "sortKeyFields"); v != nil && v.Kind != ast.ListValue {
			c.report("K017", v.Position, "a relation to %s needs sortKeyFields as a list: write %s", primary.Name, asList(v))
			return
		}
	}
	if len(key) != len(elements(refs)) {
		c.report("R012", refs.Position, "the primary key of %s has %s, and references names %d: name one for each", primary.Name, countOf(len(key), "field"), len(elements(refs)))
		return
	}
	c.checkReferenceNullability(r)
	fields, ok := c.relationFields(holder, refs)
	if !ok {
		return
	}
	c.checkReferenceTypes(r, refs, fields, primary, key)
	c.checkOtherSide(r, refs)
}

// checkReferenceNullability: the field of the relation is optional.
func (c *checker) checkReferenceNullability(r relation) {
	t := r.field.Type
	if t.NonNull || t.Elem != nil && t.Elem.NonNull {
		c.report("R013", t.Position, "a relation by references cannot be required: remove the ! from %s", t)
	}
}

// checkReferenceTypes: each reference has the type of its part of the key, and
// either all of them are required or none.
func (c *checker) checkReferenceTypes(r relation, refs *ast.Value, fields []*ast.FieldDefinition, primary *ast.Definition, key []keyPart) {
	values := elements(refs)
	for i, f := range fields {
		switch {
		case isList(f.Type):
			c.report("R006", values[i].Position, "%s is a list, so it cannot hold a key: expected a single scalar or enum", f.Name)
		case key[i].typ != "" && !sameKeyType(f.Type.Name(), key[i].typ):
			c.report("R008", values[i].Position, "%s is %s, but the key %s.%s is %s: make them the same", f.Name, f.Type.Name(), primary.Name, key[i].name, key[i].typ)
		}
		if i > 0 && f.Type.NonNull != fields[0].Type.NonNull && r.Name != "belongsTo" {
			c.report("R014", values[i].Position, "%s and %s hold one key: make both required or both optional", fields[0].Name, f.Name)
		}
	}
}

// sameKeyType compares types as references do: ID and String are alike.
func sameKeyType(a, b string) bool {
	isText := func(s string) bool { return s == "ID" || s == "String" }
	return a == b || isText(a) && isText(b)
}

// checkOtherSide: the other model has the matching relation with the same
// references, and no relation back without any.
func (c *checker) checkOtherSide(r relation, refs *ast.Value) {
	want := []string{"belongsTo"}
	if r.Name == "belongsTo" {
		want = []string{"hasOne", "hasMany"}
	}
	matched := false
	for _, f := range r.target.Fields {
		d := firstOf(f.Directives, want)
		if d == nil || f.Type.Name() != r.owner.Name {
			continue
		}
		other := argument(d, "references")
		if other == nil {
			c.report("R015", d.Position, "@%s on %s.%s lacks references, but @%s on %s.%s has them: use references on both sides",
				d.Name, r.target.Name, f.Name, r.Name, r.owner.Name, r.field.Name)
			return
		}
		matched = matched || strings.Join(texts(other), ",") == strings.Join(texts(refs), ",")
	}
	if !matched {
		c.report("R015", r.Position, "%s has no @%s that leads to %s with the same references: add one", r.target.Name, strings.Join(want, " or @"), r.owner.Name)
	}
}

func firstOf(directives ast.DirectiveList, names []string) *ast.Directive {
	for _, d := range directives {
		for _, name := range names {
			if d.Name == name {
				return d
			}
		}
	}
	return nil
}
