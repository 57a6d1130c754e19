package host

import (
	"fmt"
	"os"
	"runtime/debug"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/task"
)

// recovery is a model that ends the program in good order when a signal comes, or
// when the model it wraps panics, in its methods or in a command. Bubble Tea's own
// recovery prints to standard output, often onto the alternate screen, where it
// is lost.
type recovery struct {
	model  tea.Model
	work   []tea.Cmd
	failed chan struct{} // closed when drawing has panicked
	fault  *task.PanicMsg
	signal os.Signal
}

// newRecovery returns one that starts work beside the model.
func newRecovery(model tea.Model, work ...tea.Cmd) *recovery {
	g := &recovery{model: model, work: work, failed: make(chan struct{})}
	g.work = append(g.work, func() tea.Msg { // drawing itself cannot end a program
		<-g.failed
		return tea.Quit()
	})
	return g
}

// Init starts the model and the work beside it.
func (g *recovery) Init() (cmd tea.Cmd) {
	defer g.recover(func() { cmd = tea.Quit })
	return guarded(tea.Batch(append([]tea.Cmd{g.model.Init()}, g.work...)...))
}

// Update passes a message on, unless it ends the program.
func (g *recovery) Update(msg tea.Msg) (self tea.Model, cmd tea.Cmd) {
	self = g // what is returned after a panic as well
	switch msg := msg.(type) {
	case signalMsg:
		g.signal = msg.Signal
		return self, tea.Quit
	case task.PanicMsg:
		g.fault = &msg
	}
	if g.fault != nil {
		return self, tea.Quit
	}
	defer g.recover(func() { cmd = tea.Quit })
	g.model, cmd = g.model.Update(msg)
	return self, guarded(cmd)
}

// View draws the model, and nothing after a fault.
func (g *recovery) View() (view string) {
	if g.fault != nil {
		return ""
	}
	defer g.recover(func() { close(g.failed) })
	return g.model.View()
}

// recover keeps what was panicked with, and calls end if there was anything.
func (g *recovery) recover(end func()) {
	if p := recover(); p != nil {
		g.fault = Fault(p)
		end()
	}
}

// Fault is what a panic is reported as, with the stack of the caller.
func Fault(p any) *task.PanicMsg {
	err, ok := p.(error)
	if !ok {
		err = fmt.Errorf("%v", p)
	}
	return &task.PanicMsg{Err: err, Stack: debug.Stack()}
}

// guarded makes a command that turns its panic into a message. Commands in a
// batch are guarded as well.
func guarded(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				msg = *Fault(p)
			}
		}()
		msg = cmd()
		if batch, ok := msg.(tea.BatchMsg); ok {
			safe := make(tea.BatchMsg, len(batch))
			for i, c := range batch {
				safe[i] = guarded(c)
			}
			return safe
		}
		return msg
	}
}
