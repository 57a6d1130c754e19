package page

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

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

// planLines draws what changes, and keeps the selected row in sight.
func (r *Review) planLines(plan edit.Plan, room int) []sanitize.Text {
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
	lines = append(lines, r.statementLines(plan)...)
	switch last := r.selected >= len(rows)-1; { // what stands below the last row comes into sight with it, or with the button
	case last && len(lines)-from <= room:
		to = len(lines)
	case r.onButton && plan.Risk < forms.Breaking && len(lines) > room:
		from, to = len(lines)-room, len(lines)
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

func (r *Review) planHead(plan edit.Plan) []sanitize.Text {
	against := sanitize.Text("Nothing was read from the service: what this replaces is not known.")
	switch b := r.Edit.Base(); {
	case b != nil && b.Local:
		against = "Against the local project, which may be stale:"
	case b != nil:
		against = sanitize.Format("Against what is deployed, read %s:", b.Read.In(r.Now().Location()).Format("15:04:05"))
	}
	var lines []sanitize.Text
	for _, l := range widget.Wrap(against, r.w-2) {
		lines = append(lines, " "+l)
	}
	summary := sanitize.Line(forms.Summary(plan.Changes))
	if plan.Risk > forms.Safe {
		summary += ", worst: " + r.risk(plan.Risk)
	}
	if last := len(lines) - 1; widget.Width(lines[last])+widget.Width(summary)+3 <= r.w {
		lines[last] = widget.Ends(lines[last], summary+" ", r.w)
	} else {
		lines = append(lines, " "+summary)
	}
	if job := r.Edit.Holding(); job != nil {
		text := sanitize.Line(submission.JobWords(job, r.Now())) + ". The service runs one at a time: o watches it and comes back here when it has ended."
		for _, l := range widget.Wrap(style.Warn+" "+text, r.w-2) {
			lines = append(lines, " "+r.Styles.Warning.Render(l))
		}
	}
	if b := r.Edit.Base(); len(plan.Changes) == 0 && b != nil && b.Local {
		lines = append(lines, "", " "+r.Styles.Faint.Render("Nothing differs from it."))
	} else if len(plan.Changes) == 0 {
		lines = append(lines, "", " "+r.Styles.Faint.Render("Nothing differs from what is deployed."))
	}
	for _, l := range keyLines(plan, r.Shared) {
		for _, wrapped := range widget.Wrap(l, r.w-2) {
			lines = append(lines, " "+r.Styles.Faint.Render(wrapped))
		}
	}
	return append(lines, "")
}

// statementLines say what the file that was opened states, and what stays as deployed.
func (r *Review) statementLines(plan edit.Plan) []sanitize.Text {
	if plan.Statement == nil {
		return nil
	}
	lines := []sanitize.Text{""}
	for _, l := range plan.Statement.Lines() {
		for _, wrapped := range widget.Wrap(sanitize.Line(l), r.w-2) {
			lines = append(lines, " "+r.Styles.Faint.Render(wrapped))
		}
	}
	return lines
}

// keyLines state the API key's present and new end, whatever else changes: every
// accepted update starts the key anew.
func keyLines(plan edit.Plan, s *Shared) []sanitize.Text {
	if !plan.HasKey {
		return nil
	}
	loc := s.Now().Location()
	was := sanitize.Text("present end not known")
	switch {
	case !plan.Key.Old.IsZero():
		was = "present end " + sanitize.Line(forms.FormatEnd(plan.Key.Old, loc))
	case s.Edit.Base() != nil && !plan.Key.Restart:
		was = "none so far"
	}
	if plan.Key.New.IsZero() {
		return nil
	}
	text := sanitize.Format("API key: %s; new end, if deployed now, %s", was, forms.FormatEnd(plan.Key.New, loc))
	if plan.Key.Shortens {
		text += ", earlier than now"
	}
	return []sanitize.Text{text + "."}
}

func (r *Review) rowLines(row item, focused bool) []sanitize.Text {
	s := r.Styles
	bar := sanitize.Text("   ")
	if focused {
		bar = " " + s.Focus.Render(style.Focus) + " "
	}
	var lines []sanitize.Text
	if c := row.change; c != nil {
		lines = append(lines, widget.Ends(bar+r.symbol(c.Symbol)+" "+sanitize.Line(c.Path), r.risk(c.Risk)+" ", r.w))
		for _, l := range widget.Wrap(sanitize.Line(c.Values()), r.w-8) {
			lines = append(lines, bar+"    "+l)
		}
		for _, l := range widget.Wrap(sanitize.Line(c.Why), r.w-8) {
			lines = append(lines, bar+"    "+s.Faint.Render(l))
		}
		return lines
	}
	p := row.problem
	glyph, st := sanitize.Text(style.Failed), s.Bad
	if p.Severity == forms.Warning {
		glyph, st = style.Warn, s.Warning
	}
	for i, l := range widget.Wrap(sanitize.Format("%s: %s", p.Ref.Step.Title(), p.Text), r.w-8) {
		if i == 0 {
			lines = append(lines, bar+st.Render(glyph)+" "+l)
		} else {
			lines = append(lines, bar+"  "+l)
		}
	}
	if p.Fix != nil && focused {
		lines = append(lines, bar+"  "+s.Link.Render("ctrl+t: "+sanitize.Line(p.Fix.Label)))
	}
	return lines
}

func (r *Review) symbol(symbol forms.Symbol) sanitize.Text {
	switch symbol {
	case forms.Added:
		return r.Styles.Good.Render("+")
	case forms.Removed:
		return r.Styles.Bad.Render("−")
	}
	return r.Styles.Warning.Render("~")
}

func (r *Review) risk(risk forms.Risk) sanitize.Text {
	switch risk {
	case forms.Safe:
		return r.Styles.Good.Render(sanitize.Line(risk.String()))
	case forms.Caution:
		return r.Styles.Warning.Render(sanitize.Line(risk.String()))
	}
	return r.Styles.Bad.Render(sanitize.Line(risk.String()))
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
	return tea.Batch(host{r.Shared}.Changed(rows[r.selected].problem.Ref), toast("done: "+sanitize.Line(fix.Label)))
}
