package host

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/task"
)

// Ending is why the screen closed, all empty if the user left.
type Ending struct {
	Fault  *task.PanicMsg
	Signal os.Signal
	Err    error
}

// Show draws model on the terminal until it ends, a signal comes or it
// panics. Whatever happens, the terminal is as it was before. editing reports
// whether the terminal is lent to an editor; it is called from any goroutine.
func (s *Streams) Show(ctx context.Context, model tea.Model, editing func() bool, logger *slog.Logger) Ending {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM)
	defer signal.Stop(signals)
	defer s.hide(logger)()
	g := newRecovery(model, waitForSignal(signals, editing))
	p := tea.NewProgram(g, tea.WithAltScreen(), tea.WithReportFocus(), tea.WithContext(ctx), tea.WithInput(s.in), tea.WithOutput(s.out), tea.WithoutSignalHandler())
	_, err := p.Run()
	if g.fault != nil || g.signal != nil {
		err = nil // what they left behind
	}
	return Ending{Fault: g.fault, Signal: g.signal, Err: err}
}

// signalMsg says that a signal came.
type signalMsg struct{ os.Signal }

// waitForSignal returns the command that waits for a signal. What ctrl+c sends
// while an editor has the terminal is meant for the editor, and passed over.
func waitForSignal(signals <-chan os.Signal, editing func() bool) tea.Cmd {
	return func() tea.Msg {
		got := <-signals
		for got == syscall.SIGINT && editing() {
			got = <-signals
		}
		return signalMsg{got}
	}
}

// SignalCode is the exit code after a signal, as shells have it.
func SignalCode(s os.Signal) int {
	if number, ok := s.(syscall.Signal); ok {
		return 128 + int(number)
	}
	return 1
}
