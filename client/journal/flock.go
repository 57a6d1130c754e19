package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"time"

	"github.com/gofrs/flock"

	"ampedit/client/files"
)

// errHeld says that another program has the lock.
var errHeld = errors.New("another program has it")

// tryLock takes the lock of a file in the folder of locks, or returns errHeld at
// once.
func (j *Journal) tryLock(path string) (*flock.Flock, error) {
	if err := j.makeFolder(locksFolder); err != nil {
		return nil, err
	}
	for {
		if info, err := os.Lstat(path); err == nil && files.Regular(info) != nil {
			return nil, fmt.Errorf("%s is not a regular file; remove it", path)
		}
		l := flock.New(path)
		held, err := l.TryLock()
		switch {
		case err != nil:
			return nil, err
		case !held:
			return nil, errHeld
		case !isAt(l, path): // its last owner has removed it since it was opened
			_ = l.Unlock() // nobody else can have it any more
			continue
		}
		j.holding.Lock()
		defer j.holding.Unlock()
		if j.held == nil {
			j.held = map[*flock.Flock]bool{}
		}
		j.held[l] = true
		return l, nil
	}
}

// patience is how long another program's change of a receipt is waited for. It takes
// milliseconds, unless that program is stopped; then going on is the smaller harm.
const patience = 2 * time.Second

// changeLock is the file that is locked while a receipt is changed.
const changeLock = "receipts.lock"

// alone makes reading a receipt and replacing it one step, for this program and for
// others. Where nothing can be locked it is one for this program alone.
func (j *Journal) alone() (release func()) {
	j.updating.Lock()
	path := j.path(locksFolder, changeLock)
	if info, err := os.Lstat(path); j.makeFolder(locksFolder) != nil || err == nil && files.Regular(info) != nil {
		return j.updating.Unlock
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	l := flock.New(path)
	_, _ = l.TryLockContext(ctx, time.Millisecond)
	return func() {
		_ = l.Unlock() // it ends with the program at the latest
		j.updating.Unlock()
	}
}

// isAt reports whether the path still leads to the locked file.
func isAt(l *flock.Flock, path string) bool {
	locked, err := l.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(path)
	return err == nil && os.SameFile(locked, there)
}

func (j *Journal) unlock(l *flock.Flock) error {
	j.holding.Lock()
	delete(j.held, l)
	j.holding.Unlock()
	return l.Unlock()
}

// unlockAndRemove gives a lock up that nobody takes again. Where an open file cannot
// be removed it is removed afterwards, if nobody else has opened it; one that stays does no harm.
func (j *Journal) unlockAndRemove(l *flock.Flock) {
	err := os.Remove(l.Path())
	_ = j.unlock(l) // it ends with the program at the latest
	if err != nil && runtime.GOOS == "windows" {
		_ = os.Remove(l.Path()) // fails if another has opened it
	}
}

// Close gives up all that this program has locked, as its end would. Nothing is
// removed.
func (j *Journal) Close() {
	j.holding.Lock()
	defer j.holding.Unlock()
	for l := range j.held {
		_ = l.Unlock() // it ends with the program at the latest
	}
	clear(j.held)
}
