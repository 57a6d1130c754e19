package emulator

import (
	"net/http"
	"strings"
	"time"
)

// Fault is something that goes wrong with calls of one operation. It strikes
// only requests that are signed and formed as they should be.
//
// Without Status and Reset the operation is carried out and answered normally,
// Delay later. With either it takes effect only if Apply is set, and the caller
// gets Status, or a connection reset, instead of its answer. An operation that
// is refused on its own account is refused even so.
//
// In Body and in the strings of Members, these stand for what they say:
// {{job}} for the id of the newest job that an update has made, the call struck
// included, {{oldJob}} for that of the newest job of the environment that was
// there at the start, both empty where there is none; {{appId}} and
// {{environment}} for what the request names.
type Fault struct {
	Operation string            // empty means every operation of AmplifyBackend
	First     int               // the first call struck, counted from 1; 0 means 1
	Count     int               // how many calls are struck; 0 means all from First on
	Delay     time.Duration     // by the emulator's clock, before the answer
	Trickle   time.Duration     // by the emulator's clock, before each byte of the answer's body
	Members   Members           // put into the operation's own answer
	Apply     bool              // carry the operation out all the same
	Status    int               // HTTP status of the answer
	Code      string            // error code of the answer, in header X-Amzn-ErrorType
	Message   string            // message of the answer
	Body      string            // the whole body, in place of Message, sent as it is
	Header    map[string]string // more headers of the answer, such as Retry-After
	Reset     bool              // reset the TCP connection instead of answering
	Truncate  bool              // break the connection off in the middle of the answer's body
}

// replaces reports whether the caller gets something else than the operation's
// answer.
func (f Fault) replaces() bool { return f.Status != 0 || f.Reset }

// strikes reports whether call n of op, counted from 1, is hit.
func (f Fault) strikes(op *operation, n int) bool {
	if f.Operation != op.name && (f.Operation != "" || op.service != amplifyBackend) {
		return false
	}
	first := max(f.First, 1)
	return n >= first && (f.Count == 0 || n < first+f.Count)
}

// answer is what the caller gets in place of the operation's own answer.
func (f Fault) answer(s *service, requestID string, fill func(string) string, edit func(*failure)) answer {
	if f.Reset {
		return answer{reset: true}
	}
	failed := &failure{status: f.Status, code: f.Code, message: f.Message}
	if f.Status == http.StatusTooManyRequests {
		failed.members = object{"limitType": "RequestRate"}
	}
	edit(failed)
	a := failed.answer(s, requestID)
	if f.Body != "" {
		a.body = []byte(fill(f.Body))
	}
	return a
}

// filler puts what is known into the placeholders of a fault that strikes c.
func (b *backend) filler(c call) func(string) string {
	appID, name := c.labels["appId"], c.labels["backendEnvironmentName"]
	oldJob := ""
	if env, err := b.find(appID, name); err == nil {
		for _, j := range env.jobs {
			if j.old {
				oldJob = j.ID
			}
		}
	}
	return strings.NewReplacer("{{job}}", b.newestMade(), "{{oldJob}}", oldJob, "{{appId}}", appID, "{{environment}}", name).Replace
}

// newestMade is the id of the newest job that an update made, or "".
func (b *backend) newestMade() string {
	id := ""
	for _, u := range b.updates {
		if u.jobID != "" {
			id = u.jobID
		}
	}
	return id
}
