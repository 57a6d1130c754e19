package client

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Effect says what an attempt to update may have done.
type Effect int

// The effects, the one that promises least first.
const (
	// MayHaveActed: nothing is proven.
	MayHaveActed Effect = iota
	// DidNotAct: the service, or this program, refused it.
	DidNotAct
	// MayRepeat: it did not act, and may be sent again as it is. Too many requests
	// were made, or there never was a connection.
	MayRepeat
)

// String says it in words.
func (e Effect) String() string {
	switch e {
	case DidNotAct:
		return "did not act"
	case MayRepeat:
		return "did not act, may be repeated"
	}
	return "may have acted"
}

// UpdateError is every error of UpdateBackendAPI.
type UpdateError struct {
	// Effect is what the attempt may have done in spite of the error.
	Effect Effect
	// Err is what happened instead of an answer.
	Err error
}

// Error gives what happened, after "outcome unknown" if nothing is proven.
func (e *UpdateError) Error() string {
	if e.Effect == MayHaveActed {
		return "outcome unknown: " + e.Err.Error()
	}
	return e.Err.Error()
}

// Unwrap returns what happened.
func (e *UpdateError) Unwrap() error { return e.Err }

// EffectOf returns what the attempt to update that failed with err may have done.
// An error that holds no UpdateError proves nothing.
func EffectOf(err error) Effect {
	var failed *UpdateError
	if errors.As(err, &failed) {
		return failed.Effect
	}
	return MayHaveActed
}

// effect judges the error of an attempt; connected says whether it ever owned a
// connection. A complete answer other than 2xx is judged by itself. Without one, an
// attempt that never had a connection is harmless: before that no byte can have
// left, after it all may have.
func effect(err error, connected bool) Effect {
	var (
		answer *Error
		creds  *CredentialsError
		send   *smithyhttp.RequestSendError
	)
	switch {
	case errors.As(err, &answer):
		return effectOfAnswer(answer.Status, answer.Code)
	case connected:
		return MayHaveActed
	case isConfiguration(err), errors.Is(err, context.Canceled), errors.Is(err, ErrPromptCancelled):
		return DidNotAct // trying again would not help, or is not wanted
	case errors.As(err, &creds), errors.As(err, &send):
		return MayRepeat
	}
	return DidNotAct
}

// effectOfAnswer judges an answer by its status, and by its code where something
// behind the gateway may have begun to act before it gave up. Only status 429 is
// known to come from the gateway itself, before anything is asked.
func effectOfAnswer(status int, code string) Effect {
	switch {
	case status == http.StatusTooManyRequests:
		return MayRepeat
	case status < 300, status >= 500, status == http.StatusRequestTimeout, status == 499, unsettled(code):
		return MayHaveActed
	}
	return DidNotAct
}

// unsettledCodes begin the names of time-outs, and of requests that meet another
// one on its way.
var unsettledCodes = []string{"requesttimeout", "gatewaytimeout", "transactioninprogress", "priorrequestnotcomplete"}

// unsettled reports whether an error code may be passed on from a request that was
// begun: a time-out, another request in progress, or throttling further down.
func unsettled(code string) bool {
	for throttled := range retry.DefaultThrottleErrorCodes {
		if strings.EqualFold(code, throttled) {
			return true
		}
	}
	for _, beginning := range unsettledCodes {
		if strings.HasPrefix(strings.ToLower(code), beginning) {
			return true
		}
	}
	return false
}

// watchConnections makes client tell when a request gets its connection. The hook
// sits on the transport, not in the context of the call: request logging dumps
// requests over a make-believe connection, and that must not count.
func watchConnections(client aws.HTTPClient, connected *atomic.Bool) aws.HTTPClient {
	return httpClientFunc(func(req *http.Request) (*http.Response, error) {
		ctx := httptrace.WithClientTrace(req.Context(), &httptrace.ClientTrace{
			GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
		})
		return client.Do(req.WithContext(ctx))
	})
}
