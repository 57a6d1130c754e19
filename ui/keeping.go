package ui

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// foundOutMsg says what earlier runs have come to.
type foundOutMsg struct {
	found []*submission.Submission
	err   error
}

// findOut looks after what earlier runs sent to this environment.
func (a *App) findOut() tea.Cmd {
	target := a.edit.Target()
	if a.config.Journal == nil || a.lookedAfter == target {
		return nil
	}
	deps, ok := a.deps()
	if !ok {
		return nil
	}
	a.lookedAfter, a.findingOut = target, true
	place, jitter, shown := a.edit.Place(), a.config.Jitter, a.job.Receipt()
	return a.tasks.Do(func(ctx context.Context) tea.Msg {
		earlier, err := submission.Earlier(deps.Journal, place, submission.Options{Jitter: jitter})
		earlier = slices.DeleteFunc(earlier, func(s *submission.Submission) bool { return shown != "" && s.Receipt().ID == shown })
		for _, s := range earlier {
			submission.Runner{Deps: deps}.Once(ctx, s)
		}
		return foundOutMsg{earlier, err}
	})
}

// foundOut says what earlier runs have come to.
func (a *App) foundOut(msg foundOutMsg) tea.Cmd {
	a.findingOut = false
	switch {
	case msg.err != nil:
		return say("earlier receipts could not be read: "+sanitize.Error(msg.err), true)
	case len(msg.found) == 0:
		return nil
	}
	var lines []sanitize.Text
	for _, f := range msg.found {
		text := sanitize.Format(style.Working+" %s: %s", f.Name(), f.Headline().Text)
		lines = append(lines, widget.Wrap(text, max(a.w-6, 20))...)
	}
	a.help = widget.NewScroll(a.styles, "Sent earlier", lines)
	return a.driveEarlier(msg.found[0])
}

// driveEarlier goes on with the newest submission of earlier runs, on the job page,
// unless that shows another one already.
func (a *App) driveEarlier(s *submission.Submission) tea.Cmd {
	deps, ok := a.deps()
	if !ok || a.job.Submission() != nil || !s.LookAgain(a.now()) {
		return nil
	}
	return a.job.Drive(s, deps)
}
