package edit

import (
	"io"
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
	// once says that the text came from a stream, which cannot be read again.
	once bool
}

// LoadSchema reads the schema at a path as typed: a file or a folder, with ~ for
// the home folder, and quotes around it as some terminals paste them.
func LoadSchema(disk fs.FS, path string) Schema {
	return loaded(Schema{Path: path}, func() (*schema.Source, error) { return schema.Load(disk, ExpandPath(path)) })
}

// ReadSchema reads a schema from a stream such as standard input, which a path of its
// own stands for. The name labels its positions.
func ReadSchema(path, name string, r io.Reader) Schema {
	return loaded(Schema{Path: path, once: true}, func() (*schema.Source, error) { return schema.Read(name, r) })
}

func loaded(s Schema, read func() (*schema.Source, error)) Schema {
	source, err := read()
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
