package journal

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"runtime"
	"syscall"

	"ampedit/client/files"
)

// Files is what a journal needs of a file system. Errors are those of package os.
type Files interface {
	// MkdirAll makes a directory and its parents, with mode 0700.
	MkdirAll(dir string) error
	// ReadFile reads a regular file of bounded size. Its errors are those of
	// package files.
	ReadFile(name string) ([]byte, error)
	ReadDir(dir string) ([]fs.DirEntry, error)
	// Lstat describes what has the name, a link itself.
	Lstat(name string) (fs.FileInfo, error)
	// Create makes a file with mode 0600; fs.ErrExist if the name is taken.
	Create(name string) (File, error)
	// Rename replaces what has the new name.
	Rename(from, to string) error
	Remove(name string) error
	// SyncDir makes the names in a directory outlast a loss of power.
	SyncDir(dir string) error
}

// File is a file that is being written.
type File interface {
	io.WriteCloser
	// Sync makes what was written outlast a loss of power.
	Sync() error
}

// Disk is the file system of this machine.
type Disk struct{}

// MkdirAll is os.MkdirAll with mode 0700.
func (Disk) MkdirAll(dir string) error { return os.MkdirAll(dir, 0o700) }

// maxFile is the largest file of a journal, in bytes: a receipt with two of the
// largest schemas, with every character escaped.
const maxFile = 64 << 20

// ReadFile reads a regular file of at most 64 MB.
func (Disk) ReadFile(name string) ([]byte, error) { return files.Read(name, maxFile) }

// ReadDir is os.ReadDir.
func (Disk) ReadDir(dir string) ([]fs.DirEntry, error) { return os.ReadDir(dir) }

// Rename is os.Rename.
func (Disk) Rename(from, to string) error { return os.Rename(from, to) }

// Remove is os.Remove.
func (Disk) Remove(name string) error { return os.Remove(name) }

// Lstat is os.Lstat.
func (Disk) Lstat(name string) (fs.FileInfo, error) { return os.Lstat(name) }

// Create makes a file with mode 0600; fs.ErrExist if the name is taken.
func (Disk) Create(name string) (File, error) {
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// SyncDir makes the names in a directory outlast a loss of power, where the system
// can.
func (Disk) SyncDir(dir string) error {
	if runtime.GOOS == "windows" { // keeps names safe by itself and refuses the call
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EINVAL) {
		err = nil // a file system that knows no such thing; nothing more can be done
	}
	return errors.Join(err, d.Close())
}
