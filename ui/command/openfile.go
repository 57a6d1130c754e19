package command

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ampedit/client/emulator"
	"ampedit/client/shell"
	"ampedit/client/suggest"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// oneFile takes at most one argument of the root command, the name of a file.
func oneFile(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return nil
	case cmd.Flags().Changed("demo") && slices.Contains(emulator.Scenarios(), emulator.Scenario(args[0])):
		return usage("a scenario is joined to its flag: %s", shell.Here().Word("--demo="+args[0]))
	case len(args) > 1:
		return usage("ampedit takes one FILE, but got %d; a schema is named with --schema", len(args))
	}
	return nil
}

// openNamed opens the kept request that an argument names. Most arguments that
// name no file are mistyped commands.
func openNamed(cmd *cobra.Command, arg string) (*edit.File, error) {
	file, err := edit.OpenFile(arg)
	switch {
	case err == nil:
		return file, nil
	case errors.Is(err, fs.ErrNotExist):
	case strings.HasSuffix(arg, ".graphql"), strings.HasSuffix(arg, ".gql"):
		return nil, usage("%q looks like a schema, which is named with --schema", arg)
	default:
		return nil, &exitError{ExitUsage, err}
	}
	hint := cmd.CommandPath() + " --help lists the commands"
	if near := suggest.Nearest(arg, commandNames(cmd)); near != "" {
		hint = "did you mean " + near + "?"
	}
	return nil, usage("%q is neither a command nor a file; %s", arg, hint)
}

// commandNames are the names of a command's own commands.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// withFile returns the flags with what a kept request says of the target, where
// neither they nor the environment say it.
func withFile(f flags, file *edit.File) *flags {
	t := file.Document.Target
	f.appID = cmp.Or(f.appID, os.Getenv("AMPEDIT_APP_ID"), t.AppID)
	f.environment = cmp.Or(f.environment, os.Getenv("AMPEDIT_ENV"), t.Environment)
	f.resource = cmp.Or(f.resource, os.Getenv("AMPEDIT_RESOURCE"), t.ResourceName)
	return &f
}

// openIn puts a kept request into the program. Flags and environment, which stand
// in origins, win over the target that it names.
func openIn(app *ui.App, file *edit.File, origins edit.Origins) {
	app.Edit().Open(file)
	for _, key := range []forms.Key{forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName} {
		if text := origins.Fields[key].Value; text != "" {
			app.Edit().Answers.Fill(forms.At(forms.StepTarget, key), text)
		}
	}
	app.Edit().Touch()
}
