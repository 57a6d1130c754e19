package journal

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/wire"
)

var (
	began = time.Date(2026, 11, 22, 14, 3, 31, 0, time.UTC)
	prod  = Target{Account: "123456789012", Region: "eu-west-1", AppID: "d1a2b3c4d5e6f7", Environment: "prod", ResourceName: "shop"}
)

// clock is a time that tests set.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

// openAt opens a journal in a directory, on a clock that stands at began.
func openAt(t *testing.T, root string, files Files) (*Journal, *clock) {
	t.Helper()
	c := &clock{began}
	j, err := Open(Options{Root: root, Version: "1.2.3", Now: c.now, Files: files})
	if err != nil {
		t.Fatal(err)
	}
	return j, c
}

func openNew(t *testing.T) (*Journal, *clock) {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "ampedit"), nil)
}

func ptr[T any](v T) *T { return &v }

// intent is a submission to the target as it is before it is sent.
func intent(target Target) Receipt {
	return Receipt{
		Verdict:     "unknown",
		Target:      target,
		CallerARN:   "arn:aws:sts::123456789012:assumed-role/Deploy/ann",
		RequestHash: strings.Repeat("0123456789abcdef", 4),
		Baseline:    Baseline{JobIDs: []string{"job-1", "job-2"}, Date: began.Add(-time.Second)},
		Changes:     []Change{{Symbol: "~", Path: "conflictResolution", Old: "AUTOMERGE", New: "NONE", Risk: "destructive"}},
		Before:      config("type A @model { id: ID! }"),
		Sent:        config("type A @model { id: ID! name: String }"),
	}
}

func config(schema string) *wire.ResourceConfig {
	return &wire.ResourceConfig{
		APIName:             ptr("shop"),
		TransformSchema:     ptr(schema),
		DefaultAuthType:     &wire.AuthType{Mode: ptr(wire.ModeAPIKey), Settings: &wire.AuthSettings{ExpirationTime: ptr(30.0)}},
		AdditionalAuthTypes: []wire.AuthType{},
	}
}

func mustLock(t *testing.T, j *Journal, target Target) *Lock {
	t.Helper()
	l, err := j.Lock(target)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Release() })
	return l
}

// mustBegin begins a submission and gives up its lock.
func mustBegin(t *testing.T, j *Journal, target Target) Receipt {
	t.Helper()
	l := mustLock(t, j, target)
	r, err := l.Begin(intent(target))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	return r
}

func mustSave(t *testing.T, j *Journal, r Receipt, open bool) {
	t.Helper()
	if err := j.Save(r, open); err != nil {
		t.Fatal(err)
	}
}

func mustGet(t *testing.T, j *Journal, id string) Receipt {
	t.Helper()
	r, err := j.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return *r
}

// checkClosed checks that a closed receipt stays what it is, whatever is to be saved.
func checkClosed(t *testing.T, j *Journal, r Receipt) {
	t.Helper()
	before := contents(t, j.root)
	other := r
	other.Verdict, other.Reason, other.EndedAt = "another", "looked again", r.EndedAt.AddDate(1, 0, 0)
	blank := r
	blank.Verdict = ""
	for name, err := range map[string]error{
		"the same":              j.Save(r, false),
		"the same, open":        j.Save(r, true),
		"another verdict":       j.Save(other, false),
		"another verdict, open": j.Save(other, true),
		"no verdict":            j.Save(blank, false),
	} {
		if !errors.Is(err, ErrClosed) {
			t.Errorf("%s saved to what is closed: %v", name, err)
		}
	}
	if err := j.Abandon(r.ID); err != nil {
		t.Errorf("abandon what is closed: %v", err)
	}
	if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

// openIDs are the ids of the receipts that are open, newest first.
func openIDs(t *testing.T, j *Journal) []string {
	t.Helper()
	l, err := j.Open()
	if err != nil || len(l.Unreadable) > 0 {
		t.Fatalf("open ones: error %v, unreadable %v", err, l.Unreadable)
	}
	return ids(l)
}

// submit leaves an open receipt with a job, in progress, and returns its id.
func submit(t *testing.T, j *Journal, target Target, jobID string) string {
	t.Helper()
	r := mustBegin(t, j, target)
	r.Verdict, r.JobID, r.AnsweredAt = "started", jobID, j.stamp()
	mustSave(t, j, r, true)
	return r.ID
}

func ids(l Listing) []string {
	var ids []string
	for _, r := range l.Receipts {
		ids = append(ids, r.ID)
	}
	return ids
}

// contents reads every file below a directory, by its path in there. What is locked
// while a receipt is changed is left out: it is always empty.
func contents(t *testing.T, root string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == changeLock {
			return err
		}
		inside, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		files[filepath.ToSlash(inside)], err = os.ReadFile(name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// mustDraft saves a draft in a program of its own, which leaves it then.
func mustDraft(t *testing.T, j *Journal, target Target, data string) (id string) {
	t.Helper()
	f := j.NewDraft()
	if _, err := f.Save(target, []byte(data)); err != nil {
		t.Fatal(err)
	}
	f.Close()
	return f.id
}

// draftsOf are the drafts of a target, newest first.
func draftsOf(t *testing.T, j *Journal, target Target) []Draft {
	t.Helper()
	all, bad, err := j.Drafts()
	if err != nil || len(bad) > 0 {
		t.Fatalf("drafts: %v, unreadable %v", err, bad)
	}
	return slices.DeleteFunc(all, func(d Draft) bool { return d.Target != target })
}

func (j *Journal) draftPath(id string) string { return (&DraftFile{journal: j, id: id}).path() }

// holds reports whether one of the files has exactly that content.
func holds(files map[string][]byte, content []byte) bool {
	for _, data := range files {
		if bytes.Equal(data, content) {
			return true
		}
	}
	return false
}

// rewrite replaces a file's content by what change makes of it.
func rewrite(t *testing.T, name string, change func([]byte) []byte) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	data = change(data)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return data
}

// newer makes a file look as if the next version had written it.
func newer(data []byte) []byte {
	return bytes.Replace(data, []byte(`"version":2`), []byte(`"version":3`), 1)
}

func half(data []byte) []byte { return data[:len(data)/2] }
