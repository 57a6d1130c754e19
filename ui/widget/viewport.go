package widget

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/viewport"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/ui/keys"
)

// Viewport shows some of many lines.
type Viewport struct{ model viewport.Model }

// NewViewport returns an empty one without a size.
func NewViewport() Viewport {
	v := Viewport{viewport.New(0, 0)}
	v.model.KeyMap = viewport.KeyMap{}
	v.model.MouseWheelEnabled = false
	return v
}

// SetLines replaces the lines. That takes time that grows with them.
func (v *Viewport) SetLines(lines []sanitize.Text) {
	v.model.SetContent(string(sanitize.Join(lines, "\n")))
}

// SetSize gives the viewport its place.
func (v *Viewport) SetSize(w, h int) {
	v.model.Width, v.model.Height = w, max(h, 0)
	v.model.SetYOffset(v.model.YOffset)
}

// ScrollTo puts a line, counted from 0, on top, as far as there are lines.
func (v *Viewport) ScrollTo(line int) { v.model.SetYOffset(line) }

// Top is the first line in sight, counted from 0.
func (v *Viewport) Top() int { return v.model.YOffset }

// Height is how many lines are in sight.
func (v *Viewport) Height() int { return v.model.Height }

// Total is how many lines there are.
func (v *Viewport) Total() int { return v.model.TotalLineCount() }

// Percent says how far it is scrolled, from 0 to 100.
func (v *Viewport) Percent() int { return int(v.model.ScrollPercent() * 100) }

// Update takes a key, and reports whether it scrolls.
func (v *Viewport) Update(msg tea.KeyMsg) bool {
	switch {
	case key.Matches(msg, keys.Up):
		v.model.ScrollUp(1)
	case key.Matches(msg, keys.Down):
		v.model.ScrollDown(1)
	case key.Matches(msg, keys.PageUp):
		v.model.PageUp()
	case key.Matches(msg, keys.PageDown):
		v.model.PageDown()
	case key.Matches(msg, keys.Top):
		v.model.GotoTop()
	case key.Matches(msg, keys.Bottom):
		v.model.GotoBottom()
	default:
		return false
	}
	return true
}

// Lines draws the lines in sight.
func (v *Viewport) Lines() []sanitize.Text { return Split(sanitize.Text(v.model.View())) }
