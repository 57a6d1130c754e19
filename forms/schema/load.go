package schema

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"sort"
	"strings"

	"ampedit/client/files"
)

// MaxSize is the largest schema that is read, in bytes, all files together.
// The service's own limit lies far below it.
const MaxSize = 5 << 20

// maxEntries bounds the walk of a folder, so that a path such as "/" ends in a
// sentence instead of a long wait.
const maxEntries = 5000

// Load reads a schema from the paths in the order given. A path names a file
// or a folder. A folder that holds schema.graphql means that file; else its
// schema subfolder; else every .graphql and .gql file in it and below, in the
// order of their paths.
//
// The names of the files have slashes in them on every system. The error is a sentence
// for the user that names the path, as the system writes it, and what to do.
func Load(fsys fs.FS, paths ...string) (*Source, error) {
	if len(paths) == 0 {
		return nil, errors.New("no schema was named: give a .graphql file or a folder")
	}
	var l loader
	for _, p := range paths {
		if err := l.add(fsys, filepath.ToSlash(p)); err != nil {
			return nil, err
		}
	}
	return join(l.parts, l.ignored), nil
}

// Read reads a schema from a stream such as standard input. The name labels
// its positions. The error is a sentence for the user.
func Read(name string, r io.Reader) (*Source, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("reading the schema from %s failed: %w", name, err)
	}
	return NewSource(name, string(data))
}

// loader gathers the files of one schema.
type loader struct {
	parts   []part
	ignored []File
	size    int
	visited int
}

func (l *loader) add(fsys fs.FS, name string) error {
	if err := checkPath(name); err != nil {
		return err
	}
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return explainOpen(name, err)
	}
	if info.IsDir() {
		return l.addFolder(fsys, name)
	}
	return l.addFile(fsys, name)
}

// checkPath turns away text that is no path before the file system gives a
// less helpful answer.
func checkPath(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("the path of the schema is empty: give a .graphql file or a folder")
	case strings.ContainsAny(name, "\n{}") || strings.Contains(name, "@model"):
		return errors.New("this looks like the text of a schema, not the path of a file: save it to a file and name that, or pipe it in")
	case strings.Contains(name, "://"):
		return fmt.Errorf("%s is an address, not a path on this machine: download the schema and name the file", name)
	case strings.ContainsRune(name, 0):
		return errors.New("the path of the schema holds a zero byte, which no file name can")
	}
	return nil
}

// openError is a sentence that says all that its cause does.
type openError struct {
	sentence string
	cause    error
}

func (e *openError) Error() string { return e.sentence }
func (e *openError) Unwrap() error { return e.cause }

// explainOpen puts the reasons why a path cannot be opened into words.
func explainOpen(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return &openError{fmt.Sprintf("there is no file or folder %s: check the spelling", shown(name)), err}
	case errors.Is(err, fs.ErrPermission):
		return &openError{fmt.Sprintf("%s cannot be read: you lack the permission", shown(name)), err}
	default:
		return fmt.Errorf("%s cannot be opened: %w", shown(name), err)
	}
}

func (l *loader) addFolder(fsys fs.FS, folder string) error {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return explainOpen(folder, err)
	}
	var hasSchemaFolder bool
	for _, e := range entries {
		if e.Name() == "schema.graphql" && !e.IsDir() {
			l.ignoreSiblings(folder, entries)
			return l.addFile(fsys, under(folder, e.Name()))
		}
		hasSchemaFolder = hasSchemaFolder || e.Name() == "schema" && e.IsDir()
	}
	root := folder
	if hasSchemaFolder {
		root = under(folder, "schema")
		l.ignoreOutside(folder, entries)
	}
	names, err := l.walk(fsys, root)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return fmt.Errorf("the folder %s holds no .graphql or .gql file: name the file of the schema", shown(root))
	}
	sort.Strings(names)
	for _, name := range names {
		if err := l.addFile(fsys, name); err != nil {
			return err
		}
	}
	return nil
}

// ignoreSiblings notes the files beside schema.graphql that could be taken for
// a part of the schema.
func (l *loader) ignoreSiblings(folder string, entries []fs.DirEntry) {
	for _, e := range entries {
		switch {
		case e.Name() == "schema.graphql":
		case e.IsDir() && e.Name() == "schema":
			l.ignore(under(folder, e.Name()), "schema.graphql in the same folder comes first")
		case !e.IsDir() && isSchemaFile(e.Name()):
			l.ignore(under(folder, e.Name()), "schema.graphql in the same folder is the whole schema")
		}
	}
}

// ignoreOutside notes the schema files beside the schema subfolder.
func (l *loader) ignoreOutside(folder string, entries []fs.DirEntry) {
	for _, e := range entries {
		if !e.IsDir() && isSchemaFile(e.Name()) {
			l.ignore(under(folder, e.Name()), "the schema subfolder is the whole schema")
		}
	}
}

// under is the path of a file in a folder.
func under(folder, name string) string {
	joined := path.Join(folder, name)
	if strings.HasPrefix(folder, "//") { // a share of Windows, which Join would take for a folder
		joined = "/" + joined
	}
	return joined
}

// shown is a name in a sentence for the user.
func shown(name string) string { return filepath.FromSlash(name) }

func (l *loader) ignore(name, reason string) {
	l.ignored = append(l.ignored, File{Name: name, Ignored: reason})
}

// walk lists the schema files in a folder and below it, leaving out hidden
// folders and node_modules.
func (l *loader) walk(fsys fs.FS, folder string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil, explainOpen(folder, err)
	}
	var names []string
	for _, e := range entries {
		if l.visited++; l.visited > maxEntries {
			return nil, fmt.Errorf("the folder %s holds more than %d files: name the folder of the schema itself", shown(folder), maxEntries)
		}
		name := under(folder, e.Name())
		hidden := strings.HasPrefix(e.Name(), ".")
		switch {
		case e.IsDir() && (hidden || e.Name() == "node_modules"):
			l.ignore(name, "hidden folders and node_modules are left out")
		case e.IsDir():
			below, err := l.walk(fsys, name)
			if err != nil {
				return nil, err
			}
			names = append(names, below...)
		case !isSchemaFile(name):
			l.ignore(name, "it does not end in .graphql or .gql")
		case hidden:
			l.ignore(name, "hidden files are left out")
		default:
			names = append(names, name)
		}
	}
	return names, nil
}

func (l *loader) addFile(fsys fs.FS, name string) error {
	data, err := readFile(fsys, name)
	if err != nil {
		return err
	}
	if l.size += len(data); l.size > MaxSize {
		return tooLarge(name)
	}
	text, err := decode(name, data)
	if err != nil {
		return err
	}
	l.parts = append(l.parts, part{name: name, text: text})
	return nil
}

// readFile reads a regular file, and puts what is wrong with it into words.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	data, err := files.ReadFS(fsys, name, MaxSize)
	var large *files.TooLargeError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s vanished while the schema was being read: load it again (%w)", shown(name), err)
	case errors.Is(err, files.ErrNotRegular), errors.Is(err, files.ErrFolder):
		return nil, fmt.Errorf("%s is not a regular file: name a .graphql file or a folder", shown(name))
	case errors.As(err, &large):
		return nil, tooLarge(name)
	case err != nil:
		return nil, explainOpen(name, err)
	}
	return data, nil
}
