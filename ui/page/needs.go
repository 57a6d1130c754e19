package page

import (
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/schema"
)

// needs says, while the mode of an authorization type has the focus, which rules
// of the schema need it, and which need one that is not configured.
func (p *Form) needs() sanitize.Text {
	if field, ok := p.form.Field(); !ok || field.Key != forms.KeyMode {
		return ""
	}
	text := sanitize.Text("")
	for _, mode := range p.Edit.MissingModes() {
		text += sanitize.Format("Not configured, but needed by rules: %s, for %s. ctrl+t adds it under 3 More. ", forms.ModeLabel(string(mode)), places(p.Edit.Report().NeededBy(mode)))
	}
	mode := wire.Mode(p.Edit.Answers.Text(p.form.Ref()))
	if mode == "" {
		return text
	}
	if needed := p.Edit.Report().NeededBy(mode); len(needed) > 0 {
		return text + "Rules that need it: " + places(needed) + ". "
	}
	if p.Edit.Report() != nil {
		text += sanitize.Format("No rule of the schema uses %s yet. ", forms.ModeLabel(string(mode)))
	}
	return text
}

// places lists where a mode is needed, the first few of them.
func places(needed []schema.Requirement) sanitize.Text {
	const shown = 3
	var parts []sanitize.Text
	for i, n := range needed {
		if i == shown {
			parts = append(parts, sanitize.Format("and %d more", len(needed)-shown))
			break
		}
		parts = append(parts, sanitize.Line(n.String()))
	}
	return sanitize.Join(parts, ", ")
}

// addMissing adds an authorization mode that rules of the schema need.
func (p *Form) addMissing() tea.Cmd {
	field, _ := p.form.Field()
	missing := p.Edit.MissingModes()
	if field.Key != forms.KeyMode || len(missing) == 0 {
		return refuse("no fix is offered here")
	}
	p.Edit.Answers.Add(string(missing[0]))
	return tea.Batch(host{p.Shared}.Changed(forms.Ref{Step: forms.StepMore, Entry: forms.NoEntry}),
		toast(sanitize.Line(forms.ModeLabel(string(missing[0])))+" added under 3 More"))
}
