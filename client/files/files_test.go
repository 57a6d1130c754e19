package files_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/client/files"
)

func TestRead(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(os.WriteFile(path("whole"), []byte("12345678"), 0o600))
	must(os.WriteFile(path("empty"), nil, 0o600))
	must(os.WriteFile(path("sparse"), nil, 0o600))
	must(os.Truncate(path("sparse"), 1<<40))
	must(os.Mkdir(path("folder"), 0o700))
	must(os.Symlink("whole", path("link")))
	must(os.Symlink("folder", path("link to a folder")))

	tooLarge := errors.New("too large")
	for _, c := range []struct {
		name string
		max  int64
		want string
		err  error // nil for none
	}{
		{"whole", 8, "12345678", nil},
		{"link", 8, "12345678", nil},
		{"empty", 0, "", nil},
		{"whole", 7, "", tooLarge},
		{"sparse", 1 << 20, "", tooLarge},
		{"folder", 8, "", files.ErrFolder},
		{"link to a folder", 8, "", files.ErrFolder},
		{"nothing", 8, "", fs.ErrNotExist},
		{os.DevNull, 8, "", files.ErrNotRegular},
	} {
		name := c.name
		if !filepath.IsAbs(name) {
			name = path(name)
		}
		data, err := files.Read(name, c.max)
		var pathErr *fs.PathError
		switch {
		case c.err == nil && (err != nil || string(data) != c.want):
			t.Errorf("%s: %q, %v", c.name, data, err)
		case c.err != nil && (!errors.As(err, &pathErr) || pathErr.Path != name):
			t.Errorf("%s: error %v does not name the file", c.name, err)
		case c.err == tooLarge && !errors.As(err, new(*files.TooLargeError)), c.err != nil && c.err != tooLarge && !errors.Is(err, c.err):
			t.Errorf("%s: error %v, not %v", c.name, err, c.err)
		}
	}
}

// A file may be replaced between the first look at it and opening it, and may grow
// while it is read.
func TestReadLooksAtWhatItHasOpened(t *testing.T) {
	if _, err := files.ReadFS(replaced{fstest.MapFS{"a": {Data: []byte("x")}, "pipe": {Mode: fs.ModeNamedPipe}}}, "a", 8); !errors.Is(err, files.ErrNotRegular) {
		t.Errorf("what has taken the name since gives %v", err)
	}
	var tooLarge *files.TooLargeError
	if _, err := files.ReadAll(io.MultiReader(strings.NewReader("1234"), bytes.NewReader(make([]byte, 5))), 8); !errors.As(err, &tooLarge) {
		t.Errorf("a stream of 9 bytes gives %v", err)
	}
}

// replaced opens a pipe in the place of every file.
type replaced struct{ fstest.MapFS }

func (r replaced) Open(string) (fs.File, error) { return r.MapFS.Open("pipe") }

func TestTooLargeNamesTheLimit(t *testing.T) {
	for max, want := range map[int64]string{32 << 20: "32 MB", 512: "512 bytes"} {
		if got := (&files.TooLargeError{Max: max}).Error(); !strings.Contains(got, want) {
			t.Errorf("%q does not say %s", got, want)
		}
	}
}
