package project

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"ampedit/client/redact"
)

// A Place is where a value stands.
type Place struct {
	// File is the path of the file relative to the project's root, with forward
	// slashes. It is empty for a value that no file states.
	File string
	// Line and Column count from 1, the column in characters. Both are 0 for the
	// file as a whole.
	Line, Column int
}

// A spot is where a value of a document stands, and where the values in it do.
// A nil spot knows nothing.
type spot struct {
	line, column int
	members      map[string]*spot
	elements     []*spot
}

// member returns the spot of an object's member, nil if there is none.
func (s *spot) member(name string) *spot {
	if s == nil {
		return nil
	}
	return s.members[name]
}

// element returns the spot of a list's element, nil if there is none.
func (s *spot) element(i int) *spot {
	if s == nil || i >= len(s.elements) {
		return nil
	}
	return s.elements[i]
}

// locate returns the spots of a text that is known to be one JSON value.
func locate(text []byte) *spot {
	l := locator{text: text, dec: json.NewDecoder(bytes.NewReader(text)), line: 1, column: 1}
	return l.value()
}

type locator struct {
	text []byte
	dec  *json.Decoder

	at, line, column int // the place reached
}

// next returns the next token and its spot.
func (l *locator) next() (json.Token, *spot) {
	start := int(l.dec.InputOffset())
	for start < len(l.text) && bytes.IndexByte([]byte(" \t\r\n,:"), l.text[start]) >= 0 {
		start++
	}
	between := l.text[l.at:start]
	if lines := bytes.Count(between, []byte("\n")); lines > 0 {
		l.line, l.column = l.line+lines, 1
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	l.column += utf8.RuneCount(between)
	l.at = start
	token, err := l.dec.Token()
	if err != nil { // of a text that was not checked before
		return nil, nil
	}
	return token, &spot{line: l.line, column: l.column}
}

func (l *locator) value() *spot {
	token, s := l.next()
	switch token {
	case json.Delim('{'):
		s.members = map[string]*spot{}
		for l.dec.More() {
			key, _ := l.next()
			name, _ := key.(string)
			if value := l.value(); redact.Text(name) == name {
				s.members[name] = value
			}
		}
		l.next()
	case json.Delim('['):
		for l.dec.More() {
			s.elements = append(s.elements, l.value())
		}
		l.next()
	}
	return s
}
