package document

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	yaml "go.yaml.in/yaml/v3"

	"ampedit/client/sanitize"
)

type kind int

const (
	null kind = iota
	text
	number
	boolean
	object
	list
)

// String says what a value is, for sentences.
func (k kind) String() string {
	return [...]string{"null", "text", "a number", "true or false", "an object", "a list"}[k]
}

// node is a value, either of a file or to be written into one.
type node struct {
	kind kind
	// text is the value of a text, else a scalar as it is written.
	text  string
	items []item

	// start and end delimit the value in the file, in bytes.
	start, end int
	// lead is where the comment lines before the first item begin, start if
	// there are none.
	lead int
	// block says that the collection is one of YAML's that need no brackets.
	block bool
	// alias says that the items stand elsewhere in the file.
	alias bool
	// style is how YAML writes the scalar.
	style yaml.Style
	// leftover says that a skeleton's filling counts as not set.
	leftover bool
}

// item is a member of an object or, without a key, an element of a list.
type item struct {
	key   *node
	value *node
	// start and end delimit the item in the file, in bytes; where items are
	// lines, they include the dash before and the comment after.
	start, end int
	// name is the member's name on the wire, "" for one that is not known.
	name string
}

// unset reports whether a value says nothing.
func (n *node) unset() bool { return n == nil || n.kind == null || n.leftover }

// scalar reports whether the value is neither an object nor a list.
func (n *node) scalar() bool { return n.kind != object && n.kind != list }

// member returns the value of a member by its name on the wire, nil if there is
// none, whichever spelling the file uses.
func (n *node) member(name string) *node {
	if n == nil || n.kind != object {
		return nil
	}
	for i := range n.items {
		if key := n.items[i].key.text; key == name || key == modelName(name) {
			return n.items[i].value
		}
	}
	return nil
}

// find returns the item of a known member, nil if there is none.
func (n *node) find(name string) *item {
	for i := range n.items {
		if n.items[i].name == name && name != "" {
			return &n.items[i]
		}
	}
	return nil
}

// sound reports whether a value and what is in it stand one after another within
// a part of the file, as they do unless an end was guessed wrong.
func (n *node) sound(start, end int) bool {
	if n.start < start || n.end < n.start || n.end > end {
		return false
	}
	if n.alias { // its items stand elsewhere
		return true
	}
	if n.block && (n.lead < start || n.lead > n.start) {
		return false
	}
	at := n.start
	for _, it := range n.items {
		if it.start < at || it.end > n.end || it.key != nil && !it.key.sound(it.start, it.value.start) || !it.value.sound(it.start, it.end) {
			return false
		}
		at = it.end
	}
	return true
}

// float returns the value of a number, also of one written as text.
func (n *node) float() (float64, bool) {
	if n.kind != number && n.kind != text {
		return 0, false
	}
	f, err := strconv.ParseFloat(n.text, 64)
	return f, err == nil && strings.Trim(n.text, "+-.0123456789eE") == ""
}

// modelName is the service model's name for a member on the wire.
func modelName(name string) string { return strings.ToUpper(name[:1]) + name[1:] }

// Error says why a file cannot be read, and where.
type Error struct {
	// Name is the file as the caller named it.
	Name string
	// Line and Column count from 1, the column in characters. Both or the
	// column alone are 0 where they are not known.
	Line, Column int
	// Text says what is wrong.
	Text string
}

// Error returns NAME:LINE:COLUMN: TEXT, without the parts that are not known.
func (e *Error) Error() string { return place(e.Name, e.Line, e.Column) + ": " + e.Text }

// Note tells of something in a file that was not taken as it stands.
type Note struct {
	// Name is the file as the caller named it.
	Name string
	// Path leads to the value, in the file's own spelling.
	Path string
	// Line and Column count from 1, the column in characters.
	Line, Column int
	// Misspelt says that the name is almost that of a known member.
	Misspelt bool
	// Text is one or more whole sentences without control characters.
	Text string

	offset int
}

// String returns NAME:LINE:COLUMN: PATH: TEXT.
func (n Note) String() string {
	return place(n.Name, n.Line, n.Column) + ": " + n.Path + ": " + n.Text
}

func place(name string, line, column int) string {
	switch {
	case line == 0:
		return name
	case column == 0:
		return fmt.Sprintf("%s:%d", name, line)
	}
	return fmt.Sprintf("%s:%d:%d", name, line, column)
}

// position turns an offset in bytes into line and column.
func position(source []byte, offset int) (line, column int) {
	before := source[:min(max(offset, 0), len(source))]
	return 1 + bytes.Count(before, []byte("\n")),
		1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
}

// clean makes a name of a file fit for a sentence.
func clean(name string) string { return string(sanitize.Line(name)) }

// brief makes a value of a file fit for a sentence.
func brief(value string) string { return string(sanitize.Brief(value, 60)) }
