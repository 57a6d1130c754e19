//go:build linux || darwin

package main_test

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ampedit/client/emulator"
	"ampedit/ui/uitest"
)

// serve starts an emulator and returns it with the variables that make a program
// use it as if it were AWS.
func serve(t testing.TB, o emulator.Options) (*emulator.Emulator, []string) {
	t.Helper()
	e, err := emulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e, append(sampleTarget(),
		"AWS_ENDPOINT_URL="+e.URL(),
		"AWS_ACCESS_KEY_ID="+e.Credentials().AccessKeyID,
		"AWS_SECRET_ACCESS_KEY="+e.Credentials().SecretAccessKey,
		"AWS_REGION="+e.Region(),
	)
}

func sampleTarget() []string {
	return []string{
		"AMPEDIT_APP_ID=" + emulator.SampleAppID,
		"AMPEDIT_ENV=" + emulator.SampleProd,
		"AMPEDIT_RESOURCE=" + emulator.SampleResource,
	}
}

// deaf returns the address of a service that takes connections and never answers.
func deaf(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() }) // connections wait in its queue
	return "http://" + listener.Addr().String()
}

// The terminal of these tests answers no query. Neither that nor a service
// without an answer keeps the program from drawing and taking keys.
func TestFirstFrameNeedsNoAnswers(t *testing.T) {
	s := uitest.StartScreen(t, program(t, append(sampleTarget(),
		"AWS_ENDPOINT_URL="+deaf(t), "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY=secret", "AWS_REGION=eu-west-1")), 80, 24)
	s.WaitFor("1 Target", emulator.SampleAppID)
	s.Send("2")
	s.WaitFor("Default authorization")
	s.Send("q")
	if code := s.Wait(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if got := s.Text(); got != "nothing was sent" {
		t.Errorf("what stays on the screen is %q", got)
	}
	for name, query := range map[string]string{"background colour": "\x1b]11;?", "cursor position": "\x1b[6n", "device": "\x1b[c"} {
		if bytes.Contains(s.Raw(), []byte(query)) {
			t.Errorf("the terminal was asked for its %s", name)
		}
	}
}

func TestNoColor(t *testing.T) {
	_, env := serve(t, emulator.Options{})
	for value, colours := range map[string]bool{"": true, "1": false} {
		s := uitest.StartScreen(t, program(t, append(env, "NO_COLOR="+value)), 80, 24)
		s.WaitFor("configuration read")
		s.Send("q")
		s.Wait()
		if got := bytes.Contains(s.Raw(), []byte("\x1b[3")); got != colours {
			t.Errorf("NO_COLOR=%q: colours %v", value, got)
		}
	}
}

func TestLeaving(t *testing.T) {
	_, env := serve(t, emulator.Options{})
	tests := map[string]struct {
		leave func(*uitest.Screen)
		code  int
	}{
		"q":      {func(s *uitest.Screen) { s.Send("q") }, 0},
		"ctrl+c": {func(s *uitest.Screen) { s.Send(uitest.CtrlC) }, 0},
		"ctrl+c twice, with something typed": {func(s *uitest.Screen) {
			typePool(s)
			s.Send(uitest.CtrlC)
			s.WaitFor("Leave ampedit?")
			s.Send(uitest.CtrlC)
		}, 0},
		"SIGHUP":  {func(s *uitest.Screen) { s.Signal(syscall.SIGHUP) }, 129},
		"SIGINT":  {func(s *uitest.Screen) { s.Signal(syscall.SIGINT) }, 130},
		"SIGTERM": {func(s *uitest.Screen) { s.Signal(syscall.SIGTERM) }, 143},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := uitest.StartScreen(t, program(t, env), 80, 24)
			s.WaitFor("configuration read")
			test.leave(s)
			if code := s.Wait(); code != test.code {
				t.Errorf("exit code %d, not %d", code, test.code)
			}
			if !strings.HasPrefix(s.Text(), "nothing was sent") {
				t.Errorf("the summary is missing:\n%s", s.Text())
			}
		})
	}
}

// typePool chooses Cognito and types the id of a pool.
func typePool(s *uitest.Screen) {
	s.Send("2")
	s.WaitFor("Default authorization")
	s.Send(uitest.Tab, uitest.Right)
	s.WaitFor("● Cognito user pool")
	s.Send(uitest.Tab, "eu-west-1_AbCdEfGhi")
	s.WaitFor("┃ User pool        eu-west-1_AbCdEfGhi")
}

func TestTinyTerminalLosesNothing(t *testing.T) {
	_, env := serve(t, emulator.Options{})
	s := uitest.StartScreen(t, program(t, env), 80, 24)
	s.WaitFor("configuration read")
	typePool(s)
	s.Resize(20, 5)
	s.WaitFor("ampedit needs 40×10")
	s.Resize(80, 24)
	s.WaitFor("User pool        eu-west-1_AbCdEfGhi")
}

func TestCtrlCInTheEditorIsTheEditors(t *testing.T) {
	_, env := serve(t, emulator.Options{})
	cmd := program(t, env)
	script := filepath.Join(cmd.Dir, "editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntrap 'echo interrupted' INT\necho editing\nread line\nread line\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(cmd.Env, "EDITOR="+script)
	s := uitest.StartScreen(t, cmd, 80, 24)
	s.WaitFor("configuration read")
	s.Send("5", uitest.Tab, "\x0f")
	s.WaitFor("editing")
	s.Send(uitest.CtrlC)
	s.WaitFor("interrupted")
	s.Send("\r", "\r")
	s.WaitFor("1 Target", "Schema")
	s.Send(uitest.CtrlC)
	if code := s.Wait(); code != 0 {
		t.Errorf("exit code %d, as if the program had got the signal", code)
	}
	left, err := filepath.Glob(filepath.Join(variable(cmd, "TMPDIR"), "*"))
	if err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v %v", left, err)
	}
}

func TestBadSettings(t *testing.T) {
	cmd := program(t, nil, "--demo")
	folder := filepath.Join(variable(cmd, "XDG_CONFIG_HOME"), "ampedit")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "config.yaml"), []byte("read_only: true\nprotetced: [prod]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, stderr := finish(t, cmd)
	if code != 1 || !strings.Contains(stderr, "config.yaml:2: there is no setting protetced") {
		t.Errorf("exit code %d, message %s", code, stderr)
	}
}

func TestDebugLogHoldsNoSecret(t *testing.T) {
	e, env := serve(t, emulator.Options{})
	cmd := program(t, env, "--debug", "--log", "debug.log")
	s := uitest.StartScreen(t, cmd, 80, 24)
	s.WaitFor("configuration read")
	s.Send("q")
	s.Wait()
	log, err := os.ReadFile(filepath.Join(cmd.Dir, "debug.log"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(log, []byte("X-Amz-Date")) {
		t.Error("the requests were not logged")
	}
	for _, secret := range []string{e.Credentials().AccessKeyID, e.Credentials().SecretAccessKey, "Signature="} {
		if bytes.Contains(log, []byte(secret)) {
			t.Errorf("the log holds %s", secret)
		}
	}
}
