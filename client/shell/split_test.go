package shell_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ampedit/client/shell"
)

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		goos, line string
		want       []string
	}{
		{"linux", "code --wait", []string{"code", "--wait"}},
		{"linux", "emacsclient -nw -a ''", []string{"emacsclient", "-nw", "-a", ""}},
		{"linux", `'/opt/my editor/ed' "a \"b\"" c\ d $HOME`, []string{"/opt/my editor/ed", `a "b"`, "c d", "$HOME"}},
		{"darwin", "  ", nil},
		{"windows", `"C:\Program Files\Microsoft VS Code\Code.exe" --wait`, []string{`C:\Program Files\Microsoft VS Code\Code.exe`, "--wait"}},
		{"windows", `C:\vim\vim.exe -c "set ""x"""  ""`, []string{`C:\vim\vim.exe`, "-c", `set "x"`, ""}},
		{"windows", `\\server\share\e.exe "a\\" \"b it's`, []string{`\\server\share\e.exe`, `a\`, `"b`, "it's"}},
		{"windows", "", nil},
	} {
		if got, err := shell.Split(test.goos, test.line); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: %s gives %q and error %v, want %q", test.goos, test.line, got, err, test.want)
		}
	}
	for _, test := range [][2]string{{"linux", "vim 'x"}, {"linux", `vim "x`}, {"linux", `vim \`}, {"windows", `"C:\Program Files\vim`}} {
		if got, err := shell.Split(test[0], test[1]); err == nil {
			t.Errorf("%s: %s gives %q", test[0], test[1], got)
		}
	}
}

// What is written for a shell is split into the same words.
func TestSplitIsTheOtherWayOfLine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(aWord(), 1, 8).Draw(t, "words")
		if got, err := shell.Split("linux", shell.POSIX.Line(words...)); err != nil || !slices.Equal(got, words) {
			t.Fatalf("%q come back as %q, error %v", words, got, err)
		}
	})
}
