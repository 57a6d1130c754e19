package forms

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/client/wire"
)

// The shells of Windows have no way to write a long text to the standard input of a
// program byte by byte. They get the request as JSON in ASCII, which no code page can
// change.

// maxCmdLine is the length of the longest line that cmd takes, in UTF-16 units.
const maxCmdLine = 8191

// cmdExport writes a request as lines for cmd.
func cmdExport(in *wire.UpdateBackendAPIInput, via Access) (string, error) {
	var out strings.Builder
	if paths := Inexpressible(in); len(paths) > 0 {
		out.WriteString(shell.Cmd.Line("rem", notWhole("the AWS CLI", paths)) + "\n")
	}
	words := append(strings.Fields(operation), via.flags()...)
	line := shell.Cmd.Line(append(words, "--cli-input-json", inASCII(inputDocument(in).json("", "")))...)
	if len(line) > maxCmdLine { // of ASCII, but for names of profiles
		return "", fmt.Errorf("write the request for cmd: it takes lines of %d characters, and this one has %d; use PowerShell, or save the request with --format cli-input-json and name that file with --cli-input-json file://FILE", maxCmdLine, len(line))
	}
	return out.String() + shell.Cmd.Assignment("AWS_MAX_ATTEMPTS", "1") + "\n" + line + "\n", nil
}

// powerShellExport writes a request as a script for PowerShell. A file takes the JSON
// to the AWS CLI: it may be too long for an argument, and versions of PowerShell
// differ in what becomes of double quotes in one. Its own commands have no such
// difference.
func powerShellExport(in *wire.UpdateBackendAPIInput, via Access, sh shell.Shell) string {
	var out strings.Builder
	out.WriteString(inexpressibleComment(in, "the AWS CLI"))
	out.WriteString("$request = New-TemporaryFile\n")
	out.WriteString("Set-Content -LiteralPath $request -Encoding ascii -Value " + shell.PowerShell.Word(inASCII(inputDocument(in).json("", "  "))) + "\n")
	out.WriteString(sh.Assignment("AWS_MAX_ATTEMPTS", "1") + "\n" + operation)
	for flag := range slices.Chunk(via.flags(), 2) {
		out.WriteString(" `\n  " + sh.Line(flag...))
	}
	out.WriteString(" `\n  --cli-input-json \"file://$request\"\nRemove-Item $request\n")
	return out.String()
}

// inASCII escapes all other characters of a JSON document.
func inASCII(document []byte) string {
	var out strings.Builder
	for _, r := range string(document) {
		switch {
		case r == '\n' || r < utf8.RuneSelf && sanitize.Drawn(r):
			out.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}
