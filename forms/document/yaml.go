package document

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	yaml "go.yaml.in/yaml/v3"
)

var yamlFailure = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

// parseYAML reads a file of one YAML document and notes where everything stands.
func parseYAML(name string, source []byte) (*node, error) {
	dec := yaml.NewDecoder(bytes.NewReader(source))
	var doc, more yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, &Error{Name: name, Line: 1, Column: 1, Text: "the file is empty"}
	} else if err != nil {
		return nil, yamlError(name, err)
	}
	p := &yamlParser{name: name, source: source, lines: lineStarts(source), newline: newlineOf(source)}
	switch err := dec.Decode(&more); {
	case err == nil:
		return nil, fail(name, source, p.offset(&more), "the file has a second YAML document; keep one request in a file")
	case !errors.Is(err, io.EOF):
		return nil, yamlError(name, err)
	}
	if len(doc.Content) != 1 {
		return nil, &Error{Name: name, Line: 1, Column: 1, Text: "the file is empty"}
	}
	return p.value(doc.Content[0], context{indent: -1, after: p.offset(doc.Content[0])}, 0)
}

func yamlError(name string, err error) error {
	found := yamlFailure.FindStringSubmatch(err.Error())
	if found == nil {
		return &Error{Name: name, Text: "this is not YAML: " + err.Error()}
	}
	line, _ := strconv.Atoi(found[1]) // 0 where YAML names no line
	return &Error{Name: name, Line: line, Text: "this is not YAML: " + found[2]}
}

type yamlParser struct {
	name   string
	source []byte
	lines  []int
	nodes  int
	// newline is what ends the file's lines.
	newline string
}

// context is what surrounds a value.
type context struct {
	// indent is the column, from 0, of the collection that the value is in;
	// what continues the value stands further right.
	indent int
	flow   bool
	// after is where a value begins that is not written at all.
	after int
}

func (p *yamlParser) value(y *yaml.Node, c context, depth int) (*node, error) {
	if p.nodes++; p.nodes > maxNodes || depth > maxDepth {
		return nil, fail(p.name, p.source, p.offset(y), "the file has more than %d values, aliases written out, or they nest too deep", maxNodes)
	}
	n := &node{start: p.skipProperties(p.offset(y)), style: y.Style}
	var err error
	switch y.Kind {
	case yaml.AliasNode:
		return p.alias(y, c, depth)
	case yaml.MappingNode, yaml.SequenceNode:
		n.kind = object
		if y.Kind == yaml.SequenceNode {
			n.kind = list
		}
		err = p.collection(n, y, c, depth)
	default:
		n.kind, n.text = scalarKind(y), y.Value
		if n.kind == null && y.Value == "" && n.style == 0 {
			n.start, n.end = c.after, c.after
			return n, nil
		}
		n.end = p.scalarEnd(n.start, y.Style, c)
	}
	return n, err
}

func (p *yamlParser) alias(y *yaml.Node, c context, depth int) (*node, error) {
	n, err := p.value(y.Alias, context{indent: -1, after: p.offset(y.Alias)}, depth+1)
	if err != nil {
		return nil, err
	}
	n.alias, n.style = true, 0
	n.start = p.offset(y)
	n.end = n.start + 1
	for n.end < len(p.source) && strings.IndexByte(" \t\r\n,[]{}", p.source[n.end]) < 0 {
		n.end++
	}
	return n, nil
}

func scalarKind(y *yaml.Node) kind {
	switch y.ShortTag() {
	case "!!null":
		return null
	case "!!int", "!!float":
		return number
	case "!!bool":
		return boolean
	}
	return text
}

// collection reads the items of a mapping or a sequence.
func (p *yamlParser) collection(n *node, y *yaml.Node, c context, depth int) error {
	n.block = y.Style&yaml.FlowStyle == 0
	inner := context{indent: p.column(n.start), flow: !n.block, after: n.start}
	if c.flow {
		inner.indent = c.indent
	}
	step := 1
	if n.kind == object {
		step = 2
	}
	for i := 0; i < len(y.Content); i += step {
		it, err := p.item(n, y.Content[i:i+step], inner, depth)
		if err != nil {
			return err
		}
		n.items = append(n.items, it)
		inner.after = it.end
	}
	if n.block && len(n.items) > 0 {
		n.start, n.end = n.items[0].start, n.items[len(n.items)-1].end
		n.lead = n.start
		if next := p.lineEnd(c.after) + len(p.newline); next <= lineStart(p.source, n.start) {
			n.lead = next
		}
		return nil
	}
	n.end = p.flowEnd(inner.after, n.kind)
	return nil
}

// item reads a member or an element.
func (p *yamlParser) item(n *node, content []*yaml.Node, c context, depth int) (it item, err error) {
	if n.kind == object {
		key := content[0]
		if key.ShortTag() == "!!merge" || key.Kind != yaml.ScalarNode {
			return it, fail(p.name, p.source, p.offset(key), "merge keys and keys that are no text are not understood here; write the members out")
		}
		if it.key, err = p.value(key, c, depth+1); err != nil {
			return it, err
		}
		it.start = it.key.start
		c.indent = max(c.indent, 0)
		c.after = it.key.end
		if colon := p.skipSpace(c.after); colon < len(p.source) && p.source[colon] == ':' {
			c.after = colon + 1
		}
	} else if n.block {
		it.start = p.dash(c, p.offset(content[0]))
		c.after = it.start + 1
	}
	if it.value, err = p.value(content[len(content)-1], c, depth+1); err != nil {
		return it, err
	}
	it.end = it.value.end
	if n.block {
		it.end = p.lineEnd(it.end)
	} else if it.key == nil {
		it.start = it.value.start
	}
	return it, nil
}
