package schema

import (
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// A Requirement is one place of a schema that needs an authorization mode.
type Requirement struct {
	Mode Mode
	// Owner is the type, or the field as Type.field, that carries the rule.
	Owner string
	// Rule says what needs the mode, such as "allow: public".
	Rule string
	// File, Line and Column are the place, counted from 1.
	File         string
	Line, Column int
}

// String is the owner with its place: "Note (schema.graphql:2)".
func (r Requirement) String() string { return fmt.Sprintf("%s (%s:%d)", r.Owner, r.File, r.Line) }

// Requirements lists what needs an authorization mode, in the order of the
// text: rules of @auth, the directives of AppSync such as @aws_iam, and the
// global rule of the sandbox. Rules that no mode can satisfy are left out.
func Requirements(s *Schema) []Requirement {
	var out []Requirement
	add := func(mode Mode, owner, rule string, at *ast.Position) {
		if mode == "" || mode == modeLambda || at == nil {
			return
		}
		file, line := s.source.Locate(at.Line)
		out = append(out, Requirement{mode, owner, rule, file, line, at.Column})
	}
	for _, t := range s.doc.Definitions {
		if t.Name == "AMPLIFY" && t.Kind == ast.InputObject {
			add(APIKey, t.Name, "globalAuthRule", t.Position)
		}
		requirementsOf(t, add)
	}
	for _, t := range s.doc.Extensions {
		requirementsOf(t, add)
	}
	return out
}

func requirementsOf(t *ast.Definition, add func(Mode, string, string, *ast.Position)) {
	visit := func(owner string, directives ast.DirectiveList) {
		for _, d := range directives {
			if d.Name == "auth" {
				for _, r := range authRules(d) {
					add(r.mode, owner, ruleWords(r), r.value.Position)
				}
			} else if mode, ok := runtimeDirectives[d.Name]; ok {
				add(mode, owner, "@"+d.Name, d.Position)
			}
		}
	}
	visit(t.Name, t.Directives)
	for _, f := range t.Fields {
		visit(t.Name+"."+f.Name, f.Directives)
	}
}

func ruleWords(r authRule) string {
	if r.hasExplicitProvider {
		return "allow: " + r.allow + ", provider: " + r.provider
	}
	return "allow: " + r.allow
}

// Summary counts what a schema holds.
type Summary struct {
	// Models are the object types with @model, Types all types and inputs that
	// the schema defines, models included.
	Models, Types int
	// Fields are those of all types and inputs, Indexes the uses of @index.
	Fields, Indexes int
}

// String is the counts in words: "3 models, 5 types, 21 fields, 2 indexes".
func (s Summary) String() string {
	index := fmt.Sprintf("%d indexes", s.Indexes)
	if s.Indexes == 1 {
		index = "1 index"
	}
	return strings.Join([]string{countOf(s.Models, "model"), countOf(s.Types, "type"), countOf(s.Fields, "field"), index}, ", ")
}

// Summarize counts what a schema holds. Of a schema with syntax errors nothing
// is counted.
func Summarize(s *Schema) Summary {
	out := Summary{Models: len(s.models), Types: len(s.doc.Definitions)}
	for _, list := range []ast.DefinitionList{s.doc.Definitions, s.doc.Extensions} {
		for _, t := range list {
			out.Fields += len(t.Fields)
			for _, f := range t.Fields {
				for _, d := range f.Directives {
					if d.Name == "index" {
						out.Indexes++
					}
				}
			}
		}
	}
	return out
}
