package wire

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Oddity is a member of a configuration that is of another JSON type than the service
// model says.
type Oddity struct {
	// Path is the member's place, such as additionalAuthTypes[0].settings.expirationTime.
	Path string
	// Raw is the member as it was read.
	Raw string
	// Understood says that its value could be taken all the same.
	Understood bool
}

// Oddities lists the members that are of another JSON type than the service model
// says and that would be sent as they were read.
func (c *ResourceConfig) Oddities() []Oddity {
	if c == nil {
		return nil
	}
	out := oddities("", *c, c.Odd)
	out = append(out, c.DefaultAuthType.oddities("defaultAuthType.")...)
	for i := range c.AdditionalAuthTypes {
		out = append(out, c.AdditionalAuthTypes[i].oddities(fmt.Sprintf("additionalAuthTypes[%d].", i))...)
	}
	if r := c.ConflictResolution; r != nil {
		out = append(out, oddities("conflictResolution.", *r, r.Odd)...)
	}
	return out
}

func (a *AuthType) oddities(path string) []Oddity {
	if a == nil {
		return nil
	}
	out := oddities(path, *a, a.Odd)
	if s := a.Settings; s != nil {
		out = append(out, oddities(path+"settings.", *s, s.Odd)...)
	}
	return out
}

func oddities(path string, of any, odd Members) []Oddity {
	var out []Oddity
	v := reflect.ValueOf(of)
	for _, name := range slices.Sorted(maps.Keys(odd)) {
		for i := range v.NumField() {
			if field := v.Field(i); memberName(v.Type().Field(i)) == name && asRead(odd[name], field) {
				out = append(out, Oddity{Path: path + name, Raw: string(odd[name]), Understood: !field.IsZero()})
			}
		}
	}
	return out
}

// unread lists the members of a configuration that were not understood, as they were
// read.
func unread(c *ResourceConfig) []string {
	var out []string
	for _, o := range c.Oddities() {
		if !o.Understood {
			out = append(out, o.Path+"="+o.Raw)
		}
	}
	return out
}
