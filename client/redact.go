package client

import "ampedit/client/redact"

// Redact is redact.Text.
func Redact(text string) string { return redact.Text(text) }
