package command

import (
	"bufio"
	"log/slog"
	"os"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
)

// hideStreams keeps programs that know the standard streams only, such as a
// credential_process, off the screen: standard input is empty for them, and what
// they print to standard error is put into the log by the command it returns.
// restore puts the streams back.
func hideStreams(logger *slog.Logger) (read tea.Cmd, restore func()) {
	empty, err := os.Open(os.DevNull)
	if err != nil {
		return nil, func() {}
	}
	lines, sink, err := os.Pipe()
	if err != nil {
		empty.Close()
		return nil, func() {}
	}
	in, errOut := os.Stdin, os.Stderr
	os.Stdin, os.Stderr = empty, sink
	read = func() tea.Msg {
		for scanner := bufio.NewScanner(lines); scanner.Scan(); {
			logger.Warn("standard error", "line", client.Printable(scanner.Text()))
		}
		return nil
	}
	return read, func() {
		os.Stdin, os.Stderr = in, errOut
		empty.Close()
		sink.Close()
		lines.Close()
	}
}
