package wire

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"ampedit/client/sanitize"
)

// Body writes a request's JSON body, indented by two spaces, and with characters escaped
// that a terminal would not draw, so that the bytes on the wire are also the bytes a
// person reads before approving them. The same input always gives the same bytes. A string that is not valid UTF-8 is an
// error: encoding/json would replace the bytes silently.
func Body(in any) ([]byte, error) {
	if bad := badText(reflect.ValueOf(in), ""); bad != "" {
		return nil, fmt.Errorf("encode the request: %s is not valid UTF-8; save it as UTF-8 and try again", bad)
	}
	data, err := marshal(in)
	if err != nil {
		return nil, fmt.Errorf("encode the request: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, data, "", "  "); err != nil {
		return nil, fmt.Errorf("indent the request: %w", err)
	}
	return sanitize.Escape(out.Bytes()), nil
}

// Hash is the SHA-256 of a body in lower-case hexadecimal digits.
func Hash(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// ShortHash is the first seven digits of Hash, for people.
func ShortHash(body []byte) string { return Hash(body)[:7] }

// badText finds the first string below v that is not valid UTF-8 and returns the
// path of its JSON member, or "" if there is none.
func badText(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			return path
		}
	case reflect.Pointer:
		if !v.IsNil() {
			return badText(v.Elem(), path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			if bad := badText(v.Index(i), fmt.Sprintf("%s[%d]", path, i)); bad != "" {
				return bad
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if name == "-" || name == "" {
				name = field.Name
			}
			if bad := badText(v.Field(i), strings.TrimPrefix(path+"."+name, ".")); bad != "" {
				return bad
			}
		}
	}
	return ""
}
