//go:build unix

package files_test

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"ampedit/client/files"
)

// A named pipe without a writer would block whoever opens it.
func TestPipesAndSocketsAreNotRead(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(t.TempDir(), "s")
	fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd) //nolint:errcheck // it ends with the test
	if err := syscall.Bind(fd, &syscall.SockaddrUnix{Name: socket}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{pipe, socket} {
		if _, err := files.Read(name, 8); !errors.Is(err, files.ErrNotRegular) {
			t.Errorf("%s gives %v", name, err)
		}
	}
	f, err := files.Disk{}.Open(pipe)
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}
