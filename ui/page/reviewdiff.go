package page

import (
	"github.com/aymanbagabas/go-udiff"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/ui/edit"
	"ampedit/ui/widget"
)

// differences are what the Diff tab compares: the request without its schema,
// and the schema.
type differences struct {
	generation int
	hash       string
	from       sanitize.Text // what is compared with: "deployed" or "local"
	title      sanitize.Text
	parts      []difference
}

type difference struct {
	name     sanitize.Text
	old, new string
	diff     *widget.Diff
	// clean makes a line fit to be drawn: a schema is shown as it is.
	clean func(string) sanitize.Text
}

// differences returns the differences of a plan. They are kept while it stays:
// comparing a large schema takes a while.
func (r *Review) differences(plan edit.Plan) *differences {
	if r.diff.parts != nil && r.diff.generation == r.Edit.Generation() && r.diff.hash == plan.Hash() {
		return &r.diff
	}
	r.diff = differences{generation: r.Edit.Generation(), hash: plan.Hash(), from: "deployed", title: "nothing was read"}
	var base *wire.ResourceConfig
	if b := r.Edit.Base(); b != nil {
		base = b.Config
		if b.Local {
			r.diff.from = "local"
		}
		r.diff.title = r.diff.from + " → wanted"
	}
	oldBody, oldSchema := edit.Split(plan.Input.ResourceName, base)
	newBody, newSchema := edit.Split(plan.Input.ResourceName, plan.Input.ResourceConfig)
	for _, d := range []difference{
		{name: "request.json", old: oldBody, new: newBody, clean: sanitize.Line},
		{name: "schema.graphql", old: oldSchema, new: newSchema, clean: sanitize.Verbatim},
	} {
		d.diff = widget.NewDiff(d.old, d.new, d.clean)
		r.diff.parts = append(r.diff.parts, d)
	}
	return &r.diff
}

// unified writes the differences as a patch, for other tools.
func (d *differences) unified() string {
	text := ""
	for _, part := range d.parts {
		text += udiff.Unified(string(d.from+"/"+part.name), string("wanted/"+part.name), part.old, part.new)
	}
	if text == "" {
		return string(d.nothing())
	}
	return text
}

func (d *differences) nothing() sanitize.Text {
	if d.from == "local" {
		return "Nothing differs from the local project."
	}
	return "Nothing differs from what is deployed."
}

// diffLines draws the Diff tab: the request with the state of its members below
// it, and the schema.
func (r *Review) diffLines(plan edit.Plan) []sanitize.Text {
	d := r.differences(plan)
	request, schema := d.parts[0], d.parts[1]
	var lines []sanitize.Text
	if request.diff.Equal() && schema.diff.Equal() {
		text := d.nothing()
		if len(plan.Changes) > 0 {
			text = "The request says what is deployed already; what sending it changes stands on Plan."
		}
		for _, l := range widget.Wrap(text, r.w-2) {
			lines = append(lines, " "+r.Styles.Faint.Render(l))
		}
		return append(append(lines, ""), r.memberLines()...)
	}
	lines = append(lines, r.partLines(d, request)...)
	lines = append(append(lines, ""), r.memberLines()...)
	return append(append(lines, ""), r.partLines(d, schema)...)
}

func (r *Review) partLines(d *differences, part difference) []sanitize.Text {
	if part.diff.Equal() {
		return []sanitize.Text{widget.RuleLine(r.Styles, part.name, r.w), " " + r.Styles.Faint.Render("no difference")}
	}
	title := sanitize.Format("%s  %s  +%d −%d", part.name, d.title, part.diff.Added(), part.diff.Removed())
	return append([]sanitize.Text{widget.RuleLine(r.Styles, title, r.w)}, part.diff.Lines(r.Styles, r.w)...)
}
