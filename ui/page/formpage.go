package page

import (
	"bytes"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/form"
	"ampedit/ui/keys"
	"ampedit/ui/task"
	"ampedit/ui/widget"
)

const buttonContinue = "Continue"

// wide is the width from which the live request stands beside a form.
const wide = 120

// Form is a page that shows one form: its title, its fields, and what there is
// to say about the focused one.
type Form struct {
	*Shared
	step  forms.Step
	entry int
	title sanitize.Text
	form  *form.Form
	host  formHost
	// above gives lines between the title and the fields, nil for none.
	above func(w int) []sanitize.Text
	w, h  int
}

// NewForm returns the page of a step that is nothing but a form.
func NewForm(s *Shared, step forms.Step) *Form {
	return newForm(s, step, forms.NoEntry, sanitize.Line(step.Title()), buttonContinue)
}

// NewEntry returns the page of one additional authorization type.
func NewEntry(s *Shared, id int) *Form {
	p := newForm(s, forms.StepMore, id, "Additional authorization type", "Done")
	p.form.Focus(false)
	return p
}

func newForm(s *Shared, step forms.Step, entry int, title sanitize.Text, buttons ...sanitize.Text) *Form {
	h := formHost{host{s}, &issuerCheck{work: task.NewLatest(s.Tasks)}}
	p := &Form{Shared: s, step: step, entry: entry, title: title, host: h, form: form.New(s.Styles, h, step, entry, buttons...)}
	p.form.SetCompleter(s.lookUp)
	return p
}

// SetSize gives the page its place.
func (p *Form) SetSize(w, h int) { p.w, p.h = w, h }

// View draws title, fields and help, and from 120 columns on the live request.
func (p *Form) View() sanitize.Text {
	if p.w < wide || p.step == forms.StepTarget {
		return p.column(p.w)
	}
	left := p.w * 3 / 5
	return widget.Beside(p.column(left), p.request(p.w-left-3), " "+p.Styles.Border.Render("│")+" ", left)
}

func (p *Form) column(w int) sanitize.Text {
	head := []sanitize.Text{p.heading(w)}
	if p.h > 12 {
		head = append(head, "")
	}
	if p.above != nil {
		head = append(head, p.above(w)...)
	}
	help := p.help(w)
	if len(head)+len(help)+3 > p.h {
		head = head[:1]
	}
	p.form.SetSize(w, max(p.h-len(head)-len(help), 1))
	lines := append(head, widget.Split(p.form.View())...)
	return widget.Fit(append(lines, help...), w, p.h)
}

func (p *Form) heading(w int) sanitize.Text {
	return widget.Ends(" "+p.Styles.Title.Render(p.title), p.counts()+" ", w)
}

// counts says how many fields differ and how many have problems.
func (p *Form) counts() sanitize.Text {
	changed, problems := p.changedFields(), 0
	for _, found := range p.Edit.Plan().Problems {
		if found.Ref.Step == p.step && found.Ref.Entry == p.entry && found.Severity == forms.Error {
			problems++
		}
	}
	var parts []sanitize.Text
	if changed > 0 {
		parts = append(parts, p.Styles.Warning.Render(sanitize.Format("%d changed", changed)))
	}
	if problems > 0 {
		parts = append(parts, p.Styles.Bad.Render(sanitize.Format("%d to fill in or correct", problems)))
	}
	return sanitize.Join(parts, ", ")
}

func (p *Form) changedFields() int {
	a, c, n := p.Edit.Answers, p.Edit.Context(), 0
	if e := a.Entry(p.entry); e != nil && e.Added() {
		return 0 // the whole entry is new, and the list says so
	}
	for _, f := range p.form.Fields() {
		if forms.Was(a, c, forms.Ref{Step: p.step, Entry: p.entry, Key: f.Key}).Symbol != 0 {
			n++
		}
	}
	return n
}

// help says what there is to know about the focused field, on a share of the
// page that leaves the fields room.
func (p *Form) help(w int) []sanitize.Text {
	room := min(7, p.h/3)
	if room < 2 {
		return nil
	}
	text := append(p.host.check.lines(p.Shared, p.form.Ref(), w-2), widget.Wrap(p.needs()+p.form.HelpText(), w-2)...)
	if len(text) > room-1 {
		text = text[:room-1]
		text[room-2] += p.Styles.Faint.Render(" … ctrl+g")
	}
	lines := append([]sanitize.Text{widget.RuleLine(p.Styles, p.form.HelpTitle(), w)}, widget.Indent(text, " ")...)
	for len(lines) < room {
		lines = append(lines, "")
	}
	return lines
}

// HelpText is the whole text about the focused field, for the help overlay.
func (p *Form) HelpText() (title, text sanitize.Text) { return p.form.HelpTitle(), p.form.HelpText() }

// request draws the request as it is now.
func (p *Form) request(w int) sanitize.Text {
	plan := p.Edit.Plan()
	lines := []sanitize.Text{p.Styles.Title.Render("Request"), ""}
	for line := range bytes.SplitSeq(plan.Preview(), []byte("\n")) {
		if len(lines) > p.h {
			break
		}
		// A schema is one line of up to megabytes: only its start is looked at.
		start := string(line[:min(len(line), 8*w)])
		lines = append(lines, p.Styles.Faint.Render(sanitize.Line(start)))
	}
	if len(lines) > p.h && p.h > 0 {
		lines = append(lines[:p.h-1], p.Styles.Faint.Render("… all of it on 6 Review"))
	}
	return widget.Fit(lines, w, p.h)
}

// Update takes a key.
func (p *Form) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	switch {
	case key.Matches(msg, keys.Continue):
		return p.goOn()
	case key.Matches(msg, keys.TakeFix):
		return Handled, p.takeFix()
	case key.Matches(msg, keys.CheckIssuer):
		return Handled, p.checkIssuer()
	}
	event, cmd := p.form.Update(msg)
	switch event {
	case form.None:
		return Ignored, cmd
	case form.PastTop:
		return ToStart, cmd
	case form.PastEnd:
		return ToEnd, cmd
	case form.Continue, form.Pressed:
		return p.goOn()
	case form.Rejected:
		return Handled, refuse(p.form.Reason())
	}
	return Handled, cmd
}

// goOn leaves the page forwards, unless something in it blocks: then it shows
// what.
func (p *Form) goOn() (Event, tea.Cmd) {
	if p.form.ShowProblems() {
		if p.entry != forms.NoEntry {
			return Handled, refuse("not complete yet; esc leaves it as it is")
		}
		return Handled, refuse("not complete yet; ctrl+n goes on anyway")
	}
	if p.entry != forms.NoEntry {
		return CloseIt, nil
	}
	return NextStep, nil
}

func (p *Form) takeFix() tea.Cmd {
	problem := forms.Worst(p.host.Problems(), p.form.Ref())
	if problem == nil || problem.Fix == nil {
		return p.addMissing()
	}
	problem.Fix.Apply(p.Edit.Answers)
	cmd := p.host.Changed(problem.Ref)
	p.form.Reload()
	return tea.Batch(cmd, toast("done: "+sanitize.Line(problem.Fix.Label)))
}

// Receive takes every other message.
func (p *Form) Receive(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case foundMsg:
		f := msg.found
		p.Lists.Keep(f)
		p.form.SetCompletion(form.CompletionMsg{Ref: f.Lookup.Ref, Text: f.Lookup.Text, Items: f.Matches, Err: f.Err})
		return nil
	case issuerMsg:
		return p.host.check.receive(msg)
	}
	p.form.Reload()
	return nil
}

// Focus moves the focus into the page.
func (p *Form) Focus(last bool) { p.form.Focus(last) }

// FocusField moves the focus to a field and shows its problem.
func (p *Form) FocusField(k forms.Key) { p.form.FocusField(k) }

// Blur takes the focus out of the page, and ends what was asked for it.
func (p *Form) Blur() {
	p.LookUps.Cancel()
	p.host.check.stop()
	p.form.Blur()
}

// Capturing reports whether letters are text now.
func (p *Form) Capturing() bool { return p.form.Capturing() }

// Completing reports whether a list of suggestions is open.
func (p *Form) Completing() bool { return p.form.Completing() }

// Keys are the bindings that do something now.
func (p *Form) Keys() []key.Binding {
	field, onField := p.form.Field()
	out := []key.Binding{}
	switch {
	case p.form.Completing():
		out = append(out, keys.Suggest, keys.Accept)
	case !onField:
		out = append(out, keys.PressButton)
	case field.Kind == forms.KindChoice:
		out = append(out, keys.Choose)
	case edit.Offers(p.form.Ref()):
		out = append(out, keys.OpenList, keys.Enter)
	default:
		out = append(out, keys.Enter)
	}
	out = append(out, keys.NextStop, keys.Continue)
	if field.Key == forms.KeyIssuer && p.CheckIssuer != nil {
		out = append(out, keys.CheckIssuer)
	}
	if problem := forms.Worst(p.host.Problems(), p.form.Ref()); problem != nil && problem.Fix != nil {
		out = append(out, keys.TakeFix)
	}
	if onField && forms.Was(p.Edit.Answers, p.Edit.Context(), p.form.Ref()).Symbol != 0 {
		out = append(out, keys.Restore)
	}
	return append(out, keys.PrevStop)
}
