package edit

import (
	"fmt"
	"slices"
	"strings"

	"ampedit/forms"
	"ampedit/forms/schema"
)

const (
	schemaPath = "transformSchema"
	syntaxRule = "S001" // the code of syntax errors, which keep schemas from being compared
)

// detailed puts the differences by meaning behind the row that says that the
// schema's text differs, which takes its risk from them.
func (r *SchemaReport) detailed(changes []forms.Change) []forms.Change {
	if r == nil || r.Deployed {
		return changes
	}
	i := slices.IndexFunc(changes, func(c forms.Change) bool { return c.Path == schemaPath && c.Symbol == forms.Changed })
	if i < 0 || !r.comparable() {
		return changes
	}
	row := &changes[i]
	row.Risk, row.Why = riskOf(schema.WorstRisk(r.Differences)), "Nothing differs in meaning."
	if n := len(r.Differences); n > 0 {
		row.Why = fmt.Sprintf("Differences in meaning: %d, which follow.", n)
	}
	var details []forms.Change
	for _, d := range r.Differences {
		c := forms.Change{Symbol: symbolOf(d.Symbol), Path: schemaPath + ": " + d.Path, Risk: riskOf(d.Risk), Why: strings.ToUpper(d.Message[:1]) + d.Message[1:] + ".", Ref: forms.At(forms.StepSchema, forms.KeySchemaPath)}
		if d.Line > 0 {
			c.New = fmt.Sprintf("%s:%d", r.Name(d.File), d.Line)
		}
		details = append(details, c)
	}
	return slices.Insert(changes, i+1, details...)
}

// comparable reports whether both schemas could be understood.
func (r *SchemaReport) comparable() bool {
	return r.key.deployed != "" && !slices.ContainsFunc(r.Problems, func(p schema.Problem) bool { return p.Rule == syntaxRule })
}

func riskOf(r schema.Risk) forms.Risk {
	switch r {
	case schema.Safe:
		return forms.Safe
	case schema.Caution:
		return forms.Caution
	case schema.Breaking:
		return forms.Breaking
	}
	return forms.Destructive
}

func symbolOf(symbol string) forms.Symbol {
	switch symbol {
	case "+":
		return forms.Added
	case "-":
		return forms.Removed
	}
	return forms.Changed
}

// brought are the problems that a change of modes or strategy newly gives the
// deployed schema, as changes: they break what works today.
func (r *SchemaReport) brought() []forms.Change {
	if r == nil || !r.Deployed {
		return nil
	}
	var out []forms.Change
	for _, p := range r.New {
		if p.Severity == schema.Error {
			out = append(out, forms.Change{
				Symbol: forms.Changed, Path: schemaPath, Risk: forms.Breaking, Ref: forms.At(forms.StepSchema, forms.KeySchemaSource),
				New: r.Place(p), Why: "The deployed schema does not fit the new configuration: " + p.Message + ". The job will most likely fail, or requests be refused.",
			})
		}
	}
	return out
}

// Place is where a problem is: file, line and column.
func (r *SchemaReport) Place(p schema.Problem) string {
	return fmt.Sprintf("%s:%d:%d", r.Name(p.File), p.Line, p.Column)
}

// asProblems are the errors and warnings of a new schema in the form of the other
// problems, with the way out that a problem offers.
func (r *SchemaReport) asProblems() []forms.Problem {
	if r == nil || r.Deployed {
		return nil
	}
	var out []forms.Problem
	for _, p := range r.Problems {
		problem := forms.Problem{Severity: forms.Warning, Ref: forms.At(forms.StepSchema, forms.KeySchemaPath), Text: r.Place(p) + ": " + p.Message + " [" + p.Rule + "]"}
		switch p.Severity {
		case schema.Error:
			problem.Severity = forms.Error
		case schema.Info:
			continue
		}
		if mode := p.Fix.AddMode; mode != "" {
			problem.Fix = &forms.Fix{Label: "add " + mode.Title() + " as an additional type", Apply: func(a *forms.Answers) { a.Add(string(mode)) }}
		}
		out = append(out, problem)
	}
	return out
}
