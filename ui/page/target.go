package page

import (
	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// Target is the first step: which backend, and what is known of it.
type Target struct{ *Form }

// NewTarget returns the page.
func NewTarget(s *Shared) *Target {
	t := &Target{NewForm(s, forms.StepTarget)}
	t.above = t.head
	return t
}

// state says whether the deployed configuration was read.
func (t *Target) state(w int) []string {
	s, e := t.Styles, t.Edit
	trouble := t.Trouble()
	switch b := e.Base(); {
	case trouble != nil || e.BaseErr() != nil:
		var lines []string
		if trouble != nil {
			lines = t.troubleLines(trouble, w)
		} else {
			text := style.Failed + " The deployed configuration could not be read: " + client.Redact(submission.Reasoned(e.BaseErr()))
			for _, l := range widget.Wrap(widget.CleanLine(text), w-2) {
				lines = append(lines, " "+s.Bad.Render(l))
			}
		}
		if b != nil && b.Local {
			lines = append(lines, " "+s.Warning.Render(style.Warn+" The fields show what the local project says, which may be stale."))
		}
		return append(lines, "")
	case b != nil:
		line := style.Done + " deployed configuration read " + b.Read.In(t.Now().Location()).Format("15:04:05")
		if b.AppName != "" {
			line += ", app " + widget.CleanLine(b.AppName)
		}
		return []string{" " + s.Good.Render(line), ""}
	case !e.Target().Complete():
		return []string{" " + s.Faint.Render("Name the backend; what is deployed there is then read and filled in."), ""}
	}
	return []string{" " + s.Faint.Render("The deployed configuration is not read yet."), ""}
}
