package page

import (
	"fmt"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/widget"
)

// notSentNote says what leaving a member out may do.
const notSentNote = "A member that is not sent keeps its value if the service merges requests, and loses it if the service replaces the configuration. Which of the two it does is not documented."

// memberLines count the members of the request by what becomes of them, and name
// those that are sent empty or not at all: what is sent with a value stands in
// the request itself.
func (r *Review) memberLines() []sanitize.Text {
	byState := membersByState(r.Edit.Answers, r.Edit.Context())
	title := sanitize.Format("members: %d sent, %d sent empty, %d not sent",
		len(byState[forms.Sent]), len(byState[forms.SentEmpty]), len(byState[forms.NotSent]))
	lines := []sanitize.Text{widget.RuleLine(r.Styles, title, r.w)}
	for _, state := range []forms.State{forms.SentEmpty, forms.NotSent} {
		label := widget.Pad(" "+sanitize.Line(state.String()), 13)
		for _, path := range byState[state] {
			for _, l := range widget.Wrap(sanitize.Line(path), r.w-len(label)-1) {
				lines = append(lines, r.Styles.Warning.Render(label)+l)
				label = widget.Repeat(" ", len(label))
			}
		}
	}
	if len(byState[forms.NotSent]) > 0 {
		for _, l := range widget.Wrap(notSentNote, r.w-2) {
			lines = append(lines, " "+r.Styles.Faint.Render(l))
		}
	}
	return lines
}

// membersByState returns the paths of the request's members in the order of the
// walk. Additional authorization types are named by mode.
func membersByState(a *forms.Answers, c forms.Context) map[forms.State][]string {
	out := map[forms.State][]string{}
	add := func(prefix string, ref forms.Ref, fields []forms.Field) {
		for _, f := range fields {
			ref.Key = f.Key
			if name := memberName(f.Key); name != "" {
				state := forms.SentState(a, c, ref)
				out[state] = append(out[state], prefix+name)
			}
		}
	}
	add("", forms.At(forms.StepTarget, ""), forms.Fields(forms.StepTarget, a))
	add("defaultAuthType.", forms.At(forms.StepDefault, ""), forms.Fields(forms.StepDefault, a))
	times := map[string]int{}
	for _, e := range a.Live() {
		mode := e.Values.Text(forms.KeyMode)
		if times[mode]++; times[mode] > 1 {
			mode = fmt.Sprintf("%s %d", mode, times[mode])
		}
		if mode != "" {
			add("additionalAuthTypes["+mode+"].", forms.Ref{Step: forms.StepMore, Entry: e.ID}, forms.EntryFields(e))
		}
	}
	for _, step := range []forms.Step{forms.StepConflicts, forms.StepSchema} {
		add("", forms.At(step, ""), forms.Fields(step, a))
	}
	return out
}

// memberName returns the place of a field's member in its part of the body, "" if
// the field has none.
func memberName(key forms.Key) string {
	switch key {
	case forms.KeyProfile, forms.KeyRegion, forms.KeyAppID, forms.KeyEnvironment, forms.KeySchemaPath:
		return ""
	case forms.KeyStrategy:
		return "conflictResolution.resolutionStrategy"
	case forms.KeySchemaSource:
		return "transformSchema"
	}
	return string(key)
}
