package forms

import (
	"maps"
	"slices"
	"strings"

	"ampedit/client/wire"
)

// Statement is what a document states, and what of the configuration that was read
// stays for that reason, as paths in the request. A member that is kept as a whole has
// one path.
type Statement struct {
	Stated []string
	Kept   []string
}

// Statement tells what a document that was adopted states, and what stays as it was
// read. Members that were changed by hand since are in neither.
func (s *Stated) Statement(a *Answers, c Context) Statement {
	var t Statement
	w := &wire.ResourceConfig{}
	if s.Config != nil {
		w = s.Config
	}
	read, sent := c.Base, Request(a, c).ResourceConfig
	if read == nil {
		read = &wire.ResourceConfig{}
	}
	t.text("apiName", w.APIName, read.APIName, sent.APIName)
	t.text("service", w.Service, read.Service, sent.Service)
	t.text("transformSchema", w.TransformSchema, read.TransformSchema, sent.TransformSchema)
	t.unknown("", w.Unknown, read.Unknown, sent.Unknown)
	t.auth("defaultAuthType", w.DefaultAuthType, s.emptyDays(NoEntry), read.DefaultAuthType, sent.DefaultAuthType)
	switch {
	case w.AdditionalAuthTypes == nil:
		if read.AdditionalAuthTypes != nil && sameList(read.AdditionalAuthTypes, sent.AdditionalAuthTypes) {
			t.Kept = append(t.Kept, "additionalAuthTypes")
		}
	case len(w.AdditionalAuthTypes) == 0:
		t.Stated = append(t.Stated, "additionalAuthTypes")
	default:
		after := (&differ{wanted: sent, entries: sentEntries(a, c)}).placedWanted()
		for _, p := range after {
			if i, ok := s.entries[p.ref.Entry]; ok && !p.isDefault() {
				t.auth(morePath(p, after), &w.AdditionalAuthTypes[i], s.emptyDays(i), c.origin(a, p.ref), p.auth)
			}
		}
	}
	t.conflicts(w.ConflictResolution, read.ConflictResolution, sent.ConflictResolution)
	return t
}

func sameList(a, b []wire.AuthType) bool {
	return slices.EqualFunc(a, b, func(x, y wire.AuthType) bool { return sameAuth(&x, &y) })
}

// text tells of one member: what is stated, what was read and what is sent.
func (t *Statement) text(path string, stated, read, sent *string) {
	switch {
	case stated != nil:
		t.Stated = append(t.Stated, path)
	case read != nil && samePointee(read, sent):
		t.Kept = append(t.Kept, path)
	}
}

func (t *Statement) unknown(path string, stated, read, sent wire.Members) {
	for _, name := range slices.Sorted(maps.Keys(stated)) {
		t.Stated = append(t.Stated, path+printable(name))
	}
	for _, name := range slices.Sorted(maps.Keys(read)) {
		if _, given := stated[name]; !given && sameMember(read[name], sent[name]) {
			t.Kept = append(t.Kept, path+printable(name))
		}
	}
}

func (t *Statement) auth(path string, stated *wire.AuthType, noDays bool, read, sent *wire.AuthType) {
	if stated == nil {
		if read != nil && sent != nil && sameAuth(read, sent) {
			t.Kept = append(t.Kept, path)
		}
		return
	}
	texts := statedTexts(stated, noDays)
	for _, key := range append([]Key{KeyMode, KeyExpiration}, textSettings...) {
		var given *string
		if text, ok := texts[key]; ok {
			given = &text
		}
		t.text(path+"."+string(key), given, authMember(read, key), authMember(sent, key))
	}
	if read == nil {
		read = &wire.AuthType{}
	}
	if sent == nil {
		sent = &wire.AuthType{}
	}
	t.unknown(path+".", stated.Unknown, read.Unknown, sent.Unknown)
	t.unknown(path+".settings.", settingsOf(stated).Unknown, settingsOf(read).Unknown, settingsOf(sent).Unknown)
}

func (t *Statement) conflicts(stated, read, sent *wire.ConflictResolution) {
	if stated == nil && read != nil && (&wire.ResourceConfig{ConflictResolution: read}).Equal(&wire.ResourceConfig{ConflictResolution: sent}) {
		t.Kept = append(t.Kept, "conflictResolution")
		return
	}
	var all [3]wire.ConflictResolution
	for i, r := range []*wire.ConflictResolution{stated, read, sent} {
		if r != nil {
			all[i] = *r
		}
	}
	t.text("conflictResolution.resolutionStrategy",
		(*string)(all[0].ResolutionStrategy), (*string)(all[1].ResolutionStrategy), (*string)(all[2].ResolutionStrategy))
	t.unknown("conflictResolution.", all[0].Unknown, all[1].Unknown, all[2].Unknown)
}

// Lines says in sentences what a document states and what stays as it is deployed.
func (t Statement) Lines(name string) []string {
	lines := []string{name + " states " + Grouped(t.Stated) + "."}
	if len(t.Stated) == 0 {
		lines[0] = name + " states nothing of the configuration."
	}
	if len(t.Kept) > 0 {
		lines = append(lines, "Not in it, so it stays as deployed: "+Grouped(t.Kept)+".")
	}
	return lines
}

// Grouped writes paths of members, those of one authorization type together.
func Grouped(paths []string) string {
	var groups []string
	members := map[string][]string{}
	for _, path := range paths {
		group, member, _ := strings.Cut(path, ".")
		if !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
		if member != "" {
			members[group] = append(members[group], strings.TrimPrefix(member, "settings."))
		}
	}
	for i, group := range groups {
		if m := members[group]; len(m) > 0 {
			groups[i] = group + " (" + strings.Join(m, ", ") + ")"
		}
	}
	return strings.Join(groups, ", ")
}
