package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"ampedit/client/charset"
	"ampedit/client/redact"
)

// A document is a JSON file, parsed. It holds an API key only where one was put into a
// setting: dropped there, the setting would be lost without the user's word.
type document struct {
	file  string
	state state
	root  any
	spot  *spot
}

type state int

const (
	missing state = iota // no such file
	damaged              // a file that could not be read or parsed
	intact
)

// parse parses a JSON file as Amplify reads it: comments and trailing commas
// are allowed. A syntax error is reported with its position.
func parse(file string, text []byte, r *report) document {
	doc := document{file: file, state: damaged}
	text, err := charset.UTF8(text)
	var broken *charset.Error
	if errors.As(err, &broken) {
		r.addAt(NotUTF8, Place{file, broken.Line, broken.Column}, "The file cannot be read: %v.", broken)
		return doc
	}
	text = relax(text)
	if len(bytes.TrimSpace(text)) == 0 {
		r.addAt(InvalidJSON, Place{file, 1, 1}, "The file is empty; it was not written to its end.")
		return doc
	}
	var syntax *json.SyntaxError
	switch err := json.Unmarshal(text, &doc.root); {
	case errors.As(err, &syntax):
		line, column := position(text, int(syntax.Offset))
		r.addAt(InvalidJSON, Place{file, line, column}, "The file is not JSON: %v.%s", err, diagnose(text, line))
		return doc
	case err != nil:
		r.add(InvalidJSON, file, "The file is not JSON: %v.", err)
		return doc
	}
	doc.state, doc.spot = intact, locate(text)
	doc.root = withoutKeys(doc.root, nil, func(at *place) {
		r.add(SecretInFile, file, "An API key stands at %q. It was not read; a file is no place for it.", at.String())
	})
	if doc.root == nil {
		// The whole of the file was null, or a key.
		doc.root = map[string]any{}
	}
	return doc
}

// relax returns text with comments and trailing commas overwritten by spaces,
// so that every other character keeps its position.
func relax(text []byte) []byte {
	text = bytes.Clone(text)
	comma := -1 // a comma that nothing but space and comments has followed
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case ' ', '\t', '\r', '\n':
		case ',':
			comma = i
		case '}', ']':
			if comma >= 0 {
				text[comma] = ' '
			}
			comma = -1
		case '"':
			i = stringEnd(text, i)
			comma = -1
		default:
			end := commentEnd(text, i)
			if end == i {
				comma = -1
				continue
			}
			for ; i < end; i++ {
				if text[i] != '\n' {
					text[i] = ' '
				}
			}
			i--
		}
	}
	return text
}

// stringEnd returns the index of the quote that ends the string at start, or
// of the last character when none does.
func stringEnd(text []byte, start int) int {
	for i := start + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text) - 1
}

// commentEnd returns the index after the comment at start, or start when there
// is none.
func commentEnd(text []byte, start int) int {
	rest, end := text[start:], -1
	switch {
	case bytes.HasPrefix(rest, []byte("#")), bytes.HasPrefix(rest, []byte("//")):
		end = bytes.IndexByte(rest, '\n')
	case bytes.HasPrefix(rest, []byte("/*")):
		if end = bytes.Index(rest[2:], []byte("*/")); end >= 0 {
			end += 4
		}
	default:
		return start
	}
	if end < 0 {
		return len(text)
	}
	return start + end
}

// position returns the line and column of the last of the first offset bytes.
func position(text []byte, offset int) (line, column int) {
	before := text[:min(max(offset-1, 0), len(text))]
	line = 1 + bytes.Count(before, []byte("\n"))
	column = 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return line, column
}

// diagnose returns a sentence on the cause of a syntax error on a line, or "".
func diagnose(text []byte, line int) string {
	lines := bytes.Split(text, []byte("\n"))
	for _, marker := range []string{"<<<<<<<", "=======", ">>>>>>>"} {
		if bytes.HasPrefix(lines[line-1], []byte(marker)) {
			return " A merge conflict in it was not resolved."
		}
	}
	if line == len(lines) || len(bytes.TrimSpace(bytes.Join(lines[line:], nil))) == 0 {
		return " It may not have been written to its end."
	}
	return ""
}

// A place is a value's path in a document, spelled out only when needed.
type place struct {
	parent *place
	step   string // "name" or "[index]"
}

func (p *place) String() string {
	var steps []string
	for ; p != nil; p = p.parent {
		steps = append(steps, p.step)
	}
	slices.Reverse(steps)
	return strings.ReplaceAll(strings.Join(steps, "."), ".[", "[")
}

// settings are the members of an auth type that are texts of the user's.
var settings = []string{
	"keyDescription", "description", "openIDProviderName", "openIDIssuerURL", "openIDClientID", "openIDIatTTL", "openIDAuthTTL", "issuerUrl", "clientId",
}

// isSetting reports whether a value is a setting, of which a request tells the user
// that there is a key in it.
func (p *place) isSetting() bool {
	return p != nil && (slices.Contains(settings, p.step) || p.step == "name" && p.parent != nil && p.parent.step == "openIDConnectConfig")
}

// withoutKeys returns the value without API keys, but for those in settings. It calls
// found with the place of each that stood elsewhere than in Amplify's own place for it.
func withoutKeys(value any, at *place, found func(at *place)) any {
	switch value := value.(type) {
	case string:
		if redact.Text(value) != value && !at.isSetting() {
			found(at)
			return nil
		}
	case []any:
		for i := range value {
			value[i] = withoutKeys(value[i], &place{at, "[" + strconv.Itoa(i) + "]"}, found)
		}
	case map[string]any:
		for _, name := range sortedKeys(value) {
			switch {
			case name == "GraphQLAPIKeyOutput":
				delete(value, name)
			case redact.Text(name) != name:
				found(&place{at, "(a name)"})
				delete(value, name)
			default:
				value[name] = withoutKeys(value[name], &place{at, name}, found)
			}
		}
	}
	return value
}

func sortedKeys(object map[string]any) []string {
	return slices.Sorted(maps.Keys(object))
}
