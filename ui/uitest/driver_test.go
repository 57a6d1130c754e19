package uitest_test

import (
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/uitest"
)

// log is a model that writes down what it receives. A key gives the command that
// stands under its name.
type log struct {
	init tea.Cmd
	cmds map[string]tea.Cmd
	seen []string
}

func (l *log) Init() tea.Cmd { return l.init }

func (l *log) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyMsg:
		l.seen = append(l.seen, "key "+msg.String())
		return l, l.cmds[msg.String()]
	case tea.WindowSizeMsg:
		l.seen = append(l.seen, "size")
	case tea.ResumeMsg:
		l.seen = append(l.seen, "resume")
	case string:
		l.seen = append(l.seen, msg)
	}
	return l, nil
}

func (l *log) View() string { return strings.Join(l.seen, "\n") }

func send(text string) tea.Cmd { return func() tea.Msg { return text } }

func after(clock *uitest.Clock, d time.Duration, text string) tea.Cmd {
	return func() tea.Msg {
		if clock.Wait(context.Background(), d) != nil {
			return "cancelled " + text
		}
		return text
	}
}

func newLog(t *testing.T) (*log, *uitest.Clock) {
	t.Helper()
	clock := uitest.NewClock(time.Unix(0, 0))
	return &log{cmds: map[string]tea.Cmd{}}, clock
}

func want(t *testing.T, l *log, seen ...string) {
	t.Helper()
	if got, want := strings.Join(l.seen, ", "), strings.Join(seen, ", "); got != want {
		t.Errorf("the model saw\n %s, not\n %s", got, want)
	}
}

func TestBatchAndSequenceKeepTheirOrder(t *testing.T) {
	l, clock := newLog(t)
	l.init = tea.Batch(send("one"), nil, tea.Sequence(send("two"), nil, after(clock, time.Second, "three"), send("four")), send("five"))
	d := uitest.New(t, l, 20, 5, clock)
	want(t, l, "size", "one", "five", "two")
	d.Advance(time.Second)
	want(t, l, "size", "one", "five", "two", "three", "four")
}

func TestAdvanceWakesEachWaiterAtItsTime(t *testing.T) {
	l, clock := newLog(t)
	var at []time.Duration
	tick := func(d time.Duration, text string) tea.Cmd {
		wait := after(clock, d, text)
		return func() tea.Msg {
			msg := wait()
			at = append(at, clock.Now().Sub(time.Unix(0, 0)))
			return msg
		}
	}
	l.init = tea.Batch(tick(3*time.Second, "late"), tick(time.Second, "early"), tick(time.Hour, "never"))
	d := uitest.New(t, l, 20, 5, clock)
	d.Advance(999 * time.Millisecond)
	want(t, l, "size")
	d.Advance(9 * time.Second)
	want(t, l, "size", "early", "late")
	if len(at) != 2 || at[0] != time.Second || at[1] != 3*time.Second {
		t.Errorf("woken at %v", at)
	}
	if d.InFlight() != 1 || clock.Parked() != 1 {
		t.Errorf("%d in flight, %d parked; one is left", d.InFlight(), clock.Parked())
	}
}

func TestCancelledWaiterRunsOnBeforeTheClockMoves(t *testing.T) {
	l, clock := newLog(t)
	ctx, cancel := context.WithCancel(context.Background())
	l.init = func() tea.Msg { return clock.Wait(ctx, time.Hour).Error() }
	l.cmds["x"] = func() tea.Msg { cancel(); return nil }
	uitest.New(t, l, 20, 5, clock).Press("x")
	want(t, l, "size", "key x", "context canceled")
}

func TestWhatAProgramDoes(t *testing.T) {
	l, clock := newLog(t)
	l.cmds["s"], l.cmds["w"], l.cmds["q"] = tea.Suspend, tea.WindowSize(), tea.Quit
	l.cmds["e"] = tea.ExecProcess(exec.Command("never-run"), nil)
	d := uitest.New(t, l, 20, 5, clock)
	d.Press("s", "w", "e", "q", "x")
	want(t, l, "size", "key s", "resume", "key w", "size", "key e", "key q")
	if !d.Left() || d.Suspended() != 1 || d.Executed() != 1 {
		t.Errorf("left %v, suspended %d, executed %d", d.Left(), d.Suspended(), d.Executed())
	}
}

func TestKeys(t *testing.T) {
	for _, name := range []string{"enter", "tab", "shift+tab", "esc", "ctrl+s", "up", "pgdown", "home", "backspace", "delete", "f1", "x", "ä", " "} {
		if got := uitest.Key(name).String(); got != name {
			t.Errorf("Key(%q) is %q", name, got)
		}
	}
}
