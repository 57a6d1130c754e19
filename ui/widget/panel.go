package widget

import (
	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// RuleLine draws a rule over w cells, with a title in it if there is one.
func RuleLine(s *style.Styles, title sanitize.Text, w int) sanitize.Text {
	if title == "" {
		return s.Border.Render(Repeat(style.Rule, w))
	}
	title = Truncate(title, w-8)
	rest := Repeat(style.Rule, w-Width(title)-6)
	return Cut(" "+s.Border.Render("──")+" "+s.Title.Render(title)+" "+s.Border.Render(rest), 0, max(w, 0))
}

// Frame draws a box with a title around lines. w is the width of the box.
func Frame(s *style.Styles, title sanitize.Text, lines []sanitize.Text, w int) sanitize.Text {
	inner := max(w-4, 1)
	title = Truncate(title, inner-2)
	top := s.Border.Render("┌─ ") + s.Title.Render(title) + s.Border.Render(" "+Repeat(style.Rule, inner-Width(title)-1)+"┐")
	out := []sanitize.Text{top}
	for _, l := range lines {
		out = append(out, s.Border.Render("│")+" "+Pad(l, inner)+" "+s.Border.Render("│"))
	}
	return sanitize.Join(append(out, s.Border.Render("└"+Repeat(style.Rule, inner+2)+"┘")), "\n")
}
