//go:build linux || darwin

package command

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

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

// panicking runs the model as the program runs its own, and reports as it does.
func panicking(where string) int {
	log := openLog(os.Getenv("LOG"), "", false, time.Now())
	defer log.Close()
	s := streams{os.Stdin, os.Stdout, os.Stderr}
	end := runScreen(context.Background(), clumsy{where: where}, s, func() bool { return false }, log.Logger)
	err := end.failure(log)
	fmt.Fprintln(os.Stderr, "ampedit:", err)
	var exit *exitError
	if !errors.As(err, &exit) {
		return 100
	}
	return exit.code
}

func TestPanicsLeaveTheTerminalAsItWas(t *testing.T) {
	for where, want := range map[string]string{
		"init": "in Init", "update": "in Update", "view": "in View",
		"command": "in a command, with [redacted]", "batch": "in a command, with [redacted]",
	} {
		t.Run(where, func(t *testing.T) {
			path := t.TempDir() + "/log"
			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), childVariable+"="+where, "LOG="+path, "TERM=xterm-256color")
			s := uitest.StartScreen(t, cmd, 120, 24)
			if where != "init" {
				s.WaitFor("ready")
				s.Send("x")
			}
			if code := s.Wait(); code != ExitError {
				t.Errorf("exit code %d", code)
			}
			text := s.Text()
			if !strings.HasPrefix(text, "ampedit: stopped by a fault of its own: "+want) || !strings.Contains(strings.ReplaceAll(text, "\n", ""), path) {
				t.Errorf("the message is\n%s", text)
			}
			log, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(log), "command.clumsy.") {
				t.Errorf("the log has no stack:\n%s", log)
			}
			if strings.Contains(string(log)+text, "da2-") {
				t.Error("a secret was printed or logged")
			}
		})
	}
}
