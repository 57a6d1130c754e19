package forms

import (
	"fmt"
	"slices"
	"time"

	"ampedit/client/wire"
)

// Stated is what a document says of a configuration: some of its members, and of
// some that they are empty. About the others it says nothing.
type Stated struct {
	// Config has the members that are stated, nil for none. A text, a mode or a
	// strategy that is "" says that the member is empty, a list without entries that
	// there are none.
	Config *wire.ResourceConfig
	// NoDays are the authorization types whose expirationTime is stated as empty: the
	// places in the list of additional types, NoEntry for the default.
	NoDays []int

	entries map[int]int // the places of additional types in Config, by the entries that Adopt found
}

// Whole states a configuration as the whole of what is wanted: what an authorization
// type of it, or the list of them, does not have is stated as empty.
func Whole(config *wire.ResourceConfig) *Stated {
	w := *config
	s := &Stated{Config: &w}
	s.Config.AdditionalAuthTypes = slices.Clone(config.AdditionalAuthTypes)
	if s.Config.AdditionalAuthTypes == nil {
		s.Config.AdditionalAuthTypes = []wire.AuthType{}
	}
	if w.ConflictResolution == nil || w.ConflictResolution.ResolutionStrategy == nil {
		none := wire.ConflictResolution{ResolutionStrategy: new(wire.ResolutionStrategy)}
		if w.ConflictResolution != nil {
			none.Unknown = w.ConflictResolution.Unknown
		}
		w.ConflictResolution = &none
	}
	if w.DefaultAuthType != nil {
		auth := *w.DefaultAuthType
		s.fill(&auth, NoEntry)
		w.DefaultAuthType = &auth
	}
	for i := range w.AdditionalAuthTypes {
		s.fill(&w.AdditionalAuthTypes[i], i)
	}
	return s
}

// fill states the settings of an authorization type that it does not have as empty.
func (s *Stated) fill(auth *wire.AuthType, place int) {
	settings := *settingsOf(auth)
	for _, key := range textSettings {
		if m := settingMember(&settings, key); *m == nil {
			*m = new(string)
		}
	}
	if settings.ExpirationTime == nil {
		s.NoDays = append(s.NoDays, place)
	}
	auth.Settings = &settings
}

func (s *Stated) emptyDays(place int) bool { return slices.Contains(s.NoDays, place) }

// statedTexts returns the texts of the members that an authorization type of a
// document has, those that are empty included.
func statedTexts(auth *wire.AuthType, noDays bool) map[Key]string {
	texts := map[Key]string{}
	for _, key := range append([]Key{KeyMode, KeyExpiration}, textSettings...) {
		if m := authMember(auth, key); m != nil {
			texts[key] = *m
		}
	}
	if noDays {
		texts[KeyExpiration] = ""
	}
	return texts
}

// Merge returns a configuration with what a document states put in, as Adopt and
// Request do it, and the paths of what stays as it is in base. base may be nil: then
// the document's members are all there are.
func Merge(base *wire.ResourceConfig, s *Stated, now time.Time) (config *wire.ResourceConfig, kept []string) {
	c := Context{Now: now, Base: base}
	if s.Config != nil {
		c.SchemaText = s.Config.TransformSchema
	}
	a := NewAnswers()
	delete(a.Target, KeyService)
	a.Rebase(nil, base)
	a.Adopt(c, s)
	return Request(a, c).ResourceConfig, s.Statement(a, c).Kept
}

// StateEmpty returns a request's configuration as a file has to state it: members that
// were read and that the answers empty are in it as empty texts. noDays are the
// authorization types whose days are emptied, by their places in the list of
// additional types or as NoEntry. The request itself stays as it is.
func StateEmpty(a *Answers, c Context, sent *wire.ResourceConfig) (config *wire.ResourceConfig, noDays []int) {
	if c.Base == nil {
		return sent, nil
	}
	out := *sent
	empty := func(member **string, read *string) {
		if *member == nil && wire.Text(read) != "" {
			*member = new(string)
		}
	}
	auth := func(auth *wire.AuthType, ref Ref, place int) {
		origin := c.origin(a, ref)
		if origin == nil || auth == nil || identity(auth).Mode != identity(origin).Mode {
			return
		}
		settings, read := *settingsOf(auth), settingsOf(origin)
		for _, key := range textSettings {
			empty(settingMember(&settings, key), *settingMember(read, key))
		}
		if settings.ExpirationTime == nil && read.ExpirationTime != nil {
			noDays = append(noDays, place)
		}
		if hasSettings(settings) {
			auth.Settings = &settings
		}
	}
	empty(&out.APIName, c.Base.APIName)
	empty(&out.Service, c.Base.Service)
	if out.DefaultAuthType != nil {
		copied := *out.DefaultAuthType
		auth(&copied, At(StepDefault, ""), NoEntry)
		out.DefaultAuthType = &copied
	}
	out.AdditionalAuthTypes = slices.Clone(out.AdditionalAuthTypes)
	for i, e := range sentEntries(a, c) {
		auth(&out.AdditionalAuthTypes[i], Ref{Step: StepMore, Entry: e.ID}, i)
	}
	return &out, noDays
}

// Missing are the members, as paths in the request, that neither a document states nor
// the configuration has that was made of it, although a whole one has them: what becomes
// of them is left open. Settings are those of the modes that are stated.
func (s *Stated) Missing(config *wire.ResourceConfig) []string {
	made := (&Stated{Config: config}).lacks()
	return slices.DeleteFunc(s.lacks(), func(path string) bool { return !slices.Contains(made, path) })
}

// lacks are the members of a whole configuration that are not stated.
func (s *Stated) lacks() []string {
	var out []string
	w := s.Config
	if w == nil {
		w = &wire.ResourceConfig{}
	}
	add := func(path string, stated bool) {
		if !stated {
			out = append(out, path)
		}
	}
	auth := func(path string, auth *wire.AuthType, noDays bool) {
		texts := statedTexts(auth, noDays)
		for _, f := range authFields(Values{KeyMode: {Text: texts[KeyMode]}}) {
			_, stated := texts[f.Key]
			add(path+"."+string(f.Key), stated)
		}
	}
	add("apiName", w.APIName != nil)
	add("service", w.Service != nil)
	add("transformSchema", w.TransformSchema != nil)
	if add("defaultAuthType", w.DefaultAuthType != nil); w.DefaultAuthType != nil {
		auth("defaultAuthType", w.DefaultAuthType, s.emptyDays(NoEntry))
	}
	add("additionalAuthTypes", w.AdditionalAuthTypes != nil)
	for i := range w.AdditionalAuthTypes {
		a := &w.AdditionalAuthTypes[i]
		auth(fmt.Sprintf("additionalAuthTypes[%s]", modeName(identity(a).Mode)), a, s.emptyDays(i))
	}
	add("conflictResolution", w.ConflictResolution != nil)
	return out
}
