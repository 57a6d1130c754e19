package shell_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"ampedit/client/shell"
)

// The rules of Windows are written here once more, from the side of the reader.

// argumentsOf divides a command line as CommandLineToArgvW does after the name of the
// program: 2n backslashes and a quote are n backslashes and a quote with a meaning,
// 2n+1 are n backslashes and a quote.
func argumentsOf(line string) (words []string) {
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		word, quoted := "", false
		for line != "" && (quoted || line[0] != ' ' && line[0] != '\t') {
			rest := strings.TrimLeft(line, `\`)
			n := len(line) - len(rest)
			switch {
			case !strings.HasPrefix(rest, `"`) && n > 0:
				word, line = word+line[:n], rest
			case !strings.HasPrefix(rest, `"`):
				word, line = word+line[:1], line[1:]
			case n%2 == 1:
				word, line = word+line[:n/2]+`"`, rest[1:]
			default:
				word, line, quoted = word+line[:n/2], rest[1:], !quoted
			}
		}
		words = append(words, word)
	}
	return words
}

// typedIntoCmd gives what cmd passes on of a typed line, and whether it would run it
// as one command: variables first, wherever they stand, and then carets and quotes.
func typedIntoCmd(line string, variables map[string]string) (string, bool) {
	var expanded strings.Builder
	for line != "" {
		before, after, found := strings.Cut(line, "%")
		expanded.WriteString(before)
		if line = after; !found {
			break
		}
		name, rest, closed := strings.Cut(after, "%")
		name, _, _ = strings.Cut(name, ":")
		if value, known := variables[strings.ToUpper(name)]; closed && known {
			expanded.WriteString(value)
			line = rest
			continue
		}
		expanded.WriteByte('%') // a name that is not known stays when it is typed
	}
	var out strings.Builder
	quoted, escaped := false, false
	for _, r := range expanded.String() {
		switch {
		case r == '\n' || r == '\r':
			return "", false
		case escaped:
			escaped = false
		case r == '^' && !quoted:
			escaped = true
			continue
		case r == '"':
			quoted = !quoted
		case !quoted && strings.ContainsRune("&|<>()", r):
			return "", false
		}
		out.WriteRune(r)
	}
	return out.String(), true
}

var variables = map[string]string{"PATH": `C:\Windows`, "A": "b", "": "none", " OF ": "x"}

func TestCmdGivesTheWordsBack(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, words []string) {
		line := shell.Cmd.Line(append([]string{"prog"}, words...)...)
		passed, one := typedIntoCmd(line, variables)
		if !one {
			t.Fatalf("%q is more than one command: %s", words, line)
		}
		want := make([]string, len(words))
		for i, word := range words {
			want[i] = strings.Map(withoutControl, word)
		}
		if got := argumentsOf(passed)[1:]; !slices.Equal(got, want) {
			t.Fatalf("%q arrive as %q of %s", want, got, line)
		}
	}
	for _, word := range hostileWords {
		check(t, []string{word})
		if set, one := typedIntoCmd(shell.Cmd.Assignment("NAME", word), variables); !one || set != `set "NAME=`+strings.Map(withoutControl, word)+`"` {
			t.Errorf("%q is set by %s", word, set)
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.SliceOf(aWord()).Draw(t, "words")) })
}

// withoutControl maps what no line of cmd can hold.
func withoutControl(r rune) rune {
	if unicode.IsControl(r) {
		return unicode.ReplacementChar
	}
	return r
}

// powerShellTexts reads a line of words as PowerShell does, each plain or in quotes.
func powerShellTexts(t interface{ Fatalf(string, ...any) }, line string) (texts []string) {
	single, double := []rune("'‘’‚‛"), []rune("\"“”„")
	rest := []rune(line)
	for len(rest) > 0 {
		var text []rune
		quotes := single
		switch {
		case slices.Contains(double, rest[0]):
			quotes = double
			fallthrough
		case slices.Contains(single, rest[0]):
			rest = rest[1:]
			for ; len(rest) > 0; rest = rest[1:] {
				if slices.Contains(quotes, rest[0]) {
					if len(rest) == 1 || !slices.Contains(quotes, rest[1]) {
						break
					}
					rest = rest[1:] // of two the second stands
				} else if slices.Equal(quotes, double) && (rest[0] == '$' || rest[0] == '`') {
					t.Fatalf("PowerShell replaces something in %s", line)
				}
				text = append(text, rest[0])
			}
			if len(rest) == 0 {
				t.Fatalf("a text does not end in %s", line)
			}
			rest = rest[1:]
		default:
			for len(rest) > 0 && rest[0] != ' ' {
				if strings.ContainsRune("'\"‘’‚‛“”„`$(){};,|&<>@#*?~%\t\n", rest[0]) || unicode.IsSpace(rest[0]) {
					t.Fatalf("%q has a meaning in %s", rest[0], line)
				}
				text, rest = append(text, rest[0]), rest[1:]
			}
		}
		if len(rest) > 0 && rest[0] != ' ' {
			t.Fatalf("something follows a text in %s", line)
		}
		rest = rest[min(1, len(rest)):]
		texts = append(texts, string(text))
	}
	return texts
}

// passedByWindowsPowerShell makes a command line as PowerShell 5.1 does: an empty
// text is left out, and one with blanks outside of its quotes gets quotes around it.
func passedByWindowsPowerShell(texts []string) string {
	var line []string
	for _, text := range texts {
		quotes, blank := 0, false
		for i, r := range text {
			if r == '"' && (i == 0 || text[i-1] != '\\') {
				quotes++
			}
			blank = blank || unicode.IsSpace(r) && quotes%2 == 0
		}
		if blank {
			text = `"` + text + `"`
		}
		if text != "" {
			line = append(line, text)
		}
	}
	return strings.Join(line, " ")
}

func TestPowerShellGivesTheWordsBack(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, words []string) {
		want := slices.Clone(words)
		for i, word := range words {
			if word == "--%" {
				want[i] = "--\uFFFD"
			}
		}
		line := shell.PowerShell.Line(append([]string{"prog"}, words...)...)
		if got := powerShellTexts(t, line)[1:]; !slices.Equal(got, want) {
			t.Fatalf("%q arrive as %q of %s", words, got, line)
		}
		line = shell.WindowsPowerShell.Line(append([]string{"prog"}, words...)...)
		if got := argumentsOf(passedByWindowsPowerShell(powerShellTexts(t, line)))[1:]; !slices.Equal(got, want) {
			t.Fatalf("in Windows PowerShell %q arrive as %q of %s", words, got, line)
		}
	}
	for _, word := range hostileWords {
		check(t, []string{word})
		for _, s := range []shell.Shell{shell.PowerShell, shell.WindowsPowerShell} {
			text, found := strings.CutPrefix(s.Assignment("NAME", word), "$env:NAME = ")
			if got := powerShellTexts(t, text); !found || !slices.Equal(got, []string{word}) {
				t.Errorf("%q is set to %q", word, got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) { check(t, rapid.SliceOf(aWord()).Draw(t, "words")) })
}

// A flag with a point or colon in it would become two arguments.
func TestPowerShellKeepsFlagsWhole(t *testing.T) {
	if got := shell.PowerShell.Line("prog", "-a.b", "-a:b", "--a"); got != `prog "-a.b" "-a:b" --a` {
		t.Error(got)
	}
}

func TestPowerShellCallsAQuotedProgram(t *testing.T) {
	if got := shell.PowerShell.Line(`C:\Program Files\x.exe`, "y"); got != `& "C:\Program Files\x.exe" y` {
		t.Error(got)
	}
}

// Nothing on Windows tells for certain which shell a program was started from; so the
// usual line is the same in all of them.
func TestWordsWithBlanksAreTheSameInAllShellsOfWindows(t *testing.T) {
	const want = `ampedit watch --profile "acme prod" --dir "C:\My Files"`
	for _, s := range []shell.Shell{shell.Cmd, shell.PowerShell, shell.WindowsPowerShell} {
		if got := s.Line("ampedit", "watch", "--profile", "acme prod", "--dir", `C:\My Files`); got != want {
			t.Errorf("%d: %s", s, got)
		}
	}
}

func TestOf(t *testing.T) {
	const ours = `C:\Users\ada\Documents\PowerShell\Modules;C:\Program Files\PowerShell\7\Modules`
	const old = `C:\Program Files\WindowsPowerShell\Modules;C:\Windows\system32\WindowsPowerShell\v1.0\Modules`
	for _, test := range []struct {
		goos      string
		variables map[string]string
		want      shell.Shell
	}{
		{"linux", nil, shell.POSIX},
		{"darwin", map[string]string{"PSModulePath": ours}, shell.POSIX},
		{"windows", nil, shell.WindowsPowerShell},
		{"windows", map[string]string{"PSModulePath": old}, shell.WindowsPowerShell},
		{"windows", map[string]string{"PSModulePath": ours + ";" + old}, shell.PowerShell},
		{"windows", map[string]string{"PSModulePath": ours, "PROMPT": "$P$G"}, shell.PowerShell},
		{"windows", map[string]string{"PSModulePath": old, "PROMPT": "$P$G"}, shell.Cmd},
		{"windows", map[string]string{"PROMPT": "$P$G", "MSYSTEM": "MINGW64"}, shell.POSIX},
		{"windows", map[string]string{"SHELL": "/usr/bin/bash"}, shell.POSIX},
	} {
		if got := shell.Of(test.goos, func(name string) string { return test.variables[name] }); got != test.want {
			t.Errorf("%s %v: got %d, want %d", test.goos, test.variables, got, test.want)
		}
	}
}
