package style_test

import (
	"reflect"
	"testing"

	"github.com/muesli/termenv"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
)

// A style draws a line as Lip Gloss does, but nothing of one that is empty.
func TestRenderIsThatOfLipGloss(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.ANSI, termenv.TrueColor} {
		all := reflect.ValueOf(style.New(profile)).Elem()
		for i := range all.NumField() {
			name, s := all.Type().Field(i).Name, all.Field(i).Interface().(style.Style)
			for _, line := range []sanitize.Text{" ", "a b", "日本…", "a" + style.New(termenv.ANSI).Bad.Render("b") + "c"} {
				if got, want := s.Render(line), s.Lipgloss().Render(string(line)); string(got) != want {
					t.Errorf("%s of profile %v draws %q as %q, not %q", name, profile, line, got, want)
				}
			}
		}
	}
}
