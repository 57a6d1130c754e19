// The property test of a submission: it is played against a service that
// misbehaves at random, over HTTP, and what it says is held against what that
// service really did.
//
//	go test ./client/submission -run TestRandomService -random.runs 1000000 -timeout 0
//
// plays a million runs, and
//
//	go test ./client/submission -run TestRandomService -random.seed 17 -v
//
// one, with a trace. -random.tcp uses a socket in place of memory, -v prints the
// table of faults and verdicts.
package submission_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"

	"ampedit/client/submission"
)

var (
	randomRuns = flag.Int("random.runs", 2000, "number of random runs, a tenth of it with -short")
	replaySeed = flag.Uint64("random.seed", 0, "play the run with this seed alone, and trace it")
	firstSeed  = flag.Uint64("random.first", 1, "the seed of the first run")
	mostFailed = flag.Int("random.most", 20, "how many runs may fail before no more are played")
	overTCP    = flag.Bool("random.tcp", false, "use a socket on loopback")
)

// stage is what all runs of a test share.
type stage struct {
	net  *network
	root string
}

func newStage(t *testing.T) *stage {
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") {
			t.Setenv(name, "")
			_ = os.Unsetenv(name)
		}
	}
	s := &stage{newNetwork(t), t.TempDir()}
	old := debug.SetGCPercent(800) // little is kept, much is thrown away
	t.Cleanup(func() { debug.SetGCPercent(old) })
	if err := os.Mkdir(filepath.Join(s.root, "locks"), 0o700); err != nil {
		t.Fatal(err)
	}
	return s
}

// play plays a run.
func (s *stage) play(seed uint64, b bug, trace bool) *world {
	w := newWorld(seed, s.net, s.root, b)
	w.tracing = trace
	s.net.world.Store(w)
	w.play()
	return w
}

func TestRandomService(t *testing.T) {
	s := newStage(t)
	if *replaySeed != 0 {
		w := s.play(*replaySeed, noBug, true)
		t.Log(strings.Join(w.trace, "\n"))
		for _, bad := range w.bad {
			t.Errorf("seed %d: %s", w.seed, bad)
		}
		return
	}
	runs := *randomRuns
	if testing.Short() {
		runs /= 10
	}
	table := newTable()
	for i := range runs {
		w := s.play(*firstSeed+uint64(i), noBug, false)
		table.add(w)
		if len(w.bad) > 0 {
			t.Errorf("seed %d: %s", w.seed, strings.Join(w.bad, "; "))
			table.failed++
		}
		if table.failed > *mostFailed {
			t.Fatal("no more runs after so many that failed")
		}
	}
	t.Logf("%d runs\n%s", runs, table)
	if missing := table.missing(); len(missing) > 0 && runs >= 2000 {
		t.Errorf("no run with %s", strings.Join(missing, ", "))
	}
}

// TestRandomPlanted sees that bugs of the kind that there once were are noticed.
func TestRandomPlanted(t *testing.T) {
	for _, b := range []bug{firstJob, inEffect, repeats500, partOfList, earlyFailure} {
		t.Run(string(b), func(t *testing.T) {
			s := newStage(t)
			for seed := uint64(1); seed <= 2000; seed++ {
				w := s.play(seed, b, false)
				if len(w.bad) == 0 {
					continue
				}
				t.Logf("noticed in run %d: %s", seed, w.bad[0])
				return
			}
			t.Error("not noticed")
		})
	}
}

// faultTable counts the runs with each fault that came to each verdict.
type faultTable struct {
	count  map[string]map[string]int
	failed int
}

func newTable() *faultTable { return &faultTable{count: map[string]map[string]int{}} }

func (t *faultTable) add(w *world) {
	verdicts := map[string]bool{}
	for _, r := range w.receipts() {
		verdicts[r.Verdict] = true
	}
	if len(verdicts) == 0 {
		verdicts["no receipt"] = true
	}
	for fault := range w.hits {
		if t.count[fault] == nil {
			t.count[fault] = map[string]int{}
		}
		for v := range verdicts {
			t.count[fault][v]++
		}
	}
}

// missing are the faults without a run.
func (t *faultTable) missing() []string {
	return slices.DeleteFunc(slices.Clone(faults), func(f string) bool { return t.count[f] != nil })
}

func (t *faultTable) String() string {
	columns := []string{
		string(submission.NotStarted), string(submission.Started), string(submission.Done), string(submission.Unconfirmed),
		string(submission.Failed), string(submission.Unknown), "no receipt",
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-30s", "")
	for _, c := range columns {
		fmt.Fprintf(&out, "%12s", c)
	}
	for _, fault := range faults {
		fmt.Fprintf(&out, "\n%-30s", fault)
		for _, c := range columns {
			fmt.Fprintf(&out, "%12d", t.count[fault][c])
		}
	}
	return out.String()
}
