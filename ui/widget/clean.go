package widget

import "ampedit/client/sanitize"

// Clean is sanitize.Verbatim.
func Clean(text string) string { return string(sanitize.Verbatim(text)) }

// CleanLine is sanitize.Line.
func CleanLine(text string) string { return string(sanitize.Line(text)) }
