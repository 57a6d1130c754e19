package edit

import (
	"strings"
	"sync"
	"time"

	"ampedit/client/project"
	"ampedit/client/wire"
	"ampedit/forms"
)

// Plan is what the answers come to.
type Plan struct {
	Input   *wire.UpdateBackendAPIInput
	Changes []forms.Change
	// Problems are those of all steps, in the order of the walk.
	Problems []forms.Problem
	Risk     forms.Risk
	// Schema is what the checker says of the schema, nil while that is not known.
	Schema *SchemaReport
	// SchemaProblems are the errors and warnings of a new schema. Errors keep the
	// plan from being sent without a typed word: the checker is not the service's.
	SchemaProblems []forms.Problem
	// Losses are what the backend has and no request can carry, so that sending any
	// may drop it. They are among Changes, too.
	Losses []forms.Change
	// Statement says what the file that was opened states and what stays as deployed,
	// nil without one.
	Statement *Statement
	// Key says what becomes of the API key's life; HasKey is false for a
	// configuration without one.
	Key    forms.KeyPlan
	HasKey bool

	protected bool // the environment is
	against   bool // the service's own configuration is what it is compared with
	body      *body
}

// Statement is what the file that was opened states, and what stays as deployed.
type Statement struct {
	// File is the file as it was named.
	File string
	forms.Statement
}

// Lines says it in sentences.
func (s Statement) Lines() []string { return s.Statement.Lines(s.File) }

// body is a request's body, made when it is first asked for: with a large schema
// that takes longer than a key should.
type body struct {
	once  sync.Once
	bytes []byte
	hash  string
	err   error
}

// Body returns the exact bytes that would be sent. They must not be changed.
func (p Plan) Body() ([]byte, error) {
	p.body.once.Do(func() {
		p.body.bytes, p.body.err = wire.Body(p.Input)
		p.body.hash = wire.ShortHash(p.body.bytes)
	})
	return p.body.bytes, p.body.err
}

// Hash is the short SHA-256 of the body.
func (p Plan) Hash() string {
	_, _ = p.Body() // its error is for those who want the bytes
	return p.body.hash
}

// Preview returns the body as it would be with only the beginning of the schema,
// which is made fast enough to follow each key.
func (p Plan) Preview() []byte {
	const shown = 60
	in := *p.Input
	if c := in.ResourceConfig; c != nil && c.TransformSchema != nil && len(*c.TransformSchema) > shown {
		short := *c
		text := strings.ToValidUTF8((*c.TransformSchema)[:shown], "") + "…"
		short.TransformSchema = &text
		in.ResourceConfig = &short
	}
	data, err := wire.Body(&in)
	if err != nil {
		return []byte(err.Error())
	}
	return data
}

// Blocked returns the first problem that keeps the plan from being sent.
func (p Plan) Blocked() *forms.Problem { return forms.Blocking(p.Problems) }

// Plan returns the plan for the present answers. It is kept until the answers
// change or a minute passes, since dates count from now.
func (e *Edit) Plan() Plan {
	minute := e.now().Truncate(time.Minute)
	if e.cached.generation == e.generation && e.cached.minute.Equal(minute) {
		return e.cached.plan
	}
	c := e.Context()
	p := Plan{
		Input:    forms.Request(e.Answers, c),
		Changes:  forms.Changes(e.Answers, c),
		Problems: forms.Check(e.Answers, c),
	}
	for i := range p.Problems {
		p.Problems[i].Place = e.filePlace(p.Problems[i].Ref)
	}
	p.Schema = e.report
	p.Changes = append(e.report.detailed(p.Changes), e.report.brought()...)
	p.Losses = e.losses()
	p.Changes = append(p.Changes, p.Losses...)
	p.SchemaProblems = e.report.asProblems()
	p.Risk = forms.WorstRisk(p.Changes)
	p.Key, p.HasKey = forms.KeyChange(e.Answers, c)
	if e.stated != nil {
		p.Statement = &Statement{e.file.Path, e.stated.Statement(e.Answers, c)}
	}
	p.against = e.Base() != nil && !e.Base().Local
	p.protected = e.policy.ProtectedBy(p.Input.BackendEnvironmentName) != ""
	p.body = &body{}
	e.cached.generation, e.cached.minute, e.cached.plan = e.generation, minute, p
	return p
}

// Word is what must be typed to approve the plan: the environment's name if it
// needs that, more if the schema has errors, "" if a plain yes will do.
func (p Plan) Word() string {
	env := p.Input.BackendEnvironmentName
	switch errors, losses := p.Schema.Errors() > 0, len(p.Losses) > 0; {
	case errors && losses:
		return env + " with errors and losses"
	case errors:
		return env + " with errors"
	case losses:
		return env + " with losses"
	case p.NeedsName():
		return env
	}
	return ""
}

// NeedsName reports whether the environment's name must be typed to approve the
// plan: it is destructive, or the environment is protected.
func (p Plan) NeedsName() bool { return p.Risk == forms.Destructive || p.protected }

// Nothing reports whether sending the plan would do nothing but run a job: nothing
// differs from what is deployed, and there is no API key whose life would start anew.
func (p Plan) Nothing() bool { return p.against && len(p.Changes) == 0 && !p.HasKey }

// Renewal reports whether sending the plan would do nothing but start the life of an API
// key anew.
func (p Plan) Renewal() bool { return p.against && len(p.Changes) == 0 && p.HasKey }

// losses are what service or checkout say of the backend that no request can
// carry, each once.
func (e *Edit) losses() []forms.Change {
	var out []forms.Change
	seen := map[project.Code]bool{}
	for _, b := range []*Base{e.Base(), e.Local()} {
		if b == nil {
			continue
		}
		for _, f := range b.Findings {
			if f.Code.Kind() != project.Inexpressible || seen[f.Code] {
				continue
			}
			seen[f.Code] = true
			out = append(out, forms.Change{
				Symbol: forms.Removed, Path: string(f.Code), Risk: forms.Destructive, Old: f.File,
				Why: f.Message,
				Ref: forms.At(forms.StepTarget, forms.KeyResourceName),
			})
		}
	}
	return out
}
