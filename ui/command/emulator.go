package command

import (
	"context"
	"fmt"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"ampedit/client/emulator"
	"ampedit/client/shell"
	"ampedit/ui/host"
)

func newEmulator(s *host.Streams) *cobra.Command {
	var port int
	var scenario string
	cmd := &cobra.Command{
		Use:   "emulator",
		Short: "Serve an emulated AmplifyBackend on a loopback port, for any AWS client",
		Long: `Serves an emulated AmplifyBackend on 127.0.0.1 until it is stopped. What it prints
first, in the language of the shell that it was started from, makes any AWS client of
that shell use it:

  ampedit emulator --port 4567 > emulator.env &
  . ./emulator.env`,
		Annotations: map[string]string{moreHelp: "Scenarios:\n" + scenarios()},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("the emulator takes no argument, but got %q; a scenario is named with --scenario", args[0])
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serveEmulator(cmd.Context(), s, port, scenario)
		},
	}
	cmd.Flags().SortFlags = false
	cmd.Flags().IntVar(&port, "port", 0, "`port` to serve on; 0 takes any that is free")
	cmd.Flags().StringVar(&scenario, "scenario", string(emulator.Happy), "`name` of what happens; see below")
	cmd.Flags().BoolP("help", "h", false, "print this text")
	return cmd
}

func serveEmulator(ctx context.Context, s *host.Streams, port int, scenario string) error {
	if port < 0 || port > 65535 {
		return usage("--port %d is not a port; they go from 1 to 65535, and 0 takes any that is free", port)
	}
	chosen, err := parseScenario(scenario)
	if err != nil {
		return &exitError{ExitUsage, err}
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	e, err := emulator.Start(emulator.Options{Port: port, Scenario: chosen})
	if err != nil {
		return err
	}
	defer e.Close()
	if err := printExports(s.Out, e); err != nil {
		return err
	}
	_ = s.Err.Line("ampedit: serving on %s until ctrl+c", e.URL())
	<-ctx.Done()
	return nil
}

// printExports prints what a shell must set to use the emulator.
func printExports(out *host.Printer, e *emulator.Emulator) error {
	var b strings.Builder
	for _, v := range [][2]string{
		{"AWS_ENDPOINT_URL", e.URL()},
		{"AWS_ENDPOINT_URL_AMPLIFYBACKEND", e.URL()},
		{"AWS_ACCESS_KEY_ID", e.Credentials().AccessKeyID},
		{"AWS_SECRET_ACCESS_KEY", e.Credentials().SecretAccessKey},
		{"AWS_REGION", e.Region()},
		{"AWS_DEFAULT_REGION", e.Region()},
		{"AMPEDIT_APP_ID", emulator.SampleAppID},
		{"AMPEDIT_ENV", emulator.SampleProd},
		{"AMPEDIT_RESOURCE", emulator.SampleResource},
	} {
		b.WriteString(shell.Here().Assignment(v[0], v[1]) + "\n")
	}
	return out.Verbatim(b.String()) // its credentials are no secret
}

// scenarios lists what the emulator can do, a line each.
func scenarios() string {
	var lines []string
	for _, s := range emulator.Scenarios() {
		lines = append(lines, fmt.Sprintf("  %-10s %s", s, s.Description()))
	}
	return strings.Join(lines, "\n")
}
