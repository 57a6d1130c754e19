package uitest_test

import (
	"strings"
	"testing"

	"ampedit/client/sanitize"
	"ampedit/ui/uitest"
)

func TestLeaksAreFound(t *testing.T) {
	for _, r := range strings.ToValidUTF8(uitest.Hostile(7), "") {
		if !sanitize.Drawn(r) && r != '\n' && len(uitest.Leaks("a"+string(r)+"b", false)) != 1 {
			t.Errorf("%q is not found", r)
		}
	}
	if len(uitest.Leaks("x "+uitest.OpaqueSecret+" AKIALEAKED0000000007", false)) != 2 || len(uitest.Leaks("leaked7", true)) != 0 || len(uitest.Leaks("a\xffb", true)) != 1 {
		t.Error("a known secret or a byte that is not UTF-8 is not found")
	}
	if found := uitest.Leaks("plain [redacted] ✓ ┃ é\n", false); len(found) > 0 {
		t.Errorf("found %q in plain text", found)
	}
}
