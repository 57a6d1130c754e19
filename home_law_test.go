package main_test

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"testing"
)

// homeLaws hold that what has one home is done nowhere else.
var homeLaws = []law{{
	forbids: "cleans text; client/sanitize is the place for that",
	exempt:  []string{"client/sanitize", "ui/uitest", "ui/widget"}, // widget takes off the styles that it has put on
	breaks: func(c *checked) []token.Pos {
		return c.uses(map[string][]string{
			"unicode":                         {"IsControl", "IsPrint", "IsGraphic", "Cf", "Cc", "C", "Other", "Bidi_Control", "Other_Default_Ignorable_Code_Point", "Variation_Selector"},
			"strconv":                         {"IsPrint", "IsGraphic"},
			"github.com/charmbracelet/x/ansi": {"Strip"},
		}, c.controlRanges)
	},
	plants: map[string]string{
		"control characters":      `return strings.Map(func(r rune) rune { if unicode.IsControl(r) { return -1 }; return r }, s)`,
		"what is printable":       `return strings.IndexFunc(s, unicode.IsPrint)`,
		"a class of characters":   `return unicode.Is(unicode.Cf, rune(s[0]))`,
		"a method value":          "var drop = unicode.IsGraphic\n---\nreturn drop(rune(s[0]))",
		"escape sequences":        `return ansi.Strip(s)`,
		"a range of characters":   `for _, r := range s { if r < 0x20 || r == 0x7f { return false } }; return true`,
		"the second set":          `for _, r := range s { if r >= 0x7f && r < 0xa0 { return false } }; return true`,
		"what turns the writing":  `return strings.ContainsAny(s, "\u202a\u202e")`,
		"an escape character":     `return strings.ReplaceAll(s, "\x1b", "")`,
		"characters not drawn":    `return strings.NewReplacer("\u200b", "").Replace(s)`,
		"a space as the boundary": `for i := range s { if s[i] < ' ' { return i } }; return -1`,
	},
	innocent: map[string]string{
		"letters":          `return strings.IndexFunc(s, unicode.IsLetter)`,
		"line breaks":      `return strings.ReplaceAll(s, "\n", " ")`,
		"other boundaries": `for _, r := range s { if r < '0' || r > '9' { return false } }; return true`,
		"the door":         `return sanitize.Line(s)`,
		"a width":          `return ansi.StringWidth(s)`,
		"a length":         `return len(s) < 0x20`,
	},
}, {
	forbids: "looks for secrets; client/redact is the place for that",
	exempt:  []string{"client/redact"},
	breaks:  func(c *checked) []token.Pos { return c.uses(nil, c.secretPatterns) },
	plants: map[string]string{
		"a pattern":           `return regexp.MustCompile("da2-[a-z0-9]+").ReplaceAllString(s, "")`,
		"a pattern of a name": `return regexp.MustCompile("(?i)secret_?access_?key=.*").MatchString(s)`,
		"a beginning":         `return strings.HasPrefix(s, "AKIA")`,
		"a part":              `return strings.Contains(s, "Authorization:")`,
		"a constant":          "const key = \"da2-\"\n---\nreturn strings.Index(s, key)",
		"a gap":               `return strings.ReplaceAll(s, s[:3], "[redacted]")`,
		"a comparison":        `return s == "x-amz-security-token"`,
		"bytes":               `return bytes.Contains([]byte(s), []byte("IQoJb3JpZ2lu"))`,
	},
	innocent: map[string]string{
		"a sentence":   `return "The security token is expired; " + s`,
		"a variable":   `return os.Getenv("AWS_SESSION_TOKEN")`,
		"other parts":  `return strings.Contains(s, "API_KEY")`,
		"the redactor": `return redact.Text(s)`,
	},
}, {
	forbids: "decides what this machine is; client/loopback is the place for that",
	exempt:  []string{"client/loopback"},
	breaks: func(c *checked) []token.Pos {
		return c.uses(map[string][]string{"net/netip": {"IsLoopback"}, "net": {"IsLoopback"}}, c.hostComparisons)
	},
	plants: map[string]string{
		"a comparison":  `return s == "localhost"`,
		"a folded one":  `return strings.EqualFold(s, "localhost")`,
		"a switch":      `switch s { case "127.0.0.1", "::1": return true }; return false`,
		"a beginning":   `return strings.HasPrefix(s, "127.")`,
		"a list":        `return slices.Contains([]string{"localhost", "::1"}, s)`,
		"an address":    `a, _ := netip.ParseAddr(s); return a.IsLoopback()`,
		"an old kind":   `return net.ParseIP(s).IsLoopback()`,
		"a map":         `return map[string]bool{"localhost": true}[s]`,
		"a whole start": `return strings.HasPrefix(s, "http://localhost")`,
	},
	innocent: map[string]string{
		"listening":  `return net.JoinHostPort("127.0.0.1", s)`,
		"a sentence": `return s + " is for localhost only"`,
		"the judge":  `return loopback.Is(s)`,
	},
}, {
	forbids: "prints around the door; ui/host is the place for that",
	exempt:  []string{"ui/host", "", "ui/uitest"}, // "" is main, which hands the streams over
	breaks: func(c *checked) []token.Pos {
		return c.uses(map[string][]string{
			"os":       {"Stdout", "Stderr", "Stdin", "NewFile"},
			"fmt":      {"Print", "Printf", "Println"},
			"log":      {"Print", "Printf", "Println", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Output", "Default", "SetOutput"},
			"log/slog": {"Debug", "Info", "Warn", "Error", "Log", "Default", "SetDefault", "NewJSONHandler", "NewTextHandler"},
			"syscall":  {"Stdout", "Stderr", "Write"},
		}, c.builtinPrints)
	},
	plants: map[string]string{
		"fmt":           `fmt.Println(s); return nil`,
		"a stream":      `fmt.Fprintln(os.Stderr, s); return nil`,
		"a variable":    "var out = os.Stdout\n---\nreturn out",
		"the builtin":   `println(s); return nil`,
		"package log":   `log.Print(s); return nil`,
		"its logger":    `return log.Default()`,
		"package slog":  `slog.Info(s); return nil`,
		"a function":    `print := fmt.Printf; print(s); return nil`,
		"a descriptor":  `return os.NewFile(2, s)`,
		"a log handler": `return slog.NewTextHandler(&strings.Builder{}, nil)`,
	},
	innocent: map[string]string{
		"a text":        `return fmt.Sprintln(s)`,
		"a writer":      `var b strings.Builder; fmt.Fprintln(&b, s); return b.String()`,
		"a log":         `slog.New(slog.DiscardHandler).Info(s); return nil`,
		"a file":        `return os.Remove(s)`,
		"a silent log":  `return log.New(io.Discard, "", 0)`,
		"a method of a": "type printer struct{}\nfunc (printer) Println(string) {}\n---\nprinter{}.Println(s); return nil",
	},
}}

func TestWhatHasOneHomeIsDoneNowhereElse(t *testing.T) { hold(t, homeLaws) }

// uses are the places that use one of the names of packages, or where also finds
// something else.
func (c *checked) uses(names map[string][]string, also func(ast.Node) bool) []token.Pos {
	var found []token.Pos
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			ident, ok := n.(*ast.Ident)
			if ok {
				object := c.info.Uses[ident]
				ok = object != nil && object.Pkg() != nil && slices.Contains(names[object.Pkg().Path()], object.Name()) && !isMethodOfOurs(object)
			}
			if n != nil && (ok || also(n)) {
				found = append(found, n.Pos())
			}
			return true
		})
	}
	return found
}

// isMethodOfOurs reports whether a name is that of a field or of a method that only
// happens to be called as the function of a package, such as slog.Logger.Info.
func isMethodOfOurs(object types.Object) bool {
	f, ok := object.(*types.Func)
	return ok && f.Signature().Recv() != nil && object.Name() != "IsLoopback"
}

// constantText is the constant text of an expression, "" if it has none.
func (c *checked) constantText(e ast.Expr) string {
	value := c.info.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return ""
	}
	return constant.StringVal(value)
}

// notDrawn are characters that a text of the program's own has no reason to name but to
// remove them: control characters but white space and NUL, which separates, and what is
// not drawn but the byte order mark, which files begin with.
var notDrawn = regexp.MustCompile("[\x01-\x06\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")

// controlRanges finds comparisons with the bounds of the control characters, and texts
// that list such characters.
func (c *checked) controlRanges(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.BasicLit:
		return n.Kind == token.STRING && notDrawn.MatchString(c.constantText(n))
	case *ast.BinaryExpr:
		return c.isBound(n.X, n.Y) || c.isBound(n.Y, n.X)
	}
	return false
}

// isBound reports whether a character is compared with where the control characters end
// or begin.
func (c *checked) isBound(of, bound ast.Expr) bool {
	value := c.info.Types[bound].Value
	if value == nil || value.Kind() != constant.Int || c.info.Types[of].Value != nil {
		return false
	}
	basic, ok := c.info.TypeOf(of).Underlying().(*types.Basic)
	if !ok || basic.Kind() != types.Int32 && basic.Kind() != types.Uint8 {
		return false
	}
	n, _ := constant.Int64Val(value)
	lit, isLiteral := ast.Unparen(bound).(*ast.BasicLit)
	return isLiteral && (n == 0x1f || n == 0x7f || n == 0x9f || n == 0xa0) || n == 0x20 && isLiteral && (lit.Kind == token.INT || c.ordered(of, bound))
}

// ordered reports whether the two are compared by their order, and not for equality.
func (c *checked) ordered(of, bound ast.Expr) bool {
	for _, file := range c.files {
		found := false
		ast.Inspect(file, func(n ast.Node) bool {
			b, ok := n.(*ast.BinaryExpr)
			if ok && (b.X == of && b.Y == bound || b.Y == of && b.X == bound) {
				found = b.Op == token.LSS || b.Op == token.LEQ || b.Op == token.GTR || b.Op == token.GEQ
			}
			return true
		})
		if found {
			return true
		}
	}
	return false
}

// secretWords are what secrets look like or are called.
var secretWords = regexp.MustCompile(`(?i)da2-|AKIA|ASIA|IQoJb3|FwoGZX|secret_?\??access|session_?\??token|security-token|^authorization|\[redacted\]`)

// secretPatterns finds patterns, searches and comparisons for secrets.
func (c *checked) secretPatterns(n ast.Node) bool {
	return c.comparedWith(n, func(text string) bool { return secretWords.MatchString(text) })
}

var hostWords = regexp.MustCompile(`^(https?://)?(localhost|127\.|\[?::1)`)

// hostComparisons finds comparisons with the names of this machine.
func (c *checked) hostComparisons(n ast.Node) bool {
	return c.comparedWith(n, func(text string) bool { return hostWords.MatchString(text) })
}

// searches are the packages whose functions compare texts.
var searches = []string{"strings", "bytes", "regexp", "slices"}

// comparedWith reports whether something is compared with a text, or a text searched for.
func (c *checked) comparedWith(n ast.Node, is func(string) bool) bool {
	holds := func(e ast.Expr) bool {
		found := false
		ast.Inspect(e, func(n ast.Node) bool {
			inner, ok := n.(ast.Expr)
			found = found || ok && is(c.constantText(inner))
			return !found
		})
		return found
	}
	switch n := n.(type) {
	case *ast.BinaryExpr:
		return (n.Op == token.EQL || n.Op == token.NEQ) && (is(c.constantText(n.X)) || is(c.constantText(n.Y)))
	case *ast.CaseClause:
		return slices.ContainsFunc(n.List, func(e ast.Expr) bool { return is(c.constantText(e)) })
	case *ast.IndexExpr:
		return holds(n.X)
	case *ast.CallExpr:
		f := c.callee(n)
		return f != nil && f.Pkg() != nil && slices.Contains(searches, f.Pkg().Path()) && slices.ContainsFunc(n.Args, holds)
	}
	return false
}

// builtinPrints finds the builtin functions that print.
func (c *checked) builtinPrints(n ast.Node) bool {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return false
	}
	ident, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok {
		return false
	}
	_, builtin := c.info.Uses[ident].(*types.Builtin)
	return builtin && (ident.Name == "print" || ident.Name == "println")
}
