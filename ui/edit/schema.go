package edit

import (
	"io/fs"

	"ampedit/forms/schema"
)

// Schema is what a schema path gave.
type Schema struct {
	// Path is the path as typed.
	Path string
	// Text is the schema as it is sent. It is empty with Err.
	Text string
	// Files are the files that were found, those that do not count included.
	Files []schema.File
	// Source is the text with its files, nil with Err.
	Source *schema.Source
	// Err says why there is no text.
	Err error
}

// LoadSchema reads the schema at a path as typed: a file or a folder, with ~ for
// the home folder, and quotes around it as some terminals paste them.
func LoadSchema(disk fs.FS, path string) Schema {
	s := Schema{Path: path}
	source, err := schema.Load(disk, ExpandPath(path))
	if err != nil {
		s.Err = err
		return s
	}
	s.Text, s.Files, s.Source = source.Text(), source.Files(), source
	return s
}

// Name is the name of one of the files to be shown: relative to the path that was
// typed.
func (s Schema) Name(file string) string { return shortName(ExpandPath(s.Path), file) }
