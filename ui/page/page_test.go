package page_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/muesli/termenv"

	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/task"
	"ampedit/ui/uitest"
)

var begin = time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)

// newShared returns what pages stand on, without a backend.
func newShared(t *testing.T) *page.Shared {
	t.Helper()
	clock := uitest.NewClock(begin)
	tasks := task.NewRunner(t.Context(), clock)
	disk := fstest.MapFS{}
	return &page.Shared{
		Styles: style.New(termenv.Ascii), Edit: edit.New(clock.Now), Tasks: tasks, Now: clock.Now, Disk: disk,
		Lists: &edit.Lists{Disk: disk}, LookUps: task.NewLatest(tasks),
		Trouble:       func() *page.Trouble { return nil },
		ResumeCommand: func(s *submission.Submission) string { return "ampedit watch " + s.Name() },
	}
}

func press(p page.Page, names ...string) (event page.Event) {
	for _, name := range names {
		event, _ = p.Update(uitest.Key(name))
	}
	return event
}

func TestMoreList(t *testing.T) {
	s := newShared(t)
	p := page.NewMore(s)
	p.SetSize(80, 20)
	p.Focus(false)
	modes := func() string {
		var out []string
		for _, e := range s.Edit.Answers.Live() {
			out = append(out, e.Values.Text(forms.KeyMode))
		}
		return strings.Join(out, " ")
	}
	for _, mode := range []string{"AWS_IAM", "API_KEY", "OPENID_CONNECT"} {
		s.Edit.Answers.Add(mode)
	}
	for _, c := range []struct{ keys, want string }{
		{"J", "API_KEY AWS_IAM OPENID_CONNECT"}, // the selection goes along
		{"J", "API_KEY OPENID_CONNECT AWS_IAM"},
		{"J", "API_KEY OPENID_CONNECT AWS_IAM"}, // there is no further
		{"K K", "AWS_IAM API_KEY OPENID_CONNECT"},
		{"down d", "AWS_IAM OPENID_CONNECT"},
		{"u", "AWS_IAM API_KEY OPENID_CONNECT"},
		{"d up u", "AWS_IAM API_KEY OPENID_CONNECT"}, // undo finds the one removed last
	} {
		press(p, strings.Fields(c.keys)...)
		if modes() != c.want {
			t.Errorf("after %s the order is %s, not %s\n%s", c.keys, modes(), c.want, p.View())
		}
	}
}

func TestPagerSearch(t *testing.T) {
	var text strings.Builder
	for i := range 100 {
		fmt.Fprintf(&text, "line %d %s\n", i+1, map[bool]string{true: "Needle\x1b[31m"}[i%30 == 10])
	}
	p := page.NewPager(newShared(t), "schema.graphql", text.String())
	p.SetSize(60, 12)
	shows := func(texts ...string) {
		t.Helper()
		for _, want := range texts {
			if !strings.Contains(string(p.View()), want) {
				t.Errorf("%q is not in sight:\n%s", want, p.View())
			}
		}
	}
	shows("line 1 ")
	press(p, "/")
	if !p.Capturing() {
		t.Fatal("letters are no text in a search")
	}
	press(p, "n", "e", "e", "d", "l", "e", "enter")
	shows("line 11 Needle", "1 of 3 matches")
	press(p, "n")
	shows("line 41 Needle", "2 of 3 matches")
	press(p, "n", "n")
	shows("line 11 Needle") // around the end
	press(p, "N")
	shows("line 71 Needle", "3 of 3 matches")
	press(p, "G")
	shows("line 100")
	press(p, "g")
	shows("line 1 ")
	if strings.Contains(string(p.View()), "\x1b") {
		t.Errorf("an escape sequence of the text is drawn: %q", p.View())
	}
	if press(p, "esc") != page.CloseIt {
		t.Error("esc does not close the pager")
	}
}

func TestPagerScrollsSideways(t *testing.T) {
	p := page.NewPager(newShared(t), "x", strings.Repeat("0123456789", 10)+"END")
	p.SetSize(40, 5)
	for range 12 {
		press(p, "right")
	}
	if !strings.Contains(string(p.View()), "END") {
		t.Errorf("the end of a long line cannot be seen:\n%s", p.View())
	}
	for range 20 {
		press(p, "left")
	}
	if !strings.Contains(string(p.View()), "0123456789012") {
		t.Errorf("the start cannot be seen again:\n%s", p.View())
	}
}
