package command

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ampedit/client/suggest"
	"ampedit/client/wire"
	"ampedit/forms"
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
		Use:   "check [FILE…]",
		Short: "Check a project, kept requests or schemas",
		Long: `Checks configurations by the rules that the forms know, and annotated schemas by the
rules of Amplify's GraphQL transformer, in milliseconds and without network. Without
FILE it checks the project in --dir: its configuration and its schema. A FILE is a
schema (a .graphql file, a folder) or a request that is kept as JSON or YAML, a
cli-inputs.json or the payload of a headless command; - stands for standard input.
Each is judged on its own. Each problem is a line:

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
	set.StringVar(&f.environment, "env", "", "backend environment `name` of the project; what needs none is\nchecked without")
	set.StringVar(&f.auth, "auth", "", "comma-separated authorization `modes` of the API, the default first;\nif not given, those of the request, else all four")
	set.StringVar(&f.conflict, "conflict", "", "conflict resolution `strategy` of the API; if not given, that of\nthe request, else NONE")
	set.StringVar(&f.deployed, "deployed", "", "compare with the deployed schema in `file`")
	set.StringVar(&f.transformer, "transformer", "", "`version` of the transformer, v1 or v2; found out if not given")
	set.BoolVar(&f.json, "json", false, "print one JSON object a line")
	set.StringVar(&f.explain, "explain", "", "explain a `rule` by its code or name")
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
	config, err := f.config(version)
	if err != nil {
		return err
	}
	p := &checkPrinter{out: s.Out, json: f.json}
	if len(args) == 0 {
		err = f.project(p)
	} else {
		err = f.files(p, s.In(), args, config)
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
	strategy := wire.ResolutionStrategy(cmp.Or(f.conflict, string(wire.StrategyNone)))
	if !strategy.Known() {
		names := forms.StrategyNames()
		return c, usage("--conflict %q is not a strategy; there are %s%s", f.conflict, strings.Join(names, ", "), suggest.DidYouMean(f.conflict, names))
	}
	c.ConflictResolution = strategy != wire.StrategyNone
	modes := schema.AllModes()
	if f.auth != "" {
		modes = nil
		for _, name := range strings.Split(f.auth, ",") {
			mode := schema.Mode(strings.TrimSpace(name))
			if !slices.Contains(schema.AllModes(), mode) {
				names := forms.ModeNames()
				return c, usage("--auth %q is not an authorization mode; there are %s%s", name, strings.Join(names, ", "), suggest.DidYouMean(string(mode), names))
			}
			modes = append(modes, mode)
		}
	}
	c.Default, c.Additional = modes[0], modes[1:]
	return c, nil
}

// explainRule explains a rule of schemas by its code, or one of configurations by its
// name.
func explainRule(out *host.Printer, code string) error {
	if rule, ok := schema.FindRule(strings.ToUpper(code)); ok {
		return out.Verbatim(rule.Explain())
	}
	rule, near, ok := forms.FindRule(strings.ToLower(code))
	if ok {
		return out.Verbatim(rule.Explain())
	}
	hint := "each problem names its own"
	if near = cmp.Or(schema.NearestRule(code), near); near != "" {
		hint = "did you mean " + near + "?"
	}
	return usage("there is no rule %q; %s", code, hint)
}
