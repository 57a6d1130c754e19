package sanitize

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"ampedit/client/redact"
)

// JSON encodes a value for an event or a report: on one line if indent is "", and with
// a line feed at the end.
// Secrets are taken out of each string before it is encoded, so that the result is
// always valid, and characters that a terminal would not draw are escaped: nothing
// is lost, and nothing acts.
//
// The error is that of the encoding, for a value that JSON cannot say.
func JSON(value any, indent string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return append(Escape(redact.JSON(bytes.TrimRight(out.Bytes(), "\n"))), '\n'), nil
}

// Escape returns a JSON text with every character escaped that a terminal would not
// draw, which changes nothing of what it says.
func Escape(data []byte) []byte {
	var out bytes.Buffer
	out.Grow(len(data))
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == '\n' || Drawn(r):
			out.Write(data[:size])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
		data = data[size:]
	}
	return out.Bytes()
}
