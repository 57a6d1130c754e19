package project

import (
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// sources are the places that speak of one environment's backend. A source
// that is not there is a zero node, and is silent.
type sources struct {
	*report
	env      string // "" for what all environments have in common
	team     node   // the environment's part of team-provider-info.json
	localAWS node   // the environment's part of local-aws-info.json
	meta     node   // amplify-meta.json, when it describes this environment
	config   node   // backend-config.json
	flags    []node

	custom []Fact[string] // custom resources that have a folder

	resource string
	api      apiFolder

	// What an auth type that lacks it falls back on, searched for once.
	projectPool func() Fact[string]
	keyExpires  func() Fact[time.Time]
}

// read gathers what a tree and the shared files say about an environment, "" for
// what is the same in all of them.
func (p *Project) read(t *tree, env string, r *report) Backend {
	s := sources{
		report:   r,
		env:      env,
		team:     p.team.node(r).at(env),
		localAWS: p.localAWS.node(r).at(env),
		config:   t.config.node(r),
		custom:   t.custom,
		flags:    []node{p.flags[env].node(r), p.flags[""].node(r)},
	}
	switch {
	case t.meta.state == damaged, env != "" && p.describes(t, env):
		s.meta = t.meta.node(r)
	case env != "" && t.meta.state != missing:
		r.add(OtherEnvironment, t.meta.file,
			"The file describes another environment, so nothing was taken from it for %q; 'amplify env checkout' switches.", env)
	}
	if t.meta.state == missing && t.config.state == missing {
		r.add(MissingFile, t.config.file, "The file is missing, and %s is too, so the API was looked for by its folder.", t.meta.file)
	}
	names := resources(s.meta, s.config)
	listed := len(names) > 0
	if !listed {
		names = t.unlisted(r)
	}
	if len(names) > 0 {
		s.api = t.apis[names[0].Value]
		s.folder(t.dir, names[0].Value)
		s.unlisted(t, names[0], listed)
	}
	b := s.backend(names)
	b.Environment = env
	if len(names) == 0 {
		r.add(MissingAPI, t.dir, "The backend has no AppSync API.")
	}
	if p.team.state == intact && env != "" {
		s.appID(b.AppID)
	}
	b.Findings = r.findings
	return b
}

// folder reports what is missing from the folder of an API.
func (s sources) folder(dir, name string) {
	dir = path.Join(dir, "api", name)
	switch {
	case s.api.dir == "":
		s.add(MissingFile, dir, "The API's folder is missing; 'amplify pull' fetches it.")
		return
	case len(s.api.schema) == 0:
		s.add(MissingSchema, dir, "The folder has neither a schema.graphql nor files in a folder named schema.")
	case strings.HasPrefix(s.api.schema[0], dir+"/schema/"):
		s.add(SplitSchema, dir+"/schema",
			"The schema is kept in a folder (files: %d). A request carries it as one text, and Amplify Studio does not support that.", len(s.api.schema))
	}
	if s.api.transform.state == missing && s.api.inputs.state != intact {
		s.add(MissingFile, s.api.transform.file, "The file is missing, so the conflict strategy is not known.")
	}
	if s.api.inputs.state == missing {
		s.add(MissingFile, s.api.inputs.file, "The file is missing, as in projects from before 2022; the metadata was read instead.")
	}
}

// unlisted reports an API that was taken though Amplify's list of the backend's
// resources does not have it, as a folder is that was left over.
func (s sources) unlisted(t *tree, name Fact[string], listed bool) {
	switch {
	case t.config.state != intact || s.config.at("api", name.Value).exists():
	case listed:
		s.addAt(UnlistedAPI, name.Place, "%q is not in %s, so that Amplify may know it no longer; it was taken because this file has it.", name.Value, t.config.file)
	default:
		s.addAt(UnlistedAPI, name.Place, "The folder of %q is not in %s, so that it may be left over; it was taken because there is no other AppSync API.", name.Value, t.config.file)
	}
}

// appID reports an environment that its shared file gives no app id.
func (s sources) appID(id Fact[string]) {
	switch {
	case id.File == teamFile:
	case id.Known():
		s.add(MissingAppID, teamFile, "The file has no AmplifyAppId for this environment; the app id was taken from %s.", id.File)
	default:
		s.add(MissingAppID, teamFile, "The file has no AmplifyAppId for this environment, as in old projects; name the app id.")
	}
}

// backend returns what the sources say. Of several APIs it reads the first. It
// leaves the environment and the findings to the caller.
func (s sources) backend(names []Fact[string]) Backend {
	provider, shared := s.meta.at("providers", "awscloudformation"), s.team.at("awscloudformation")
	b := Backend{
		AppID:              shared.at("AmplifyAppId").name().or(provider.at("AmplifyAppId").name()),
		Region:             shared.at("Region").name().or(provider.at("Region").name()),
		Profile:            s.profile(),
		TransformerVersion: s.transformerVersion(),
		Resources:          names,
	}
	s.customResources()
	if len(names) == 0 {
		return b
	}
	if len(names) > 1 {
		s.addAt(SeveralAPIs, names[0].Place, "There are several AppSync APIs, though Amplify supports one: %s. The first was read.", quoted(names))
	}
	b.ResourceName = names[0]
	s.resource = b.ResourceName.Value
	s.projectPool = sync.OnceValue(s.findPool)
	s.keyExpires = sync.OnceValue(s.findKeyExpires)
	stated := s.stated()
	b.APIName = stated.at("apiName").name().
		or(s.api.parameters.node(s.report).at("AppSyncApiName").name()).
		or(b.ResourceName)
	b.Service = stated.at("serviceName").name().
		or(s.listed(s.meta).at("service").name()).
		or(s.listed(s.config).at("service").name())
	b.DefaultAuthType, b.AdditionalAuthTypes = s.authTypes()
	b.ConflictStrategy = s.conflictStrategy()
	b.SchemaFiles = slices.Clone(s.api.schema)
	s.authDiffers()
	s.misspelt()
	s.suppressedKey()
	return b
}

// stated returns the configuration in cli-inputs.json.
func (s sources) stated() node {
	return s.api.inputs.node(s.report).at("serviceConfiguration")
}

// listed returns the API's entry in metadata.
func (s sources) listed(metadata node) node {
	return metadata.at("api", s.resource)
}

// customResources reports each custom resource once.
func (s sources) customResources() {
	found := slices.Clone(s.custom)
	for _, metadata := range []node{s.meta, s.config} {
		for _, name := range metadata.at("custom").keys() {
			found = append(found, Fact[string]{name, metadata.at("custom", name).place()})
		}
	}
	seen := map[string]bool{}
	for _, custom := range found {
		if !seen[custom.Value] {
			s.addAt(CustomResource, custom.Place, "The backend has the custom resource %q. The service does not build custom resources: its job fails.", custom.Value)
		}
		seen[custom.Value] = true
	}
}

// profile returns the AWS profile that the CLI uses for the environment.
func (s sources) profile() Fact[string] {
	if s.localAWS.at("configLevel").text().Value == "amplifyAdmin" {
		s.add(StudioCredentials, localAWSFile, "The Amplify CLI signs in through Amplify Studio here, which leaves no AWS profile to use; name one.")
		return Fact[string]{}
	}
	if use, stated := s.localAWS.at("useProfile").value.(bool); stated && !use {
		return Fact[string]{}
	}
	return s.localAWS.at("profileName").name()
}

// transformerVersion returns the version of the GraphQL transformer from the
// feature flags; those of the environment come before the project's.
func (s sources) transformerVersion() Fact[int] {
	for _, flags := range s.flags {
		version := flags.at("features", "graphqltransformer", "transformerversion")
		switch number := version.number(); {
		case !number.Known():
		case number.Value == 1, number.Value == 2:
			return Fact[int]{int(number.Value), number.Place}
		default:
			version.unexpected("1 or 2")
		}
	}
	return Fact[int]{}
}

// suppressedKey reports the parameter that keeps Amplify from making an API key.
func (s sources) suppressedKey() {
	for _, parameters := range []node{
		s.api.parameters.node(s.report),
		s.team.at("categories", "api", s.resource),
	} {
		if create := parameters.at("CreateAPIKey").number(); create.Known() && create.Value != 1 {
			s.addAt(KeySuppressed, create.Place, "CreateAPIKey is %v, so Amplify makes no API key, whatever the auth types say.", create.Value)
		}
	}
}
