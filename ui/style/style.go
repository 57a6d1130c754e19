// Package style holds the colours and glyphs of the interface. Colours are the
// sixteen of the terminal's own palette, and each state has a glyph or a word as
// well, so that nothing is lost without colour.
package style

import (
	"io"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// The glyphs, each one cell wide in every terminal.
const (
	Focus    = "┃"
	Chosen   = "●"
	Choice   = "○"
	Done     = "✓"
	Failed   = "✗"
	Warn     = "!"
	Working  = "◐"
	Rule     = "─"
	Bar      = "━"
	Ellipsis = "…"
)

// Styles are all styles of the interface, made once.
type Styles struct {
	Text     lipgloss.Style // ordinary text
	Title    lipgloss.Style // the name of a page or panel
	Faint    lipgloss.Style // what may be overlooked
	Focus    lipgloss.Style // the focused line's bar and label
	Current  lipgloss.Style // the current step, tab or row
	Good     lipgloss.Style // done, valid, added
	Warning  lipgloss.Style // worth a second look, changed
	Bad      lipgloss.Style // errors, removed, failed
	GoodMark lipgloss.Style // the words of an added line that are new
	BadMark  lipgloss.Style // the words of a removed line that go
	Key      lipgloss.Style // a key in the footer
	Link     lipgloss.Style // commands and addresses to use elsewhere
	Border   lipgloss.Style // rules and frames
	Button   lipgloss.Style // a button without the focus
	ButtonOn lipgloss.Style // the button that has it
	Cursor   lipgloss.Style // the text cursor
}

// New makes the styles for a colour profile. termenv.Ascii gives none at all.
func New(profile termenv.Profile) *Styles {
	r := lipgloss.NewRenderer(io.Discard, termenv.WithProfile(profile))
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(true)
	// The cursor is drawn in reverse, which is no colour: without any it would be
	// lost in the text.
	plain := lipgloss.NewRenderer(io.Discard)
	plain.SetColorProfile(termenv.ANSI)
	plain.SetHasDarkBackground(true)
	colour := func(n string) lipgloss.Style { return r.NewStyle().Foreground(lipgloss.Color(n)) }
	return &Styles{
		Text:     r.NewStyle(),
		Title:    r.NewStyle().Bold(true),
		Faint:    colour("8"),
		Focus:    colour("6").Bold(true),
		Current:  colour("6").Bold(true),
		Good:     colour("2"),
		Warning:  colour("3"),
		Bad:      colour("1"),
		GoodMark: colour("2").Reverse(true),
		BadMark:  colour("1").Reverse(true),
		Key:      colour("6"),
		Link:     colour("4"),
		Border:   colour("8"),
		Button:   r.NewStyle(),
		Cursor:   plain.NewStyle(),
		ButtonOn: r.NewStyle().Bold(true).Reverse(true),
	}
}
