package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestListIsNewestFirstAndBounded(t *testing.T) {
	j, c := openNew(t)
	dev := prod
	dev.Environment = "dev"
	for i, target := range []Target{prod, dev, prod, dev, prod} {
		c.Time = began.Add(time.Duration(i) * time.Hour)
		submit(t, j, target, fmt.Sprint("job-", i))
	}
	for _, test := range []struct {
		name  string
		match Target
		limit int
		want  []string
		more  bool
	}{
		{"all", Target{}, 5, []string{"18-03-31Z-prod", "17-03-31Z-dev", "16-03-31Z-prod", "15-03-31Z-dev", "14-03-31Z-prod"}, false},
		{"some", Target{}, 2, []string{"18-03-31Z-prod", "17-03-31Z-dev"}, true},
		{"of an environment", Target{AppID: prod.AppID, Environment: "dev"}, 9, []string{"17-03-31Z-dev", "15-03-31Z-dev"}, false},
		{"just as many", dev, 2, []string{"17-03-31Z-dev", "15-03-31Z-dev"}, false},
		{"of an environment with a longer name", Target{Environment: "dev2"}, 9, nil, false},
		{"of an environment with a shorter name", Target{Environment: "pro"}, 9, nil, false},
		{"of another account", Target{Account: "210987654321"}, 9, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := j.List(test.match, test.limit)
			if err != nil {
				t.Fatal(err)
			}
			var short []string
			for _, id := range ids(got) {
				short = append(short, strings.TrimPrefix(id, "2026-11-22T"))
			}
			if diff := cmp.Diff(test.want, short); diff != "" || got.More != test.more {
				t.Errorf("more %v (-want +got):\n%s", got.More, diff)
			}
		})
	}
}

func TestOpenListsWhatIsOpenOfAllTargets(t *testing.T) {
	j, c := openNew(t)
	dev := prod
	dev.Environment, dev.Region, dev.Account = "dev", "us-east-1", "210987654321"
	var want []string
	for i, open := range []bool{true, false, true, false, true} {
		c.Time = began.Add(time.Duration(i) * time.Hour)
		r := mustBegin(t, j, []Target{prod, dev}[i/2%2])
		r.Verdict = "whatever"
		mustSave(t, j, r, open)
		if open {
			want = append([]string{r.ID}, want...)
		}
	}
	c.Time = c.Add(time.Hour)
	want = append([]string{mustBegin(t, j, dev).ID}, want...) // nothing is known of it
	if diff := cmp.Diff(want, openIDs(t, j)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if l, err := j.List(Target{}, 9); err != nil || len(l.Receipts) != 6 {
		t.Errorf("history %q, error %v; want the closed ones as well", ids(l), err)
	}
}

func TestReceiptsOfOneSecondHaveTheirOwnIDs(t *testing.T) {
	j, _ := openNew(t)
	var group sync.WaitGroup
	const programs = 8
	begun := make([]string, programs)
	for i := range programs {
		group.Go(func() {
			target := prod
			target.AppID = fmt.Sprint("app", i)
			l, err := j.Lock(target)
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = l.Release() }()
			r, err := l.Begin(intent(target))
			if err != nil {
				t.Error(err)
				return
			}
			begun[i] = r.ID
		})
	}
	group.Wait()
	list, err := j.List(Target{}, programs+1)
	if err != nil {
		t.Fatal(err)
	}
	apps := map[string]bool{}
	for _, r := range list.Receipts {
		apps[r.Target.AppID] = true
	}
	slices.Sort(begun)
	if len(apps) != programs || len(slices.Compact(begun)) != programs || !slices.Contains(begun, "2026-11-22T14-03-31Z-prod") {
		t.Errorf("%d submissions became %q, with ids %q", programs, ids(list), begun)
	}
}

func TestGet(t *testing.T) {
	j, c := openNew(t)
	first := submit(t, j, prod, "job-1")
	second := submit(t, j, prod, "job-2")
	c.Time = began.AddDate(0, 0, 1)
	third := submit(t, j, prod, "job-3")
	for _, test := range []struct {
		id, want  string
		ambiguous []string
	}{
		{id: first, want: first},
		{id: second, want: second},
		{id: "2026-11-23", want: third},
		{id: "2026-11-22", ambiguous: []string{second, first}},
		{id: "2027"},
		{id: ""},
		{id: "../receipts/" + first},
		{id: first + ".open"},
		{id: third + ".open"},
		{id: third + ".open.json"},
		{id: ".open"},
	} {
		t.Run(test.id, func(t *testing.T) {
			got, err := j.Get(test.id)
			var ambiguous *AmbiguousError
			switch {
			case test.want != "":
				if err != nil || got.ID != test.want {
					t.Errorf("%v, error %v; want %s", got, err, test.want)
				}
			case test.ambiguous != nil:
				if !errors.As(err, &ambiguous) || !slices.Equal(ambiguous.IDs, test.ambiguous) || !strings.Contains(err.Error(), second) {
					t.Errorf("error %v, want all of %q", err, test.ambiguous)
				}
			case !errors.Is(err, ErrNotFound):
				t.Errorf("error %v, want not found", err)
			}
		})
	}
}

// A file by which an id would end in .open is nobody's: the name of a closed X.open and
// that of an open X would be the same.
func TestIDsDoNotEndInOpen(t *testing.T) {
	j, _ := openNew(t)
	id := submit(t, j, prod, "job-1")
	data, err := os.ReadFile(j.receiptPath(entry{id, true}))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(j.receiptPath(entry{id + ".open", true}), data, 0o600); err != nil {
		t.Fatal(err)
	}
	r := mustGet(t, j, id)
	before := contents(t, j.root)
	r.ID = id + ".open"
	_, getErr := j.Get(r.ID)
	for name, err := range map[string]error{
		"got": getErr, "saved, open": j.Save(r, true), "saved, closed": j.Save(r, false), "abandoned": j.Abandon(r.ID),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v, want not found", name, err)
		}
	}
	if list, err := j.List(Target{}, 9); err != nil || !slices.Equal(ids(list), []string{id}) {
		t.Errorf("listed %q, error %v", ids(list), err)
	}
	if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
		t.Errorf("files changed:\n%s", diff)
	}
}

// Another program that did not know of the end may have written the open file anew.
// The receipt is closed all the same, and it is one.
func TestOpenFileBesideAClosedOne(t *testing.T) {
	j, c := openNew(t)
	other := submit(t, j, prod, "job-1")
	c.Time = began.Add(time.Hour)
	id := submit(t, j, prod, "job-2")
	stale, err := os.ReadFile(j.receiptPath(entry{id, true}))
	if err != nil {
		t.Fatal(err)
	}
	want := mustGet(t, j, id)
	want.Verdict, want.StartedAt, want.EndedAt = "done", began, began.Add(time.Minute)
	mustSave(t, j, want, false)
	if err := os.WriteFile(j.receiptPath(entry{id, true}), stale, 0o600); err != nil {
		t.Fatal(err)
	}

	for _, given := range []string{id, "2026-11-22T15"} { // the beginning is of one receipt alone
		if diff := cmp.Diff(want, mustGet(t, j, given)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", given, diff)
		}
	}
	if open := openIDs(t, j); !slices.Equal(open, []string{other}) {
		t.Errorf("open %q, want the other one alone", open)
	}
	list, err := j.List(Target{}, 2)
	if err != nil || list.More || len(list.Unreadable) > 0 || !slices.Equal(ids(list), []string{id, other}) {
		t.Fatalf("%q, more %v, unreadable %v, error %v; want each once", ids(list), list.More, list.Unreadable, err)
	}
	if diff := cmp.Diff(want, list.Receipts[0]); diff != "" {
		t.Errorf("listed (-want +got):\n%s", diff)
	}
	if took, err := j.Durations(prod, 9); err != nil || !slices.Equal(took, []time.Duration{time.Minute}) {
		t.Errorf("durations %v, error %v; want its own once", took, err)
	}
	checkClosed(t, j, want)
	c.Time = began.Add(time.Hour)
	if r := mustBegin(t, j, prod); r.ID == id {
		t.Errorf("%s is taken", id)
	}
}

func TestAmbiguousNamesAFew(t *testing.T) {
	err := &AmbiguousError{Prefix: "2026", IDs: []string{"2026e", "2026d", "2026c", "2026b", "2026a"}}
	if got, want := err.Error(), `"2026" is the beginning of 2026e, 2026d, 2026c and 2 more; give more of the id`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNothingIsThereAtFirst(t *testing.T) {
	j, _ := openNew(t)
	for name, list := range map[string]func() (Listing, error){
		"history": func() (Listing, error) { return j.List(Target{}, 10) },
		"open":    j.Open,
	} {
		if l, err := list(); err != nil || len(l.Receipts)+len(l.Unreadable) > 0 {
			t.Errorf("%s: %+v, error %v", name, l, err)
		}
	}
	if d := draftsOf(t, j, prod); len(d) > 0 {
		t.Errorf("drafts %v", d)
	}
	if _, err := os.Stat(j.root); !os.IsNotExist(err) {
		t.Errorf("looking made the directory: %v", err)
	}
}

func TestDurationsOfFinishedJobs(t *testing.T) {
	j, c := openNew(t)
	end := func(took time.Duration, jobID string, open bool) {
		r := mustGet(t, j, submit(t, j, prod, jobID))
		r.StartedAt, r.EndedAt = c.Time, c.Add(took)
		mustSave(t, j, r, open)
		c.Time = c.Add(time.Hour)
	}
	end(4*time.Minute, "job-1", false)
	end(2*time.Minute, "job-2", false)
	end(6*time.Minute, "job-3", false)
	end(9*time.Minute, "", false)     // nobody knows which job that was
	end(8*time.Minute, "job-4", true) // something is still to be found out
	submit(t, j, prod, "still running")
	mustSave(t, j, mustBegin(t, j, prod), false)
	got, err := j.Durations(prod, 2)
	if want := []time.Duration{6 * time.Minute, 2 * time.Minute}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, error %v; want %v", got, err, want)
	}
	other := prod
	other.Environment = "dev"
	if got, err := j.Durations(other, 2); err != nil || len(got) > 0 {
		t.Errorf("another environment's: %v, error %v", got, err)
	}
}

func TestLeftoversOfCrashesAreRemovedAfterADay(t *testing.T) {
	j, c := openNew(t)
	submit(t, j, prod, "job-1")
	var leftovers, foreign []string
	for _, folder := range []string{receiptsFolder, draftsFolder, locksFolder} {
		for i, name := range []string{".2026-11-22T14-03-31Z-prod.tmp", ".2026-11-22T14-03-31Z-abcdefgh.draft.ABCDEFGHIJKLMNOPQRSTUVWXYZ.tmp", ".notes.tmp", "mine.tmp"} {
			file := filepath.Join(j.root, folder, name)
			if i < 2 {
				leftovers = append(leftovers, file)
			} else {
				foreign = append(foreign, file)
			}
			err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte("half"), 0o600), os.Chtimes(file, began, began))
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, test := range []struct {
		age  time.Duration
		gone bool
	}{{time.Hour, false}, {25 * time.Hour, true}} {
		c.Time = began.Add(test.age)
		if _, err := j.Open(); err != nil {
			t.Fatal(err)
		}
		for _, leftover := range leftovers {
			if _, err := os.Stat(leftover); os.IsNotExist(err) != test.gone {
				t.Errorf("after %v: %v, want it gone: %v", test.age, err, test.gone)
			}
		}
		for _, file := range foreign {
			if _, err := os.Stat(file); err != nil {
				t.Errorf("somebody else's file is gone: %v", err)
			}
		}
	}
}
