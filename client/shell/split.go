package shell

import (
	"errors"
	"strings"

	"github.com/creachadair/mds/shell"
)

var errOpenQuote = errors.New("a quote in it is not closed")

// Split takes a command line apart as a user writes it into a variable such as
// EDITOR: the name of a program and its arguments, with quotes where they hold blanks.
// It is read as by sh, without replacing anything, or on Windows, as goos names it, as
// programs there read their command line. The error is a half sentence.
func Split(goos, line string) ([]string, error) {
	split := shell.Split
	if goos == "windows" {
		split = splitArguments
	}
	words, closed := split(line)
	if !closed {
		return nil, errOpenQuote
	}
	return words, nil
}

// splitArguments divides a line by the rules of CommandLineToArgvW, and reports
// whether its last quote is closed. The library for it, golang.org/x/sys/windows, is
// built on Windows alone.
func splitArguments(line string) (words []string, closed bool) {
	var word strings.Builder
	backslashes, inWord, inQuotes := 0, false, false
	flush := func() { // backslashes mean themselves, but for those before a quote
		word.WriteString(strings.Repeat(`\`, backslashes))
		backslashes = 0
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		switch {
		case c == '\\':
			backslashes, inWord = backslashes+1, true
			continue
		case c == '"':
			escaped := backslashes%2 == 1
			backslashes /= 2
			flush()
			inWord = true
			switch {
			case escaped:
				word.WriteByte(c)
			case inQuotes && strings.HasPrefix(line[i+1:], `"`): // two are one
				word.WriteByte(c)
				i++
			default:
				inQuotes = !inQuotes
			}
			continue
		}
		flush()
		if !inQuotes && strings.IndexByte(" \t\r\n", c) >= 0 {
			if inWord {
				words = append(words, word.String())
			}
			word.Reset()
			inWord = false
			continue
		}
		word.WriteByte(c)
		inWord = true
	}
	flush()
	if inWord {
		words = append(words, word.String())
	}
	return words, !inQuotes
}
