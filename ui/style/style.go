// Package style holds the colours and glyphs of the interface. Colours are the
// sixteen of the terminal's own palette, and each state has a glyph or a word as
// well, so that nothing is lost without colour.
package style

import (
	"io"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"

	"ampedit/client/sanitize"
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

// Style is how text is drawn.
type Style struct {
	style lipgloss.Style
	// on and off stand around a line that is drawn. Lip Gloss finds out anew what
	// they are for each text, which is too slow for the lines of a large schema.
	on, off sanitize.Text
}

func made(style lipgloss.Style) Style {
	on, off, _ := strings.Cut(style.Render("x"), "x")
	return Style{style, sanitize.Text(on), sanitize.Text(off)}
}

// Between returns a style that puts a text between two others.
func Between(before, after sanitize.Text) Style { return Style{on: before, off: after} }

// Render draws a text of one line.
func (s Style) Render(line sanitize.Text) sanitize.Text {
	if line == "" {
		return ""
	}
	return s.on + line + s.off
}

// Shows reports whether the style makes a difference.
func (s Style) Shows() bool { return s.on != "" }

// Lipgloss returns the style for components of others. Only package widget has any.
func (s Style) Lipgloss() lipgloss.Style { return s.style }

// Styles are all styles of the interface, made once.
type Styles struct {
	Text     Style // ordinary text
	Title    Style // the name of a page or panel
	Faint    Style // what may be overlooked
	Focus    Style // the focused line's bar and label
	Current  Style // the current step, tab or row
	Good     Style // done, valid, added
	Warning  Style // worth a second look, changed
	Bad      Style // errors, removed, failed
	GoodMark Style // the words of an added line that are new
	BadMark  Style // the words of a removed line that go
	Key      Style // a key in the footer
	Link     Style // commands and addresses to use elsewhere
	Border   Style // rules and frames
	Button   Style // a button without the focus
	ButtonOn Style // the button that has it
	Cursor   Style // the text cursor
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
		Text:     made(r.NewStyle()),
		Title:    made(r.NewStyle().Bold(true)),
		Faint:    made(colour("8")),
		Focus:    made(colour("6").Bold(true)),
		Current:  made(colour("6").Bold(true)),
		Good:     made(colour("2")),
		Warning:  made(colour("3")),
		Bad:      made(colour("1")),
		GoodMark: made(colour("2").Reverse(true)),
		BadMark:  made(colour("1").Reverse(true)),
		Key:      made(colour("6")),
		Link:     made(colour("4")),
		Border:   made(colour("8")),
		Button:   made(r.NewStyle()),
		Cursor:   made(plain.NewStyle()),
		ButtonOn: made(r.NewStyle().Bold(true).Reverse(true)),
	}
}

// Plain makes styles that change nothing, for text that goes into a file.
func Plain() *Styles { return New(termenv.Ascii) }
