// Package project reads an Amplify Gen 1 project on disk: which environments
// it has and what its files say about the configuration of its GraphQL API,
// each value with the file that states it.
//
// It reads only, and only files that Amplify is known to write. It follows no
// link out of the project, opens nothing but regular files, and holds no API
// key: the member GraphQLAPIKeyOutput of amplify-meta.json is dropped while it
// is parsed.
package project

import (
	"fmt"
	"io/fs"
	"strings"

	"ampedit/client/suggest"
)

const (
	configFile   = "amplify/.config/project-config.json"
	localEnvFile = "amplify/.config/local-env-info.json"
	localAWSFile = "amplify/.config/local-aws-info.json"
	teamFile     = "amplify/team-provider-info.json"
	workDir      = "amplify/backend"
	deployedDir  = "amplify/#current-cloud-backend"
)

// A Project is an Amplify Gen 1 project as it was when it was read. It does
// not change and may be used by several goroutines.
type Project struct {
	root string

	config   document
	localEnv document
	localAWS document
	team     document
	flags    map[string]document // cli.json under "", cli.<env>.json under the environment

	work     *tree
	deployed *tree

	findings []Finding // about the project as a whole
}

// load reads the files of a Gen 1 project. A folder that holds the marker of
// Gen 2 as well is usually in the middle of a migration.
func load(fsys fs.FS, gen2 bool) *Project {
	r := reader{fsys, new(report)}
	p := &Project{
		config:   r.json(configFile),
		localEnv: r.json(localEnvFile),
		localAWS: r.json(localAWSFile),
		team:     r.json(teamFile),
		work:     loadTree(fsys, workDir),
		deployed: loadTree(fsys, deployedDir),
	}
	if p.team.state == missing {
		r.add(MissingFile, teamFile, "The file is missing, so the environments and their app ids are not known; 'amplify pull' writes it.")
	}
	if gen2 {
		r.add(MixedGenerations, gen2Marker, "The project has files of Amplify Gen 2 too; only its Gen 1 backend was read.")
	}
	p.flags = map[string]document{"": r.json("amplify/cli.json")}
	for _, env := range p.Environments() {
		if isResourceName(env.Value) {
			p.flags[env.Value] = r.json("amplify/cli." + env.Value + ".json")
		}
	}
	p.containers(r.report)
	p.findings = r.findings
	return p
}

// containers reports a project that was set up to deploy containers.
func (p *Project) containers(r *report) {
	config := p.config.node(r)
	frontend := config.at("frontend").text()
	if !frontend.Known() {
		return
	}
	if enabled, _ := config.at(frontend.Value, "config", "ServerlessContainers").value.(bool); enabled {
		r.add(ContainerProject, configFile, "The project deploys containers; ampedit edits its AppSync API only.")
	}
}

// Root returns the absolute path of the project's root folder, the one that
// holds amplify/. It is empty for a project from Read.
func (p *Project) Root() string { return p.root }

// Name returns the project's name.
func (p *Project) Name() Fact[string] {
	return p.config.node(new(report)).at("projectName").name()
}

// Environments returns the names of the project's environments in order.
func (p *Project) Environments() []Fact[string] {
	var envs []Fact[string]
	team := p.team.node(new(report))
	for _, name := range team.keys() {
		envs = append(envs, Fact[string]{name, team.at(name).place()})
	}
	// An environment that was just made is not in the shared file yet, and
	// some teams do not keep that file in version control.
	env := p.localEnv.node(new(report)).at("envName").name()
	if env.Known() && !states(envs, env.Value) {
		envs = append(envs, env)
		byValue(envs)
	}
	return envs
}

// CurrentEnvironment returns the environment that is checked out: the one that
// the CLI noted, else the one that amplify-meta.json was written for, else the
// only one there is.
func (p *Project) CurrentEnvironment() Fact[string] {
	if env := p.localEnv.node(new(report)).at("envName").name(); env.Known() {
		return env
	}
	envs := p.Environments()
	stack := p.work.stack()
	for _, env := range envs {
		if stack.Known() && p.stack(env.Value).Value == stack.Value {
			return Fact[string]{env.Value, stack.Place}
		}
	}
	if len(envs) == 1 {
		return envs[0]
	}
	return Fact[string]{}
}

// stack returns the name of an environment's CloudFormation stack.
func (p *Project) stack(env string) Fact[string] {
	return p.team.node(new(report)).at(env, "awscloudformation", "StackName").name()
}

// describes reports whether the metadata of a tree is that of an environment.
// Amplify keeps the metadata of one environment only, the one checked out.
func (p *Project) describes(t *tree, env string) bool {
	stack, want := t.stack(), p.stack(env)
	if stack.Known() && want.Known() {
		return stack.Value == want.Value
	}
	current := p.CurrentEnvironment()
	return !current.Known() || current.Value == env
}

// Backend returns what the project's files say about an environment, changes
// that are not deployed yet included. Its error says that the project has no
// such environment, and which it has, or is ErrNoEnvironment for an empty name; a
// project whose environments are not known takes any name.
func (p *Project) Backend(env string) (Backend, error) {
	if err := p.check(env); err != nil {
		return Backend{}, err
	}
	return p.read(p.work, env, reportOf(p.findings, p.work.findings)), nil
}

// Common returns what the project's files say that holds for every environment: app
// id, region, profile and the ids of user pools belong to a single one and are not
// in it, nor are findings about them.
func (p *Project) Common() Backend {
	return p.read(p.work, "", reportOf(p.findings, p.work.findings))
}

// Deployed returns what the project keeps as the last deployed state of an
// environment. It may be older than what is deployed. The error wraps
// ErrNoDeployedState when the project keeps none of this environment; any other
// error says that the project has no such environment.
func (p *Project) Deployed(env string) (Backend, error) {
	if err := p.check(env); err != nil {
		return Backend{}, err
	}
	if !p.deployed.found {
		return Backend{}, fmt.Errorf("%w of any environment (%s is missing); 'amplify pull' fetches it", ErrNoDeployedState, deployedDir)
	}
	if !p.describes(p.deployed, env) {
		return Backend{}, fmt.Errorf("%w of environment %q but of another; 'amplify env checkout' switches", ErrNoDeployedState, clean(env))
	}
	return p.read(p.deployed, env, reportOf(p.deployed.findings)), nil
}

// check returns an error when the project is known not to have an environment.
func (p *Project) check(env string) error {
	if env == "" {
		return ErrNoEnvironment
	}
	envs := p.Environments()
	if len(envs) == 0 || states(envs, env) {
		return nil
	}
	var names []string
	for _, known := range envs {
		names = append(names, clean(known.Value))
	}
	return fmt.Errorf("the project has no environment %q; it has %s%s", clean(env), strings.Join(names, ", "), suggest.DidYouMean(env, names))
}
