package project

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"syscall"

	"ampedit/client/files"
)

const (
	// maxJSON is the size in bytes up to which a JSON file is read. Amplify's
	// own files stay far below.
	maxJSON = 4 << 20
	// maxEntries is the number of entries up to which a folder is listed, and
	// up to which the folder of a split schema is walked.
	maxEntries = 2000
)

// A reader reads the files of a project and reports those it cannot read.
type reader struct {
	fsys fs.FS
	*report
}

// json reads and parses a file.
func (r reader) json(name string) document {
	text, err := files.ReadFS(r.fsys, name, maxJSON)
	switch {
	case absent(err):
		return document{file: name}
	case err != nil:
		r.unreadable(name, err)
		return document{file: name, state: damaged}
	}
	return parse(name, text, r.report)
}

// isFile reports whether a regular file exists, and reports whatever else has
// its name.
func (r reader) isFile(name string) bool {
	info, err := fs.Stat(r.fsys, name)
	if err == nil {
		err = files.Regular(info)
	}
	if err != nil && !absent(err) {
		r.unreadable(name, err)
	}
	return err == nil
}

// list returns the entries of a folder by name, none when it does not exist.
func (r reader) list(dir string) []fs.DirEntry {
	entries, err := readDir(r.fsys, dir)
	if err != nil && !absent(err) {
		r.unreadable(dir, err)
	}
	return entries
}

// folders returns the names of the folders in dir that can be an Amplify
// resource's.
func (r reader) folders(dir string) []string {
	var names []string
	for _, entry := range r.list(dir) {
		if !isResourceName(entry.Name()) {
			continue
		}
		name := path.Join(dir, entry.Name())
		switch info, err := fs.Stat(r.fsys, name); {
		case err == nil && info.IsDir():
			names = append(names, entry.Name())
		case err != nil && !absent(err):
			r.unreadable(name, err)
		}
	}
	return names
}

func (r reader) unreadable(name string, err error) {
	// The path is part of the finding already.
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	hint := ""
	if info, lstatErr := fs.Lstat(r.fsys, name); lstatErr == nil && info.Mode()&fs.ModeSymlink != 0 {
		hint = " It is a link; links out of the project are not followed."
	}
	r.add(UnreadableFile, name, "The file was not read: %v.%s", err, hint)
}

// absent reports whether err says that there is no such file. A file where a
// folder is expected counts, since nothing can lie below it.
func absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)
}

// readDir returns the entries of a folder by name. More than maxEntries are an
// error.
func readDir(fsys fs.FS, dir string) ([]fs.DirEntry, error) {
	info, err := fs.Stat(fsys, dir)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: dir, Err: syscall.ENOTDIR}
	}
	entries, err := fs.ReadDir(fsys, dir)
	if err == nil && len(entries) > maxEntries {
		return nil, fmt.Errorf("it has more than %d entries", maxEntries)
	}
	return entries, err
}
