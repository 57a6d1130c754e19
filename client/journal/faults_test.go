package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

var errCrash = errors.New("the machine is off")

// faults is the file system of this machine with faults. It counts everything
// that changes something as a step.
type faults struct {
	Disk
	// refuse returns the error with which a step fails, or nil.
	refuse func(step, name string) error
	// crashAt is the step that is not done any more, nor any after it; a write is
	// half done. 0 means never.
	crashAt int
	// powerLoss undoes at the crash what was not synced.
	powerLoss bool
	// unreadable is the error with which reading a file fails, or nil.
	unreadable error

	steps   int
	crashed bool
	loose   map[string]bool // files whose content is not synced
	renames []rename        // that are not synced, the oldest first
}

type rename struct {
	from, to string
	replaced []byte // nil if there was nothing
}

// step counts a step and returns the error that it must fail with.
func (f *faults) step(what, name string) error {
	if f.crashed {
		return errCrash
	}
	f.steps++
	if f.steps == f.crashAt {
		f.crash()
		return errCrash
	}
	if f.refuse != nil {
		return f.refuse(what, name)
	}
	return nil
}

func (f *faults) crash() {
	f.crashed = true
	if !f.powerLoss {
		return
	}
	for i := len(f.renames) - 1; i >= 0; i-- {
		r := f.renames[i]
		must(os.Rename(r.to, r.from))
		if r.replaced != nil {
			must(os.WriteFile(r.to, r.replaced, 0o600))
		}
	}
	for name := range f.loose {
		info, err := os.Stat(name)
		must(err)
		must(os.Truncate(name, info.Size()/2))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (f *faults) MkdirAll(dir string) error {
	if err := f.step("mkdir", dir); err != nil {
		return err
	}
	return f.Disk.MkdirAll(dir)
}

func (f *faults) ReadFile(name string) ([]byte, error) {
	if f.crashed {
		return nil, errCrash
	}
	if f.unreadable != nil {
		return nil, f.unreadable
	}
	return f.Disk.ReadFile(name)
}

func (f *faults) Lstat(name string) (fs.FileInfo, error) {
	if f.crashed {
		return nil, errCrash
	}
	return f.Disk.Lstat(name)
}

func (f *faults) Create(name string) (File, error) {
	if err := f.step("create", name); err != nil {
		return nil, err
	}
	file, err := f.Disk.Create(name)
	if err != nil {
		return nil, err
	}
	if f.loose == nil {
		f.loose = map[string]bool{}
	}
	f.loose[name] = true
	return &faultyFile{File: file, name: name, of: f}, nil
}

func (f *faults) Rename(from, to string) error {
	if err := f.step("rename", to); err != nil {
		return err
	}
	replaced, err := os.ReadFile(to)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := f.Disk.Rename(from, to); err != nil {
		return err
	}
	f.renames = append(f.renames, rename{from, to, replaced})
	if f.loose[from] {
		delete(f.loose, from)
		f.loose[to] = true
	}
	return nil
}

func (f *faults) Remove(name string) error {
	if err := f.step("remove", name); err != nil {
		return err
	}
	delete(f.loose, name)
	return f.Disk.Remove(name)
}

func (f *faults) SyncDir(dir string) error {
	if err := f.step("syncdir", dir); err != nil {
		return err
	}
	var left []rename
	for _, r := range f.renames {
		if filepath.Dir(r.to) != dir {
			left = append(left, r)
		}
	}
	f.renames = left
	return f.Disk.SyncDir(dir)
}

// faultyFile is a file of a faulty file system.
type faultyFile struct {
	File
	name string
	of   *faults
}

func (w *faultyFile) Write(data []byte) (int, error) {
	if err := w.of.step("write", w.name); err != nil {
		n, writeErr := w.File.Write(half(data))
		return n, errors.Join(err, writeErr)
	}
	return w.File.Write(data)
}

func (w *faultyFile) Sync() error {
	if err := w.of.step("sync", w.name); err != nil {
		return err
	}
	delete(w.of.loose, w.name)
	return w.File.Sync()
}

func (w *faultyFile) Close() error {
	err := w.File.Close() // also for a dead machine: the test must not leak it
	return errors.Join(w.of.step("close", w.name), err)
}
