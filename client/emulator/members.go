package emulator

// The tables below restate, by hand, the members of the requests this package
// answers. They are deliberately not derived from the program's own types: a
// member that is misspelt there must be refused here.
// Source: service model amplifybackend 2020-08-11.

// kind is the JSON form a value must have.
type kind int

const (
	text kind = iota
	double
	integer
	structure
	list
)

// String names the kind as error messages do.
func (k kind) String() string {
	return [...]string{"a string", "a number", "an integer", "an object", "an array"}[k]
}

// shape describes one value of a request: its kind and what is allowed in it.
type shape struct {
	kind     kind
	members  map[string]*shape // of a structure
	required []string          // members a structure must have
	element  *shape            // of a list
	enum     []string          // values a text may have; empty means any
	min, max int64             // bounds of an integer
}

// aText is a string without restrictions, as nearly every member is.
var aText = &shape{kind: text}

var authTypeShape = &shape{kind: structure, members: map[string]*shape{
	"mode": {kind: text, enum: []string{"API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT"}},
	"settings": {kind: structure, members: map[string]*shape{
		"cognitoUserPoolId":  aText,
		"description":        aText,
		"expirationTime":     {kind: double},
		"openIDAuthTTL":      aText,
		"openIDClientId":     aText,
		"openIDIatTTL":       aText,
		"openIDIssueURL":     aText,
		"openIDProviderName": aText,
	}},
}}

var resourceConfigShape = &shape{kind: structure, members: map[string]*shape{
	"additionalAuthTypes": {kind: list, element: authTypeShape},
	"apiName":             aText,
	"conflictResolution": {kind: structure, members: map[string]*shape{
		"resolutionStrategy": {kind: text, enum: []string{"OPTIMISTIC_CONCURRENCY", "LAMBDA", "AUTOMERGE", "NONE"}},
	}},
	"defaultAuthType": authTypeShape,
	"service":         aText,
	"transformSchema": aText,
}}

// apiShape is the body of UpdateBackendAPI and of GetBackendAPI: the model
// gives both the same members.
var apiShape = &shape{kind: structure, required: []string{"resourceName"}, members: map[string]*shape{
	"resourceName":   aText,
	"resourceConfig": resourceConfigShape,
}}

var listJobsShape = &shape{kind: structure, members: map[string]*shape{
	"jobId":      aText,
	"maxResults": {kind: integer, min: 1, max: 25},
	"nextToken":  aText,
	"operation":  aText,
	"status":     aText,
}}

var getBackendShape = &shape{kind: structure, members: map[string]*shape{
	"backendEnvironmentName": aText,
}}

// listUserPoolsShape is the body of ListUserPools (cognito-idp 2016-04-18).
var listUserPoolsShape = &shape{kind: structure, required: []string{"MaxResults"}, members: map[string]*shape{
	"MaxResults": {kind: integer, min: 1, max: 60},
	"NextToken":  aText,
}}
