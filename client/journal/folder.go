package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
)

// linkError says that a folder of the journal is a link. What is written and cleaned
// up behind it would be in a folder of somebody else's choice.
type linkError struct{ folder string }

// Error says what to do.
func (e *linkError) Error() string {
	return fmt.Sprintf("%s is a link, and nothing is kept behind links; put a folder in its place, or set XDG_STATE_HOME to another directory", e.folder)
}

// Check reports whether something other than a folder stands where the journal keeps
// its files. What does not exist yet is no error.
func (j *Journal) Check() error {
	for _, folder := range []string{receiptsFolder, draftsFolder, locksFolder} {
		if _, err := j.folder(folder); err != nil {
			return fmt.Errorf("use the folder of receipts and drafts: %w", err)
		}
	}
	return nil
}

// folder returns the path of a folder below the root, unless that, or the root, is
// something else than a folder. It need not exist.
func (j *Journal) folder(name string) (string, error) {
	below := filepath.Join(j.root, name)
	for _, dir := range []string{j.root, below} {
		info, err := j.files.Lstat(dir)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return below, nil
		case err != nil:
			return "", err
		case info.Mode()&fs.ModeSymlink != 0:
			return "", &linkError{dir}
		case !info.IsDir():
			return "", fmt.Errorf("%s is no folder; put one in its place, or set XDG_STATE_HOME to another directory", dir)
		}
	}
	return below, nil
}

// list returns the entries of a folder below the root, none if it does not exist.
func (j *Journal) list(name string) ([]fs.DirEntry, error) {
	dir, err := j.folder(name)
	if err != nil {
		return nil, err
	}
	entries, err := j.files.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}

// makeFolder makes a folder below the root outlast a loss of power as well as the
// files in it do.
func (j *Journal) makeFolder(name string) error {
	dir, err := j.folder(name)
	if err != nil {
		return err
	}
	if made, err := j.exists(dir); made || err != nil {
		return err
	}
	if err := j.files.MkdirAll(dir); err != nil {
		return err
	}
	if err := j.files.SyncDir(j.root); err != nil {
		return err
	}
	return j.files.SyncDir(filepath.Dir(j.root))
}

// exists reports whether something has the name, a link that leads nowhere included.
func (j *Journal) exists(name string) (bool, error) {
	_, err := j.files.Lstat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}
