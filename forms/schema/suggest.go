package schema

import (
	"github.com/vektah/gqlparser/v2/ast"

	"ampedit/client/suggest"
)

// maxSuggestions bounds the work of looking for similar names: a text with
// thousands of unknown names is beyond the help of suggestions.
const maxSuggestions = 100

// didYouMean is like [suggest.DidYouMean], until the suggestions are used up. The
// known names are asked for only then.
func (c *checker) didYouMean(word string, known func() []string) string {
	if c.suggestions >= maxSuggestions {
		return ""
	}
	c.suggestions++
	return suggest.DidYouMean(word, known())
}

// fieldsOf are the names of a type's fields, for [checker.didYouMean].
func fieldsOf(t *ast.Definition) func() []string { return func() []string { return fieldNames(t) } }
