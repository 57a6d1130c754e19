package page

import (
	"strings"

	"github.com/aymanbagabas/go-udiff"
	"github.com/charmbracelet/x/ansi"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// tabFiles are the names under which the tabs' texts are written to files.
var tabFiles = [tabCount]string{"plan.txt", "request.diff", "request.json", "update.sh", "update.py"}

// tabText is the plain text of a tab, as it is copied and written.
func (r *Review) tabText(plan edit.Plan) string {
	via := forms.Access{Profile: r.Edit.Access().Profile, Region: r.Edit.Access().Region}
	if session := r.Edit.Session(); session != nil {
		via.Region, via.Profile = session.Region, session.Profile
	}
	text, err := "", error(nil)
	switch r.tab {
	case tabPlan:
		text = planText(plan)
	case tabDiff:
		text = r.diff(plan)
	case tabRequest:
		text, err = string(plan.Body), plan.BodyErr
	case tabCLI:
		text, err = forms.AWSCLI(plan.Input, via)
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
	return b.String()
}

// diff is the difference of the request's bodies, the schema's as lines.
func (r *Review) diff(plan edit.Plan) string {
	var base *wire.ResourceConfig
	if b := r.Edit.Base(); b != nil {
		base = b.Config
	}
	oldBody, oldSchema := split(plan.Input.ResourceName, base)
	newBody, newSchema := split(plan.Input.ResourceName, plan.Input.ResourceConfig)
	text := udiff.Unified("deployed/request.json", "wanted/request.json", oldBody, newBody) +
		udiff.Unified("deployed/schema.graphql", "wanted/schema.graphql", oldSchema, newSchema)
	if text == "" {
		return "Nothing differs from what is deployed."
	}
	return text
}

// split writes a configuration as JSON without the schema, and the schema.
func split(resource string, config *wire.ResourceConfig) (body, schema string) {
	if config == nil {
		return "", ""
	}
	config = config.Clone()
	if config.TransformSchema != nil {
		schema = strings.TrimSuffix(*config.TransformSchema, "\n") + "\n"
		config.TransformSchema = nil
	}
	data, err := wire.Body(&wire.UpdateBackendAPIInput{ResourceName: resource, ResourceConfig: config})
	if err != nil {
		return "", schema
	}
	return string(data) + "\n", schema
}

// styled breaks a line of a tab to the width and colours a difference.
func (r *Review) styled(line string) []string {
	lines := strings.Split(ansi.Hardwrap(line, max(r.w-2, 1), true), "\n")
	for i, l := range lines {
		switch {
		case r.tab != tabDiff:
		case strings.HasPrefix(line, "+"):
			l = r.Styles.Good.Render(l)
		case strings.HasPrefix(line, "-"):
			l = r.Styles.Bad.Render(l)
		case strings.HasPrefix(line, "@@"):
			l = r.Styles.Faint.Render(l)
		}
		lines[i] = " " + l
	}
	return lines
}
