package widget_test

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"ampedit/client/sanitize"
	"ampedit/ui/uitest"
	"ampedit/ui/widget"
)

func newInput(value string) *widget.Input {
	in := widget.NewInput(plain)
	in.SetValue(value)
	in.Focus()
	return &in
}

// The value of an input is what it was, whatever is in it, and what is drawn of it
// are characters that a terminal draws, each in its cell.
func TestInputKeepsWhatItDoesNotDraw(t *testing.T) {
	const value = "a\x1b[31mb\u202ec\u200bd\x00e\tf\ng\xffh\uFFFDi\U000F0000j\U0010FFFDk"
	in := newInput(value)
	view := ansi.Strip(string(in.View(60)))
	if in.Value() != value {
		t.Errorf("the value is %q", in.Value())
	}
	if want := "a�[31mb�c�d�e�f�g�h�i�j�k"; strings.TrimRight(view, " ") != want {
		t.Errorf("drawn is %q, want %q", view, want)
	}
	in.Update(uitest.Key("home"))
	for range 2 {
		in.Update(uitest.Key("right"))
	}
	in.Update(uitest.Key("x"))
	if want := "a\x1bx" + value[2:]; in.Value() != want {
		t.Errorf("after typing behind the second character the value is %q, want %q", in.Value(), want)
	}
	in.Update(uitest.Key("backspace"))
	in.Update(uitest.Key("backspace"))
	if want := "a" + value[2:]; in.Value() != want {
		t.Errorf("after deleting what is not drawn the value is %q, want %q", in.Value(), want)
	}
}

func TestInputPastesOneLine(t *testing.T) {
	in := newInput("x")
	in.Update(tea.KeyMsg{Type: tea.KeyRunes, Paste: true, Runes: []rune(" da2-abcdefghijklmnop\nb\x1b[8m\u202ec")})
	if want := "x da2-abcdefghijklmnop bc"; in.Value() != want || !in.AtEnd() {
		t.Errorf("the value is %q, want %q", in.Value(), want)
	}
}

func TestInputOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := string(rapid.SliceOfN(rapid.Byte(), 0, 20).Draw(t, "bytes")) + rapid.StringOfN(rapid.Rune(), 0, 20, -1).Draw(t, "text")
		in := newInput(value)
		for range rapid.IntRange(0, 40).Draw(t, "moves") {
			in.Update(uitest.Key("left"))
		}
		for _, r := range ansi.Strip(string(in.View(rapid.IntRange(1, 30).Draw(t, "w")))) {
			if !sanitize.Drawn(r) {
				t.Fatalf("%q is drawn of %q", r, value)
			}
		}
		if in.Value() != value {
			t.Fatalf("%q became %q", value, in.Value())
		}
		in.Update(uitest.Key("x"))
		in.Update(uitest.Key("backspace"))
		if in.Value() != value {
			t.Fatalf("%q became %q by typing and deleting", value, in.Value())
		}
	})
}
