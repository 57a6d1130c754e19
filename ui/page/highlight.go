package page

import (
	"regexp"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// token finds what is coloured in a line of GraphQL: comments, strings,
// directives, keywords and the names of types.
var token = regexp.MustCompile(`#.*|"(?:[^"\\]|\\.)*"|@\w+|\b(?:type|input|enum|interface|union|scalar|extend|schema|directive|implements|true|false|null)\b|\b[A-Z]\w*\b`)

// highlight colours lines of GraphQL. It knows block strings, which go over
// several lines.
func highlight(s *style.Styles, lines []sanitize.Text) []sanitize.Text {
	out := make([]sanitize.Text, len(lines))
	inBlock := false
	for i, l := range lines {
		quotes := strings.Count(string(l), `"""`)
		if inBlock || quotes > 0 {
			out[i] = s.Faint.Render(l)
			inBlock = inBlock != (quotes%2 == 1)
			continue
		}
		out[i] = highlightLine(s, l)
	}
	return out
}

func highlightLine(s *style.Styles, line sanitize.Text) sanitize.Text {
	var parts []sanitize.Text
	end := 0
	for _, at := range token.FindAllStringIndex(string(line), -1) {
		t, st := line[at[0]:at[1]], s.Link
		switch {
		case t[0] == '#', t[0] == '"':
			st = s.Faint
		case t[0] == '@':
			st = s.Warning
		case t[0] >= 'A' && t[0] <= 'Z':
			st = s.Good
		}
		parts = append(parts, line[end:at[0]], st.Render(t))
		end = at[1]
	}
	return sanitize.Join(append(parts, line[end:]), "")
}
