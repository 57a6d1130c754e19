package command

import (
	"cmp"
	"os"
	"sync"

	"ampedit/client/emulator"
	"ampedit/client/project"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// projectOnce returns the function that opens the project around the present
// folder, once.
func projectOnce() func() (*project.Project, error) {
	return sync.OnceValues(func() (*project.Project, error) { return project.Open(".") })
}

// targetOrigins returns what flags, environment and project say of the target,
// the first of them that says anything, and who that is.
func targetOrigins(f *flags, getenv func(string) string, open func() (*project.Project, error)) edit.Origins {
	flag := func(name, value string) edit.Stated {
		return edit.Stated{Value: value, From: "--" + name, Chosen: value != ""}
	}
	target := flag
	if f.receipt != "" { // which filled in what no flag said
		target = func(_, value string) edit.Stated {
			return edit.Stated{Value: value, From: "receipt " + f.receipt, Chosen: value != ""}
		}
	}
	variable := func(name string) edit.Stated { return edit.Stated{Value: getenv(name), From: "variable " + name} }
	o := edit.Origins{Fields: map[forms.Key]edit.Stated{
		forms.KeyProfile:      firstStated(flag("profile", f.profile)),
		forms.KeyRegion:       firstStated(target("region", f.region)),
		forms.KeyAppID:        firstStated(target("app-id", f.appID), variable("AMPEDIT_APP_ID")),
		forms.KeyEnvironment:  firstStated(target("env", f.environment), variable("AMPEDIT_ENV")),
		forms.KeyResourceName: firstStated(target("resource", f.resource), variable("AMPEDIT_RESOURCE")),
	}}
	o.Endpoint = firstStated(flag("endpoint-url", f.endpointURL), variable("AWS_ENDPOINT_URL_AMPLIFYBACKEND"), variable("AWS_ENDPOINT_URL")).From
	for _, name := range []string{"AWS_REGION", "AWS_DEFAULT_REGION"} {
		if region := variable(name); region.Value != "" {
			o.Regions = append(o.Regions, region)
		}
	}
	b, ok := projectBackend(o.Fields[forms.KeyAppID].Value, o.Fields[forms.KeyEnvironment].Value, open)
	profile := firstStated(variable("AWS_PROFILE"), variable("AWS_DEFAULT_PROFILE"))
	if ok {
		addProject(&o, b, open, profile.From == "" && getenv("AWS_ACCESS_KEY_ID") == "")
	}
	if o.Fields[forms.KeyProfile].Value == "" { // left to AWS's own rules
		o.Fields[forms.KeyProfile] = edit.Stated{From: profile.From}
	}
	return o
}

// addProject adds what the project says to what nobody said before. The profile
// answers only where that is asked for.
func addProject(o *edit.Origins, b project.Backend, open func() (*project.Project, error), profile bool) {
	fill := func(key forms.Key, fact project.Fact[string]) {
		o.Fields[key] = firstStated(o.Fields[key], edit.Stated{Value: fact.Value, From: fact.File})
	}
	fill(forms.KeyAppID, b.AppID)
	fill(forms.KeyResourceName, b.ResourceName)
	if profile {
		fill(forms.KeyProfile, b.Profile)
	}
	if p, err := open(); err == nil {
		fill(forms.KeyEnvironment, p.CurrentEnvironment())
		o.Project = projectRegions(p, o.Fields[forms.KeyEnvironment].Value)
	}
}

// projectRegions are the regions of the project's environments, and of one more that
// it may not list.
func projectRegions(p *project.Project, environment string) map[edit.Target]edit.Stated {
	names := []string{environment}
	for _, env := range p.Environments() {
		names = append(names, env.Value)
	}
	regions := map[edit.Target]edit.Stated{}
	for _, name := range names {
		if b, err := p.Backend(name); err == nil && b.Region.Value != "" {
			regions[edit.Target{AppID: b.AppID.Value, Environment: name}] = edit.Stated{Value: b.Region.Value, From: b.Region.File}
		}
	}
	return regions
}

// firstStated returns the first value that is not empty.
func firstStated(stated ...edit.Stated) edit.Stated {
	for _, s := range stated {
		if s.Value != "" {
			return s
		}
	}
	return edit.Stated{}
}

// projectOrigins are the targetOrigins of this process.
func projectOrigins(f *flags) edit.Origins { return targetOrigins(f, os.Getenv, projectOnce()) }

// demoOrigins are those of the demo: its sample project, but for what flags say.
func demoOrigins(f *flags, e *emulator.Emulator) edit.Origins {
	o := edit.Origins{Fields: map[forms.Key]edit.Stated{}, Endpoint: "--demo"}
	for key, value := range map[forms.Key]string{
		forms.KeyRegion:       cmp.Or(f.region, e.Region()),
		forms.KeyAppID:        cmp.Or(f.appID, emulator.SampleAppID),
		forms.KeyEnvironment:  cmp.Or(f.environment, emulator.SampleProd),
		forms.KeyResourceName: cmp.Or(f.resource, emulator.SampleResource),
	} {
		o.Fields[key] = edit.Stated{Value: value, From: "--demo"}
	}
	return o
}
