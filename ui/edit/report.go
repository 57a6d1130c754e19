package edit

import (
	"slices"
	"strings"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/schema"
)

// SchemaReport is what the checker says about the schema that would be sent.
type SchemaReport struct {
	// Problems are those of the schema under the wanted configuration.
	Problems []schema.Problem
	// New are those of them that the deployed configuration does not have with
	// the deployed schema: what this change brings about.
	New []schema.Problem
	// Deployed is set if the schema is the deployed one, to the letter. Its
	// problems block nothing.
	Deployed bool
	// Source is the text with its files.
	Source *schema.Source
	// Differences are those from the deployed schema, by meaning.
	Differences []schema.Difference
	// Needs are the places that need an authorization mode.
	Needs []schema.Requirement
	// Summary counts what the schema holds.
	Summary schema.Summary

	key  reportKey
	root string // the path that was typed, expanded; "" without one
}

// Errors counts the problems that keep the schema from being sent without a typed
// word.
func (r *SchemaReport) Errors() int {
	if r == nil || r.Deployed {
		return 0
	}
	return schema.Errors(r.Problems)
}

// reportKey says what a report was made from.
type reportKey struct {
	text, deployed        string
	modes, deployedModes  string
	strategy, oldStrategy wire.ResolutionStrategy
	transformer           schema.Transformer
}

// ReportJob is the work of making a report, on copied values.
type ReportJob struct {
	key              reportKey
	root             string
	source           *schema.Source
	wanted, deployed schema.Config
}

// ReportJob returns the work to be done for the present answers; false if it was
// asked for already, or there is no schema.
func (e *Edit) ReportJob() (ReportJob, bool) {
	config := forms.Request(e.Answers, e.Context()).ResourceConfig
	if config.TransformSchema == nil {
		e.report, e.asked = nil, reportKey{}
		return ReportJob{}, false
	}
	var base *wire.ResourceConfig
	if b := e.Base(); b != nil {
		base = b.Config
	}
	job := ReportJob{wanted: CheckConfig(config), deployed: CheckConfig(base)}
	job.wanted.Transformer = e.transformer()
	job.key = reportKey{text: *config.TransformSchema, modes: modesOf(config), deployedModes: modesOf(base), strategy: strategyOf(config), oldStrategy: strategyOf(base), transformer: e.transformer()}
	if base != nil {
		job.key.deployed = text(base.TransformSchema)
	}
	if e.asked == job.key {
		return ReportJob{}, false
	}
	e.asked = job.key
	if e.SchemaPath() != "" && e.schema.Source != nil && e.schema.Path == e.SchemaPath() {
		job.source, job.root = e.schema.Source, ExpandPath(e.schema.Path)
	}
	return job, true
}

// transformer is the version that the service says the backend is set to, else the
// checkout; schema.Auto if neither does, and the vocabulary used has to tell.
func (e *Edit) transformer() schema.Transformer {
	for _, b := range []*Base{e.Base(), e.Local()} {
		switch {
		case b == nil:
		case b.Transformer == 1:
			return schema.V1
		case b.Transformer == 2:
			return schema.V2
		}
	}
	return schema.Auto
}

// Report returns what the checker said of the present schema, nil while that is
// not known.
func (e *Edit) Report() *SchemaReport { return e.report }

// Checking reports whether the schema that would be sent is still being checked.
func (e *Edit) Checking() bool {
	return e.asked != reportKey{} && (e.report == nil || e.report.key != e.asked)
}

// SetReport records a report, unless another was asked for meanwhile.
func (e *Edit) SetReport(r *SchemaReport) {
	if r.key == e.asked {
		e.report = r
		e.Touch()
	}
}

// Run makes the report.
func (j ReportJob) Run() *SchemaReport {
	r := &SchemaReport{key: j.key, root: j.root, Deployed: j.key.text == j.key.deployed, Source: j.source}
	if r.Source == nil {
		source, err := schema.NewSource(deployedName, j.key.text)
		if err != nil {
			return r
		}
		r.Source = source
	}
	parsed := schema.Parse(r.Source)
	if j.wanted.Transformer == schema.Auto {
		j.wanted.Transformer = schema.DetectTransformer(parsed)
	}
	j.deployed.Transformer = j.wanted.Transformer
	r.Problems = schema.Check(parsed, j.wanted)
	r.Needs, r.Summary = schema.Requirements(parsed), schema.Summarize(parsed)
	for i := range r.Needs {
		r.Needs[i].File = r.Name(r.Needs[i].File)
	}
	if j.key.deployed != "" {
		j.compare(r, parsed)
	}
	return r
}

// compare adds what differs from the deployed schema, and which problems the
// deployed configuration did not have.
func (j ReportJob) compare(r *SchemaReport, parsed *schema.Schema) {
	old := parsed
	if !r.Deployed {
		source, err := schema.NewSource(deployedName, j.key.deployed)
		if err != nil {
			return
		}
		old = schema.Parse(source)
		r.Differences = schema.Compare(old, parsed)
	}
	before := map[string]bool{}
	for _, p := range schema.Check(old, j.deployed) {
		before[p.Rule+p.Message] = true
	}
	for _, p := range r.Problems {
		if !before[p.Rule+p.Message] {
			r.New = append(r.New, p)
		}
	}
}

// NeededBy returns the places that need an authorization mode.
func (r *SchemaReport) NeededBy(mode wire.Mode) []schema.Requirement {
	var out []schema.Requirement
	if r != nil {
		for _, n := range r.Needs {
			if n.Mode == schema.Mode(mode) {
				out = append(out, n)
			}
		}
	}
	return out
}

// MissingModes returns the authorization modes that the schema needs and the
// wanted configuration does not have.
func (e *Edit) MissingModes() []wire.Mode {
	configured := modesOf(forms.Request(e.Answers, e.Context()).ResourceConfig)
	var out []wire.Mode
	for _, mode := range wire.Modes() {
		if len(e.report.NeededBy(mode)) > 0 && !slices.Contains(strings.Fields(configured), string(mode)) {
			out = append(out, mode)
		}
	}
	return out
}

// deployedName stands for a file in positions of a schema that has none.
const deployedName = "deployed schema"

// CheckConfig returns what the checker of schemas has to know of a configuration, the
// transformer aside.
func CheckConfig(c *wire.ResourceConfig) schema.Config {
	var out schema.Config
	if c == nil {
		return out
	}
	if c.DefaultAuthType != nil && c.DefaultAuthType.Mode != nil {
		out.Default = schema.Mode(*c.DefaultAuthType.Mode)
	}
	for _, a := range c.AdditionalAuthTypes {
		if a.Mode != nil {
			out.Additional = append(out.Additional, schema.Mode(*a.Mode))
		}
	}
	s := strategyOf(c)
	out.ConflictResolution = s != "" && s != wire.StrategyNone
	return out
}

func modesOf(c *wire.ResourceConfig) string {
	cfg := CheckConfig(c)
	out := string(cfg.Default)
	for _, m := range cfg.Additional {
		out += " " + string(m)
	}
	return out
}

func strategyOf(c *wire.ResourceConfig) wire.ResolutionStrategy {
	if c == nil || c.ConflictResolution == nil || c.ConflictResolution.ResolutionStrategy == nil {
		return ""
	}
	return *c.ConflictResolution.ResolutionStrategy
}

// Name shortens the name of a file in positions: relative to the path that was
// typed.
func (r *SchemaReport) Name(file string) string { return shortName(r.root, file) }
