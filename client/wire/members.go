package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Members are JSON members that the service model does not know, by name. They
// are carried along so that a configuration that was read and is sent back loses
// nothing.
type Members map[string]json.RawMessage

// encodeConfig writes known's members in their declared order, those of odd as they
// were read, then unknown's in order of name.
func encodeConfig(known any, unknown, odd Members) ([]byte, error) {
	data, err := marshal(known)
	if len(odd) > 0 && err == nil {
		data, err = encodeOdd(reflect.ValueOf(known), odd)
	}
	if err != nil || len(unknown) == 0 {
		return data, err
	}
	out := bytes.NewBuffer(bytes.TrimSuffix(data, []byte("}")))
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		if err := appendMember(out, name, unknown[name]); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// encodeOdd is marshal for a struct of which some members are sent as they were read.
func encodeOdd(known reflect.Value, odd Members) ([]byte, error) {
	out := bytes.NewBufferString("{")
	for i := range known.NumField() {
		name, field := memberName(known.Type().Field(i)), known.Field(i)
		raw, isOdd := odd[name]
		switch {
		case name == "-", field.IsZero() && !isOdd:
			continue
		case !isOdd || !asRead(raw, field):
			if field.IsZero() {
				continue
			}
			var err error
			if raw, err = marshal(field.Interface()); err != nil {
				return nil, err
			}
		}
		if err := appendMember(out, name, raw); err != nil {
			return nil, err
		}
	}
	out.WriteByte('}')
	return out.Bytes(), nil
}

// asRead reports whether a field still has the value that an odd member was read as.
func asRead(raw json.RawMessage, field reflect.Value) bool {
	read := reflect.New(field.Type()).Elem()
	if _, err := decodeMember(raw, read); err != nil {
		return field.IsZero()
	}
	return reflect.DeepEqual(read.Interface(), field.Interface())
}

// appendMember adds a member to an object that is not closed.
func appendMember(out *bytes.Buffer, name string, raw json.RawMessage) error {
	if out.Len() > 1 {
		out.WriteByte(',')
	}
	key, err := marshal(name)
	if err != nil {
		return err
	}
	out.Write(key)
	out.WriteByte(':')
	if err := json.Compact(out, raw); err != nil {
		return fmt.Errorf("encode member %q: %w", name, err)
	}
	return nil
}

// decodeMembers reads a JSON object into the struct that known points to and
// puts the members without a field into unknown. A JSON null counts as absent.
// Where a string is expected, a number or a boolean is taken by its text, and where a
// number is expected, a string that holds one: the service documents its times and
// states as strings and nothing more, and an answer to a request that was sent once
// must not be lost over that.
func decodeMembers(data []byte, known any, unknown *Members) error {
	return decodeObject(data, known, unknown, func(name string, _ json.RawMessage, _ reflect.Value, err error) error {
		if err != nil {
			return fmt.Errorf("member %q: %w", name, err)
		}
		return nil
	})
}

// decodeConfig is decodeMembers for what is sent back: members of another type than
// expected are kept in odd, and make nothing else unreadable.
func decodeConfig(data []byte, known any, unknown, odd *Members) error {
	*odd = nil
	return decodeObject(data, known, unknown, func(name string, raw json.RawMessage, field reflect.Value, err error) error {
		if err != nil {
			field.SetZero()
		}
		if *odd == nil {
			*odd = Members{}
		}
		(*odd)[name] = raw
		return nil
	})
}

// decodeObject reads an object. It calls strange for each member that is of another
// type than its field, with the error if it was not understood.
func decodeObject(data []byte, known any, unknown *Members, strange func(name string, raw json.RawMessage, field reflect.Value, err error) error) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return err
	}
	target := reflect.ValueOf(known).Elem()
	for i := range target.NumField() {
		name := memberName(target.Type().Field(i))
		raw, ok := members[name]
		if name == "-" || !ok {
			continue
		}
		delete(members, name)
		if string(raw) == "null" {
			continue
		}
		other, err := decodeMember(raw, target.Field(i))
		if !other && err == nil {
			continue
		}
		if err := strange(name, raw, target.Field(i), err); err != nil {
			return err
		}
	}
	*unknown = nil
	if len(members) > 0 {
		*unknown = members
	}
	return nil
}

func memberName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return name
}

// decodeMember reads a member into its field, and reports whether it is of another
// type than that.
func decodeMember(raw json.RawMessage, field reflect.Value) (other bool, err error) {
	kind := field.Kind()
	if kind == reflect.Pointer {
		kind = field.Type().Elem().Kind()
	}
	switch {
	case kind == reflect.String && strings.IndexByte("-0123456789tf", raw[0]) >= 0:
		other = true
		if raw, err = marshal(string(raw)); err != nil {
			return other, err
		}
	case kind == reflect.Float64 && raw[0] == '"':
		other = true
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return other, err
		}
		number := strings.TrimSpace(text)
		if !json.Valid([]byte(number)) || strings.IndexByte("-0123456789", number[0]) < 0 {
			return other, fmt.Errorf("%q is not a number", text)
		}
		raw = json.RawMessage(number)
	}
	return other, json.Unmarshal(raw, field.Addr().Interface())
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
