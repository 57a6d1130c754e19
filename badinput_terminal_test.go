//go:build linux || darwin

package main_test

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ampedit/client/emulator"
	"ampedit/ui/uitest"
)

// Each failure is a sentence on the screen, and what was typed before it stays.
func TestBadAccess(t *testing.T) {
	expired := emulator.Fault{
		Operation: "GetBackendAPI", Status: http.StatusForbidden, Code: "ExpiredTokenException",
		Message: "The security token included in the request is expired",
	}
	tests := map[string]struct {
		args    []string
		without string // variables that begin so are not set
		faults  []emulator.Fault
		want    string
	}{
		"unknown profile": {args: []string{"--profile", "ghost"}, want: `Profile "ghost" was not found`},
		"no region":       {without: "AWS_REGION", want: "Choose a region"},
		"no credentials":  {without: "AWS_ACCESS_KEY_ID", want: "No credentials are configured"},
		"expired":         {faults: []emulator.Fault{expired}, want: "The credentials have expired; sign in again"},
		"no such app":     {args: []string{"--app-id", "d0000000000000"}, want: "Check app id, environment, resource name"},
		"bad endpoint":    {args: []string{"--endpoint-url", "http://example.com"}, want: "https"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, env := serve(t, emulator.Options{Faults: test.faults})
			env = slices.DeleteFunc(env, func(v string) bool { return test.without != "" && strings.HasPrefix(v, test.without) })
			s := uitest.StartScreen(t, program(t, env, test.args...), 80, 24)
			s.WaitFor("1 Target")
			s.Send("4")
			s.WaitFor("Conflict resolution")
			s.Send(uitest.Tab, uitest.Right)
			s.WaitFor("● Automerge")
			s.Send(uitest.CtrlP, uitest.CtrlP, uitest.CtrlP)
			s.WaitForFlowing(test.want)
			s.Send(uitest.CtrlN, uitest.CtrlN, uitest.CtrlN)
			s.WaitFor("● Automerge")
			s.Send(uitest.CtrlC)
			s.WaitFor("Leave ampedit?")
			s.Send("y")
			if code := s.Wait(); code != 0 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

func TestBadSchema(t *testing.T) {
	tests := map[string]struct {
		path string
		make func(path string) error
		want string
	}{
		"none":          {"nothing.graphql", func(string) error { return nil }, "is no file or folder nothing.graphql"},
		"no schema":     {"empty", func(p string) error { return os.Mkdir(p, 0o700) }, "folder empty holds no .graphql or .gql file"},
		"too large":     {"big.graphql", write(bytes.Repeat([]byte("# padding\n"), 600_000)), "schema is larger than 5 MB"},
		"invalid UTF-8": {"latin1.graphql", write([]byte("# caf\xe9\ntype A { a: ID }\n")), ":1:6: byte 6 (0xe9) is not UTF-8"},
		"a named pipe":  {"pipe.graphql", func(p string) error { return syscall.Mkfifo(p, 0o600) }, "is not a regular file: name a .graphql file"},
		"closed":        {"closed.graphql", closed, "cannot be read: you lack the permission"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if name == "closed" && os.Geteuid() == 0 {
				t.Skip("root may read everything")
			}
			_, env := serve(t, emulator.Options{})
			cmd := program(t, env)
			if err := test.make(filepath.Join(cmd.Dir, test.path)); err != nil {
				t.Fatal(err)
			}
			s := uitest.StartScreen(t, cmd, 80, 24)
			s.WaitFor("configuration read")
			openPath(s)
			s.Send(test.path, uitest.Tab)
			s.WaitForFlowing(test.want)
			s.WaitFor("Path             " + test.path)
		})
	}
}

func write(data []byte) func(string) error {
	return func(path string) error { return os.WriteFile(path, data, 0o600) }
}

func closed(path string) error { return os.WriteFile(path, []byte("type A { a: ID }\n"), 0) }

// openPath goes to the path of the schema.
func openPath(s *uitest.Screen) {
	s.Send("5")
	s.WaitFor("● Keep the deployed one")
	s.Send(uitest.Tab, uitest.Right)
	s.WaitFor("● From a file or folder")
	s.Send(uitest.Tab)
	s.WaitFor("┃ Path")
}

func TestSchemaThatVanishes(t *testing.T) {
	e, env := serve(t, emulator.Options{})
	cmd := program(t, env, "--schema", "notes.graphql")
	path := filepath.Join(cmd.Dir, "notes.graphql")
	if err := os.WriteFile(path, []byte(journeySchema), 0o600); err != nil {
		t.Fatal(err)
	}
	s := uitest.StartScreen(t, cmd, 80, 24)
	s.WaitFor("configuration read")
	s.Send("6")
	s.WaitFor("[Plan]", "transformSchema")
	s.Send(uitest.CtrlS)
	s.WaitFor("Send this to prod?", "none running")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	s.Send("prod", uitest.Enter)
	s.WaitForFlowing("Stopped: something moved", "has changed since the plan was made; nothing was sent")
	s.Send(uitest.Esc)
	s.WaitForFlowing("is no file or folder notes.graphql")
	s.Send(uitest.CtrlP)
	s.WaitFor("Path             notes.graphql")
	if n := e.Count("UpdateBackendAPI"); n != 0 {
		t.Errorf("%d updates were sent", n)
	}
}
