package host

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/atotto/clipboard"
	"github.com/aymanbagabas/go-osc52/v2"
)

// maxOSC52 is the longest text, in bytes, whose sequence common terminals take:
// several stop at 100,000 bytes of it, in which base64 leaves room for this.
const maxOSC52 = 74_000

// Clipboard puts text on the clipboard: natively, which needs a desktop on this
// machine, else through the terminal, which works over SSH too.
type Clipboard struct {
	terminal io.Writer
	wrap     func(osc52.Sequence) osc52.Sequence
	native   func(string) error // nil where there is none
}

func newClipboard(terminal io.Writer, getenv func(string) string) Clipboard {
	c := Clipboard{terminal: terminal, wrap: func(s osc52.Sequence) osc52.Sequence { return s }}
	switch term := getenv("TERM"); {
	case getenv("TMUX") != "":
		c.wrap = osc52.Sequence.Tmux
	case strings.HasPrefix(term, "screen"):
		c.wrap = osc52.Sequence.Screen
	}
	// Over SSH the native clipboard is another machine's.
	if !clipboard.Unsupported && getenv("SSH_CONNECTION") == "" && getenv("SSH_TTY") == "" {
		c.native = clipboard.WriteAll
	}
	return c
}

// Copy puts a text on the clipboard and says which way it took. A terminal gives
// no answer, so that its way is never claimed to have worked.
func (c Clipboard) Copy(text string) (way string, err error) {
	if c.native != nil {
		if err = c.native(text); err == nil {
			return "system clipboard", nil
		}
	}
	if len(text) > maxOSC52 {
		return "", errors.Join(err, fmt.Errorf("%d bytes are too long for the terminal's clipboard", len(text)))
	}
	// One write, so that a frame drawn meanwhile cannot get into the sequence.
	if _, err := io.WriteString(c.terminal, c.wrap(osc52.New(text)).String()); err != nil {
		return "", err
	}
	return "handed to the terminal by OSC 52", nil
}
