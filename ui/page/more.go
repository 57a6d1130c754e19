package page

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// More is the third step: the list of additional authorization types.
type More struct {
	*Shared
	selected int
	focused  bool
	w, h     int
	top      int
}

// NewMore returns the page.
func NewMore(s *Shared) *More { return &More{Shared: s} }

// SetSize gives the page its place.
func (p *More) SetSize(w, h int) { p.w, p.h = w, h }

func (p *More) entries() []*forms.Entry { return p.Edit.Answers.More }

func (p *More) current() *forms.Entry {
	if p.selected < len(p.entries()) {
		return p.entries()[p.selected]
	}
	return nil
}

// onButton reports whether the button below the list has the focus.
func (p *More) onButton() bool { return p.selected >= len(p.entries()) }

// View draws the list and what there is to say about the selected entry.
func (p *More) View() sanitize.Text {
	p.selected = min(p.selected, len(p.entries()))
	lines := []sanitize.Text{" " + p.Styles.Title.Render(sanitize.Line(forms.StepMore.Title())), ""}
	if p.h <= 12 {
		lines = lines[:1]
	}
	help := p.help()
	room := max(p.h-len(lines)-len(help), 1)
	rows, from, to := p.rows()
	if to-p.top > room {
		p.top = to - room
	}
	p.top = max(0, min(p.top, from, len(rows)-1))
	rows = rows[p.top:min(len(rows), p.top+room)]
	for len(rows) < room {
		rows = append(rows, "")
	}
	return widget.Fit(append(append(lines, rows...), help...), p.w, p.h)
}

// rows draws the entries and the button, and says which lines are selected.
func (p *More) rows() (rows []sanitize.Text, from, to int) {
	if len(p.entries()) == 0 {
		rows = append(rows, " "+p.Styles.Faint.Render("none: the default authorization is the only one."), "")
	}
	for i, e := range p.entries() {
		start := len(rows)
		rows = append(rows, p.row(i, e)...)
		if i == p.selected {
			from, to = start, len(rows)
		}
	}
	rows = append(rows, "")
	if p.onButton() {
		from, to = len(rows), len(rows)+1
	}
	return append(rows, " "+widget.Button(p.Styles, buttonContinue, p.focused && p.onButton())), from, to
}

func (p *More) row(i int, e *forms.Entry) []sanitize.Text {
	s := p.Styles
	bar := sanitize.Text("   ")
	if p.focused && i == p.selected {
		bar = " " + s.Focus.Render(style.Focus) + " "
	}
	mark, word := sanitize.Text(" "), sanitize.Text("")
	switch forms.EntryMark(e, p.Edit.Context()) {
	case forms.Added:
		mark, word = s.Good.Render("+"), s.Good.Render("added")
	case forms.Removed:
		mark, word = s.Bad.Render("−"), s.Bad.Render("removed")
	case forms.Changed:
		mark, word = s.Warning.Render("~"), s.Warning.Render("changed")
	}
	label := sanitize.Line(forms.ModeLabel(e.Values.Text(forms.KeyMode)))
	if label == "" {
		label = "mode not chosen"
	}
	st := s.Text
	if e.Removed {
		st = s.Faint
	}
	line := bar + mark + sanitize.Format(" %d  ", i+1) + st.Render(widget.Pad(label, 17)) + " " + st.Render(p.summary(e))
	if room := p.w - widget.Width(line); room > widget.Width(word)+1 { // the symbol says it, too
		line = widget.Ends(line, word+" ", p.w)
	}
	lines := []sanitize.Text{line}
	for _, problem := range p.Edit.Plan().Problems {
		if problem.Ref.Step == forms.StepMore && problem.Ref.Entry == e.ID && problem.Severity == forms.Error {
			for _, l := range widget.Wrap(style.Failed+" "+sanitize.Line(problem.Text), p.w-8) {
				lines = append(lines, bar+"   "+s.Bad.Render(l))
			}
			break
		}
	}
	return lines
}

// summary is what tells an entry from others of its mode.
func (p *More) summary(e *forms.Entry) sanitize.Text {
	v := e.Values
	switch wire.Mode(v.Text(forms.KeyMode)) {
	case wire.ModeAPIKey:
		return sanitize.Line(forms.Explain(p.Edit.Answers, p.Edit.Context(), forms.Ref{Step: forms.StepMore, Entry: e.ID, Key: forms.KeyExpiration}))
	case wire.ModeCognito:
		return sanitize.Line(v.Text(forms.KeyUserPool))
	case wire.ModeOIDC:
		return sanitize.Line(strings.TrimSpace(v.Text(forms.KeyProviderName) + "  " + v.Text(forms.KeyIssuer)))
	}
	return ""
}

func (p *More) help() []sanitize.Text {
	room := min(5, p.h/4)
	if room < 2 {
		return nil
	}
	title, text := sanitize.Text("Additional types"), sanitize.Text("Requests may use any of these besides the default. a adds one; rules in the schema name them by provider.")
	if e := p.current(); e != nil {
		title = sanitize.Line(forms.ModeLabel(e.Values.Text(forms.KeyMode)))
		for _, o := range forms.EntryFields(e)[0].Options {
			if o.Value == e.Values.Text(forms.KeyMode) {
				text = sanitize.Line(o.Help)
			}
		}
	}
	lines := []sanitize.Text{widget.RuleLine(p.Styles, title, p.w)}
	lines = append(lines, widget.Indent(widget.Wrap(text, p.w-2), " ")...)
	for len(lines) < room {
		lines = append(lines, "")
	}
	return lines[:room]
}

// Update takes a key.
func (p *More) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	last := len(p.entries())
	switch {
	case key.Matches(msg, keys.Continue), p.onButton() && key.Matches(msg, keys.PressButton):
		return NextStep, nil
	case key.Matches(msg, keys.NextStop):
		if p.onButton() {
			return ToEnd, nil
		}
		p.selected = last
	case key.Matches(msg, keys.PrevStop):
		if !p.onButton() || last == 0 {
			return ToStart, nil
		}
		p.selected = 0
	case key.Matches(msg, keys.Up):
		if p.selected == 0 {
			return ToStart, nil
		}
		p.selected--
	case key.Matches(msg, keys.Down):
		p.selected = min(p.selected+1, last)
	case key.Matches(msg, keys.Add):
		return Handled, p.add()
	case key.Matches(msg, keys.Edit):
		return Handled, p.edit()
	case key.Matches(msg, keys.Delete):
		return Handled, p.remove()
	case key.Matches(msg, keys.Undo):
		return Handled, p.undo()
	case key.Matches(msg, keys.MoveUp):
		return Handled, p.move(-1)
	case key.Matches(msg, keys.MoveDown):
		return Handled, p.move(1)
	case key.Matches(msg, keys.TakeFix):
		return Handled, p.takeFix()
	default:
		return Ignored, nil
	}
	return Handled, nil
}

// Receive takes every other message.
func (p *More) Receive(tea.Msg) tea.Cmd { return nil }

// Focus moves the focus into the page: to the entry that was selected last, or
// to the button.
func (p *More) Focus(last bool) {
	p.focused = true
	switch {
	case last:
		p.selected = len(p.entries())
	case p.selected >= len(p.entries()):
		p.selected = 0
	}
}

// Select selects the entry with the ID.
func (p *More) Select(id int) {
	for i, e := range p.entries() {
		if e.ID == id {
			p.selected = i
		}
	}
}

// Blur takes the focus out of the page.
func (p *More) Blur() { p.focused = false }

// Capturing reports whether letters are text now: never.
func (p *More) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (p *More) Keys() []key.Binding {
	out := []key.Binding{keys.Add}
	if e := p.current(); e != nil && !e.Removed {
		out = append(out, keys.Edit, keys.Delete)
	}
	for _, e := range p.entries() {
		if e.Removed {
			out = append(out, keys.Undo)
			break
		}
	}
	if len(p.entries()) > 1 {
		out = append(out, keys.MoveUp, keys.MoveDown)
	}
	return append(out, keys.UpDown, keys.Continue, keys.NextStop)
}
