// Minimal is the least that a Bubble Tea program can be. The benchmark of the
// first frame compares with it.
package main

import (
	"os"

	tea "github.com/charmbracelet/bubbletea"

	_ "ampedit/ui/earlybg"
)

// model draws a line as soon as it knows how large the screen is.
type model struct{ sized bool }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg.(type) {
	case tea.WindowSizeMsg:
		m.sized = true
	case tea.KeyMsg:
		return m, tea.Quit
	}
	return m, nil
}

func (m model) View() string {
	if !m.sized {
		return ""
	}
	return "1 Target"
}

func main() {
	if _, err := tea.NewProgram(model{}, tea.WithAltScreen()).Run(); err != nil {
		os.Exit(1)
	}
}
