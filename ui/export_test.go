package ui

import "github.com/charmbracelet/bubbles/key"

// KeysHere gives tests the bindings of the place that has the focus.
func (a *App) KeysHere() []key.Binding { return a.keysHere() }
