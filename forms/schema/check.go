package schema

import (
	"fmt"
	"sort"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// Check runs every rule and returns what they found, in the order of the text.
// A schema with syntax errors has only those. For version 1 of the transformer
// the rules of syntax and vocabulary run, and no others.
func Check(s *Schema, cfg Config) []Problem {
	if !s.Valid() {
		return append([]Problem(nil), s.syntax...)
	}
	if cfg.Transformer == Auto {
		cfg.Transformer = DetectTransformer(s)
	}
	c := newChecker(s, cfg)
	c.checkDocument(documentRules)
	c.walk(vocabularyRules)
	if cfg.Transformer != V1 {
		c.checkDocument(modelDocumentRules)
		c.walk(modelRules)
	}
	sort.SliceStable(c.problems, func(i, j int) bool {
		a, b := c.problems[i], c.problems[j]
		if a.TextLine != b.TextLine {
			return a.TextLine < b.TextLine
		}
		return a.Column < b.Column
	})
	return c.problems
}

// ruleSet groups rules by what they look at.
type ruleSet struct {
	types  []func(*checker, *ast.Definition)
	fields []func(*checker, *ast.Definition, *ast.FieldDefinition)
	// bounded leaves out types with more than maxFields fields, since rules
	// compare fields with each other.
	bounded bool
}

// maxFields is far more than any API can use.
const maxFields = 1000

// documentRules and vocabularyRules hold for both generations.
var documentRules = []func(*checker){
	(*checker).checkTypeNames, (*checker).checkDirectiveNames, (*checker).checkSchemaBlock,
	(*checker).checkExtensions, (*checker).checkMemberNames, (*checker).checkDirectiveUses,
	(*checker).checkDefaultCycles,
}

var vocabularyRules = ruleSet{
	types:  []func(*checker, *ast.Definition){(*checker).checkTypeReferences},
	fields: []func(*checker, *ast.Definition, *ast.FieldDefinition){(*checker).checkFieldReferences},
}

// modelDocumentRules and modelRules hold for version 2.
var modelDocumentRules = []func(*checker){
	(*checker).checkOperations, (*checker).checkManyToMany, (*checker).checkRoots,
	(*checker).checkSandbox, (*checker).checkExtensionDirectives, (*checker).checkModelsWithoutAuth,
	(*checker).checkSize,
}

var modelRules = ruleSet{
	types: []func(*checker, *ast.Definition){
		(*checker).checkModel, (*checker).checkAuth, (*checker).checkVisibility,
		(*checker).checkSearchable, (*checker).checkNameMapping, (*checker).checkIndexCount,
		(*checker).checkServiceTypes, (*checker).checkRuntimeModes,
	},
	fields: []func(*checker, *ast.Definition, *ast.FieldDefinition){
		(*checker).checkFieldAuth, (*checker).checkPrimaryKey, (*checker).checkIndexes,
		(*checker).checkRelations, (*checker).checkDefault, (*checker).checkValidate,
		(*checker).checkFunction, (*checker).checkHTTP, (*checker).checkPredictions,
		(*checker).checkSQL, (*checker).checkFieldMapping, (*checker).checkArtificial,
		(*checker).checkServiceFields, (*checker).checkFieldRuntimeModes,
	},
	bounded: true,
}

// checker holds what the rules share while one schema is checked.
type checker struct {
	*Schema
	cfg      Config
	vocab    *vocabulary
	rules    map[string]*Rule
	problems []Problem
	roots    roots
	// tables are the models by the table that @mapsTo gives them.
	tables map[string][]*ast.Definition
	// suggestions counts how often similar names were looked for.
	suggestions int
}

// roots are the names of the types that hold the operations.
type roots struct{ query, mutation, subscription string }

func newChecker(s *Schema, cfg Config) *checker {
	return &checker{
		Schema: s, cfg: cfg, vocab: vocabularyOf(cfg.Transformer), rules: ruleIndex(), roots: s.operationRoots(),
	}
}

// operationRoots reads the schema block. Without one the roots have their
// usual names. With one, an operation that it leaves out still gets the usual
// name as soon as a model needs it.
func (s *Schema) operationRoots() roots {
	r := roots{"Query", "Mutation", "Subscription"}
	if len(s.doc.Schema) == 0 {
		return r
	}
	for _, op := range s.doc.Schema[0].OperationTypes {
		switch op.Operation {
		case ast.Query:
			r.query = op.Type
		case ast.Mutation:
			r.mutation = op.Type
		case ast.Subscription:
			r.subscription = op.Type
		}
	}
	return r
}

// isRoot reports whether the type of that name holds operations.
func (c *checker) isRoot(name string) bool {
	return name == c.roots.query || name == c.roots.mutation || name == c.roots.subscription
}

func (c *checker) checkDocument(rules []func(*checker)) {
	for _, rule := range rules {
		rule(c)
	}
}

// walk visits every type and field once and runs all rules of the set on it.
func (c *checker) walk(set ruleSet) {
	for _, t := range c.doc.Definitions {
		if set.bounded && len(t.Fields) > maxFields {
			c.report("D012", t.Position, "%s has more than %d fields: AppSync and DynamoDB cannot serve such a type, so most rules are not checked on it", t.Name, maxFields)
			continue
		}
		for _, rule := range set.types {
			rule(c, t)
		}
		for _, f := range t.Fields {
			for _, rule := range set.fields {
				rule(c, t, f)
			}
		}
	}
}

// maxProblems is the number of problems after which no more are noted. Nobody
// reads so many, and hostile text can cause millions.
const maxProblems = 5000

// report notes a problem at a token of the tree.
func (c *checker) report(code string, at *ast.Position, format string, args ...any) {
	c.reportFix(code, at, Fix{}, format, args...)
}

func (c *checker) reportFix(code string, at *ast.Position, fix Fix, format string, args ...any) {
	if len(c.problems) >= maxProblems {
		return
	}
	p := c.source.problemAt(at, code, c.rules[code].Severity, fmt.Sprintf(format, args...))
	p.Fix = fix
	c.problems = append(c.problems, p)
}

// at is the position of an argument's value, or of the directive when the
// argument is not written.
func at(d *ast.Directive, name string) *ast.Position {
	if v := argument(d, name); v != nil && v.Position != nil {
		return v.Position
	}
	return d.Position
}

// list joins names for a sentence: "a, b or c".
func list(names []string, last string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " " + last + " " + names[len(names)-1]
}
