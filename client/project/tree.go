package project

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode"

	"ampedit/client/sanitize"
)

// A tree is one of the two folders in which a project keeps a backend: the one
// being worked on, and the last deployed state.
type tree struct {
	dir      string
	found    bool
	meta     document
	config   document
	apis     map[string]apiFolder
	custom   []Fact[string] // the custom resources, by their folders
	findings []Finding
}

// An apiFolder is what the folder of an API holds.
type apiFolder struct {
	dir        string
	inputs     document
	transform  document // transform.conf.json
	parameters document // parameters.json
	schema     []string
}

// inputsFile is the file that the user's choices about an API are kept in.
const inputsFile = "cli-inputs.json"

func loadTree(fsys fs.FS, dir string) *tree {
	r := reader{fsys, new(report)}
	info, err := fs.Stat(fsys, dir)
	if err != nil && !absent(err) {
		r.unreadable(dir, err)
	}
	t := &tree{
		dir:    dir,
		found:  err == nil && info.IsDir(),
		meta:   r.json(path.Join(dir, "amplify-meta.json")),
		config: r.json(path.Join(dir, "backend-config.json")),
		apis:   map[string]apiFolder{},
	}
	for _, name := range r.folders(path.Join(dir, "api")) {
		at := path.Join(dir, "api", name)
		t.apis[name] = apiFolder{
			dir:        at,
			inputs:     r.json(path.Join(at, inputsFile)),
			transform:  r.json(path.Join(at, "transform.conf.json")),
			parameters: r.json(path.Join(at, "parameters.json")),
			schema:     r.schemaFiles(at),
		}
	}
	r.overrides(dir)
	for _, name := range r.folders(path.Join(dir, "custom")) {
		t.custom = append(t.custom, Fact[string]{name, Place{File: path.Join(dir, "custom", name)}})
	}
	t.findings = r.findings
	return t
}

// overrides reports the files that override what Amplify generates.
func (r reader) overrides(dir string) {
	places := []string{path.Join(dir, "awscloudformation")}
	for _, category := range []string{"api", "auth", "storage"} {
		for _, name := range r.folders(path.Join(dir, category)) {
			places = append(places, path.Join(dir, category, name))
		}
	}
	for _, place := range places {
		if file := path.Join(place, "override.ts"); r.isFile(file) {
			r.add(Override, file, "The backend has an override. The service does not run overrides: its job fails.")
		}
	}
}

// stack returns the name of the CloudFormation stack that the tree's metadata
// describes.
func (t *tree) stack() Fact[string] {
	return t.meta.node(new(report)).at("providers", "awscloudformation", "StackName").name()
}

// isResourceName reports whether a name can be that of a folder of its own,
// which keeps names out of files from leading elsewhere.
func isResourceName(name string) bool {
	return name != "" && name[0] != '.' && len(name) <= 255 &&
		!strings.ContainsFunc(name, func(r rune) bool {
			return r == '/' || r == '\\' || r == ':' || r == unicode.ReplacementChar || !sanitize.Drawn(r)
		})
}

const (
	serviceAppSync    = "AppSync"
	serviceRest       = "API Gateway"
	serviceContainers = "ElasticContainer"
)

// resources returns the names of the AppSync APIs that metadata lists, and
// reports APIs of other services. What the first list says of a name counts.
func resources(lists ...node) []Fact[string] {
	var appSync []Fact[string]
	seen := map[string]bool{}
	for _, list := range lists {
		for _, name := range list.at("api").keys() {
			entry := list.at("api", name)
			service := entry.at("service").text()
			if seen[name] || !service.Known() {
				continue
			}
			seen[name] = true
			switch {
			case service.Value != serviceAppSync:
				entry.otherAPI(name, service.Value)
			case !isResourceName(name):
				entry.say(UnexpectedValue, "%q cannot be the name of an API; it was skipped.", name)
			default:
				appSync = append(appSync, Fact[string]{name, entry.place()})
			}
		}
	}
	byValue(appSync)
	return appSync
}

// otherAPI reports an API that is not one of AppSync.
func (n node) otherAPI(name, service string) {
	kind := fmt.Sprintf("an API of the service %q", clean(service))
	switch service {
	case serviceRest:
		kind = "a REST API"
	case serviceContainers:
		kind = "a container API"
	}
	n.say(OtherAPI, "%q is %s; it was skipped.", name, kind)
}

// unlisted returns the names of the AppSync APIs that have a folder, for a
// project whose metadata lists none.
func (t *tree) unlisted(r *report) []Fact[string] {
	var names []Fact[string]
	for _, name := range slices.Sorted(maps.Keys(t.apis)) {
		api := t.apis[name]
		service := api.inputs.node(r).at("serviceConfiguration", "serviceName").text()
		switch {
		case service.Value == serviceAppSync:
			names = append(names, Fact[string]{name, service.Place})
		case service.Known(): // another service's
		case len(api.schema) > 0:
			names = append(names, Fact[string]{name, Place{File: api.schema[0]}})
		case api.transform.state != missing:
			names = append(names, Fact[string]{name, Place{File: api.transform.file}})
		}
	}
	return names
}
