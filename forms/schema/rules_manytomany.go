package schema

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// manyToMany is one use of a relation name.
type manyToMany struct {
	relation
	name *ast.Value
}

// joins are the relations of @manyToMany by the name of the type that the
// transformer makes of them, in the order of their first use.
type joins struct {
	names []string
	uses  map[string][]manyToMany
}

func (s *Schema) manyToMany() joins {
	j := joins{uses: make(map[string][]manyToMany)}
	for _, t := range s.models {
		for _, f := range t.Fields {
			for _, d := range f.Directives {
				v := argument(d, "relationName")
				if d.Name != "manyToMany" || v == nil {
					continue
				}
				name := joinName(text(v))
				if j.uses[name] == nil {
					j.names = append(j.names, name)
				}
				j.uses[name] = append(j.uses[name], manyToMany{relation{d, t, f, s.types[f.Type.Name()]}, v})
			}
		}
	}
	return j
}

var notInNames = regexp.MustCompile(`^[^_A-Za-z]+|[^_0-9A-Za-z]`)

// joinName is the type that a relation name becomes.
func joinName(relation string) string {
	return notInNames.ReplaceAllString(upperFirst(relation), "")
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// checkManyToMany: each relation name is used on exactly two fields, which
// lead to each other's models, and gives a type of its own.
func (c *checker) checkManyToMany() {
	j := c.Schema.manyToMany()
	for _, name := range j.names {
		uses := j.uses[name]
		first := uses[0]
		switch {
		case name == "":
			c.report("R018", first.name.Position, "%q gives the join type no name: use letters and digits", text(first.name))
			continue
		case c.types[name] != nil:
			c.report("R018", first.name.Position, "the relation needs the type name %s, which the schema has already: choose another relationName", name)
		case len(uses) == 1:
			c.report("R016", first.name.Position, "the relation %s is used once: the field of %s that leads back needs the same relationName%s",
				text(first.name), first.field.Type.Name(), c.didYouMean(text(first.name), func() []string { return relationNames(j, name) }))
			continue
		case len(uses) > 2:
			c.report("R016", uses[2].name.Position, "the relation %s is used %s: expected exactly two, one on each side", text(first.name), countOf(len(uses), "time"))
			continue
		}
		if len(uses) == 2 {
			c.checkCrossing(first, uses[1])
			c.checkJoinKey(first)
			c.checkJoinKey(uses[1])
		}
	}
}

func relationNames(j joins, except string) []string {
	var out []string
	for _, name := range j.names {
		if name != except {
			out = append(out, text(j.uses[name][0].name))
		}
	}
	return out
}

// checkCrossing: each side leads to the model of the other, and they differ.
func (c *checker) checkCrossing(a, b manyToMany) {
	if !isModel(a.target) || !isModel(b.target) {
		return // reported with the ends of the relation
	}
	switch {
	case a.target != b.owner:
		c.report("R017", b.name.Position, "the other side of this relation, %s.%s, leads to %s and not to %s", a.owner.Name, a.field.Name, a.target.Name, b.owner.Name)
	case b.target != a.owner:
		c.report("R017", b.field.Type.Position, "the other side of this relation is on %s, so this field must lead to [%s]", a.owner.Name, a.owner.Name)
	case a.owner == b.owner:
		c.report("R021", b.name.Position, "%s cannot have a @manyToMany with itself: make a model for the relation, with two @belongsTo", a.owner.Name)
	}
}

// checkJoinKey: the join type stores the keys of both models, and can do so
// for scalars alone.
func (c *checker) checkJoinKey(m manyToMany) {
	parts := primaryKeyParts(m.owner)
	if key, _ := primaryKey(m.owner); key == nil {
		if id := findField(m.owner, "id"); id != nil {
			parts[0].typ = id.Type.Name()
		}
	}
	if _, d := primaryKey(m.owner); d != nil {
		sort := argument(d, "sortKeyFields")
		protected := has(m.owner.Directives, "auth") || hasFieldAuth(m.owner)
		if sort != nil && sort.Kind != ast.ListValue && (protected || sort.Kind == ast.StringValue && sort.Raw == "") {
			c.report("K017", sort.Position, "a relation from %s needs sortKeyFields as a list: write %s", m.owner.Name, asList(sort))
		}
	}
	for _, p := range parts {
		if f := findField(m.owner, p.name); f != nil && (p.typ == "Boolean" || !c.vocab.storable(p.typ)) {
			c.report("R022", f.Type.Position, "%s.%s is %s, but @manyToMany on %s.%s needs a key that is a scalar: use ID or String",
				m.owner.Name, f.Name, p.typ, m.owner.Name, m.field.Name)
		}
	}
}

func countOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return strconv.Itoa(n) + " " + what
}
