//go:build unix

package project_test

import (
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ampedit/client/project"
)

// A named pipe without a writer would block whoever opens it.
func TestNamedPipes(t *testing.T) {
	root := onDisk(t, sample(t, edits{inputs: gone, schema: gone, team: gone}))
	for _, name := range []string{inputs, schema, team} {
		if err := syscall.Mkfifo(filepath.Join(root, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	p, err := project.Open(root)
	if err != nil {
		t.Fatal(err)
	}
	b, err := p.Backend("dev")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{inputs, schema, team} {
		if !slices.ContainsFunc(b.Findings, func(f project.Finding) bool {
			return f.File == file && strings.Contains(f.Message, "it is not a regular file")
		}) {
			t.Errorf("no finding for %s in %q", file, b.Findings)
		}
	}
}
