package ui_test

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ampedit/client/emulator"
	"ampedit/ui/edit"
)

var sizes = []struct{ w, h int }{{120, 40}, {80, 24}, {60, 15}, {40, 10}}

// wantFits fails the test unless the screen has exactly the height and at most
// the width of the terminal.
func (p *program) wantFits(t *testing.T) {
	t.Helper()
	w, h := p.Size()
	if problem := misfit(p.Raw(), w, h); problem != "" {
		t.Fatalf("at %d×%d: %s\n%s", w, h, problem, p.Boxed())
	}
}

// misfit says what is wrong with the size of a screen.
func misfit(screen string, w, h int) string {
	if w == 0 || h == 0 {
		if screen != "" {
			return "something is drawn where there is no room"
		}
		return ""
	}
	lines := strings.Split(screen, "\n")
	if len(lines) != h {
		return "the height is wrong"
	}
	for _, l := range lines {
		if ansi.StringWidth(l) > w {
			return "a line is too long: " + l
		}
	}
	return ""
}

// places are all pages and what lies on top of them, each with the way to it.
var places = map[string]func(p *program){
	"stepper":      func(p *program) { p.to("4") },
	"target":       func(p *program) { p.into("1") },
	"default":      func(p *program) { p.into("2") },
	"default last": func(p *program) { p.to("2"); p.Press("shift+tab") },
	"more":         func(p *program) { p.into("3") },
	"entry":        func(p *program) { p.into("3"); p.Press("e") },
	"entry blank":  func(p *program) { p.into("3"); p.Press("a") },
	"entry OIDC": func(p *program) {
		p.into("3")
		p.Press("a", "right", "right", "right", "right", "tab", "tab", "tab")
	},
	"conflicts": func(p *program) { p.into("4") },
	"schema":    func(p *program) { p.into("5") },
	"schema suggestions": func(p *program) {
		p.into("5")
		p.Press("right", "tab")
		p.Type("s")
	},
	"schema problem": func(p *program) {
		p.into("5")
		p.Press("right", "tab")
		p.Type("no/such/file/" + strings.Repeat("long", 30))
	},
	"pager":        func(p *program) { p.into("5"); p.Press("v") },
	"pager search": func(p *program) { p.into("5"); p.Press("v", "/") },
	"origins":      func(p *program) { p.to("4"); p.Press("i") },
	"drift": func(p *program) {
		e := p.app.Edit()
		name, config := "other", e.Base().Config.Clone()
		config.APIName = &name
		e.SetLocal(&edit.Base{Target: e.Target(), Local: true, Config: config})
		p.to("1")
		p.Press("D")
	},
	"help":         func(p *program) { p.into("4"); p.Press("?") },
	"plan":         func(p *program) { p.change(); p.into("6") },
	"plan nothing": func(p *program) { p.into("6") },
	"plan blocked": func(p *program) { p.into("3"); p.Press("a"); p.into("6") },
	"plan button":  func(p *program) { p.change(); p.into("6"); p.Press("tab") },
	"diff":         func(p *program) { p.change(); p.into("6"); p.Press("right") },
	"request":      func(p *program) { p.into("6"); p.Press("right", "right") },
	"boto3":        func(p *program) { p.into("6"); p.Press("left") },
	"approval":     func(p *program) { p.change(); p.to("6"); p.Press("ctrl+s") },
	"leaving":      func(p *program) { p.change(); p.Press("ctrl+c") },
	"no job":       func(p *program) { p.into("7") },
	"job":          func(p *program) { p.change(); p.approve() },
}

// TestEverySize draws every page at every size.
func TestEverySize(t *testing.T) {
	stride := 1
	if testing.Short() {
		stride = 7
	}
	for name, reach := range places {
		p := start(t, setup{emulator: emulator.Options{Scenario: emulator.Stuck}})
		reach(p)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for h := 0; h <= 40; h += stride {
				for w := 0; w <= 120; w += stride {
					p.app.Update(tea.WindowSizeMsg{Width: w, Height: h})
					screen := p.app.View()
					problem := misfit(screen, w, h)
					if problem == "" && w >= 40 && h >= 10 && !focusVisible(name, screen) {
						problem = "the focus is not visible"
					}
					if problem != "" {
						t.Fatalf("at %d×%d: %s\n%s", w, h, problem, screen)
					}
				}
			}
		})
	}
}

// focusVisible reports whether a screen, drawn without colour, shows where keys
// go: by the bar, by a dialog's input, or by the place itself where nothing has
// a focus to move.
func focusVisible(place, screen string) bool {
	shown := []string{"┃"}
	switch place {
	case "approval":
		shown = []string{"Type prod to confirm:"}
	case "origins":
		shown = []string{"Who acts"}
	case "help":
		shown = []string{"Help"}
	case "pager":
		shown = []string{"schema.graphql"}
	case "pager search":
		shown = []string{" /"}
	case "no job", "job":
		shown = []string{"[7 Job]", "7/7 Job"}
	case "diff", "request", "boto3":
		shown = []string{"[Diff]", "[Request]", "[boto3]"}
	}
	return slices.ContainsFunc(shown, func(text string) bool { return strings.Contains(screen, text) })
}
