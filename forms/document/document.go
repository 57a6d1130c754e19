package document

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"ampedit/client/charset"
	"ampedit/client/suggest"
	"ampedit/client/wire"
)

// Syntax is the language of a file.
type Syntax int

// The languages.
const (
	JSON Syntax = iota
	YAML
)

// Shape is what a file's members are about.
type Shape int

// The shapes; the package documentation describes them.
const (
	Request Shape = iota
	Config
	CLIInputs
	Headless
)

// Format is how a file is written.
type Format struct {
	Syntax Syntax
	Shape  Shape
	// Model says that a Request or a Config has the names of the service model
	// and the AWS CLI (AppId) instead of those on the wire (appId).
	Model bool
}

// Target is the backend that a file names, as far as it does.
type Target struct {
	AppID, Environment, ResourceName string
}

// Document is a file that was understood.
type Document struct {
	Format Format
	Target Target
	// Config is the configuration that the file states, nil if it states none.
	Config *wire.ResourceConfig
	// Notes tell what was not taken as it stands, in the order of the file.
	Notes []Note

	path   string // the name as given
	name   string // the name for sentences
	mark   []byte // the byte order mark
	source []byte
	root   *node
	config *node // the configuration, with names of a request; nil for none
}

// Parse reads a request that is kept as a file. The name decides between JSON and
// YAML and stands in errors and notes; an error of Parse is an *Error.
func Parse(name string, data []byte) (*Document, error) {
	source := bytes.TrimPrefix(data, []byte("\uFEFF"))
	d, err := parse(name, syntaxOf(name, source), source)
	if err != nil {
		return nil, err
	}
	d.mark = data[:len(data)-len(source)]
	return d, nil
}

func parse(path string, syntax Syntax, source []byte) (*Document, error) {
	d := &Document{path: path, name: clean(path), source: source, Format: Format{Syntax: syntax}}
	var broken *charset.Error
	if _, err := charset.UTF8(source); errors.As(err, &broken) {
		return nil, &Error{Name: d.name, Line: broken.Line, Column: broken.Column, Text: "the file cannot be read: " + broken.Error()}
	}
	values := parseJSON
	if syntax == YAML {
		values = parseYAML
	}
	var err error
	if d.root, err = values(d.name, source); err != nil {
		return nil, err
	}
	if err := d.read(); err != nil {
		return nil, err
	}
	d.placeNotes()
	return d, nil
}

func syntaxOf(name string, source []byte) Syntax {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return YAML
	case ".json":
		return JSON
	}
	if start := bytes.TrimLeft(source, " \t\r\n"); len(start) > 0 && strings.IndexByte("{[\"", start[0]) >= 0 {
		return JSON
	}
	return YAML
}

// read finds out the shape and reads the file by it.
func (d *Document) read() error {
	if d.root.kind != object {
		return d.fail(d.root, "a request is an object with members such as resourceConfig, not "+d.root.kind.String())
	}
	if err := d.unique(d.root); err != nil {
		return err
	}
	switch {
	case d.root.member("serviceModification") != nil:
		d.Format.Shape = Headless
		return d.readAmplify("serviceModification")
	case d.root.member("serviceConfiguration") != nil:
		d.Format.Shape = CLIInputs
		return d.readAmplify("serviceConfiguration")
	}
	for _, shape := range []Shape{Request, Config} {
		if model, ok := d.spelling(shape); ok {
			d.Format.Shape, d.Format.Model = shape, model
			return d.readRequest()
		}
	}
	return d.fail(d.root, "this is no request: none of appId, backendEnvironmentName, resourceName, resourceConfig and the members of a resourceConfig stands in it"+d.misspelt())
}

// misspelt ends a sentence with the member that the first of the file's is almost.
func (d *Document) misspelt() string {
	known := append(wireNames(reflect.TypeFor[envelope]()), wireNames(reflect.TypeFor[wire.ResourceConfig]())...)
	known = append(known, "serviceConfiguration", "serviceModification")
	for _, it := range d.root.items {
		if near := suggest.Nearest(it.key.text, known); near != "" {
			return fmt.Sprintf("; is %s meant by %q?", near, brief(it.key.text))
		}
	}
	return ""
}

// unique makes sure that no member stands twice.
func (d *Document) unique(n *node) error {
	seen := map[string]bool{}
	for _, it := range n.items {
		if it.key != nil {
			if seen[it.key.text] {
				return d.fail(it.key, fmt.Sprintf("the member %q stands twice; remove one", brief(it.key.text)))
			}
			seen[it.key.text] = true
		}
		if err := d.unique(it.value); err != nil {
			return err
		}
	}
	return nil
}

func (d *Document) fail(at *node, what string) error {
	return fail(d.name, d.source, at.start, "%s", what)
}

func fail(name string, source []byte, offset int, format string, args ...any) error {
	line, column := position(source, offset)
	return &Error{Name: name, Line: line, Column: column, Text: fmt.Sprintf(format, args...)}
}

func (d *Document) note(at *node, path, format string, args ...any) {
	d.Notes = append(d.Notes, Note{Name: d.name, Path: clean(path), Text: fmt.Sprintf(format, args...), offset: at.start})
}

// placeNotes sorts the notes and finds their lines, all in one pass.
func (d *Document) placeNotes() {
	slices.SortStableFunc(d.Notes, func(a, b Note) int { return cmp.Compare(a.offset, b.offset) })
	at, line, column := 0, 1, 1
	for i := range d.Notes {
		n := &d.Notes[i]
		lines, columns := position(d.source[at:n.offset], n.offset-at)
		if lines > 1 {
			column = 1
		}
		line, column, at = line+lines-1, column+columns-1, n.offset
		n.Line, n.Column = line, column
	}
}
