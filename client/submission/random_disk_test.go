package submission_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"
	"time"

	"ampedit/client/journal"
)

// memoryDisk is a file system in memory that outlives the program.
type memoryDisk struct {
	files   map[string]*stored
	changed map[string]bool // receipts that nobody has judged yet
}

type stored struct {
	data []byte
	at   time.Time
}

func newDisk() *memoryDisk {
	return &memoryDisk{files: map[string]*stored{}, changed: map[string]bool{}}
}

// mount is the disk as one life of the program has it. When the program is killed
// nothing more reaches the disk through it.
type mount struct {
	*memoryDisk
	now  func() time.Time
	dead bool
	left int // how many changes it still lives for, -1 for ever
}

var _ journal.Files = (*mount)(nil)

var errDead = errors.New("the program was killed")

// change counts a change, and says that it does not happen.
func (m *mount) change() error {
	if m.left == 0 {
		m.dead = true
	}
	if m.dead {
		return errDead
	}
	if m.left > 0 {
		m.left--
	}
	return nil
}

func (m *mount) MkdirAll(string) error { return nil }

func (m *mount) SyncDir(string) error { return m.change() }

func (m *mount) ReadFile(name string) ([]byte, error) {
	f, ok := m.files[name]
	if !ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return slices.Clone(f.data), nil
}

func (m *mount) ReadDir(dir string) ([]fs.DirEntry, error) {
	var out []fs.DirEntry
	for name, f := range m.files {
		if filepath.Dir(name) == dir {
			out = append(out, memoryFile{filepath.Base(name), f})
		}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return out, nil
}

// Lstat knows every folder: they are made once, since the locks are real.
func (m *mount) Lstat(name string) (fs.FileInfo, error) {
	data, ok := m.files[name]
	switch {
	case ok:
		return fstest.MapFS{"f": {Data: data.data}}.Lstat("f")
	case filepath.Ext(name) == "":
		return fstest.MapFS{"f": {Mode: fs.ModeDir}}.Lstat("f")
	}
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

func (m *mount) Create(name string) (journal.File, error) {
	if _, ok := m.files[name]; ok {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrExist}
	}
	if err := m.change(); err != nil {
		return nil, err
	}
	f := &stored{at: m.now()}
	m.files[name] = f
	return &writing{m, f}, nil
}

func (m *mount) Rename(from, to string) error {
	f, ok := m.files[from]
	if !ok {
		return &fs.PathError{Op: "rename", Path: from, Err: fs.ErrNotExist}
	}
	if err := m.change(); err != nil {
		return err
	}
	delete(m.files, from)
	m.files[to] = f
	if id, ok := strings.CutSuffix(filepath.Base(to), ".json"); ok && filepath.Base(filepath.Dir(to)) == "receipts" {
		m.changed[strings.TrimSuffix(id, ".open")] = true
	}
	return nil
}

func (m *mount) Remove(name string) error {
	if _, ok := m.files[name]; !ok {
		return &fs.PathError{Op: "remove", Path: name, Err: fs.ErrNotExist}
	}
	if err := m.change(); err != nil {
		return err
	}
	delete(m.files, name)
	return nil
}

// writing is a file that is being written. A program that is killed meanwhile
// leaves half of it.
type writing struct {
	m *mount
	f *stored
}

func (w *writing) Write(p []byte) (int, error) {
	if err := w.m.change(); err != nil {
		w.f.data = append(w.f.data, p[:len(p)/2]...)
		return len(p) / 2, err
	}
	w.f.data = append(w.f.data, p...)
	return len(p), nil
}

func (w *writing) Sync() error  { return w.m.change() }
func (w *writing) Close() error { return nil }

// memoryFile is a file in a folder.
type memoryFile struct {
	name string
	*stored
}

func (f memoryFile) Name() string               { return f.name }
func (f memoryFile) IsDir() bool                { return false }
func (f memoryFile) Type() fs.FileMode          { return 0 }
func (f memoryFile) Info() (fs.FileInfo, error) { return f, nil }
func (f memoryFile) Size() int64                { return int64(len(f.data)) }
func (f memoryFile) Mode() fs.FileMode          { return 0o600 }
func (f memoryFile) ModTime() time.Time         { return f.at }
func (f memoryFile) Sys() any                   { return nil }
