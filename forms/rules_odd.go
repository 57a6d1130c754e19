package forms

import (
	"fmt"
	"strings"

	"ampedit/client/wire"
)

// odd warns about members that were read in another JSON type than the service's
// model has, and that would be sent back so.
func (k *checker) odd() {
	if len(k.c.Base.Oddities()) == 0 {
		return
	}
	for _, o := range Request(k.a, k.c).ResourceConfig.Oddities() {
		ref, member := k.oddRef(o.Path)
		text := fmt.Sprintf("%s was read as %s, which is not the type that the service's model has. It was not understood, and is sent back as it was read until something else is answered.", member, printable(o.Raw))
		if o.Understood {
			text = fmt.Sprintf("%s was read as %s, which is not the type that the service's model has. It is taken for what it says, and sent back as it was read while it stays the same.", member, printable(o.Raw))
		}
		k.report(ruleOdd, ref, text)
	}
}

// oddRef returns the field behind a member's path in the request, and the member's
// name.
func (k *checker) oddRef(path string) (ref Ref, member string) {
	member = path[strings.LastIndex(path, ".")+1:]
	first, rest, _ := strings.Cut(path, ".")
	var i int
	_, err := fmt.Sscanf(first, "additionalAuthTypes[%d]", &i)
	sent := sentEntries(k.a, k.c)
	switch {
	case err == nil && i < len(sent):
		ref = Ref{Step: StepMore, Entry: sent[i].ID, Key: Key(rest)}
	case first == "additionalAuthTypes":
		return At(StepMore, ""), member
	case first == "defaultAuthType":
		ref = At(StepDefault, Key(rest))
	case first == "conflictResolution":
		return At(StepConflicts, KeyStrategy), member
	case first == "transformSchema":
		return At(StepSchema, KeySchemaSource), member
	default:
		return At(StepTarget, Key(member)), member
	}
	if rest == "" || rest == "settings" {
		ref.Key = KeyMode
	}
	return ref, member
}

// unread are the members below a path in a type, as if that were the default one,
// that were not understood.
func unread(path string, auth *wire.AuthType) wire.Members {
	out := wire.Members{}
	for _, o := range (&wire.ResourceConfig{DefaultAuthType: auth}).Oddities() {
		if name, ok := strings.CutPrefix(o.Path, path); ok && !o.Understood && !strings.Contains(name, ".") {
			out[name] = []byte(o.Raw)
		}
	}
	return out
}
