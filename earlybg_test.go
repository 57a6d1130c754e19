package main_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Bubble Tea asks the terminal for its background colour while it is
// initialised, and may wait five seconds for the answer. Go initialises packages
// whose imports are initialised in the order of their paths, so ui/earlybg comes
// first if its path does and it needs nothing that Bubble Tea does not need too.
func TestEarlyBGComesBeforeBubbleTea(t *testing.T) {
	const ours, theirs = "ampedit/ui/earlybg", "github.com/charmbracelet/bubbletea"
	if ours > theirs {
		t.Errorf("%s sorts after %s", ours, theirs)
	}
	needed := dependencies(t, theirs)
	for _, dependency := range dependencies(t, ours) {
		if dependency != ours && !slices.Contains(needed, dependency) {
			t.Errorf("%s needs %s, which may be initialised after %s", ours, dependency, theirs)
		}
	}
	if !slices.Contains(dependencies(t, "."), ours) {
		t.Errorf("%s is not linked into the program", ours)
	}
}

func dependencies(t *testing.T, of string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", of).Output()
	if err != nil {
		t.Fatalf("list the dependencies of %s: %v", of, err)
	}
	return strings.Fields(string(out))
}
