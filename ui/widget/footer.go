package widget

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"ampedit/ui/style"
)

// Footer writes the keys that do something here, and on the right what just
// happened. Keys that do not fit are left out from the end; the last binding,
// help, always stays.
func Footer(s *style.Styles, bindings []key.Binding, right string, w int) string {
	right = ansi.Truncate(right, max(w-1, 0), "…")
	room := w - 1
	if right != "" {
		room -= ansi.StringWidth(right) + 2
	}
	var parts []string
	for _, b := range bindings {
		if b.Enabled() {
			parts = append(parts, s.Key.Render(b.Help().Key)+" "+s.Faint.Render(b.Help().Desc))
		}
	}
	if len(parts) == 0 {
		return Ends("", right, w)
	}
	last := parts[len(parts)-1]
	room -= ansi.StringWidth(last)
	line := ""
	for _, p := range parts[:len(parts)-1] {
		if room -= ansi.StringWidth(p) + 2; room < 0 {
			break
		}
		line += p + "  "
	}
	return Ends(" "+strings.TrimLeft(line+last, " "), right, w)
}

// HelpLines lists bindings one a line, keys aligned.
func HelpLines(s *style.Styles, bindings []key.Binding) []string {
	width := 0
	for _, b := range bindings {
		width = max(width, ansi.StringWidth(b.Help().Key))
	}
	var lines []string
	seen := map[string]bool{}
	for _, b := range bindings {
		id := b.Help().Key + " " + b.Help().Desc
		if !b.Enabled() || seen[id] {
			continue
		}
		seen[id] = true
		lines = append(lines, s.Key.Render(Pad(b.Help().Key, width))+"  "+b.Help().Desc)
	}
	return lines
}
