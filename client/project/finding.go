package project

import (
	"fmt"
	"strings"

	"ampedit/client/sanitize"
)

// A Code names a kind of finding. Codes are stable; sentences are not.
type Code string

// What a request cannot carry; the kind is Inexpressible.
const (
	LambdaAuthorization Code = "lambda-authorization" // mode AWS_LAMBDA
	PerModelStrategy    Code = "per-model-strategy"   // a conflict strategy for a single model
	LambdaResolver      Code = "lambda-resolver"      // conflicts are resolved by a function
	UnknownMode         Code = "unknown-mode"         // a mode that the service does not list
	UnknownStrategy     Code = "unknown-strategy"     // a strategy that the service does not list
)

// What makes the service's job fail; the kind is Refused.
const (
	Override       Code = "override"        // an override.ts
	CustomResource Code = "custom-resource" // a resource of the category "custom"
)

// What is there and cannot be read; the kind is Unreadable.
const (
	UnreadableFile Code = "unreadable-file" // no regular file, too large, or no permission
	InvalidJSON    Code = "invalid-json"    // with the position of the error
	NotUTF8        Code = "not-utf8"        // UTF-16, or bytes that are no text
	InvalidValue   Code = "invalid-value"   // in cli-inputs.json, not what Amplify reads there
)

// What two files say differently; the kind is Contradiction.
const (
	StrategyDiffers Code = "strategy-differs" // conflict strategies
	AuthDiffers     Code = "auth-differs"     // the default mode or the days of a key
	UnlistedAPI     Code = "unlisted-api"     // an API that backend-config.json does not list
)

// What was not found or could not be understood; the kind is Incomplete.
const (
	MissingFile     Code = "missing-file"     // a file or folder that Amplify writes
	MissingSchema   Code = "missing-schema"   // no schema file
	MissingAPI      Code = "missing-api"      // no AppSync API
	UnexpectedValue Code = "unexpected-value" // JSON of another shape than Amplify's, elsewhere
	UnknownMember   Code = "unknown-member"   // a misspelt name
	PoolUnresolved  Code = "pool-unresolved"  // no real id for a Cognito user pool
	MissingAppID    Code = "missing-app-id"   // none in team-provider-info.json
)

// What a reader should know; the kind is Notice.
const (
	SeveralAPIs       Code = "several-apis"       // more than one AppSync API
	OtherAPI          Code = "other-api"          // an API of another service, skipped
	ContainerProject  Code = "container-project"  // set up to deploy containers
	SplitSchema       Code = "split-schema"       // the schema is a folder
	KeySuppressed     Code = "key-suppressed"     // CreateAPIKey is not 1
	OtherEnvironment  Code = "other-environment"  // metadata of another environment
	StudioCredentials Code = "studio-credentials" // the CLI signs in without a profile
	SecretInFile      Code = "secret-in-file"     // an API key where none belongs
	MixedGenerations  Code = "mixed-generations"  // Gen 2 files beside Gen 1
)

// A Kind says what a finding means for someone about to send a request.
type Kind int

const (
	// Notice is worth knowing and stands in nobody's way.
	Notice Kind = iota
	// Incomplete means that a value may be missing or stale.
	Incomplete
	// Contradiction means that two files say different things. The one that
	// Amplify takes was taken, and the finding says which it is.
	Contradiction
	// Inexpressible means that the API has no place for what the project
	// states, so that sending the rest may drop it.
	Inexpressible
	// Refused means that the service's job is known to fail.
	Refused
	// Unreadable means that a file or a value is there and could not be read, so that
	// what it states is not known.
	Unreadable
)

var kinds = map[Code]Kind{
	LambdaAuthorization: Inexpressible,
	PerModelStrategy:    Inexpressible,
	LambdaResolver:      Inexpressible,
	UnknownMode:         Inexpressible,
	UnknownStrategy:     Inexpressible,

	Override:       Refused,
	CustomResource: Refused,

	UnreadableFile: Unreadable,
	InvalidJSON:    Unreadable,
	NotUTF8:        Unreadable,
	InvalidValue:   Unreadable,

	StrategyDiffers: Contradiction,
	AuthDiffers:     Contradiction,
	UnlistedAPI:     Contradiction,

	MissingFile:     Incomplete,
	MissingSchema:   Incomplete,
	MissingAPI:      Incomplete,
	UnexpectedValue: Incomplete,
	UnknownMember:   Incomplete,
	PoolUnresolved:  Incomplete,
	MissingAppID:    Incomplete,
}

// Kind returns what findings with the code mean.
func (c Code) Kind() Kind { return kinds[c] }

// A Finding is something about a project that a user should know before
// sending a request.
type Finding struct {
	Code Code
	// Message is one or more sentences, free of control characters.
	Message string
	// Place is free of control characters. Its file is empty when the finding
	// concerns no single one.
	Place
}

// String returns the finding as FILE:LINE:COLUMN: MESSAGE, without the parts
// that it lacks.
func (f Finding) String() string {
	switch {
	case f.File == "":
		return f.Message
	case f.Line == 0:
		return f.File + ": " + f.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
}

// A report collects findings, each once. The zero report is empty.
type report struct {
	findings []Finding
	seen     map[Finding]bool
}

// reportOf returns a report that begins with findings made before.
func reportOf(before ...[]Finding) *report {
	r := new(report)
	for _, findings := range before {
		for _, f := range findings {
			r.record(f)
		}
	}
	return r
}

func (r *report) record(f Finding) {
	if r.seen[f] {
		return
	}
	if r.seen == nil {
		r.seen = map[Finding]bool{}
	}
	r.seen[f] = true
	r.findings = append(r.findings, f)
}

// add records a finding. Strings and errors among args are cleaned, since
// they may quote a file.
func (r *report) add(code Code, file, format string, args ...any) {
	r.addAt(code, Place{File: file}, format, args...)
}

func (r *report) addAt(code Code, at Place, format string, args ...any) {
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = clean(arg)
		case error:
			args[i] = clean(arg.Error())
		}
	}
	r.record(Finding{code, fmt.Sprintf(format, args...), Place{clean(at.File), at.Line, at.Column}})
}

// quoted returns facts as a list for a sentence.
func quoted(facts []Fact[string]) string {
	values := make([]string, len(facts))
	for i, fact := range facts {
		values[i] = fmt.Sprintf("%q", clean(fact.Value))
	}
	return strings.Join(values, ", ")
}

// maxQuoted is the number of characters of a file's text that a sentence quotes.
const maxQuoted = 200

// clean returns s as text for a sentence: fit for a terminal, without secrets, and
// cut to a readable length.
func clean(s string) string { return string(sanitize.Brief(s, maxQuoted)) }
