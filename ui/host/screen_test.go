//go:build linux || darwin

package host

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	_ "ampedit/ui/earlybg"
	"ampedit/ui/uitest"
)

// childVariable makes the test binary a program whose model panics as named.
const childVariable = "AMPEDIT_TEST_PANIC"

func TestMain(m *testing.M) {
	if where := os.Getenv(childVariable); where != "" {
		os.Exit(panicking(where))
	}
	os.Exit(m.Run())
}

// clumsy panics once a key is pressed.
type clumsy struct {
	where   string
	pressed bool
}

func (c clumsy) Init() tea.Cmd {
	if c.where == "init" {
		panic("in Init")
	}
	return nil
}

func (c clumsy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyMsg); !ok {
		return c, nil
	}
	c.pressed = true
	fail := func() tea.Msg { panic(errors.New("in a command, with da2-abcdefghijklmnopqrstuvwxyz")) }
	switch c.where {
	case "update":
		panic("in Update")
	case "command":
		return c, fail
	case "batch":
		return c, tea.Batch(nil, tea.Batch(fail, func() tea.Msg { return nil }))
	}
	return c, nil
}

func (c clumsy) View() string {
	if c.where == "view" && c.pressed {
		panic(errors.New("in View"))
	}
	return "ready"
}

// panicking shows the model as the program shows its own. The panic that ended it goes
// into a file.
func panicking(where string) int {
	s := NewStreams(os.Stdin, os.Stdout, os.Stderr)
	end := s.Show(context.Background(), clumsy{where: where}, func() bool { return false }, slog.New(slog.DiscardHandler))
	if end.Fault == nil || end.Err != nil {
		return 100
	}
	s.Err.Error(end.Fault.Err)
	if err := os.WriteFile(os.Getenv("STACK"), end.Fault.Stack, 0o600); err != nil {
		return 101
	}
	return 1
}

func TestPanicsLeaveTheTerminalAsItWas(t *testing.T) {
	for where, want := range map[string]string{
		"init": "in Init", "update": "in Update", "view": "in View",
		"command": "in a command, with [redacted]", "batch": "in a command, with [redacted]",
	} {
		t.Run(where, func(t *testing.T) {
			path := t.TempDir() + "/stack"
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), childVariable+"="+where, "STACK="+path, "TERM=xterm-256color")
			s := uitest.StartScreen(t, cmd, 120, 24)
			if where != "init" {
				s.WaitFor("ready")
				s.Send("x")
			}
			if code := s.Wait(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			text := s.Text()
			if !strings.HasPrefix(text, "ampedit: "+want) {
				t.Errorf("the message is\n%s", text)
			}
			stack, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(stack), "host.clumsy.") {
				t.Errorf("there is no stack:\n%s", stack)
			}
			if strings.Contains(text, "da2-") {
				t.Error("a secret was printed")
			}
		})
	}
}
