package command

import (
	"errors"
	"io/fs"
	"slices"
	"testing"
)

func TestSettings(t *testing.T) {
	tests := map[string]struct {
		text      string
		protected []string
		readOnly  bool
		err       string
	}{
		"empty":            {"", nil, false, ""},
		"only a comment":   {"# nothing yet\n", nil, false, ""},
		"all":              {"protected: [live, 'eu-*']\nread_only: true\n", []string{"live", "eu-*"}, true, ""},
		"another list":     {"protected: &live [live]\nread_only_profiles: *live\n", []string{"live"}, false, ""},
		"accounts":         {"allowed_accounts: [123456789012, 012345678901, '000000000001']\n", nil, false, ""},
		"nothing guarded":  {"read_only: false\nprotected: []\n", nil, false, "c.yaml:2: protected is empty; list what it is for, or remove it to protect the usual ones"},
		"no list":          {"protected:\n", nil, false, "c.yaml:1: protected is empty; list what it is for, or remove it to protect the usual ones"},
		"no accounts":      {"\nallowed_accounts: []\n", nil, false, "c.yaml:2: allowed_accounts is empty; list what it is for, or remove it to allow all"},
		"null accounts":    {"allowed_accounts: ~\n", nil, false, "c.yaml:1: allowed_accounts is empty; list what it is for, or remove it to allow all"},
		"null in a list":   {"allowed_accounts:\n  - ~\n", nil, false, "c.yaml:2: an entry of allowed_accounts is not a text"},
		"empty in a list":  {"protected: ['']\n", nil, false, "c.yaml:1: an entry of protected is not a text"},
		"no profiles":      {"read_only_profiles: []\n", nil, false, "c.yaml:1: read_only_profiles is empty; list what it is for, or remove it if there are none"},
		"one account":      {"allowed_accounts: 123456789012\n", nil, false, "c.yaml:1: allowed_accounts must be a list, such as [123456789012]"},
		"a map of them":    {"allowed_accounts: {prod: 1}\n", nil, false, "c.yaml:1: allowed_accounts must be a list, such as […]"},
		"a list in one":    {"protected:\n  - [prod]\n", nil, false, "c.yaml:2: an entry of protected is not a text"},
		"11 digits":        {"allowed_accounts:\n  - 123456789012\n  - 12345678901\n", nil, false, `c.yaml:3: "12345678901" is not an AWS account: it has 12 digits`},
		"an alias":         {"allowed_accounts: [acme]\n", nil, false, `c.yaml:1: "acme" is not an AWS account: it has 12 digits`},
		"twice in a list":  {"protected:\n- prod\n- prod\n", nil, false, `c.yaml:3: "prod" stands twice in protected`},
		"twice":            {"read_only: true\nread_only: false\n", nil, false, "c.yaml:2: read_only stands twice; remove one"},
		"second document":  {"bell: false\n---\nread_only: true\n", nil, false, "c.yaml:2: a second document begins here; put all settings into the first"},
		"empty document":   {"---\n---\nread_only: true\n", nil, false, "c.yaml:2: settings are expected here, such as read_only: true\nc.yaml:2: a second document begins here; put all settings into the first"},
		"second is broken": {"bell: false\n---\nread_only: [\n", nil, false, "c.yaml:3: did not find expected node content"},
		"a list of them":   {"- read_only: true\n", nil, false, "c.yaml:1: settings are expected here, such as read_only: true"},
		"a word":           {"read_only\n", nil, false, "c.yaml:1: settings are expected here, such as read_only: true"},
		"unknown":          {"read_only: true\ncolour: false\n", nil, false, "c.yaml:2: there is no setting colour; there are protected, allowed_accounts, read_only, read_only_profiles and bell"},
		"misspelt":         {"read-only: true\nAllowed_Account: [1]\naccounts: []\n", nil, false, "c.yaml:1: there is no setting read-only; did you mean read_only?\nc.yaml:2: there is no setting Allowed_Account; did you mean allowed_accounts?\nc.yaml:3: there is no setting accounts; did you mean allowed_accounts?"},
		"wrong kind":       {"read_only: maybe\n", nil, false, "c.yaml:1: read_only must be true or false"},
		"empty switch":     {"read_only:\n", nil, false, "c.yaml:1: read_only must be true or false"},
		"a word for it":    {"read_only: 'true'\nbell: 1\n", nil, false, "c.yaml:1: read_only must be true or false\nc.yaml:2: bell must be true or false"},
		"bad pattern":      {"protected:\n  - prod\n  - 'eu-['\n", nil, false, `c.yaml:3: "eu-[" is not a pattern: syntax error in pattern`},
		"bad profile":      {"read_only_profiles: ['[']\n", nil, false, `c.yaml:1: "[" is not a pattern: syntax error in pattern`},
		"no YAML":          {"protected: [\n", nil, false, "c.yaml:1: did not find expected node content"},
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
			var protected []string
			for _, p := range s.Protected {
				protected = append(protected, string(p))
			}
			if !slices.Equal(protected, test.protected) || s.ReadOnly != test.readOnly {
				t.Errorf("protected %q, read only %v", protected, s.ReadOnly)
			}
		})
	}
}

func TestPolicyNamesTheLineOfEachSetting(t *testing.T) {
	s, err := parseSettings("/home/ada/.config/ampedit/config.yaml", []byte("# ours\nread_only_profiles: [audit, '*-prod']\n\nallowed_accounts: ['123456789012']\nprotected:\n  - 'd*'\n"))
	if err != nil {
		t.Fatal(err)
	}
	p := s.policy(&flags{})
	for profile, want := range map[string]string{
		"audit": "config.yaml:2 read_only_profiles audit matches audit", "acme-prod": "config.yaml:2 read_only_profiles *-prod matches acme-prod", "acme-dev": "", "": "",
	} {
		if got := p.ReadOnlyBy(profile); got != want {
			t.Errorf("%q is read-only by %q, not %q", profile, got, want)
		}
	}
	for environment, want := range map[string]string{"dev": "d*, config.yaml:5 protected", "prod": ""} {
		if got := p.ProtectedBy(environment); got != want {
			t.Errorf("%s is protected by %q, not %q", environment, got, want)
		}
	}
	if p.AccountsFrom != "config.yaml:4 allowed_accounts" {
		t.Errorf("the accounts are from %q", p.AccountsFrom)
	}
	if got := s.policy(&flags{readOnly: true}).ReadOnlyBy(""); got != "--read-only" {
		t.Errorf("read-only by %q", got)
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
