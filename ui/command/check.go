package command

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ampedit/client/files"
	"ampedit/client/project"
	"ampedit/client/wire"
	"ampedit/forms/schema"
	"ampedit/ui/host"
)

// checkFlags are those of the check command.
type checkFlags struct {
	dir, environment              string
	auth, conflict, deployed      string
	transformer, explain          string
	json, directives, explainRule bool
}

func newCheck(s *host.Streams) *cobra.Command {
	f := &checkFlags{}
	cmd := &cobra.Command{
		Use:   "check [SCHEMA…]",
		Short: "Check a project's configuration and schema, or schemas on their own",
		Long: `Checks annotated schemas by the rules of Amplify's GraphQL transformer, in
milliseconds and without network. Without SCHEMA it checks the project in --dir:
its configuration and its schema. A SCHEMA is a .graphql file, a folder, or - for
standard input, and is judged on its own. Each problem is a line:

  FILE:LINE:COLUMN: severity: message [rule]

The exit code is 1 if there is an error, else 0.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.explainRule = cmd.Flags().Changed("explain")
			return f.run(s, args)
		},
	}
	set := cmd.Flags()
	set.SortFlags = false
	set.StringVar(&f.dir, "dir", "", "check the project in the folder at `path`")
	set.StringVar(&f.environment, "env", "", "backend environment `name` of the project")
	set.StringVar(&f.auth, "auth", "", "comma-separated authorization `modes` of the API, the default first;\nall four if not given")
	set.StringVar(&f.conflict, "conflict", string(wire.StrategyNone), "conflict resolution `strategy` of the API")
	set.StringVar(&f.deployed, "deployed", "", "compare with the deployed schema in `file`")
	set.StringVar(&f.transformer, "transformer", "", "`version` of the transformer, v1 or v2; found out if not given")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
	set.StringVar(&f.explain, "explain", "", "explain a `rule` by its code, with an example")
	set.BoolVar(&f.directives, "directives", false, "print the definitions of Amplify's directives, for editors")
	set.BoolP("help", "h", false, "print this text")
	return cmd
}

func (f *checkFlags) run(s *host.Streams, args []string) error {
	version, err := f.version()
	if err != nil {
		return err
	}
	switch {
	case f.explainRule:
		return explainRule(s.Out, f.explain)
	case f.directives:
		return s.Out.Verbatim(schema.Directives(version))
	}
	p := &checkPrinter{out: s.Out, json: f.json}
	if len(args) == 0 {
		err = f.project(p)
	} else {
		err = f.schemas(p, s.In(), args, version)
	}
	switch {
	case err != nil:
		return err
	case p.err != nil:
		return fmt.Errorf("print the problems: %w", p.err)
	case p.errors > 0:
		return &exitError{code: ExitError}
	}
	return nil
}

func (f *checkFlags) version() (schema.Transformer, error) {
	if f.transformer == "" {
		return schema.Auto, nil
	}
	version, ok := schema.ParseTransformer(f.transformer)
	if !ok {
		return schema.Auto, usage("--transformer %q is neither v1 nor v2", f.transformer)
	}
	return version, nil
}

// config makes a checker's configuration of the flags.
func (f *checkFlags) config(version schema.Transformer) (schema.Config, error) {
	c := schema.Config{Transformer: version}
	strategy := wire.ResolutionStrategy(f.conflict)
	if !strategy.Known() {
		return c, usage("--conflict %q is not a strategy; there are AUTOMERGE, OPTIMISTIC_CONCURRENCY, LAMBDA and NONE", f.conflict)
	}
	c.ConflictResolution = strategy != wire.StrategyNone
	modes := schema.AllModes()
	if f.auth != "" {
		modes = nil
		for _, name := range strings.Split(f.auth, ",") {
			mode := schema.Mode(strings.TrimSpace(name))
			if !slices.Contains(schema.AllModes(), mode) {
				return c, usage("--auth %q is not an authorization mode; there are %s", name, modeNames())
			}
			modes = append(modes, mode)
		}
	}
	c.Default, c.Additional = modes[0], modes[1:]
	return c, nil
}

func modeNames() string {
	var names []string
	for _, m := range schema.AllModes() {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}

// schemas checks each schema on its own.
func (f *checkFlags) schemas(p *checkPrinter, in io.Reader, args []string, version schema.Transformer) error {
	config, err := f.config(version)
	if err != nil {
		return err
	}
	for _, name := range args {
		source, err := readSchema(in, name)
		if err != nil {
			p.failed(name, err)
			continue
		}
		if err := f.judge(p, source, config); err != nil {
			return err
		}
	}
	return nil
}

func readSchema(in io.Reader, name string) (*schema.Source, error) {
	if name == "-" {
		return schema.Read("standard input", in)
	}
	return schema.Load(files.Disk{}, name)
}

// judge checks one schema, and compares it with the deployed one if that is
// given.
func (f *checkFlags) judge(p *checkPrinter, source *schema.Source, config schema.Config) error {
	parsed := schema.Parse(source)
	for _, problem := range schema.Check(parsed, config) {
		p.problem(problem)
	}
	if f.deployed == "" {
		return nil
	}
	before, err := schema.Load(files.Disk{}, f.deployed)
	if err != nil {
		return usage("--deployed: %w", err)
	}
	for _, difference := range schema.Compare(schema.Parse(before), parsed) {
		p.difference(source, difference)
	}
	return nil
}

// project checks what a project's files say, and its schema under that.
func (f *checkFlags) project(p *checkPrinter) error {
	dir := f.dir
	if dir == "" {
		dir = "."
	}
	found, err := project.Open(dir)
	if err != nil {
		return usage("%w; name a schema, or a project with --dir", err)
	}
	env := f.environment
	if env == "" {
		env = found.CurrentEnvironment().Value
	}
	backend, err := found.Backend(env)
	if err != nil {
		return &exitError{ExitUsage, err}
	}
	for _, finding := range backend.Findings {
		p.finding(finding)
	}
	source, err := projectSchema(found, backend)
	if err != nil {
		p.failed(found.Root(), err)
		return nil
	}
	return f.judge(p, source, projectConfig(backend))
}

func explainRule(out *host.Printer, code string) error {
	rule, ok := schema.FindRule(strings.ToUpper(code))
	if !ok {
		hint := "each problem names its own"
		if near := schema.NearestRule(code); near != "" {
			hint = "did you mean " + near + "?"
		}
		return usage("there is no rule %q; %s", code, hint)
	}
	return out.Verbatim(rule.Explain())
}

// record is a problem or a difference as a JSON object.
type record struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Risk     string `json:"risk,omitempty"`
}

// checkPrinter prints problems as they are found, and counts errors.
type checkPrinter struct {
	out    *host.Printer
	json   bool
	errors int
	err    error
}

func (p *checkPrinter) print(r record) {
	if r.Severity == schema.Error.String() {
		p.errors++
	}
	if p.err != nil {
		return
	}
	if p.json {
		p.err = p.out.JSON(r, "")
		return
	}
	risk := ""
	if r.Risk != "" {
		risk = r.Risk + ": "
	}
	p.err = p.out.Line("%s:%d:%d: %s: %s%s [%s]", filepath.FromSlash(r.File), r.Line, r.Column, r.Severity, risk, r.Message, r.Rule)
}
