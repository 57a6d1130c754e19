package uitest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

var update = flag.Bool("update", false, "write the golden files anew; read them before you keep them")

// Golden compares a text with testdata/name.golden. Escape characters stand in
// the file as \e, so that it can be read. With -update the file is written.
func Golden(t testing.TB, name, text string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\x1b", `\e`)
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	path := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update and read what it writes", err)
	}
	if diff := udiff.Unified(path, "now", string(want), text); diff != "" {
		t.Errorf("the golden file differs:\n%s", diff)
	}
}
