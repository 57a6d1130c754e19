package host

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// maxNames bounds the search for a name that is still free.
const maxNames = 1000

// WriteNew writes a text to a new file in the present folder. A file that exists
// is never touched: after name.ext comes name-2.ext.
func WriteNew(name, text string) (path string, err error) {
	name = filepath.Base(name)
	stem, ext := strings.TrimSuffix(name, filepath.Ext(name)), filepath.Ext(name)
	for n := 2; n < maxNames; n++ {
		err = create(name, text)
		if !errors.Is(err, fs.ErrExist) {
			return name, err
		}
		name = fmt.Sprintf("%s-%d%s", stem, n, ext)
	}
	return "", err
}

// create writes a file that must not exist yet, and leaves none if it fails.
func create(path, text string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// Views are temporary files for reading, in a folder that only the user can
// enter. The zero value is ready.
type Views struct{ folder string }

// Write writes a text to a temporary file, over one of the same name.
func (v *Views) Write(name, text string) (path string, err error) {
	if v.folder == "" {
		if v.folder, err = os.MkdirTemp("", "ampedit-"); err != nil {
			return "", err
		}
	}
	path = filepath.Join(v.folder, filepath.Base(name))
	return path, os.WriteFile(path, []byte(text), 0o600)
}

// Close removes the files.
func (v *Views) Close() {
	if v.folder != "" {
		_ = os.RemoveAll(v.folder)
	}
}
