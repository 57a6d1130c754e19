package uitest

import "ampedit/client/journal"

// Files are the files of this machine, of which none is made to outlast a loss of
// power: that is what takes the time of tests that keep receipts.
type Files struct{ journal.Disk }

// Create makes a file that is not synced.
func (f Files) Create(name string) (journal.File, error) {
	file, err := f.Disk.Create(name)
	return unsynced{file}, err
}

// SyncDir does nothing.
func (Files) SyncDir(string) error { return nil }

type unsynced struct{ journal.File }

// Sync does nothing.
func (unsynced) Sync() error { return nil }
