package page

import (
	"ampedit/client/sanitize"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// head says whether the deployed configuration was read, and what is worth a look.
func (t *Target) head(w int) []sanitize.Text {
	state, warnings := t.state(w), t.warnings(w)
	if len(warnings) == 0 {
		return state
	}
	return append(append(state[:len(state)-1:len(state)-1], warnings...), "")
}

// warnings say in a line each what is worth a look before anything is changed.
func (t *Target) warnings(w int) []sanitize.Text {
	var texts []sanitize.Text
	if t.Edit.RegionConflict() != "" {
		texts = append(texts, sanitize.Format("The regions that are set disagree; %s is used. i shows who says what.", t.Edit.Region().Value))
	}
	if n := len(t.Edit.Drift()); n > 0 {
		texts = append(texts, sanitize.Format("The checkout differs from what is deployed in %s; D shows them.", countPlaces(n)))
	}
	if f := t.Edit.File(); f != nil && len(f.Document.Notes) > 0 {
		texts = append(texts, countNotes(len(f.Document.Notes))+" on "+sanitize.Line(f.Path)+"; N shows what was not taken as it stands.")
	}
	var lines []sanitize.Text
	for _, text := range texts {
		line := widget.Ends(" "+t.Styles.Warning.Render(style.Warn+" "+text), "", w)
		lines = append(lines, line)
	}
	return lines
}

func countNotes(n int) sanitize.Text {
	if n == 1 {
		return "1 note"
	}
	return sanitize.Format("%d notes", n)
}
