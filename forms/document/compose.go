package document

import (
	"regexp"
	"slices"
	"strings"

	yaml "go.yaml.in/yaml/v3"
)

// compose returns the text of a collection with the items that it will have.
func (w *writer) compose(n *node, finals []final) string {
	switch {
	case len(finals) == 0 || len(n.items) == 0:
		fresh := &node{kind: n.kind}
		for _, f := range finals {
			fresh.items = append(fresh.items, f.wanted)
		}
		return w.layout.write(fresh, w.indent(n.start))
	case n.block:
		return w.composeBlock(n, finals)
	}
	return w.composeFlow(n, finals)
}

// composeFlow keeps what stands between items that were neighbours before and,
// when items only change places, between the places.
func (w *writer) composeFlow(n *node, finals []final) string {
	lead, l := w.source[n.start:n.items[0].start], w.layoutOf(n)
	indent := lead[strings.LastIndexByte(lead, '\n')+1:]
	between := "," + l.space
	if l.step != "" {
		between = "," + lead[1:]
	}
	if len(n.items) > 1 && !strings.Contains(w.between(n, 0), "#") { // no comment is written twice
		between = w.between(n, 0)
	}
	places := len(finals) == len(n.items) && !slices.ContainsFunc(finals, func(f final) bool { return f.index < 0 })
	var out strings.Builder
	out.WriteString(lead)
	for j, f := range finals {
		switch {
		case j == 0:
		case places:
			out.WriteString(w.between(n, j-1))
		case f.index > 0 && finals[j-1].index == f.index-1:
			out.WriteString(w.between(n, f.index-1))
		default:
			out.WriteString(between)
		}
		if f.index < 0 {
			out.WriteString(l.item(f.wanted, indent))
		} else {
			out.WriteString(w.item(n, f))
		}
	}
	return out.String() + w.source[n.items[len(n.items)-1].end:n.end]
}

// composeBlock sets each item on lines of its own, with the comments that stood
// before it.
func (w *writer) composeBlock(n *node, finals []final) string {
	column := w.column(n.items[0].start)
	var out strings.Builder
	for j, f := range finals {
		before := strings.Repeat(" ", column)
		switch {
		case f.index > 0:
			before = strings.TrimPrefix(w.between(n, f.index-1), w.layout.newline)
		case f.index == 0 && n.lead < n.start:
			before = w.source[n.lead:n.start]
		}
		switch {
		case j > 0:
			out.WriteString(w.layout.newline)
		case n.lead == n.start: // the line is begun already
			before = strings.TrimLeft(before, " \t\r\n")
		}
		out.WriteString(before)
		if f.index < 0 {
			out.WriteString(w.blockItem(f.wanted, 0, column))
		} else {
			out.WriteString(w.item(n, f))
		}
	}
	return out.String()
}

// between returns what stands between an item and the next.
func (w *writer) between(n *node, i int) string {
	return w.source[n.items[i].end:n.items[i+1].start]
}

// layoutOf returns how a collection in brackets sets its items.
func (w *writer) layoutOf(n *node) layout {
	l := w.layout
	if !strings.Contains(w.source[n.start:n.items[0].start], "\n") {
		l.step = ""
	}
	return l
}

// column returns the column of an offset, from 0.
func (w *writer) column(offset int) int {
	return offset - strings.LastIndexByte(w.source[:offset], '\n') - 1
}

// indent returns the white space at the beginning of the line of an offset.
func (w *writer) indent(offset int) string {
	line := w.source[strings.LastIndexByte(w.source[:offset], '\n')+1 : offset]
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// item returns the text of an item of the file as it will be.
func (w *writer) item(n *node, f final) string {
	it := n.items[f.index]
	v, wanted := it.value, f.wanted.value
	if wanted == nil || w.same(v, wanted) {
		return w.source[it.start:it.end]
	}
	head, tail := w.source[it.start:v.start], w.source[v.end:it.end]
	if v.kind == wanted.kind && !v.scalar() && !v.alias && !v.leftover {
		if v.block {
			head = w.source[it.start:v.lead]
		}
		if finals := w.finals(v, wanted); len(finals) > 0 || !v.block {
			return head + w.compose(v, finals) + tail
		}
	}
	if n.block {
		return w.replace(it, wanted)
	}
	return head + w.layoutOf(n).write(wanted, w.indent(it.start)) + tail
}

// replace writes an item that has a line of its own anew, with its comment.
func (w *writer) replace(it item, wanted *node) string {
	v := it.value
	head, old, tail := w.source[it.start:v.start], w.source[v.start:v.end], w.source[v.end:it.end]
	fresh := w.blockItem(item{key: it.key, value: wanted}, v.style, w.column(it.start))
	if v.scalar() && wanted.scalar() && old != "" && !strings.Contains(old+fresh, "\n") {
		value := w.blockItem(item{value: wanted}, v.style, 0)
		return head + strings.TrimPrefix(value, "- ") + tail
	}
	if header := blockHeader.FindStringSubmatch(old); header != nil && v.style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		tail = header[1]
	}
	if end := strings.Index(fresh, w.layout.newline); end >= 0 { // further down the comment would be text
		return fresh[:end] + tail + fresh[end:]
	}
	return fresh + tail
}

// blockHeader is the first line of a block scalar, with its comment.
var blockHeader = regexp.MustCompile(`^[|>][-+0-9]*([ \t]+#[^\r\n]*)?`)

// blockItem writes a member or an element as YAML without brackets, from a
// column on, counted from 0. style is that of the scalar that it replaces.
func (w *writer) blockItem(it item, style yaml.Style, column int) string {
	whole := &yaml.Node{Kind: yaml.SequenceNode}
	if it.key != nil {
		whole.Kind = yaml.MappingNode
		whole.Content = append(whole.Content, toYAML(it.key, it.key.style))
	}
	whole.Content = append(whole.Content, toYAML(it.value, style))
	var out strings.Builder
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(2)
	if err := enc.Encode(whole); err != nil { // nodes of scalars and collections can always be encoded
		panic("document: " + err.Error())
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	for i := 1; i < len(lines); i++ {
		if lines[i] != "" {
			lines[i] = strings.Repeat(" ", column) + lines[i]
		}
	}
	return strings.Join(lines, w.layout.newline)
}

// toYAML turns a value to write into one of YAML's. A text keeps the quotes of
// the one before, and several lines stand as they are.
func toYAML(n *node, style yaml.Style) *yaml.Node {
	y := &yaml.Node{Kind: yaml.ScalarNode, Value: n.text}
	switch n.kind {
	case text:
		y.Tag = "!!str"
		y.Style = style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle)
		if strings.Contains(n.text, "\n") && y.Style != yaml.DoubleQuotedStyle {
			y.Style = yaml.LiteralStyle
		}
	case null:
		y.Value = "null"
	case object:
		y.Kind = yaml.MappingNode
	case list:
		y.Kind = yaml.SequenceNode
	}
	for _, it := range n.items {
		if it.key != nil {
			y.Content = append(y.Content, toYAML(it.key, 0))
		}
		y.Content = append(y.Content, toYAML(it.value, 0))
	}
	return y
}
