package widget_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"ampedit/ui/style"
	"ampedit/ui/uitest"
	"ampedit/ui/widget"
)

func TestCodePrompt(t *testing.T) {
	p := widget.NewCodePrompt(style.New(termenv.Ascii), "MFA code", "why")
	for _, step := range []struct {
		keys string
		code string
	}{{"12", "12"}, {"a q", "12"}, {"٣", "12"}, {"3456", "123456"}, {"7", "123456"}} {
		for _, r := range step.keys {
			if got := p.Update(uitest.Key(string(r))); got != widget.Pending {
				t.Errorf("%q answers %v", r, got)
			}
		}
		if p.Code() != step.code {
			t.Errorf("after %q the code is %q", step.keys, p.Code())
		}
	}
	if got := p.Update(uitest.Key("enter")); got != widget.AnswerYes {
		t.Errorf("enter answers %v", got)
	}
	p = widget.NewCodePrompt(style.New(termenv.Ascii), "MFA code", "why")
	p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("123 456\n"), Paste: true})
	if p.Code() != "123456" {
		t.Errorf("pasted: %q", p.Code())
	}
	if got := p.Update(uitest.Key("esc")); got != widget.AnswerNo {
		t.Errorf("esc answers %v", got)
	}
}

func TestCodePromptFits(t *testing.T) {
	p := widget.NewCodePrompt(style.New(termenv.Ascii), "MFA code", widget.Repeat("a long reason ", 20), "role arn:aws:iam::123456789012:role/"+widget.Repeat("x", 80))
	p.Update(uitest.Key("enter"))
	for _, size := range [][2]int{{120, 34}, {80, 18}, {60, 11}, {40, 6}} {
		lines := strings.Split(string(p.View(size[0], size[1])), "\n")
		if len(lines) > size[1] || !strings.Contains(strings.Join(lines, "\n"), "Code:") {
			t.Errorf("%v: %d lines\n%s", size, len(lines), strings.Join(lines, "\n"))
		}
		for _, l := range lines {
			if ansi.StringWidth(l) > size[0] {
				t.Errorf("%v: too wide: %q", size, l)
			}
		}
	}
}
