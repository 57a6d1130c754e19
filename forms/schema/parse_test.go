package schema_test

import (
	"fmt"
	"strings"
	"testing"

	"ampedit/forms/schema"
)

func TestSyntaxErrorsAreAllFound(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // line:column and the beginning of the message
	}{
		{"none", "type A { x: Int }", nil},
		{"empty", "", []string{"1:1 the schema is empty"}},
		{"comments alone", "# nothing\n\n", []string{"1:1 the schema is empty"}},
		{"three", "type A {\n  x Int\n}\n\ntype B { y: Int }\n\nenum C {\n  1\n}\n\ninput D {\n  z:\n}\n", []string{"2:5 expected :, found a name", "8:3 expected a name, found a number", "13:1 expected a name, found }"}},
		{"brace left open", "type A {\n  x: Int\n\ntype B { y: Int }\n", []string{"2:8 expected a name, found the end of the definition; is a } or ) missing?"}},
		{"brace too many", "type A { x: Int } }\ntype B { y: Int }", []string{"1:19 unexpected }"}},
		{"keyword misspelt", "tpye A { x: Int }", []string{"1:1 unexpected name \"tpye\"; did you mean type?"}},
		{"quotes left open", "type A @model(queries: { get: \"x }) { x: Int }\ntype B { 5 }", []string{"1:", "2:10 expected a name, found a number"}},
		{"description belongs to what follows", "type A { x Int }\n\n\"\"\"\nwords: type X\n\"\"\"\ntype B { y Int }", []string{"1:12 expected :", "6:12 expected :"}},
		{"field named type", "type A {\n  type: String\n  input: Int\n  x Int\n}\n", []string{"4:5 expected :"}},
		{"extend directive", "directive @a on OBJECT\nextend directive @a @b", []string{"2:19 a directive cannot be extended"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problems := check(t, "x", tt.text, schema.Config{})
			var got []string
			for _, p := range problems {
				if p.Severity == schema.Error {
					got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Message))
				}
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			for i := range got {
				if !strings.HasPrefix(got[i], tt.want[i]) {
					t.Errorf("got %q, want %q", got[i], tt.want[i])
				}
			}
		})
	}
}

func TestDeepNestingIsAnError(t *testing.T) {
	text := "type A { x: " + strings.Repeat("[", 100_000) + "Int" + strings.Repeat("]", 100_000) + " }"
	if problems := check(t, "x", text, schema.Config{}); schema.Errors(problems) == 0 {
		t.Error("no error")
	}
}

func TestSource(t *testing.T) {
	s, err := schema.NewSource("x", "a\r\nb\rc\n")
	if err != nil {
		t.Fatal(err)
	}
	if s.LineCount() != 4 || s.Line(1) != "a" || s.Line(2) != "b" || s.Line(3) != "c" || s.Line(4) != "" || s.Line(0) != "" || s.Line(9) != "" {
		t.Errorf("%d lines: %q %q %q", s.LineCount(), s.Line(1), s.Line(2), s.Line(3))
	}
	if s.TextLine("x", 9) != 0 || s.TextLine("y", 1) != 0 {
		t.Error("lines that do not exist have no place")
	}
}
