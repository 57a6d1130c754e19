package host

import (
	"io"
	"os/exec"
	"runtime"

	"github.com/mattn/go-isatty"
	"github.com/muesli/termenv"
)

// Interactive reports whether the program can draw and read keys. term is the value of
// TERM.
func (s *Streams) Interactive(term string) bool {
	return isatty.IsTerminal(s.in.Fd()) && isatty.IsTerminal(s.out.Fd()) && term != "dumb"
}

// Colours returns the colours to use: the terminal's own sixteen or none. It follows
// the environment and asks the terminal nothing.
func (s *Streams) Colours() termenv.Profile {
	if termenv.NewOutput(s.out).EnvColorProfile() == termenv.Ascii {
		return termenv.Ascii
	}
	return termenv.ANSI
}

// Bell rings the terminal's bell.
func (s *Streams) Bell() { _, _ = io.WriteString(s.out, "\a") } // one that does not ring is no failure

// Clipboard is the clipboard that can be reached from here. getenv is as os.Getenv.
func (s *Streams) Clipboard(getenv func(string) string) Clipboard { return newClipboard(s.out, getenv) }

// Editor opens files in the editor that the environment names. getenv is as os.Getenv.
func (s *Streams) Editor(getenv func(string) string) Editor {
	return Editor{goos: runtime.GOOS, getenv: getenv, look: exec.LookPath, stderr: s.errOut}
}

// Login runs commands that log in.
func (s *Streams) Login() Login {
	return Login{look: exec.LookPath, stderr: s.errOut}
}
