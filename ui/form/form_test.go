package form_test

import (
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/form"
	"ampedit/ui/style"
	"ampedit/ui/uitest"
)

// host is a form's host without a program.
type host struct {
	answers *forms.Answers
	base    *wire.ResourceConfig
	changed []forms.Ref
}

func (h *host) Answers() *forms.Answers { return h.answers }

func (h *host) Context() forms.Context {
	return forms.Context{Base: h.base, Now: time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)}
}

func (h *host) Problems() []forms.Problem { return forms.Check(h.answers, h.Context()) }

func (h *host) Changed(ref forms.Ref) tea.Cmd {
	h.changed = append(h.changed, ref)
	return nil
}

func newForm(step forms.Step, mode wire.Mode) (*form.Form, *host) {
	h := &host{answers: forms.NewAnswers()}
	if mode != "" {
		h.answers.Default[forms.KeyMode] = forms.Value{Text: string(mode)}
	}
	f := form.New(style.New(termenv.Ascii), h, step, forms.NoEntry, "Continue", "Other")
	f.SetSize(80, 24)
	f.Focus(false)
	return f, h
}

func press(f *form.Form, names ...string) (event form.Event) {
	for _, name := range names {
		event, _ = f.Update(uitest.Key(name))
	}
	return event
}

func at(key forms.Key) forms.Ref { return forms.At(forms.StepDefault, key) }

func TestFocusRing(t *testing.T) {
	f, _ := newForm(forms.StepDefault, wire.ModeAPIKey)
	var stops []string
	for event := form.Handled; event == form.Handled; event = press(f, "tab") {
		stops = append(stops, string(f.Ref().Key)+string(f.Button()))
	}
	if want := "mode settings.description settings.expirationTime Continue Other"; strings.Join(stops, " ") != want {
		t.Errorf("the stops are %q", stops)
	}
	if press(f, "tab") != form.PastEnd {
		t.Error("tab on the last stop does not leave at the end")
	}
	f.Focus(false)
	if press(f, "shift+tab") != form.PastTop {
		t.Error("shift+tab on the first stop does not leave at the top")
	}
	if f.Focus(true); f.Button() != "Other" {
		t.Errorf("the last stop is %q", f.Button())
	}
}

func TestEnterGoesOn(t *testing.T) {
	f, _ := newForm(forms.StepDefault, wire.ModeAPIKey)
	for _, want := range []form.Event{form.Handled, form.Handled, form.Continue} {
		if got := press(f, "enter"); got != want {
			t.Errorf("enter at %q gives %v, want %v", f.Ref().Key, got, want)
		}
	}
	press(f, "tab")
	if press(f, "enter") != form.Pressed || f.Button() != "Continue" {
		t.Errorf("enter does not press %q", f.Button())
	}
}

func TestChoiceStopsAtItsEnds(t *testing.T) {
	f, h := newForm(forms.StepDefault, wire.ModeAPIKey)
	press(f, "left")
	if got := h.answers.Text(at(forms.KeyMode)); got != string(wire.ModeAPIKey) || len(h.changed) != 0 {
		t.Errorf("left of the first option is %q, %d changes", got, len(h.changed))
	}
	for range 9 {
		press(f, "right")
	}
	options := f.Fields()[0].Options
	if got := h.answers.Text(at(forms.KeyMode)); got != options[len(options)-1].Value {
		t.Errorf("the last option is %q", got)
	}
}

// TestSettingsComeBack chooses another mode and the first one again.
func TestSettingsComeBack(t *testing.T) {
	f, _ := newForm(forms.StepDefault, wire.ModeAPIKey)
	press(f, "tab", "h", "i")
	f.Focus(false)
	press(f, "right")
	if strings.Contains(string(f.View()), "Description") {
		t.Error("a setting of another mode is shown")
	}
	press(f, "left", "tab")
	if !strings.Contains(string(f.View()), "hi") {
		t.Errorf("what was typed is gone:\n%s", f.View())
	}
}

func TestProblemsShowOnceTheyMatter(t *testing.T) {
	f, _ := newForm(forms.StepDefault, wire.ModeOIDC)
	if strings.Contains(string(f.View()), style.Failed) {
		t.Errorf("an untouched form complains:\n%s", f.View())
	}
	press(f, "tab", "tab") // over the provider name
	if strings.Count(string(f.View()), style.Failed) != 1 {
		t.Errorf("a field that was left empty does not complain alone:\n%s", f.View())
	}
	if !f.ShowProblems() || f.Ref().Key != forms.KeyProviderName || strings.Count(string(f.View()), style.Failed) != 3 {
		t.Errorf("not all problems show, or the focus is not on the first but %q:\n%s", f.Ref().Key, f.View())
	}
	press(f, "a", "c", "m", "e")
	if strings.Count(string(f.View()), style.Failed) != 2 {
		t.Errorf("a problem that is solved stays:\n%s", f.View())
	}
}

func TestBackNeverValidates(t *testing.T) {
	f, h := newForm(forms.StepDefault, wire.ModeOIDC)
	press(f, "tab", "tab")
	for _, r := range "nonsense" {
		press(f, string(r))
	}
	if press(f, "shift+tab", "shift+tab", "shift+tab") != form.PastTop {
		t.Error("a field that is wrong keeps the focus")
	}
	f.Blur()
	if got := h.answers.Text(at(forms.KeyIssuer)); got != "nonsense" {
		t.Errorf("what was typed is %q", got)
	}
}

func TestRestore(t *testing.T) {
	mode, old := wire.ModeAPIKey, "deployed"
	f, h := newForm(forms.StepDefault, mode)
	h.base = &wire.ResourceConfig{DefaultAuthType: &wire.AuthType{Mode: &mode, Settings: &wire.AuthSettings{Description: &old}}}
	h.answers.Rebase(nil, h.base)
	f.Focus(false)
	press(f, "tab", "!")
	if view := f.View(); !strings.Contains(string(view), "deployed!") || !strings.Contains(string(view), "~ was deployed") {
		t.Errorf("the difference is not marked:\n%s", view)
	}
	if press(f, "ctrl+r"); strings.Contains(string(f.View()), "!") {
		t.Errorf("ctrl+r does not put it back:\n%s", f.View())
	}
	f.Focus(true)
	if press(f, "ctrl+r") != form.Rejected || f.Reason() == "" {
		t.Error("ctrl+r on a button gives no reason")
	}
}

func TestSuggestions(t *testing.T) {
	f, h := newForm(forms.StepSchema, "")
	var asked []string
	f.SetCompleter(func(ref forms.Ref, text string, _ bool) tea.Cmd {
		asked = append(asked, text)
		return nil
	})
	press(f, "right", "tab", "s")
	answer := func(text string, values ...string) {
		msg := form.CompletionMsg{Ref: f.Ref(), Text: text}
		for _, v := range values {
			msg.Items = append(msg.Items, edit.Suggestion{Value: v})
		}
		f.SetCompletion(msg)
	}
	answer("outdated", "wrong/")
	if f.Completing() {
		t.Error("an answer for another text is shown")
	}
	answer("s", "src/", "schema.graphql")
	if !f.Completing() || !strings.Contains(string(f.View()), "schema.graphql") {
		t.Errorf("the suggestions are not shown:\n%s", f.View())
	}
	press(f, "down", "down", "enter")
	if got := h.answers.Text(forms.At(forms.StepSchema, forms.KeySchemaPath)); got != "schema.graphql" || f.Completing() {
		t.Errorf("the second suggestion gives %q", got)
	}
	press(f, "x")
	answer("schema.graphqlx", "never")
	if press(f, "esc"); f.Completing() {
		t.Error("esc does not close the list")
	}
	if asked[0] != "s" || asked[len(asked)-1] != "schema.graphqlx" {
		t.Errorf("looked up %q", asked)
	}
}

func TestAValueIsDrawnCleanAndSentAsItIs(t *testing.T) {
	const value = "key da2-abcdefghijklmnop\u202e\x1b[8m\tend"
	f, h := newForm(forms.StepDefault, wire.ModeAPIKey)
	h.answers.Set(at(forms.KeyDescription), value)
	f.Reload()
	view := string(f.View())
	if !strings.Contains(view, "key [redacted]") || strings.Contains(view, "da2-") || strings.ContainsAny(view, "\u202e\t\x1b") {
		t.Errorf("without the focus the value is drawn as\n%q", view)
	}
	press(f, "tab")
	if view := ansi.Strip(string(f.View())); !strings.Contains(view, "••••••••") || strings.Contains(view, "da2-") {
		t.Errorf("with the focus the value is drawn as\n%s", view)
	}
	press(f, "!")
	if got := h.answers.Text(at(forms.KeyDescription)); got != value+"!" {
		t.Errorf("after typing the value is %q", got)
	}
}

// TestViewIsExact draws forms of every kind at every size with the focus on each
// stop: the lines are as many as given, and the focused one is among them.
func TestViewIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.SampledFrom([]forms.Step{forms.StepTarget, forms.StepDefault, forms.StepConflicts, forms.StepSchema}).Draw(t, "step")
		f, h := newForm(step, rapid.SampledFrom(wire.Modes()).Draw(t, "mode"))
		for range rapid.IntRange(0, 12).Draw(t, "keys") {
			press(f, rapid.SampledFrom([]string{"tab", "right", "x", "日", "shift+tab"}).Draw(t, "key"))
		}
		if rapid.Bool().Draw(t, "all problems") {
			f.ShowProblems()
		}
		w, hh := rapid.IntRange(1, 120).Draw(t, "w"), rapid.IntRange(1, 40).Draw(t, "h")
		f.SetSize(w, hh)
		lines := strings.Split(string(f.View()), "\n")
		if len(lines) != hh {
			t.Fatalf("%d lines, not %d", len(lines), hh)
		}
		for _, l := range lines {
			if ansi.StringWidth(l) > w {
				t.Fatalf("%q is wider than %d", l, w)
			}
		}
		if w > 30 && !strings.Contains(strings.Join(lines, "\n"), style.Focus) {
			t.Fatalf("the focus is not visible at %d×%d on %q%q of %v:\n%s", w, hh, f.Ref().Key, f.Button(), h.answers, strings.Join(lines, "\n"))
		}
	})
}
