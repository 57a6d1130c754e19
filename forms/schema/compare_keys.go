package schema

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// tableIndex is a secondary index of a model's table.
type tableIndex struct {
	name       string
	key        string // fields with the types DynamoDB stores, such as "postID S, createdAt S"
	projection string
	local      bool // shares the partition of the primary key
	at         *ast.Position
}

// compareKeys: the primary key of a table cannot change, its indexes can.
func (c *comparison) compareKeys(p pair) {
	before, after := c.old.storedKey(p.old, primaryKeyNames(p.old)), c.new.storedKey(p.new, primaryKeyNames(p.new))
	if before != after {
		at := p.new.Position
		if f, _ := primaryKey(p.new); f != nil {
			at = f.Position
		}
		c.note("~", Destructive, at, p.path, "the primary key changes from %s to %s: the table has to be made anew, without its data", before, after)
	}
	c.compareIndexes(p)
}

func primaryKeyNames(t *ast.Definition) []string {
	var names []string
	for _, part := range primaryKeyParts(t) {
		names = append(names, part.name)
	}
	return names
}

// storedKey writes a key with the types under which DynamoDB stores its
// fields. Strings, ids, dates and enums are all S.
func (s *Schema) storedKey(t *ast.Definition, names []string) string {
	var parts []string
	for _, name := range names {
		stored := "S"
		if f := findField(t, name); f != nil {
			switch f.Type.Name() {
			case "Int", "Float", "AWSTimestamp", "BigInt", "Double":
				stored = "N"
			}
		}
		parts = append(parts, name+" "+stored)
	}
	return strings.Join(parts, ", ")
}

// compareIndexes: one index can change at a time. Newer projects do several in
// a row by themselves, older ones refuse them.
func (c *comparison) compareIndexes(p pair) {
	before, after := c.old.tableIndexes(p.old, c.oldRelations), c.new.tableIndexes(p.new, c.newRelations)
	changed := 0
	for _, i := range before {
		j, ok := findIndex(after, i.name)
		switch {
		case !ok:
			changed++
			c.note("-", indexRisk(i.local), p.new.Position, p.path, "the index %s on %s is gone%s", i.name, i.key, localHint(i.local))
		case i.key != j.key || i.local != j.local:
			changed++
			c.note("~", indexRisk(i.local || j.local), j.at, p.path, "the index %s changes its key from %s to %s%s", i.name, i.key, j.key, localHint(i.local || j.local))
		case i.projection != j.projection:
			changed++
			c.note("~", indexRisk(j.local), j.at, p.path, "the index %s carries other fields, so it is built anew%s", i.name, localHint(j.local))
		}
	}
	for _, i := range after {
		if _, ok := findIndex(before, i.name); !ok {
			changed++
			risk := Safe
			if i.local {
				risk = Destructive
			}
			c.note("+", risk, i.at, p.path, "the index %s on %s is new%s", i.name, i.key, localHint(i.local))
		}
	}
	if changed > 1 {
		c.note("~", Caution, p.new.Position, p.path, "%d indexes of the table change: they are deployed one after the other, or refused where the project's flag enableIterativeGSIUpdates is off", changed)
	}
}

func indexRisk(local bool) Risk {
	if local {
		return Destructive
	}
	return Caution
}

func localHint(local bool) string {
	if local {
		return ": a local index can only be made together with its table, so the deployment is refused where the project keeps such indexes local"
	}
	return ""
}

func findIndex(list []tableIndex, name string) (tableIndex, bool) {
	for _, i := range list {
		if i.name == name {
			return i, true
		}
	}
	return tableIndex{}, false
}

// tableIndexes lists the indexes of a model: those of @index, and those that
// relations of other models make.
func (s *Schema) tableIndexes(t *ast.Definition, relations map[string][]relation) []tableIndex {
	var out []tableIndex
	partition := primaryKeyParts(t)[0].name
	for _, f := range t.Fields {
		for _, d := range f.Directives {
			if d.Name != "index" {
				continue
			}
			sort := texts(given(d, "sortKeyFields"))
			name := text(argument(d, "name"))
			if name == "" {
				name = indexQuery(t.Name, f.Name, sort)
			}
			out = append(out, tableIndex{
				name: name, at: d.Position, local: f.Name == partition,
				key: s.storedKey(t, append([]string{f.Name}, sort...)), projection: projectionOf(d),
			})
		}
	}
	return append(out, s.relationIndexes(t, relations)...)
}

// relationIndexes are the indexes that @hasMany without indexName, and
// relations by references, put on the table they lead to.
func (s *Schema) relationIndexes(t *ast.Definition, relations map[string][]relation) []tableIndex {
	var out []tableIndex
	for _, r := range relations[t.Name] {
		references := texts(argument(r.Directive, "references"))
		implicit := r.Name == "hasMany" && text(argument(r.Directive, "indexName")) == "" && len(elements(argument(r.Directive, "fields"))) == 0
		if !implicit && !(r.Name == "hasOne" && len(references) > 0) {
			continue
		}
		out = append(out, tableIndex{
			name: fmt.Sprintf("gsi-%s.%s", r.owner.Name, r.field.Name), at: t.Position,
			key: strings.Join(append(references, primaryKeyNames(r.owner)...), ", "),
		})
	}
	return out
}

// relationsTo are the relations of all models by the type they lead to.
func (s *Schema) relationsTo() map[string][]relation {
	out := make(map[string][]relation)
	for _, owner := range s.models {
		for _, f := range owner.Fields {
			for _, d := range f.Directives {
				if isRelation(d.Name) {
					name := f.Type.Name()
					out[name] = append(out[name], relation{d, owner, f, s.types[name]})
				}
			}
		}
	}
	return out
}

func projectionOf(d *ast.Directive) string {
	v := argument(d, "projection")
	names := texts(member(v, "nonKeyAttributes"))
	slices.Sort(names)
	return orElse(text(member(v, "type")), "ALL") + " " + strings.Join(names, " ")
}
