package page

import (
	"regexp"
	"strings"

	"ampedit/ui/style"
)

// token finds what is coloured in a line of GraphQL: comments, strings,
// directives, keywords and the names of types.
var token = regexp.MustCompile(`#.*|"(?:[^"\\]|\\.)*"|@\w+|\b(?:type|input|enum|interface|union|scalar|extend|schema|directive|implements|true|false|null)\b|\b[A-Z]\w*\b`)

// highlight colours lines of GraphQL. It knows block strings, which go over
// several lines.
func highlight(s *style.Styles, lines []string) []string {
	out := make([]string, len(lines))
	inBlock := false
	for i, l := range lines {
		quotes := strings.Count(l, `"""`)
		if inBlock || quotes > 0 {
			out[i] = s.Faint.Render(l)
			inBlock = inBlock != (quotes%2 == 1)
			continue
		}
		out[i] = token.ReplaceAllStringFunc(l, func(t string) string {
			switch {
			case t[0] == '#', t[0] == '"':
				return s.Faint.Render(t)
			case t[0] == '@':
				return s.Warning.Render(t)
			case t[0] >= 'A' && t[0] <= 'Z':
				return s.Good.Render(t)
			}
			return s.Link.Render(t)
		})
	}
	return out
}
