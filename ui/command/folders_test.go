//go:build !windows

package command

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolders(t *testing.T) {
	for name, c := range map[string]struct {
		env           map[string]string
		config, state string
	}{
		"usual":           {map[string]string{"HOME": "/home/ann"}, "/c/ampedit", "/s/ampedit"},
		"no home":         {nil, "", ""},
		"stated":          {map[string]string{"XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "/s"}, "/c/ampedit", "/s/ampedit"},
		"one of them":     {map[string]string{"XDG_STATE_HOME": "/s"}, "", "/s/ampedit"},
		"relative, so no": {map[string]string{"XDG_STATE_HOME": "s"}, "", ""},
	} {
		f := foldersOf(func(variable string) string { return c.env[variable] }, "/c", "/s")
		if f.config != c.config || f.state != c.state {
			t.Errorf("%s: %+v", name, f)
		}
	}
	if f := (folders{}); f.configFile() != "" || f.logs() != "" {
		t.Errorf("without a home: %q, %q", f.configFile(), f.logs())
	}
	if s, err := readSettings(""); err != nil || s.Protected != nil {
		t.Errorf("without a home: %+v, %v", s, err)
	}
}

// TestJournalNeedsAPlace says what is wrong with the place of receipts and drafts at
// the start.
func TestJournalNeedsAPlace(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	for state, says := range map[string]string{"": "HOME is not set", link: link + " is a link"} {
		if _, err := openJournal(folders{state: state}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", state, err)
		}
	}
	if j, err := openJournal(folders{state: filepath.Join(dir, "ampedit")}); err != nil || j == nil {
		t.Error(err)
	}
}
