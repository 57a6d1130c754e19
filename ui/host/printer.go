package host

import (
	"fmt"
	"io"
	"strings"

	"ampedit/client/sanitize"
)

// Printer prints on one of the standard streams. What it prints is fit for a terminal
// and holds no secret, whatever it is given; see [sanitize.Text].
type Printer struct{ w io.Writer }

// Line prints a line, as [sanitize.Format] makes it.
func (p *Printer) Line(format sanitize.Text, args ...any) error {
	return p.Print(sanitize.Format(format, args...) + "\n")
}

// Print prints a text as it is.
func (p *Printer) Print(text sanitize.Text) error {
	if _, err := io.WriteString(p.w, string(text)); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// JSON prints a value as [sanitize.JSON] makes it: on one line if indent is "".
func (p *Printer) JSON(value any, indent string) error {
	data, err := sanitize.JSON(value, indent)
	if err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return p.Print(sanitize.Text(data))
}

// Verbatim prints a text that is data, to be read by a program or kept in a file:
// a request, a schema's definitions, a completion script. The caller answers for its
// holding no secret.
func (p *Printer) Verbatim(text string) error { return p.Print(sanitize.Text(text)) }

// Error prints why the program ends. Further lines of the error are indented, so that
// no text from outside passes for a message of the program's own.
func (p *Printer) Error(err error) {
	text := strings.ReplaceAll(string(sanitize.Lines(err.Error())), "\n", "\n  ")
	_ = p.Print(sanitize.Text("ampedit: " + text + "\n")) // there is nobody left to tell
}

// Write is for libraries that print by themselves, such as Cobra: it cleans each piece
// on its own.
func (p *Printer) Write(data []byte) (int, error) {
	if err := p.Print(sanitize.Stream(string(data))); err != nil {
		return 0, err
	}
	return len(data), nil
}
