package command

import (
	"fmt"
	"io"
	"os/exec"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// loginRunner runs commands that log in, such as aws sso login, on the terminal.
type loginRunner struct {
	look   func(string) (string, error) // finds a program, as exec.LookPath
	errOut io.Writer
}

// run returns the command that releases the screen, runs words, and gives the
// message that done makes of its end.
func (l loginRunner) run(words []string, done func(error) tea.Msg) (tea.Cmd, error) {
	cmd, err := l.command(words)
	if err != nil {
		return nil, err
	}
	return tea.ExecProcess(cmd, done), nil
}

func (l loginRunner) command(words []string) (*exec.Cmd, error) {
	path, err := l.look(words[0])
	if err != nil {
		return nil, fmt.Errorf("%s is not installed here; run elsewhere: %s", words[0], strings.Join(quoteAll(words), " "))
	}
	cmd := exec.Command(path, words[1:]...)
	cmd.Stderr = l.errOut
	return cmd, nil
}

func quoteAll(words []string) []string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = quote(word)
	}
	return quoted
}
