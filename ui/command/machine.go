package command

import (
	"io"
	"os"
	"os/exec"
	"time"

	"github.com/muesli/termenv"

	"ampedit/client"
	"ampedit/forms/schema"
	"ampedit/ui"
	"ampedit/ui/style"
)

// machine is what the screen program needs of the machine: colours, clipboard,
// editor and files.
type machine struct {
	streams
	clipboard copier
	views     views
}

func newMachine(s streams) *machine {
	return &machine{streams: s, clipboard: newCopier(s.out, os.Getenv)}
}

// Close removes the temporary files.
func (w *machine) Close() { w.views.Close() }

func (w *machine) config(protected []string) ui.Config {
	return ui.Config{
		Styles: style.New(profile(w.out)), Clock: client.SystemClock{}, Location: time.Local, Disk: schema.Disk{},
		Protected: protected, Copy: w.clipboard.copy, Write: writeNew, View: w.views.write,
		Login:  loginRunner{look: exec.LookPath, errOut: w.err}.run,
		Editor: editor{getenv: os.Getenv, look: exec.LookPath, errOut: w.err}.command,
	}
}

// profile returns the colours to use: the terminal's own sixteen or none. It
// follows the environment and asks the terminal nothing.
func profile(out io.Writer) termenv.Profile {
	if termenv.NewOutput(out).EnvColorProfile() == termenv.Ascii {
		return termenv.Ascii
	}
	return termenv.ANSI
}
