package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/page"
)

// key routes a key: to the dialog, the help, the commands that work even while
// text is typed, the page, and last to those that work outside of text.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Leave):
		return tea.Batch(a.declineCode(), a.leave())
	case key.Matches(msg, keys.Suspend):
		if !a.config.JobControl {
			return say("nothing here could bring a suspended program back; ctrl+c leaves", true)
		}
		return tea.Suspend
	case a.code != nil:
		return a.updateCode(msg)
	case a.dialog != nil:
		return a.updateDialog(msg)
	case a.help != nil:
		if a.help.Update(msg) {
			a.help = nil
		}
		return nil
	case key.Matches(msg, keys.HelpCtrl):
		a.openHelp()
		return nil
	case key.Matches(msg, keys.Login):
		return a.logIn()
	}
	if a.onStepper && len(a.stack) == 0 {
		if cmd, taken := a.stepperKey(msg); taken {
			return cmd
		}
		return a.globalKey(msg)
	}
	if cmd, taken := a.moveKey(msg); taken {
		return cmd
	}
	event, cmd := a.page().Update(msg)
	switch event {
	case page.ToStart, page.ToEnd:
		a.toStepper()
	case page.NextStep:
		cmd = tea.Batch(cmd, a.show(a.current+1, true))
	case page.CloseIt:
		a.pop()
	case page.Ignored:
		return a.globalKey(msg)
	}
	return cmd
}

// moveKey handles the keys that leave a page whatever has the focus in it.
func (a *App) moveKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	stacked := len(a.stack) > 0
	switch {
	case key.Matches(msg, keys.NextStep), key.Matches(msg, keys.PrevStep):
		if stacked {
			return say("esc closes this page first", true), true
		}
		by := 1
		if key.Matches(msg, keys.PrevStep) {
			by = -1
		}
		return a.step(by), true
	case key.Matches(msg, keys.Back):
		if p, ok := a.page().(interface{ Completing() bool }); ok && p.Completing() {
			return nil, false
		}
		if stacked && !a.searching() {
			a.pop()
			return nil, true
		}
		if !stacked {
			return a.back(), true
		}
	}
	return nil, false
}

// searching reports whether the pager on top takes text, so that esc is its own.
func (a *App) searching() bool {
	_, pager := a.page().(*page.Pager)
	return pager && a.page().Capturing()
}

// step goes to a neighbour of the current step, into its page.
func (a *App) step(by int) tea.Cmd {
	next := a.current + by
	switch {
	case next < 0:
		return say("this is the first step", true)
	case next >= len(a.pages):
		return say("this is the last step", true)
	}
	return a.show(next, true)
}

// back goes to the step before, and from the first one to the stepper. It never
// leaves the program.
func (a *App) back() tea.Cmd {
	if a.current == 0 {
		a.toStepper()
		return say("this is the first step; q or ctrl+c leaves", true)
	}
	return a.show(a.current-1, true)
}

func (a *App) toStepper() {
	a.page().Blur()
	a.onStepper = len(a.stack) == 0
	if !a.onStepper { // a page on top has no stepper: its focus goes round
		a.page().Focus(false)
	}
}

func (a *App) pop() {
	a.page().Blur()
	a.stack = a.stack[:len(a.stack)-1]
	a.page().Focus(false)
}

// stepperKey handles the keys of the stepper.
func (a *App) stepperKey(msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case key.Matches(msg, keys.StepLeft):
		return a.show(a.current-1, false), true
	case key.Matches(msg, keys.StepRight):
		return a.show(a.current+1, false), true
	case key.Matches(msg, keys.NextStop), key.Matches(msg, keys.StepOpen):
		a.onStepper = false
		a.page().Focus(false)
	case key.Matches(msg, keys.PrevStop):
		a.onStepper = false
		a.page().Focus(true)
	case key.Matches(msg, keys.Continue):
		if a.current == stepReview {
			return a.askApproval(), true
		}
		return a.show(a.current+1, false), true
	case key.Matches(msg, keys.NextStep):
		return a.show(a.current+1, false), true
	case key.Matches(msg, keys.PrevStep), key.Matches(msg, keys.Back):
		if a.current == 0 {
			return say("this is the first step; q or ctrl+c leaves", true), true
		}
		return a.show(a.current-1, false), true
	case key.Matches(msg, keys.Digit):
		return a.show(int(msg.Runes[0]-'1'), false), true
	default:
		return nil, false
	}
	return nil, true
}

// globalKey handles the keys that work wherever no text is typed.
func (a *App) globalKey(msg tea.KeyMsg) tea.Cmd {
	switch {
	case msg.Paste:
		return say("nothing here takes text", true)
	case key.Matches(msg, keys.Digit) && len(a.stack) == 0:
		return a.show(int(msg.Runes[0]-'1'), true)
	case key.Matches(msg, keys.Help):
		a.openHelp()
		return nil
	case key.Matches(msg, keys.Quit):
		return a.leave()
	case key.Matches(msg, keys.ReadAgain):
		return a.readAgain()
	case key.Matches(msg, keys.History):
		return a.openHistory()
	}
	if cmd, taken := a.aboutKey(msg); taken {
		return cmd
	}
	name := sanitize.Line(msg.String())
	if len(msg.Runes) > 1 {
		name = "text" // a terminal without bracketed paste
	}
	return say(name+" does nothing here; ? shows what does", true)
}

// say returns a command that says what just happened, or why nothing did.
func say(text sanitize.Text, bad bool) tea.Cmd { return page.Send(page.ToastMsg{Text: text, Bad: bad}) }
