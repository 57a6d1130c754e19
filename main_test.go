package main_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// binary is the program, built once for all tests that start it.
var binary string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	folder, err := os.MkdirTemp("", "ampedit-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	binary = filepath.Join(folder, "ampedit")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// program returns the command that runs the program in an empty folder, as a
// user who has nothing: no AWS configuration, no settings, no other services.
// Variables are added as NAME=VALUE.
func program(t testing.TB, variables []string, args ...string) *exec.Cmd {
	t.Helper()
	home := t.TempDir()
	cmd := exec.Command(binary, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "TMPDIR=" + t.TempDir(), "TERM=xterm-256color", "LANG=C.UTF-8", "TZ=UTC",
		"XDG_CONFIG_HOME=" + filepath.Join(home, "config"), "XDG_STATE_HOME=" + filepath.Join(home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(home, "cache"), "XDG_DATA_HOME=" + filepath.Join(home, "data"),
		"AWS_CONFIG_FILE=" + filepath.Join(home, "aws-config"), "AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(home, "aws-credentials"),
		"AWS_EC2_METADATA_DISABLED=true",
	}, variables...)
	if runtime.GOOS == "windows" {
		cmd.Env = append(cmd.Env, "SYSTEMROOT="+os.Getenv("SYSTEMROOT"))
	}
	return cmd
}

// variable returns what a variable of a command is set to.
func variable(cmd *exec.Cmd, name string) string {
	value := ""
	for _, v := range cmd.Env {
		if rest, ok := strings.CutPrefix(v, name+"="); ok {
			value = rest
		}
	}
	return value
}

// finish runs a command without a terminal.
func finish(t *testing.T, cmd *exec.Cmd) (code int, stdout, stderr string) {
	t.Helper()
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatalf("run %v: %v", cmd.Args, err)
	}
	return cmd.ProcessState.ExitCode(), out.String(), errOut.String()
}

func TestUsage(t *testing.T) {
	tests := map[string]struct {
		args []string
		want []string
	}{
		"unknown flag":      {[]string{"--regoin", "x"}, []string{"unknown flag: --regoin", "ampedit --help"}},
		"flag without text": {[]string{"--profile"}, []string{"needs an argument: --profile"}},
		"mistyped command":  {[]string{"emulater"}, []string{`"emulater" is neither a command nor a file`, "did you mean emulator?"}},
		"no such thing":     {[]string{"prod-config.yaml"}, []string{"neither a command nor a file", "ampedit --help"}},
		"two files":         {[]string{"a.yaml", "b.yaml"}, []string{"takes one FILE, but got 2"}},
		"a schema as FILE":  {[]string{"schema.graphql"}, []string{"neither a command nor a file", "ampedit --help"}},
		"loose scenario":    {[]string{"--demo", "failed"}, []string{"--demo=failed"}},
		"unknown scenario":  {[]string{"--demo=fialed"}, []string{`no scenario is called "fialed"`, "happy"}},
		"no such folder":    {[]string{"--dir", "nowhere"}, []string{"--dir cannot be entered", "nowhere"}},
		"no terminal":       {nil, []string{"needs a terminal", "ampedit --help"}},
		"emulator argument": {[]string{"emulator", "failed"}, []string{`"failed"`, "--scenario"}},
		"emulator scenario": {[]string{"emulator", "--scenario", "x"}, []string{`no scenario is called "x"`}},
		"emulator port":     {[]string{"emulator", "--port", "70000"}, []string{"70000 is not a port"}},
		"emulator flag":     {[]string{"emulator", "--prot", "1"}, []string{"unknown flag: --prot", "ampedit emulator --help"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := finish(t, program(t, nil, test.args...))
			if code != 2 {
				t.Errorf("exit code %d, not 2", code)
			}
			if stdout != "" {
				t.Errorf("standard output is not empty: %s", stdout)
			}
			for _, want := range test.want {
				if !strings.Contains(stderr, want) {
					t.Errorf("the message lacks %q: %s", want, stderr)
				}
			}
		})
	}
}

// A kept request that cannot be understood is refused before anything is drawn,
// with the place of the error.
func TestKeptRequestWithAnError(t *testing.T) {
	for name, test := range map[string]struct{ text, want string }{
		"prod.json":      {"{\n  \"appId\": oops\n}\n", "prod.json:2:12: "},
		"prod.yaml":      {"appId: d1\nappId: d2\n", "prod.yaml:2:1: "},
		"notes.yaml":     {"hello: world\n", "notes.yaml:1:1: "},
		"schema.graphql": {"type A @model { id: ID! }\n", "named with --schema"},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := program(t, nil, name)
			if err := os.WriteFile(filepath.Join(cmd.Dir, name), []byte(test.text), 0o600); err != nil {
				t.Fatal(err)
			}
			code, stdout, stderr := finish(t, cmd)
			if code != 2 || stdout != "" || !strings.Contains(stderr, test.want) {
				t.Errorf("exit code %d, standard output %q, the message lacks %q: %s", code, stdout, test.want, stderr)
			}
		})
	}
}

func TestInformation(t *testing.T) {
	tests := map[string][]string{
		"--version":       {"ampedit ", "go1.", runtime.GOOS + "/" + runtime.GOARCH},
		"--help":          {"ampedit --demo", "AMPEDIT_APP_ID", "NO_COLOR", "Exit codes", "config.yaml", "emulator", "--read-only"},
		"--demo=help":     {"happy", "failed", "drift", "every update succeeds"},
		"emulator --help": {"--port", "--scenario", "Scenarios:", "drift"},
	}
	for args, wants := range tests {
		t.Run(args, func(t *testing.T) {
			code, stdout, stderr := finish(t, program(t, nil, strings.Fields(args)...))
			if code != 0 || stderr != "" {
				t.Errorf("exit code %d, standard error %q", code, stderr)
			}
			for _, want := range wants {
				if !strings.Contains(stdout, want) {
					t.Errorf("the text lacks %q:\n%s", want, stdout)
				}
			}
			for _, line := range strings.Split(stdout, "\n") {
				if len([]rune(line)) > 100 {
					t.Errorf("a line is %d characters long: %s", len([]rune(line)), line)
				}
			}
		})
	}
}
