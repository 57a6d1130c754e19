package client

import (
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// OutcomeUnknownError says that an update may or may not have taken effect. The
// environment's jobs can tell.
type OutcomeUnknownError struct {
	// JobID is the job that the answer named in spite of its error, or "".
	JobID string
	// Err is what happened instead of a proper answer.
	Err error
}

// Error says "outcome unknown" and what happened.
func (e *OutcomeUnknownError) Error() string { return "outcome unknown: " + e.Err.Error() }

// Unwrap returns what happened.
func (e *OutcomeUnknownError) Unwrap() error { return e.Err }

// sending follows the attempts of one call.
type sending struct {
	connected atomic.Bool // the present attempt has owned a connection
	ambiguous bool        // an attempt failed in a way that proves nothing
}

func (s *sending) begin() { s.connected.Store(false) }

func (s *sending) end(err error) {
	if err != nil && !s.notActed(err) {
		s.ambiguous = true
	}
}

// notActed reports whether err proves that the service did not act on the
// present attempt. An answer that refuses the request does. The exceptions are
// 408 and 499, with which a gateway ends a request whose fate it does not know.
// Without an answer, only an attempt that never had a connection is harmless:
// before that no byte can have left, after it all may have.
func (s *sending) notActed(err error) bool {
	var answer interface{ HTTPStatusCode() int }
	if errors.As(err, &answer) {
		status := answer.HTTPStatusCode()
		return status >= 300 && status < 500 && status != http.StatusRequestTimeout && status != 499
	}
	return !s.connected.Load()
}

// watch makes client tell when a request gets its connection. The hook sits on
// the transport, not in the context of the call: request logging dumps requests
// over a make-believe connection, and that must not count.
func (s *sending) watch(client aws.HTTPClient) aws.HTTPClient {
	return httpClientFunc(func(req *http.Request) (*http.Response, error) {
		ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
			GotConn: func(httptrace.GotConnInfo) { s.connected.Store(true) },
		})
		return client.Do(req.WithContext(ctx))
	})
}

// onceRetryer lets a mutation be retried only after attempts that did not act.
// It shares quota and rate limit with the retryer that it wraps.
type onceRetryer struct {
	aws.RetryerV2
	sent *sending
}

func (r onceRetryer) IsErrorRetryable(err error) bool {
	return !r.sent.ambiguous && r.RetryerV2.IsErrorRetryable(err)
}
