package schema_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"ampedit/forms/schema"
)

var benchmarkSizes = []int{10, 100, 1000, 5000}

// largeSchema has n models of nine fields, each with rules, an index and a
// relation to the next.
func largeSchema(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `type Model%d @model @auth(rules: [{ allow: owner }, { allow: groups, groups: ["Admin"], operations: [read] }]) {
  id: ID!
  name: String! @index(name: "byName", sortKeyFields: ["createdAt"], queryField: "model%dByName")
  createdAt: AWSDateTime!
  count: Int
  price: Float
  tags: [String]
  active: Boolean
  nextID: ID
  next: Model%d @hasOne(fields: ["nextID"])
}

`, i, i, (i+1)%n)
	}
	return b.String()
}

func benchmarkSource(b *testing.B, n int) *schema.Source {
	source, err := schema.NewSource("bench.graphql", largeSchema(n))
	if err != nil {
		b.Fatal(err)
	}
	return source
}

// BenchmarkCheck parses and checks, and reports how many times as long that
// takes as parsing alone in the same run.
func BenchmarkCheck(b *testing.B) {
	cfg := schema.Config{Default: schema.UserPools, Transformer: schema.V2}
	for _, n := range benchmarkSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			source := benchmarkSource(b, n)
			var alone, both time.Duration
			for b.Loop() {
				runtime.GC() // so that neither half pays for the other's garbage
				start := time.Now()
				if _, err := parser.ParseSchema(&ast.Source{Input: source.Text()}); err != nil {
					b.Fatal(err)
				}
				alone += time.Since(start)
				runtime.GC()
				start = time.Now()
				if problems := schema.Check(schema.Parse(source), cfg); schema.Errors(problems) > 0 {
					b.Fatal(problems)
				}
				both += time.Since(start)
			}
			b.ReportMetric(float64(both)/float64(alone), "×parsing")
			b.ReportMetric(float64(both.Microseconds())/float64(b.N)/float64(n), "µs/type")
		})
	}
}

// BenchmarkHeap reports the live heap of a parsed schema and its problems as a
// multiple of the syntax tree's.
func BenchmarkHeap(b *testing.B) {
	for _, n := range benchmarkSizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			source := benchmarkSource(b, n)
			var ratio float64
			for b.Loop() {
				tree, treeSize := retained(func() any {
					doc, err := parser.ParseSchema(&ast.Source{Input: source.Text()})
					if err != nil {
						b.Fatal(err)
					}
					return doc
				})
				checked, checkedSize := retained(func() any {
					s := schema.Parse(source)
					return []any{s, schema.Check(s, schema.Config{Transformer: schema.V2})}
				})
				ratio = float64(checkedSize) / float64(treeSize)
				runtime.KeepAlive(tree)
				runtime.KeepAlive(checked)
			}
			b.ReportMetric(ratio, "×tree")
		})
	}
}

// retained is what a function returns, and how much live heap it added.
func retained(f func() any) (any, uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := f()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return kept, after.HeapAlloc - before.HeapAlloc
}
