// Package style holds the colours and glyphs of the interface. Colours are the
// sixteen of the terminal's own palette, and each state has a glyph or a word as
// well, so that nothing is lost without colour.
package style

import (
	"io"

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
type Style struct{ style lipgloss.Style }

// Render draws a text.
func (s Style) Render(text sanitize.Text) sanitize.Text {
	return sanitize.Text(s.style.Render(string(text)))
}

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
		Text:     Style{r.NewStyle()},
		Title:    Style{r.NewStyle().Bold(true)},
		Faint:    Style{colour("8")},
		Focus:    Style{colour("6").Bold(true)},
		Current:  Style{colour("6").Bold(true)},
		Good:     Style{colour("2")},
		Warning:  Style{colour("3")},
		Bad:      Style{colour("1")},
		GoodMark: Style{colour("2").Reverse(true)},
		BadMark:  Style{colour("1").Reverse(true)},
		Key:      Style{colour("6")},
		Link:     Style{colour("4")},
		Border:   Style{colour("8")},
		Button:   Style{r.NewStyle()},
		Cursor:   Style{plain.NewStyle()},
		ButtonOn: Style{r.NewStyle().Bold(true).Reverse(true)},
	}
}

// Plain makes styles that change nothing, for text that goes into a file.
func Plain() *Styles { return New(termenv.Ascii) }
