package command

import (
	"errors"
	"fmt"
	"strings"

	"ampedit/client/project"
	"ampedit/forms"
)

// targetFlags are the flags of what a request needs, with the variables that stand in
// for them.
var targetFlags = []struct {
	key            forms.Key
	flag, variable string
}{
	{forms.KeyAppID, "--app-id", "AMPEDIT_APP_ID"},
	{forms.KeyEnvironment, "--env", "AMPEDIT_ENV"},
	{forms.KeyResourceName, "--resource", "AMPEDIT_RESOURCE"},
}

// missing names those of the needed values that nothing states, how they can be stated
// and, as far as the project knows it, what they can be; nil if all are there.
func missing(values map[forms.Key]string, open func() (*project.Project, error), needed ...forms.Key) error {
	var names []string
	lacking := map[forms.Key]bool{}
	for _, f := range targetFlags {
		for _, key := range needed {
			if key == f.key && values[key] == "" {
				names = append(names, fmt.Sprintf("%s (%s)", f.flag, f.variable))
				lacking[key] = true
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("missing %s: not set by file, environment or project%s", strings.Join(names, ", "), choices(values, lacking, open))
}

// choices ends a sentence about what is missing with what the project says of it.
func choices(values map[forms.Key]string, lacking map[forms.Key]bool, open func() (*project.Project, error)) string {
	p, err := open()
	switch {
	case errors.Is(err, project.ErrNoProject):
		return "; start within the project, or name its folder with --dir"
	case err != nil:
		return "; " + err.Error()
	case lacking[forms.KeyEnvironment]:
		if names := environmentNames(p); names != "" {
			return "; the project has the environments " + names
		}
		return ""
	}
	b, err := p.Backend(values[forms.KeyEnvironment])
	switch app := values[forms.KeyAppID]; {
	case err != nil:
		return "; " + err.Error()
	case app != "" && b.AppID.Known() && b.AppID.Value != app:
		return fmt.Sprintf("; the project is of another app, %s", b.AppID.Value)
	case lacking[forms.KeyResourceName]:
		return "; the project has no AppSync API"
	}
	return ""
}
