package forms

import (
	"bytes"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"ampedit/client/redact"
	"ampedit/client/wire"
)

// secretIn says in a sentence that a text holds a secret, or the gap that one has
// left, and which rule that is; nil if it does neither. The sentence never has the text
// itself.
func secretIn(label, text string) (*Rule, string) {
	switch {
	case redact.HasGap(text):
		return ruleGap, fmt.Sprintf("%s has a gap, %s, where a secret was left out when it was kept. It would be sent as it stands; write another text.", label, redact.Gap)
	case redact.Holds(text):
		return ruleSecret, label + " holds an API key, or what reads like another secret. Whoever may read the configuration can read it there, and what is kept of it here has a gap instead; write another text."
	}
	return nil, ""
}

// extras checks what a document states and no field shows.
func (k *checker) extras() {
	x, entry := k.a.Extra, func(e *Entry) *wire.AuthType { return e.Extra }
	if k.c.Stated {
		x, entry = k.c.Base, func(e *Entry) *wire.AuthType { return k.c.baseAuth(e.Origin) }
	}
	if x != nil {
		k.extraMembers(At(StepTarget, KeyAPIName), "", x.Unknown)
		k.extraMembers(At(StepConflicts, KeyStrategy), "conflictResolution.", unlistedOf(x))
		k.extraAuth(At(StepDefault, KeyMode), "defaultAuthType", x.DefaultAuthType)
	}
	for _, e := range k.a.Live() {
		k.extraAuth(Ref{Step: StepMore, Entry: e.ID, Key: KeyMode}, "additionalAuthTypes["+modeName(wire.Mode(e.Values.Text(KeyMode)))+"]", entry(e))
	}
}

func (k *checker) extraAuth(ref Ref, path string, extra *wire.AuthType) {
	if extra == nil || string(identity(extra).Mode) != k.a.Text(ref) {
		return
	}
	k.extraMembers(ref, path+".", extra.Unknown)
	k.extraMembers(ref, path+".settings.", settingsOf(extra).Unknown)
	fields := authFields(k.a.Values(ref))
	for _, key := range textSettings {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Key == key }) {
			k.extra(ref, path+"."+string(key), wire.Text(*settingMember(settingsOf(extra), key)))
		}
	}
}

func (k *checker) extraMembers(ref Ref, path string, m wire.Members) {
	for _, name := range slices.Sorted(maps.Keys(m)) {
		k.extra(ref, path+printable(name), string(m[name]))
	}
}

func (k *checker) extra(ref Ref, path, text string) {
	if rule, p := secretIn(path, text); rule != nil {
		k.add(rule, ref, p, false)
	}
}

// Secrets returns the paths of the members of a configuration that hold a secret or
// the gap that one has left. The schema is not looked at: it is kept as it is.
func Secrets(config *wire.ResourceConfig) []string {
	var paths []string
	secrets(reflect.ValueOf(config), "", &paths)
	return paths
}

func secrets(v reflect.Value, path string, paths *[]string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			secrets(v.Elem(), path, paths)
		}
	case reflect.String:
		if redact.Holds(v.String()) {
			*paths = append(*paths, path)
		}
	case reflect.Slice:
		for i := range v.Len() {
			secrets(v.Index(i), fmt.Sprintf("%s[%d]", path, i), paths)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			name := wireName(v.Type().Field(i))
			if unknown, ok := v.Field(i).Interface().(wire.Members); ok {
				secretMembers(unknown, path, paths)
			} else if name != "transformSchema" {
				secrets(v.Field(i), strings.TrimPrefix(path+"."+name, "."), paths)
			}
		}
	}
}

func secretMembers(members wire.Members, path string, paths *[]string) {
	for _, name := range slices.Sorted(maps.Keys(members)) {
		raw := members[name]
		if redact.Name(name) || redact.Holds(name) || redact.Holds(string(raw)) || !bytes.Equal(redact.JSON(raw), raw) {
			*paths = append(*paths, strings.TrimPrefix(path+"."+printable(name), "."))
		}
	}
}
