package redact

import (
	"bytes"
	"encoding/json"
)

// schemaMember is the member whose text is a GraphQL schema and is kept verbatim.
const schemaMember = "transformSchema"

// JSON takes secrets out of the strings of a JSON text, one at a time, so that it
// stays valid and all else stays as it is, byte for byte. The string in a member
// named transformSchema is a schema and stays as well. Anything that is not JSON is
// treated as [Text] treats it.
//
// A member whose name says that its value is secret gets a [Gap] whatever it holds.
func JSON(data []byte) []byte {
	if !json.Valid(data) {
		return []byte(Text(string(data)))
	}
	var out bytes.Buffer
	out.Grow(len(data))
	member := ""
	for {
		start := bytes.IndexByte(data, '"')
		if start < 0 {
			out.Write(data)
			return out.Bytes()
		}
		between := data[:start]
		end := start + literalLength(data[start:])
		literal := data[start:end]
		out.Write(between)
		data = data[end:]
		if bytes.IndexByte(between, '}') >= 0 {
			member = ""
		}
		isName := bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(":"))
		value := unquote(literal)
		switch {
		case !isName && member == schemaMember && string(bytes.TrimSpace(between)) == ":":
			out.Write(literal)
		case !isName && value != "" && Name(member):
			out.Write(quote(Gap))
		default:
			out.Write(replaced(literal, value, Text(value)))
		}
		if isName {
			member = value
		}
	}
}

// replaced returns a JSON string with another value, and the very same one if there
// is no other.
func replaced(literal []byte, value, with string) []byte {
	if value == with {
		return literal
	}
	return quote(with)
}

// literalLength is the length of the JSON string that valid JSON begins with, its
// quotation marks included.
func literalLength(data []byte) int {
	for i := 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

func unquote(literal []byte) string {
	var text string
	if json.Unmarshal(literal, &text) != nil { // cannot be: it is part of valid JSON
		return string(literal)
	}
	return text
}

func quote(text string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil { // cannot be: a string is always JSON
		panic("redact: quote: " + err.Error())
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}
