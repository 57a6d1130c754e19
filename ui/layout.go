package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/keys"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// The smallest screen the program can be used on, in cells.
const (
	minWidth  = 40
	minHeight = 10
	// roomyHeight is the height from which rules separate the page from the
	// stepper above and the footer below.
	roomyHeight = 18
)

// View draws the whole screen: exactly as many lines as it has, none longer. This
// is the one place that says how the screen is divided.
func (a *App) View() string { return string(a.view()) }

func (a *App) view() sanitize.Text {
	switch {
	case a.w <= 0 || a.h <= 0:
		return ""
	case a.w < minWidth || a.h < minHeight:
		return widget.Fit([]sanitize.Text{"ampedit needs 40×10; nothing is lost"}, a.w, a.h)
	}
	top := append([]sanitize.Text{a.header(), a.stepperLine()}, a.guardBand()...)
	bottom := []sanitize.Text{a.footer()}
	if a.h >= roomyHeight {
		rule := widget.RuleLine(a.styles, "", a.w)
		top, bottom = append(top, rule), append([]sanitize.Text{rule}, bottom...)
	}
	room := a.h - len(top) - len(bottom)
	body := a.body(room)
	lines := append(append(top, widget.Split(body)...), bottom...)
	return widget.Fit(lines, a.w, a.h)
}

// body draws the page, with what lies on top of it.
func (a *App) body(h int) sanitize.Text {
	p := a.page()
	p.SetSize(a.w, h)
	body := p.View()
	switch {
	case a.code != nil:
		return widget.Over(body, a.code.View(a.w, h), a.w, h)
	case a.dialog != nil:
		return widget.Over(body, a.dialog.View(a.w, h), a.w, h)
	case a.help != nil:
		return a.help.View(a.w, h)
	}
	return body
}

// header says who acts and on what, always.
func (a *App) header() sanitize.Text {
	s := a.styles
	t := a.edit.Target()
	app := orDash(t.AppID)
	where := " › " + orDash(t.Environment) + " › " + orDash(t.ResourceName) + " "
	who := " " + sanitize.Join(a.who(), "  ")
	if room := a.w - widget.Width(who) - widget.Width(where) - 1; room < widget.Width(app) {
		app = widget.Truncate(app, max(room, 4)) // the environment matters more
	}
	return widget.Ends(who, s.Title.Render(app+where), a.w)
}

// who are the profile, the account and the region, as far as they are known.
func (a *App) who() []sanitize.Text {
	session := a.edit.Session()
	switch {
	case session == nil && a.connectErr != nil:
		return []sanitize.Text{a.styles.Bad.Render(style.Failed + " no connection")}
	case session == nil:
		return []sanitize.Text{a.styles.Faint.Render("connecting…")}
	}
	account := sanitize.Line(session.Identity.Account)
	switch {
	case account == "" && a.connectErr != nil:
		account = "account not known"
	case account == "":
		account = "account …"
	}
	region := sanitize.Line(session.Region)
	if note := a.edit.RegionNote(); note != "" {
		region += a.styles.Faint.Render(" (" + sanitize.Line(note) + ")")
	}
	parts := []sanitize.Text{account, region}
	if session.Profile != "" {
		parts = append([]sanitize.Text{a.styles.Title.Render(sanitize.Line(session.Profile))}, parts...)
	}
	return parts
}

func orDash(text string) sanitize.Text {
	if text == "" {
		return "–"
	}
	return sanitize.Line(text)
}

func (a *App) stepperLine() sanitize.Text {
	plan := a.edit.Plan()
	c := a.edit.Context()
	states := make([]widget.StepState, len(stepNames))
	for i, name := range stepNames {
		states[i] = widget.StepState{Name: name, Done: true}
	}
	for _, p := range plan.Problems {
		if p.Severity == forms.Error {
			st := &states[int(p.Ref.Step)]
			st.Problems++
			st.Done = false
		}
	}
	if n := plan.Schema.Errors(); n > 0 {
		states[forms.StepSchema].Problems += n
		states[forms.StepSchema].Done = false
	}
	for _, step := range forms.Steps() {
		if step != forms.StepTarget && forms.ChangedFields(a.edit.Answers, c, step) > 0 {
			states[step].Changed = true
		}
	}
	states[forms.StepMore].Count = len(a.edit.Answers.Live())
	states[stepReview].Done = false
	states[stepJob].Done = false
	return widget.Stepper(a.styles, states, a.current, a.onStepper && len(a.stack) == 0 && a.dialog == nil && a.help == nil, a.w)
}

// footer shows the keys that do something here, and what just happened.
func (a *App) footer() sanitize.Text {
	right := sanitize.Text("")
	switch {
	case a.toast != nil && a.toast.Bad:
		right = a.styles.Warning.Render(style.Warn + " " + a.toast.Text)
	case a.toast != nil:
		right = a.styles.Good.Render(a.toast.Text)
	case a.busy != "":
		right = a.styles.Faint.Render(a.busy)
	case a.failure() != nil && a.page() != page.Page(a.job): // which says so itself
		right = a.styles.Bad.Render(sanitize.Line(firstClause(advice(a.failure()))))
	case a.connectErr != nil && a.edit.Base() == nil:
		right = a.styles.Bad.Render(sanitize.Line(firstClause(advice(a.connectErr))))
	}
	if right != "" {
		right += " "
	}
	return widget.Footer(a.styles, a.keysHere(), right, a.w)
}

func firstClause(text string) string {
	before, _, _ := strings.Cut(text, ";")
	return before
}

// keysHere are the bindings of the place that has the focus; help comes last.
func (a *App) keysHere() []key.Binding {
	switch {
	case a.code != nil:
		return a.code.Keys()
	case a.dialog != nil:
		return a.dialog.Keys()
	case a.help != nil:
		return []key.Binding{keys.Down, keys.Up, keys.Close}
	case len(a.stack) > 0:
		return append(a.page().Keys(), keys.Back, a.helpKey())
	case a.failure() != nil && a.onStepper:
		return []key.Binding{keys.Login, keys.Steps, keys.StepOpen, keys.ReadAgain, keys.NextStop, keys.Quit, keys.Help}
	case a.failure() != nil:
		return append(append([]key.Binding{keys.Login}, a.page().Keys()...), keys.Back, a.helpKey())
	case a.onStepper:
		return []key.Binding{keys.Steps, keys.StepOpen, keys.ReadAgain, keys.NextStop, keys.Quit, keys.Help}
	}
	return append(a.page().Keys(), keys.Back, a.helpKey())
}

func (a *App) helpKey() key.Binding {
	if a.page().Capturing() {
		return keys.HelpCtrl
	}
	return keys.Help
}

// openHelp shows all keys of this place, and the whole text about the field.
func (a *App) openHelp() {
	lines := widget.HelpLines(a.styles, append(a.keysHere(), a.keysEverywhere()...))
	var text []sanitize.Text
	if p, ok := a.page().(interface {
		HelpText() (title, text sanitize.Text)
	}); ok && !a.onStepper {
		if title, help := p.HelpText(); help != "" {
			text = append([]sanitize.Text{a.styles.Title.Render(title)}, widget.Wrap(help, max(a.w-4, 1))...)
			text = append(text, "")
		}
	}
	lines = append(append(text, a.styles.Title.Render("Keys here")), lines...)
	a.help = widget.NewScroll(a.styles, "Help", lines)
}

func (a *App) keysEverywhere() []key.Binding {
	out := []key.Binding{keys.NextStep, keys.PrevStep, keys.Leave, keys.HelpCtrl}
	if a.config.JobControl {
		out = append(out, keys.Suspend)
	}
	if !a.page().Capturing() {
		out = append(append(out, keys.Digit, keys.Quit, keys.ReadAgain), a.aboutKeys()...)
		if len(a.stack) == 0 {
			out = append(out, keys.History)
		}
	}
	return out
}

var _ page.Page = (*page.Form)(nil)
