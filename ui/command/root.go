// Package command is the command line: one file per command, and the files that
// say what all of them share: flags, environment, configuration file, exit codes
// and what is printed after the screen closes.
package command

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"ampedit/client/redact"
	"ampedit/ui/host"
)

// The exit codes of all commands.
const (
	ExitDone    = 0 // done, or left before anything was sent
	ExitError   = 1 // something failed, and nothing was started
	ExitUsage   = 2 // wrong usage, or no terminal
	ExitFailed  = 3 // the job failed
	ExitRunning = 4 // left while the job runs
	ExitUnknown = 5 // the update may have taken effect or not
	ExitDiffers = 6 // the job completed, but what was approved is not known to be in effect
	ExitChanges = 7 // of plan: there is something to change
)

// exitError carries an exit code. Without an error there is nothing left to say.
type exitError struct {
	code int
	err  error
}

// Error gives the text of the error it carries.
func (e *exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit code %d", e.code)
	}
	return e.err.Error()
}

// Unwrap returns the error it carries.
func (e *exitError) Unwrap() error { return e.err }

// usage makes an error of wrong usage.
func usage(format string, a ...any) error { return &exitError{ExitUsage, fmt.Errorf(format, a...)} }

// Main runs the program with its arguments, without its name, and returns the
// exit code.
func Main(args []string, in, out, errOut *os.File) int {
	redact.KnowEnvironment(os.Environ())
	s := host.NewStreams(in, out, errOut)
	defer s.TakeOver()()
	root := newRoot(s)
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	return exit(s, root.Execute())
}

// exit says why a command failed, and returns the exit code.
func exit(s *host.Streams, err error) int {
	if err == nil {
		return ExitDone
	}
	end := &exitError{ExitError, err}
	if errors.As(err, &end); end.err != nil {
		s.Err.Error(end.err)
	}
	return end.code
}

func newRoot(s *host.Streams) *cobra.Command {
	f := &flags{}
	root := &cobra.Command{
		Use:   "ampedit [FILE]",
		Short: "Edit the GraphQL API configuration of an AWS Amplify Gen 1 backend",
		Long: `ampedit edits the GraphQL API configuration of an AWS Amplify Gen 1 backend: it
reads what is deployed, asks what to change, shows exactly what will be sent,
sends it once, and watches the job until it ends.

FILE is a request that is kept as JSON or YAML: it is opened in place of the
defaults, and saved back where you ask for it.`,
		Example:           examples,
		Annotations:       map[string]string{moreHelp: about(userFolders())},
		Version:           version(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		Args:              oneFile,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE: func(cmd *cobra.Command, args []string) error {
			return interactive(cmd, f, s, args)
		},
	}
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpTemplate(helpTemplate)
	root.SetFlagErrorFunc(flagError)
	f.register(root)
	root.AddCommand(newApply(s), newCheck(s), newEmulator(s), newHistory(s), newPlan(s), newRequest(s), newWatch(s))
	return root
}
