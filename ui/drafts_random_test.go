package ui_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// TestNothingTypedIsLost types, leaves, kills, starts, sends and lets time pass in any
// order, in up to two programs at once, with and without a target or a connection, on
// a service whose jobs succeed or fail and whose answers get lost. Everything typed is
// unique. At any time what is not in effect, and what no user has removed, is in a
// program that runs or in a draft; nothing that is in effect or on its way is offered,
// and nothing that another program that runs has. At the end a fresh start offers all
// that is left.
func TestNothingTypedIsLost(t *testing.T) {
	walks := 12
	if testing.Short() {
		walks = 4
	}
	for seed := range walks {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h := newHouse(t, uint64(seed))
			for range 30 {
				h.something()
				h.check()
			}
			h.atTheEnd()
		})
	}
}

// house is where several programs run on one service and one journal.
type house struct {
	t       *testing.T
	random  *rand.Rand
	root    string
	wall    *uitest.Driver // moves the service's clock
	clock   *uitest.Clock
	server  *emulator.Emulator
	lossy   bool // answers may be lost
	running []*tenant
	typed   int
	log     []string
	// alive are the texts that are typed, not in effect, and that no user has removed.
	alive map[string]bool
}

// tenant is a program that runs.
type tenant struct {
	*program
	name    string
	journal *journal.Journal
	moved   bool // to another environment: what was typed for the first one is offered there
}

// still is a model that does nothing.
type still struct{}

func (still) Init() tea.Cmd                         { return nil }
func (s still) Update(tea.Msg) (tea.Model, tea.Cmd) { return s, nil }
func (still) View() string                          { return "" }

func newHouse(t *testing.T, seed uint64) *house {
	h := &house{t: t, random: rand.New(rand.NewPCG(seed, 1)), root: filepath.Join(t.TempDir(), "ampedit"), clock: uitest.NewClock(begin), alive: map[string]bool{}}
	o := emulator.Options{JobDuration: time.Duration(5+h.random.IntN(40)) * time.Second}
	switch h.random.IntN(4) {
	case 0:
		o.Scenario = emulator.Failed
	case 1:
		h.lossy = true
		o.Faults = []emulator.Fault{{Operation: "UpdateBackendAPI", First: 1 + h.random.IntN(2), Count: 1, Status: 504, Apply: h.random.IntN(2) == 0}}
	}
	h.server = uitest.Serve(t, h.clock, o)
	h.wall = uitest.New(t, still{}, 1, 1, h.clock)
	return h
}

func (h *house) note(format string, args ...any) { h.log = append(h.log, fmt.Sprintf(format, args...)) }

func (h *house) fail(format string, args ...any) {
	h.t.Helper()
	h.t.Fatalf("%s\nafter\n  %s", fmt.Sprintf(format, args...), strings.Join(h.log, "\n  "))
}

// pass lets time pass for all, in steps that no signature minds.
func (h *house) pass(d time.Duration) {
	for step := min(d, time.Second); d > 0; d -= step {
		h.wall.Advance(step)
		for _, p := range h.running {
			p.Advance(step)
		}
	}
}

func (h *house) start() *tenant {
	h.typed++
	p := &tenant{name: fmt.Sprintf("program %d", h.typed)}
	clock := uitest.NewClock(h.clock.Now())
	var err error
	if p.journal, err = journal.Open(journal.Options{Root: h.root, Files: uitest.Files{}, Now: clock.Now}); err != nil {
		h.t.Fatal(err)
	}
	s := setup{w: 120, h: 40, journal: p.journal, server: h.server, clock: clock}
	switch h.random.IntN(5) {
	case 0:
		s.defaults = map[forms.Key]string{}
	case 1:
		s.connect = func(context.Context, edit.Access) (*edit.Session, error) {
			return nil, errors.New("no connection today")
		}
	}
	h.note("%s starts, target %v, connection %v", p.name, s.defaults == nil, s.connect == nil)
	p.program = start(h.t, s)
	h.running = append(h.running, p)
	return p
}

// end ends a program: its user leaves, or the system kills it.
func (h *house) end(p *tenant, kill bool) {
	h.note("%s ends, killed %v", p.name, kill)
	if kill {
		h.pass(time.Second) // what is typed in the last one may be lost
		p.killed(p.journal)
	} else {
		p.leaveKeeping(h.t)
		p.journal.Close()
	}
	h.running = slices.DeleteFunc(h.running, func(other *tenant) bool { return other == p })
}

func (h *house) something() {
	if len(h.running) == 0 || len(h.running) == 1 && h.random.IntN(8) == 0 {
		h.start()
		return
	}
	p := h.running[h.random.IntN(len(h.running))]
	if h.answers(p) {
		return
	}
	switch h.random.IntN(13) {
	case 0, 1, 2, 3:
		h.types(p)
	case 4, 5:
		h.end(p, h.random.IntN(2) == 0)
	case 6, 7:
		h.sends(p)
	case 8:
		d := time.Duration(h.random.IntN(90)) * time.Second
		h.note("%s pass", d)
		h.pass(d)
	case 9:
		h.restores(p)
	case 10:
		h.moves(p)
	default:
		name := []string{"tab", "shift+tab", "esc", "ctrl+n", "ctrl+p", "ctrl+g", "R"}[h.random.IntN(7)]
		if name == "R" && p.app.Edit().Session() != nil {
			p.to("1")
		} else if name == "R" {
			return
		}
		h.note("%s: %s", p.name, name)
		p.Press(name)
	}
}

// answers answers what the program asks, if it does.
func (h *house) answers(p *tenant) bool {
	if p.Has("Leave ampedit?") {
		p.Press("esc")
	}
	if !p.Has("Take up the draft?") {
		return false
	}
	lines := h.offer(p)
	switch h.random.IntN(4) {
	case 0:
		h.note("%s discards %q", p.name, lines)
		p.Press("right", "right", "enter")
		for text := range h.alive { // a draft is discarded as a whole
			if len(h.holders(text)) == 0 {
				delete(h.alive, text)
			}
		}
	case 1:
		h.note("%s declines %q", p.name, lines)
		p.Press("n")
	default:
		h.note("%s takes up %q", p.name, lines)
		p.Press("y")
	}
	return true
}

// offer reads an offer off the screen and checks it.
func (h *house) offer(p *tenant) []string {
	h.t.Helper()
	var lines []string
	for _, l := range strings.Split(p.View(), "\n") {
		if _, after, ok := strings.Cut(l, "│  "); ok && strings.Contains(l, ": ") && strings.Count(l, "│") == 2 {
			lines = append(lines, strings.TrimSpace(strings.Trim(after, "│")))
		}
	}
	text := strings.Join(lines, "\n")
	now := h.deployed(p.app.Edit().Target().Environment)
	for word := range h.words(text) {
		if strings.Contains(now, word) && strings.Contains(text, "→ "+word) {
			h.fail("%s offers %q, which is in effect\n%s", p.name, word, p.Boxed())
		}
		for _, other := range h.running {
			if other != p && !other.moved && strings.Contains(h.answersOf(other), word) && !strings.Contains(now, word) && strings.Contains(text, "→ "+word) {
				h.fail("%s offers %q, which %s has\n%s", p.name, word, other.name, p.Boxed())
			}
		}
	}
	if !h.lossy && strings.Contains(text, "counted anew") {
		h.fail("%s offers a renewal that nobody asked for\n%s", p.name, p.Boxed())
	}
	return lines
}

// words are the unique words in a text.
func (h *house) words(text string) map[string]bool {
	out := map[string]bool{}
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '"' || r == ':' }) {
		if strings.HasPrefix(word, "typed") {
			out[word] = true
		}
	}
	return out
}

func (h *house) deployed(environment string) string {
	return h.server.Deployed(emulator.SampleAppID, environment, emulator.SampleResource)
}

var randomFields = []forms.Ref{forms.At(forms.StepDefault, forms.KeyDescription), forms.At(forms.StepTarget, forms.KeyAPIName)}

// answersOf is what stands in a program's fields.
func (h *house) answersOf(p *tenant) string {
	var texts []string
	for _, ref := range randomFields {
		texts = append(texts, p.app.Edit().Answers.Text(ref))
	}
	return strings.Join(texts, "\n")
}

// types puts a new text into a field, in place of what is there, or asks for a life of
// the API key that is never asked for twice.
func (h *house) types(p *tenant) {
	h.typed++
	text := fmt.Sprintf("typed%dx", 1000+h.typed)
	before := h.answersOf(p)
	switch h.random.IntN(3) {
	case 0:
		p.into("1")
		p.Press("tab", "tab", "tab", "tab", "tab", "ctrl+u")
		p.Type(text)
	case 1:
		p.into("2")
		if !p.Has("● API key") {
			p.choose("● API key")
		}
		p.Press("tab", "ctrl+u")
		p.Type(text)
	default:
		p.into("2")
		if !p.Has("● API key") {
			p.choose("● API key")
		}
		p.Press("tab", "tab", "ctrl+u")
		p.Type(fmt.Sprint(10 + h.typed))
		text = ""
	}
	after := h.answersOf(p)
	h.note("%s types %q (%q → %q)", p.name, text, before, after)
	if text != "" {
		if !strings.Contains(after, text) {
			h.fail("%q did not reach its field\n%s", text, p.Boxed())
		}
		h.alive[text] = true
	}
	h.removed(before, after)
}

// removed takes note of what a user has removed from a field.
func (h *house) removed(before, after string) {
	for word := range h.words(before) {
		if !strings.Contains(after, word) {
			delete(h.alive, word)
		}
	}
}

func (h *house) restores(p *tenant) {
	before := h.answersOf(p)
	p.into("2")
	p.Press("tab", "ctrl+r")
	h.note("%s puts the description back", p.name)
	h.removed(before, h.answersOf(p))
}

// moves goes to another environment, or comes back.
func (h *house) moves(p *tenant) {
	to := []string{emulator.SampleProd, emulator.SampleDev}[h.random.IntN(2)]
	h.note("%s goes to %s", p.name, to)
	p.into("1")
	p.Press("tab", "tab", "tab", "ctrl+u")
	p.Type(to)
	p.Press("ctrl+n")
	p.moved = true
}

func (h *house) sends(p *tenant) {
	p.to("6")
	p.Press("ctrl+s")
	if !p.Has("Send this to prod?") {
		h.note("%s cannot send", p.name)
		return
	}
	h.note("%s sends %q", p.name, h.answersOf(p))
	p.Type(emulator.SampleProd)
	p.Press("enter")
	if p.Has("Send this to prod?") {
		p.Press("esc")
	}
	h.pass(time.Duration(h.random.IntN(15)) * time.Second)
}

// holders says who has a text that was typed: programs that run, and drafts.
func (h *house) holders(text string) []string {
	var out []string
	for _, p := range h.running {
		if strings.Contains(h.answersOf(p), text) {
			out = append(out, p.name)
		}
	}
	names, err := filepath.Glob(filepath.Join(h.root, "drafts", "*.draft"))
	if err != nil {
		h.t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			h.t.Fatal(err)
		}
		_, content, _ := strings.Cut(string(data), "\n")
		if strings.Contains(content, text) {
			out = append(out, filepath.Base(name))
		}
	}
	return out
}

func (h *house) check() {
	h.t.Helper()
	now := h.deployed(emulator.SampleProd) // nothing is sent elsewhere
	for text := range h.alive {
		switch {
		case strings.Contains(now, text):
			delete(h.alive, text) // it was in effect, whatever comes after it
		case len(h.holders(text)) == 0:
			h.fail("%q is lost", text)
		}
	}
	for _, p := range h.running {
		if p.Has("Take up the draft?") {
			h.offer(p)
		}
	}
}

// atTheEnd ends all programs, lets all jobs end, and starts once more.
func (h *house) atTheEnd() {
	for len(h.running) > 0 {
		h.answers(h.running[0])
		h.end(h.running[0], h.random.IntN(2) == 0)
		h.check()
	}
	h.pass(10 * time.Minute)
	h.check()
	var offered string
	for _, env := range []string{emulator.SampleProd, emulator.SampleProd, emulator.SampleDev} { // the first start finds out what became of what was sent
		clock := uitest.NewClock(h.clock.Now())
		j, err := journal.Open(journal.Options{Root: h.root, Files: uitest.Files{}, Now: clock.Now})
		if err != nil {
			h.t.Fatal(err)
		}
		p := &tenant{name: "the last program", journal: j}
		p.program = start(h.t, setup{w: 120, h: 40, environment: env, journal: j, server: h.server, clock: clock})
		h.running = []*tenant{p}
		for range 60 {
			for p.Has("Take up the draft?") {
				offered += strings.Join(h.offer(p), "\n") + "\n"
				p.Press("n")
			}
			h.pass(10 * time.Second)
		}
		h.end(p, false)
	}
	h.check()
	open, err := filepath.Glob(filepath.Join(h.root, "receipts", "*.open.json"))
	if err != nil {
		h.t.Fatal(err)
	}
	for text := range h.alive {
		if !strings.Contains(offered, text) && len(open) == 0 {
			h.fail("%q is kept in %q and not offered:\n%s", text, h.holders(text), offered)
		}
	}
}
