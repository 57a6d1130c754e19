package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ampedit/client/redact"
	"ampedit/client/wire"
)

func TestListsAreTolerantOfDamage(t *testing.T) {
	for _, test := range unreadables {
		t.Run(test.name, func(t *testing.T) {
			j, c := openNew(t)
			first := submit(t, j, prod, "job-1")
			c.Time = c.Add(time.Hour)
			damaged := submit(t, j, prod, "job-2")
			c.Time = c.Add(time.Hour)
			last := submit(t, j, prod, "job-3")
			data := rewrite(t, j.receiptPath(entry{damaged, true}), test.change)

			l, err := j.Open()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{last, first}, ids(l)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(l.Unreadable) != 1 {
				t.Fatalf("unreadable: %v", l.Unreadable)
			}
			if aside := l.Unreadable[0].Aside; (aside == "") != (test.name == "newer") {
				t.Errorf("put aside as %q; only a newer version's receipt keeps its name", aside)
			}
			if said := l.Unreadable[0].Error(); !strings.Contains(said, damaged) || !strings.Contains(said, "it was left as it is") && !strings.Contains(said, "it was kept as ") {
				t.Errorf("%q does not say which file it is and where it is now", said)
			}
			if !holds(contents(t, j.root), data) {
				t.Error("its content is lost")
			}
			_, err = j.Get(damaged)
			var unreadable *UnreadableError
			if test.name == "newer" && !errors.As(err, &unreadable) || test.name != "newer" && !errors.Is(err, ErrNotFound) {
				t.Errorf("get afterwards: %v", err)
			}
		})
	}
}

// A whole file with something else in it than a receipt is foreign as well.
func TestWholeFileWithoutAReceipt(t *testing.T) {
	for _, content := range []string{"", "null", "[]", "{}", `{"verdict":""}`, `{"jobId":"job-1"}`, `{"verdict":"started","time":7}`} {
		t.Run(content, func(t *testing.T) {
			j, _ := openNew(t)
			sealed, _, err := j.seal(header{Format: receiptFormat}, []byte(content))
			if err != nil {
				t.Fatal(err)
			}
			if err := j.replace(j.receiptPath(entry{"2026-11-22T14-03-31Z-prod", true}), sealed); err != nil {
				t.Fatal(err)
			}
			l, err := j.Open()
			if err != nil || len(l.Receipts) > 0 || len(l.Unreadable) != 1 || !holds(contents(t, j.root), sealed) {
				t.Errorf("%+v, error %v", l, err)
			}
		})
	}
}

// A disk that cannot be read now may be readable later: that is no damage.
func TestReadErrorIsNotDamage(t *testing.T) {
	disk := &faults{}
	j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
	id := submit(t, j, prod, "job-1")
	name := j.receiptPath(entry{id, true})
	disk.unreadable = syscall.EIO
	_, err := j.List(Target{}, 10)
	var unreadable *UnreadableError
	if err == nil || errors.As(err, &unreadable) {
		t.Errorf("error %v, want the one of the disk", err)
	}
	if _, err := os.Stat(name); err != nil {
		t.Errorf("it was moved: %v", err)
	}
}

// Damage on a disk that takes no changes is reported all the same.
func TestDamageOnAReadOnlyDisk(t *testing.T) {
	disk := &faults{}
	j, _ := openAt(t, filepath.Join(t.TempDir(), "ampedit"), disk)
	id := submit(t, j, prod, "job-1")
	rewrite(t, j.receiptPath(entry{id, true}), half)
	disk.refuse = func(string, string) error { return os.ErrPermission }
	for range 2 {
		l, err := j.List(Target{}, 10)
		if err != nil || len(l.Unreadable) != 1 || l.Unreadable[0].Aside != "" {
			t.Errorf("%+v, error %v; want one that was left as it is", l, err)
		}
	}
}

func FuzzUnseal(f *testing.F) {
	root := f.TempDir()
	j, err := Open(Options{Root: root, Now: func() time.Time { return began }})
	if err != nil {
		f.Fatal(err)
	}
	sealed, _, err := j.seal(header{Format: receiptFormat}, []byte(`{"verdict":"started"}`))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][]byte{sealed, nil, half(sealed), newer(sealed), []byte("{}\n"), []byte("\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := memory{}
		j, err := Open(Options{Root: root, Files: files})
		if err != nil {
			t.Fatal(err)
		}
		files[j.receiptPath(entry{"2026-11-22T14-03-31Z-prod", true})] = data
		files[j.draftPath("d")] = data

		l, err := j.List(Target{}, 2)
		if err != nil || len(l.Receipts)+len(l.Unreadable) != 1 {
			t.Fatalf("%+v, error %v; want it listed or reported", l, err)
		}
		drafts, bad, err := j.Drafts()
		if err != nil || len(drafts)+len(bad) != 1 {
			t.Fatalf("drafts %v, unreadable %v, error %v; want it loaded or reported", drafts, bad, err)
		}
		if len(drafts) == 1 && !bytes.HasSuffix(data, drafts[0].Data) {
			t.Fatalf("draft %q is not in %q", drafts[0].Data, data)
		}
		if len(files) != 2 {
			t.Fatalf("%d files are left of two", len(files))
		}
		for name, kept := range files {
			if !bytes.Equal(kept, data) {
				t.Fatalf("%s was changed", name)
			}
		}
	})
}

// Whatever is taken for a receipt can be written back and says the same then.
func FuzzDecode(f *testing.F) {
	j, err := Open(Options{Root: f.TempDir(), Now: func() time.Time { return began }})
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`{"verdict":"started","target":{"appId":"d1"},"endedAt":"2026-11-22T14:03:31Z","inEffect":true}`))
	f.Add([]byte(`{"verdict":"unknown","before":{"defaultAuthType":{"mode":7,"x":[1]}},"baseline":null,"changes":[{}]}`))
	f.Add([]byte(`{"verdict":"not started","sent":{"transformSchema":"da2-abc"},"error":"da2-abc"}`))
	f.Add([]byte(`{"verdict":"perhaps","attempts":[{}],"answer":{},"candidates":[{"jobId":7,"x":1}],"readBack":{"at":"0000-01-01T00:00:00+01:00"}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		first, second := &Receipt{}, &Receipt{}
		if decode(redact.JSON(data), first) != nil {
			return
		}
		sealed, err := j.encode(first)
		if err != nil {
			t.Fatal(err)
		}
		_, content, unreadable := unseal(receiptFormat, sealed)
		if unreadable != nil {
			t.Fatal(unreadable)
		}
		if err := decode(content, second); err != nil {
			t.Fatalf("%s cannot be read back: %v", content, err)
		}
		// Members of a job that nobody knows are left out, and [] is left out like nothing.
		if diff := cmp.Diff(first, second, cmpopts.EquateEmpty(), cmpopts.IgnoreFields(wire.Job{}, "Unknown")); diff != "" {
			t.Fatalf("%s\nbecame\n%s\n%s", data, content, diff)
		}
	})
}

// memory is a file system that knows files alone, by their whole path.
type memory map[string][]byte

func (m memory) MkdirAll(string) error       { return nil }
func (m memory) SyncDir(string) error        { return nil }
func (m memory) Create(string) (File, error) { return nil, fs.ErrPermission }

func (m memory) Lstat(name string) (fs.FileInfo, error) {
	return m.system().Lstat(strings.TrimPrefix(filepath.ToSlash(name), "/"))
}

func (m memory) system() fstest.MapFS {
	system := fstest.MapFS{}
	for name, data := range m {
		system[strings.TrimPrefix(filepath.ToSlash(name), "/")] = &fstest.MapFile{Data: data}
	}
	return system
}

func (m memory) ReadFile(name string) ([]byte, error) {
	data, found := m[name]
	if !found {
		return nil, fs.ErrNotExist
	}
	return bytes.Clone(data), nil
}

func (m memory) ReadDir(dir string) ([]fs.DirEntry, error) {
	return m.system().ReadDir(strings.TrimPrefix(filepath.ToSlash(dir), "/"))
}

func (m memory) Rename(from, to string) error {
	m[to] = m[from]
	return m.Remove(from)
}

func (m memory) Remove(name string) error {
	if _, found := m[name]; !found {
		return fs.ErrNotExist
	}
	delete(m, name)
	return nil
}
