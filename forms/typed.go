package forms

import (
	"maps"
	"slices"
	"strings"

	"ampedit/client/wire"
)

// Typed is an answer that a person gave and that is not what is deployed.
type Typed struct {
	Ref Ref
	// Name is the field's label, after what it belongs to.
	Name string
	// Old and New are for people: what is deployed, "" for nothing or if that is not
	// known, and what was answered.
	Old, New string
}

// String writes the answer in one line.
func (t Typed) String() string {
	return t.Name + ": " + Change{Old: t.Old, New: t.New}.Values()
}

// TypedAnswers lists what a person answered and what is not deployed, in the order of
// the walk. What says which backend is meant is not part of it; see TypedTarget. An
// answer that is the same as what is deployed counts only if it asks for something
// all the same: days given anew start the life of an API key anew.
func TypedAnswers(a *Answers, c Context) []Typed {
	out := typedIn(a, c, At(StepTarget, ""), "", func(k Key) bool { return !namesTarget(k) })
	out = append(out, typedIn(a, c, At(StepDefault, ""), StepDefault.Title(), nil)...)
	for _, e := range a.More {
		out = append(out, typedEntry(a, c, e)...)
	}
	if a.Reordered && !slices.IsSortedFunc(fromBase(a), func(x, y *Entry) int { return x.Origin - y.Origin }) {
		out = append(out, Typed{Ref: At(StepMore, ""), Name: StepMore.Title(), New: "in another order"})
	}
	out = append(out, typedIn(a, c, At(StepConflicts, ""), StepConflicts.Title(), nil)...)
	out = append(out, typedIn(a, c, At(StepSchema, ""), "", nil)...)
	return append(out, typedExtra(a, c)...)
}

// TypedTarget lists what a person answered of which backend is meant and how it is
// reached.
func TypedTarget(a *Answers) []Typed {
	return slices.DeleteFunc(typedIn(a, Context{}, At(StepTarget, ""), "", namesTarget), func(t Typed) bool { return t.New == "" })
}

// TargetKeys are the fields that say which backend is meant and how it is reached.
func TargetKeys() []Key {
	return []Key{KeyProfile, KeyRegion, KeyAppID, KeyEnvironment, KeyResourceName}
}

func namesTarget(k Key) bool { return slices.Contains(TargetKeys(), k) }

func fromBase(a *Answers) []*Entry { return slices.DeleteFunc(a.Live(), (*Entry).Added) }

func typedEntry(a *Answers, c Context, e *Entry) []Typed {
	ref := Ref{Step: StepMore, Entry: e.ID}
	name := "Additional " + ModeLabel(e.Values.Text(KeyMode))
	if e.Values.Text(KeyMode) == "" {
		name = "Additional type"
	}
	switch {
	case e.Removed && e.Added():
		return nil
	case e.Removed:
		return []Typed{{Ref: ref, Name: name, New: "removed"}}
	case e.Added():
		fields := typedIn(a, c, ref, name, func(k Key) bool { return k != KeyMode })
		return append([]Typed{{Ref: ref, Name: name, New: "added"}}, fields...)
	}
	out := typedIn(a, c, ref, name, nil)
	if e.Extra != nil && !sameAuth(c.baseAuth(e.Origin), withExtra(c.baseAuth(e.Origin), e.Extra)) {
		out = append(out, Typed{Ref: ref, Name: name, New: withoutField})
	}
	return out
}

// withoutField says what a document states beside the fields.
const withoutField = "members that no field shows"

// typedExtra tells of what a document states and no field shows, apart from additional
// types.
func typedExtra(a *Answers, c Context) []Typed {
	if a.Extra == nil {
		return nil
	}
	var base wire.ResourceConfig
	if c.Base != nil {
		base = *c.Base
	}
	stated := base
	addExtra(&stated, a.Extra)
	if extra := a.Extra.DefaultAuthType; extra != nil {
		stated.DefaultAuthType = withExtra(base.DefaultAuthType, extra)
	}
	if stated.Equal(&base) {
		return nil
	}
	return []Typed{{Ref: At(StepTarget, ""), Name: "Kept request", New: withoutField}}
}

// withExtra returns an authorization type with what a document states of it beside the
// fields.
func withExtra(auth, extra *wire.AuthType) *wire.AuthType {
	out, settings := wire.AuthType{Mode: extra.Mode}, wire.AuthSettings{}
	if auth != nil && identity(auth).Mode == identity(extra).Mode {
		out, settings = *auth, *settingsOf(auth)
	}
	out.Unknown = joined(out.Unknown, extra.Unknown)
	addSettings(&settings, extra.Settings)
	if out.Settings != nil || hasSettings(settings) {
		out.Settings = &settings
	}
	return &out
}

// typedIn lists the answers of one form, of those keys that wanted is true for.
func typedIn(a *Answers, c Context, ref Ref, prefix string, wanted func(Key) bool) []Typed {
	var out []Typed
	v := a.Values(ref)
	for _, key := range keysOf(v) {
		ref.Key = key
		if !v[key].Touched || wanted != nil && !wanted(key) || c.isDeployed(a, ref) {
			continue
		}
		field := fieldNamed(ref.Step, key)
		t := Typed{Ref: ref, Name: field.Label, New: optionLabel(field, v.Text(key))}
		if prefix != "" {
			t.Name = prefix + ", " + field.Label
		}
		if m := readMember(a, c, ref); m != nil && key != KeySchemaSource {
			t.Old = optionLabel(field, *m)
		}
		switch {
		case t.New != "" && t.New == t.Old:
			t.Old, t.New = "", t.New+", counted anew"
		case t.New == "":
			t.New = "nothing"
		}
		out = append(out, t)
	}
	return out
}

// isDeployed reports whether an answer says what is deployed, or says nothing while
// that is not known.
func (c Context) isDeployed(a *Answers, ref Ref) bool {
	v := a.Values(ref)
	text := v.Text(ref.Key)
	deployed, known := c.Deployed(a, ref)
	switch {
	case !known:
		return text == ""
	case ref.Key == KeyExpiration:
		return text == "" && deployed == ""
	case ref.Key == KeyStrategy:
		return text == StrategyKeep || c.Base != nil && sameStrategy(wire.ResolutionStrategy(text), c.Strategy())
	case ref.Key == KeySchemaSource && text == SourceDocument:
		return c.SchemaText != nil && sameSchema(*c.SchemaText, wire.Text(c.Base.TransformSchema))
	}
	return text == deployed || wireText(ref.Key, v.clean(ref.Key)) == deployed
}

// sameStrategy takes none at all for NONE.
func sameStrategy(a, b wire.ResolutionStrategy) bool {
	if a == "" {
		a = wire.StrategyNone
	}
	if b == "" {
		b = wire.StrategyNone
	}
	return a == b
}

func sameSchema(a, b string) bool {
	return strings.TrimRight(a, "\r\n") == strings.TrimRight(b, "\r\n")
}

// Settle says that what was answered in sent is in effect: answers that are still the
// same no longer count as given by a person, and follow what is read from now on. A
// function that is not nil says which of them are.
func (a *Answers) Settle(sent *Answers, inEffect func(Ref) bool) {
	for _, step := range []Step{StepTarget, StepDefault, StepConflicts, StepSchema} {
		a.settle(At(step, ""), sent.Values(At(step, "")), inEffect)
	}
	if inEffect == nil && a.Extra.Equal(sent.Extra) {
		a.Extra = nil
	}
	a.More = slices.DeleteFunc(a.More, func(e *Entry) bool {
		was := sent.Entry(e.ID)
		return was != nil && was.Removed && e.Removed && inEffect == nil
	})
	for _, e := range a.More {
		was := sent.Entry(e.ID)
		switch {
		case was == nil:
			continue
		case was.Removed && !e.Removed && inEffect == nil: // brought back since
			e.Origin = -1
			continue
		}
		if inEffect == nil && sameAuth(e.Extra, was.Extra) {
			e.Extra = nil
		}
		a.settle(Ref{Step: StepMore, Entry: e.ID}, was.Values, inEffect)
	}
	if inEffect == nil && slices.Equal(ids(a.Live()), ids(sent.Live())) {
		a.Reordered = false
	}
}

func ids(entries []*Entry) []int {
	var out []int
	for _, e := range entries {
		out = append(out, e.ID)
	}
	return out
}

func (a *Answers) settle(ref Ref, sent Values, inEffect func(Ref) bool) {
	v := a.Values(ref)
	for _, key := range keysOf(v) {
		ref.Key = key
		value := v[key]
		if !value.Touched || namesTarget(key) || value.Text != sent.Text(key) || inEffect != nil && !inEffect(ref) {
			continue
		}
		value.Touched = false
		switch key { // these do not follow what is read, but say to keep it
		case KeyStrategy:
			value.Text = StrategyKeep
		case KeySchemaSource:
			value.Text = SourceKeep
		case KeySchemaPath:
			value.Text = ""
		}
		v[key] = value
	}
}

// IsDeployed reports whether an answer says what is deployed; it is false while that
// is not known.
func (c Context) IsDeployed(a *Answers, ref Ref) bool {
	if _, known := c.Deployed(a, ref); !known {
		return false
	}
	text := a.Values(ref).Text(ref.Key)
	deployed, _ := c.Deployed(a, ref)
	return ref.Key == KeyExpiration && text == deployed || c.isDeployed(a, ref)
}

// keysOf are the keys of answers in the order in which their fields stand.
func keysOf(v Values) []Key {
	return slices.SortedFunc(maps.Keys(v), func(a, b Key) int { return slices.Index(allKeys, a) - slices.Index(allKeys, b) })
}

// everyField are all fields there are, whatever the answers, by their steps.
var everyField = func() map[Step][]Field {
	auth := []Field{modeField("")}
	for _, mode := range wire.Modes() {
		auth = append(auth, authFields(Values{KeyMode: {Text: string(mode)}})[1:]...)
	}
	withPath := NewAnswers()
	withPath.Schema[KeySchemaSource] = Value{Text: SourceFile}
	return map[Step][]Field{
		StepTarget: targetFields(), StepDefault: auth, StepMore: auth, StepConflicts: conflictFields(NewAnswers()), StepSchema: schemaFields(withPath),
	}
}()

var allKeys = func() []Key {
	var keys []Key
	for _, step := range Steps() {
		for _, f := range everyField[step] {
			keys = append(keys, f.Key)
		}
	}
	return keys
}()

// fieldNamed returns a field by its key, one without more than its key for one that
// this version does not have.
func fieldNamed(step Step, key Key) Field {
	for _, f := range everyField[step] {
		if f.Key == key {
			return f
		}
	}
	return Field{Key: key, Label: string(key)}
}

func optionLabel(f Field, text string) string {
	for _, o := range f.Options {
		if o.Value == text {
			return o.Label
		}
	}
	if f.Key == KeySchemaSource && text == SourceDocument {
		return "From the kept request"
	}
	return printable(text)
}
