package page

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

const (
	buttonView = "View"
	buttonEdit = "Open in editor"
)

// Schema is the fifth step: which schema.
type Schema struct {
	*Form
	list problemList
}

// NewSchema returns the page.
func NewSchema(s *Shared) *Schema {
	p := &Schema{Form: newForm(s, forms.StepSchema, forms.NoEntry, forms.StepSchema.Title(), buttonContinue, buttonView, buttonEdit)}
	p.above = p.state
	return p
}

// text returns the schema that would be sent, and whether there is one.
func (p *Schema) text() (string, bool) {
	config := p.Edit.Plan().Input.ResourceConfig
	if config == nil || config.TransformSchema == nil {
		return "", false
	}
	return *config.TransformSchema, true
}

// state says what was loaded.
func (p *Schema) state(w int) []string {
	s := p.Styles
	loaded := p.Edit.Schema()
	text, ok := p.text()
	size := fmt.Sprintf("%d lines, %d bytes", strings.Count(strings.TrimSuffix(text, "\n"), "\n")+1, len(text))
	switch {
	case p.Edit.SchemaPath() == "" && ok:
		return []string{" " + s.Good.Render(style.Done+" the deployed schema: "+size), ""}
	case p.Edit.SchemaPath() == "":
		return []string{" " + s.Faint.Render("No schema was read; without one the member is not sent."), ""}
	case loaded.Path != p.Edit.SchemaPath():
		return []string{" " + s.Faint.Render("reading…"), ""}
	case loaded.Err != nil:
		return nil // the field says it
	}
	line := style.Done + " read: " + size
	if r := p.Edit.Report(); r != nil {
		line += ": " + r.Summary.String()
	}
	if files := included(loaded); files > 1 {
		line += fmt.Sprintf(", from %d files", files)
	}
	return []string{" " + s.Good.Render(widget.CleanLine(line)), ""}
}

func included(s edit.Schema) int {
	n := 0
	for _, f := range s.Files {
		if f.Ignored == "" {
			n++
		}
	}
	return n
}

// View draws the fields, and below them what is wrong with the schema.
func (p *Schema) View() string {
	if len(p.problems()) == 0 {
		return p.Form.View()
	}
	if p.w < wide {
		return p.withList(p.w)
	}
	left := p.w * 3 / 5
	return widget.Beside(p.withList(left), p.request(p.w-left-3), " "+p.Styles.Border.Render("│")+" ", left)
}

func (p *Schema) withList(w int) string {
	lines := append([]string{p.heading(w)}, p.state(w)...)
	p.form.SetSize(w, p.h)
	need := p.form.Height()
	p.form.SetSize(w, min(need, max(p.h/2-len(lines), 3)))
	lines = append(lines, strings.Split(p.form.View(), "\n")...)
	room := max(p.h-len(lines)-1, 1)
	lines = append(lines, widget.RuleLine(p.Styles, p.counted(), w))
	return widget.Fit(append(lines, p.list.Lines(p.Styles, p.Edit.Report(), w, room)...), w, p.h)
}

// counted says how many problems there are of each kind.
func (p *Schema) counted() string {
	r := p.Edit.Report()
	errors := schema.Errors(r.Problems)
	return fmt.Sprintf("In the schema: errors %d, others %d", errors, len(r.Problems)-errors)
}

func (p *Schema) problems() []schema.Problem {
	if r := p.Edit.Report(); r != nil {
		return r.Problems
	}
	return nil
}

// Update takes a key.
func (p *Schema) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	if p.list.focused {
		return p.updateList(msg)
	}
	switch {
	case key.Matches(msg, keys.Editor):
		return Handled, p.openEditor()
	case key.Matches(msg, keys.OpenSchema) && !p.Capturing():
		return Handled, p.view()
	case key.Matches(msg, keys.PressButton) && p.form.Button() == buttonView:
		return Handled, p.view()
	case key.Matches(msg, keys.PressButton) && p.form.Button() == buttonEdit:
		return Handled, p.openEditor()
	}
	event, cmd := p.Form.Update(msg)
	if event == ToEnd && len(p.problems()) > 0 {
		p.form.Blur()
		p.list.focused, p.list.selected = true, 0
		return Handled, cmd
	}
	return event, cmd
}

// updateList takes the keys of the list of problems.
func (p *Schema) updateList(msg tea.KeyMsg) (Event, tea.Cmd) {
	problems := p.problems()
	p.list.selected = max(0, min(p.list.selected, len(problems)-1))
	switch {
	case key.Matches(msg, keys.Up) && p.list.selected > 0:
		p.list.selected--
	case key.Matches(msg, keys.Up), key.Matches(msg, keys.PrevStop):
		p.list.focused = false
		p.form.Focus(true)
	case key.Matches(msg, keys.Down):
		p.list.selected = min(p.list.selected+1, len(problems)-1)
	case key.Matches(msg, keys.NextStop):
		return ToEnd, nil
	case key.Matches(msg, keys.Continue):
		return NextStep, nil
	case len(problems) == 0:
		return Ignored, nil
	case key.Matches(msg, keys.Open):
		return Handled, p.viewAt(problems[p.list.selected].TextLine)
	case key.Matches(msg, keys.Editor):
		return Handled, p.editAt(problems[p.list.selected])
	case key.Matches(msg, keys.TakeFix):
		return Handled, p.addMode(problems[p.list.selected].Fix.AddMode)
	default:
		return Ignored, nil
	}
	return Handled, nil
}

// addMode takes the way out that a problem offers: an additional authorization
// type.
func (p *Schema) addMode(mode schema.Mode) tea.Cmd {
	if mode == "" {
		return refuse("no fix is offered here")
	}
	p.Edit.Answers.Add(string(mode))
	return tea.Batch(host{p.Shared}.Changed(forms.Ref{Step: forms.StepMore, Entry: forms.NoEntry}),
		toast(forms.ModeLabel(string(mode))+" added under 3 More"))
}

func (p *Schema) editAt(problem schema.Problem) tea.Cmd {
	if p.Edit.SchemaPath() == "" {
		return p.openEditor()
	}
	return Send(EditorMsg{Path: problem.File, Line: problem.Line})
}

func (p *Schema) viewAt(line int) tea.Cmd {
	text, ok := p.text()
	if !ok {
		return refuse("there is no schema to view yet")
	}
	pager := NewSchemaPager(p.Shared, text, p.problems())
	pager.GoTo(line)
	return Send(OpenMsg{Page: pager, Title: "Schema"})
}

func (p *Schema) view() tea.Cmd { return p.viewAt(1) }

// Blur takes the focus out of the page.
func (p *Schema) Blur() {
	p.Form.Blur()
	p.list.focused = false
}

// Focus moves the focus into the page.
func (p *Schema) Focus(last bool) {
	p.list.focused = false
	p.Form.Focus(last)
}

func (p *Schema) openEditor() tea.Cmd {
	path := p.Edit.SchemaPath()
	if path == "" {
		text, ok := p.text()
		if !ok {
			return refuse("there is no schema to open yet")
		}
		return Send(ViewMsg{Name: "schema.graphql", Text: text})
	}
	for _, f := range p.Edit.Schema().Files {
		if f.Ignored == "" {
			return Send(EditorMsg{Path: f.Name, Line: 1})
		}
	}
	return refuse("the path names no file that can be opened")
}

// Keys are the bindings that do something now.
func (p *Schema) Keys() []key.Binding {
	if p.list.focused {
		return []key.Binding{keys.UpDown, keys.ViewLine, keys.Editor, keys.TakeFix, keys.Continue, keys.PrevStop}
	}
	out := p.Form.Keys()
	if !p.Capturing() {
		out = append(out, keys.OpenSchema)
	}
	return append(out, keys.Editor)
}
