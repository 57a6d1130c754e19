//go:build linux || darwin

package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/redact"
	"ampedit/ui/uitest"
)

// drawing are the sequences with which a program that Bubble Tea draws moves the cursor,
// clears lines, sets modes and the title, and colours text: with the styles that this
// program has, of which none hides anything.
var drawing = regexp.MustCompile("\x1b\\[\\??[0-9;]*[A-HJKSThlqru]|\x1b\\[(?:[01347]|3[0-7]|9[0-7]|;)*m|\x1b\\]2;[^\x07\x1b]*\x07|\x07")

// wantCleanTerminal fails the test if a terminal got something of a hostile text.
func wantCleanTerminal(t *testing.T, s *uitest.Screen) {
	t.Helper()
	text := drawing.ReplaceAllStringFunc(string(s.Raw()), func(sequence string) string {
		_, title, _ := strings.Cut(strings.TrimRight(sequence, "\x07\x1b\\"), ";")
		return title + "\n" // a title is looked through as well
	})
	for _, leak := range uitest.Leaks(text, false) {
		t.Errorf("the terminal got %s", leak)
	}
}

// TestNothingRawReachesTheTerminal runs the program itself on a service whose jobs, app
// and errors are hostile, with credentials from a program that prints such a text, in a
// terminal of which every byte is looked at.
func TestNothingRawReachesTheTerminal(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	hostile := strings.ReplaceAll(uitest.Hostile(1), "\x00", "")
	edit := func(m emulator.AnswerMember, value any) any {
		switch m.Operation + " " + m.Path {
		case "GetBackend appName", "GetBackendJob error", "GetBackendJob operation", "ListBackendJobs jobs[].operation", "ListBackendJobs jobs[].error",
			"UpdateBackendAPI error", "GetBackendAPI appId", "GetCallerIdentity Arn", "ListApps apps[].name", "GetBackend backendEnvironmentList[]":
			return uitest.Hostile(2)
		}
		return value
	}
	e, env := serve(t, emulator.Options{Scenario: emulator.Failed, JobDuration: time.Second, SessionToken: uitest.OpaqueSecret, Edit: edit})
	env = append(withoutCredentials(env), "AWS_PROFILE=acme", "EDITOR="+hostile, "AMPEDIT_DEBUG=1")
	cmd := program(t, env)
	process := filepath.Join(cmd.Dir, "credentials.sh")
	write := func(path, text string) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(cmd.Dir, "said"), hostile)
	write(process, fmt.Sprintf("#!/bin/sh\ncat %s >&2\necho '{\"Version\": 1, \"AccessKeyId\": \"%s\", \"SecretAccessKey\": \"%s\", \"SessionToken\": \"%s\"}'\n",
		filepath.Join(cmd.Dir, "said"), e.Credentials().AccessKeyID, e.Credentials().SecretAccessKey, uitest.OpaqueSecret))
	write(variable(cmd, "AWS_CONFIG_FILE"), "[profile acme]\nregion = eu-west-1\ncredential_process = "+process+"\n")
	write(filepath.Join(variable(cmd, "XDG_CONFIG_HOME"), "ampedit", "config.yaml"), "protected: [prod]\n")

	s := uitest.StartScreen(t, cmd, 100, 30)
	s.WaitFor("configuration read")
	s.Send("2")
	s.WaitFor("Default authorization")
	s.Send(uitest.Tab, uitest.Tab, uitest.Tab, uitest.CtrlU, "90")
	s.WaitFor("90 days: ends")
	s.Send(uitest.CtrlN, uitest.CtrlN, uitest.CtrlN, uitest.CtrlN)
	s.WaitFor("[Plan]")
	s.Send(uitest.Right, uitest.Right, uitest.Right, uitest.Right, uitest.CtrlS)
	s.WaitFor("Send this to prod?", "none running")
	s.Send("prod", uitest.Enter)
	s.WaitFor("FAILED", "Everything you entered is kept")
	s.Send("i")
	s.WaitFor("Who acts")
	s.Send(uitest.Esc)
	s.WaitGone("Who acts")
	s.Send("q")
	s.WaitFor("Leave ampedit?")
	s.Send("y")
	s.Wait()
	wantCleanTerminal(t, s)
	checkFiles(t, variable(cmd, "XDG_STATE_HOME"))
	watch := program(t, cmd.Env, "watch")
	watch.Env = cmd.Env
	s = uitest.StartScreen(t, watch, 100, 30)
	s.WaitFor("FAILED")
	s.Send("q")
	s.Wait()
	wantCleanTerminal(t, s)
}

// withoutCredentials leaves out the variables that hold credentials.
func withoutCredentials(env []string) []string {
	var out []string
	for _, v := range env {
		if !strings.HasPrefix(v, "AWS_ACCESS_KEY_ID=") && !strings.HasPrefix(v, "AWS_SECRET_ACCESS_KEY=") && !strings.HasPrefix(v, "AWS_SESSION_TOKEN=") {
			out = append(out, v)
		}
	}
	return out
}

// checkFiles looks through everything that the program keeps: log, receipts, drafts.
func checkFiles(t *testing.T, root string) {
	t.Helper()
	count := 0
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		count++
		data, err := os.ReadFile(path)
		for _, leak := range uitest.Leaks(string(data), false) {
			t.Errorf("%s holds %s", path, leak)
		}
		return err
	})
	if err != nil || count < 3 {
		t.Errorf("%d files were looked through: %v", count, err)
	}
}
