package shell

import (
	"regexp"
	"strings"
	"unicode"

	"ampedit/client/sanitize"
)

// There is no library for these shells that is kept: syscall.EscapeArg is built on
// Windows alone, and says nothing of the shell before it.

// plainWord is what all shells of Windows and the programs behind them take as it
// is. A flag with a point or a colon in it would be divided by PowerShell.
var plainWord = regexp.MustCompile(`^(--?[A-Za-z0-9_-]*|[A-Za-z0-9_./:\\+][A-Za-z0-9_./:\\+-]*)$`)

// argument writes a word so that a program finds it in its command line by the rules
// of CommandLineToArgvW: in double quotes, with a backslash before each double quote,
// and backslashes doubled where one follows.
func argument(word string) string {
	var out strings.Builder
	out.WriteByte('"')
	backslashes := 0
	for _, r := range word {
		if r == '"' {
			out.WriteString(strings.Repeat(`\`, backslashes+1))
		}
		if backslashes++; r != '\\' {
			backslashes = 0
		}
		out.WriteRune(r)
	}
	return out.String() + strings.Repeat(`\`, backslashes) + `"`
}

func cmdWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return withCarets(argument(oneLine(word)))
}

func cmdAssignment(name, value string) string {
	return "set " + withCarets(`"`+name+"="+oneLine(value)+`"`)
}

// withCarets writes a text in double quotes for cmd. What is in it needs no more,
// unless there are double quotes or percent signs, which cmd reads there too. Then
// every character with a meaning gets a caret, the double quotes around it too: for a
// caret between those would be a caret. So does what follows a percent sign: cmd
// looks for names of variables first, and with carets in them there are none.
func withCarets(quoted string) string {
	inner := quoted[1 : len(quoted)-1]
	if !strings.ContainsAny(inner, `"%`) {
		return quoted
	}
	var out strings.Builder
	afterPercent := false
	for _, r := range quoted {
		if afterPercent || strings.ContainsRune(`^"&|<>()%`, r) {
			out.WriteByte('^')
		}
		out.WriteRune(r)
		afterPercent = r == '%'
	}
	return out.String()
}

// oneLine replaces the control characters: a new line would end the command, and cmd
// has no way to write one.
func oneLine(word string) string {
	return strings.Map(func(r rune) rune {
		if sanitize.Control(r) {
			return unicode.ReplacementChar
		}
		return r
	}, word)
}

// powerShellWord writes a word as it is, if it may stand so, or as a text.
func powerShellWord(word string) string {
	switch {
	case plainWord.MatchString(word):
		return word
	case word == "--%": // in quotes too it makes PowerShell stop reading
		word = "--\uFFFD"
	}
	return powerShellText(word)
}

// powerShellText writes a text between double quotes, as in cmd, if it holds nothing
// that would be replaced there, else between single ones. PowerShell takes
// typographic quotes for its own; doubled they stand for themselves.
func powerShellText(text string) string {
	if !strings.ContainsAny(text, "$`\"“”„") && !strings.HasSuffix(text, `\`) {
		return `"` + text + `"`
	}
	return "'" + singleQuotes.Replace(text) + "'"
}

var singleQuotes = strings.NewReplacer("'", "''", "‘", "‘‘", "’", "’’", "‚", "‚‚", "‛", "‛‛")

// windowsPowerShellWord hands over a word ready for the command line where that
// shell would not make it so. It puts double quotes around a word with blanks and
// does nothing else to it; blanks between double quotes do not count.
func windowsPowerShellWord(word string) string {
	if word == "" || strings.Contains(word, `"`) || strings.HasSuffix(word, `\`) && strings.ContainsFunc(word, unicode.IsSpace) {
		return powerShellText(argument(word))
	}
	return powerShellWord(word)
}
