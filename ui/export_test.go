package ui

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// KeysHere gives tests the bindings of the place that has the focus.
func (a *App) KeysHere() []key.Binding { return a.keysHere() }

// EditorClosed is what the program is told when an editor with a schema file has
// been closed.
func EditorClosed() tea.Msg { return editedMsg{schema: true} }
