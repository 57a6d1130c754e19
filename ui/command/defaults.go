package command

import (
	"cmp"
	"os"

	"ampedit/client/project"
	"ampedit/forms"
)

// targetDefaults returns what fills the fields of the target that nobody typed:
// the flags, then the environment, then the Amplify project around the present
// folder. Variables that belong to AWS are left to its own rules; they only keep
// the project from answering in their place.
func targetDefaults(f *flags, getenv func(string) string, open func() (*project.Project, error)) map[forms.Key]string {
	out := map[forms.Key]string{}
	for key, stated := range targetOrigins(f, getenv, open).Fields {
		out[key] = stated.Value
	}
	return out
}

// projectDefaults are the targetDefaults of this process.
func projectDefaults(f *flags) map[forms.Key]string {
	return targetDefaults(f, os.Getenv, func() (*project.Project, error) { return project.Open(".") })
}

// projectBackend returns what the project says about an environment, "" for the
// one that is checked out. It reports false for no project, and for one of
// another app than appID, whose facts would be about something else.
func projectBackend(appID, environment string, open func() (*project.Project, error)) (project.Backend, bool) {
	p, err := open()
	if err != nil {
		return project.Backend{}, false
	}
	b, err := p.Backend(cmp.Or(environment, p.CurrentEnvironment().Value))
	if err != nil || appID != "" && b.AppID.Value != appID {
		return project.Backend{}, false
	}
	return b, true
}
