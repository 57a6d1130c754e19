package widget

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// Footer writes the keys that do something here, and on the right what just
// happened. Keys that do not fit are left out from the end; the last binding,
// help, always stays.
func Footer(s *style.Styles, bindings []key.Binding, right sanitize.Text, w int) sanitize.Text {
	right = Truncate(right, w-1)
	room := w - 1
	if right != "" {
		room -= Width(right) + 2
	}
	var parts []sanitize.Text
	for _, b := range bindings {
		if b.Enabled() {
			parts = append(parts, s.Key.Render(keyName(b))+" "+s.Faint.Render(keyDoes(b)))
		}
	}
	if len(parts) == 0 {
		return Ends("", right, w)
	}
	last := parts[len(parts)-1]
	room -= Width(last)
	line := sanitize.Text("")
	for _, p := range parts[:len(parts)-1] {
		if room -= Width(p) + 2; room < 0 {
			break
		}
		line += p + "  "
	}
	return Ends(" "+sanitize.Text(strings.TrimLeft(string(line+last), " ")), right, w)
}

// HelpLines lists bindings one a line, keys aligned.
func HelpLines(s *style.Styles, bindings []key.Binding) []sanitize.Text {
	width := 0
	for _, b := range bindings {
		width = max(width, Width(keyName(b)))
	}
	var lines []sanitize.Text
	seen := map[sanitize.Text]bool{}
	for _, b := range bindings {
		id := keyName(b) + " " + keyDoes(b)
		if !b.Enabled() || seen[id] {
			continue
		}
		seen[id] = true
		lines = append(lines, s.Key.Render(Pad(keyName(b), width))+"  "+keyDoes(b))
	}
	return lines
}

// keyName and keyDoes are the help of a binding, which is of the program's own.
func keyName(b key.Binding) sanitize.Text { return sanitize.Text(b.Help().Key) }
func keyDoes(b key.Binding) sanitize.Text { return sanitize.Text(b.Help().Desc) }
