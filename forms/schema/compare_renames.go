package schema

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// maxRenamePairs bounds the search for renamed types. Schemas that differ in
// more are different schemas.
const maxRenamePairs = 10_000

func (c *comparison) noteAddedAll(added, removed []*ast.Definition) {
	for _, t := range added {
		c.noteAdded(t, removed)
	}
}

func (c *comparison) noteAdded(t *ast.Definition, removed []*ast.Definition) {
	if old := likelyFormer(t, removed); old != nil {
		hint := "if it is, clients need the new name"
		if isModel(t) && isModel(old) {
			hint = fmt.Sprintf("if it is, add @mapsTo(name: %q) to keep its table", tableOf(old))
		}
		c.note("+", Safe, t.Position, typePath(t), "is new, and looks like %s renamed: %s", old.Name, hint)
		return
	}
	what := "is new"
	if isModel(t) {
		what = "is new, with a table of its own"
	}
	c.note("+", Safe, t.Position, typePath(t), "%s", what)
}

// likelyFormer is a removed type that has nearly the same fields.
func likelyFormer(t *ast.Definition, removed []*ast.Definition) *ast.Definition {
	for _, old := range removed {
		if old.Kind != t.Kind || isModel(old) != isModel(t) {
			continue
		}
		same, total := 0, max(len(old.Fields)+len(old.EnumValues), len(t.Fields)+len(t.EnumValues))
		for _, f := range old.Fields {
			if g := findField(t, f.Name); g != nil && g.Type.String() == f.Type.String() {
				same++
			}
		}
		for _, v := range old.EnumValues {
			if t.EnumValues.ForName(v.Name) != nil {
				same++
			}
		}
		if total >= 2 && same*10 >= total*8 {
			return old
		}
	}
	return nil
}
