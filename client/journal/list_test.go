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
			p, err := l.Begin(intent(target))
			if err != nil {
				t.Error(err)
				return
			}
			begun[i] = p.Receipt().ID
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

func TestAmbiguousNamesAFew(t *testing.T) {
	err := &AmbiguousError{Prefix: "2026", IDs: []string{"2026e", "2026d", "2026c", "2026b", "2026a"}}
	if got, want := err.Error(), `"2026" is the beginning of 2026e, 2026d, 2026c and 2 more; give more of the id`; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNothingIsThereAtFirst(t *testing.T) {
	j, _ := openNew(t)
	for name, list := range map[string]func() (Listing, error){
		"history":    func() (Listing, error) { return j.List(Target{}, 10) },
		"unresolved": j.Unresolved,
		"unended":    j.Unended,
	} {
		if l, err := list(); err != nil || len(l.Receipts)+len(l.Unreadable) > 0 {
			t.Errorf("%s: %+v, error %v", name, l, err)
		}
	}
	if d, err := j.LoadDraft(prod); d != nil || err != nil {
		t.Errorf("draft %v, error %v", d, err)
	}
	if _, err := os.Stat(j.root); !os.IsNotExist(err) {
		t.Errorf("looking made the directory: %v", err)
	}
}

func TestDurationsOfFinishedJobs(t *testing.T) {
	j, c := openNew(t)
	end := func(took time.Duration, status string) {
		id := submit(t, j, prod, "job")
		if err := j.Record(id, JobState{Status: status, StartedAt: c.Time, EndedAt: c.Add(took)}); err != nil {
			t.Fatal(err)
		}
		c.Time = c.Add(time.Hour)
	}
	end(4*time.Minute, "COMPLETED")
	end(2*time.Minute, "FAILED")
	end(6*time.Minute, "COMPLETED")
	submit(t, j, prod, "still running")
	if err := mustBegin(t, j, prod).Resolve(Resolution{Verdict: NotStarted}); err != nil {
		t.Fatal(err)
	}
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
	leftover := filepath.Join(j.root, receiptsFolder, ".2026-11-22T14-03-31Z-prod.tmp")
	if err := os.WriteFile(leftover, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(leftover, began, began); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		age  time.Duration
		gone bool
	}{{time.Hour, false}, {25 * time.Hour, true}} {
		c.Time = began.Add(test.age)
		if _, err := j.Unresolved(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(leftover); os.IsNotExist(err) != test.gone {
			t.Errorf("after %v: %v, want it gone: %v", test.age, err, test.gone)
		}
	}
}
