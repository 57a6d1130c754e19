package command

import (
	"cmp"

	"ampedit/client/project"
)

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
