package journal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// otherRoot makes the test binary another program with a submission under way in
// the journal that it names.
const otherRoot = "AMPEDIT_JOURNAL_TEST_ROOT"

func TestMain(m *testing.M) {
	if root := os.Getenv(otherRoot); root != "" {
		if err := submitAndHang(root); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// submitAndHang prints the id of what it began and waits for the end of its input.
func submitAndHang(root string) error {
	j, err := Open(Options{Root: root, Version: "9.9.9", Now: func() time.Time { return began }})
	if err != nil {
		return err
	}
	l, err := j.Lock(prod)
	if err != nil {
		return err
	}
	r, err := l.Begin(intent(prod))
	if err != nil {
		return err
	}
	fmt.Println(r.ID)
	_, err = io.Copy(io.Discard, os.Stdin)
	return errors.Join(err, l.Release())
}

// startOther starts the other program and returns the id of what it began.
func startOther(t *testing.T, root string) (*exec.Cmd, string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(self)
	other.Env = append(os.Environ(), otherRoot+"="+root)
	stdin, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stdin.Close(); _ = other.Wait() })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || strings.HasPrefix(line, "error") {
		t.Fatalf("the other program says %q, error %v", line, err)
	}
	return other, strings.TrimSpace(line)
}

func TestTwoProgramsOnOneEnvironment(t *testing.T) {
	root := filepath.Join(t.TempDir(), "state of Åsa", "ampedit")
	j, _ := openAt(t, root, nil)
	other, id := startOther(t, root)

	sibling := prod
	sibling.ResourceName = "another resource"
	for _, target := range []Target{prod, sibling} {
		_, err := j.Lock(target)
		var busy *BusyError
		if !errors.As(err, &busy) || busy.Holder == nil {
			t.Fatalf("lock of %v: %v, want a busy error with its holder", target, err)
		}
		if h := busy.Holder; h.PID != other.Process.Pid || h.Host == "" || !h.Since.Equal(began) || h.Version != "9.9.9" {
			t.Errorf("holder %+v, want process %d since %v", h, other.Process.Pid, began)
		}
		for _, word := range []string{fmt.Sprint(other.Process.Pid), "2026-11-22T14:03:31Z", `"prod"`, "wait"} {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%q does not say %s", err, word)
			}
		}
	}
	dev := prod
	dev.Environment = "dev"
	mustLock(t, j, dev)

	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = other.Wait()
	if open := openIDs(t, j); !slices.Equal(open, []string{id}) {
		t.Fatalf("open after the kill: %q, want %s", open, id)
	}
	mustLock(t, j, prod)
	r := mustGet(t, j, id)
	if len(r.Baseline.JobIDs) != 2 || r.Version != "9.9.9" {
		t.Errorf("%+v, want the receipt of the dead program", r)
	}
	r.Verdict, r.JobID = "done", "job-3"
	mustSave(t, j, r, false)
	if left := openIDs(t, j); len(left) > 0 {
		t.Errorf("still open: %q", left)
	}
}

func TestLockOfOneProgram(t *testing.T) {
	j, _ := openNew(t)
	l := mustLock(t, j, prod)
	var busy *BusyError
	if _, err := j.Lock(prod); !errors.As(err, &busy) || busy.Holder.PID != os.Getpid() {
		t.Errorf("second lock: %v, want busy by process %d", err, os.Getpid())
	}
	for range 2 {
		if err := l.Release(); err != nil {
			t.Errorf("release: %v", err)
		}
	}
	if _, err := os.Stat(j.holderPath(prod)); !os.IsNotExist(err) {
		t.Errorf("word of the holder outlives the lock: %v", err)
	}
	mustLock(t, j, prod)
}

func TestBusyWithoutWordOfTheHolder(t *testing.T) {
	j, _ := openNew(t)
	mustLock(t, j, prod)
	rewrite(t, j.holderPath(prod), half)
	_, err := j.Lock(prod)
	var busy *BusyError
	if !errors.As(err, &busy) || busy.Holder != nil || !strings.HasPrefix(err.Error(), "another ampedit is") {
		t.Errorf("%v, want busy by somebody", err)
	}
}

func TestBeginNeedsItsLock(t *testing.T) {
	j, _ := openNew(t)
	l := mustLock(t, j, prod)
	dev := prod
	dev.Environment = "dev"
	if _, err := l.Begin(intent(dev)); err == nil {
		t.Error("began with the lock of another environment")
	}
	sibling := prod
	sibling.ResourceName, sibling.Account = "another resource", "" // the lock is the environment's
	begun, err := l.Begin(intent(sibling))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Release(); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Begin(intent(prod)); err == nil {
		t.Error("began with a released lock")
	}
	if list, err := j.List(Target{}, 9); err != nil || !slices.Equal(ids(list), []string{begun.ID}) {
		t.Errorf("receipts %q, error %v; want that of the one that was allowed", ids(list), err)
	}
	mustSave(t, j, begun, true) // looking at a job goes on without the lock
}
