package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// maxDepth bounds how deep values nest; a request needs six levels. maxNodes
// bounds their number; a request needs a few hundred, but YAML's aliases can
// stand for exponentially many.
const (
	maxDepth = 100
	maxNodes = 20_000
)

// parseJSON reads one JSON value and notes where everything stands.
func parseJSON(name string, source []byte) (*node, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(source, &whole); err != nil {
		return nil, jsonError(name, source, err)
	}
	p := &jsonParser{name: name, source: source, dec: json.NewDecoder(bytes.NewReader(source))}
	p.dec.UseNumber()
	return p.value(0)
}

func jsonError(name string, source []byte, err error) error {
	failure := &Error{Name: name, Text: "this is not JSON: " + err.Error()}
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		failure.Line, failure.Column = position(source, int(syntax.Offset)-1)
	}
	return failure
}

type jsonParser struct {
	name   string
	source []byte
	dec    *json.Decoder
	nodes  int
}

// next returns the next token and where it stands.
func (p *jsonParser) next() (token json.Token, start, end int, err error) {
	start = int(p.dec.InputOffset())
	for start < len(p.source) && strings.IndexByte(" \t\r\n,:", p.source[start]) >= 0 {
		start++
	}
	token, err = p.dec.Token()
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return token, start, int(p.dec.InputOffset()), err
}

func (p *jsonParser) value(depth int) (*node, error) {
	token, start, end, err := p.next()
	if err != nil {
		return nil, jsonError(p.name, p.source, err)
	}
	if p.nodes++; p.nodes > maxNodes {
		return nil, fail(p.name, p.source, start, "the file has more than %d values", maxNodes)
	}
	n := &node{start: start, end: end}
	switch token := token.(type) {
	case nil:
	case string:
		n.kind, n.text = text, token
	case json.Number:
		n.kind, n.text = number, token.String()
	case bool:
		n.kind, n.text = boolean, string(p.source[start:end])
	case json.Delim:
		if depth == maxDepth {
			return nil, fail(p.name, p.source, start, "values nest deeper than %d levels", maxDepth)
		}
		n.kind = object
		if token == '[' {
			n.kind = list
		}
		if err := p.collection(n, depth+1); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// collection reads the items of a list or an object and its end.
func (p *jsonParser) collection(n *node, depth int) error {
	for p.dec.More() {
		var it item
		var err error
		if n.kind == object {
			if it.key, err = p.value(depth); err != nil {
				return err
			}
		}
		if it.value, err = p.value(depth); err != nil {
			return err
		}
		it.start, it.end = it.value.start, it.value.end
		if it.key != nil {
			it.start = it.key.start
		}
		n.items = append(n.items, it)
	}
	_, _, end, err := p.next()
	if err != nil {
		return jsonError(p.name, p.source, err)
	}
	n.end = end
	return nil
}
