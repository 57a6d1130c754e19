package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

// Temporary files begin and end like this; nothing reads them.
const (
	temporaryPrefix = "."
	temporarySuffix = ".tmp"
)

// temporaryName is what replace and add call their temporary files: nobody else's
// have such names.
var temporaryName = regexp.MustCompile(`^\.(.+\.[A-Z2-7]{26}|\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ[a-z0-9-]*)\.tmp$`)

// leftAfter is the age from which a temporary file is known to be nobody's.
const leftAfter = 24 * time.Hour

// replace gives the file a new content, as a whole or not at all.
func (j *Journal) replace(name string, data []byte) error {
	temporary := filepath.Join(filepath.Dir(name), temporaryPrefix+filepath.Base(name)+"."+rand.Text()+temporarySuffix)
	if err := j.makeFolder(filepath.Base(filepath.Dir(name))); err != nil {
		return advise(err)
	}
	if err := j.fill(temporary, data); err != nil {
		return advise(err)
	}
	return advise(j.settle(temporary, name))
}

// fill makes a temporary file that holds data, or none.
func (j *Journal) fill(temporary string, data []byte) error {
	file, err := j.files.Create(temporary)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, j.files.Remove(temporary))
	}
	return nil
}

// settle gives a temporary file its name for good.
func (j *Journal) settle(temporary, name string) error {
	if err := j.files.Rename(temporary, name); err != nil {
		return errors.Join(err, j.files.Remove(temporary))
	}
	return j.files.SyncDir(filepath.Dir(name))
}

// putAside renames a file that cannot be read, so that its name becomes free and
// its content is kept, and returns the new name.
func (j *Journal) putAside(name string) (string, error) {
	for n := 1; ; n++ {
		aside := name + ".bad"
		if n > 1 {
			aside = fmt.Sprintf("%s.%d.bad", name, n)
		}
		taken, err := j.exists(aside)
		if err != nil {
			return "", err
		}
		if taken {
			continue
		}
		if err := j.files.Rename(name, aside); err != nil {
			return "", err
		}
		return aside, j.files.SyncDir(filepath.Dir(name))
	}
}

// sweep removes the temporary files that a crash left in a folder more than a day
// ago; younger ones may be another program's that is just writing.
func (j *Journal) sweep(folder string) {
	entries, err := j.list(folder)
	if err != nil {
		return // what cannot be listed is reported by whoever reads it
	}
	for _, entry := range entries {
		name := entry.Name()
		if !temporaryName.MatchString(name) {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && j.now().Sub(info.ModTime()) > leftAfter {
			_ = j.files.Remove(j.path(folder, name)) // waste of space, no more
		}
	}
}

// advise adds what to do to the usual reasons why a file cannot be written or
// locked.
func advise(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w; free some space and try again", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w; make the directory writable or set XDG_STATE_HOME to another", err)
	case errors.Is(err, syscall.ENOLCK), errors.Is(err, errors.ErrUnsupported):
		return fmt.Errorf("%w; set XDG_STATE_HOME to a directory on a local disk", err)
	}
	return err
}
