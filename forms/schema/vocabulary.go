package schema

import (
	_ "embed"
	"slices"
	"sort"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

//go:embed directives.graphql
var directivesV2 string

//go:embed directives_v1.graphql
var directivesV1 string

// Transformer is a generation of Amplify's GraphQL transformer. A project
// settles it with the feature flag graphqltransformer.transformerversion.
type Transformer int

const (
	// Auto means V1 when the schema uses words that only version 1 knows, and
	// V2 otherwise: see [DetectTransformer].
	Auto Transformer = iota
	// V1 is the first transformer. Only vocabulary and syntax are checked.
	V1
	// V2 is the transformer of projects made since the end of 2021.
	V2
)

// String is "auto", "v1" or "v2".
func (t Transformer) String() string {
	return [...]string{Auto: "auto", V1: "v1", V2: "v2"}[t]
}

// ParseTransformer reads "v1", "v2" or "auto", and reports whether it was one of
// them.
func ParseTransformer(s string) (Transformer, bool) {
	for _, t := range []Transformer{Auto, V1, V2} {
		if t.String() == s {
			return t, true
		}
	}
	return Auto, false
}

// Directives is the definition of every directive, scalar and input type that
// the transformer adds to a schema, as GraphQL. Editors need it to understand
// an annotated schema. For [V1] the words of version 1 are included.
func Directives(t Transformer) string {
	if t == V1 {
		return directivesV2 + "\n" + directivesV1
	}
	return directivesV2
}

// vocabulary is what a schema may use without declaring it.
type vocabulary struct {
	directives map[string]*ast.DirectiveDefinition
	types      map[string]*ast.Definition
	v1         map[string]bool // directives of version 1 alone
	names      []string        // of all directives, sorted
}

var (
	vocabularyV2 = sync.OnceValue(func() *vocabulary { return readVocabulary(false) })
	vocabularyV1 = sync.OnceValue(func() *vocabulary { return readVocabulary(true) })
)

func vocabularyOf(t Transformer) *vocabulary {
	if t == V1 {
		return vocabularyV1()
	}
	return vocabularyV2()
}

// readVocabulary parses the embedded definitions. They are part of the
// program, so a mistake in them is a panic that every test would meet.
func readVocabulary(v1 bool) *vocabulary {
	v := &vocabulary{
		directives: make(map[string]*ast.DirectiveDefinition),
		types:      make(map[string]*ast.Definition),
		v1:         make(map[string]bool),
	}
	base := mustParse("directives.graphql", directivesV2)
	old := mustParse("directives_v1.graphql", directivesV1)
	for _, d := range old.Directives {
		v.v1[d.Name] = true
	}
	if v1 {
		dropVersionTwo(base)
		base.Merge(old)
	}
	for _, d := range base.Directives {
		v.directives[d.Name] = d
		v.names = append(v.names, d.Name)
	}
	sort.Strings(v.names)
	for _, t := range base.Definitions {
		v.types[t.Name] = t
	}
	for _, name := range []string{"ID", "String", "Int", "Float", "Boolean"} {
		v.types[name] = &ast.Definition{Kind: ast.Scalar, Name: name}
	}
	for _, t := range base.Extensions {
		v.types[t.Name].Fields = append(v.types[t.Name].Fields, t.Fields...)
	}
	return v
}

// versionTwo are the directives that version 1 of the transformer lacks.
var versionTwo = map[string]bool{
	"primaryKey": true, "index": true, "hasOne": true, "hasMany": true, "belongsTo": true, "manyToMany": true, "default": true,
	"mapsTo": true, "refersTo": true, "validate": true, "sql": true, "generation": true, "conversation": true,
}

// versionTwoValues are the words that enums of version 1 lack.
var versionTwoValues = map[string]bool{
	"AuthStrategy.custom": true, "AuthProvider.identityPool": true, "AuthProvider.function": true, "ModelOperation.get": true,
	"ModelOperation.list": true, "ModelOperation.sync": true, "ModelOperation.listen": true, "ModelOperation.search": true,
}

// dropVersionTwo takes what only version 2 knows out of its definitions.
func dropVersionTwo(doc *ast.SchemaDocument) {
	doc.Directives = slices.DeleteFunc(doc.Directives, func(d *ast.DirectiveDefinition) bool { return versionTwo[d.Name] })
	for _, t := range doc.Definitions {
		t.EnumValues = slices.DeleteFunc(t.EnumValues, func(v *ast.EnumValueDefinition) bool { return versionTwoValues[t.Name+"."+v.Name] })
	}
	if d := doc.Directives.ForName("function"); d != nil {
		d.Arguments = slices.DeleteFunc(d.Arguments, func(a *ast.ArgumentDefinition) bool {
			return a.Name == "accountId" || a.Name == "invocationType"
		})
	}
}

func mustParse(name, text string) *ast.SchemaDocument {
	doc, err := parser.ParseSchema(&ast.Source{Name: name, Input: text})
	if err != nil {
		panic("schema: embedded definitions: " + err.Error())
	}
	return doc
}

// builtinScalars are the scalars that GraphQL itself defines. A schema may
// declare them again.
var builtinScalars = map[string]bool{"ID": true, "String": true, "Int": true, "Float": true, "Boolean": true}

// storable reports whether the name is a scalar that the transformer can store
// and use in keys. Scalars that the schema declares are not.
func (v *vocabulary) storable(name string) bool {
	t := v.types[name]
	return t != nil && t.Kind == ast.Scalar
}

// DetectTransformer tells the generation from the words a schema uses: V1 when
// it has directives of version 1 and none that only version 2 knows, else V2.
func DetectTransformer(s *Schema) Transformer {
	old, current := vocabularyOf(V1).v1, false
	found := false
	s.eachDirective(func(d *ast.Directive) {
		current = current || versionTwo[d.Name]
		found = found || old[d.Name] || d.Name == "auth" && hasOldRule(d)
	})
	if found && !current {
		return V1
	}
	return V2
}

// hasOldRule reports whether a rule of @auth has a field of version 1.
func hasOldRule(d *ast.Directive) bool {
	for _, r := range authRules(d) {
		for _, name := range []string{"identityField", "queries", "mutations"} {
			if member(r.value, name) != nil {
				return true
			}
		}
	}
	return false
}

// eachDirective visits the directives of types, of their fields and of their
// extensions.
func (s *Schema) eachDirective(visit func(*ast.Directive)) {
	for _, list := range []ast.DefinitionList{s.doc.Definitions, s.doc.Extensions} {
		for _, t := range list {
			for _, d := range t.Directives {
				visit(d)
			}
			for _, f := range t.Fields {
				for _, d := range f.Directives {
					visit(d)
				}
			}
		}
	}
}
