package widget

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
	"ampedit/ui/style"
)

// Scroll is a block of lines under a title that may be longer than its place.
type Scroll struct {
	styles *style.Styles
	title  sanitize.Text
	lines  []sanitize.Text
	top, h int
}

// NewScroll returns the block.
func NewScroll(s *style.Styles, title sanitize.Text, lines []sanitize.Text) *Scroll {
	return &Scroll{styles: s, title: title, lines: lines}
}

// View draws the block on exactly h lines.
func (b *Scroll) View(w, h int) sanitize.Text {
	b.h = max(h-1, 0)
	b.clamp()
	more := sanitize.Text("")
	if len(b.lines) > b.h {
		more = "↑↓ scroll "
	}
	out := []sanitize.Text{Ends(" "+b.styles.Title.Render(b.title), b.styles.Faint.Render(more), w)}
	for _, l := range b.lines[b.top:] {
		out = append(out, "  "+l)
	}
	return Fit(out, w, h)
}

func (b *Scroll) clamp() { b.top = max(0, min(b.top, len(b.lines)-b.h)) }

// Update takes a key. It reports whether the block is closed by it.
func (b *Scroll) Update(msg tea.KeyMsg) (closed bool) {
	switch {
	case key.Matches(msg, keys.Close), key.Matches(msg, keys.Help), key.Matches(msg, keys.HelpCtrl):
		return true
	case key.Matches(msg, keys.Up):
		b.top--
	case key.Matches(msg, keys.Down):
		b.top++
	case key.Matches(msg, keys.PageUp):
		b.top -= b.h
	case key.Matches(msg, keys.PageDown):
		b.top += b.h
	}
	b.clamp()
	return false
}
