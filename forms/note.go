package forms

import (
	"fmt"
	"slices"

	"ampedit/client/wire"
)

// Explain says how the answer to a field is understood and what of it is sent:
// "30 days: ends Tue 22 Dec 2026 14:00 UTC (15:00 CET)". It is "" where the
// answer speaks for itself or cannot be understood; Check names what is wrong.
func Explain(a *Answers, c Context, ref Ref) string {
	text := a.Text(ref)
	switch ref.Key {
	case KeyExpiration:
		return explainDays(a, c, ref)
	case KeyIatTTL, KeyAuthTTL:
		return explainLifetime(a, c, ref)
	case KeyStrategy:
		return explainStrategy(text, c)
	case KeySchemaSource, KeySchemaPath:
		return explainSchema(a, c, ref)
	case KeyUserPool:
		if auth := sentAuth(a, c, ref); auth != nil && authMember(auth, ref.Key) == nil {
			return "not sent: Amplify uses the project's user pool"
		}
	case KeyDescription:
		if m := sentMember(a, c, ref); m != nil && *m == "" {
			return "sent as an empty text"
		}
		return ""
	case KeyProfile, KeyRegion:
		return ""
	}
	if m := sentMember(a, c, ref); m != nil && *m != text {
		return fmt.Sprintf("sent without the white space around it: %s", printable(*m))
	}
	return ""
}

func explainDays(a *Answers, c Context, ref Ref) string {
	auth := sentAuth(a, c, ref)
	if keyAuth(auth) == nil {
		return ""
	}
	var plan KeyPlan
	sent := settingsOf(auth).ExpirationTime
	plan.setDays(sent, a.Values(ref).clean(KeyExpiration), c.Now)
	if plan.New.IsZero() {
		return ""
	}
	text := fmt.Sprintf("%s: ends %s", describeDays(&plan.Days), FormatEnd(plan.New, c.Now.Location()))
	switch {
	case plan.Assumed && sent == nil:
		text = "not sent: AppSync's own default, " + text
	case plan.Assumed:
		text = "0 stands for AppSync's own default, " + text
	}
	if plan.New.After(Gen1EndOfLife) {
		text += fmt.Sprintf(", after Gen 1's end of life on %s", Gen1EndOfLife.Format("2 January 2006"))
	}
	return text
}

func explainLifetime(a *Answers, c Context, ref Ref) string {
	sent := sentMember(a, c, ref)
	if sent == nil {
		return ""
	}
	d, err := ParseLifetime(*sent)
	switch {
	case err != nil:
		return ""
	case *sent == a.Text(ref):
		return describeLifetime(d)
	}
	return fmt.Sprintf("sent as %s (%s)", *sent, describeLifetime(d))
}

func explainStrategy(text string, c Context) string {
	switch {
	case text != StrategyKeep:
		return ""
	case c.Strategy() == "":
		return "not sent: none was read"
	}
	return "as it is: " + printable(string(c.Strategy()))
}

// explainSchema counts the lines that are sent. The path has nothing to add to
// the source while no text was read from it.
func explainSchema(a *Answers, c Context, ref Ref) string {
	file := a.Schema.Text(KeySchemaSource) == SourceFile
	switch {
	case a.Schema.Text(KeySchemaSource) == SourceDocument && c.SchemaText != nil:
		return lineCount(c.SchemaText) + " to send"
	case file && ref.Key == KeySchemaPath && c.SchemaText != nil && c.SchemaErr == nil:
		return lineCount(c.SchemaText) + " to send"
	case file || ref.Key == KeySchemaPath:
		return ""
	case c.Base == nil || c.Base.TransformSchema == nil:
		return "not sent: none was read"
	}
	return "as it is: " + lineCount(c.Base.TransformSchema)
}

// State says what becomes of a field's member in the request.
type State int

// The states of a member.
const (
	NoMember  State = iota // the field is not a member of the request
	NotSent                // the member is left out
	SentEmpty              // the member is sent as ""
	Sent                   // the member is sent with a value
)

// String returns the state in words, "" for NoMember.
func (s State) String() string {
	switch s {
	case NotSent:
		return "not sent"
	case SentEmpty:
		return "sent empty"
	case Sent:
		return "sent"
	}
	return ""
}

// SentState tells what becomes of a field's member in the request.
func SentState(a *Answers, c Context, ref Ref) State {
	if ref.Key == KeyProfile || ref.Key == KeyRegion || ref.Key == KeySchemaPath || ref.Key == "" {
		return NoMember
	}
	switch m := sentMember(a, c, ref); {
	case m == nil:
		return NotSent
	case *m == "":
		return SentEmpty
	}
	return Sent
}

// Unchanged is the Symbol of what stays as it was read.
const Unchanged Symbol = 0

// Mark tells how a field differs from what was read.
type Mark struct {
	// Symbol is Unchanged, Changed, Added (it had no value) or Removed.
	Symbol Symbol
	// Old is the value that was read, for people; "" if there was none.
	Old string
}

// Was compares a field with what was read. Nothing is marked while no
// configuration was read. Days that were typed although they are the same are a
// change: they ask for a renewal.
func Was(a *Answers, c Context, ref Ref) Mark {
	if c.Base == nil {
		return Mark{}
	}
	old, sent := readMember(a, c, ref), sentMember(a, c, ref)
	renewal := ref.Key == KeyExpiration && renewalTyped(a.Values(ref), sentAuth(a, c, ref))
	switch {
	case ref.Step == StepTarget && ref.Key != KeyAPIName && ref.Key != KeyService, ref.Key == KeySchemaPath:
		return Mark{}
	case samePointee(old, sent) && !renewal:
		return Mark{}
	case old == nil:
		return Mark{Symbol: Added}
	}
	write := quoted
	if ref.Key == KeySchemaSource {
		write = lineCount
	}
	return Mark{Symbol: symbolOf(true, sent != nil), Old: write(old)}
}

// EntryMark tells what happens to an additional authorization type as a whole.
// An entry that was added here and removed again is Unchanged.
func EntryMark(e *Entry, c Context) Symbol {
	origin := c.baseAuth(e.Origin)
	auth := buildAuth(e.Values, e.Extra, origin, c)
	switch {
	case origin == nil && e.Removed:
		return Unchanged
	case origin == nil:
		return Added
	case e.Removed || auth == nil:
		return Removed
	case !sameAuth(origin, auth) || renewalTyped(e.Values, auth):
		return Changed
	}
	return Unchanged
}

func sameAuth(a, b *wire.AuthType) bool {
	return (&wire.ResourceConfig{DefaultAuthType: a}).Equal(&wire.ResourceConfig{DefaultAuthType: b})
}

// ChangedFields counts the fields of a step that differ from what was read. For
// StepMore it counts entries, and their order as one.
func ChangedFields(a *Answers, c Context, step Step) int {
	if c.Base == nil {
		return 0
	}
	n := 0
	for _, f := range Fields(step, a) {
		if Was(a, c, At(step, f.Key)) != (Mark{}) {
			n++
		}
	}
	if step != StepMore {
		return n
	}
	var origins []int
	for _, e := range a.More {
		if EntryMark(e, c) != Unchanged {
			n++
		}
		if !e.Removed && !e.Added() {
			origins = append(origins, e.Origin)
		}
	}
	if !slices.IsSorted(origins) {
		n++
	}
	return n
}
