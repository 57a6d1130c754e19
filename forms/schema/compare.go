package schema

import (
	"fmt"
	"sort"

	"github.com/vektah/gqlparser/v2/ast"
)

// Risk says what a difference between two schemas can cost.
type Risk int

const (
	// Safe: nothing that works now stops working.
	Safe Risk = iota
	// Caution: who may do what changes, or the deployment takes several steps.
	Caution
	// Breaking: clients that rely on the deployed schema may fail.
	Breaking
	// Destructive: a table and its data go, or the deployment is refused to
	// keep them.
	Destructive
)

// String is "safe", "caution", "breaking" or "destructive".
func (r Risk) String() string {
	switch r {
	case Safe:
		return "safe"
	case Caution:
		return "caution"
	case Breaking:
		return "breaking"
	case Destructive:
		return "destructive"
	}
	return fmt.Sprintf("Risk(%d)", int(r))
}

// A Difference is one way in which two schemas differ in meaning.
type Difference struct {
	// Symbol is "+" for what is new, "-" for what is gone, "~" for a change.
	Symbol string
	// Path names what differs, such as "model Note.title".
	Path string
	// Message is a sentence without a period at its end.
	Message string
	Risk    Risk
	// File, Line, Column, Length and TextLine are the place in the new schema,
	// as in [Problem]. For what is gone they are the place of what held it, and
	// zero when that is gone too.
	File                           string
	Line, Column, Length, TextLine int
}

// String is the form of a change log: "~ model Note.title: sentence [risk]".
func (d Difference) String() string {
	return fmt.Sprintf("%s %s: %s [%s]", d.Symbol, d.Path, d.Message, d.Risk)
}

// WorstRisk is the highest risk among the differences, and Safe without any.
func WorstRisk(differences []Difference) Risk {
	worst := Safe
	for _, d := range differences {
		worst = max(worst, d.Risk)
	}
	return worst
}

// Compare lists what changes in meaning from one schema to another. Types are
// matched by name, and models also by the table that @mapsTo gives them.
// Spaces, comments, descriptions and order make no difference. The result is
// in the order of the new schema; what has no place in it comes last. It is
// empty when either schema has syntax errors.
func Compare(deployed, wanted *Schema) []Difference {
	if !deployed.Valid() || !wanted.Valid() || deployed.source.text == wanted.source.text {
		return nil
	}
	c := &comparison{old: deployed, new: wanted, oldRelations: deployed.relationsTo(), newRelations: wanted.relationsTo()}
	c.compareRoots()
	c.compareTypes()
	c.compareSandbox()
	sort.SliceStable(c.out, func(i, j int) bool {
		a, b := c.out[i], c.out[j]
		if (a.TextLine == 0) != (b.TextLine == 0) {
			return b.TextLine == 0
		}
		if a.TextLine != b.TextLine {
			return a.TextLine < b.TextLine
		}
		return a.Column < b.Column
	})
	return c.out
}

// comparison gathers the differences of two schemas.
type comparison struct {
	old, new *Schema
	out      []Difference
	// oldRelations and newRelations are those of [Schema.relationsTo].
	oldRelations, newRelations map[string][]relation
	// oldTables are the old models by the name of their table.
	oldTables map[string]*ast.Definition
}

// note adds a difference at a place in the new schema, or at none.
func (c *comparison) note(symbol string, risk Risk, at *ast.Position, path, format string, args ...any) {
	d := Difference{Symbol: symbol, Path: path, Message: fmt.Sprintf(format, args...), Risk: risk}
	if at != nil {
		p := c.new.source.problemAt(at, "", Info, "")
		d.File, d.Line, d.Column, d.Length, d.TextLine = p.File, p.Line, p.Column, p.Length, p.TextLine
	}
	c.out = append(c.out, d)
}

// pair is a type that both schemas have, under one name or two.
type pair struct {
	old, new *ast.Definition
	path     string // such as "model Note"
}

func (c *comparison) compareRoots() {
	before, after := c.old.operationRoots(), c.new.operationRoots()
	if before != after && len(c.new.doc.Schema) > 0 {
		c.note("~", Breaking, c.new.doc.Schema[0].Position, "schema", "the types that hold the operations change")
	}
}

// compareTypes matches the types of both schemas and compares each pair.
func (c *comparison) compareTypes() {
	matched := make(map[string]bool) // names of the old schema
	var added []*ast.Definition
	for _, t := range c.new.unique() {
		old := c.old.types[t.Name]
		if old == nil {
			old = c.formerModel(t)
		}
		if old == nil {
			added = append(added, t)
			continue
		}
		matched[old.Name] = true
		c.comparePair(pair{c.old.whole(old), c.new.whole(t), typePath(t)})
	}
	var removed []*ast.Definition
	for _, t := range c.old.unique() {
		if !matched[t.Name] {
			removed = append(removed, t)
		}
	}
	if len(added)*len(removed) > maxRenamePairs {
		c.noteAddedAll(added, nil)
	} else {
		c.noteAddedAll(added, removed)
	}
	for _, t := range removed {
		c.noteRemoved(t)
	}
}

// unique are the definitions of a schema, one for each name.
func (s *Schema) unique() []*ast.Definition {
	var out []*ast.Definition
	for _, t := range s.doc.Definitions {
		if s.types[t.Name] == t && t.Name != "AMPLIFY" {
			out = append(out, t)
		}
	}
	return out
}

// whole is a type together with its extensions.
func (s *Schema) whole(t *ast.Definition) *ast.Definition {
	merged := t
	for _, e := range s.extensions[t.Name] {
		if e.Kind != t.Kind {
			continue
		}
		if merged == t {
			clone := *t
			merged = &clone
			merged.Fields = append(ast.FieldList(nil), t.Fields...)
			merged.EnumValues = append(ast.EnumValueList(nil), t.EnumValues...)
			merged.Types = append([]string(nil), t.Types...)
			merged.Interfaces = append([]string(nil), t.Interfaces...)
		}
		merged.Fields = append(merged.Fields, e.Fields...)
		merged.EnumValues = append(merged.EnumValues, e.EnumValues...)
		merged.Types = append(merged.Types, e.Types...)
		merged.Interfaces = append(merged.Interfaces, e.Interfaces...)
	}
	return merged
}

// formerModel is the old model whose table a new model takes over.
func (c *comparison) formerModel(t *ast.Definition) *ast.Definition {
	if !isModel(t) || tableOf(t) == t.Name {
		return nil
	}
	if c.oldTables == nil {
		c.oldTables = make(map[string]*ast.Definition)
		for _, old := range c.old.models {
			c.oldTables[tableOf(old)] = old
		}
	}
	if old := c.oldTables[tableOf(t)]; old != nil && c.new.types[old.Name] == nil {
		return old
	}
	return nil
}

// tableOf is the name that a model's table has.
func tableOf(t *ast.Definition) string {
	if d := t.Directives.ForName("mapsTo"); d != nil {
		if name := text(argument(d, "name")); name != "" {
			return name
		}
	}
	return t.Name
}

// typePath names a type for the user.
func typePath(t *ast.Definition) string {
	switch {
	case isModel(t):
		return "model " + t.Name
	case t.Kind == ast.InputObject:
		return "input " + t.Name
	case t.Kind == ast.Enum, t.Kind == ast.Interface, t.Kind == ast.Union, t.Kind == ast.Scalar:
		return kindWord(t.Kind) + " " + t.Name
	}
	return "type " + t.Name
}

func kindWord(k ast.DefinitionKind) string {
	return map[ast.DefinitionKind]string{ast.Enum: "enum", ast.Interface: "interface", ast.Union: "union", ast.Scalar: "scalar"}[k]
}

func (c *comparison) noteRemoved(t *ast.Definition) {
	if isModel(t) {
		c.note("-", Destructive, nil, typePath(t), "is gone: its table and all its data go with it")
		return
	}
	c.note("-", Breaking, nil, typePath(t), "is gone: clients that use it fail")
}

// compareSandbox: the global rule of the sandbox comes or goes.
func (c *comparison) compareSandbox() {
	before, after := c.old.types["AMPLIFY"], c.new.types["AMPLIFY"]
	switch {
	case before == nil && after != nil:
		c.note("+", Caution, after.Position, "input AMPLIFY", "the sandbox opens every model to the API key")
	case before != nil && after == nil:
		c.note("-", Caution, nil, "input AMPLIFY", "the sandbox ends: models without rules are closed")
	}
}
