package main_test

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// quotingLibraries are modules that write or split lines for a shell.
var quotingLibraries = []string{
	"al.essio.dev/pkg/shellescape", "bitbucket.org/creachadair/shell", "github.com/alessio/shellescape", "github.com/anmitsu/go-shlex",
	"github.com/apparentlymart/go-shquot", "github.com/buildkite/shellwords", "github.com/creachadair/mds/shell", "github.com/google/shlex",
	"github.com/kballard/go-shellquote", "github.com/mattn/go-shellwords", "mvdan.cc/sh",
}

// TestOnlyShellQuotes holds that there is one place that makes lines that a user may
// paste into a shell. Elsewhere nothing is put between single quotes for a shell,
// nothing unquoted follows a command, a flag or the name of a variable, and the words
// of a command are not joined.
func TestOnlyShellQuotes(t *testing.T) {
	w, all := checkedPackages(t)
	argvs := commandSources(all)
	for _, c := range all {
		if c.folder == "client/shell" {
			continue
		}
		for _, at := range c.quotings(argvs) {
			t.Errorf("%s makes a line for a shell; client/shell is the place for that", c.positions.Position(at))
		}
	}
	for name, body := range map[string]string{
		"a quoter":                    `return "'" + strings.ReplaceAll(r.ID, "'", "'\\''") + "'"`,
		"a careless one":              `return "'" + r.ID + "'"`,
		"one by a format":             `return fmt.Sprintf("'%s'", r.ID)`,
		"an escaper":                  `return strings.NewReplacer("'", "''").Replace(r.ID)`,
		"a count of replacements":     `return strings.Replace(r.ID, "'", "x", -1)`,
		"a command and a word":        `return "come back with ampedit watch " + r.ID`,
		"a command with a flag":       `return "ampedit watch --app-id " + r.ID`,
		"a command by a format":       `return fmt.Sprintf("ampedit history show %s", r.ID)`,
		"Go's quotes for the shell's": `return fmt.Errorf("run: aws sso login --profile %q", r.ID)`,
		"a command of constants":      `const show = "ampedit history show "; return show + r.ID`,
		"a flag":                      `return fmt.Sprintf("--confirm %s sends it", r.ID)`,
		"a flag with an equals sign":  `return "name it by --env=" + r.ID`,
		"an assignment":               `return fmt.Sprintf("export AWS_REGION=%s", r.ID)`,
		"an assignment by names":      `return fmt.Sprintf("export %s=%s\n", r.ID, r.ID)`,
		"an assignment of Windows":    `return "$env:AWS_PROFILE = '" + r.ID + "'"`,
		"one before a command":        `return "AWS_PROFILE=" + r.ID + " amplify pull"`,
		"a piece":                     `var b strings.Builder; b.WriteString("ampedit watch "); b.WriteString(r.ID); return b.String()`,
		"words":                       `words := []string{"ampedit", "watch", r.ID}; return strings.Join(words, " ")`,
		"words and more":              `words := append([]string{"ampedit"}, r.ID); words = append(words, r.ID); return strings.Join(words, " ")`,
		"words made elsewhere":        `return strings.Join(new(client.Client).LoginCommand(nil), " ")`,
		"words of a function value":   `return strings.Join(new(edit.Session).LoginCommand(nil), " ")`,
		"words that are run":          `words := strings.Fields(r.ID); _ = exec.Command(words[0], words[1:]...); return strings.Join(words, " ")`,
		"words of a process":          `return strings.Join(exec.Command("ls").Args, " ")`,
		"own words":                   `return strings.Join(os.Args[1:], " ")`,
		"words, quoted somehow":       `each := func(words []string) []string { return words }; return strings.Join(each([]string{"aws", r.ID}), " ")`,
		"a process as a text":         `return exec.Command("ls", r.ID).String()`,
	} {
		if c := w.planted(t, "ui/planted", body); len(c.quotings(argvs)) == 0 {
			t.Errorf("%s is not found: %s", name, body)
		}
	}
	for name, body := range map[string]string{
		"a line":                 `return "come back with " + shell.Line("ampedit", "watch", r.ID)`,
		"a line in a format":     `return fmt.Sprintf("run: %s", shell.Line("ampedit", "watch", r.ID))`,
		"a word after its flag":  `return fmt.Sprintf("--confirm %s sends it", shell.Here().Word(r.ID))`,
		"and without a format":   `return "--confirm " + shell.POSIX.Word(r.ID)`,
		"a command in a text":    `return "run ampedit history, then amplify pull in each of them: " + r.ID`,
		"a refusal of a flag":    `return fmt.Errorf("--format %q is not known", r.ID)`,
		"a name in quotes":       `return "the header requires '" + r.ID + "' as a parameter"`,
		"a name in a format":     `return fmt.Sprintf("'%s' is not in the scope of '%s'.", r.ID, r.ID)`,
		"the program's name":     `return "ampedit " + r.ID`,
		"a list":                 `names := []string{"a", r.ID}; return strings.Join(names, " ")`,
		"a list with commas":     `return strings.Join([]string{"aws", r.ID}, ", ")`,
		"a variable of its name": `return "AWS_REGION " + r.ID`,
		"JSON":                   `return strings.ReplaceAll(r.ID, "\"", "\\\"")`,
		"a flag, quoted":         `return shell.Here().Word("--demo=" + r.ID)`,
		"running it":             `return exec.Command("aws", "sso", "login", "--profile", r.ID)`,
	} {
		if c := w.planted(t, "ui/planted", body); len(c.quotings(argvs)) > 0 {
			t.Errorf("%s is found: %s", name, body)
		}
	}
}

func TestOnlyShellImportsQuotingLibraries(t *testing.T) {
	used := false
	for _, f := range goFiles(t) {
		for _, imported := range f.imports() {
			switch quotes := within(imported, quotingLibraries...); {
			case quotes && f.folder == "client/shell":
				used = true
			case quotes:
				t.Errorf("%s imports %s; client/shell is the place for that", f.name, imported)
			}
		}
	}
	if !used {
		t.Error("client/shell uses none of the libraries that this test knows")
	}
}

const beginsCommand = `(^|[^\w/.-])(ampedit (watch|apply|plan|history|check|request|backends|extend|export|emulator|completion|man)|aws [a-z]|amplify [a-z])[\w ./=-]*`

// wantsWord matches a text after which a shell would read what follows as a word of
// its own, or as a part of one.
var wantsWord = regexp.MustCompile(`(` + beginsCommand + `[ =]|(^|[^\w-])--[a-z][a-z-]*[ =]|(^|\W)(export|set) "?\w*=?|\$env:\w*( = '?)?|\b(AWS|AMPEDIT)_[A-Z_]+=)'?$`)

// beforeQuoted matches a text that ends with a quote that is for a shell and not for
// a reader.
var beforeQuoted = regexp.MustCompile(`(^|=)'$`)

// quotings are the places that make a line for a shell. argvs are the functions whose
// results are commands.
func (c *checked) quotings(argvs map[string]bool) []token.Pos {
	var found []token.Pos
	commands := c.commands(argvs)
	safe := map[ast.Expr]bool{} // texts that a word made by client/shell follows
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				if text := lastOperand(n.X); n.Op == token.ADD && !c.isConstant(n.Y) {
					safe[text] = safe[text] || c.isShellWord(n.Y)
					if beforeQuoted.MatchString(c.text(text)) || wantsWord.MatchString(c.text(text)) && !safe[text] {
						found = append(found, n.Pos())
					}
				}
			case *ast.CallExpr:
				if c.isShellWord(n) {
					return false // what it is given is quoted there
				}
				if c.escapesQuotes(n) || c.joinsWords(n, commands) || c.formatsWord(n) {
					found = append(found, n.Pos())
				}
			}
			return true
		})
		ast.Inspect(file, func(n ast.Node) bool { // a text that is written, and then its word
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) == 1 && !c.isShellWord(call) {
				if text := c.text(lastOperand(call.Args[0])); strings.HasSuffix(text, " ") && wantsWord.MatchString(text) {
					found = append(found, n.Pos())
				}
			}
			return true
		})
	}
	return found
}

func lastOperand(e ast.Expr) ast.Expr {
	if sum, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return lastOperand(sum.Y)
	}
	return e
}

func (c *checked) isConstant(e ast.Expr) bool { return c.info.Types[e].Value != nil }

// text is the value of a constant text, else "".
func (c *checked) text(e ast.Expr) string {
	if value := c.info.Types[e].Value; value != nil && value.Kind() == constant.String {
		return constant.StringVal(value)
	}
	return ""
}

func (c *checked) isShellWord(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && c.calls(call, module+"/client/shell")
}

// calls reports whether a call is of a function or method of a package, with one of
// the names if there are any.
func (c *checked) calls(call *ast.CallExpr, imported string, names ...string) bool {
	f := c.callee(call)
	return f != nil && f.Pkg() != nil && f.Pkg().Path() == imported && (len(names) == 0 || slices.Contains(names, f.Name()))
}

// escapesQuotes reports whether a call replaces single quotes.
func (c *checked) escapesQuotes(call *ast.CallExpr) bool {
	switch {
	case c.calls(call, "strings", "ReplaceAll", "Replace") && len(call.Args) > 1: // not the method of a Replacer
		return c.text(call.Args[1]) == "'"
	case c.calls(call, "strings", "NewReplacer"):
		for i := 0; i < len(call.Args); i += 2 {
			if c.text(call.Args[i]) == "'" {
				return true
			}
		}
	}
	return false
}

var verb = regexp.MustCompile(`%[-+# 0]*\d*(\.\d+)?[a-zA-Z%]`)

// formatsWord reports whether a call puts something that is not made by client/shell
// where a shell would read a word. Whatever has a constant text with verbs and then
// more arguments formats them.
func (c *checked) formatsWord(call *ast.CallExpr) bool {
	at := slices.IndexFunc(call.Args, func(e ast.Expr) bool { return strings.Contains(c.text(e), "%") })
	if at < 0 || at == len(call.Args)-1 {
		return false
	}
	format, args := c.text(call.Args[at]), call.Args[at+1:]
	for _, place := range verb.FindAllStringIndex(format, -1) {
		before, kind := verb.ReplaceAllString(format[:place[0]], "x"), format[place[1]-1]
		if kind == '%' {
			continue
		}
		if len(args) == 0 {
			return false
		}
		refusal := kind != 's' && kind != 'v' && !regexp.MustCompile(beginsCommand+`[ =]$`).MatchString(before)
		if !refusal && !c.isShellWord(args[0]) && (wantsWord.MatchString(before) || beforeQuoted.MatchString(before) && format[place[1]:] == "'") {
			return true
		}
		args = args[1:]
	}
	return false
}

// joinsWords reports whether a call makes one text of a command.
func (c *checked) joinsWords(call *ast.CallExpr, commands func(ast.Expr) bool) bool {
	if c.calls(call, "os/exec", "String") {
		return true
	}
	return c.calls(call, "strings", "Join") && strings.TrimSpace(c.text(call.Args[1])) == "" && commands(call.Args[0])
}

// commandSources are the functions and members of structs, by their names, that give
// the words of a command.
func commandSources(all []*checked) map[string]bool {
	sources := map[string]bool{}
	for grown := -1; grown != len(sources); {
		grown = len(sources)
		for _, c := range all {
			commands := c.commands(sources)
			for _, file := range c.files {
				ast.Inspect(file, func(n ast.Node) bool {
					switch n := n.(type) {
					case *ast.FuncDecl:
						if n.Body != nil && c.returnsCommand(n.Body, commands) {
							sources[sourceName(c.info.Defs[n.Name])] = true
						}
					case *ast.KeyValueExpr: // a member that is such a function
						if key, ok := n.Key.(*ast.Ident); ok && sources[sourceName(c.used(n.Value))] {
							sources[sourceName(c.info.Uses[key])] = true
						}
					}
					return true
				})
			}
		}
		delete(sources, "")
	}
	return sources
}

func (c *checked) returnsCommand(body *ast.BlockStmt, commands func(ast.Expr) bool) (found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		if returned, ok := n.(*ast.ReturnStmt); ok {
			found = found || slices.ContainsFunc(returned.Results, commands)
		}
		_, inner := n.(*ast.FuncLit)
		return !inner
	})
	return found
}

// used is the object that an expression names.
func (c *checked) used(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.info.ObjectOf(e)
	case *ast.SelectorExpr:
		return c.info.ObjectOf(e.Sel)
	}
	return nil
}

// sourceName is the same in all packages, other than the object.
func sourceName(o types.Object) string {
	switch o := o.(type) {
	case *types.Func:
		return o.FullName()
	case *types.Var:
		if o.IsField() && o.Pkg() != nil {
			return o.Pkg().Path() + "." + o.Name()
		}
	}
	return ""
}

// commands tells the expressions that are the words of a command: lists that begin
// with the name of a program, what is run, and what was made from those.
func (c *checked) commands(sources map[string]bool) func(ast.Expr) bool {
	lists := map[types.Object]bool{}
	var is func(ast.Expr) bool
	is = func(e ast.Expr) bool {
		switch e := ast.Unparen(e).(type) {
		case *ast.Ident:
			return lists[c.info.ObjectOf(e)]
		case *ast.SelectorExpr:
			o := c.info.ObjectOf(e.Sel)
			return o != nil && o.Name() == "Args" && o.Pkg() != nil && slices.Contains([]string{"os", "os/exec"}, o.Pkg().Path())
		case *ast.SliceExpr:
			return is(e.X)
		case *ast.CompositeLit:
			return len(e.Elts) > 0 && c.isProgram(e.Elts[0])
		case *ast.CallExpr: // of a known function, or one that makes a list of such a list
			list, ok := c.info.TypeOf(e).(*types.Slice)
			return ok && isText(list.Elem()) && (sources[sourceName(c.used(e.Fun))] || slices.ContainsFunc(e.Args, is) || slices.ContainsFunc(e.Args, c.isProgram))
		}
		return false
	}
	c.growLists(lists, is)
	return is
}

func (c *checked) isProgram(e ast.Expr) bool {
	return slices.Contains([]string{"ampedit", "aws", "amplify", "curl", "npx"}, path.Base(c.text(e)))
}

// growLists finds the variables that hold commands.
func (c *checked) growLists(lists map[types.Object]bool, is func(ast.Expr) bool) {
	for grown := -1; grown != len(lists); {
		grown = len(lists)
		for _, file := range c.files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for i := range min(len(n.Lhs), len(n.Rhs)) {
						if o := c.used(n.Lhs[i]); o != nil && is(n.Rhs[i]) {
							lists[o] = true
						}
					}
				case *ast.CallExpr:
					if !c.calls(n, "os/exec", "Command", "CommandContext") || n.Ellipsis == token.NoPos {
						return true
					}
					last := n.Args[len(n.Args)-1]
					if slice, ok := last.(*ast.SliceExpr); ok {
						last = slice.X
					}
					if o := c.used(last); o != nil {
						lists[o] = true
					}
				}
				return true
			})
		}
	}
}
