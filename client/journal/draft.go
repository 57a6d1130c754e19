package journal

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Draft is what a program kept of what was typed in it, in a form that only the
// caller knows.
type Draft struct {
	// ID is its own, and never used again.
	ID string
	// Target is what it is for, as far as that was known.
	Target Target
	// Saved is when it was saved last.
	Saved time.Time
	// Data is as it was saved, but without secrets.
	Data []byte
}

// DraftFile is a draft that this program has to itself: no other takes it up or
// changes it before Close, or before this program ends, however that happens. Its
// methods may be called at the same time.
type DraftFile struct {
	journal *Journal
	id      string

	mu   sync.Mutex
	lock *flock.Flock // nil before the first Save, and where nothing can be locked
}

// NewDraft returns a draft of this program's own. Nothing is written yet.
func (j *Journal) NewDraft() *DraftFile {
	const chance = 8 // letters, which tell programs apart that began in the same second
	return &DraftFile{journal: j, id: j.stamp().Format(idLayout) + "-" + strings.ToLower(rand.Text()[:chance])}
}

// Save keeps data in place of what was saved before, for a target that may be
// another one by now, and returns what was kept: secrets are taken out. If data is
// JSON, it says the same as before but for them; the string in a member transformSchema
// is taken for a schema and stays as well.
func (f *DraftFile) Save(t Target, data []byte) (kept []byte, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	fail := func(err error) ([]byte, error) { return nil, fmt.Errorf("save the draft: %w", advise(err)) }
	j := f.journal
	sealed, kept, err := j.seal(header{Format: draftFormat, Target: &t}, data)
	if err != nil {
		return fail(err)
	}
	if f.lock == nil || !f.lock.Locked() { // what cannot be locked is kept all the same
		if f.lock, err = j.tryLock(f.lockPath()); errors.Is(err, errHeld) {
			return fail(err)
		}
	}
	if err := j.replace(f.path(), sealed); err != nil {
		return fail(err)
	}
	return kept, nil
}

// Drop removes the draft, if anything was saved, and gives it up.
func (f *DraftFile) Drop() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.journal.files.Remove(f.path())
	if err == nil {
		err = f.journal.files.SyncDir(filepath.Dir(f.path()))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop the draft: %w", advise(err))
	}
	f.release()
	return nil
}

// Close gives the draft up and leaves it to whoever takes it up next.
func (f *DraftFile) Close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.release()
}

func (f *DraftFile) release() {
	if f.lock != nil {
		f.journal.unlockAndRemove(f.lock)
		f.lock = nil
	}
}

// Drafts returns all drafts, the one saved last first, those that other programs have
// included, and the files that could not be understood. Those are put aside, unless a
// newer version wrote them.
func (j *Journal) Drafts() ([]Draft, []*UnreadableError, error) {
	files, err := j.list(draftsFolder)
	if err != nil {
		return nil, nil, fmt.Errorf("list the drafts: %w", err)
	}
	var drafts []Draft
	var bad []*UnreadableError
	for _, file := range files {
		id, ok := strings.CutSuffix(file.Name(), draftSuffix)
		if strings.HasPrefix(id, temporaryPrefix) || !ok {
			continue
		}
		d, err := j.loadDraft(id)
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

// ClaimDraft gives this program a draft that no other has, with what is in it now. It
// is nil if another program has it, or if it is gone.
func (j *Journal) ClaimDraft(id string) (*DraftFile, *Draft, error) {
	f := &DraftFile{journal: j, id: id}
	var err error
	if f.lock, err = j.tryLock(f.lockPath()); errors.Is(err, errHeld) {
		return nil, nil, nil
	} // what cannot be locked can be read all the same
	d, err := j.loadDraft(id)
	if err == nil {
		return f, d, nil
	}
	f.Close()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	return nil, nil, fmt.Errorf("load the draft: %w", err)
}

const draftSuffix = ".draft"

func (f *DraftFile) path() string { return f.journal.path(draftsFolder, f.id+draftSuffix) }

func (f *DraftFile) lockPath() string { return f.journal.path(locksFolder, f.id+draftSuffix+".lock") }

func (j *Journal) loadDraft(id string) (*Draft, error) {
	name := j.path(draftsFolder, id+draftSuffix)
	h, data, err := j.read(draftFormat, name)
	var unreadable *UnreadableError
	switch {
	case errors.As(err, &unreadable) && unreadable.Newer:
		return nil, err // its name is its own, and its own program still wants it
	case err != nil:
		return nil, j.notRead(name, err)
	}
	d := &Draft{ID: id, Saved: h.Written, Data: data}
	if h.Target != nil {
		d.Target = *h.Target
	}
	return d, nil
}
