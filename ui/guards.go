package ui

import (
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// guardBand says what forbids sending, below the steps, wherever the user is: on the
// first step also what protects the environment and what runs there. What Review says
// in more words is left to it. It is one line at least, whatever the size.
func (a *App) guardBand() []sanitize.Text {
	var guards []edit.Guard
	for _, g := range a.edit.Guards() {
		first := a.current == int(forms.StepTarget) && len(a.stack) == 0
		if g.Forbids && g.Kind != edit.GuardJob || first && !g.Unknown {
			guards = append(guards, g)
		}
	}
	if len(guards) == 0 {
		return nil
	}
	most := 2
	if a.h < roomyHeight {
		most = 1
	}
	var lines []sanitize.Text
	for i, g := range guards[:min(most, len(guards))] {
		more := sanitize.Text("")
		if rest := len(guards) - most; i == most-1 && rest > 0 {
			more = sanitize.Format(" +%d ", rest)
		}
		text := widget.Truncate(" "+guardText(g), max(a.w-widget.Width(more), 1))
		lines = append(lines, widget.Ends(a.guardStyle(g).Render(text), more, a.w))
	}
	return lines
}

// guardText is a guard with its sign.
func guardText(g edit.Guard) sanitize.Text {
	sign := sanitize.Text(style.Warn)
	if g.Forbids {
		sign = style.Failed
	}
	return sign + " " + sanitize.Line(g.Text)
}

func (a *App) guardStyle(g edit.Guard) style.Style {
	switch {
	case g.Forbids:
		return a.styles.Bad
	case g.Unknown:
		return a.styles.Faint
	}
	return a.styles.Warning
}

// guardLines are all guards in full, at most w cells wide.
func (a *App) guardLines(w int) []sanitize.Text {
	var lines []sanitize.Text
	for _, g := range a.edit.Guards() {
		for _, l := range widget.Wrap(guardText(g)+".", w) {
			lines = append(lines, a.guardStyle(g).Render(l))
		}
	}
	return lines
}

// showGuards says why nothing can be sent.
func (a *App) showGuards(title sanitize.Text) {
	lines := append(a.guardLines(max(a.w-4, 1)), "")
	lines = append(lines, widget.Wrap(sanitize.Format("%s shows who acts, on what, and where that came from.", keys.Origins.Help().Key), max(a.w-4, 1))...)
	a.help = widget.NewScroll(a.styles, title, lines)
}
