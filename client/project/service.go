package project

import "ampedit/client/files"

// The names of GetBackend's members, which stand in for file names.
const (
	metaMember  = "amplifyMetaConfig"
	flagsMember = "amplifyFeatureFlags"
)

// FromService reads the metadata that the service's operation GetBackend
// returns for an environment: meta is amplifyMetaConfig, flags is
// amplifyFeatureFlags. Either may be empty. Facts give the member's name for a
// file. The metadata has neither a conflict strategy nor a schema.
func FromService(env, meta, flags string) Backend {
	r := new(report)
	s := sources{
		report: r,
		env:    env,
		meta:   member(metaMember, meta, r).node(r),
		flags:  []node{member(flagsMember, flags, r).node(r)},
	}
	b := s.backend(resources(s.meta))
	b.Environment = env
	if len(b.Resources) == 0 && s.meta.exists() {
		r.add(MissingAPI, metaMember, "The backend has no AppSync API.")
	}
	b.Findings = r.findings
	return b
}

// member parses a member that holds JSON as a string.
func member(name, text string, r *report) document {
	if text == "" {
		return document{file: name}
	}
	if len(text) > maxJSON {
		r.add(UnreadableFile, name, "The service's answer was not read: %v.", &files.TooLargeError{Max: maxJSON})
		return document{file: name, state: damaged}
	}
	doc := parse(name, []byte(text), r)
	// The service's model says "stringified"; a string within the string is
	// what becomes of text that was stringified twice.
	if inner, ok := doc.root.(string); ok {
		return parse(name, []byte(inner), r)
	}
	return doc
}
