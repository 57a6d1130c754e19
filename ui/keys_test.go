package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/uitest"
)

// TestEachListedKeyMeansSomething presses every key that a place lists.
func TestEachListedKeyMeansSomething(t *testing.T) {
	if testing.Short() {
		t.Skip("every key at every place: a matter of keys, not of what runs at the same time")
	}
	for name, reach := range places {
		t.Run(name, func(t *testing.T) {
			p := start(t, setup{w: 100, h: 30, emulator: emulator.Options{Scenario: emulator.Stuck}})
			reach(p)
			var pressed []string
			for _, binding := range p.app.KeysHere() {
				if !binding.Enabled() {
					t.Errorf("%q is listed but disabled", binding.Help().Key)
				}
				pressed = append(pressed, binding.Keys()...)
			}
			if len(pressed) == 0 {
				t.Fatal("no key is listed")
			}
			for i, name := range pressed {
				if i > 0 {
					p = start(t, setup{w: 100, h: 30, emulator: emulator.Options{Scenario: emulator.Stuck}})
					reach(p)
				}
				p.Press(name)
				if p.Has("does nothing here") {
					t.Errorf("%s is listed, but:\n%s", name, p.Boxed())
				}
			}
		})
	}
}

func TestUnknownKeySaysSo(t *testing.T) {
	p := start(t, setup{})
	for _, number := range []string{"4", "6", "7"} {
		p.into(number)
		p.Press("Z")
		p.Want("Z does nothing here; ? shows what does")
	}
}

// everyLetter holds each letter, digit and sign that means something elsewhere.
const everyLetter = "q?1234567/RaedukjJKKywvhlnNgGbfx y"

func TestLettersAreTextInTextFields(t *testing.T) {
	p := start(t, setup{})
	answers := p.app.Edit().Answers
	for i, key := range []forms.Key{
		forms.KeyProfile, forms.KeyRegion, forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName, forms.KeyAPIName, forms.KeyService,
	} {
		p.into("1")
		for range i {
			p.Press("tab")
		}
		before := answers.Text(forms.At(forms.StepTarget, key))
		p.Type(everyLetter)
		if got := answers.Text(forms.At(forms.StepTarget, key)); got != before+everyLetter {
			t.Errorf("%s holds %q", key, got)
		}
		for range everyLetter {
			p.Press("backspace") // before the target is left, and read
		}
	}
	p.into("2")
	p.Press("tab")
	p.Type(everyLetter)
	p.Want(everyLetter)
	p.into("5")
	p.Press("right", "tab")
	p.Type(everyLetter)
	if got := answers.Text(forms.At(forms.StepSchema, forms.KeySchemaPath)); got != everyLetter {
		t.Errorf("the path is %q", got)
	}
	p.Press("esc", "esc")
	p.into("5")
	p.Press("left", "v", "/")
	p.Type("q?1/R")
	p.Want("/q?1/R")
	p.Press("esc", "esc")
	p.change()
	p.to("6")
	p.Press("ctrl+s")
	p.Type("q?1R")
	p.Want("to confirm: q?1R")
}

func TestPasteWithANewlineIsOneText(t *testing.T) {
	p := start(t, setup{})
	p.into("2")
	p.Press("tab")
	p.Paste(" pasted\nin two\tlines\r\nq\x1b[31m\u202e")
	got := p.app.Edit().Answers.Text(forms.At(forms.StepDefault, forms.KeyDescription))
	if strings.ContainsAny(got, "\n\r\t\x1b\u202e") || !strings.HasPrefix(got, "web client pasted in two") {
		t.Errorf("the description is %q", got)
	}
	p.Want("[2 Default]")
	p.to("4")
	p.Paste("1q")
	p.Want("nothing here takes text", "[4 Conflicts]")
}

func TestEscNeverLeaves(t *testing.T) {
	p := start(t, setup{})
	p.change()
	for range 30 {
		p.Press("esc")
	}
	if p.Left() || !p.Has("[1 Target]") {
		t.Errorf("30 times esc:\n%s", p.Boxed())
	}
	p.wantKept(t)
}

func TestLeaving(t *testing.T) {
	t.Run("nothing to lose", func(t *testing.T) {
		p := start(t, setup{})
		p.Press("q")
		if !p.Left() {
			t.Errorf("q asks although nothing was changed\n%s", p.Boxed())
		}
	})
	t.Run("q asks", func(t *testing.T) {
		p := start(t, setup{})
		p.change()
		p.to("4")
		p.Press("q")
		p.Want("Leave ampedit?")
		p.Press("enter") // the default is to stay
		p.WantNot("Leave ampedit?")
		p.wantKept(t)
		p.to("4")
		p.Press("q", "y")
		if !p.Left() {
			t.Error("y does not leave")
		}
	})
	t.Run("ctrl+c twice", func(t *testing.T) {
		p := start(t, setup{})
		p.change()
		p.Press("ctrl+c")
		if p.Left() {
			t.Fatal("ctrl+c leaves at once although something would be lost")
		}
		p.Press("ctrl+c")
		if !p.Left() {
			t.Errorf("ctrl+c twice stays\n%s", p.Boxed())
		}
	})
	t.Run("while sending, with a moment for the answer", func(t *testing.T) {
		p := start(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Delay: time.Hour}}}, journal: newJournal(t)})
		p.change()
		p.approve()
		p.Press("q", "y")
		p.app.Finish(cancelled(t)) // the moment is over at once
		if s := p.submission(); !p.Left() || s.Verdict() != submission.Unknown || s.ExitCode() != 5 {
			t.Errorf("left %v, with %+v", p.Left(), s.Headline())
		}
	})
	t.Run("while sending", func(t *testing.T) {
		p := start(t, setup{emulator: emulator.Options{Faults: []emulator.Fault{{Operation: "UpdateBackendAPI", Delay: time.Hour}}}})
		p.change()
		p.approve()
		p.Press("q")
		p.Want("The request is on its way")
		p.Press("ctrl+c")
		p.app.Finish(t.Context()) // at once
		if s := p.submission(); !p.Left() || s.Verdict() != submission.Unknown || s.ExitCode() != 5 {
			t.Errorf("left %v, with %+v", p.Left(), s.Headline())
		}
	})
}

func TestSuspend(t *testing.T) {
	p := start(t, setup{})
	p.into("2")
	before := p.View()
	p.Press("ctrl+z")
	if p.Suspended() != 1 || p.View() != before {
		t.Errorf("suspended %d times\n%s", p.Suspended(), p.Boxed())
	}
	// Where nobody could bring it back, the program stays.
	p = start(t, setup{adjust: func(_ *program, c *ui.Config) { c.JobControl = false }})
	p.Press("ctrl+z")
	p.Want("nothing here could bring a suspended program back")
	if p.Press("?"); p.Suspended() != 0 || strings.Contains(p.View(), "suspend") {
		t.Errorf("suspended %d times\n%s", p.Suspended(), p.Boxed())
	}
}

// TestFieldEditing keeps the keys of line editing what they are everywhere.
func TestFieldEditing(t *testing.T) {
	p := start(t, setup{})
	p.into("2")
	p.Press("tab")
	for _, c := range []struct{ keys, want string }{
		{"ctrl+u", ""}, {"one two", "one two"}, {"ctrl+w", "one "}, {"ctrl+a", "one "}, {"x", "xone "}, {"ctrl+k", "x"},
		{"ctrl+e", "x"}, {"y", "xy"}, {"left", "xy"}, {"z", "xzy"}, {"backspace", "xy"}, {"delete", "x"}, {"ctrl+r", "web client"},
	} {
		if strings.Contains(c.keys, " ") {
			p.Type(c.keys)
		} else {
			p.Press(c.keys)
		}
		if got := p.app.Edit().Answers.Text(forms.At(forms.StepDefault, forms.KeyDescription)); got != c.want {
			t.Fatalf("after %s the description is %q, not %q", c.keys, got, c.want)
		}
	}
}

func TestDigitsOnTheStepper(t *testing.T) {
	p := start(t, setup{})
	for i, name := range []string{"Target", "Default", "More", "Conflicts", "Schema", "Review", "Job"} {
		p.Press(fmt.Sprint(i + 1))
		p.Want(fmt.Sprintf("[%d %s]", i+1, name))
	}
	p.Press("left", "left")
	p.Want("[5 Schema]")
	p.Press("ctrl+p")
	p.Want("[4 Conflicts]")
}

func TestCopyAndWrite(t *testing.T) {
	p := start(t, setup{})
	p.change()
	p.into("6")
	p.Press("right", "right", "y", "w")
	body := p.files["request.json"]
	if len(p.copied) != 1 || p.copied[0] != body || !strings.Contains(body, "web client two") {
		t.Errorf("copied %q, wrote %q", p.copied, p.files)
	}
	p.approve()
	if p.Advance(time.Minute); p.posts()[0] != body {
		t.Errorf("what was sent is not what the Request tab gave:\n%s\n%s", p.posts()[0], body)
	}
	p.Press("y")
	if len(p.copied) != 2 || p.copied[1] != p.submission().JobID() {
		t.Errorf("copied %q, not the job id", p.copied)
	}
}

func TestHelpTellsTheKeysOfThePlace(t *testing.T) {
	p := start(t, setup{})
	for _, place := range []string{"more", "plan", "pager", "schema suggestions"} {
		p = start(t, setup{w: 100, h: 60})
		places[place](p)
		listed := p.app.KeysHere()
		p.Press("ctrl+g")
		for _, binding := range listed {
			p.Want(binding.Help().Desc)
		}
	}
	p.Press(uitest.Key("esc").String())
	p.WantNot("Keys here")
}
