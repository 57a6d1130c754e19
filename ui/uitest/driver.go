package uitest

import (
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// patience bounds the waiting for work that neither ends nor waits for the
// clock. It only turns a hanging test into one that fails.
const patience = 30 * time.Second

// Driver runs a model without a program. It gives it messages and runs its
// commands one after the other, each until it has returned or waits for the
// clock. So nothing depends on how goroutines are scheduled.
type Driver struct {
	t     testing.TB
	model tea.Model
	clock *Clock
	w, h  int

	inbox    []tea.Msg
	commands []command // not started yet
	running  []command // started, not returned
	results  chan result
	started  int

	quit      bool
	suspended int
	executed  int
}

// command is a command with those of its sequence that come after it.
type command struct {
	number int
	run    tea.Cmd
	then   []tea.Cmd
}

type result struct {
	number int
	msg    tea.Msg
}

// New starts a model on a screen of w by h cells and settles it. The clock must
// be the one that the model's commands wait for.
func New(t testing.TB, model tea.Model, w, h int, clock *Clock) *Driver {
	t.Helper()
	d := &Driver{t: t, model: model, clock: clock, w: w, h: h, results: make(chan result, 64)}
	d.enqueue(model.Init())
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
	return d
}

// Send gives the model a message and settles.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.deliver(msg)
	d.settle()
}

// Press presses keys by their names in Bubble Tea, such as enter, ctrl+s or x.
func (d *Driver) Press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.Send(Key(name))
	}
}

// Type types a text key by key.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		d.Send(runeKey(r))
	}
}

// Paste pastes a text, as a terminal with bracketed paste does.
func (d *Driver) Paste(text string) {
	d.t.Helper()
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Resize changes the size of the screen.
func (d *Driver) Resize(w, h int) {
	d.t.Helper()
	d.w, d.h = w, h
	d.Send(tea.WindowSizeMsg{Width: w, Height: h})
}

// Advance moves the clock by by. Whoever waits is woken at its time, one after
// the other, and the model settles each time.
func (d *Driver) Advance(by time.Duration) {
	d.t.Helper()
	limit := d.clock.Now().Add(by)
	for d.clock.step(limit) {
		d.settle()
	}
	d.settle()
}

// Size returns the size of the screen in cells.
func (d *Driver) Size() (w, h int) { return d.w, d.h }

// Left reports whether the model has ended the program.
func (d *Driver) Left() bool { return d.quit }

// Suspended returns how often the model suspended the program.
func (d *Driver) Suspended() int { return d.suspended }

// Executed returns how many other programs, such as an editor, the model asked
// to run. None is.
func (d *Driver) Executed() int { return d.executed }

// InFlight returns how many commands have not returned; each waits for the clock.
func (d *Driver) InFlight() int { return len(d.running) }

// settle works until nothing is left to do before the clock moves.
func (d *Driver) settle() {
	d.t.Helper()
	for {
		d.await()
		switch {
		case len(d.inbox) > 0:
			msg := d.inbox[0]
			d.inbox = d.inbox[1:]
			d.deliver(msg)
		case len(d.commands) > 0:
			c := d.commands[0]
			d.commands = d.commands[1:]
			d.start(c)
		default:
			d.model.View() // as a program would; a model may take its sizes from it
			return
		}
	}
}

func (d *Driver) start(c command) {
	d.started++
	c.number = d.started
	d.running = append(d.running, c)
	go func() { d.results <- result{c.number, c.run()} }()
}

// await waits until each command that was started has returned or waits for the
// clock, and puts what has returned into the inbox in the order of starting.
func (d *Driver) await() {
	d.t.Helper()
	var done []result
	var deadline <-chan time.Time
	for {
		for taken := true; taken; {
			select {
			case r := <-d.results:
				done = append(done, r)
			default:
				taken = false
			}
		}
		if len(d.running)-len(done) <= d.clock.Parked() {
			break
		}
		if deadline == nil {
			timer := time.NewTimer(patience)
			defer timer.Stop()
			deadline = timer.C
		}
		select {
		case r := <-d.results:
			done = append(done, r)
		case <-d.clock.parked:
		case <-deadline:
			stacks := make([]byte, 1<<20)
			d.t.Fatalf("a command neither returns nor waits for the clock\n%s", stacks[:runtime.Stack(stacks, true)])
		}
	}
	slices.SortFunc(done, func(a, b result) int { return a.number - b.number })
	for _, r := range done {
		d.finish(r)
	}
}

// finish takes a command's result, and starts what comes after it.
func (d *Driver) finish(r result) {
	at := slices.IndexFunc(d.running, func(c command) bool { return c.number == r.number })
	then := d.running[at].then
	d.running = slices.Delete(d.running, at, at+1)
	d.inbox = append(d.inbox, r.msg)
	d.sequence(then)
}

func (d *Driver) enqueue(cmd tea.Cmd) {
	if cmd != nil {
		d.commands = append(d.commands, command{run: cmd})
	}
}

func (d *Driver) sequence(cmds []tea.Cmd) {
	if cmds = slices.DeleteFunc(cmds, func(c tea.Cmd) bool { return c == nil }); len(cmds) > 0 {
		d.commands = append(d.commands, command{run: cmds[0], then: cmds[1:]})
	}
}

// deliver gives the model one message, after doing what a program does with it.
func (d *Driver) deliver(msg tea.Msg) {
	if msg == nil || d.quit {
		return
	}
	switch msg := msg.(type) {
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.enqueue(cmd)
		}
		return
	case tea.QuitMsg:
		d.quit = true
		return
	case tea.SuspendMsg:
		d.suspended++
		d.inbox = append(d.inbox, tea.ResumeMsg{})
	}
	switch v := reflect.ValueOf(msg); v.Type().String() {
	case "tea.sequenceMsg":
		d.sequence(slices.Clone(v.Convert(reflect.TypeFor[[]tea.Cmd]()).Interface().([]tea.Cmd)))
		return
	case "tea.windowSizeMsg":
		d.inbox = append(d.inbox, tea.WindowSizeMsg{Width: d.w, Height: d.h})
		return
	case "tea.execMsg":
		d.executed++
		return
	}
	model, cmd := d.model.Update(msg)
	d.model = model
	d.enqueue(cmd)
}

// Raw returns the screen with its escape sequences.
func (d *Driver) Raw() string { return d.model.View() }

// View returns the screen as plain text, without spaces at the ends of lines.
func (d *Driver) View() string {
	lines := strings.Split(ansi.Strip(d.Raw()), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.Join(lines, "\n")
}

// Has reports whether the screen shows a text, on one line.
func (d *Driver) Has(text string) bool { return strings.Contains(d.View(), text) }

// Want fails the test unless the screen shows each of the texts, on one line.
func (d *Driver) Want(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !d.Has(text) {
			d.t.Fatalf("%q is not on the screen\n%s", text, d.Boxed())
		}
	}
}

// WantNot fails the test if the screen shows one of the texts.
func (d *Driver) WantNot(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if d.Has(text) {
			d.t.Fatalf("%q is on the screen\n%s", text, d.Boxed())
		}
	}
}

// Line returns the first line of the screen that holds a text; the test fails if
// none does.
func (d *Driver) Line(text string) string {
	d.t.Helper()
	d.Want(text)
	for _, l := range strings.Split(d.View(), "\n") {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}

// Boxed returns the screen in a frame, for messages of tests.
func (d *Driver) Boxed() string {
	rule := strings.Repeat("─", d.w)
	var b strings.Builder
	b.WriteString("┌" + rule + "┐\n")
	for _, l := range strings.Split(d.View(), "\n") {
		b.WriteString("│" + l + strings.Repeat(" ", max(d.w-ansi.StringWidth(l), 0)) + "│\n")
	}
	return b.String() + "└" + rule + "┘"
}
