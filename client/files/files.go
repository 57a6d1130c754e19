// Package files reads files that anybody may have put where they are. Only regular
// files are read, and only up to a size: a named pipe, a device or a sparse file of
// gigabytes gives an error at once, and never a program that hangs.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

var (
	// ErrFolder says that a folder has the name of a file.
	ErrFolder = errors.New("it is a folder")
	// ErrNotRegular says that something has the name that is neither a regular file
	// nor a folder, such as a named pipe, a device or a socket.
	ErrNotRegular = errors.New("it is not a regular file")
)

// TooLargeError says that a file is larger than what is read of its kind.
type TooLargeError struct {
	// Max is the largest size that is read, in bytes.
	Max int64
}

// Error names the limit.
func (e *TooLargeError) Error() string {
	const mb = 1 << 20
	if e.Max >= mb {
		return fmt.Sprintf("it is larger than %d MB", e.Max/mb)
	}
	return fmt.Sprintf("it is larger than %d bytes", e.Max)
}

// Disk is the file system of this machine, by the paths that people write.
type Disk struct{}

// Open opens a file for reading, and never waits for the other end of a named pipe.
func (Disk) Open(name string) (fs.File, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, err // not f: a nil *os.File would be a non-nil fs.File
	}
	return f, nil
}

// Stat describes a file without opening it. Links are followed.
func (Disk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// Read returns the content of a regular file of at most max bytes. Links are
// followed. The error is a *fs.PathError; what is in it is ErrFolder, ErrNotRegular,
// a *TooLargeError or the system's.
func Read(name string, max int64) ([]byte, error) { return ReadFS(Disk{}, name, max) }

// ReadFS is Read in a file system.
func ReadFS(fsys fs.FS, name string, max int64) ([]byte, error) {
	data, err := read(fsys, name, max)
	var pathErr *fs.PathError
	if err != nil && !errors.As(err, &pathErr) {
		err = &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return data, err
}

func read(fsys fs.FS, name string, max int64) ([]byte, error) {
	info, err := fs.Stat(fsys, name) // opening a device may do something already
	if err != nil {
		return nil, err
	}
	if err := Regular(info); err != nil {
		return nil, err
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil { // something else may have taken the name since
		return nil, err
	}
	if err := Regular(info); err != nil {
		return nil, err
	}
	if info.Size() > max {
		return nil, &TooLargeError{max}
	}
	return ReadAll(f, max)
}

// ReadAll reads a stream of at most max bytes to its end. The error of one that is
// longer is a *TooLargeError.
func ReadAll(r io.Reader, max int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, max+1))
	if err == nil && int64(len(data)) > max {
		return nil, &TooLargeError{max}
	}
	return data, err
}

// Regular returns nil for a regular file, else ErrFolder or ErrNotRegular.
func Regular(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return ErrFolder
	case !info.Mode().IsRegular():
		return ErrNotRegular
	}
	return nil
}
