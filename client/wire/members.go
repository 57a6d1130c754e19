package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Members are JSON members that the service model does not know, by name. They
// are carried along so that a configuration that was read and is sent back loses
// nothing.
type Members map[string]json.RawMessage

// encodeMembers writes known's members in their declared order, then unknown's
// in order of name.
func encodeMembers(known any, unknown Members) ([]byte, error) {
	data, err := marshal(known)
	if err != nil || len(unknown) == 0 {
		return data, err
	}
	out := bytes.NewBuffer(bytes.TrimSuffix(data, []byte("}")))
	names := make([]string, 0, len(unknown))
	for name := range unknown {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if out.Len() > 1 {
			out.WriteByte(',')
		}
		key, err := marshal(name)
		if err != nil {
			return nil, err
		}
		out.Write(key)
		out.WriteByte(':')
		if err := json.Compact(out, unknown[name]); err != nil {
			return nil, fmt.Errorf("encode member %q: %w", name, err)
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// decodeMembers reads a JSON object into the struct that known points to and
// puts the members without a field into unknown. A JSON null counts as absent.
// Where a string is expected, a number or a boolean is taken by its text: the
// service documents its times and states as strings and nothing more, and an
// answer to a request that was sent once must not be lost over that.
func decodeMembers(data []byte, known any, unknown *Members) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	target := reflect.ValueOf(known).Elem()
	for i := range target.NumField() {
		name, _, _ := strings.Cut(target.Type().Field(i).Tag.Get("json"), ",")
		raw, ok := members[name]
		if name == "-" || !ok {
			continue
		}
		delete(members, name)
		if string(raw) == "null" {
			continue
		}
		if err := decodeMember(raw, target.Field(i)); err != nil {
			return fmt.Errorf("member %q: %w", name, err)
		}
	}
	*unknown = nil
	if len(members) > 0 {
		*unknown = members
	}
	return nil
}

func decodeMember(raw json.RawMessage, field reflect.Value) error {
	text := field.Kind() == reflect.String ||
		field.Kind() == reflect.Pointer && field.Type().Elem().Kind() == reflect.String
	if text && strings.IndexByte("-0123456789tf", raw[0]) >= 0 {
		quoted, err := marshal(string(raw))
		if err != nil {
			return err
		}
		raw = quoted
	}
	return json.Unmarshal(raw, field.Addr().Interface())
}

// marshal is json.Marshal without the escapes that are meant for HTML.
func marshal(v any) ([]byte, error) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
