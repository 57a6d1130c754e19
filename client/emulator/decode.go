package emulator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// object is a decoded JSON object. Numbers stay json.Number, so that what was
// sent is given back digit by digit.
type object = map[string]any

// decode reads one JSON object that must fit s. Whatever does not fit is an
// error that names the member: an unknown or repeated member, null, another
// type, a value out of its enumeration or range, a missing required member,
// bytes after the object. An empty body reads as {}.
func decode(body []byte, s *shape) (object, error) {
	if len(body) == 0 {
		body = []byte("{}")
	}
	if !utf8.Valid(body) {
		return nil, badRequest("request body: not valid UTF-8")
	}
	d := decoder{json.NewDecoder(bytes.NewReader(body))}
	d.UseNumber()
	value, err := d.value(s, "")
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, badRequest("request body: trailing data after the JSON object")
	}
	return value.(object), nil
}

// decoder walks the tokens of a body along a shape. It never goes deeper than
// the shape does.
type decoder struct{ *json.Decoder }

func (d decoder) value(s *shape, path string) (any, error) {
	token, err := d.next(path)
	if err != nil {
		return nil, err
	}
	switch {
	case s.kind == structure && token == json.Delim('{'):
		return d.structure(s, path)
	case s.kind == list && token == json.Delim('['):
		return d.list(s, path)
	case s.kind == text:
		if v, ok := token.(string); ok {
			return v, s.checkText(v, path)
		}
	case s.kind == double || s.kind == integer:
		if v, ok := token.(json.Number); ok {
			return v, s.checkNumber(v, path)
		}
	}
	return nil, badRequest("%s: must be %s, not %s", place(path), s.kind, tokenName(token))
}

func (d decoder) structure(s *shape, path string) (object, error) {
	out := object{}
	for d.More() {
		token, err := d.next(path)
		if err != nil {
			return nil, err
		}
		name := token.(string) // the decoder lets nothing else stand before a colon
		at := join(path, name)
		member, known := s.members[name]
		if !known {
			return nil, badRequest("%s: unknown member", at)
		}
		if _, seen := out[name]; seen {
			return nil, badRequest("%s: given more than once", at)
		}
		if out[name], err = d.value(member, at); err != nil {
			return nil, err
		}
	}
	if err := s.checkRequired(out, path); err != nil {
		return nil, err
	}
	_, err := d.next(path)
	return out, err
}

func (d decoder) list(s *shape, path string) ([]any, error) {
	out := []any{}
	for d.More() {
		v, err := d.value(s.element, fmt.Sprintf("%s[%d]", path, len(out)))
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := d.next(path)
	return out, err
}

func (d decoder) next(path string) (json.Token, error) {
	token, err := d.Token()
	if err != nil {
		return nil, badRequest("%s: invalid JSON: %v", place(path), err)
	}
	return token, nil
}

func (s *shape) checkRequired(given object, path string) error {
	for _, name := range s.required {
		if _, ok := given[name]; !ok {
			return badRequest("%s: required member is missing", join(path, name))
		}
	}
	return nil
}

func (s *shape) checkText(v, path string) error {
	if len(s.enum) > 0 && !slices.Contains(s.enum, v) {
		return badRequest("%s: %q is not one of %s", path, v, strings.Join(s.enum, ", "))
	}
	return nil
}

func (s *shape) checkNumber(v json.Number, path string) error {
	if s.kind == double {
		if _, err := v.Float64(); err != nil {
			return badRequest("%s: %s is out of the range of a double", path, v)
		}
		return nil
	}
	n, err := strconv.ParseInt(v.String(), 10, 64)
	if err != nil {
		return badRequest("%s: must be an integer, not %s", path, v)
	}
	if n < s.min || n > s.max {
		return badRequest("%s: %d is not between %d and %d", path, n, s.min, s.max)
	}
	return nil
}

// join is the path of a member of the structure at path.
func join(path, member string) string { return strings.TrimPrefix(path+"."+member, ".") }

// place names the position in an error message; the body itself has no path.
func place(path string) string {
	if path == "" {
		return "request body"
	}
	return path
}

func tokenName(token json.Token) string {
	switch v := token.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return text.String()
	case json.Number:
		return double.String()
	case json.Delim:
		if v == '[' {
			return list.String()
		}
	}
	return structure.String()
}
