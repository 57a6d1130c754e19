package uitest

import (
	"os"
	"strings"
	"testing"

	"github.com/aymanbagabas/go-udiff"
)

// Section compares a text with the part of a document that stands between the
// lines "<!-- name -->" and "<!-- end of name -->". With -update that part is
// written.
func Section(t testing.TB, path, name, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->\n"
	before, rest, found := strings.Cut(string(data), begin)
	was, after, ended := strings.Cut(rest, end)
	switch {
	case !found || !ended:
		t.Fatalf("%s has no part %q", path, name)
	case *update:
		if err := os.WriteFile(path, []byte(before+begin+text+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	case was != text:
		t.Errorf("%s says something else; run the test with -update and read what it writes:\n%s", path, udiff.Unified(path, "now", was, text))
	}
}
