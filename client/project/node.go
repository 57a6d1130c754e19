package project

import (
	"encoding/json"
	"fmt"
	"path"
	"strconv"
	"time"
)

// A node is a value in a document. The zero node is a value that is not there;
// so is JSON's null. A value of another type than the one asked for is reported
// and taken as not there.
type node struct {
	value any
	file  string
	path  string // for people: "api.notes.output"
	spot  *spot
	// damaged says that the document is there and could not be read.
	damaged bool
	*report
}

// node returns the root of a document; findings about its values go to r.
func (d document) node(r *report) node {
	return node{value: d.root, file: d.file, spot: d.spot, damaged: d.state == damaged, report: r}
}

// place returns where the value stands.
func (n node) place() Place {
	if n.spot == nil {
		return Place{File: n.file}
	}
	return Place{n.file, n.spot.line, n.spot.column}
}

// say reports something about the value.
func (n node) say(code Code, format string, args ...any) {
	n.addAt(code, n.place(), format, args...)
}

func (n node) exists() bool { return n.value != nil }

// at returns the member that the names lead to.
func (n node) at(names ...string) node {
	for _, name := range names {
		object, _ := n.object()
		n.value, n.path, n.spot = object[name], join(n.path, name), n.spot.member(name)
	}
	return n
}

// object returns the members of an object.
func (n node) object() (map[string]any, bool) {
	object, ok := n.value.(map[string]any)
	if !ok {
		n.unexpected("an object")
	}
	return object, ok
}

// keys returns the names of an object's members in order.
func (n node) keys() []string {
	object, _ := n.object()
	return sortedKeys(object)
}

// list returns the elements of a list.
func (n node) list() ([]node, bool) {
	values, ok := n.value.([]any)
	if !ok {
		n.unexpected("a list")
	}
	nodes := make([]node, len(values))
	for i, value := range values {
		nodes[i] = node{value, n.file, fmt.Sprintf("%s[%d]", n.path, i), n.spot.element(i), n.damaged, n.report}
	}
	return nodes, ok
}

// text returns a string.
func (n node) text() Fact[string] {
	text, ok := n.value.(string)
	if !ok {
		n.unexpected("a string")
		return Fact[string]{}
	}
	return Fact[string]{text, n.place()}
}

// name returns a string that is not empty; Amplify leaves some names blank
// until it knows them.
func (n node) name() Fact[string] {
	if name := n.text(); name.Value != "" {
		return name
	}
	return Fact[string]{}
}

// digits returns a number of milliseconds as digits. Amplify writes it as a
// string in some versions and as a number in others; blank means none.
func (n node) digits() Fact[string] {
	if number, ok := n.value.(float64); ok {
		return Fact[string]{strconv.FormatFloat(number, 'f', -1, 64), n.place()}
	}
	return n.name()
}

// number returns a number, also one that is written as a string.
func (n node) number() Fact[float64] {
	switch value := n.value.(type) {
	case float64:
		return Fact[float64]{value, n.place()}
	case string:
		// The grammar of JSON has neither "0x1p4" nor "Inf".
		if number, err := strconv.ParseFloat(value, 64); err == nil && json.Valid([]byte(value)) {
			return Fact[float64]{number, n.place()}
		}
	}
	n.unexpected("a number")
	return Fact[float64]{}
}

// moment returns a point in time, written as RFC 3339 has it.
func (n node) moment() Fact[time.Time] {
	text := n.text()
	if text.Value == "" {
		return Fact[time.Time]{}
	}
	moment, err := time.Parse(time.RFC3339, text.Value)
	if err != nil {
		n.unexpected("a time such as 2027-03-08T17:00:39.856Z")
		return Fact[time.Time]{}
	}
	return Fact[time.Time]{moment.UTC(), n.place()}
}

// unexpected reports that the value is not what was wanted, unless there is none.
func (n node) unexpected(wanted string) {
	if n.value == nil {
		return
	}
	if n.path == "" {
		n.say(n.misfit(), "The file does not hold %s; nothing was taken from it.", wanted)
		return
	}
	n.say(n.misfit(), "%q is not %s; it was taken as absent.", n.path, wanted)
}

// misfit is the code for a value of another shape than Amplify's: worse in the file
// that the user's choices are kept in than in what Amplify writes for itself.
func (n node) misfit() Code {
	if path.Base(n.file) == inputsFile {
		return InvalidValue
	}
	return UnexpectedValue
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
