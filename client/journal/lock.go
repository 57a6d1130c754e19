package journal

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/gofrs/flock"
)

// Holder is the program that holds a lock.
type Holder struct {
	PID     int       `json:"pid"`
	Host    string    `json:"host"`
	Since   time.Time `json:"since"`
	Version string    `json:"version"`
}

// BusyError says that another program is submitting to the environment.
type BusyError struct {
	Target Target
	// Holder is that program, nil if it is not known.
	Holder *Holder
}

// Error says who is submitting, where and since when.
func (e *BusyError) Error() string {
	who := "another ampedit"
	if h := e.Holder; h != nil {
		who += fmt.Sprintf(" (process %d on %s, since %s)", h.PID, h.Host, h.Since.UTC().Format(time.RFC3339))
	}
	return fmt.Sprintf("%s is submitting to environment %q of app %q; wait until it is done and try again",
		who, e.Target.Environment, e.Target.AppID)
}

// Lock keeps other programs from submitting to an environment. It ends with Release or
// with the program, however that ends.
type Lock struct {
	journal *Journal
	target  Target
	file    *flock.Flock
}

// Lock takes the lock of a target's environment, or returns a *BusyError at once.
// The whole environment is locked, since jobs do not say which resource they are
// for. Take the lock before the jobs are listed as a baseline and hold it until the
// verdict is recorded: a job that another program starts in between would be
// mistaken for one's own.
func (j *Journal) Lock(t Target) (*Lock, error) {
	fail := func(err error) (*Lock, error) {
		return nil, fmt.Errorf("lock environment %q for submitting: %w", t.Environment, advise(err))
	}
	file, err := j.tryLock(j.lockPath(t) + ".lock")
	if errors.Is(err, errHeld) {
		return nil, &BusyError{Target: t, Holder: j.holder(t)}
	}
	if err != nil {
		return fail(err)
	}
	l := &Lock{journal: j, target: t, file: file}
	if err := l.sign(); err != nil {
		return fail(errors.Join(err, j.unlock(file)))
	}
	return l, nil
}

// sign leaves word of who holds the lock. It is in a file of its own, since the
// locked one cannot be read everywhere.
func (l *Lock) sign() error {
	host, err := os.Hostname()
	if err != nil {
		host = "this machine"
	}
	content, err := json.Marshal(Holder{PID: os.Getpid(), Host: host, Since: l.journal.stamp(), Version: l.journal.version})
	if err != nil {
		return err
	}
	data, _, err := l.journal.seal(header{Format: holderFormat}, content)
	if err != nil {
		return err
	}
	return l.journal.replace(l.journal.holderPath(l.target), data)
}

// Release gives the lock up. Releasing it twice does no harm.
func (l *Lock) Release() error {
	if !l.file.Locked() {
		return nil
	}
	// Word of a holder that is gone misleads only while the next one signs.
	_ = l.journal.files.Remove(l.journal.holderPath(l.target))
	if err := l.journal.unlock(l.file); err != nil {
		return fmt.Errorf("unlock environment %q: %w", l.target.Environment, err)
	}
	return nil
}

// check reports misuse: a lock that is not held, or another environment's.
func (l *Lock) check(t Target) error {
	switch {
	case !l.file.Locked():
		return errors.New("the lock for submitting was released already")
	case l.journal.lockPath(t) != l.journal.lockPath(l.target):
		return errors.New("the lock for submitting is another environment's")
	}
	return nil
}

// lockPath names the files of an environment's lock, without a suffix.
func (j *Journal) lockPath(t Target) string {
	return j.path(locksFolder, j.fileName(Target{Region: t.Region, AppID: t.AppID, Environment: t.Environment}))
}

func (j *Journal) holderPath(t Target) string { return j.lockPath(t) + ".json" }

// holder returns who holds the lock, nil if that cannot be told.
func (j *Journal) holder(t Target) *Holder {
	_, content, err := j.read(holderFormat, j.holderPath(t))
	if err != nil {
		return nil
	}
	h := &Holder{}
	if json.Unmarshal(content, h) != nil {
		return nil
	}
	return h
}
