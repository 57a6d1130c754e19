package page

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
)

func (p *More) changed() tea.Cmd {
	return host{p.Shared}.Changed(forms.Ref{Step: forms.StepMore, Entry: forms.NoEntry})
}

func (p *More) add() tea.Cmd {
	e := p.Edit.Answers.Add("")
	p.selected = len(p.entries()) - 1
	return tea.Batch(p.changed(), p.open(e))
}

func (p *More) open(e *forms.Entry) tea.Cmd {
	return Send(p.Entry(e.ID, ""))
}

func (p *More) edit() tea.Cmd {
	e := p.current()
	switch {
	case e == nil:
		return refuse("nothing is selected; a adds a type")
	case e.Removed:
		return refuse("this type is removed; u brings it back")
	}
	return p.open(e)
}

// remove takes an entry out of the request. One that was added here and is still
// blank goes for good.
func (p *More) remove() tea.Cmd {
	e := p.current()
	switch {
	case e == nil:
		return refuse("nothing is selected")
	case e.Removed:
		return refuse("this type is removed already; u brings it back")
	}
	if e.Added() && e.Values.Text(forms.KeyMode) == "" {
		p.Edit.Answers.Discard(e.ID)
		return tea.Batch(p.changed(), toast("removed"))
	}
	e.Removed = true
	return tea.Batch(p.changed(), toast("u brings it back"))
}

// undo brings the selected entry back, or else the last one that was removed.
func (p *More) undo() tea.Cmd {
	e := p.current()
	if e == nil || !e.Removed {
		e = nil
		for i, other := range p.entries() {
			if other.Removed {
				e, p.selected = other, i
			}
		}
	}
	if e == nil {
		return refuse("nothing was removed")
	}
	e.Removed = false
	return tea.Batch(p.changed(), toast("brought back"))
}

func (p *More) move(by int) tea.Cmd {
	e := p.current()
	if e == nil || !p.Edit.Answers.Move(e.ID, by) {
		return refuse("there is no place to move it to")
	}
	p.selected += by
	return p.changed()
}

func (p *More) takeFix() tea.Cmd {
	if e := p.current(); e != nil {
		for _, problem := range p.Edit.Plan().Problems {
			if problem.Ref.Entry == e.ID && problem.Ref.Step == forms.StepMore && problem.Fix != nil {
				problem.Fix.Apply(p.Edit.Answers)
				return tea.Batch(p.changed(), toast("done: "+sanitize.Line(problem.Fix.Label)))
			}
		}
	}
	return refuse("no fix is offered here")
}

// Entry returns the page of an entry, with the focus on a field.
func (p *More) Entry(id int, at forms.Key) OpenMsg {
	entry := NewEntry(p.Shared, id)
	if at != "" {
		entry.FocusField(at)
	}
	return OpenMsg{Page: entry, Title: "Additional type"}
}
