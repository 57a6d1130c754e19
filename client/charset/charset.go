// Package charset makes sure that a file's text is UTF-8, the one encoding that
// Amplify's files, schemas and kept requests are in.
package charset

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// An Error says why bytes are not UTF-8 text.
type Error struct {
	// UTF16 says that the whole of it is UTF-16, as PowerShell's > writes.
	UTF16 bool
	// Offset is that of the first byte that does not fit, from 0; Line and Column
	// are its place, from 1, the column in characters.
	Offset, Line, Column int
	// Byte is that byte.
	Byte byte
}

// Error returns a clause that says what is wrong and what to do.
func (e *Error) Error() string {
	if e.UTF16 {
		return "it is UTF-16; save it as UTF-8"
	}
	return fmt.Sprintf("byte %d (0x%02x) is not UTF-8; save it as UTF-8", e.Offset+1, e.Byte)
}

// UTF8 returns the text without its byte order mark. The error is an *Error.
func UTF8(data []byte) ([]byte, error) {
	if utf16(data) {
		return nil, &Error{UTF16: true, Line: 1, Column: 1}
	}
	text := bytes.TrimPrefix(data, []byte("\uFEFF"))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			line := 1 + bytes.Count(text[:i], []byte("\n"))
			column := 1 + utf8.RuneCount(text[bytes.LastIndexByte(text[:i], '\n')+1:i])
			return nil, &Error{Offset: len(data) - len(text) + i, Line: line, Column: column, Byte: text[i]}
		}
		i += size
	}
	return text, nil
}

// utf16 recognizes UTF-16 by its byte order mark or, without one, by the zero half
// of the first character: these files begin with a character of ASCII.
func utf16(data []byte) bool {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(data, []byte(mark)) {
			return true
		}
	}
	return len(data) > 1 && (data[0] == 0) != (data[1] == 0)
}
