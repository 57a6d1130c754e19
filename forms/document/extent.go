package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v3"
)

// YAML's parser says where a value begins, and not where it ends. The functions
// in this file find the end in the text. A wrong guess does no harm: what is
// saved is read again and compared.

// lineStarts returns the offsets at which lines begin, for YAML's idea of lines.
func lineStarts(source []byte) []int {
	starts := []int{0}
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		i += size
		if r == '\r' && i < len(source) && source[i] == '\n' {
			continue
		}
		switch r {
		case '\n', '\r', '\u0085', '\u2028', '\u2029':
			starts = append(starts, i)
		}
	}
	return starts
}

// offset turns the line and column of a node into bytes.
func (p *yamlParser) offset(y *yaml.Node) int {
	if y.Line < 1 || y.Line > len(p.lines) {
		return len(p.source)
	}
	at := p.lines[y.Line-1]
	for range y.Column - 1 {
		_, size := utf8.DecodeRune(p.source[at:])
		at += size
	}
	return at
}

// column returns the column of an offset, from 0, in bytes.
func (p *yamlParser) column(offset int) int { return offset - lineStart(p.source, offset) }

func lineStart(source []byte, offset int) int {
	return bytes.LastIndexByte(source[:offset], '\n') + 1
}

func newlineOf(source []byte) string {
	if bytes.Contains(source, []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// lineEnd returns where the line ends that offset is on, without its break.
func (p *yamlParser) lineEnd(offset int) int {
	end := bytes.IndexByte(p.source[offset:], '\n')
	if end < 0 {
		return len(p.source)
	}
	end += offset
	if end > offset && p.source[end-1] == '\r' {
		end--
	}
	return end
}

// skipProperties returns where a value begins after its anchor and its tag.
func (p *yamlParser) skipProperties(at int) int {
	for at < len(p.source) && (p.source[at] == '&' || p.source[at] == '!') {
		for at < len(p.source) && strings.IndexByte(" \t\r\n", p.source[at]) < 0 {
			at++
		}
		at = p.skipSpace(at)
	}
	return at
}

// skipSpace passes white space and comments.
func (p *yamlParser) skipSpace(at int) int {
	for at < len(p.source) {
		switch c := p.source[at]; {
		case c == '#':
			at = p.lineEnd(at)
		case c == ' ', c == '\t', c == '\r', c == '\n':
			at++
		default:
			return at
		}
	}
	return at
}

// dash returns where the dash of a block sequence's element stands, going back
// from the element.
func (p *yamlParser) dash(c context, element int) int {
	for at := lineStart(p.source, element); at+c.indent >= c.after; at = lineStart(p.source, at-1) {
		if p.source[at+c.indent] == '-' {
			return at + c.indent
		}
		if at == 0 {
			break
		}
	}
	return element
}

// flowEnd returns where a collection in brackets ends, after its last item.
func (p *yamlParser) flowEnd(at int, k kind) int {
	closing := byte('}')
	if k == list {
		closing = ']'
	}
	for at < len(p.source) && p.source[at] != closing {
		if p.source[at] == '#' {
			at = p.lineEnd(at)
			continue
		}
		at++
	}
	return min(at+1, len(p.source))
}

// scalarEnd returns where a scalar ends that begins at start.
func (p *yamlParser) scalarEnd(start int, style yaml.Style, c context) int {
	switch {
	case style&yaml.DoubleQuotedStyle != 0:
		return p.quotedEnd(start, '"')
	case style&yaml.SingleQuotedStyle != 0:
		return p.quotedEnd(start, '\'')
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return p.continued(p.lineEnd(start), c.indent)
	}
	return p.plainEnd(start, c)
}

func (p *yamlParser) quotedEnd(start int, quote byte) int {
	for at := start + 1; at < len(p.source); at++ {
		switch {
		case p.source[at] == '\\' && quote == '"':
			at++
		case p.source[at] == quote && quote == '\'' && at+1 < len(p.source) && p.source[at+1] == quote:
			at++
		case p.source[at] == quote:
			return at + 1
		}
	}
	return len(p.source)
}

// continued returns where the last of the lines ends that stand further right
// than indent, from the end of the line before them.
func (p *yamlParser) continued(end, indent int) int {
	for at := end; ; {
		next := bytes.IndexByte(p.source[at:], '\n')
		if next < 0 {
			return end
		}
		begin := at + next + 1
		at = p.lineEnd(begin)
		line := string(p.source[begin:at])
		if strings.TrimSpace(line) == "" {
			if at == len(p.source) {
				return end
			}
			continue
		}
		if len(line)-len(strings.TrimLeft(line, " ")) <= indent {
			return end
		}
		end = at
	}
}

// plainEnd returns where a scalar without quotes ends: before a comment, a colon,
// within brackets also before a comma or a bracket, or with its last line.
func (p *yamlParser) plainEnd(start int, c context) int {
	end := start
	last := p.continued(p.lineEnd(start), c.indent)
	if c.flow {
		last = len(p.source)
	}
	for at := start; at < last; at++ {
		next := byte('\n')
		if at+1 < len(p.source) {
			next = p.source[at+1]
		}
		switch b := p.source[at]; {
		case b == ' ', b == '\t', b == '\r', b == '\n':
			continue
		case b == '#' && at > end, // space stands before it
			b == ':' && strings.IndexByte(" \t\r\n", next) >= 0,
			c.flow && strings.IndexByte(",[]{}", b) >= 0,
			b == ':' && c.flow && strings.IndexByte(",[]{}", next) >= 0:
			return end
		}
		end = at + 1
	}
	return end
}
