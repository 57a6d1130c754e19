//go:build unix

package journal

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Nothing is written or cleaned up behind a link in the place of a folder.
func TestFoldersThatAreNone(t *testing.T) {
	for _, name := range []string{".", receiptsFolder, draftsFolder, locksFolder} {
		for kind, put := range map[string]func(path, elsewhere string) error{
			"is a link":    func(path, elsewhere string) error { return os.Symlink(elsewhere, path) },
			"is no folder": func(path, _ string) error { return os.WriteFile(path, nil, 0o600) },
		} {
			t.Run(name+" "+kind, func(t *testing.T) {
				root, elsewhere := filepath.Join(t.TempDir(), "ampedit"), t.TempDir()
				foreign := filepath.Join(elsewhere, ".2026-11-22T14-03-31Z-prod.tmp")
				place := filepath.Join(root, name)
				err := errors.Join(os.MkdirAll(filepath.Dir(place), 0o700), os.WriteFile(foreign, nil, 0o600), os.Chtimes(foreign, began.AddDate(-1, 0, 0), began.AddDate(-1, 0, 0)), put(place, elsewhere))
				if err != nil {
					t.Fatal(err)
				}
				j, _ := openAt(t, root, nil)
				checkErr := j.Check()
				_, openErr := j.Open()
				_, _, draftsErr := j.Drafts()
				_, saveErr := j.NewDraft().Save(prod, nil)
				_, lockErr := j.Lock(prod)
				for folder, errs := range map[string][]error{
					".": {checkErr, openErr, draftsErr, saveErr, lockErr}, receiptsFolder: {checkErr, openErr},
					draftsFolder: {checkErr, draftsErr, saveErr}, locksFolder: {checkErr, lockErr},
				} {
					for _, err := range errs {
						if folder == name && (err == nil || !strings.Contains(err.Error(), place+" "+kind) || !strings.Contains(err.Error(), "XDG_STATE_HOME")) {
							t.Errorf("error %v does not say what is wrong and what to do", err)
						}
					}
				}
				if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 1 {
					t.Errorf("behind the link there is %v, error %v", left, err)
				}
			})
		}
	}
}

func TestCheckFindsNothing(t *testing.T) {
	j, _ := openNew(t)
	if err := j.Check(); err != nil {
		t.Errorf("before anything is kept: %v", err)
	}
	mustDraft(t, j, prod, "")
	if err := j.Check(); err != nil {
		t.Errorf("with a draft: %v", err)
	}
}

// Pipes and files of gigabytes in the place of what is kept are reported, and block
// nothing.
func TestWhatIsNoFileOfOurs(t *testing.T) {
	for kind, put := range map[string]func(path string) error{
		"is not a regular file": func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"is larger than 64 MB":  func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), os.Truncate(path, 1<<40)) },
		"is not a regular":      func(path string) error { return os.Mkdir(path, 0o700) },
	} {
		j, _ := openNew(t)
		r := mustBegin(t, j, prod)
		id := mustDraft(t, j, prod, "")
		for _, path := range []string{j.receiptPath(entry{r.ID, true}), j.draftPath(id)} {
			if err := errors.Join(os.Remove(path), put(path)); err != nil {
				t.Fatal(err)
			}
		}
		l, err := j.Open()
		if err != nil || len(l.Unreadable) != 1 || !strings.Contains(l.Unreadable[0].Error(), kind) {
			t.Errorf("receipts %+v, error %v; want %q", l, err, kind)
		}
		_, bad, err := j.Drafts()
		if err != nil || len(bad) != 1 || !strings.Contains(bad[0].Error(), kind) {
			t.Errorf("drafts %v, error %v; want %q", bad, err, kind)
		}
	}
}

func TestLockThatIsNoFile(t *testing.T) {
	j, _ := openNew(t)
	mustDraft(t, j, prod, "")
	path := j.lockPath(prod) + ".lock"
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Lock(prod); err == nil || !strings.Contains(err.Error(), path+" is not a regular file; remove it") {
		t.Errorf("error %v", err)
	}
}
