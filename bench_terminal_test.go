//go:build linux || darwin

package main_test

import (
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"ampedit/ui/uitest"
)

// BenchmarkFirstFrame starts the demo and a minimal Bubble Tea program by turns,
// in a terminal that answers nothing, and reports the medians of the time to the
// first frame.
func BenchmarkFirstFrame(b *testing.B) {
	minimal := filepath.Join(b.TempDir(), "minimal")
	if out, err := exec.Command("go", "build", "-o", minimal, "./testdata/minimal").CombinedOutput(); err != nil {
		b.Fatalf("build the minimal program: %v\n%s", err, out)
	}
	var ours, theirs []float64
	for b.Loop() {
		ours = append(ours, firstFrame(b, program(b, nil, "--demo")))
		cmd := program(b, nil)
		theirs = append(theirs, firstFrame(b, &exec.Cmd{Path: minimal, Args: []string{minimal}, Env: cmd.Env, Dir: cmd.Dir}))
	}
	b.ReportMetric(median(ours), "ms/ampedit")
	b.ReportMetric(median(theirs), "ms/minimal")
	b.ReportMetric(median(ours)/median(theirs), "ratio")
	b.ReportMetric(0, "ns/op")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// firstFrame returns the time from the start to the first frame in milliseconds.
func firstFrame(b *testing.B, cmd *exec.Cmd) float64 {
	b.Helper()
	begin := time.Now()
	s := uitest.StartScreen(b, cmd, 80, 24)
	s.WaitFor("1 Target")
	took := time.Since(begin)
	s.Send("q")
	s.Wait()
	return took.Seconds() * 1000
}
