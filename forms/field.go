package forms

// Step is a page of the walk that asks something.
type Step int

// The steps in the order of the walk.
const (
	StepTarget Step = iota
	StepDefault
	StepMore
	StepConflicts
	StepSchema
)

// Steps returns all steps in the order of the walk.
func Steps() []Step {
	return []Step{StepTarget, StepDefault, StepMore, StepConflicts, StepSchema}
}

// Key names a field within its step or, for authorization types, within its
// entry. Keys of request members are the members' paths in the request.
type Key string

// The keys of all fields.
const (
	KeyProfile      Key = "profile"
	KeyRegion       Key = "region"
	KeyAppID        Key = "appId"
	KeyEnvironment  Key = "backendEnvironmentName"
	KeyResourceName Key = "resourceName"
	KeyAPIName      Key = "apiName"
	KeyService      Key = "service"

	KeyMode         Key = "mode"
	KeyDescription  Key = "settings.description"
	KeyExpiration   Key = "settings.expirationTime"
	KeyUserPool     Key = "settings.cognitoUserPoolId"
	KeyProviderName Key = "settings.openIDProviderName"
	KeyIssuer       Key = "settings.openIDIssueURL"
	KeyClientID     Key = "settings.openIDClientId"
	KeyIatTTL       Key = "settings.openIDIatTTL"
	KeyAuthTTL      Key = "settings.openIDAuthTTL"

	KeyStrategy Key = "resolutionStrategy"

	KeySchemaSource Key = "source"
	KeySchemaPath   Key = "path"
)

// Kind says how a field is drawn and edited.
type Kind int

// The kinds of fields.
const (
	KindText   Kind = iota // one line of text
	KindChoice             // one of a few options
	KindPath               // the path of a file or folder
)

// Empty says what an emptied field means for the request.
type Empty int

// The meanings of an emptied field.
const (
	EmptyOmits Empty = iota // the member is left out
	EmptySends              // the member is sent as ""
)

// Field is one question.
type Field struct {
	Key   Key
	Label string
	Kind  Kind
	// Options are the values of a KindChoice field.
	Options []Option
	// Help says in whole sentences what the field does, its unit and its limits.
	Help string
	// Example is a value as a user would type it, shown while the field is empty.
	Example string
	// Required fields block submitting while they are empty.
	Required bool
	// Empty says what becomes of the member when the text is emptied.
	Empty Empty
}

// Option is one value of a choice.
type Option struct {
	Value string
	Label string
	// Help spells out the consequence of choosing it.
	Help string
}

// NoEntry is the Entry of a Ref that does not point into a list.
const NoEntry = -1

// Ref points to a field: a step, for StepMore also the ID of the entry, and
// the key. An empty key points to the step or the entry as a whole.
type Ref struct {
	Step  Step
	Entry int
	Key   Key
}

// At returns the Ref of a field of a step without entries.
func At(step Step, key Key) Ref { return Ref{Step: step, Entry: NoEntry, Key: key} }

// Title returns the step's name as it stands over its page.
func (s Step) Title() string {
	switch s {
	case StepTarget:
		return "Target"
	case StepDefault:
		return "Default authorization"
	case StepMore:
		return "Additional authorization types"
	case StepConflicts:
		return "Conflict resolution"
	case StepSchema:
		return "Schema"
	}
	return ""
}

// Fields returns the fields of a step that apply to the present answers, in
// order. StepMore has none of its own: its entries have EntryFields.
func Fields(step Step, a *Answers) []Field {
	switch step {
	case StepTarget:
		return targetFields()
	case StepDefault:
		return authFields(a.Default)
	case StepConflicts:
		return conflictFields(a)
	case StepSchema:
		return schemaFields(a)
	}
	return nil
}

// EntryFields returns the fields of an additional authorization type.
func EntryFields(e *Entry) []Field { return authFields(e.Values) }
