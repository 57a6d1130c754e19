package uitest

import tea "github.com/charmbracelet/bubbletea"

// keyTypes are the keys that are not text, by their names in Bubble Tea.
var keyTypes = func() map[string]tea.KeyType {
	named := map[string]tea.KeyType{}
	// Bubble Tea numbers control keys from 0 to 127 and the others downwards from
	// -1; a type without a name has an empty one.
	for k := tea.KeyType(-100); k <= 127; k++ {
		if name := k.String(); name != "" && k != tea.KeyRunes && k != tea.KeySpace {
			named[name] = k
		}
	}
	return named
}()

// Key returns the message for a key by its name in Bubble Tea, such as enter,
// ctrl+s or x.
func Key(name string) tea.KeyMsg {
	if k, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: k}
	}
	if runes := []rune(name); len(runes) == 1 {
		return runeKey(runes[0])
	}
	panic("no key is called " + name)
}

// runeKey returns the message for a key that types a character.
func runeKey(r rune) tea.KeyMsg {
	if r == ' ' {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}
