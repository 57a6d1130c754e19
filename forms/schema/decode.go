package schema

import (
	"errors"
	"fmt"

	"ampedit/client/charset"
)

// decode checks the size and the encoding of a file and removes its byte
// order mark.
func decode(name string, data []byte) (string, error) {
	if len(data) > MaxSize {
		return "", tooLarge(name)
	}
	text, err := charset.UTF8(data)
	var broken *charset.Error
	switch {
	case errors.As(err, &broken) && !broken.UTF16:
		return "", fmt.Errorf("%s:%d:%d: %w", shown(name), broken.Line, broken.Column, broken)
	case err != nil:
		return "", fmt.Errorf("%s: %w", shown(name), err)
	}
	return string(text), nil
}

func tooLarge(name string) error {
	return fmt.Errorf("the schema is larger than %d MB with %s: a schema is a few kilobytes of text, so this is another kind of file", MaxSize>>20, shown(name))
}
