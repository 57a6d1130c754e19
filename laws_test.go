package main_test

import (
	"go/ast"
	"path"
	"slices"
	"strconv"
	"testing"
)

// Background work has one home: what ui/task starts is counted, cancelled when
// the program ends, and turned into a message if it panics.
func TestOnlyTaskStartsBackgroundWork(t *testing.T) {
	forbid(t, "starts a goroutine; ui/task is the place for that", func(f goFile, n ast.Node) bool {
		_, found := n.(*ast.GoStmt)
		return found && !f.test && f.below("ui") && f.folder != "ui/task" && f.folder != "ui/uitest"
	})
}

// One set of styles, made for one colour profile, keeps every page readable
// without colour.
func TestOnlyStyleMakesStyles(t *testing.T) {
	forbid(t, "makes a style; ui/style is the place for that", func(f goFile, n ast.Node) bool {
		return !f.test && f.folder != "ui/style" && f.mentions(n, "github.com/charmbracelet/lipgloss", "NewStyle", "NewRenderer")
	})
}

// The program is no server: only the emulator listens, on the loopback address.
func TestOnlyEmulatorListens(t *testing.T) {
	forbid(t, "listens; client/emulator is the place for that", func(f goFile, n ast.Node) bool {
		return !f.test && f.folder != "client/emulator" &&
			(f.mentions(n, "net", "Listen", "ListenConfig", "ListenIP", "ListenMulticastUDP", "ListenPacket", "ListenTCP", "ListenUDP", "ListenUnix", "ListenUnixgram", "FileListener") ||
				f.mentions(n, "net/http", "ListenAndServe", "ListenAndServeTLS", "Serve", "ServeTLS", "Server"))
	})
}

// Whoever waits does so by an injected clock, tests included.
func TestNothingSleeps(t *testing.T) {
	forbid(t, "sleeps; wait for an event or by an injected clock", func(f goFile, n ast.Node) bool {
		return f.mentions(n, "time", "Sleep")
	})
}

// forbid reports each piece of syntax that is found, with its position.
func forbid(t *testing.T, what string, found func(goFile, ast.Node) bool) {
	t.Helper()
	for _, f := range goFiles(t) {
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			if n != nil && found(f, n) {
				t.Errorf("%s %s", f.positions.Position(n.Pos()), what)
			}
			return true
		})
	}
}

// mentions reports whether n mentions one of a package's names, whatever the file
// calls that package.
func (f goFile) mentions(n ast.Node, imported string, names ...string) bool {
	selector, ok := n.(*ast.SelectorExpr)
	if !ok || !slices.Contains(names, selector.Sel.Name) {
		return false
	}
	qualifier, ok := selector.X.(*ast.Ident)
	if !ok {
		return false
	}
	return slices.ContainsFunc(f.syntax.Imports, func(spec *ast.ImportSpec) bool {
		unquoted, _ := strconv.Unquote(spec.Path.Value)
		name := path.Base(unquoted)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		return unquoted == imported && qualifier.Name == name
	})
}
