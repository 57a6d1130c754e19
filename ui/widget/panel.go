package widget

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ampedit/ui/style"
)

// RuleLine draws a rule over w cells, with a title in it if there is one.
func RuleLine(s *style.Styles, title string, w int) string {
	if title == "" {
		return s.Border.Render(strings.Repeat(style.Rule, max(w, 0)))
	}
	title = ansi.Truncate(title, max(w-8, 0), "…")
	rest := strings.Repeat(style.Rule, max(w-ansi.StringWidth(title)-6, 0))
	return ansi.Truncate(" "+s.Border.Render("──")+" "+s.Title.Render(title)+" "+s.Border.Render(rest), max(w, 0), "")
}

// Frame draws a box with a title around lines. w is the width of the box.
func Frame(s *style.Styles, title string, lines []string, w int) string {
	inner := max(w-4, 1)
	title = ansi.Truncate(title, max(inner-2, 0), "…")
	top := s.Border.Render("┌─ ") + s.Title.Render(title) + s.Border.Render(" "+strings.Repeat(style.Rule, max(inner-ansi.StringWidth(title)-1, 0))+"┐")
	out := []string{top}
	for _, l := range lines {
		out = append(out, s.Border.Render("│")+" "+Pad(l, inner)+" "+s.Border.Render("│"))
	}
	return strings.Join(append(out, s.Border.Render("└"+strings.Repeat(style.Rule, inner+2)+"┘")), "\n")
}
