package emulator

import (
	"net/http"
	"time"
)

// Fault is something that goes wrong with calls of one operation. It strikes
// only requests that are signed and formed as they should be.
//
// Without Status and Reset the operation is carried out and answered normally,
// Delay later. With either it takes effect only if Apply is set, and the caller
// gets Status, or a connection reset, instead of its answer. An operation that
// is refused on its own account is refused even so.
type Fault struct {
	Operation string        // empty means every operation of AmplifyBackend
	First     int           // the first call struck, counted from 1; 0 means 1
	Count     int           // how many calls are struck; 0 means all from First on
	Delay     time.Duration // by the emulator's clock, before the answer
	Apply     bool          // carry the operation out all the same
	Status    int           // HTTP status of the answer
	Code      string        // error code of the answer, in header X-Amzn-ErrorType
	Message   string        // message of the answer
	Body      string        // the whole body, in place of Message, sent as it is
	Reset     bool          // reset the TCP connection instead of answering
	Truncate  bool          // break the connection off in the middle of the answer's body
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
func (f Fault) answer(s *service, requestID string) answer {
	if f.Reset {
		return answer{reset: true}
	}
	failed := &failure{status: f.Status, code: f.Code, message: f.Message}
	if f.Status == http.StatusTooManyRequests {
		failed.members = object{"limitType": "RequestRate"}
	}
	a := failed.answer(s, requestID)
	if f.Body != "" {
		a.body = []byte(f.Body)
	}
	return a
}
