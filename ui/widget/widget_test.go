package widget_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
	"ampedit/ui/uitest"
	"ampedit/ui/widget"
)

var plain = style.New(termenv.Ascii)

// anyText draws texts with wide, combining and control characters.
var anyText = rapid.StringOfN(rapid.RuneFrom([]rune("ab ｗ日é́\x1b[31m\t…┃")), 0, 60, -1)

func TestFitIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.Map(anyText, sanitize.Line), 0, 8).Draw(t, "lines")
		w, h := rapid.IntRange(0, 40).Draw(t, "w"), rapid.IntRange(1, 10).Draw(t, "h")
		got := strings.Split(string(widget.Fit(lines, w, h)), "\n")
		if len(got) != h {
			t.Fatalf("%d lines, not %d", len(got), h)
		}
		for _, l := range got {
			if ansi.StringWidth(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
	})
}

func TestFitCutsAndFills(t *testing.T) {
	if got := widget.Fit([]sanitize.Text{"abcdef", "日本語"}, 4, 3); got != "abc…\n日…\n" {
		t.Errorf("Fit gave %q", got)
	}
	if got := widget.Fit([]sanitize.Text{"abc"}, -1, -1); got != "" {
		t.Errorf("without room Fit gave %q", got)
	}
}

func TestWrapKeepsTheWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`([a-zｗ日]{1,12} ?){0,12}`).Draw(t, "text")
		w := rapid.IntRange(2, 30).Draw(t, "w")
		lines := widget.Wrap(sanitize.Text(text), w)
		for _, l := range lines {
			if ansi.StringWidth(string(l)) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		squeeze := func(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }
		if squeeze(string(sanitize.Join(lines, ""))) != squeeze(text) {
			t.Fatalf("%q became %q", text, lines)
		}
	})
}

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		left, right sanitize.Text
		w           int
		want        sanitize.Text
	}{
		{"left", "right", 12, "left   right"},
		{"left", "right", 10, "left right"},
		{"leftmost", "right", 10, "lef… right"},
		{"left", "right", 4, "rig…"},
		{"left", "", 3, "le…"},
		{"日本", "x", 6, "日本 x"},
		{"left", "right", 0, ""},
	} {
		if got := widget.Ends(c.left, c.right, c.w); got != c.want {
			t.Errorf("Ends(%q, %q, %d) is %q, not %q", c.left, c.right, c.w, got, c.want)
		}
	}
}

func TestOverKeepsWhatItDoesNotCover(t *testing.T) {
	screen := sanitize.Join([]sanitize.Text{"aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"}, "\n")
	want := sanitize.Join([]sanitize.Text{"aaaaaaaa", "bb1234bb", "cc5 78cc", "dddddddd"}, "\n")
	if got := widget.Over(screen, "1234\n5 78", 8, 4); got != want {
		t.Errorf("Over gave\n%s", got)
	}
	for _, l := range strings.Split(string(widget.Over("日本語日本\n日本語日本", "xxx", 10, 2)), "\n") {
		if ansi.StringWidth(l) > 10 {
			t.Errorf("%q is wider than the screen", l)
		}
	}
	if got := widget.Over("ab", "1\n2\n3", 2, 1); strings.Count(string(got), "\n") != 0 {
		t.Errorf("a box that is too high makes the screen higher: %q", got)
	}
}

func TestCleanLinesAreThoseOfTheText(t *testing.T) {
	got := widget.CleanLines("a\x1b[31m\tb\r\nc\rd\u2028e\n", sanitize.Verbatim)
	if want := "a  b|c|d e|"; string(sanitize.Join(got, "|")) != want {
		t.Errorf("the lines are %q", got)
	}
}

func TestStepper(t *testing.T) {
	steps := []widget.StepState{
		{Name: "Target", Done: true}, {Name: "More", Done: true, Count: 2, Changed: true}, {Name: "Schema", Problems: 1}, {Name: "Job"},
	}
	for _, c := range []struct {
		w       int
		focused bool
		want    []string
	}{
		{80, true, []string{"┃", "1 Target ✓", "[2 More]✓2~", "3 Schema ✗1", "4 Job"}},
		{80, false, []string{"[2 More]✓2~"}},
		{30, true, []string{"┃", "[2 More]✓2~", "3✗1"}},
		{10, true, []string{"┃", "2/4 More"}},
	} {
		got := widget.Stepper(plain, steps, 1, c.focused, c.w)
		for _, part := range c.want {
			if !strings.Contains(string(got), part) {
				t.Errorf("at %d cells %q does not show %q", c.w, got, part)
			}
		}
		if strings.Contains(string(got), "┃") != c.focused {
			t.Errorf("at %d cells the focus is wrong: %q", c.w, got)
		}
	}
	for w := range 100 {
		if got := widget.Stepper(plain, steps, 1, true, w); ansi.StringWidth(string(got)) > w {
			t.Errorf("%q is wider than %d", got, w)
		}
	}
}

func binding(name, does string) key.Binding {
	return key.NewBinding(key.WithKeys(name), key.WithHelp(name, does))
}

func TestFooterKeepsHelp(t *testing.T) {
	off := binding("z", "off")
	off.SetEnabled(false)
	bindings := []key.Binding{binding("a", "add"), off, binding("tab", "next"), binding("?", "all keys")}
	if got := widget.Footer(plain, bindings, "saved ", 40); got != " a add  tab next  ? all keys      saved " {
		t.Errorf("Footer gave %q", got)
	}
	if got := widget.Footer(plain, bindings, "", 20); got != " a add  ? all keys" {
		t.Errorf("a narrow Footer gave %q", got)
	}
	for w := range 50 {
		if got := widget.Footer(plain, bindings, "something happened", w); ansi.StringWidth(string(got)) > w {
			t.Errorf("%q is wider than %d", got, w)
		}
	}
}

func TestHelpLinesSayEachKeyOnce(t *testing.T) {
	got := widget.HelpLines(plain, []key.Binding{binding("a", "add"), binding("ctrl+s", "go on"), binding("a", "add")})
	want := "a       add\nctrl+s  go on"
	if joined(got) != want {
		t.Errorf("HelpLines gave %q", got)
	}
}

func press(d *widget.Dialog, names ...string) widget.Answer {
	answer := widget.Pending
	for _, name := range names {
		answer = d.Update(uitest.Key(name))
	}
	return answer
}

func TestDialogDefaultsToNo(t *testing.T) {
	for _, c := range []struct {
		keys []string
		want widget.Answer
	}{
		{[]string{"enter"}, widget.AnswerNo},
		{[]string{"esc"}, widget.AnswerNo},
		{[]string{"n"}, widget.AnswerNo},
		{[]string{"y"}, widget.AnswerYes},
		{[]string{"tab", "enter"}, widget.AnswerYes},
		{[]string{"tab", "tab", "enter"}, widget.AnswerNo},
		{[]string{"x", "ctrl+s", "up"}, widget.Pending},
	} {
		if got := press(widget.NewDialog(plain, "Sure?", "yes", "no", ""), c.keys...); got != c.want {
			t.Errorf("%v answers %v, not %v", c.keys, got, c.want)
		}
	}
}

// A third button is reached by the arrows alone, and stays in sight on any screen.
func TestDialogWithAThirdButton(t *testing.T) {
	open := func() *widget.Dialog {
		d := widget.NewDialog(plain, "Take it?", "take it up", "not now", "")
		d.Other = "discard it"
		return d
	}
	for _, c := range []struct {
		keys []string
		want widget.Answer
	}{
		{[]string{"enter"}, widget.AnswerNo},
		{[]string{"right", "enter"}, widget.AnswerYes},
		{[]string{"right", "tab", "enter"}, widget.AnswerOther},
		{[]string{"left", "enter"}, widget.AnswerOther},
		{[]string{"right", "right", "right", "enter"}, widget.AnswerNo},
		{[]string{"left", "shift+tab", "enter"}, widget.AnswerYes},
		{[]string{"left", "y"}, widget.AnswerYes},
		{[]string{"left", "n"}, widget.AnswerNo},
		{[]string{"d", "x"}, widget.Pending},
	} {
		if got := press(open(), c.keys...); got != c.want {
			t.Errorf("%v answers %v, not %v", c.keys, got, c.want)
		}
	}
	for w := 40; w <= 80; w += 5 {
		view := string(open().View(w, 8))
		for _, l := range strings.Split(view, "\n") {
			if ansi.StringWidth(l) > w {
				t.Errorf("%q is wider than %d", l, w)
			}
		}
		for _, label := range []string{"[ take it up ]", "[ not now ]", "[ discard it ]"} {
			if !strings.Contains(view, label) {
				t.Errorf("at %d %q is missing:\n%s", w, label, view)
			}
		}
	}
}

func TestDialogWithAWord(t *testing.T) {
	d := widget.NewDialog(plain, "Sure?", "send", "stay", "prod")
	if press(d, "y", "enter") != widget.Pending {
		t.Error("y answers a dialog that wants a word")
	}
	if view := d.View(60, 20); !strings.Contains(string(view), "That is not prod") {
		t.Errorf("nothing says that the word is wrong:\n%s", view)
	}
	if press(d, "backspace", "p", "r", "o", "d", "enter") != widget.AnswerYes {
		t.Error("the word does not answer")
	}
}

func TestBlockedDialogSaysWhy(t *testing.T) {
	d := widget.NewDialog(plain, "Sure?", "send", "stay", "")
	d.Blocked = "Not yet."
	if press(d, "y") != widget.Pending || !strings.Contains(string(d.View(60, 20)), "Not yet.") {
		t.Errorf("a blocked dialog is answered, or does not say why:\n%s", d.View(60, 20))
	}
	if press(d, "n") != widget.AnswerNo {
		t.Error("a blocked dialog cannot be closed")
	}
}

func TestDialogKeepsItsInput(t *testing.T) {
	d := widget.NewDialog(plain, "Send this to prod?", "send", "stay", "prod")
	d.Lines = widget.Split(widget.Repeat("a line of the dialog that is rather long\n", 30))
	press(d, "p", "r", "o")
	for w := 36; w <= 90; w += 3 {
		for h := 5; h <= 30; h += 5 {
			view := d.View(w, h)
			lines := strings.Split(string(view), "\n")
			if len(lines) > h || !strings.Contains(string(view), "to confirm: pro") || w > 50 && !strings.Contains(string(view), "esc  stay") {
				t.Fatalf("at %d×%d:\n%s", w, h, view)
			}
			for _, l := range lines {
				if ansi.StringWidth(l) > w {
					t.Fatalf("%q is wider than %d", l, w)
				}
			}
		}
	}
}

func TestScrollReachesTheEndAndCloses(t *testing.T) {
	s := widget.NewScroll(plain, "Help", widget.Split("one\ntwo\nthree\nfour\nfive\nsix"))
	if view := s.View(30, 4); !strings.Contains(string(view), "three") || strings.Contains(string(view), "four") {
		t.Errorf("the top is\n%s", view)
	}
	for range 20 {
		if s.Update(uitest.Key("down")) {
			t.Fatal("down closes")
		}
	}
	if view := s.View(30, 4); !strings.Contains(string(view), "four") || !strings.Contains(string(view), "six") {
		t.Errorf("the end is\n%s", view)
	}
	s.Update(uitest.Key("pgup"))
	if view := s.View(30, 4); !strings.Contains(string(view), "one") {
		t.Errorf("a page up is\n%s", view)
	}
	for _, name := range []string{"esc", "q", "?", "ctrl+g"} {
		if !s.Update(uitest.Key(name)) {
			t.Errorf("%s does not close", name)
		}
	}
}
