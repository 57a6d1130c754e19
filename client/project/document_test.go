package project

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Comments and trailing commas change nothing about what a file says, nor
// about where an error in it lies.
func TestRelaxedJSON(t *testing.T) {
	value := rapid.Deferred(func() *rapid.Generator[any] { return anyJSON(3) })
	rapid.Check(t, func(t *rapid.T) {
		object := map[string]any{"v": value.Draw(t, "value")}
		text, err := json.MarshalIndent(object, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		noise := rapid.SampledFrom([]string{"", " // x, }", " # \"", " /* } \n , */", "\r"})
		var relaxed strings.Builder
		for line := range strings.Lines(string(text)) {
			line = strings.TrimSuffix(line, "\n")
			if c := line[len(line)-1]; c != ',' && c != '{' && c != '[' && line != "}" && rapid.Bool().Draw(t, "comma") {
				line += "," // a comma before a closing bracket on the next line
			}
			relaxed.WriteString(line + noise.Draw(t, "noise") + "\n")
		}
		var r report
		got := parse("f.json", []byte(relaxed.String()), &r)
		if len(r.findings) > 0 || !reflect.DeepEqual(got.root, any(object)) {
			t.Fatalf("%s\ngave %#v, findings %v", relaxed.String(), got.root, r.findings)
		}
	})
}

// anyJSON generates values that JSON can hold.
func anyJSON(depth int) *rapid.Generator[any] {
	leaves := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Int32().AsAny(),
		rapid.StringOf(rapid.RuneFrom([]rune(`ab"\/#*,{}[]é`))).AsAny(),
	}
	leaf := rapid.Map(rapid.OneOf(leaves...), func(v any) any {
		if n, ok := v.(int32); ok {
			return float64(n)
		}
		return v
	})
	if depth == 0 {
		return leaf
	}
	key := rapid.StringMatching(`[a-c/#]{1,3}`)
	return rapid.OneOf(leaf,
		rapid.Map(rapid.SliceOfN(anyJSON(depth-1), 0, 3), func(v []any) any { return append([]any{}, v...) }),
		rapid.Map(rapid.MapOfN(key, anyJSON(depth-1), 0, 3), func(v map[string]any) any { return maps.Clone(v) }),
	)
}

func TestPosition(t *testing.T) {
	tests := []struct {
		name, text   string
		line, column int
	}{
		{"first character", `x`, 1, 1},
		{"after a byte order mark", "\uFEFFx", 1, 1},
		{"on a later line", "{\n \"a\": 1\n \"b\": 2\n}", 3, 2},
		{"after characters of several bytes", `{"éü": x}`, 1, 8},
		{"after a comment", "{ /* a */ x }", 1, 11},
		{"an unclosed comment", "{ /* a", 1, 6},
		{"an unclosed string", `{"a": "b`, 1, 8},
		{"text after the value", "{}\n{}", 2, 1},
		{"nothing but a comment", "// nothing\n", 1, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var r report
			parse("f.json", []byte(test.text), &r)
			if len(r.findings) != 1 || r.findings[0].Line != test.line || r.findings[0].Column != test.column {
				t.Errorf("got %q, want %d:%d", r.findings, test.line, test.column)
			}
		})
	}
}

// The parsed files hold no key either; nothing can return what is not there.
func TestTreesHoldNoAPIKey(t *testing.T) {
	const key = "da2-abcdefghijklmnopqrstuvwxyz"
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/notes")); err != nil {
		t.Fatal(err)
	}
	seeded := []string{teamFile, workDir + "/amplify-meta.json", deployedDir + "/amplify-meta.json", workDir + "/api/notes/cli-inputs.json"}
	for _, name := range seeded {
		name = dir + "/" + name
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text = []byte(strings.ReplaceAll(string(text), "{", `{"GraphQLAPIKeyOutput":"`+key+`","x":"`+key+`",`))
		text = []byte(strings.ReplaceAll(string(text), ",}", "}"))
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if p.work.meta.state != intact || p.team.state != intact {
		t.Fatal("the seeded files were not read")
	}
	for _, value := range []any{*p, *p.work, *p.deployed} {
		if strings.Contains(fmt.Sprintf("%#v", value), key) {
			t.Errorf("%T holds the API key", value)
		}
	}
}
