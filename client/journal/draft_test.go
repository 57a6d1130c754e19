package journal

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestDraft(t *testing.T) {
	j, c := openNew(t)
	targets := map[Target]string{
		prod:             `{"days": "30",  "name":"<x> & ünïcode"}`,
		{AppID: "d1"}:    "",
		{}:               "not JSON at all \x00\xff, before anything is chosen",
		{Region: "d1"}:   "the same text in another member",
		{Account: "d1 "}: "a space",
	}
	own := map[Target]*DraftFile{}
	for target, data := range targets {
		c.Time = c.Add(time.Second)
		own[target] = j.NewDraft()
		for _, saved := range []string{"an earlier one, which is replaced", data} {
			if kept, err := own[target].Save(target, []byte(saved)); err != nil || string(kept) != saved {
				t.Fatalf("kept %q, %v", kept, err)
			}
		}
		if d := draftsOf(t, j, target); len(d) != 1 || string(d[0].Data) != data || !d[0].Saved.Equal(c.Time) {
			t.Errorf("%+v: %+v", target, d)
		}
	}
	all, bad, err := j.Drafts()
	if err != nil || len(bad) > 0 || len(all) != len(targets) || !slices.IsSortedFunc(all, func(a, b Draft) int { return b.Saved.Compare(a.Saved) }) {
		t.Fatalf("%+v, %v unreadable, error %v", all, bad, err)
	}
	for range 2 {
		if err := own[prod].Drop(); err != nil {
			t.Error(err)
		}
	}
	if all, _, _ := j.Drafts(); len(all) != len(targets)-1 || len(draftsOf(t, j, prod)) > 0 {
		t.Errorf("dropped one of %d, and there are %d", len(targets), len(all))
	}
}

// A draft moves with the target that becomes known.
func TestDraftMovesToAnotherTarget(t *testing.T) {
	j, _ := openNew(t)
	f := j.NewDraft()
	for _, target := range []Target{{}, {AppID: prod.AppID}, prod} {
		if _, err := f.Save(target, []byte("typed")); err != nil {
			t.Fatal(err)
		}
	}
	if all, _, err := j.Drafts(); err != nil || len(all) != 1 || all[0].Target != prod {
		t.Errorf("drafts %+v, error %v", all, err)
	}
}

// Two programs that type for one target keep a draft each; neither gets the other's
// before that has ended.
func TestTwoProgramsKeepTheirDrafts(t *testing.T) {
	root := filepath.Join(t.TempDir(), "ampedit")
	one, _ := openAt(t, root, nil)
	two, _ := openAt(t, root, nil)
	first, second := one.NewDraft(), two.NewDraft()
	for _, f := range []*DraftFile{first, second, first} {
		if _, err := f.Save(prod, []byte("typed by "+f.id)); err != nil {
			t.Fatal(err)
		}
	}
	if got := draftsOf(t, two, prod); len(got) != 2 {
		t.Fatalf("drafts %+v", got)
	}
	if f, d, err := two.ClaimDraft(first.id); f != nil || d != nil || err != nil {
		t.Errorf("the draft of a program that runs was given away: %+v, %v", d, err)
	}
	one.Close() // what the end of the program does, too
	f, d, err := two.ClaimDraft(first.id)
	if err != nil || d == nil || string(d.Data) != "typed by "+first.id {
		t.Fatalf("draft %+v, error %v", d, err)
	}
	if _, other, err := one.ClaimDraft(first.id); other != nil || err != nil {
		t.Errorf("claimed twice: %+v, %v", other, err)
	}
	if _, err := first.Save(prod, []byte("late")); err == nil {
		t.Error("a program that gave its draft up has written into it")
	}
	f.Close()
	if _, d, err := one.ClaimDraft(first.id); d == nil || err != nil {
		t.Errorf("given up, and still not to be had: %v", err)
	}
	if err := second.Drop(); err != nil {
		t.Fatal(err)
	}
	one.Close()
	locks, err := os.ReadDir(filepath.Join(root, locksFolder))
	if err != nil || len(locks) != 1 {
		t.Errorf("locks %v, error %v; want that of the program that was ended alone", locks, err)
	}
}

func TestClaimOfNothing(t *testing.T) {
	j, _ := openNew(t)
	if f, d, err := j.ClaimDraft("2026-11-22T14-03-31Z-abcdefgh"); f != nil || d != nil || err != nil {
		t.Errorf("%v, %v, %v", f, d, err)
	}
}

// unreadables are files that are not what this version writes.
var unreadables = []struct {
	name   string
	change func([]byte) []byte
	reason string
}{
	{"empty", func([]byte) []byte { return nil }, "half-written"},
	{"half", half, "half-written"},
	{"header cut off", func(data []byte) []byte { return data[:10] }, "half-written"},
	{"one byte short", func(data []byte) []byte { return data[:len(data)-1] }, "half-written"},
	{"one byte changed", func(data []byte) []byte { data[len(data)-2] ^= 1; return data }, "changed by something else"},
	{"something added", func(data []byte) []byte { return append(data, '\n') }, "changed by something else"},
	{"foreign JSON", func([]byte) []byte { return []byte("{\"version\":1}\n{}") }, "not written by ampedit"},
	{"another format", func(data []byte) []byte { return []byte(strings.Replace(string(data), "ampedit ", "ampedit x", 1)) }, "not written by ampedit"},
	{"newer", newer, "newer version of ampedit (format 3; this one reads 2)"},
}

func TestUnreadableDraftIsNeverLost(t *testing.T) {
	for _, test := range unreadables {
		t.Run(test.name, func(t *testing.T) {
			j, _ := openNew(t)
			id := mustDraft(t, j, prod, "typed with care")
			other := mustDraft(t, j, prod, "typed as well")
			data := rewrite(t, j.draftPath(id), test.change)
			isNewer := test.name == "newer"
			for n := range 2 {
				drafts, bad, err := j.Drafts()
				if err != nil || len(drafts) != 1 || drafts[0].ID != other {
					t.Fatalf("drafts %+v, error %v", drafts, err)
				}
				if n > 0 && !isNewer { // it was put aside
					if len(bad) > 0 {
						t.Errorf("reported again: %v", bad)
					}
					continue
				}
				if len(bad) != 1 || !strings.Contains(bad[0].Error(), test.reason) || bad[0].Newer != isNewer || (bad[0].Aside == "") != isNewer {
					t.Errorf("unreadable %+v; want one that says %q", bad, test.reason)
				}
			}
			if _, err := j.NewDraft().Save(prod, []byte("new")); err != nil {
				t.Fatal(err)
			}
			if files := contents(t, j.root); !holds(files, data) {
				t.Errorf("it is lost: %v", files)
			}
			f, d, err := j.ClaimDraft(id)
			var unreadable *UnreadableError
			if f != nil || d != nil || isNewer != errors.As(err, &unreadable) {
				t.Errorf("claimed %v, error %v", d, err)
			}
		})
	}
}
