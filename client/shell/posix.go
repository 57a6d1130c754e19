package shell

import (
	"strings"

	"al.essio.dev/pkg/shellescape"
)

// posixWord leaves the quoting to the library. It does not know that zsh replaces
// =name by the place of the program name: at the start of a word, and in the value of
// a variable after a colon, too.
func posixWord(word string) string {
	quoted := shellescape.Quote(word)
	if quoted == word && (strings.HasPrefix(word, "=") || strings.Contains(word, ":=")) {
		return "'" + word + "'" // which holds no quotes, or they would have been quoted
	}
	return quoted
}
