package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

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
func (a *App) View() string {
	switch {
	case a.w <= 0 || a.h <= 0:
		return ""
	case a.w < minWidth || a.h < minHeight:
		notice := "ampedit needs 40×10; nothing is lost"
		return widget.Fit([]string{notice}, a.w, a.h)
	}
	top := []string{a.header(), a.stepperLine()}
	bottom := []string{a.footer()}
	if a.h >= roomyHeight {
		rule := widget.RuleLine(a.styles, "", a.w)
		top, bottom = append(top, rule), append([]string{rule}, bottom...)
	}
	room := a.h - len(top) - len(bottom)
	body := a.body(room)
	lines := append(append(top, strings.Split(body, "\n")...), bottom...)
	return widget.Fit(lines, a.w, a.h)
}

// body draws the page, with what lies on top of it.
func (a *App) body(h int) string {
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
func (a *App) header() string {
	s := a.styles
	t := a.edit.Target()
	app := orDash(t.AppID)
	where := " › " + orDash(t.Environment) + " › " + orDash(t.ResourceName) + " "
	who := " " + strings.Join(a.who(), "  ")
	if room := a.w - ansi.StringWidth(who) - ansi.StringWidth(where) - 1; room < ansi.StringWidth(app) {
		app = ansi.Truncate(app, max(room, 4), style.Ellipsis) // the environment matters more
	}
	return widget.Ends(who, s.Title.Render(app+where), a.w)
}

// who are the profile, the account and the region, as far as they are known.
func (a *App) who() []string {
	session := a.edit.Session()
	switch {
	case session == nil && a.connectErr != nil:
		return []string{a.styles.Bad.Render(style.Failed + " no connection")}
	case session == nil:
		return []string{a.styles.Faint.Render("connecting…")}
	}
	account := session.Identity.Account
	switch {
	case account == "" && a.connectErr != nil:
		account = "account not known"
	case account == "":
		account = "account …"
	}
	parts := []string{widget.CleanLine(account), widget.CleanLine(session.Region)}
	if session.Profile != "" {
		parts = append([]string{a.styles.Title.Render(widget.CleanLine(session.Profile))}, parts...)
	}
	return parts
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return widget.CleanLine(text)
}

func (a *App) stepperLine() string {
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
func (a *App) footer() string {
	right := ""
	switch {
	case a.toast != nil && a.toast.Bad:
		right = a.styles.Warning.Render(style.Warn + " " + widget.CleanLine(a.toast.Text))
	case a.toast != nil:
		right = a.styles.Good.Render(widget.CleanLine(a.toast.Text))
	case a.busy != "":
		right = a.styles.Faint.Render(a.busy)
	case a.failure() != nil && a.page() != page.Page(a.job): // which says so itself
		right = a.styles.Bad.Render(widget.CleanLine(firstClause(advice(a.failure()))))
	case a.connectErr != nil && a.edit.Base() == nil:
		right = a.styles.Bad.Render(widget.CleanLine(firstClause(advice(a.connectErr))))
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
	var text []string
	if p, ok := a.page().(interface{ HelpText() (string, string) }); ok && !a.onStepper {
		if title, help := p.HelpText(); help != "" {
			text = append([]string{a.styles.Title.Render(title)}, widget.Wrap(help, max(a.w-4, 1))...)
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
