package document

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"ampedit/client/wire"
)

// put adds a member under its name on the wire.
func (n *node) put(name string, value *node) {
	n.items = append(n.items, item{key: &node{kind: text, text: name, start: value.start}, value: value, name: name})
}

// encode turns a value of the wire into one to write, with the names of the
// model or of the wire. Unknown members only go under those of the wire.
func encode(v reflect.Value, model bool) *node {
	switch v.Kind() {
	case reflect.Pointer:
		return encode(v.Elem(), model)
	case reflect.String:
		return &node{kind: text, text: v.String()}
	case reflect.Float64:
		return &node{kind: number, text: strconv.FormatFloat(v.Float(), 'f', -1, 64)}
	case reflect.Slice:
		n := &node{kind: list}
		for i := range v.Len() {
			n.items = append(n.items, item{value: encode(v.Index(i), model)})
		}
		return n
	}
	n := &node{kind: object}
	for i := range v.NumField() {
		name := wireName(v.Type().Field(i))
		switch {
		case v.Field(i).IsZero():
		case name != "":
			n.put(name, encode(v.Field(i), model))
			if model {
				n.items[len(n.items)-1].key.text = modelName(name)
			}
		case !model:
			n.putUnknown(v.Field(i).Interface().(wire.Members))
		}
	}
	return n
}

func (n *node) putUnknown(members wire.Members) {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		if value, err := parseJSON("", members[name]); err == nil {
			n.items = append(n.items, item{key: &node{kind: text, text: name}, value: value})
		}
	}
}

// layout says how values within brackets are set.
type layout struct {
	newline string
	// step is what each level is indented by; without it all stands on one line.
	step string
	// colon and space separate a name from its value and items on one line.
	colon, space string
}

// compactJSON writes a value as JSON without white space.
func compactJSON(n *node) string { return layout{colon: ":"}.write(n, "") }

// write writes a value as JSON, which is YAML too. Its lines after the first
// begin with indent.
func (l layout) write(n *node, indent string) string {
	switch n.kind {
	case text:
		return quote(n.text)
	case null:
		return "null"
	case object, list:
		parts := make([]string, len(n.items))
		for i, it := range n.items {
			parts[i] = l.item(it, indent+l.step)
		}
		return l.brackets(n.kind, parts, indent)
	}
	if json.Valid([]byte(n.text)) {
		return n.text
	}
	return quote(n.text) // a number as only YAML writes it
}

// item writes a member or an element.
func (l layout) item(it item, indent string) string {
	if it.key == nil {
		return l.write(it.value, indent)
	}
	return quote(it.key.text) + l.colon + l.write(it.value, indent)
}

func (l layout) brackets(k kind, parts []string, indent string) string {
	open, end := "{", "}"
	if k == list {
		open, end = "[", "]"
	}
	if len(parts) == 0 || l.step == "" {
		return open + strings.Join(parts, ","+l.space) + end
	}
	line := l.newline + indent
	return open + line + l.step + strings.Join(parts, ","+line+l.step) + line + end
}

func quote(s string) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil { // a string can always be encoded
		panic("document: " + err.Error())
	}
	return strings.TrimSuffix(out.String(), "\n")
}
