package host

import (
	"fmt"
	"io"
	"os/exec"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/shell"
)

// Login runs commands that log in, such as aws sso login, on the terminal.
type Login struct {
	look   func(string) (string, error) // finds a program, as exec.LookPath
	stderr io.Writer
}

// Run returns the command that releases the screen, runs words, and gives the
// message that done makes of its end.
func (l Login) Run(words []string, done func(error) tea.Msg) (tea.Cmd, error) {
	cmd, err := l.command(words)
	if err != nil {
		return nil, err
	}
	return tea.ExecProcess(cmd, done), nil
}

func (l Login) command(words []string) (*exec.Cmd, error) {
	path, err := l.look(words[0])
	if err != nil {
		return nil, fmt.Errorf("%s is not installed here; run elsewhere: %s", words[0], shell.Line(words...))
	}
	cmd := exec.Command(path, words[1:]...)
	cmd.Stderr = l.stderr
	return cmd, nil
}
