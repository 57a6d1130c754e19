// Package schema loads, checks and compares the annotated GraphQL schemas of
// Amplify Gen 1 backends: the text that a backend's GraphQL API is generated
// from, with directives such as @model, @auth and @index.
//
// The package is pure. It reaches files only through an [io/fs.FS] that the
// caller hands in, and nothing else. The usual order of calls is
//
//	source, err := schema.Load(files.Disk{}, "amplify/backend/api/notes")
//	parsed := schema.Parse(source)
//	problems := schema.Check(parsed, schema.Config{Modes: modes})
//	differences := schema.Compare(deployed, parsed)
//
// What the rules say was learned from the published transformer and measured
// against it: docs/schema.md has the rules, the figures and the limits.
package schema
