package page

import (
	"ampedit/client/sanitize"
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
func (t *Target) state(w int) []sanitize.Text {
	s, e := t.Styles, t.Edit
	trouble := t.Trouble()
	switch b := e.Base(); {
	case trouble != nil || e.BaseErr() != nil:
		var lines []sanitize.Text
		if trouble != nil {
			lines = t.troubleLines(trouble, w)
		} else {
			text := style.Failed + " The deployed configuration could not be read: " + sanitize.Line(submission.Reasoned(e.BaseErr()))
			for _, l := range widget.Wrap(text, w-2) {
				lines = append(lines, " "+s.Bad.Render(l))
			}
		}
		if b != nil && b.Local {
			lines = append(lines, " "+s.Warning.Render(style.Warn+" The fields show what the local project says, which may be stale."))
		}
		return append(lines, "")
	case b != nil:
		line := sanitize.Format(style.Done+" deployed configuration read %s", b.Read.In(t.Now().Location()).Format("15:04:05"))
		if b.AppName != "" {
			line += ", app " + sanitize.Line(b.AppName)
		}
		return []sanitize.Text{" " + s.Good.Render(line), ""}
	case !e.Target().Complete():
		return []sanitize.Text{" " + s.Faint.Render("Name the backend; what is deployed there is then read and filled in."), ""}
	}
	return []sanitize.Text{" " + s.Faint.Render("The deployed configuration is not read yet."), ""}
}
