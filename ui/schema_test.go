package ui_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/emulator"
	"ampedit/ui"
	"ampedit/ui/uitest"
)

// twelveProblems is a schema with eleven errors and one warning.
const twelveProblems = `type Post @model @auth(rules: [{ allow: owner }, { allow: owner, provider: oidc }]) {
  id: ID!
  title: Strin!
  blog: Blog @belongsTo(fields: ["blogId"])
  comments: [Comment] @hasMany(indexName: "byPost", fields: ["id"])
  status: Status @default(value: "NOPE")
}

type Blog @model @auth(rules: [{ allow: groups, groups: "admin" }]) {
  id: ID!
  name: String @index(name: "byName", sortKeyFields: ["created"])
  post: Post @hasOne
}

type Comment @model @auth(rules: [{ allow: nobody }]) {
  id: ID!
  text: String! @searchble
  size: Int @primaryKey
}

enum Status { DRAFT PUBLISHED }

type Tag @model {
  label: String!
}

type Query {
  echo(msg: String): String @function(nme: "echo")
}
`

// schemaFolder is a folder with a schema subfolder, and much beside it.
func schemaFolder() fstest.MapFS {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	return fstest.MapFS{
		"api/schema/10-post.graphql":    file("type Post @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  comments: [Comment] @hasMany\n}\n"),
		"api/schema/more/comment.gql":   file("type Comment @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  text: Strin\n}\n"),
		"api/schema/more/README.md":     file("what is here"),
		"api/schema/.old/draft.graphql": file("type Draft @model { id: ID! }"),
		"api/aside.graphql":             file("type Aside @model { id: ID! }"),
		"api/stack.json":                file("{}"),
	}
}

// takeSchema goes to the Schema step and types a path there.
func (p *program) takeSchema(path string) {
	p.into("5")
	p.choose("● From a file or folder")
	p.Press("tab", "ctrl+u")
	p.Type(path)
	if p.Has("accept suggestion") { // esc closes the list, and would leave the step otherwise
		p.Press("esc")
	}
}

// toProblems moves the focus from the path to the list of problems.
func (p *program) toProblems() {
	for range 6 {
		if p.Has("Problems: 1 of ") {
			return
		}
		p.Press("tab")
	}
	p.Want("Problems: 1 of ")
}

// TestSchemaStep keeps the screens of the Schema step.
func TestSchemaStep(t *testing.T) {
	disk := schemaFolder()
	disk["schema.graphql"] = &fstest.MapFile{Data: []byte(newSchema)}
	disk["twelve.graphql"] = &fstest.MapFile{Data: []byte(twelveProblems)}
	steps := map[string]func(p *program){
		"no-file":   func(p *program) { p.takeSchema("") },
		"good-file": func(p *program) { p.takeSchema("schema.graphql") },
		"twelve-problems": func(p *program) {
			p.takeSchema("twelve.graphql")
			p.Want("11 errors, 1 warning")
		},
		"twelve-problems-list": func(p *program) {
			p.takeSchema("twelve.graphql")
			p.toProblems()
			p.Press("down", "down")
		},
		"twelve-problems-pager": func(p *program) {
			p.takeSchema("twelve.graphql")
			p.toProblems()
			p.Press("down", "enter")
		},
		"folder": func(p *program) { p.takeSchema("api") },
		"folder-files": func(p *program) {
			p.takeSchema("api")
			p.Press("tab", "tab", "tab", "tab", "enter")
		},
		"deployed": func(p *program) { p.into("5") },
		"deployed-mode-gone": func(p *program) {
			p.into("2")
			p.choose("● Cognito user pool")
			p.into("5")
		},
	}
	for name, act := range steps {
		for _, size := range []struct{ w, h int }{{80, 24}, {120, 40}, {60, 15}} {
			t.Run(fmt.Sprintf("%s/%dx%d", name, size.w, size.h), func(t *testing.T) {
				p := start(t, setup{w: size.w, h: size.h, disk: disk})
				act(p)
				uitest.Golden(t, fmt.Sprintf("schema/%s-%dx%d", name, size.w, size.h), p.View())
			})
		}
	}
}

// TestWalkReplaceTheSchemaFromAFolder takes a folder by each of its rules, looks
// at the problem in the file that has it, corrects that file and sends.
func TestWalkReplaceTheSchemaFromAFolder(t *testing.T) {
	disk := schemaFolder()
	p := start(t, setup{w: 100, h: 30, disk: disk, environment: emulator.SampleStaging})

	p.takeSchema("api")
	p.Want("1 error; 2 models, 2 types, 4 fields, 0 indexes; 8 lines")
	p.Want("2 files", "ignored", "schema/10-post.graphql, schema/more/comment.gql")
	p.Press("tab", "tab", "tab", "tab", "enter")
	p.Want("Read from api, joined in this order:", "  schema/10-post.graphql", "  schema/more/comment.gql", "Ignored:",
		"aside.graphql: the schema subfolder is the whole schema", "schema/more/README.md: it does not end in .graphql or .gql",
		"schema/.old: hidden folders and node_modules are left out")
	p.Press("esc")

	p.toProblems()
	p.Want("schema/more/comment.gql:3:9  there is no type Strin", "text: Strin", "^^^^^")
	p.Press("enter") // the pager counts lines as the file does
	p.Want("✗ schema/more/comment.gql:3  there is no type Strin", " 3 ✗   text: Strin")
	p.Press("esc")
	p.Want("view at the line") // back in the list
	p.Press("ctrl+o")
	if got := fmt.Sprint(p.edited); got != "[api/schema/more/comment.gql:3]" {
		t.Errorf("the editor was opened at %s", got)
	}
	corrected := strings.ReplaceAll(string(disk["api/schema/more/comment.gql"].Data), "Strin\n", "String\n")
	disk["api/schema/more/comment.gql"].Data = []byte(corrected)
	p.Send(ui.EditorClosed())
	p.Want("✓ no problems; 2 models", "schema read again")
	p.WantNot("view at the line") // the focus is back in the form

	disk["api/schema.graphql"] = &fstest.MapFile{Data: []byte(newSchema)}
	p.Send(tea.FocusMsg{}) // back from another window
	p.Want("1 file, 2 ignored (aside.graphql, schema): schema.graphql")
	delete(disk, "api/schema.graphql")
	for name, file := range disk {
		if rest, below := strings.CutPrefix(name, "api/schema/"); below {
			disk["api/"+rest] = file
			delete(disk, name)
		}
	}
	p.into("6") // before the review the folder is looked at again, too
	p.into("5")
	p.Want("3 files", "10-post.graphql, aside.graphql, more/comment.gql")
	delete(disk, "api/aside.graphql")

	p.into("6")
	p.Want("transformSchema", "− transformSchema: model Note ", "more/comment.gql:1", "worst: destructive")
	p.Press("ctrl+s")
	p.Type(emulator.SampleStaging)
	p.Press("enter")
	p.Advance(time.Minute)
	p.Want("COMPLETED")
	if got, want := *p.sent(t).TransformSchema, string(disk["api/10-post.graphql"].Data)+corrected; got != want {
		t.Errorf("the schema sent is\n%s", got)
	}
}

// TestDeployedSchemaBlocksNothing takes away the mode that rules of the deployed
// schema need: that is a breaking change, not an error.
func TestDeployedSchemaBlocksNothing(t *testing.T) {
	p := start(t, setup{w: 100, h: 40, environment: emulator.SampleStaging})
	p.into("2")
	p.choose("● Cognito user pool")
	p.Want("Not configured, but needed by rules: API key, for Note (deployed schema:5)", "ctrl+t adds it under 3 More")
	p.into("3")
	p.Press("d") // the user pool cannot be both
	p.into("5")
	p.Want("! 2 errors", "this change breaks what works today")
	p.into("6")
	p.Want("worst: breaking", "deployed schema:5:14", "The deployed schema does not fit the new configuration")
	p.Press("ctrl+s")
	p.Want("Send this to staging?")
	p.WantNot("with errors")
}

// TestErrorsOfANewSchemaNeedAWord sends a schema with an error all the same.
func TestErrorsOfANewSchemaNeedAWord(t *testing.T) {
	schema := strings.Replace(emulator.SampleSchema, "body: String", "body: Strin", 1)
	p := start(t, setup{w: 100, h: 40, environment: emulator.SampleStaging, disk: fstest.MapFS{"schema.graphql": {Data: []byte(schema)}}})
	p.takeSchema("schema.graphql")
	p.Want("✗ 1 error")
	p.into("6")
	p.Want("5 Schema ✗1~", "schema.graphql:10:9: there is no type Strin; did you mean String? [S003]")
	p.Press("ctrl+s")
	p.Want("the checker finds 1 errors in the schema", "staging with errors")
	p.Type("staging")
	p.Press("enter")
	p.wantPosts(t, 0)
	p.Type(" with errors")
	p.Press("enter")
	p.wantPosts(t, 1)
}

// TestPlanSaysWhatDiffersInTheSchema compares by meaning: other words at the same
// places are no difference.
func TestPlanSaysWhatDiffersInTheSchema(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     []string
	}{
		"comment": {"enum Colour", "# the colours\nenum Colour", []string{"Nothing differs in meaning.", "safe"}},
		"field":   {"  pinned: Boolean\n", "  pinned: Boolean\n  starred: Boolean\n", []string{"+ transformSchema: model Note.starred", "schema.graphql:12", "safe"}},
		"gone":    {"  pinned: Boolean\n", "", []string{"− transformSchema: model Note.pinned", "breaking", "schema.graphql:2"}},
		"key":     {`sortKeyFields: ["title"]`, `sortKeyFields: ["body"]`, []string{"~ transformSchema: model Note", "caution", "schema.graphql:12", "The index byNotebook changes its key"}},
		"rule":    {"{ allow: private }", "{ allow: private }\n    { allow: groups, groups: [\"admin\"] }", []string{"+ transformSchema: model Tag", "caution"}},
	} {
		t.Run(name, func(t *testing.T) {
			schema := strings.Replace(emulator.SampleSchema, c.old, c.new, 1)
			p := start(t, setup{w: 120, h: 40, disk: fstest.MapFS{"schema.graphql": {Data: []byte(schema)}}})
			p.takeSchema("schema.graphql")
			p.into("6")
			p.Want(c.want...)
		})
	}
}

// TestMissingModeIsAdded takes the way out that a rule offers, in the list of
// problems and at the mode of the default type.
func TestMissingModeIsAdded(t *testing.T) {
	oidc := fstest.MapFS{"schema.graphql": {Data: []byte("type Note @model @auth(rules: [{ allow: owner, provider: oidc }]) {\n  id: ID!\n}\n")}}
	for name, take := range map[string]func(p *program){
		"list": func(p *program) {
			p.toProblems()
			p.Want("ctrl+t: add OpenID Connect as an additional type")
			p.Press("ctrl+t")
		},
		"default": func(p *program) {
			p.into("2")
			p.Want("Not configured, but needed by rules: OpenID Connect, for Note (schema.graphql:1)", "No rule of the schema uses API key yet")
			p.Press("ctrl+t")
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, setup{w: 100, h: 40, disk: oidc})
			p.takeSchema("schema.graphql")
			p.Want("✗ 1 error", "A010 schema.graphql:1:58")
			take(p)
			p.Want("OpenID Connect added under 3 More")
			p.into("3")
			p.Want("+ 2  OpenID Connect")
			p.Press("down", "enter")
			p.Want("Rules that need it: Note (schema.graphql:1)")
			p.into("5")
			p.Want("✓ no problems")
		})
	}
}

// TestPagerGoesThroughProblems goes from problem to problem, and with ctrl+o into
// the editor there.
func TestPagerGoesThroughProblems(t *testing.T) {
	p := start(t, setup{disk: fstest.MapFS{"twelve.graphql": {Data: []byte(twelveProblems)}}})
	p.takeSchema("twelve.graphql")
	p.toProblems()
	p.Press("enter")
	p.Want("✗ twelve.graphql:1  this rule needs the authorization mode OpenID Connect")
	p.Press("n")
	p.Want("✗ twelve.graphql:3  there is no type Strin")
	p.Press("N", "N") // round from the first to the last
	p.Want("✗ twelve.graphql:28  @function needs")
	p.Press("/")
	p.Type("searchble")
	p.Press("enter")
	p.Want("/searchble  1 of 1 matches")
	p.Press("ctrl+o")
	if got := fmt.Sprint(p.edited); got != "[twelve.graphql:17]" {
		t.Errorf("the editor was opened at %s", got)
	}
	p.Send(ui.EditorClosed())
	p.Want("Problems: 1 of 12") // not the old text in the pager
}

// slowDisk is a disk that takes its time for each look at a file.
type slowDisk struct {
	fs.FS
	clock *uitest.Clock
	wait  time.Duration
}

func (d slowDisk) Stat(name string) (fs.FileInfo, error) {
	<-d.clock.After(d.wait)
	return fs.Stat(d.FS, name)
}

// TestSlowDiskDelaysNoKey types while files are read, of which only the last
// counts.
func TestSlowDiskDelaysNoKey(t *testing.T) {
	disk := fstest.MapFS{"old.graphql": {Data: []byte("type Old")}, "schema.graphql": {Data: []byte(newSchema)}}
	p := start(t, setup{w: 100, h: 30, disk: disk, slow: time.Second})
	p.takeSchema("old.graphql")
	p.Want("old.graphql", "reading…")
	p.Press("ctrl+u")
	p.Type("schema.graphql")
	p.Want("schema.graphql", "reading…")
	p.Press("esc", "tab")
	p.into("4")
	p.choose("● None")
	p.Advance(time.Minute)
	p.Want("● None")
	p.into("5")
	p.Advance(time.Minute)
	p.Want("✓ no problems; 2 models", "10 lines")
}

// results runs what a key led to, and returns the messages.
func results(cmd tea.Cmd) []tea.Msg {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	batch, many := msg.(tea.BatchMsg)
	if !many {
		return []tea.Msg{msg}
	}
	var out []tea.Msg
	for _, c := range batch {
		out = append(out, results(c)...)
	}
	return out
}

// TestCheckDelaysNoKey changes modes faster than the schema is checked: each key
// shows at once, and only the check of what stands there now counts.
func TestCheckDelaysNoKey(t *testing.T) {
	p := start(t, setup{w: 100, h: 40})
	e := p.app.Edit()
	p.into("2")
	if e.Checking() || len(e.Report().Problems) > 0 {
		t.Fatalf("the deployed schema has problems: %v", e.Report().Problems)
	}
	_, cmd := p.app.Update(uitest.Key("right"))
	p.Want("● Cognito user pool")
	if !e.Checking() || len(e.Report().Problems) > 0 {
		t.Error("the key did not wait for its check, but shows the result")
	}
	late := results(cmd)
	_, cmd = p.app.Update(uitest.Key("right"))
	p.Want("● IAM")
	for _, msg := range late {
		p.app.Update(msg)
	}
	if !e.Checking() || len(e.Report().Problems) > 0 {
		t.Error("a check that came too late was taken")
	}
	for _, msg := range results(cmd) {
		p.app.Update(msg)
	}
	if e.Checking() || len(e.Report().Problems) == 0 {
		t.Errorf("the schema is checked: %v, with %v", !e.Checking(), e.Report().Problems)
	}
}
