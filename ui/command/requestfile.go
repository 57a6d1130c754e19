package command

import (
	"cmp"
	"io"
	"strings"
	"time"

	"ampedit/forms"
	"ampedit/forms/document"
	"ampedit/ui/edit"
)

// fromFile reads a kept request.
func (r *requestSource) fromFile(path string) error {
	doc, err := openRequest(path, r.input)
	if err != nil {
		return err
	}
	if path == "-" {
		path = standardInput
	}
	for _, note := range doc.Notes {
		r.say(note.String())
	}
	f := *r.flags
	f.appID = cmp.Or(f.appID, r.getenv("AMPEDIT_APP_ID"), doc.Target.AppID)
	f.environment = cmp.Or(f.environment, r.getenv("AMPEDIT_ENV"), doc.Target.Environment)
	f.resource = cmp.Or(f.resource, r.getenv("AMPEDIT_RESOURCE"), doc.Target.ResourceName)
	r.settle(f, nil)
	return r.merge(path, doc)
}

// merge puts what a kept request states into what the Amplify project says of the
// backend, and says which members come from there, or from nowhere.
func (r *requestSource) merge(name string, doc *document.Document) error {
	now, stated := time.Now(), doc.Stated()
	base := localBase(r.open, func() time.Time { return now })(edit.Target{
		AppID: r.in.AppID, Environment: r.in.BackendEnvironmentName, ResourceName: r.in.ResourceName,
	})
	var kept []string
	switch {
	case base != nil:
		r.in.ResourceConfig, kept = forms.Merge(base.Config, stated, now)
	case stated.Config != nil:
		r.in.ResourceConfig, _ = forms.Merge(nil, stated, now)
	}
	if err := r.replaceSchema(); err != nil {
		return err
	}
	own := *r.in
	if own.ResourceConfig = stated.Config.Clone(); own.ResourceConfig != nil && r.flags.schema != "" {
		own.ResourceConfig.TransformSchema = r.in.ResourceConfig.TransformSchema
	}
	r.stated = []statement{{&own, inDocument(name, doc)}}
	if p, err := r.open(); err == nil && base != nil {
		if b, ok := projectBackend(r.in.AppID, r.in.BackendEnvironmentName, r.open); ok {
			r.stated = append(r.stated, statement{r.in, keptOr(kept, inBackend(p.Root(), b), r.stated[0].place)})
		}
	}
	if len(kept) > 0 {
		r.say("note: not in " + name + ", so taken from the Amplify project: " + forms.Grouped(kept))
	}
	if missing := stated.Missing(r.in.ResourceConfig); len(missing) > 0 {
		line := "warning: " + name + " does not state " + forms.Grouped(missing) + ", and "
		if base == nil {
			line += "no Amplify project here says it for this backend"
		} else {
			line += "neither does the Amplify project"
		}
		r.say(line + ". If the service replaces what it has, sending this drops or resets that; ampedit apply FILE takes it from what is deployed")
	}
	return nil
}

// keptOr places the members that are kept by one placer, and all others by another.
func keptOr(kept []string, by, other placer) placer {
	return func(member string) (string, int, int, bool) {
		path := strings.TrimPrefix(member, "resourceConfig.")
		for _, k := range kept {
			if path == k || strings.HasPrefix(path, k+".") || strings.HasPrefix(path, k+"[") {
				return by(member)
			}
		}
		return other(member)
	}
}

func openRequest(path string, in io.Reader) (*document.Document, error) {
	if path == "-" {
		return edit.ReadDocument(standardInput, in)
	}
	file, err := edit.OpenFile(path)
	if err != nil {
		return nil, err
	}
	return file.Document, nil
}
