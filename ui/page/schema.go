package page

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui/keys"
	"ampedit/ui/widget"
)

const (
	buttonView  = "View"
	buttonEdit  = "Open in editor"
	buttonFiles = "Files"
)

// Schema is the fifth step: which schema.
type Schema struct {
	*Form
	list problemList
	// onTop is set while a pager is shown that was opened from the list, which has
	// the focus again afterwards.
	onTop bool
}

// NewSchema returns the page.
func NewSchema(s *Shared) *Schema {
	p := &Schema{Form: newForm(s, forms.StepSchema, forms.NoEntry, sanitize.Line(forms.StepSchema.Title()), buttonContinue, buttonView, buttonEdit)}
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

// View draws the fields, and below them what is wrong with the schema.
func (p *Schema) View() sanitize.Text {
	p.settle()
	if len(p.problems()) == 0 {
		return p.Form.View()
	}
	if p.w < wide {
		return p.withList(p.w)
	}
	left := p.w * 3 / 5
	return widget.Beside(p.withList(left), p.request(p.w-left-3), " "+p.Styles.Border.Render("│")+" ", left)
}

// crowded is the height below which the list of problems has the page for itself
// while it has the focus.
const crowded = 14

// openedLines is what the selected problem usually takes besides its one line.
const openedLines = 4

func (p *Schema) withList(w int) sanitize.Text {
	lines := append([]sanitize.Text{p.heading(w)}, p.state(w)...)
	if last := len(lines) - 1; p.h < crowded && lines[last] == "" {
		lines = lines[:last]
	}
	if p.h >= crowded || !p.list.focused {
		p.form.SetSize(w, p.h)
		need := p.form.Height()
		spare := p.h - len(lines) - 1 - len(p.problems()) - openedLines
		p.form.SetSize(w, min(need, max(p.h/2-len(lines), 3, spare)))
		lines = append(lines, widget.Split(p.form.View())...)
	}
	lines = append(lines, widget.RuleLine(p.Styles, p.listTitle(), w))
	room := max(p.h-len(lines), 1)
	return widget.Fit(append(lines, p.list.Lines(p.Styles, p.Edit.Report(), w, room)...), w, p.h)
}

// listTitle says which problem has the focus, or what they mean.
func (p *Schema) listTitle() sanitize.Text {
	r := p.Edit.Report()
	switch {
	case p.list.focused:
		return sanitize.Format("Problems: %d of %d", p.list.selected+1, len(r.Problems))
	case r.Deployed && schema.Errors(r.New) > 0:
		return sanitize.Format("Problems: %d; this change breaks what works today", len(r.Problems))
	case r.Deployed:
		return sanitize.Format("Problems: %d; of what is deployed, they block nothing", len(r.Problems))
	}
	return sanitize.Format("Problems: %d", len(r.Problems))
}

// settle takes the focus out of a list that has become empty, and offers the list
// of files where there are several.
func (p *Schema) settle() {
	if p.list.focused && len(p.problems()) == 0 {
		p.list.focused = false
		p.form.Focus(false)
	}
	buttons := []sanitize.Text{buttonContinue, buttonView, buttonEdit}
	if p.Edit.SchemaPath() != "" && len(p.Edit.Schema().Files) > 1 {
		buttons = append(buttons, buttonFiles)
	}
	p.form.SetButtons(buttons...)
}

func (p *Schema) problems() []schema.Problem {
	if r := p.Edit.Report(); r != nil {
		return r.Problems
	}
	return nil
}

// Update takes a key.
func (p *Schema) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	p.settle()
	if p.list.focused {
		return p.updateList(msg)
	}
	onButton := p.form.Button() != ""
	switch {
	case key.Matches(msg, keys.Editor):
		return Handled, p.openEditor()
	case key.Matches(msg, keys.OpenSchema) && !p.Capturing():
		return Handled, p.view()
	case key.Matches(msg, keys.PressButton) && p.form.Button() == buttonView:
		return Handled, p.view()
	case key.Matches(msg, keys.PressButton) && p.form.Button() == buttonEdit:
		return Handled, p.openEditor()
	case key.Matches(msg, keys.PressButton) && p.form.Button() == buttonFiles:
		return Handled, Send(OpenMsg{Page: NewPager(p.Shared, "files.txt", p.fileList()), Title: "Files"})
	case key.Matches(msg, keys.Down) && onButton && len(p.problems()) > 0:
		p.enterList()
		return Handled, nil
	}
	event, cmd := p.Form.Update(msg)
	if event == ToEnd && len(p.problems()) > 0 {
		p.enterList()
		return Handled, cmd
	}
	return event, cmd
}

func (p *Schema) enterList() {
	p.form.Blur()
	p.list.focused, p.list.selected = true, 0
}

// updateList takes the keys of the list of problems.
func (p *Schema) updateList(msg tea.KeyMsg) (Event, tea.Cmd) {
	problems := p.problems()
	p.list.move(0, len(problems))
	switch {
	case key.Matches(msg, keys.Up) && p.list.selected > 0:
		p.list.move(-1, len(problems))
	case key.Matches(msg, keys.Up), key.Matches(msg, keys.PrevStop):
		p.list.focused = false
		p.form.Focus(true)
	case key.Matches(msg, keys.Down):
		p.list.move(1, len(problems))
	case key.Matches(msg, keys.PageUp):
		p.list.move(-p.h/2, len(problems))
	case key.Matches(msg, keys.PageDown):
		p.list.move(p.h/2, len(problems))
	case key.Matches(msg, keys.Top):
		p.list.move(-len(problems), len(problems))
	case key.Matches(msg, keys.Bottom):
		p.list.move(len(problems), len(problems))
	case key.Matches(msg, keys.NextStop):
		return ToEnd, nil
	case key.Matches(msg, keys.Continue):
		return NextStep, nil
	case key.Matches(msg, keys.Open):
		p.onTop = true
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
		toast(sanitize.Line(forms.ModeLabel(string(mode)))+" added under 3 More"))
}

func (p *Schema) editAt(problem schema.Problem) tea.Cmd {
	if p.Edit.SchemaPath() == "" {
		return p.openEditor()
	}
	return Send(EditorMsg{Path: problem.File, Line: problem.Line})
}

// viewAt shows a line of the text, counted from 1, in the pager; with 0 its
// beginning.
func (p *Schema) viewAt(line int) tea.Cmd {
	if _, ok := p.text(); !ok {
		return refuse("there is no schema to view yet")
	}
	r := p.Edit.Report()
	if r == nil || r.Source == nil {
		return refuse("the schema is still being checked")
	}
	var open func(int) tea.Cmd
	if p.Edit.SchemaPath() != "" {
		open = func(line int) tea.Cmd {
			file, fileLine := r.Source.Locate(line)
			return Send(EditorMsg{Path: file, Line: fileLine})
		}
	}
	pager := NewSchemaPager(p.Shared, r, open)
	if line > 0 {
		pager.GoTo(line)
	}
	return Send(OpenMsg{Page: pager, Title: "Schema"})
}

func (p *Schema) view() tea.Cmd { return p.viewAt(0) }

// Blur takes the focus out of the page.
func (p *Schema) Blur() {
	p.Form.Blur()
	p.list.focused = false
}

// Focus moves the focus into the page, after a pager back to where it was opened.
func (p *Schema) Focus(last bool) {
	p.list.focused = p.onTop && len(p.problems()) > 0
	if p.onTop = false; p.list.focused {
		return
	}
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
	p.settle()
	if p.list.focused {
		out := []key.Binding{keys.UpDown, keys.ViewLine, keys.Editor}
		if problems := p.problems(); p.list.selected < len(problems) && problems[p.list.selected].Fix.AddMode != "" {
			out = append([]key.Binding{keys.TakeFix}, out...)
		}
		return append(out, keys.Continue, keys.PageDown, keys.PageUp, keys.Top, keys.Bottom, keys.PrevStop)
	}
	out := p.Form.Keys()
	if !p.Capturing() {
		out = append(out, keys.OpenSchema)
	}
	return append(out, keys.Editor)
}
