package journal

import (
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/gofrs/flock"
)

// Options say where a journal is and what it stands on.
type Options struct {
	// Root is the directory that holds the journal, usually ampedit below
	// XDG_STATE_HOME. It is made when the first file is written.
	Root string
	// Version is the program's version, kept in receipts.
	Version string
	// Now tells the time; nil means time.Now.
	Now func() time.Time
	// Files is the file system; nil means the one of this machine.
	Files Files
}

// Journal is a directory of receipts and drafts. Its methods may be called at the
// same time, and several programs may have the same journal open.
type Journal struct {
	root    string
	version string
	now     func() time.Time
	files   Files

	// updating makes reading a receipt and replacing it one step of this program.
	updating sync.Mutex

	holding sync.Mutex
	held    map[*flock.Flock]bool // the locks of this program
}

// Open prepares a journal. It reads and writes nothing; the only error is that of
// a root which is missing or relative.
func Open(o Options) (*Journal, error) {
	if !filepath.IsAbs(o.Root) {
		return nil, errors.New("open the journal: its directory must be an absolute path; set XDG_STATE_HOME to one")
	}
	j := &Journal{root: filepath.Clean(o.Root), version: o.Version, now: o.Now, files: o.Files}
	if j.now == nil {
		j.now = time.Now
	}
	if j.files == nil {
		j.files = Disk{}
	}
	return j, nil
}

// Folders below the root.
const (
	receiptsFolder = "receipts"
	draftsFolder   = "drafts"
	locksFolder    = "locks"
)

func (j *Journal) path(folder, name string) string { return filepath.Join(j.root, folder, name) }

// stamp is the present time as it is kept: in UTC, to the millisecond, without
// the reading of the monotonic clock.
func (j *Journal) stamp() time.Time { return j.now().UTC().Truncate(time.Millisecond) }
