package task_test

import (
	"context"
	"errors"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/ui/task"
	"ampedit/ui/uitest"
)

func newRunner(t *testing.T) (*task.Runner, *uitest.Clock) {
	t.Helper()
	clock := uitest.NewClock(time.Unix(0, 0))
	return task.NewRunner(t.Context(), clock), clock
}

func TestPanicBecomesAMessage(t *testing.T) {
	r, _ := newRunner(t)
	cause := errors.New("broken")
	for _, thrown := range []any{cause, "in words"} {
		msg, ok := r.Do(func(context.Context) tea.Msg { panic(thrown) })().(task.PanicMsg)
		if !ok || msg.Err == nil || len(msg.Stack) == 0 {
			t.Fatalf("panic(%v) gave %+v", thrown, msg)
		}
		if err, isErr := thrown.(error); isErr && !errors.Is(msg.Err, err) {
			t.Errorf("the error is %v, not the one that was thrown", msg.Err)
		}
	}
	if r.Running() != 0 {
		t.Errorf("%d are running after the panics", r.Running())
	}
}

func TestRunningCountsWorkUnderWay(t *testing.T) {
	r, _ := newRunner(t)
	during := 0
	r.Do(func(context.Context) tea.Msg { during = r.Running(); return nil })()
	if during != 1 || r.Running() != 0 {
		t.Errorf("%d while it ran, %d after it", during, r.Running())
	}
}

func TestStopEndsAllWork(t *testing.T) {
	r, clock := newRunner(t)
	wait := r.Do(func(ctx context.Context) tea.Msg { return clock.Wait(ctx, time.Hour) })
	latest := task.NewLatest(r).Do(func(ctx context.Context, _ int) tea.Msg { return clock.Wait(ctx, time.Hour) })
	r.Stop()
	for _, cmd := range []tea.Cmd{wait, latest} {
		if err, _ := cmd().(error); !errors.Is(err, context.Canceled) {
			t.Errorf("the work gave %v", err)
		}
	}
	if msg := r.After(time.Hour, "later")(); msg != nil {
		t.Errorf("After gave %v although the program ends", msg)
	}
}

func TestAfterWaitsForTheClock(t *testing.T) {
	r, clock := newRunner(t)
	d := uitest.New(t, &catcher{init: r.After(time.Minute, "now")}, 1, 1, clock)
	d.Advance(time.Minute - 1)
	d.WantNot("now")
	d.Advance(1)
	d.Want("now")
}

// catcher shows the last text it received.
type catcher struct {
	init tea.Cmd
	text string
}

func (c *catcher) Init() tea.Cmd { return c.init }

func (c *catcher) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if text, ok := msg.(string); ok {
		c.text = text
	}
	return c, nil
}

func (c *catcher) View() string { return c.text }

func TestOnlyTheLatestCounts(t *testing.T) {
	r, _ := newRunner(t)
	l := task.NewLatest(r)
	type result struct {
		generation int
		err        error
	}
	work := func(ctx context.Context, generation int) tea.Msg { return result{generation, ctx.Err()} }
	first := l.Do(work)
	second := l.Do(work)
	one, two := first().(result), second().(result)
	if !errors.Is(one.err, context.Canceled) || l.Current(one.generation) {
		t.Errorf("the first goes on: %+v", one)
	}
	if two.err != nil || !l.Current(two.generation) {
		t.Errorf("the second does not count: %+v", two)
	}
	third := l.Do(work)
	l.Cancel()
	if got := third().(result); got.err == nil || l.Current(got.generation) {
		t.Errorf("the third counts after Cancel: %+v", got)
	}
}
