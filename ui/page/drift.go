package page

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// roomyRow is the width from which a place says in words which side is sent.
const roomyRow = 72

// Drift lists where the local project and the deployed configuration disagree. Of
// each place either side can be taken into the answers.
type Drift struct {
	*Shared
	selected  int
	w, h, top int
}

// NewDrift returns the page.
func NewDrift(s *Shared) *Drift { return &Drift{Shared: s} }

// SetSize gives the page its place.
func (p *Drift) SetSize(w, h int) { p.w, p.h = w, h }

// View draws the places, each with both values and the one that would be sent.
func (p *Drift) View() sanitize.Text {
	items := p.Edit.Drift()
	p.selected = max(0, min(p.selected, len(items)-1))
	lines := []sanitize.Text{widget.Ends(" "+p.Styles.Title.Render("The checkout against what is deployed"), countPlaces(len(items))+" ", p.w), ""}
	if p.h <= 12 {
		lines = lines[:1]
	}
	var rows []sanitize.Text
	from, to := 0, 0
	for i, item := range items {
		start := len(rows)
		rows = append(rows, p.row(item, i == p.selected)...)
		if i == p.selected {
			from, to = start, len(rows)
		}
	}
	if len(items) == 0 {
		rows = []sanitize.Text{" " + p.Styles.Faint.Render("They agree, as far as both are known.")}
	}
	room := max(p.h-len(lines), 1)
	if to-p.top > room {
		p.top = to - room
	}
	p.top = max(0, min(p.top, from, len(rows)-room))
	return widget.Fit(append(lines, rows[p.top:]...), p.w, p.h)
}

func (p *Drift) row(item forms.DriftItem, selected bool) []sanitize.Text {
	s, bar := p.Styles, sanitize.Text("   ")
	if selected {
		bar = " " + s.Focus.Render(style.Focus) + " "
	}
	side := item.Side(p.Edit.Answers, p.Edit.Context())
	sent := p.sent(side) + " "
	if p.w < roomyRow {
		sent = "" // the marks below say it, too
	}
	lines := []sanitize.Text{widget.Ends(bar+s.Warning.Render("~")+" "+sanitize.Line(item.Path), sent, p.w)}
	for _, v := range []struct {
		side  forms.Side
		label sanitize.Text
		text  string
	}{
		{forms.DeployedSide, "deployed", item.Deployed}, {forms.LocalSide, "checkout", item.Local},
	} {
		mark, st := sanitize.Text(" "), s.Faint
		if v.side == side {
			mark, st = style.Done, s.Text
		}
		if v.text == "" {
			v.text = "nothing"
		}
		for i, l := range widget.Wrap(sanitize.Line(v.text), p.w-18) {
			if i > 0 {
				mark, v.label = " ", ""
			}
			lines = append(lines, bar+"  "+s.Good.Render(mark)+" "+st.Render(widget.Pad(v.label, 10)+l))
		}
	}
	return lines
}

// sent says which side the request carries.
func (p *Drift) sent(side forms.Side) sanitize.Text {
	switch side {
	case forms.DeployedSide:
		return p.Styles.Faint.Render("sends the deployed")
	case forms.LocalSide:
		return p.Styles.Good.Render("sends the checkout's")
	}
	return p.Styles.Warning.Render("sends neither")
}

// Update takes a key.
func (p *Drift) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	items := p.Edit.Drift()
	switch {
	case key.Matches(msg, keys.Up):
		p.selected = max(p.selected-1, 0)
	case key.Matches(msg, keys.Down):
		p.selected = max(min(p.selected+1, len(items)-1), 0)
	case key.Matches(msg, keys.NextStop), key.Matches(msg, keys.PrevStop):
	case key.Matches(msg, keys.Drift):
		return CloseIt, nil
	case p.selected >= len(items):
		return Ignored, nil
	case key.Matches(msg, keys.TakeLocal):
		return Handled, p.take(items[p.selected], true)
	case key.Matches(msg, keys.TakeDeployed):
		return Handled, p.take(items[p.selected], false)
	default:
		return Ignored, nil
	}
	return Handled, nil
}

// take answers as one side has it.
func (p *Drift) take(item forms.DriftItem, local bool) tea.Cmd {
	a, c := p.Edit.Answers, p.Edit.Context()
	done := sanitize.Text("the deployed value is sent")
	if local {
		if !item.TakeLocal(a, c) {
			return refuse("this cannot be taken from the checkout: where it is kept is not known")
		}
		done = "the checkout's value is sent"
	} else {
		item.TakeDeployed(a, c)
	}
	return tea.Batch(host{p.Shared}.Changed(item.Ref(a)), toast(done))
}

// Receive takes every other message.
func (p *Drift) Receive(tea.Msg) tea.Cmd { return nil }

// Focus does nothing: the list has the focus while it is shown.
func (p *Drift) Focus(bool) {}

// Blur does nothing: the list has the focus while it is shown.
func (p *Drift) Blur() {}

// Capturing reports whether letters are text now: never.
func (p *Drift) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (p *Drift) Keys() []key.Binding {
	if len(p.Edit.Drift()) == 0 {
		return []key.Binding{keys.Drift}
	}
	return []key.Binding{keys.UpDown, keys.TakeLocal, keys.TakeDeployed}
}

func countPlaces(n int) sanitize.Text {
	if n == 1 {
		return "1 place"
	}
	return sanitize.Format("%d places", n)
}
