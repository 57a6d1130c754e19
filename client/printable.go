package client

import "ampedit/client/sanitize"

// Printable is sanitize.Line.
func Printable(text string) string { return string(sanitize.Line(text)) }
