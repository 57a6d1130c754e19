package uitest_test

import (
	"strings"
	"testing"

	"ampedit/client/sanitize"
	"ampedit/ui/uitest"
)

func TestLeaksAreFound(t *testing.T) {
	hostile := uitest.Hostile(7)
	for _, r := range strings.ToValidUTF8(hostile, "") {
		if !sanitize.Drawn(r) && r != '\n' && len(uitest.Leaks("a"+string(r)+"b", false)) != 1 {
			t.Errorf("%q is not found", r)
		}
	}
	for _, part := range strings.SplitAfter(hostile, "leaked") {
		if before, _, ok := strings.Cut(part, "leaked"); ok && len(uitest.Leaks(sanitizeTail(before)+"leaked7", false)) == 0 {
			t.Errorf("what follows %q is not found", before)
		}
	}
	if len(uitest.Leaks("x "+uitest.OpaqueSecret, false)) != 1 || len(uitest.Leaks("a\xffb", true)) != 1 {
		t.Error("a known secret or a byte that is not UTF-8 is not found")
	}
	if found := uitest.Leaks("plain [redacted] ✓ ┃ é\n", false); len(found) > 0 {
		t.Errorf("found %q in plain text", found)
	}
}

// sanitizeTail is the end of a text that has nothing to be found in it.
func sanitizeTail(text string) string { return string(sanitize.Line(text[max(0, len(text)-4):])) }
