package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ampedit/ui/keys"
	"ampedit/ui/widget"
)

// Pager shows a text, with line numbers and a search.
type Pager struct {
	*Shared
	name, text string
	lines      []string // as they are drawn
	marks      map[int]string
	view       viewport.Model
	input      textinput.Model
	searching  bool
	query      string
	matches    []int
	match      int
	w, h       int
	left       int
	at         int // the line that was gone to, from 0; -1 before
	schema     *schemaText
}

// NewPager returns a pager over a text; name is the file's when it is written.
func NewPager(s *Shared, name, text string) *Pager {
	p := newPager(s, name, text)
	p.render()
	return p
}

func newPager(s *Shared, name, text string) *Pager {
	p := &Pager{Shared: s, name: name, text: text, at: -1, lines: strings.Split(widget.Clean(strings.TrimSuffix(text, "\n")), "\n"), view: viewport.New(0, 0), input: widget.NewInput(s.Styles)}
	p.view.KeyMap = viewport.KeyMap{}
	p.view.MouseWheelEnabled = false
	return p
}

// render gives the lines to the viewport; never per key.
func (p *Pager) render() {
	digits := len(fmt.Sprint(len(p.lines)))
	out := make([]string, len(p.lines))
	hit := map[int]bool{}
	for _, m := range p.matches {
		hit[m] = true
	}
	for i, l := range p.lines {
		st := p.Styles.Faint
		if i == p.at {
			st = p.Styles.Current
		}
		number := st.Render(fmt.Sprintf(" %*d ", digits, p.number(i)))
		mark := " "
		if p.marks[i] != "" {
			mark = p.marks[i]
		}
		if hit[i] && p.query != "" {
			mark = p.Styles.Current.Render("›")
		}
		gap := ""
		if p.schema != nil { // its lines begin with text more often than not
			gap = " "
		}
		out[i] = number + mark + gap + ansi.Cut(l, p.left, p.left+max(p.w-digits-3-len(gap), 0))
	}
	p.view.SetContent(strings.Join(out, "\n"))
}

// SetSize gives the pager its place.
func (p *Pager) SetSize(w, h int) {
	resized := w != p.w
	p.w, p.h = w, h
	p.view.Width, p.view.Height = w, max(h-1, 0)
	if resized {
		p.render()
	}
	if resized && p.at >= 0 {
		p.GoTo(p.at + 1)
	}
	p.view.SetYOffset(p.view.YOffset)
}

// number is the number of a line, counted from 0, within its file.
func (p *Pager) number(i int) int {
	if p.schema == nil {
		return i + 1
	}
	_, line := p.schema.source.Locate(i + 1)
	return line
}

// here is the line, counted from 0, that was gone to, or the first in sight.
func (p *Pager) here() int {
	if p.at >= p.view.YOffset && p.at < p.view.YOffset+p.view.Height {
		return p.at
	}
	return p.view.YOffset
}

// View draws the text and a status line.
func (p *Pager) View() string {
	status := fmt.Sprintf(" %s  %d lines  %d%%", widget.CleanLine(p.name), len(p.lines), int(p.view.ScrollPercent()*100))
	if p.schema != nil {
		status = " " + p.schema.status(p.Styles, p.here(), status)
	}
	switch {
	case p.searching:
		p.input.Width = max(p.w-4, 1)
		status = " /" + p.input.View()
	case p.query != "":
		status = fmt.Sprintf(" /%s  %d of %d matches", widget.CleanLine(p.query), min(p.match+1, len(p.matches)), len(p.matches))
	}
	lines := append([]string{p.Styles.Faint.Render(status)}, strings.Split(p.view.View(), "\n")...)
	return widget.Fit(lines, p.w, p.h)
}

// Update takes a key.
func (p *Pager) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	if p.searching {
		return Handled, p.updateSearch(msg)
	}
	switch {
	case key.Matches(msg, keys.Close):
		return CloseIt, nil
	case key.Matches(msg, keys.Up):
		p.view.ScrollUp(1)
	case key.Matches(msg, keys.Down):
		p.view.ScrollDown(1)
	case key.Matches(msg, keys.PageUp):
		p.view.PageUp()
	case key.Matches(msg, keys.PageDown):
		p.view.PageDown()
	case key.Matches(msg, keys.Top):
		p.view.GotoTop()
	case key.Matches(msg, keys.Bottom):
		p.view.GotoBottom()
	case key.Matches(msg, keys.PrevTab):
		p.scrollTo(p.left - 8)
	case key.Matches(msg, keys.NextTab):
		p.scrollTo(p.left + 8)
	case key.Matches(msg, keys.Search):
		p.searching = true
		p.input.SetValue("")
		p.input.Focus()
	case key.Matches(msg, keys.SearchNext):
		return Handled, p.jump(1)
	case key.Matches(msg, keys.SearchPrev):
		return Handled, p.jump(-1)
	case key.Matches(msg, keys.Copy):
		return Handled, Send(CopyMsg{What: p.name, Text: p.text})
	case key.Matches(msg, keys.Write):
		return Handled, Send(WriteMsg{Name: p.name, Text: p.text})
	case key.Matches(msg, keys.Editor) && p.schema != nil && p.schema.open != nil:
		return CloseIt, p.schema.open(p.here() + 1)
	case key.Matches(msg, keys.Editor):
		return Handled, Send(ViewMsg{Name: p.name, Text: p.text})
	default:
		return Ignored, nil
	}
	return Handled, nil
}

func (p *Pager) scrollTo(left int) {
	p.left = max(left, 0)
	p.render()
}

func (p *Pager) updateSearch(msg tea.KeyMsg) tea.Cmd {
	switch {
	case key.Matches(msg, keys.Back):
		p.searching = false
	case key.Matches(msg, keys.Open):
		p.searching = false
		p.search(p.input.Value())
		if len(p.matches) == 0 && p.query != "" {
			return refuse("not found: " + widget.CleanLine(p.query))
		}
		return p.jump(0)
	default:
		p.input, _ = p.input.Update(msg)
	}
	return nil
}

func (p *Pager) search(query string) {
	p.query, p.matches, p.match = query, nil, 0
	if query == "" {
		p.matches = p.marked()
	} else {
		for i, l := range p.lines {
			if strings.Contains(strings.ToLower(ansi.Strip(l)), strings.ToLower(query)) {
				p.matches = append(p.matches, i)
			}
		}
	}
	p.render()
}

// marked are the lines with a mark, which are gone through while nothing is
// searched for.
func (p *Pager) marked() []int { return slices.Sorted(maps.Keys(p.marks)) }

func (p *Pager) jump(by int) tea.Cmd {
	if len(p.matches) == 0 {
		return refuse("nothing is searched for; / searches")
	}
	p.match = (p.match + by + len(p.matches)) % len(p.matches)
	p.GoTo(p.matches[p.match] + 1)
	return nil
}

// GoTo scrolls so that a line, counted from 1, is in sight.
func (p *Pager) GoTo(line int) {
	p.at = line - 1
	if i := slices.Index(p.matches, p.at); i >= 0 {
		p.match = i
	}
	p.render()
	p.view.SetYOffset(max(p.at-p.view.Height/3, 0))
}

// Receive takes every other message.
func (p *Pager) Receive(tea.Msg) tea.Cmd { return nil }

// Focus does nothing: a pager has the focus while it is shown.
func (p *Pager) Focus(bool) {}

// Blur does nothing: a pager has the focus while it is shown.
func (p *Pager) Blur() {}

// Capturing reports whether letters are text now.
func (p *Pager) Capturing() bool { return p.searching }

// Keys are the bindings that do something now.
func (p *Pager) Keys() []key.Binding {
	if p.searching {
		return []key.Binding{keys.Open, keys.Back}
	}
	out := []key.Binding{keys.Down, keys.Up, keys.PageDown, keys.PageUp, keys.Search}
	switch {
	case len(p.matches) > 0 && p.query == "":
		out = append([]key.Binding{keys.NextFault, keys.PrevFault, keys.Editor}, out...)
		return append(out, keys.Top, keys.Bottom, keys.Copy, keys.Write, keys.Close)
	case len(p.matches) > 0:
		out = append(out, keys.SearchNext, keys.SearchPrev)
	}
	return append(out, keys.Top, keys.Bottom, keys.Copy, keys.Write, keys.Editor, keys.Close)
}
