package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Draft is what a caller wanted to keep about a target, in a form that only the
// caller knows.
type Draft struct {
	Target Target
	// Saved is when it was saved.
	Saved time.Time
	// Data is as it was saved, but without secrets.
	Data []byte
}

// SaveDraft keeps data as the draft of a target, in place of an earlier one.
// Secrets are taken out. If data is JSON, it says the same as before
// but for them; the string in a member transformSchema is taken
// for a schema and stays as well. A draft in the way that cannot be understood is
// put aside, not overwritten.
func (j *Journal) SaveDraft(t Target, data []byte) error {
	fail := func(err error) error { return fmt.Errorf("save the draft: %w", advise(err)) }
	sealed, err := j.seal(header{Format: draftFormat, Target: &t}, data)
	if err != nil {
		return fail(err)
	}
	j.updating.Lock()
	defer j.updating.Unlock()
	var unreadable *UnreadableError
	if _, _, err := j.read(draftFormat, j.draftPath(t)); errors.As(err, &unreadable) {
		if _, err := j.putAside(j.draftPath(t)); err != nil {
			return fail(err)
		}
	}
	if err := j.replace(j.draftPath(t), sealed); err != nil {
		return fail(err)
	}
	return nil
}

// LoadDraft returns the draft of a target, nil if there is none. A draft that is
// half-written, foreign or from a newer version is put aside and gives an
// *UnreadableError.
func (j *Journal) LoadDraft(t Target) (*Draft, error) {
	d, err := j.loadDraft(j.draftPath(t))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load the draft: %w", err)
	}
	d.Target = t
	return d, nil
}

// Drafts returns all drafts, the one saved last first, and the files that could
// not be understood.
func (j *Journal) Drafts() ([]Draft, []*UnreadableError, error) {
	files, err := j.files.ReadDir(filepath.Join(j.root, draftsFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, fmt.Errorf("list the drafts: %w", err)
	}
	var drafts []Draft
	var bad []*UnreadableError
	for _, file := range files {
		if strings.HasPrefix(file.Name(), temporaryPrefix) || !strings.HasSuffix(file.Name(), draftSuffix) {
			continue
		}
		d, err := j.loadDraft(j.path(draftsFolder, file.Name()))
		var unreadable *UnreadableError
		switch {
		case errors.As(err, &unreadable):
			bad = append(bad, unreadable)
		case errors.Is(err, fs.ErrNotExist): // dropped by another program meanwhile
		case err != nil:
			return nil, nil, fmt.Errorf("list the drafts: %w", err)
		default:
			drafts = append(drafts, *d)
		}
	}
	slices.SortStableFunc(drafts, func(a, b Draft) int { return b.Saved.Compare(a.Saved) })
	return drafts, bad, nil
}

// DropDraft removes the draft of a target, if there is one.
func (j *Journal) DropDraft(t Target) error {
	err := j.files.Remove(j.draftPath(t))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = j.files.SyncDir(filepath.Join(j.root, draftsFolder))
	}
	if err != nil {
		return fmt.Errorf("drop the draft: %w", advise(err))
	}
	return nil
}

const draftSuffix = ".draft"

func (j *Journal) draftPath(t Target) string { return j.path(draftsFolder, j.fileName(t)+draftSuffix) }

func (j *Journal) loadDraft(name string) (*Draft, error) {
	h, data, err := j.read(draftFormat, name)
	if err != nil {
		return nil, j.notRead(name, err)
	}
	d := &Draft{Saved: h.Written, Data: data}
	if h.Target != nil {
		d.Target = *h.Target
	}
	return d, nil
}
