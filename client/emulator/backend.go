package emulator

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"time"
)

// App is an Amplify application an [Emulator] starts with.
type App struct {
	ID, Name     string
	Environments []Environment // none: an app without an Amplify backend
}

// Environment is a backend environment of an [App].
type Environment struct {
	Name string
	// APIs holds the deployed resourceConfig, as JSON in the service's own
	// spelling, by resource name.
	APIs map[string]string
	// Deployed is when the APIs were last deployed: an API key lives
	// expirationTime days from then. The zero time means the start.
	Deployed time.Time
	// Jobs are jobs of the past, in any order.
	Jobs []Job
	// LambdaAuthorizer makes the environment's amplify-meta.json show a Lambda
	// authorizer, which no request of AmplifyBackend can express.
	LambdaAuthorizer bool
}

// backend is the state behind the operations. The [Emulator]'s mutex guards it.
type backend struct {
	apps        []*app
	jobDuration time.Duration
	jobFailure  string        // error of every job that an update makes; empty lets them complete
	jobTimes    TimeForm      // of jobs to come
	jobSkew     time.Duration // goes onto the times that jobs show
	jobPages    pager
	made        []Job     // see Options.Made
	madeCount   int       // jobs that updates made
	random      io.Reader // source of job ids

	events  []*event // that have not happened yet
	started time.Time
	updates []*update // every one received
	last    *update   // the last of them that was formed as it should be
}

type app struct {
	id, name     string
	environments []*environment
}

type environment struct {
	name             string
	resources        []*resource
	jobs             []*job // oldest first
	lambdaAuthorizer bool
}

// resource is an AppSync API with what is deployed of it.
type resource struct {
	name     string
	config   object
	deployed time.Time
}

func newBackend(apps []App, now time.Time) (*backend, error) {
	b := &backend{started: now}
	for _, a := range apps {
		added := &app{id: a.ID, name: a.Name}
		for _, e := range a.Environments {
			env, err := newEnvironment(e, now)
			if err != nil {
				return nil, fmt.Errorf("app %s, environment %s: %w", a.ID, e.Name, err)
			}
			added.environments = append(added.environments, env)
		}
		b.apps = append(b.apps, added)
	}
	return b, nil
}

func newEnvironment(e Environment, now time.Time) (*environment, error) {
	env := &environment{name: e.Name, lambdaAuthorizer: e.LambdaAuthorizer}
	deployed := e.Deployed
	if deployed.IsZero() {
		deployed = now
	}
	for _, name := range slices.Sorted(maps.Keys(e.APIs)) {
		config, err := decode([]byte(e.APIs[name]), resourceConfigShape)
		if err != nil {
			return nil, fmt.Errorf("resource %s: %w", name, err)
		}
		env.resources = append(env.resources, &resource{name: name, config: config, deployed: deployed})
	}
	for _, j := range e.Jobs {
		env.jobs = append(env.jobs, &job{Job: j, old: true})
	}
	sortJobs(env.jobs)
	return env, nil
}

// environment finds an environment and brings it up to now: jobs that have
// completed since it was last looked at take effect.
func (b *backend) environment(appID, name string, now time.Time) (*environment, error) {
	env, err := b.find(appID, name)
	if err != nil {
		return nil, err
	}
	env.settle(now)
	return env, nil
}

// find finds an environment as it was last looked at.
func (b *backend) find(appID, name string) (*environment, error) {
	a, err := b.app(appID)
	if err != nil {
		return nil, err
	}
	for _, env := range a.environments {
		if env.name == name {
			return env, nil
		}
	}
	return nil, notFound("BackendEnvironment", name)
}

// app finds an app that has a backend.
func (b *backend) app(id string) (*app, error) {
	for _, a := range b.apps {
		if a.id == id && len(a.environments) > 0 {
			return a, nil
		}
	}
	return nil, notFound("App", id)
}

func (e *environment) resource(name string) (*resource, error) {
	for _, r := range e.resources {
		if r.name == name {
			return r, nil
		}
	}
	return nil, notFound("BackendAPI", name)
}

// deploy puts change into effect. It patches by section and replaces within a
// section, as the Amplify CLI's headless update does: a section that is not in
// change stays; one that is replaces the old one whole, so that an empty
// additionalAuthTypes clears the list. An empty string counts as not given.
// Whether the service itself does so is not documented.
func (r *resource) deploy(change object, at time.Time) {
	for section, value := range change {
		if value != "" {
			r.config[section] = value
		}
	}
	r.deployed = at
}

// eachEnvironment calls f for every environment of every app.
func (b *backend) eachEnvironment(f func(*environment)) {
	for _, a := range b.apps {
		for _, e := range a.environments {
			f(e)
		}
	}
}
