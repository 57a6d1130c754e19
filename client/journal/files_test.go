package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFilesAreTheUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes mean nothing there")
	}
	for _, name := range []string{"ampedit", "Zuständig für Åsa", "状態 的"} {
		t.Run(name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), name, "ampedit")
			j, _ := openAt(t, root, nil)
			target := prod
			target.Environment = "prød/../../x"
			target.ResourceName = strings.Repeat("long", 200)
			id := submit(t, j, target, "job-1")
			if _, err := j.NewDraft().Save(target, []byte("{}")); err != nil {
				t.Fatal(err)
			}
			mustLock(t, j, target)
			checkModes(t, filepath.Dir(root))
			if r, err := j.Get(id); err != nil || r.Target != target {
				t.Errorf("%+v, error %v", r, err)
			}
			if drafts := draftsOf(t, j, target); len(drafts) != 1 {
				t.Errorf("drafts %v", drafts)
			}
		})
	}
}

func checkModes(t *testing.T, root string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		want := fs.FileMode(0o600)
		if entry.IsDir() {
			want = 0o700
		} else {
			files++
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", name, info.Mode().Perm(), want)
		}
		return nil
	})
	if err != nil || files < 4 {
		t.Errorf("%d files, error %v; want a receipt, a draft, a lock and its holder", files, err)
	}
}

// diskFaults are what a disk may do when something is written.
var diskFaults = []struct {
	name, step string
	err        error
	advice     string
}{
	{"full disk", "write", syscall.ENOSPC, "free some space"},
	{"full disk, seen late", "sync", syscall.ENOSPC, "free some space"},
	{"full disk, seen at the end", "close", syscall.ENOSPC, "free some space"},
	{"read-only directory", "create", fs.ErrPermission, "XDG_STATE_HOME"},
	{"read-only file system", "create", syscall.EROFS, "XDG_STATE_HOME"},
	{"failing rename", "rename", syscall.EIO, ""},
	{"failing fsync of the directory", "syncdir", syscall.EIO, ""},
}

func TestFailedWritesKeepWhatWasThere(t *testing.T) {
	for _, fault := range diskFaults {
		t.Run(fault.name, func(t *testing.T) {
			disk := &faults{}
			j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
			draft := j.NewDraft()
			if _, err := draft.Save(prod, []byte("first")); err != nil {
				t.Fatal(err)
			}
			r := mustBegin(t, j, prod)
			r.Verdict = "not started"
			before := contents(t, j.root)
			disk.refuse = func(step, _ string) error {
				if step == fault.step {
					return &fs.PathError{Op: step, Path: "somewhere", Err: fault.err}
				}
				return nil
			}
			_, draftErr := draft.Save(prod, []byte("second"))
			for name, err := range map[string]error{
				"draft":   draftErr,
				"receipt": j.Save(r, false),
				"abandon": j.Abandon(r.ID),
			} {
				if !errors.Is(err, fault.err) || !strings.Contains(err.Error(), fault.advice) {
					t.Errorf("%s: %v, want %v and advice %q", name, err, fault.err, fault.advice)
				}
			}
			if fault.step == "syncdir" {
				return // the new content is there, it may only not outlast a loss of power
			}
			if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
				t.Errorf("files changed:\n%s", diff)
			}
			disk.refuse = nil
			if err := j.Save(r, false); err != nil {
				t.Errorf("after the fault: %v", err)
			}
			if got := mustGet(t, j, r.ID); got.Verdict != "not started" || len(openIDs(t, j)) > 0 {
				t.Errorf("verdict %q, open %q; want what was saved after the fault", got.Verdict, openIDs(t, j))
			}
		})
	}
}

// Closing is a step of its own. If it fails the caller hears of it, and what was saved
// is there. It can be closed later, unless it was closed and only may not outlast a loss
// of power.
func TestFailedClosingCanBeDoneLater(t *testing.T) {
	for _, step := range []string{"rename", "syncdir"} {
		t.Run(step, func(t *testing.T) {
			disk := &faults{}
			j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
			r := mustBegin(t, j, prod)
			r.Verdict = "done"
			broken, seen := errors.New("broken disk"), 0
			disk.refuse = func(what, _ string) error {
				if what == step {
					if seen++; seen == 2 { // the first is that of the content
						return broken
					}
				}
				return nil
			}
			if err := j.Save(r, false); !errors.Is(err, broken) {
				t.Fatalf("error %v, want the disk's", err)
			}
			if got := mustGet(t, j, r.ID); got.Verdict != "done" {
				t.Errorf("verdict %q, want what was saved", got.Verdict)
			}
			if step == "rename" {
				if open := openIDs(t, j); !slices.Equal(open, []string{r.ID}) {
					t.Errorf("open %q, want it for whoever takes it up", open)
				}
				mustSave(t, j, r, false)
			}
			checkClosed(t, j, r)
			if open := openIDs(t, j); len(open) > 0 {
				t.Errorf("still open: %q", open)
			}
		})
	}
}

// Without a record on disk nothing may be sent, and the user must know that
// nothing was.
func TestBeginOnABrokenDiskSaysThatNothingWasSent(t *testing.T) {
	for _, fault := range diskFaults {
		t.Run(fault.name, func(t *testing.T) {
			disk := &faults{}
			j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
			l := mustLock(t, j, prod)
			disk.refuse = func(step, _ string) error {
				if step == fault.step {
					return fault.err
				}
				return nil
			}
			if _, err := l.Begin(intent(prod)); !errors.Is(err, fault.err) || !strings.Contains(err.Error(), "Nothing was sent") {
				t.Errorf("error %v, want %v and word that nothing was sent", err, fault.err)
			}
		})
	}
}

func TestLockSaysWhatToDoAboutTheDisk(t *testing.T) {
	for err, advice := range map[error]string{
		syscall.EROFS:         "XDG_STATE_HOME to another",
		syscall.ENOSPC:        "free some space",
		syscall.ENOLCK:        "on a local disk",
		errors.ErrUnsupported: "on a local disk",
	} {
		disk := &faults{refuse: func(string, string) error { return err }}
		j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
		if _, got := j.Lock(prod); !errors.Is(got, err) || !strings.Contains(got.Error(), advice) {
			t.Errorf("%v, want %v and advice %q", got, err, advice)
		}
	}
}

func TestOpenNeedsAnAbsoluteRoot(t *testing.T) {
	for _, root := range []string{"", "state", filepath.Join("..", "state")} {
		if _, err := Open(Options{Root: root}); err == nil {
			t.Errorf("opened %q", root)
		}
	}
}

func TestRealFileSystemFollowsTheClock(t *testing.T) {
	j, err := Open(Options{Root: filepath.Join(t.TempDir(), "ampedit")})
	if err != nil {
		t.Fatal(err)
	}
	mustDraft(t, j, prod, "")
	if d := draftsOf(t, j, prod); len(d) != 1 || d[0].Saved.IsZero() || len(d[0].Data) > 0 {
		t.Errorf("%+v", d)
	}
	if _, err := os.Stat(filepath.Join(j.root, draftsFolder)); err != nil {
		t.Error(err)
	}
}
