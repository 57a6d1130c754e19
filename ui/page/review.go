package page

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

const buttonApprove = "Approve…"

type tab int

const (
	tabPlan tab = iota
	tabDiff
	tabRequest
	tabCLI
	tabBoto3
	tabCount
)

var tabNames = [tabCount]string{"Plan", "Diff", "Request", "AWS CLI", "boto3"}

// item is a selectable row of the plan: a change or a problem.
type item struct {
	change  *forms.Change
	problem *forms.Problem
}

func (i item) ref() forms.Ref {
	if i.change != nil {
		return i.change.Ref
	}
	return i.problem.Ref
}

// Review is the sixth step: what would be sent, what it changes, and the way to
// the approval.
type Review struct {
	*Shared
	tab      tab
	selected int
	focused  bool
	onButton bool
	text     viewport.Model
	diff     differences
	shown    struct { // what text holds
		tab        tab
		generation int
		hash       string
		w          int
	}
	w, h, top int
}

// NewReview returns the page.
func NewReview(s *Shared) *Review {
	r := &Review{Shared: s, text: viewport.New(0, 0)}
	r.text.KeyMap = viewport.KeyMap{}
	r.text.MouseWheelEnabled = false
	return r
}

// SetSize gives the page its place.
func (r *Review) SetSize(w, h int) { r.w, r.h = w, h }

// items are the rows of the plan: changes, then blocking problems, then warnings.
func items(p edit.Plan) []item {
	var out []item
	for i := range p.Changes {
		out = append(out, item{change: &p.Changes[i]})
	}
	for _, severity := range []forms.Severity{forms.Error, forms.Warning} {
		for _, problems := range [][]forms.Problem{p.Problems, p.SchemaProblems} {
			for i := range problems {
				if problems[i].Severity == severity {
					out = append(out, item{problem: &problems[i]})
				}
			}
		}
	}
	return out
}

// View draws the tabs, the chosen one and the button.
func (r *Review) View() string {
	plan := r.Edit.Plan()
	lines := []string{r.tabLine(plan), ""}
	if r.h <= 12 {
		lines = lines[:1]
	}
	tail := []string{r.buttonLine(plan)}
	room := max(r.h-len(lines)-len(tail), 0)
	if r.tab == tabPlan {
		lines = append(lines, r.planLines(plan, room)...)
	} else {
		lines = append(lines, r.textLines(plan, room)...)
	}
	return widget.Fit(append(lines, tail...), r.w, r.h)
}

func (r *Review) tabLine(plan edit.Plan) string {
	var wide, narrow string
	for i, name := range tabNames {
		if tab(i) == r.tab {
			name = r.Styles.Current.Render("[" + name + "]")
		} else {
			name = " " + name + " "
		}
		wide, narrow = wide+" "+name, narrow+name
	}
	if right := r.Styles.Faint.Render("request "+plan.Hash()) + " "; ansi.StringWidth(wide)+ansi.StringWidth(right) < r.w {
		return widget.Ends(wide, right, r.w)
	}
	return narrow
}

func (r *Review) buttonLine(plan edit.Plan) string {
	note := ""
	if p := plan.Blocked(); p != nil {
		note = r.Styles.Bad.Render(style.Failed + " not ready: enter on a problem goes to its field")
	} else if n := plan.Schema.Errors(); n > 0 {
		note = r.Styles.Bad.Render(fmt.Sprintf("%s %d errors in the schema: the job would most likely fail", style.Failed, n))
	}
	return " " + widget.Button(r.Styles, buttonApprove, r.focused && r.onButton) + "  " + note
}

// planLines draws what changes, and keeps the selected row in sight.
func (r *Review) planLines(plan edit.Plan, room int) []string {
	lines := r.planHead(plan)
	rows := items(plan)
	r.selected = max(0, min(r.selected, len(rows)-1))
	from, to := 0, 0
	for i, row := range rows {
		start := len(lines)
		lines = append(lines, r.rowLines(row, r.focused && !r.onButton && i == r.selected)...)
		if i == r.selected {
			from, to = start, len(lines)
			if i == 0 && start+1 < room { // what stands above the first row stays in sight with it
				from = 0
			}
		}
	}
	if to-r.top > room {
		r.top = to - room
	}
	r.top = max(0, min(r.top, from, len(lines)-room))
	lines = lines[r.top:min(len(lines), r.top+room)]
	for len(lines) < room {
		lines = append(lines, "")
	}
	return lines
}

func (r *Review) planHead(plan edit.Plan) []string {
	against := "Nothing was read from the service: what this replaces is not known."
	switch b := r.Edit.Base(); {
	case b != nil && b.Local:
		against = "Against the local project, which may be stale:"
	case b != nil:
		against = "Against what is deployed, read " + b.Read.In(r.Now().Location()).Format("15:04:05") + ":"
	}
	lines := []string{widget.Ends(" "+against, forms.Summary(plan.Changes)+" ", r.w)}
	if len(plan.Changes) == 0 {
		lines = append(lines, "", " "+r.Styles.Faint.Render("Nothing differs from what is deployed."))
	}
	for _, l := range keyLines(plan, r.Shared) {
		for _, wrapped := range widget.Wrap(l, r.w-2) {
			lines = append(lines, " "+r.Styles.Faint.Render(wrapped))
		}
	}
	return append(lines, "")
}

// keyLines state the API key's present and new end, whatever else changes: every
// accepted update starts the key anew.
func keyLines(plan edit.Plan, s *Shared) []string {
	if !plan.HasKey {
		return nil
	}
	loc := s.Now().Location()
	was := "not known"
	if !plan.Key.Old.IsZero() {
		was = forms.FormatEnd(plan.Key.Old, loc)
	}
	if plan.Key.New.IsZero() {
		return nil
	}
	text := "API key: present end " + was + "; new end, if deployed now, " + forms.FormatEnd(plan.Key.New, loc)
	if plan.Key.Shortens {
		text += " (earlier)"
	}
	return []string{text + "."}
}

func (r *Review) rowLines(row item, focused bool) []string {
	s := r.Styles
	bar := "   "
	if focused {
		bar = " " + s.Focus.Render(style.Focus) + " "
	}
	var lines []string
	if c := row.change; c != nil {
		lines = append(lines, widget.Ends(bar+r.symbol(c.Symbol)+" "+widget.CleanLine(c.Path), r.risk(c.Risk)+" ", r.w))
		for _, l := range widget.Wrap(widget.CleanLine(c.Values()), r.w-8) {
			lines = append(lines, bar+"    "+l)
		}
		for _, l := range widget.Wrap(widget.CleanLine(c.Why), r.w-8) {
			lines = append(lines, bar+"    "+s.Faint.Render(l))
		}
		return lines
	}
	p := row.problem
	glyph, st := style.Failed, s.Bad
	if p.Severity == forms.Warning {
		glyph, st = style.Warn, s.Warning
	}
	for i, l := range widget.Wrap(p.Ref.Step.Title()+": "+widget.CleanLine(p.Text), r.w-8) {
		if i == 0 {
			lines = append(lines, bar+st.Render(glyph)+" "+l)
		} else {
			lines = append(lines, bar+"  "+l)
		}
	}
	if p.Fix != nil && focused {
		lines = append(lines, bar+"  "+s.Link.Render("ctrl+t: "+p.Fix.Label))
	}
	return lines
}

func (r *Review) symbol(symbol forms.Symbol) string {
	switch symbol {
	case forms.Added:
		return r.Styles.Good.Render("+")
	case forms.Removed:
		return r.Styles.Bad.Render("−")
	}
	return r.Styles.Warning.Render("~")
}

func (r *Review) risk(risk forms.Risk) string {
	switch risk {
	case forms.Safe:
		return r.Styles.Good.Render(risk.String())
	case forms.Caution:
		return r.Styles.Warning.Render(risk.String())
	}
	return r.Styles.Bad.Render(risk.String())
}

// textLines draws a tab of text, and says how much of it is in sight.
func (r *Review) textLines(plan edit.Plan, room int) []string {
	shown := r.shown
	shown.tab, shown.generation, shown.hash, shown.w = r.tab, r.Edit.Generation(), plan.Hash(), r.w
	if r.shown != shown {
		r.shown = shown
		r.text.SetContent(strings.Join(r.tabLines(plan), "\n"))
	}
	r.text.Width, r.text.Height = r.w, max(room-1, 0)
	r.text.SetYOffset(r.text.YOffset)
	from, total := r.text.YOffset+1, r.text.TotalLineCount()
	note := fmt.Sprintf(" %s; rows %d to %d of %d; y copies, w writes it to a file", r.tabSize(plan), from, min(from+r.text.Height-1, total), total)
	return append(strings.Split(r.text.View(), "\n"), r.Styles.Faint.Render(note))
}

func (r *Review) tabSize(plan edit.Plan) string {
	if r.tab == tabRequest {
		return fmt.Sprintf("%d bytes, sent as they stand here", len(plan.Body))
	}
	return tabNames[r.tab]
}

// Update takes a key.
func (r *Review) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	switch {
	case key.Matches(msg, keys.Approve), r.onButton && key.Matches(msg, keys.PressButton):
		return Handled, Send(ApproveMsg{})
	case key.Matches(msg, keys.NextStop):
		if r.onButton {
			return ToEnd, nil
		}
		r.onButton = true
	case key.Matches(msg, keys.PrevStop):
		if !r.onButton {
			return ToStart, nil
		}
		r.onButton = false
	case key.Matches(msg, keys.NextTab):
		r.tab, r.onButton = (r.tab+1)%tabCount, false
	case key.Matches(msg, keys.PrevTab):
		r.tab, r.onButton = (r.tab+tabCount-1)%tabCount, false
	case key.Matches(msg, keys.Copy):
		return Handled, Send(CopyMsg{What: tabNames[r.tab], Text: r.tabText(r.Edit.Plan())})
	case key.Matches(msg, keys.Write):
		return Handled, Send(WriteMsg{Name: tabFiles[r.tab], Text: r.tabText(r.Edit.Plan())})
	case key.Matches(msg, keys.Editor):
		return Handled, Send(ViewMsg{Name: tabFiles[r.tab], Text: r.tabText(r.Edit.Plan())})
	case r.tab == tabPlan:
		return r.updatePlan(msg)
	default:
		return r.updateText(msg)
	}
	return Handled, nil
}

func (r *Review) updatePlan(msg tea.KeyMsg) (Event, tea.Cmd) {
	rows := items(r.Edit.Plan())
	switch {
	case key.Matches(msg, keys.Up) && !r.onButton:
		if r.selected == 0 {
			return ToStart, nil
		}
		r.selected--
	case key.Matches(msg, keys.Up):
		r.onButton = false
	case key.Matches(msg, keys.Down):
		if r.selected >= len(rows)-1 {
			r.onButton = true
		} else {
			r.selected++
		}
	case key.Matches(msg, keys.GoTo) && r.selected < len(rows):
		return Handled, Send(GoToMsg{Ref: rows[r.selected].ref()})
	case key.Matches(msg, keys.TakeFix):
		return Handled, r.takeFix(rows)
	default:
		return Ignored, nil
	}
	return Handled, nil
}

func (r *Review) takeFix(rows []item) tea.Cmd {
	if r.selected >= len(rows) || rows[r.selected].problem == nil || rows[r.selected].problem.Fix == nil {
		return refuse("no fix is offered here")
	}
	fix := rows[r.selected].problem.Fix
	fix.Apply(r.Edit.Answers)
	return tea.Batch(host{r.Shared}.Changed(rows[r.selected].problem.Ref), toast("done: "+fix.Label))
}

func (r *Review) updateText(msg tea.KeyMsg) (Event, tea.Cmd) {
	switch {
	case key.Matches(msg, keys.Up):
		r.text.ScrollUp(1)
	case key.Matches(msg, keys.Down):
		r.text.ScrollDown(1)
	case key.Matches(msg, keys.PageUp):
		r.text.PageUp()
	case key.Matches(msg, keys.PageDown):
		r.text.PageDown()
	case key.Matches(msg, keys.Top):
		r.text.GotoTop()
	case key.Matches(msg, keys.Bottom):
		r.text.GotoBottom()
	default:
		return Ignored, nil
	}
	return Handled, nil
}

// Receive takes every other message.
func (r *Review) Receive(tea.Msg) tea.Cmd { return nil }

// Focus moves the focus into the page.
func (r *Review) Focus(last bool) {
	r.focused = true
	r.onButton = last || r.tab == tabPlan && len(items(r.Edit.Plan())) == 0
}

// Blur takes the focus out of the page.
func (r *Review) Blur() { r.focused = false }

// Capturing reports whether letters are text now: never.
func (r *Review) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (r *Review) Keys() []key.Binding {
	out := []key.Binding{keys.UpDown}
	switch {
	case r.onButton:
		out = []key.Binding{keys.PressButton}
	case r.tab == tabPlan:
		out = append(out, keys.GoTo)
		rows := items(r.Edit.Plan())
		if r.selected < len(rows) && rows[r.selected].problem != nil && rows[r.selected].problem.Fix != nil {
			out = append(out, keys.TakeFix)
		}
	default:
		out = append(out, keys.PageDown, keys.PageUp, keys.Top, keys.Bottom)
	}
	return append(out, keys.Approve, keys.Tabs, keys.Copy, keys.Write, keys.Editor)
}
