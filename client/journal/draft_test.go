package journal

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"
)

func TestDraft(t *testing.T) {
	j, c := openNew(t)
	shouting := prod
	shouting.ResourceName = "SHOP" // the same file name where case does not count, unless it is hashed
	drafts := map[Target]string{
		prod:             `{"days": "30",  "name":"<x> & ünïcode"}`,
		shouting:         "not JSON at all \x00\xff",
		{AppID: "d1"}:    "",
		{}:               "before anything is chosen",
		{Region: "d1"}:   "the same text in another member",
		{Account: "d1 "}: "a space",
	}
	for target, data := range drafts {
		c.Time = c.Add(time.Second)
		for _, saved := range []string{"an earlier one, which is replaced", data} {
			if err := j.SaveDraft(target, []byte(saved)); err != nil {
				t.Fatal(err)
			}
		}
		if d, err := j.LoadDraft(target); err != nil || string(d.Data) != data || !d.Saved.Equal(c.Time) || d.Target != target {
			t.Errorf("%+v: %+v, error %v", target, d, err)
		}
	}
	all, bad, err := j.Drafts()
	if err != nil || len(bad) > 0 || len(all) != len(drafts) {
		t.Fatalf("%d drafts, %v unreadable, error %v", len(all), bad, err)
	}
	for i, d := range all {
		if string(d.Data) != drafts[d.Target] || i > 0 && d.Saved.After(all[i-1].Saved) {
			t.Errorf("draft %d is %+v", i, d)
		}
	}
	for range 2 {
		if err := j.DropDraft(prod); err != nil {
			t.Error(err)
		}
	}
	if d, err := j.LoadDraft(prod); d != nil || err != nil {
		t.Errorf("dropped, and still %v, error %v", d, err)
	}
	if d, err := j.LoadDraft(shouting); d == nil || err != nil {
		t.Errorf("another target's draft: %v, error %v", d, err)
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

func TestUnreadableDraftIsPutAside(t *testing.T) {
	for _, test := range unreadables {
		t.Run(test.name, func(t *testing.T) {
			j, _ := openNew(t)
			if err := j.SaveDraft(prod, []byte("typed with care")); err != nil {
				t.Fatal(err)
			}
			data := rewrite(t, j.draftPath(prod), test.change)
			_, err := j.LoadDraft(prod)
			var unreadable *UnreadableError
			if !errors.As(err, &unreadable) || !strings.Contains(err.Error(), test.reason) || unreadable.Newer != (test.name == "newer") {
				t.Fatalf("error %v, want one that says %q", err, test.reason)
			}
			kept, err := os.ReadFile(unreadable.Aside)
			if err != nil || string(kept) != string(data) || !strings.HasSuffix(unreadable.Aside, ".bad") {
				t.Errorf("kept %q as %q, error %v", kept, unreadable.Aside, err)
			}
			if d, err := j.LoadDraft(prod); d != nil || err != nil {
				t.Errorf("afterwards: %v, error %v; want no draft", d, err)
			}
		})
	}
}

func TestSavingNeverOverwritesAnUnreadableDraft(t *testing.T) {
	for _, test := range unreadables {
		t.Run(test.name, func(t *testing.T) {
			j, _ := openNew(t)
			var kept [][]byte
			for range 3 {
				if err := j.SaveDraft(prod, []byte("typed with care")); err != nil {
					t.Fatal(err)
				}
				kept = append(kept, rewrite(t, j.draftPath(prod), test.change))
			}
			if err := j.SaveDraft(prod, []byte("new")); err != nil {
				t.Fatal(err)
			}
			if d, err := j.LoadDraft(prod); err != nil || string(d.Data) != "new" {
				t.Errorf("%v, error %v", d, err)
			}
			files := contents(t, j.root)
			if len(files) != 4 {
				t.Errorf("%d files, want the draft and three put aside", len(files))
			}
			for _, data := range kept {
				if !holds(files, data) {
					t.Errorf("%q is lost", data)
				}
			}
		})
	}
}

func TestDraftsListsAroundAnUnreadableOne(t *testing.T) {
	j, _ := openNew(t)
	other := prod
	other.Environment = "dev"
	for _, target := range []Target{prod, other} {
		if err := j.SaveDraft(target, []byte("typed")); err != nil {
			t.Fatal(err)
		}
	}
	rewrite(t, j.draftPath(prod), half)
	drafts, bad, err := j.Drafts()
	if err != nil || len(drafts) != 1 || drafts[0].Target != other || len(bad) != 1 || bad[0].Aside == "" {
		t.Errorf("drafts %+v, unreadable %v, error %v", drafts, bad, err)
	}
}
