package schema_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"ampedit/forms/schema"
)

func addMutants(f *testing.F) {
	for _, m := range mutants(readBases(f), 7, 600) {
		f.Add(m.text)
	}
	for _, text := range []string{"", "{", "\"\"\"", "type A @model @auth(rules: [{allow: owner, operations: read}]) { id: [ID!]! @index }", "type A @a(b: {c: [$d]}) {é: ID}",
		`type A @model { id: ID! a: [A] @manyToMany(relationName: "A") }`, `type A @model { id: [ID] a: [[A]] @manyToMany(relationName: "x") b: A @hasOne(references: null, fields: [null]) }`, "\xef\xbb\xbftype A\r\ttype"} {
		f.Add(text)
	}
}

// inside fails when a place is not within the text.
func inside(t *testing.T, s *schema.Source, textLine, line, column, length int) {
	t.Helper()
	file, fileLine := s.Locate(textLine)
	width := utf8.RuneCountInString(s.Line(textLine))
	if textLine < 1 || textLine > s.LineCount() || file == "" || fileLine != line || column < 1 || column > width+1 || length < 1 || column+length > width+2 {
		t.Fatalf("line %d of the text, %d of %q, column %d, length %d lie outside %d lines, this one of %d characters", textLine, line, file, column, length, s.LineCount(), width)
	}
}

func FuzzCheck(f *testing.F) {
	addMutants(f)
	f.Fuzz(func(t *testing.T, text string) {
		source, err := schema.NewSource("fuzz", text)
		if err != nil {
			return
		}
		parsed := schema.Parse(source)
		for _, cfg := range []schema.Config{{}, {Default: schema.APIKey, ConflictResolution: true, Transformer: schema.V2}, {Transformer: schema.V1}} {
			problems := schema.Check(parsed, cfg)
			for i, p := range problems {
				inside(t, source, p.TextLine, p.Line, p.Column, p.Length)
				if p.Message == "" || p.Rule == "" || strings.Contains(p.Message, "%!") {
					t.Fatalf("incomplete: %+v", p)
				}
				if i > 0 && problems[i-1].TextLine > p.TextLine {
					t.Fatalf("%v comes after %v", p, problems[i-1])
				}
			}
			if !parsed.Valid() && schema.Errors(problems) == 0 {
				t.Fatal("a syntax error without problem")
			}
		}
		for _, r := range schema.Requirements(parsed) {
			if source.TextLine(r.File, r.Line) == 0 {
				t.Fatalf("%v lies outside", r)
			}
		}
		schema.Summarize(parsed)
	})
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte("type A { x: Int }"), []byte("\xef\xbb\xbf\r\n"), []byte("\n"))
	f.Add([]byte("a\r"), []byte("\nb"), []byte("\xff\xfe"))
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		files := fstest.MapFS{"a.graphql": {Data: a}, "b.graphql": {Data: b}, "c.graphql": {Data: c}}
		s, err := schema.Load(files, "a.graphql", "b.graphql", "c.graphql")
		if err != nil {
			return
		}
		for line := 1; line <= s.LineCount(); line++ {
			file, fileLine := s.Locate(line)
			if s.TextLine(file, fileLine) != line {
				t.Fatalf("line %d is %s:%d, which is line %d", line, file, fileLine, s.TextLine(file, fileLine))
			}
		}
		schema.Check(schema.Parse(s), schema.Config{})
	})
}

func FuzzCompare(f *testing.F) {
	bases := readBases(f)
	for _, m := range mutants(bases, 8, 200) {
		f.Add(m.text, bases[m.id%len(bases)].text)
	}
	f.Fuzz(func(t *testing.T, before, after string) {
		a, err := schema.NewSource("old", before)
		if err != nil {
			return
		}
		b, err := schema.NewSource("new", after)
		if err != nil {
			return
		}
		old, new := schema.Parse(a), schema.Parse(b)
		for _, d := range schema.Compare(old, new) {
			if d.Path == "" || d.Message == "" || strings.Contains(d.Message, "%!") {
				t.Fatalf("incomplete: %+v", d)
			}
			if d.TextLine != 0 {
				inside(t, b, d.TextLine, d.Line, d.Column, d.Length)
			}
		}
		spaced, err := schema.NewSource("spaced", after+"\n")
		if err != nil {
			return
		}
		if d := schema.Compare(new, schema.Parse(spaced)); len(d) > 0 {
			t.Fatalf("a schema differs from itself: %v", d)
		}
	})
}
