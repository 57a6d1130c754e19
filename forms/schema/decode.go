package schema

import (
	"bytes"
	"fmt"
	"unicode/utf8"
)

// decode checks the size and the encoding of a file and removes its byte
// order mark.
func decode(name string, data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", tooLarge(name)
	}
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		return "", fmt.Errorf("%s is UTF-16 text: save it as UTF-8", shown(name))
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if utf8.Valid(data) {
		return string(data), nil
	}
	at := invalidByte(data)
	line := bytes.Count(data[:at], []byte("\n")) + 1
	column := utf8.RuneCount(data[bytes.LastIndexByte(data[:at], '\n')+1:at]) + 1
	return "", fmt.Errorf("%s:%d:%d: byte %d (0x%02x) is not UTF-8: save the file as UTF-8", shown(name), line, column, at+1, data[at])
}

// invalidByte is the offset of the first byte that is not UTF-8.
func invalidByte(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data) - 1
}

func tooLarge(name string) error {
	return fmt.Errorf("the schema is larger than %d MB with %s: a schema is a few kilobytes of text, so this is another kind of file", MaxSize>>20, shown(name))
}
