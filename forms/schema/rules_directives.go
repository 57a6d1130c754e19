package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"ampedit/client/suggest"
)

// place is somewhere directives are written.
type place struct {
	location ast.DirectiveLocation
	// owner and member are what carries the directives, for messages.
	owner, member string
	// transformed is true where the transformer itself looks at directives, so
	// that those it has no plugin for stop it.
	transformed bool
}

func (p place) String() string {
	if p.member == "" {
		return p.owner
	}
	return p.owner + "." + p.member
}

var kindLocations = map[ast.DefinitionKind]ast.DirectiveLocation{
	ast.Scalar: ast.LocationScalar, ast.Object: ast.LocationObject, ast.Interface: ast.LocationInterface,
	ast.Union: ast.LocationUnion, ast.Enum: ast.LocationEnum, ast.InputObject: ast.LocationInputObject,
}

// checkDirectiveUses visits every place that can carry directives.
func (c *checker) checkDirectiveUses() {
	own := make(map[string]*ast.DirectiveDefinition, len(c.doc.Directives))
	for _, d := range c.doc.Directives {
		own[d.Name] = d
	}
	u := directiveUses{c, own}
	for _, s := range append(append(ast.SchemaDefinitionList(nil), c.doc.Schema...), c.doc.SchemaExtension...) {
		u.check(s.Directives, place{location: ast.LocationSchema, owner: "the schema block"})
	}
	for _, t := range c.doc.Definitions {
		u.checkType(t, true)
		if c.types[t.Name] == t {
			for _, e := range c.extensions[t.Name] {
				u.checkRepeats(e.Directives, t.Directives)
			}
		}
	}
	for _, e := range c.doc.Extensions {
		u.checkType(e, e.Kind == ast.Object)
	}
}

type directiveUses struct {
	*checker
	own map[string]*ast.DirectiveDefinition // directives that the schema defines
}

func (u directiveUses) checkType(t *ast.Definition, transformed bool) {
	u.check(t.Directives, place{kindLocations[t.Kind], t.Name, "", transformed})
	member := ast.LocationFieldDefinition
	if t.Kind == ast.InputObject {
		member = ast.LocationInputFieldDefinition
	}
	for _, f := range t.Fields {
		u.check(f.Directives, place{member, t.Name, f.Name, transformed})
		for _, a := range f.Arguments {
			u.check(a.Directives, place{ast.LocationArgumentDefinition, f.Name, a.Name, transformed})
		}
	}
	for _, v := range t.EnumValues {
		u.check(v.Directives, place{ast.LocationEnumValue, t.Name, v.Name, transformed})
	}
}

func (u directiveUses) check(list ast.DirectiveList, p place) {
	repeated(len(list), func(i int) string { return list[i].Name }, func(i int) {
		if def := u.find(list[i].Name); def != nil && !def.IsRepeatable {
			u.report("S010", list[i].Position, "@%s can be used once here: combine the two", list[i].Name)
		}
	})
	for _, d := range list {
		def := u.find(d.Name)
		if def == nil {
			u.unknown(d)
			continue
		}
		if u.vocab.directives[d.Name] == nil && p.transformed {
			u.report("S008", d.Position, "Amplify does not know @%s: defining a directive is not enough, remove it", d.Name)
		}
		if !allowedAt(def, p.location) {
			u.report("S005", d.Position, "@%s cannot stand on %s: it belongs on %s", d.Name, p, locationNames(def))
		}
		u.checkArguments(d, def)
	}
}

// find is the definition of a directive, Amplify's or the schema's own.
func (u directiveUses) find(name string) *ast.DirectiveDefinition {
	if def := u.vocab.directives[name]; def != nil {
		return def
	}
	return u.own[name]
}

// checkRepeats: what an extension adds counts together with what is there.
func (u directiveUses) checkRepeats(added, present ast.DirectiveList) {
	for _, d := range added {
		def := u.vocab.directives[d.Name]
		if def != nil && !def.IsRepeatable && has(present, d.Name) {
			u.report("S010", d.Position, "@%s is on the type already", d.Name)
		}
	}
}

func (u directiveUses) unknown(d *ast.Directive) {
	if advice, ok := versionOne[d.Name]; ok && u.vocab.directives[d.Name] == nil {
		u.report("S015", d.Position, "@%s belongs to version 1 of the transformer: %s", d.Name, advice)
		return
	}
	if u.cfg.Transformer == V1 && versionTwo[d.Name] {
		u.report("S015", d.Position, "@%s belongs to version 2 of the transformer: use @key or @connection, or switch the project to version 2", d.Name)
		return
	}
	suggestion := u.didYouMean(d.Name, func() []string {
		known := append([]string(nil), u.vocab.names...)
		for _, own := range u.doc.Directives {
			known = append(known, own.Name)
		}
		return known
	})
	if suggestion != "" {
		suggestion = strings.Replace(suggestion, "mean ", "mean @", 1)
	}
	u.report("S004", d.Position, "there is no directive @%s%s", d.Name, suggestion)
}

// versionOne says what took the place of the directives of version 1.
var versionOne = map[string]string{
	"key":        "use @primaryKey or @index on the field",
	"connection": "use @hasOne, @hasMany, @belongsTo or @manyToMany",
	"versioned":  "use conflict resolution instead",
}

func allowedAt(d *ast.DirectiveDefinition, l ast.DirectiveLocation) bool {
	for _, allowed := range d.Locations {
		if allowed == l {
			return true
		}
	}
	return false
}

func locationNames(d *ast.DirectiveDefinition) string {
	var names []string
	for _, l := range d.Locations {
		switch l {
		case ast.LocationObject:
			names = append(names, "object types")
		case ast.LocationFieldDefinition:
			names = append(names, "fields")
		default:
			names = append(names, strings.ToLower(strings.ReplaceAll(string(l), "_", " "))+"s")
		}
	}
	return list(names, "and")
}

// repeated calls found for each index whose name occurred before. Short lists
// are compared as they are, long ones with the help of a map.
func repeated(n int, name func(int) string, found func(int)) {
	const short = 16
	var seen map[string]bool
	if n > short {
		seen = make(map[string]bool, n)
	}
	for i := range n {
		if seen != nil {
			if seen[name(i)] {
				found(i)
			}
			seen[name(i)] = true
			continue
		}
		for j := range i {
			if name(j) == name(i) {
				found(i)
				break
			}
		}
	}
}

// checkArguments: the arguments exist, come once, are of their type, and none
// that is needed is missing.
func (u directiveUses) checkArguments(d *ast.Directive, def *ast.DirectiveDefinition) {
	repeated(len(d.Arguments), func(i int) string { return d.Arguments[i].Name }, func(i int) {
		u.report("S011", d.Arguments[i].Position, "@%s has the argument %s already: remove one", d.Name, d.Arguments[i].Name)
	})
	for _, a := range d.Arguments {
		arg := def.Arguments.ForName(a.Name)
		if arg == nil {
			var known []string
			for _, k := range def.Arguments {
				known = append(known, k.Name)
			}
			u.report("S006", a.Position, "@%s has no argument %s%s", d.Name, a.Name, expected(a.Name, known))
			continue
		}
		u.checkValue(a.Value, arg.Type, valueName{a.Name, d.Name})
	}
	for _, arg := range def.Arguments {
		if arg.Type.NonNull && arg.DefaultValue == nil && d.Arguments.ForName(arg.Name) == nil {
			u.report("S007", d.Position, "@%s needs the argument %s of type %s", d.Name, arg.Name, arg.Type)
		}
	}
}

// expected ends a sentence with the nearest known name, or with all of them.
func expected(word string, known []string) string {
	if s := suggest.DidYouMean(word, known); s != "" {
		return s
	}
	if len(known) == 0 {
		return ": it takes none"
	}
	return ": expected " + list(known, "or")
}
