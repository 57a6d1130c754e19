package command

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"ampedit/client/emulator"
	"ampedit/client/suggest"
)

// flags are those of the commands that work on a backend.
type flags struct {
	dir, log, schema             string
	profile, region, endpointURL string
	appID, environment, resource string
	demo                         string
	readOnly, debug              bool
	// receipt is the id of the receipt that the target was taken from, "" for none.
	receipt string
}

func (f *flags) register(cmd *cobra.Command) {
	set := cmd.Flags()
	set.SortFlags = false
	set.StringVar(&f.appID, "app-id", "", "Amplify app `id`, such as d1a2b3c4d5e6f7")
	set.StringVar(&f.environment, "env", "", "backend environment `name`, such as prod")
	set.StringVar(&f.resource, "resource", "", "`name` of the API: its folder in amplify/backend/api")
	set.StringVar(&f.schema, "schema", "", "send the schema at `path`, a .graphql file or a folder; for plan,\napply and request also -, standard input")
	set.StringVar(&f.profile, "profile", "", "profile `name` in the shared AWS configuration")
	set.StringVar(&f.region, "region", "", "AWS region `name`")
	set.StringVar(&f.endpointURL, "endpoint-url", "", "call `URL` in place of AWS, for every service")
	set.StringVar(&f.dir, "dir", "", "work as if started in the folder at `path`")
	set.BoolVar(&f.readOnly, "read-only", false, "never send an update")
	set.StringVar(&f.demo, "demo", "", "use a built-in service and sample data; no AWS account,\nno network; `scenario` help lists what can happen")
	set.Lookup("demo").NoOptDefVal = "happy"
	set.StringVar(&f.log, "log", "", "write the log to `file`")
	set.BoolVar(&f.debug, "debug", false, "log every request, without its secrets")
	set.Bool("version", false, "print the version")
	set.BoolP("help", "h", false, "print this text")
}

// flagError says what is wrong with a flag, which one was meant, and where all are
// listed.
func flagError(cmd *cobra.Command, err error) error {
	near := ""
	if unknown := new(pflag.NotExistError); errors.As(err, &unknown) {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if name := suggest.Nearest(unknown.GetSpecifiedName(), names); name != "" {
			near = "; did you mean --" + name + "?"
		}
	}
	return usage("%w%s; %s --help lists the flags", err, near, cmd.CommandPath())
}

// parseScenario reads the name of a scenario, and says which was meant.
func parseScenario(name string) (emulator.Scenario, error) {
	scenario, err := emulator.ParseScenario(name)
	if err == nil {
		return scenario, nil
	}
	var names []string
	for _, known := range emulator.Scenarios() {
		names = append(names, string(known))
	}
	return scenario, fmt.Errorf("%w%s", err, suggest.DidYouMean(name, names))
}

// enter changes into the folder that --dir names, so that every relative path
// means the same as if the program had been started there.
func (f *flags) enter() error {
	if f.dir == "" {
		return nil
	}
	if err := os.Chdir(f.dir); err != nil {
		return &exitError{ExitUsage, fmt.Errorf("--dir cannot be entered: %w", err)}
	}
	return nil
}
