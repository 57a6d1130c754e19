package client_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ampedit/client"
)

func TestProfilesComeFromBothSharedFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(variable, name, text string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(variable, path)
	}
	write("AWS_CONFIG_FILE", "config", "[default]\nregion = eu-west-1\n[profile acme-prod]\n[profile  with space ] \n[sso-session corp]\n# [profile no]\n[services x]\n")
	write("AWS_SHARED_CREDENTIALS_FILE", "credentials", "[acme-prod]\naws_access_key_id = x\n[old]\n[broken\n")
	want := []string{"acme-prod", "default", "old", "with space"}
	if got := client.Profiles(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMissingSharedFilesHaveNoProfiles(t *testing.T) {
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(t.TempDir(), "none"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(t.TempDir(), "none"))
	if got := client.Profiles(); len(got) > 0 {
		t.Errorf("got %q", got)
	}
}
