package command

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
)

func TestSettings(t *testing.T) {
	otherwise := []string{"prod*"}
	tests := map[string]struct {
		text      string
		protected []string
		readOnly  bool
		err       string
	}{
		"empty":           {"", otherwise, false, ""},
		"only a comment":  {"# nothing yet\n", otherwise, false, ""},
		"all":             {"protected: [live, 'eu-*']\nread_only: true\n", []string{"live", "eu-*"}, true, ""},
		"nothing guarded": {"protected: []\n", nil, false, ""},
		"unknown":         {"read_only: true\nreadonly: false\n", nil, false, "c.yaml:2: there is no setting readonly; there are protected, allowed_accounts, read_only, read_only_profiles and bell"},
		"wrong kind":      {"read_only: maybe\n", nil, false, "c.yaml:1: cannot unmarshal !!str `maybe` into bool"},
		"bad pattern":     {"protected:\n  - prod\n  - 'eu-['\n", nil, false, `c.yaml:3: "eu-[" is not a pattern: syntax error in pattern`},
		"bad profile":     {"read_only_profiles: ['[']\n", nil, false, `c.yaml:1: "[" is not a pattern: syntax error in pattern`},
		"no YAML":         {"protected: [\n", nil, false, "c.yaml:1: did not find expected node content"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s, err := parseSettings("c.yaml", []byte(test.text))
			if text := message(err); text != test.err {
				t.Fatalf("error %q, want %q", text, test.err)
			}
			if err != nil {
				return
			}
			if got := s.protected(otherwise); !slices.Equal(got, test.protected) || s.ReadOnly != test.readOnly {
				t.Errorf("protected %q, read only %v", got, s.ReadOnly)
			}
		})
	}
}

func TestReadOnlyProfiles(t *testing.T) {
	s, err := parseSettings("c.yaml", []byte("read_only_profiles: [audit, '*-prod']\n"))
	if err != nil {
		t.Fatal(err)
	}
	for profile, want := range map[string]bool{"audit": true, "acme-prod": true, "acme-dev": false, "": false} {
		if got := matchesAny(s.ReadOnlyProfiles, profile); got != want {
			t.Errorf("%q is read-only: %v", profile, got)
		}
	}
}

func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestSettingsThatCannotBeReadStopTheProgram(t *testing.T) {
	if _, err := readSettings(t.TempDir() + "/none.yaml"); err != nil {
		t.Errorf("a file that does not exist: %v", err)
	}
	if _, err := readSettings(t.TempDir()); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder in its place: %v", err)
	}
}
