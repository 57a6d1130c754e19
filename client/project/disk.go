package project

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// disk is a folder on disk as a file system. Links that lead out of it are
// errors, which os.Root sees to. Unlike os.Root.FS it never waits for the other
// end of a named pipe.
type disk struct{ root *os.Root }

// Open implements fs.FS.
func (d disk) Open(name string) (fs.File, error) {
	f, err := d.root.OpenFile(filepath.FromSlash(name), os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err // not f: a nil *os.File would be a non-nil fs.File
	}
	return f, nil
}

// Stat implements fs.StatFS, so that asking about a device does not open it.
func (d disk) Stat(name string) (fs.FileInfo, error) {
	return d.root.Stat(filepath.FromSlash(name))
}

// Lstat and ReadLink implement fs.ReadLinkFS, so that findings can name links.
func (d disk) Lstat(name string) (fs.FileInfo, error) {
	return d.root.Lstat(filepath.FromSlash(name))
}

// ReadLink is described at Lstat.
func (d disk) ReadLink(name string) (string, error) {
	return d.root.Readlink(filepath.FromSlash(name))
}
