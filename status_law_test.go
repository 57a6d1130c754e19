package main_test

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"testing"
)

// judges are the folders that may branch on the status of a job or on a verdict: the
// submission, whose business it is; the types themselves; the service of the tests;
// and the journal, which looks only whether there is a verdict.
var judges = []string{"client/submission", "client/wire", "client/emulator", "client/journal"}

// TestOnlySubmissionsJudge holds that a verdict exists once: nobody else looks into
// the status of a job, or into what a submission or a receipt has come to, in order to
// do something. What is to be shown, in which tone and with which exit code are
// readings of the submission.
func TestOnlySubmissionsJudge(t *testing.T) {
	w, all := checkedPackages(t)
	for _, c := range all {
		if slices.Contains(judges, c.folder) {
			continue
		}
		for _, at := range c.judgements() {
			t.Errorf("%s branches on the status of a job or on a verdict; that is client/submission's to do", c.positions.Position(at))
		}
	}
	for name, body := range map[string]string{
		"a comparison":             `if *job.Status == "COMPLETED" { return 1 }`,
		"another one":              `return string(*job.Status) != "FAILED"`,
		"a switch":                 `switch s.Verdict() { case submission.Done: return 1 }`,
		"a switch without a tag":   `switch { case s.Verdict() == submission.Done: return 1 }`,
		"a helper around it":       `if strings.TrimSpace(string(*job.Status)) == "COMPLETED" { return 1 }`,
		"a variable":               `word := string(*job.Status); if word == "COMPLETED" { return 1 }`,
		"a variable of a variable": `var a, b string; a = r.Verdict; b = a; return b == "done"`,
		"folded case":              `return strings.EqualFold(string(*job.Status), "failed")`,
		"a beginning":              `return strings.HasPrefix(e.Status, "COMP")`,
		"a list":                   `return slices.Contains([]submission.Verdict{submission.Done}, s.Verdict())`,
		"a map":                    `return map[wire.JobStatus]bool{"COMPLETED": true}[*job.Status]`,
		"a map of texts":           `return map[string]bool{"done": true}[r.Verdict]`,
		"a receipt":                `if r.Status == "" { return 1 }`,
		"an entry":                 `for e.Verdict != submission.Done { return 1 }`,
		"a reason":                 `return s.Reason() == submission.ReasonDiffers`,
		"a printed one":            `return fmt.Sprint(s.Verdict()) == "done"`,
	} {
		if c := w.planted(t, "ui/planted", body); len(c.judgements()) == 0 {
			t.Errorf("%s is not found: %s", name, body)
		}
	}
	for name, body := range map[string]string{
		"printing":        `fmt.Println(s.Verdict(), *job.Status, r.Verdict)`,
		"passing on":      `return e.Status`,
		"no status":       `if job.Status == nil { return 1 }`,
		"a tone":          `switch submission.ToneOf(job) { case submission.Good: return 1 }`,
		"an exit code":    `return s.ExitCode() == 0`,
		"another member":  `return text(job.JobID) == r.JobID`,
		"a word of it":    `return "it is " + string(*job.Status)`,
		"what it offers":  `if s.CanLookAgain() { return 1 }`,
		"other verdicts":  `type verdict string; v := verdict("x"); return v == "y"`,
		"an HTTP status ": `status := 200; return status == 404`,
	} {
		if c := w.planted(t, "ui/planted", body); len(c.judgements()) > 0 {
			t.Errorf("%s is found: %s", name, body)
		}
	}
}

// TestOnlySubmissionsSend holds that there is one place that sends an update.
func TestOnlySubmissionsSend(t *testing.T) {
	w, all := checkedPackages(t)
	for _, c := range all {
		if c.folder == "client" || c.folder == "client/submission" {
			continue
		}
		for _, at := range c.sendings() {
			t.Errorf("%s calls UpdateBackendAPI; client/submission is the place for that", c.positions.Position(at))
		}
	}
	for name, body := range map[string]string{
		"a call":          `_, err := api.UpdateBackendAPI(ctx, in); return err`,
		"a value":         `send := api.UpdateBackendAPI; return send`,
		"of the client":   `_, err := new(client.Client).UpdateBackendAPI(ctx, in); return err`,
		"as a function":   `return (*client.Client).UpdateBackendAPI`,
		"of an interface": `return client.API.UpdateBackendAPI`,
	} {
		if c := w.planted(t, "ui/planted", body); len(c.sendings()) == 0 {
			t.Errorf("%s is not found: %s", name, body)
		}
	}
}

// sendings are the places that mention the operation.
func (c *checked) sendings() []token.Pos {
	var found []token.Pos
	for id, object := range c.info.Uses {
		f, ok := object.(*types.Func)
		if ok && f.Name() == "UpdateBackendAPI" && f.Pkg() != nil && f.Pkg().Path() == module+"/client" {
			found = append(found, id.Pos())
		}
	}
	return found
}

// judgements are the places that branch on a status or a verdict.
func (c *checked) judgements() []token.Pos {
	carriers := c.carriers()
	tainted := func(e ast.Expr) bool { return c.tainted(e, carriers) }
	var found []token.Pos
	for _, file := range c.files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				compares := n.Op == token.EQL || n.Op == token.NEQ || n.Op == token.LSS || n.Op == token.GTR || n.Op == token.LEQ || n.Op == token.GEQ
				if compares && !c.isNil(n.X) && !c.isNil(n.Y) && (tainted(n.X) || tainted(n.Y)) {
					found = append(found, n.Pos())
				}
			case *ast.SwitchStmt:
				if n.Tag != nil && tainted(n.Tag) {
					found = append(found, n.Pos())
				}
			case *ast.IndexExpr:
				if tainted(n.Index) {
					found = append(found, n.Pos())
				}
			case *ast.CallExpr:
				if c.decides(n) && slices.ContainsFunc(n.Args, tainted) {
					found = append(found, n.Pos())
				}
			}
			return true
		})
	}
	return found
}

// decides reports whether a call compares: it is of another module and answers with a
// truth or a number.
func (c *checked) decides(call *ast.CallExpr) bool {
	f := c.callee(call)
	if f == nil || f.Pkg() == nil || within(f.Pkg().Path(), module) {
		return false
	}
	basic, ok := c.info.TypeOf(call).(*types.Basic)
	return ok && basic.Info()&(types.IsBoolean|types.IsInteger) != 0
}

func (c *checked) callee(call *ast.CallExpr) *types.Func {
	fun := call.Fun
	if index, ok := fun.(*ast.IndexExpr); ok {
		fun = index.X
	}
	var id *ast.Ident
	switch fun := fun.(type) {
	case *ast.Ident:
		id = fun
	case *ast.SelectorExpr:
		id = fun.Sel
	default:
		return nil
	}
	f, _ := c.info.Uses[id].(*types.Func)
	return f
}

func (c *checked) isNil(e ast.Expr) bool { return c.info.Types[e].IsNil() }

// carriers are the variables that got a status or a verdict, by way of others too.
func (c *checked) carriers() map[types.Object]bool {
	carriers := map[types.Object]bool{}
	for grown := true; grown; {
		grown = false
		carry := func(to, from ast.Expr) {
			id, ok := to.(*ast.Ident)
			if !ok || !c.tainted(from, carriers) {
				return
			}
			object := c.info.Defs[id]
			if object == nil {
				object = c.info.Uses[id]
			}
			if object != nil && isText(object.Type()) && !carriers[object] {
				carriers[object], grown = true, true
			}
		}
		for _, file := range c.files {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.AssignStmt:
					for i := range min(len(n.Lhs), len(n.Rhs)) {
						carry(n.Lhs[i], n.Rhs[i])
					}
				case *ast.ValueSpec:
					for i := range min(len(n.Names), len(n.Values)) {
						carry(n.Names[i], n.Values[i])
					}
				}
				return true
			})
		}
	}
	return carriers
}

func isText(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// judgedTypes and judgedMembers are what carries a status or a verdict.
var (
	judgedTypes   = []string{"client/wire.JobStatus", "client/submission.Verdict", "client/submission.Reason"}
	judgedMembers = map[string][]string{
		"client/journal.Receipt": {"Verdict", "Reason", "Status"}, "client/journal.Answer": {"Status"}, "client/submission.Entry": {"Status"},
	}
)

// tainted reports whether an expression is a status or a verdict, or a text that is
// made of nothing else.
func (c *checked) tainted(e ast.Expr, carriers map[types.Object]bool) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return c.tainted(e.X, carriers)
	case *ast.StarExpr:
		return c.tainted(e.X, carriers)
	case *ast.Ident:
		if carriers[c.info.Uses[e]] {
			return true
		}
	case *ast.SelectorExpr:
		if selection := c.info.Selections[e]; selection != nil && slices.Contains(judgedMembers[typeName(selection.Recv())], e.Sel.Name) {
			return true
		}
	case *ast.CallExpr: // a conversion, or a helper around it
		if t := c.info.TypeOf(e); t != nil && isText(t) && slices.ContainsFunc(e.Args, func(a ast.Expr) bool { return c.tainted(a, carriers) }) {
			return c.callee(e) == nil || len(e.Args) == 1
		}
	}
	return slices.Contains(judgedTypes, typeName(c.info.TypeOf(e)))
}

// typeName is the name of a type, or of what it points to, with its folder.
func typeName(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	path := named.Obj().Pkg().Path()
	if len(path) > len(module) {
		path = path[len(module)+1:]
	}
	return path + "." + named.Obj().Name()
}
