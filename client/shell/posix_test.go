package shell_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ampedit/client/shell"
)

// hostileWords are hard to write for some shell.
var hostileWords = []string{
	"", " ", "-", "--", "--%", "-a.b", "a b", "team[1]", "x{a,b}", "a!b", "!!", "~", "~root", "=ls", "a=b", "=", "a:=ls", "#x", "a#b", "*", "?", "@", "@(a)", "^", "a^b",
	"'", "''", "it's", `"`, `a"b`, `\"`, `\`, `\\`, `a\`, `a b\`, `a b\\`, `a\"b`, "`id`", "$(id)", "$HOME", "${HOME}", "$'x'", "%", "%%", "%PATH%", "%PATH:a=b%", "50% of %PATH%", "^%PATH^%", "!PATH!",
	";id", "a;b", "a&b", "a|b", "a>b", "a<b", "(a)", "{", "}", "[", "]", ",", "a,b", "1..3", "1kb", "0x10", "007",
	"a\nb", "\n", "a\n", "\t", "a\rb", "a\x1b[31mb", "\x7f", "\u0085", "é", "日本", "\u00a0", "‘", "’’", "“a”", "„", "‚", "\u202e", "\u200b",
	`C:\Program Files\x\`, `\\server\share`, "--profile=a b", "-rf /", "&&", "||", "if", "done", "$_", "$env:PATH", "@{a=1}",
}

// aWord is any of those, or what is made of their pieces.
func aWord() *rapid.Generator[string] {
	piece := rapid.OneOf(rapid.SampledFrom(hostileWords), rapid.StringN(0, 5, -1))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.ReplaceAll(strings.Join(rapid.SliceOfN(piece, 1, 4).Draw(t, "pieces"), ""), "\x00", "")
	})
}

// posixShells are the shells of this machine that follow sh.
func posixShells(t *testing.T) [][]string {
	var found [][]string
	for _, command := range [][]string{{"bash"}, {"dash"}, {"zsh", "-f"}, {"mksh"}, {"busybox", "sh"}, {"sh"}} {
		if _, err := exec.LookPath(command[0]); err == nil {
			found = append(found, command)
		}
	}
	if len(found) == 0 {
		t.Skip("there is no POSIX shell on the PATH; what one makes of a line is not tested")
	}
	return found
}

// run gives a script to a shell and returns the texts, each with a NUL after it, that
// it prints.
func run(t interface{ Fatalf(string, ...any) }, command []string, script string) []string {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v says %v to %q", command, err, script)
	}
	texts := strings.Split(string(out), "\x00")
	return texts[:len(texts)-1]
}

// What a shell hands to a program is what was written for it.
func TestPOSIXShellsGiveTheWordsBack(t *testing.T) {
	for _, command := range posixShells(t) {
		t.Run(command[0], func(t *testing.T) {
			line := shell.POSIX.Line(append([]string{"printf", `%s\0`}, hostileWords...)...)
			if got := run(t, command, line); !slices.Equal(got, hostileWords) {
				for i := range min(len(got), len(hostileWords)) {
					if got[i] != hostileWords[i] {
						t.Errorf("%q arrives as %q", hostileWords[i], got[i])
					}
				}
				t.Fatalf("%d words of %d arrive", len(got), len(hostileWords))
			}
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(aWord(), 1, 20).Draw(t, "words")
		for _, command := range [][]string{{"sh"}, {"bash"}} {
			if _, err := exec.LookPath(command[0]); err != nil {
				continue
			}
			if got := run(t, command, shell.POSIX.Line(append([]string{"printf", `%s\0`}, words...)...)); !slices.Equal(got, words) {
				t.Fatalf("%s: %q arrive as %q", command, words, got)
			}
		}
	})
}

func TestPOSIXAssignments(t *testing.T) {
	for _, command := range posixShells(t) {
		var script strings.Builder
		for _, word := range hostileWords {
			script.WriteString(shell.POSIX.Assignment("VALUE", word) + "\nprintf '%s\\0' \"$VALUE\"\n")
		}
		if got := run(t, command, script.String()); !slices.Equal(got, hostileWords) {
			t.Errorf("%s: got %q", command, got)
		}
	}
}

func TestPlainWordsStayAsTheyAre(t *testing.T) {
	plain := []string{"ampedit", "watch", "job-1", "--app-id", "d1a2b3", "--endpoint-url", "http://127.0.0.1:4567", "eu-west-1", "a/b.c_d", "-"}
	for _, s := range []shell.Shell{shell.POSIX, shell.Cmd, shell.PowerShell, shell.WindowsPowerShell} {
		if got := s.Line(plain...); got != strings.Join(plain, " ") {
			t.Errorf("%d: %s", s, got)
		}
	}
}

// No argument can hold a NUL.
func TestNULIsReplaced(t *testing.T) {
	for _, s := range []shell.Shell{shell.POSIX, shell.Cmd, shell.PowerShell, shell.WindowsPowerShell} {
		if got := s.Line("a", "b\x00c") + s.Assignment("A", "b\x00c"); strings.Contains(got, "\x00") || strings.Count(got, "\uFFFD") != 2 {
			t.Errorf("%d: %q", s, got)
		}
	}
}
