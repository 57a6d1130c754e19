package forms_test

import (
	"strings"
	"testing"

	"ampedit/forms"
)

// BenchmarkLargeSchema is what a form page and the plan ask for after each key,
// with a schema of one megabyte read and one line of it changed.
func BenchmarkLargeSchema(b *testing.B) {
	a, c := opened(b, notes)
	text := strings.Repeat("type Note @model {\n  id: ID!\n}\n", 33_000)
	*c.Base.TransformSchema = text
	fromFile(a, &c, text[:len(text)/2]+"# changed\n"+text[len(text)/2:])
	for name, ask := range map[string]func(){
		"Check":     func() { forms.Check(a, c) },
		"Request":   func() { forms.Request(a, c) },
		"Changes":   func() { forms.Changes(a, c) },
		"KeyChange": func() { forms.KeyChange(a, c) },
		"Marks": func() {
			for _, ref := range allRefs(a) {
				forms.Explain(a, c, ref)
				forms.SentState(a, c, ref)
				forms.Was(a, c, ref)
			}
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				ask()
			}
		})
	}
}
