package page

import (
	"strings"

	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/widget"
)

// tabFiles are the names under which the tabs' texts are written to files.
var tabFiles = [tabCount]string{"plan.txt", "request.diff", "request.json", "update" + shell.Here().Extension(), "update.py"}

// tabText is the plain text of a tab, as it is copied and written.
func (r *Review) tabText(plan edit.Plan) string {
	via := forms.Access{Profile: r.Edit.Access().Profile, Region: r.Edit.Region().Value}
	if session := r.Edit.Session(); session != nil {
		via.Profile = session.Profile
	}
	text, err := "", error(nil)
	switch r.tab {
	case tabPlan:
		text = planText(plan)
	case tabDiff:
		text = r.differences(plan).unified()
	case tabRequest:
		var body []byte
		body, err = plan.Body()
		text = string(body)
	case tabCLI:
		text, err = forms.AWSCLI(plan.Input, via, shell.Here())
	case tabBoto3:
		text, err = forms.Boto3(plan.Input, via)
	}
	if err != nil {
		return "This cannot be shown: " + err.Error() + "."
	}
	return text
}

func planText(plan edit.Plan) string {
	var b strings.Builder
	b.WriteString(forms.Summary(plan.Changes) + "\n")
	for _, c := range plan.Changes {
		b.WriteString("\n" + string(c.Symbol) + " " + c.Path + "  (" + c.Risk.String() + ")\n    " + c.Values() + "\n    " + c.Why + "\n")
	}
	for _, p := range plan.Problems {
		b.WriteString("\n" + p.Severity.String() + ": " + p.Ref.Step.Title() + ": " + p.Text + "\n")
	}
	if plan.Statement != nil {
		b.WriteString("\n" + strings.Join(plan.Statement.Lines(), "\n") + "\n")
	}
	return b.String()
}

// tabLines are the lines of a tab as they are drawn.
func (r *Review) tabLines(plan edit.Plan) []sanitize.Text {
	if r.tab == tabDiff {
		return r.diffLines(plan)
	}
	var lines []sanitize.Text
	clean := sanitize.Line
	if r.tab == tabRequest { // which shows the very bytes
		clean = sanitize.Verbatim
	}
	for _, l := range widget.CleanLines(r.tabText(plan), clean) {
		lines = append(lines, r.styled(l)...)
	}
	return lines
}

// styled breaks a line of a tab to the width.
func (r *Review) styled(line sanitize.Text) []sanitize.Text {
	return widget.Indent(widget.Hardwrap(line, r.w-2), " ")
}
