package schema

import (
	"errors"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"

	"ampedit/client/suggest"
)

// maxTokens bounds the work that hostile text can cause. A schema of 5,000
// types has about 600,000 tokens.
const maxTokens = 2_000_000

// A Schema is a parsed [Source].
type Schema struct {
	source *Source
	doc    *ast.SchemaDocument
	syntax []Problem

	types  map[string]*ast.Definition // the first definition of each name
	models []*ast.Definition          // object types with @model, in source order

	extensions map[string][]*ast.Definition
}

// Parse reads the whole text. It never fails: what cannot be parsed becomes a
// problem of rule S001, and parsing goes on at the next definition, so that
// one run shows every syntax error. A schema with syntax errors has no other
// problems, because the definitions that are lost would cause false ones.
func Parse(source *Source) *Schema {
	s := &Schema{source: source}
	doc, err := parseText(source.text)
	switch {
	case err != nil:
		s.recover(err)
	case doc.Position == nil || len(doc.Definitions)+len(doc.Extensions)+len(doc.Schema)+len(doc.Directives) == 0:
		s.addSyntax(1, 1, 1, "the schema is empty: expected at least one type")
	}
	if s.doc = doc; s.doc == nil {
		s.doc = &ast.SchemaDocument{}
	}
	s.index()
	return s
}

// parseText parses with limits. The parser counts columns one too high on lines
// that follow CR and LF, so it gets a space in place of each such CR.
func parseText(text string) (*ast.SchemaDocument, error) {
	text = strings.ReplaceAll(text, "\r\n", " \n")
	return parser.ParseSchemaWithLimit(&ast.Source{Input: text}, maxTokens)
}

// Source is the text the schema was parsed from.
func (s *Schema) Source() *Source { return s.source }

// Valid reports whether the text is free of syntax errors.
func (s *Schema) Valid() bool { return len(s.syntax) == 0 }

func (s *Schema) index() {
	s.types = make(map[string]*ast.Definition, len(s.doc.Definitions))
	for _, t := range s.doc.Definitions {
		if s.types[t.Name] != nil {
			continue
		}
		s.types[t.Name] = t
		if isModel(t) {
			s.models = append(s.models, t)
		}
	}
	s.extensions = make(map[string][]*ast.Definition, len(s.doc.Extensions))
	for _, e := range s.doc.Extensions {
		s.extensions[e.Name] = append(s.extensions[e.Name], e)
	}
	for _, d := range s.doc.DirectiveExtensions {
		s.addSyntax(d.Position.Line, d.Position.Column, len(d.Name), "a directive cannot be extended: expected extend type, input, enum, interface, union, scalar or schema")
	}
	for _, d := range s.doc.Directives {
		if len(d.Directives) > 0 {
			p := d.Directives[0].Position
			s.addSyntax(p.Line, p.Column, len(d.Directives[0].Name), "a directive definition cannot carry directives: expected on")
		}
	}
}

// isModel reports whether the type is an object type with @model.
func isModel(t *ast.Definition) bool {
	return t != nil && t.Kind == ast.Object && t.Directives.ForName("model") != nil
}

func (s *Schema) addSyntax(line, column, length int, message string) {
	if len(s.syntax) >= maxProblems {
		return
	}
	s.syntax = append(s.syntax, s.source.problem(line, column, length, codeSyntax, Error, message))
}

// recover finds the syntax errors of each definition on its own. The first
// error of the whole text is kept when none of the pieces has one.
func (s *Schema) recover(whole error) {
	for _, c := range chunks(s.source.text) {
		_, err := parseText(c.text)
		if err == nil {
			continue
		}
		line, column, message := describeSyntax(c.text, err)
		s.addSyntax(c.line+line-1, column, 1, message)
	}
	if len(s.syntax) == 0 {
		line, column, message := describeSyntax(s.source.text, whole)
		s.addSyntax(line, column, 1, message)
	}
}

// describeSyntax turns a parser error into a position within the text and a
// sentence.
func describeSyntax(text string, err error) (line, column int, message string) {
	var e *gqlerror.Error
	if !errors.As(err, &e) {
		return 1, 1, err.Error()
	}
	if len(e.Locations) == 0 {
		return 1, 1, "the schema is too large or too deep: " + e.Message
	}
	line, column = e.Locations[0].Line, e.Locations[0].Column
	if strings.Contains(e.Message, "<EOF>") {
		line, column = lastPlace(text)
		return line, column, strings.ReplaceAll(plainSyntax(e.Message), "the end", "the end of the definition") + "; is a } or ) missing?"
	}
	message = plainSyntax(e.Message)
	if _, word, ok := strings.Cut(message, `unexpected name "`); ok {
		message += suggest.DidYouMean(strings.TrimSuffix(word, `"`), keywords)
	}
	return line, column, message
}

// keywords begin definitions.
var keywords = []string{"type", "input", "enum", "interface", "union", "scalar", "schema", "directive", "extend"}

// lastPlace is the line and column of the last character that is not space.
func lastPlace(text string) (line, column int) {
	text = strings.TrimRight(text, " \t\r\n,")
	starts := lineStarts(text)
	return len(starts), max(1, len([]rune(text[starts[len(starts)-1]:])))
}

var syntaxWords = strings.NewReplacer(
	"expected at least one definition", "expected at least one field or value",
	"Expected Name", "expected a name", "Unexpected Name", "unexpected name",
	"Expected", "expected", "Unexpected", "unexpected",
	"<EOF>", "the end", "found Int", "found a number", "found String", "found text in quotes",
	"found <Invalid>", "found something that does not belong here", "found Name", "found a name", "Invalid", "invalid", "Cannot", "cannot", "Unterminated string.", "the quotes are not closed",
	"BlockString", "text in triple quotes", "String", "text", "\"on\"", "on",
)

// plainSyntax says what the parser says in the words of this package.
func plainSyntax(message string) string {
	message, _, _ = strings.Cut(syntaxWords.Replace(message), "\n")
	if runes := []rune(message); len(runes) > maxSyntaxMessage {
		message = string(runes[:maxSyntaxMessage]) + "…"
	}
	return message
}

// maxSyntaxMessage is the number of characters kept of a parser's message,
// which may quote a whole paragraph.
const maxSyntaxMessage = 120
