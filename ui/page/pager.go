package page

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/widget"
)

// Pager shows a text, with line numbers and a search.
type Pager struct {
	*Shared
	name, text string
	lines      []sanitize.Text // as they are drawn
	marks      map[int]sanitize.Text
	view       widget.Viewport
	input      widget.Input
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
	p := newPager(s, name, text, sanitize.Line)
	p.render()
	return p
}

// newPager returns a pager whose lines are made fit to be drawn by clean, once.
func newPager(s *Shared, name, text string, clean func(string) sanitize.Text) *Pager {
	lines := widget.CleanLines(strings.TrimSuffix(text, "\n"), clean)
	return &Pager{Shared: s, name: name, text: text, at: -1, lines: lines, view: widget.NewViewport(), input: widget.NewInput(s.Styles)}
}

// render gives the lines to the viewport; never per frame.
func (p *Pager) render() {
	digits := len(fmt.Sprint(len(p.lines)))
	out := make([]sanitize.Text, len(p.lines))
	hit := map[int]bool{}
	for _, m := range p.matches {
		hit[m] = true
	}
	for i, l := range p.lines {
		st := p.Styles.Faint
		if i == p.at {
			st = p.Styles.Current
		}
		number := st.Render(sanitize.Format(" %*d ", digits, p.number(i)))
		mark := sanitize.Text(" ")
		if p.marks[i] != "" {
			mark = p.marks[i]
		}
		if hit[i] && p.query != "" {
			mark = p.Styles.Current.Render("›")
		}
		gap := sanitize.Text("")
		if p.schema != nil { // its lines begin with text more often than not
			gap = " "
		}
		out[i] = number + mark + gap + widget.Cut(l, p.left, p.left+max(p.w-digits-3-len(gap), 0))
	}
	p.view.SetLines(out)
}

// SetSize gives the pager its place.
func (p *Pager) SetSize(w, h int) {
	resized := w != p.w
	p.w, p.h = w, h
	p.view.SetSize(w, h-1)
	if resized {
		p.render()
	}
	if resized && p.at >= 0 {
		p.GoTo(p.at + 1)
	}
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
	if top := p.view.Top(); p.at < top || p.at >= top+p.view.Height() {
		return top
	}
	return p.at
}

// View draws the text and a status line.
func (p *Pager) View() sanitize.Text {
	status := sanitize.Format(" %s  %d lines  %d%%", p.name, len(p.lines), p.view.Percent())
	if p.schema != nil {
		status = " " + p.schema.status(p.Styles, p.here(), status)
	}
	switch {
	case p.searching:
		status = " /" + p.input.View(max(p.w-4, 1))
	case p.query != "":
		status = sanitize.Format(" /%s  %d of %d matches", p.query, min(p.match+1, len(p.matches)), len(p.matches))
	}
	lines := append([]sanitize.Text{p.Styles.Faint.Render(status)}, p.view.Lines()...)
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
	case p.view.Update(msg):
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
		return Handled, Send(CopyMsg{What: sanitize.Line(p.name), Text: p.text})
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
			return refuse("not found: " + sanitize.Line(p.query))
		}
		return p.jump(0)
	default:
		p.input.Update(msg)
	}
	return nil
}

func (p *Pager) search(query string) {
	p.query, p.matches, p.match = query, nil, 0
	if query == "" {
		p.matches = p.marked()
	} else {
		for i, l := range p.lines {
			if strings.Contains(strings.ToLower(widget.Plain(l)), strings.ToLower(query)) {
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
	p.view.ScrollTo(max(p.at-p.view.Height()/3, 0))
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
