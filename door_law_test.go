package main_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// textType is the type of all that is drawn and printed.
const textType = "client/sanitize.Text"

// doorkeepers are the folders that may make a text of what is none: the door itself,
// and those that cut, join and colour what came through it, or print it.
var doorkeepers = []string{"client/sanitize", "ui/style", "ui/widget", "ui/host"}

// A law forbids something everywhere but in some folders. It is shown to find what it
// is for in planted code, and to leave innocent code alone.
type law struct {
	forbids string
	exempt  []string
	breaks  func(*checked) []token.Pos
	// plants are breaches and innocent are none, by name. Each is a function's body,
	// and before a line with "---" declarations.
	plants, innocent map[string]string
}

// TestNothingGoesAroundTheDoor holds that text from outside is drawn and printed only
// after client/sanitize has had it.
func TestNothingGoesAroundTheDoor(t *testing.T) { hold(t, doorLaws) }

// hold fails the test for each breach of a law, for a plant that is not found and for
// innocent code that is.
func hold(t *testing.T, laws []law) {
	t.Helper()
	w, all := checkedPackages(t)
	for _, l := range laws {
		for _, c := range all {
			if slices.Contains(l.exempt, c.folder) {
				continue
			}
			for _, at := range l.breaks(c) {
				t.Errorf("%s %s", c.positions.Position(at), l.forbids)
			}
		}
		for name, code := range l.plants {
			if len(l.breaks(w.plantedDoor(t, code))) == 0 {
				t.Errorf("%s is not found to be what %q forbids: %s", name, l.forbids, code)
			}
		}
		for name, code := range l.innocent {
			if len(l.breaks(w.plantedDoor(t, code))) > 0 {
				t.Errorf("%s is found to be what %q forbids: %s", name, l.forbids, code)
			}
		}
	}
}

var doorLaws = []law{{
	forbids: "makes a text without cleaning it; sanitize.Line and its like are for that",
	exempt:  doorkeepers,
	breaks:  (*checked).conversions,
	plants: map[string]string{
		"a conversion":              `return sanitize.Text(s)`,
		"one in parentheses":        `return (sanitize.Text)((s))`,
		"one of bytes":              `return sanitize.Text([]byte(s))`,
		"one of runes":              `return sanitize.Text([]rune(s))`,
		"one of a rune":             `return sanitize.Text(rune(s[0]))`,
		"one of a sum":              `return sanitize.Text("a" + s)`,
		"an alias":                  "type alias = sanitize.Text\n---\nreturn alias(s)",
		"an alias of an alias":      "type alias = other\ntype other = sanitize.Text\n---\nreturn alias(s)",
		"a type between":            "type between string\n---\nreturn sanitize.Text(between(s))",
		"a type of the same kind":   "type twin sanitize.Text\n---\nreturn sanitize.Text(twin(s))",
		"a type parameter":          "func to[T ~string](s string) T { return T(s) }\n---\nreturn to[sanitize.Text](s)",
		"one of a wider constraint": "func to[T ~string | ~[]byte](s string) T { return T(s) }\n---\nreturn to[sanitize.Text](s)",
		"a named constraint":        "type texts interface{ string | sanitize.Text }\nfunc to[T texts](s string) T { return T(s) }\n---\nreturn to[sanitize.Text](s)",
		"unsafe":                    `return *(*sanitize.Text)(unsafe.Pointer(&s))`,
		"unsafe, of a structure":    "type card struct{ title sanitize.Text }\n---\nreturn *(*card)(unsafe.Pointer(&s))",
		"decoding":                  `var text sanitize.Text; _ = json.Unmarshal([]byte(s), &text); return text`,
		"decoding a structure":      "type card struct{ Lines []sanitize.Text }\n---\nvar c card; _ = json.Unmarshal([]byte(s), &c); return c",
		"a decoder":                 `var m map[string]sanitize.Text; _ = json.NewDecoder(strings.NewReader(s)).Decode(&m); return m`,
		"scanning":                  `var text sanitize.Text; _, _ = fmt.Sscan(s, &text); return text`,
		"reflection":                `var text sanitize.Text; reflect.ValueOf(&text).Elem().SetString(s); return text`,
		"converting by reflection":  `return reflect.ValueOf(s).Convert(reflect.TypeOf(sanitize.Text(""))).Interface()`,
	},
	innocent: map[string]string{
		"a constant":              `return sanitize.Text("a")`,
		"a constant of a type":    "const word string = \"a\"\n---\nreturn sanitize.Text(word)",
		"an untyped constant":     `var text sanitize.Text = "a"; return text`,
		"the door":                `return "a" + sanitize.Line(s)`,
		"the way back":            `return string(sanitize.Line(s))`,
		"a text":                  `text := sanitize.Line(s); return sanitize.Text(text)`,
		"a part":                  `return sanitize.Line(s)[1:]`,
		"another type":            "type word string\n---\nreturn word(s)",
		"a constraint without it": "type word string\nfunc to[T word](s string) T { return T(s) }\n---\nreturn to[word](s)",
		"encoding":                `data, _ := json.Marshal(sanitize.Line(s)); return data`,
		"printing":                `text := sanitize.Line(s); return fmt.Sprint(&text)`,
		"decoding others":         `var text string; _ = json.Unmarshal([]byte(s), &text); return sanitize.Line(text)`,
	},
}}

// plantedDoor is a package of one function of a string s.
func (w *world) plantedDoor(t *testing.T, code string) *checked {
	t.Helper()
	declarations, body, found := strings.Cut(code, "---\n")
	if !found {
		declarations, body = "", code
	}
	imports, uses := "", ""
	for path, use := range map[string]string{
		"bytes": "bytes.Cut", "encoding/json": "json.Valid", "fmt": "fmt.Sprint", "io": "io.EOF", "log": "log.New", "log/slog": "slog.New", "net": "net.JoinHostPort", "net/netip": "netip.ParseAddr",
		"os": "os.Remove", "reflect": "reflect.TypeOf", "regexp": "regexp.MustCompile", "slices": "slices.Sort[[]int]", "strings": "strings.Cut", "unicode": "unicode.IsLetter",
		"github.com/charmbracelet/x/ansi": "ansi.StringWidth",
		module + "/client/loopback":       "loopback.Is", module + "/client/redact": "redact.Text", module + "/client/sanitize": "sanitize.Line",
	} {
		imports += fmt.Sprintf("%q\n", path)
		uses += "var _ = " + use + "\n"
	}
	if strings.Contains(code, "unsafe.") {
		imports += "\"unsafe\"\n"
	}
	source := fmt.Sprintf("package planted\nimport (\n%s)\n%s\n%s\nfunc f(s string) any {\n%s\n}\n", imports, uses, declarations, body)
	return w.plantedFile(t, "ui/planted", source)
}

// conversions are the places that make a text of what is neither one nor a constant.
func (c *checked) conversions() []token.Pos {
	var found []token.Pos
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && (c.convertsToText(call) || c.fillsText(call)) {
				found = append(found, call.Pos())
			}
			return true
		})
	}
	return found
}

func (c *checked) convertsToText(call *ast.CallExpr) bool {
	to := c.info.Types[call.Fun]
	if !to.IsType() || len(call.Args) != 1 || c.info.Types[call.Args[0]].Value != nil {
		return false
	}
	from := c.info.TypeOf(call.Args[0])
	if basic, ok := from.Underlying().(*types.Basic); ok && basic.Kind() == types.UnsafePointer {
		return holdsText(to.Type, nil)
	}
	if typeName(from) == textType {
		return false
	}
	parameter, generic := types.Unalias(to.Type).(*types.TypeParam)
	return isTextType(to.Type) || generic && admitsText(parameter.Constraint())
}

// admitsText reports whether a type parameter may stand for a text.
func admitsText(constraint types.Type) bool {
	i, ok := constraint.Underlying().(*types.Interface)
	if !ok || i.NumMethods() > 0 {
		return false
	}
	for k := range i.NumEmbeddeds() {
		if !admitsTerm(i.EmbeddedType(k)) {
			return false
		}
	}
	return true
}

// admitsTerm reports whether a text is among the types of a part of a constraint.
func admitsTerm(t types.Type) bool {
	union, ok := t.(*types.Union)
	if !ok {
		if types.IsInterface(t) {
			return admitsText(t)
		}
		return isTextType(t)
	}
	for k := range union.Len() {
		term := union.Term(k)
		if term.Tilde() && isText(term.Type()) || !term.Tilde() && admitsTerm(term.Type()) {
			return true
		}
	}
	return false
}

// fillers are the packages of others whose functions write into a value that they are
// given a pointer to, or make one by its type.
var fillers = []string{"encoding", "fmt", "reflect", "flag"}

// fillsText reports whether a call could write a text: it is given a pointer to what
// holds one, or a type that does.
func (c *checked) fillsText(call *ast.CallExpr) bool {
	f := c.callee(call)
	if f == nil || f.Pkg() == nil || !within(f.Pkg().Path(), fillers...) || strings.Contains(f.Name(), "rint") || strings.Contains(f.Name(), "Marshal") {
		return false
	}
	return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool {
		t := c.info.TypeOf(arg)
		pointer, ok := types.Unalias(t).(*types.Pointer)
		return ok && holdsText(pointer.Elem(), nil) || f.Pkg().Path() == "reflect" && holdsText(t, nil)
	})
}

func isTextType(t types.Type) bool {
	_, named := types.Unalias(t).(*types.Named)
	return named && typeName(t) == textType
}

// holdsText reports whether there is a text in a value of a type.
func holdsText(t types.Type, seen []types.Type) bool {
	if isTextType(t) {
		return true
	}
	if slices.Contains(seen, t) {
		return false
	}
	seen = append(seen, t)
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return holdsText(u.Elem(), seen)
	case *types.Slice:
		return holdsText(u.Elem(), seen)
	case *types.Array:
		return holdsText(u.Elem(), seen)
	case *types.Map:
		return holdsText(u.Key(), seen) || holdsText(u.Elem(), seen)
	case *types.Struct:
		for i := range u.NumFields() {
			if holdsText(u.Field(i).Type(), seen) {
				return true
			}
		}
	}
	return false
}
