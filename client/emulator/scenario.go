package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Scenario is a named course of events an [Emulator] can take. The empty
// Scenario is [Happy].
type Scenario string

// The scenarios. [Scenario.Description] says what each does.
const (
	Happy     Scenario = "happy"
	Failed    Scenario = "failed"
	Pending   Scenario = "pending"
	Drift     Scenario = "drift"
	Stuck     Scenario = "stuck"
	Throttled Scenario = "throttled"
	Timeout   Scenario = "timeout"
	Lost      Scenario = "lost"
	Reset     Scenario = "reset"
	Denied    Scenario = "denied"
	Expired   Scenario = "expired"
	Slow      Scenario = "slow"
	Lambda    Scenario = "lambda"
	MFA       Scenario = "mfa"
	Foreign   Scenario = "foreign"
	Late      Scenario = "late"
	Differs   Scenario = "differs"
	Vanish    Scenario = "vanish"
	Report    Scenario = "report"
)

// script is what a scenario does: faults in the calls, and two hooks.
type script struct {
	name        Scenario
	description string
	faults      []Fault
	prepare     func(b *backend, now time.Time)            // before the first request
	after       func(b *backend, op string, n int, c call) // after call n of op, counted from 1
}

var scripts = []script{
	{name: Happy, description: "every update succeeds"},
	{name: Failed, description: "the job ends as FAILED and nothing changes",
		prepare: func(b *backend, _ time.Time) { b.jobFailure = keyNotFound }},
	{name: Pending, description: "another job runs for the first 20 seconds; updates are refused until it ends",
		prepare: startModelGeneration},
	{name: Drift, description: "the deployed configuration changes after it was first read",
		after: changeBehindTheBack},
	{name: Stuck, description: "the job runs for ever",
		prepare: func(b *backend, _ time.Time) { b.jobDuration = forever }},
	{name: Throttled, description: "the first two updates and two job reads are answered 429",
		faults: []Fault{throttle("UpdateBackendAPI", 1), throttle("GetBackendJob", 2)}},
	{name: Timeout, description: "the first update is answered 504, but takes effect",
		faults: []Fault{gatewayTimeout(true)}},
	{name: Lost, description: "the first update is answered 504 and has no effect",
		faults: []Fault{gatewayTimeout(false)}},
	{name: Reset, description: "the connection breaks during the first update, which takes effect",
		faults: []Fault{{Operation: "UpdateBackendAPI", Count: 1, Reset: true, Apply: true}}},
	{name: Denied, description: "updates are not allowed",
		faults: []Fault{{Operation: "UpdateBackendAPI", Status: http.StatusForbidden, Code: "AccessDeniedException",
			Message: "User: " + SampleCaller + " is not authorized to perform: amplifybackend:UpdateBackendAPI on resource: arn:aws:amplifybackend:" +
				SampleRegion + ":" + SampleAccount + ":/backend/" + SampleAppID + "/api/* because no identity-based policy allows the amplifybackend:UpdateBackendAPI action"}}},
	{name: Expired, description: "the credentials expire while the job is watched, until they are renewed",
		faults: []Fault{{Operation: "GetBackendJob", First: 3, Count: 1, Status: http.StatusForbidden, Code: "ExpiredTokenException",
			Message: "The security token included in the request is expired"}}},
	{name: MFA, description: "the demo asks for an MFA code first, any but 000000; otherwise as happy"},
	{name: Slow, description: "every answer takes 2 seconds",
		faults: []Fault{{Delay: 2 * time.Second}}},
	{name: Lambda, description: "the API also has a Lambda authorizer, which no request can express",
		prepare: func(b *backend, _ time.Time) {
			b.eachEnvironment(func(e *environment) { e.lambdaAuthorizer = true })
		}},
	{name: Foreign, description: "the first update is answered 504 and has no effect; another job starts 3 seconds later",
		faults: []Fault{gatewayTimeout(false)}, prepare: startModelGenerationLater},
	{name: Late, description: "the first update is answered 504, but takes effect; its job is listed 40 seconds later",
		faults: []Fault{gatewayTimeout(true)}, prepare: listJobLater},
	{name: Differs, description: "the job completes, but the configuration read afterwards differs",
		prepare: makes(Job{Quirks: Quirks{NoEffect: true}})},
	{name: Vanish, description: "the job cannot be found any more after it was seen",
		prepare: makes(Job{Quirks: Quirks{GoneAfterReads: 2}})},
	{name: Report, description: "the first update is answered with a job and an error text beside it",
		faults: []Fault{{Operation: updateOperation, Count: 1, Members: Members{
			"error": "The deployment was accepted, but the resolver of Query.searchNotes could not be checked.",
		}}}},
}

// Scenarios returns every scenario, [Happy] first.
func Scenarios() []Scenario {
	names := make([]Scenario, len(scripts))
	for i, s := range scripts {
		names[i] = s.name
	}
	return names
}

// Description says in one line what happens.
func (s Scenario) Description() string {
	found, err := s.script()
	if err != nil {
		return ""
	}
	return found.description
}

// ParseScenario returns the scenario called name; the error for any other name
// lists those there are.
func ParseScenario(name string) (Scenario, error) {
	found, err := Scenario(name).script()
	return found.name, err
}

func (s Scenario) script() (script, error) {
	if s == "" {
		s = Happy
	}
	i := slices.IndexFunc(scripts, func(c script) bool { return c.name == s })
	if i < 0 {
		names := make([]string, len(scripts))
		for i, c := range scripts {
			names[i] = string(c.name)
		}
		return script{}, fmt.Errorf("no scenario is called %q; choose one of %s", string(s), strings.Join(names, ", "))
	}
	return scripts[i], nil
}

// keyNotFound is how a deployment ends when the API key was deleted in AppSync
// itself (aws-amplify/amplify-category-api issue 636). It quotes a key, as such
// messages do.
var keyNotFound = "UPDATE_FAILED GraphQLAPIDefaultApiKey (AWS::AppSync::ApiKey): API key not found: da2-" + token("deleted key") +
	" (Service: AWSAppSync; Status Code: 404; Error Code: NotFoundException)"

func startModelGeneration(b *backend, now time.Time) {
	b.eachEnvironment(func(e *environment) {
		e.jobs = append(e.jobs, &job{old: true, Job: Job{
			ID: "90be5c17", Operation: "GenerateBackendAPIModels", Created: now, Duration: 20 * time.Second,
		}})
	})
}

// startModelGenerationLater is somebody saving a data model in Amplify Studio,
// three seconds after the first update was sent.
func startModelGenerationLater(b *backend, _ time.Time) {
	b.events = append(b.events, &event{Event: Event{
		After: 3 * time.Second, Job: Job{ID: "c3e81f42", Operation: "GenerateBackendAPIModels"},
	}})
}

// listJobLater keeps the first update's job out of sight for 40 seconds. It is
// still running when it appears.
func listJobLater(b *backend, _ time.Time) {
	const unseen = 40 * time.Second
	b.made = append(b.made, Job{Duration: unseen + b.jobDuration, Quirks: Quirks{ListedAfter: unseen}}, Job{})
}

// makes lets every job that an update makes be like j.
func makes(j Job) func(*backend, time.Time) {
	return func(b *backend, _ time.Time) { b.made = append(b.made, j) }
}

// changeBehindTheBack renews the key and admits IAM, as saving in Amplify Studio
// does, once the configuration was read for the first time.
func changeBehindTheBack(b *backend, op string, n int, c call) {
	if op != "GetBackendAPI" || n != 1 {
		return
	}
	change := object{
		"defaultAuthType": object{
			"mode":     "API_KEY",
			"settings": object{"description": "renewed in Amplify Studio", "expirationTime": json.Number("30")},
		},
		"additionalAuthTypes": []any{object{"mode": "AWS_IAM"}},
	}
	b.eachEnvironment(func(e *environment) {
		for _, r := range e.resources {
			r.deploy(change, c.now)
		}
	})
}

func throttle(operation string, first int) Fault {
	return Fault{Operation: operation, First: first, Count: 2, Status: http.StatusTooManyRequests,
		Code: "TooManyRequestsException", Message: "Too Many Requests"}
}

func gatewayTimeout(apply bool) Fault {
	return Fault{Operation: "UpdateBackendAPI", Count: 1, Apply: apply, Status: http.StatusGatewayTimeout,
		Code: "GatewayTimeoutException", Message: "Endpoint request timed out"}
}
