// Package earlybg keeps Bubble Tea from asking the terminal for its background
// colour. Bubble Tea v1 asks in its own package initialisation and may wait five
// seconds for a terminal that does not answer; a late answer would then be typed
// into the first text field.
//
// Go initialises packages that are ready in the order of their import paths.
// This one imports only Lip Gloss and its path sorts before Bubble Tea's, so its
// init runs first. A test in package main holds that order.
package earlybg

import "github.com/charmbracelet/lipgloss"

func init() {
	// The colours used are the terminal's own sixteen, which fit its background
	// whatever it is. The value does not matter, only that it is settled.
	lipgloss.SetHasDarkBackground(true)
}
