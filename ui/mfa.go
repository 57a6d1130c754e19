package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/sanitize"
	"ampedit/ui/widget"
)

// CodeRequest asks the user for the code of an MFA device.
type CodeRequest struct {
	client.MFARequest
	// Answer gives the code, or client.ErrPromptCancelled. It is called once and
	// does not block.
	Answer func(code string, err error)
}

// codeAskedMsg says that a code is asked for.
type codeAskedMsg struct{ CodeRequest }

// codePrompt is the prompt on the screen, on top of all else, and who waits for it.
type codePrompt struct {
	*widget.CodePrompt
	request CodeRequest
}

// awaitCode waits for the next time that a code is asked for.
func (a *App) awaitCode() tea.Cmd {
	next := a.config.NextCode
	if next == nil {
		return nil
	}
	return a.tasks.Do(func(ctx context.Context) tea.Msg {
		if request, ok := next(ctx); ok {
			return codeAskedMsg{request}
		}
		return nil
	})
}

// askCode shows the prompt. Once the user gave no code, only what the user does
// asks again: the background would at each look.
func (a *App) askCode(request CodeRequest) tea.Cmd {
	if a.login.declined {
		request.Answer("", client.ErrPromptCancelled)
		return a.awaitCode()
	}
	why := sanitize.Text("The profile assumes a role that asks for the code of an MFA device.")
	switch {
	case a.login.codes > 0 && a.login.accepted:
		why = "The role's credentials have ended, and AWS asks for a code each time they are renewed."
	case a.login.codes > 0:
		why = "The last code was not accepted. Each code is good once: wait for the next one."
	}
	lines := []sanitize.Text{why, ""}
	for _, row := range []struct {
		label sanitize.Text
		value string
	}{{"profile  ", request.Profile}, {"role     ", request.RoleARN}, {"device   ", request.SerialNumber}} {
		if row.value != "" {
			lines = append(lines, row.label+sanitize.Line(row.value))
		}
	}
	a.code = &codePrompt{widget.NewCodePrompt(a.styles, "MFA code", lines...), request}
	return nil
}

// updateCode gives a key to the prompt.
func (a *App) updateCode(msg tea.KeyMsg) tea.Cmd {
	switch a.code.Update(msg) {
	case widget.AnswerYes:
		a.login.codes++
		a.login.accepted = false
		return a.answerCode(a.code.Code(), nil)
	case widget.AnswerNo:
		return tea.Batch(a.declineCode(), say("no code was given; F5 asks for it again", true))
	}
	return nil
}

// declineCode closes the prompt, if there is one, without a code.
func (a *App) declineCode() tea.Cmd {
	if a.code == nil {
		return nil
	}
	a.login.declined = true
	return a.answerCode("", client.ErrPromptCancelled)
}

func (a *App) answerCode(code string, err error) tea.Cmd {
	answer := a.code.request.Answer
	a.code = nil
	answer(code, err)
	return a.awaitCode()
}
