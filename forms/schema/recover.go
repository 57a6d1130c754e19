package schema

import (
	"strings"
	"unicode/utf8"
)

// chunk is the text from one top-level definition to the next.
type chunk struct {
	text string
	line int // line of the whole text on which the chunk begins, from 1
}

// chunks cuts text before each definition that begins a line. It is used only
// on text that has a syntax error, so it trusts neither braces nor quotes: a
// definition in the first column begins a chunk even within open braces.
func chunks(text string) []chunk {
	var out []chunk
	s := splitter{text: text, line: 1, described: -1}
	start, startLine := 0, 1
	for s.at < len(text) {
		cut, cutLine, found := s.step()
		if found && cut > start {
			out = append(out, chunk{text[start:cut], startLine})
			start, startLine = cut, cutLine
		}
	}
	return append(out, chunk{text[start:], startLine})
}

// splitter walks over text, one token at a time.
type splitter struct {
	text          string
	at, line      int
	depth         int
	lineStart     int // offset of the current line
	described     int // offset of a description that the next definition owns, or -1
	describedLine int
}

// step moves over one token and reports where a definition begins.
func (s *splitter) step() (cut, cutLine int, found bool) {
	switch c := s.text[s.at]; {
	case c == '\n' || c == '\r':
		s.newline()
	case c == ' ' || c == '\t' || c == ',':
		s.at++
	case c == '#':
		for s.at < len(s.text) && s.text[s.at] != '\n' && s.text[s.at] != '\r' {
			s.at++
		}
	case c == '"':
		s.quoted()
	case isNameByte(c):
		return s.word()
	default:
		s.described = -1
		s.bracket(c)
	}
	return 0, 0, false
}

func (s *splitter) bracket(c byte) {
	switch c {
	case '{', '(', '[':
		s.depth++
	case '}', ')', ']':
		s.depth = max(0, s.depth-1)
	}
	_, size := utf8.DecodeRuneInString(s.text[s.at:])
	s.at += size
}

func (s *splitter) newline() {
	if s.text[s.at] == '\r' && strings.HasPrefix(s.text[s.at+1:], "\n") {
		s.at++
	}
	s.at++
	s.line++
	s.lineStart = s.at
}

// quoted moves over text in quotes. Plain quotes end with the line.
func (s *splitter) quoted() {
	if s.firstOnLine() {
		s.described, s.describedLine = s.lineStart, s.line
	}
	if strings.HasPrefix(s.text[s.at:], `"""`) {
		s.at += 3
		for s.at < len(s.text) && !strings.HasPrefix(s.text[s.at:], `"""`) {
			switch s.text[s.at] {
			case '\n', '\r':
				s.newline()
			case '\\':
				s.at++
				if strings.HasPrefix(s.text[s.at:], `"""`) {
					s.at += 3
				}
			default:
				s.at++
			}
		}
		s.at = min(len(s.text), s.at+3)
		return
	}
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '"':
			s.at++
			return
		case '\n', '\r':
			return
		case '\\':
			if s.at+1 < len(s.text) && s.text[s.at+1] == '"' {
				s.at++
			}
		}
	}
	s.at = min(s.at, len(s.text))
}

// word moves over a name and reports whether it begins a definition.
func (s *splitter) word() (cut, cutLine int, found bool) {
	begin := s.at
	for s.at < len(s.text) && isNameByte(s.text[s.at]) {
		s.at++
	}
	first := strings.TrimSpace(s.text[s.lineStart:begin]) == ""
	described, describedLine := s.described, s.describedLine
	s.described = -1
	outside := s.depth == 0 || begin == s.lineStart
	if !first || !outside || !beginsDefinition(s.text[begin:s.at], s.text[s.at:]) {
		return 0, 0, false
	}
	s.depth = 0
	if described >= 0 {
		return described, describedLine, true
	}
	return s.lineStart, s.line, true
}

func (s *splitter) firstOnLine() bool {
	return strings.TrimSpace(s.text[s.lineStart:s.at]) == ""
}

// beginsDefinition reports whether the keyword opens a definition, judged by
// what follows it: "type: String" is a field.
func beginsDefinition(word, rest string) bool {
	rest = strings.TrimLeft(rest, " \t")
	if rest == "" {
		return false
	}
	switch word {
	case "type", "input", "enum", "interface", "union", "scalar", "extend":
		return isNameByte(rest[0])
	case "schema":
		return rest[0] == '{' || rest[0] == '@'
	case "directive":
		return rest[0] == '@'
	}
	return false
}

func isNameByte(c byte) bool {
	return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
