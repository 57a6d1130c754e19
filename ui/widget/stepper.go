package widget

import (
	"strings"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// StepState is what the stepper shows behind a step's name.
type StepState struct {
	Name     sanitize.Text
	Problems int  // blocking ones, shown as ✗N
	Done     bool // nothing is missing, shown as ✓
	Count    int  // shown behind ✓ when above zero
	Changed  bool // something differs from what is deployed, shown as ~
}

// Stepper draws the steps of the walk on one line. It collapses to the current
// step where the line is too short.
func Stepper(s *style.Styles, steps []StepState, current int, focused bool, w int) sanitize.Text {
	bar := sanitize.Text(" ")
	if focused {
		bar = s.Focus.Render(style.Focus)
	}
	for _, gap := range []sanitize.Text{" ", ""} {
		line := bar
		for i, st := range steps {
			line += stepLabel(s, st, i, i == current, focused, gap) + gap
		}
		if line = sanitize.Text(strings.TrimRight(string(line), " ")); Width(line) <= w {
			return line
		}
	}
	short := bar
	for i, st := range steps {
		if i == current {
			short += " " + stepLabel(s, st, i, true, focused, "") + " "
			continue
		}
		short += " " + s.Faint.Render(sanitize.Format("%d", i+1)) + stepGlyph(s, st)
	}
	if Width(short) <= w {
		return short
	}
	return Truncate(sanitize.Format("%s%d/%d %s", bar, current+1, len(steps), steps[current].Name), w)
}

// stepLabel draws a step with a gap before its glyph; brackets around the current
// one stand where others have a space, so that nothing moves.
func stepLabel(s *style.Styles, st StepState, i int, current, focused bool, gap sanitize.Text) sanitize.Text {
	label := sanitize.Format("%d %s", i+1, st.Name)
	glyph := stepGlyph(s, st)
	switch {
	case current && focused:
		return s.ButtonOn.Render("["+label+"]") + glyph
	case current:
		return s.Current.Render("["+label+"]") + glyph
	case glyph != "":
		glyph = gap + glyph
	}
	return " " + s.Text.Render(label) + glyph
}

func stepGlyph(s *style.Styles, st StepState) sanitize.Text {
	glyph := sanitize.Text("")
	switch {
	case st.Problems > 0:
		glyph = s.Bad.Render(sanitize.Format("%s%d", style.Failed, st.Problems))
	case st.Done && st.Count > 0:
		glyph = s.Good.Render(sanitize.Format("%s%d", style.Done, st.Count))
	case st.Done:
		glyph = s.Good.Render(style.Done)
	}
	if st.Changed {
		glyph += s.Warning.Render("~")
	}
	return glyph
}
