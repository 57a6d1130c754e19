package ui_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
)

// someKeys are those that mean something somewhere, and some that never do.
var someKeys = []string{
	"tab", "tab", "shift+tab", "enter", "enter", "esc", "up", "down", "left", "right", "right", "pgup", "pgdown", "home", "end",
	"ctrl+s", "ctrl+n", "ctrl+p", "ctrl+o", "ctrl+t", "ctrl+r", "ctrl+g", "ctrl+z", "ctrl+a", "ctrl+e", "ctrl+k", "ctrl+u", "ctrl+w",
	"ctrl+x", "backspace", "delete", "f1", "f2", "f12", "shift+up", "shift+down", "insert",
	"1", "2", "3", "4", "5", "6", "7", "8", "0", "a", "e", "d", "u", "K", "J", "j", "k", "y", "n", "w", "/", "?", "R", "v", "l", "h", "g", "G",
	" ", "x", "日", "é", "~", "\u202e",
}

// TestMonkey presses 10,000 keys at random. The screen must always fit, and no
// two updates may be on their way at once.
func TestMonkey(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for pressed := 0; pressed < 10_000; {
		p := start(t, setup{environment: emulator.SampleDev})
		for ; pressed < 10_000 && !p.Left(); pressed++ {
			p.monkey(random)
			p.wantFits(t)
		}
	}
}

func (p *program) monkey(random *rand.Rand) {
	switch random.IntN(100) {
	case 0:
		p.Resize(random.IntN(130), random.IntN(45))
	case 1:
		p.Paste([]string{"pasted", "two\nlines", "\x1b[31m日本", ""}[random.IntN(4)])
	case 2:
		p.Advance(time.Duration(random.IntN(5000)) * time.Millisecond)
	case 3:
		if random.IntN(20) == 0 {
			p.Press([]string{"q", "ctrl+c"}[random.IntN(2)])
		}
	case 4:
		p.Type("schema.graphql")
	default:
		p.Press(someKeys[random.IntN(len(someKeys))])
	}
}

// TestWanderingLosesNothing fills the forms in and wanders about with keys that
// change nothing.
func TestWanderingLosesNothing(t *testing.T) {
	p := start(t, setup{})
	p.into("1")
	p.Press("shift+tab", "shift+tab", "shift+tab")
	p.into("2")
	p.Press("right", "right", "right", "tab")
	for _, text := range []string{"acme", "not a URL", "", "1 hour", "5"} { // half of it wrong
		p.Type(text)
		p.Press("tab")
	}
	p.into("3")
	p.Press("d", "a", "right", "tab")
	p.Type("half a key")
	p.Press("esc", "a", "esc")
	p.into("4")
	p.Press("right", "right")
	p.into("5")
	p.Press("right", "tab")
	p.Type("missing.graphql")

	before := p.app.Edit().Answers.Clone()
	moves := []string{"tab", "tab", "tab", "shift+tab", "enter", "esc", "ctrl+n", "ctrl+p", "ctrl+s", "ctrl+g", "pgup", "pgdown", "digit", "R"}
	random := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		move := moves[random.IntN(len(moves))]
		if move == "digit" || move == "R" {
			if !p.onStepper() {
				continue
			}
			if move == "digit" {
				move = string(rune('1' + random.IntN(7)))
			}
		}
		p.Press(move)
		if diff := cmp.Diff(before, p.app.Edit().Answers); diff != "" {
			t.Fatalf("%s changed an answer:\n%s\n%s", move, diff, p.Boxed())
		}
	}
	p.wantPosts(t, 0)
}

// onStepper reports whether the stepper has the focus and nothing lies above it.
func (p *program) onStepper() bool { return p.app.KeysHere()[0].Help().Desc == "steps" }
