package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
	"ampedit/client/wire"
)

// refuse answers with a status and an error code.
func refuse(status int, code string) func(*testing.T, http.ResponseWriter) {
	return func(t *testing.T, w http.ResponseWriter) {
		w.Header().Set("X-Amzn-ErrorType", code)
		reply(t, w, status, map[string]any{"message": "no"})
	}
}

// say answers with status 200 and a text.
func say(text string) func(*testing.T, http.ResponseWriter) {
	return func(_ *testing.T, w http.ResponseWriter) { io.WriteString(w, text) }
}

// TestOneUpdateIsOnePost goes over real connections: whatever happens to it, an
// update is sent once, and its error says what may have come of it.
func TestOneUpdateIsOnePost(t *testing.T) {
	for name, test := range map[string]struct {
		fault  func(*testing.T, http.ResponseWriter)
		effect client.Effect
		class  client.Class
	}{
		"throttled, by the model":       {refuse(429, "TooManyRequestsException"), client.MayRepeat, client.ClassThrottled},
		"throttled, by the reference":   {refuse(429, "LimitExceededException"), client.MayRepeat, client.ClassThrottled},
		"throttled, in unknown words":   {refuse(429, "HoldYourHorses"), client.MayRepeat, client.ClassThrottled},
		"429 that timed out":            {refuse(429, "RequestTimeout"), client.MayRepeat, client.ClassThrottled},
		"throttled behind the gateway":  {refuse(400, "ThrottlingException"), client.MayHaveActed, client.ClassThrottled},
		"conflict of throttling":        {refuse(409, "ThrottlingException"), client.MayHaveActed, client.ClassBadRequest},
		"too fast, says a 404":          {refuse(404, "SlowDown"), client.MayHaveActed, client.ClassNotFound},
		"limit, says a 403":             {refuse(403, "RequestLimitExceeded"), client.MayHaveActed, client.ClassDenied},
		"bad request":                   {refuse(400, "BadRequestException"), client.DidNotAct, client.ClassBadRequest},
		"time-out, says a 400":          {refuse(400, "RequestTimeout"), client.MayHaveActed, client.ClassBadRequest},
		"time-out, says a redirect":     {refuse(302, "RequestTimeoutException"), client.MayHaveActed, client.ClassProtocol},
		"in progress, says a 400":       {refuse(400, "TransactionInProgressException"), client.MayHaveActed, client.ClassThrottled},
		"not complete, says a 409":      {refuse(409, "PriorRequestNotComplete"), client.MayHaveActed, client.ClassBadRequest},
		"denied":                        {refuse(403, "AccessDeniedException"), client.DidNotAct, client.ClassDenied},
		"expired":                       {refuse(403, "ExpiredTokenException"), client.DidNotAct, client.ClassCredentials},
		"signature":                     {refuse(403, "InvalidSignatureException"), client.DidNotAct, client.ClassCredentials},
		"clock":                         {refuse(403, "RequestTimeTooSkewed"), client.DidNotAct, client.ClassCredentials},
		"not found":                     {refuse(404, "NotFoundException"), client.DidNotAct, client.ClassNotFound},
		"proxy wants a password":        {refuse(407, ""), client.DidNotAct, client.ClassNetwork},
		"request timeout":               {refuse(408, "RequestTimeoutException"), client.MayHaveActed, client.ClassTimeout},
		"client closed request":         {refuse(499, ""), client.MayHaveActed, client.ClassBadRequest},
		"internal error":                {refuse(500, "InternalServerError"), client.MayHaveActed, client.ClassServer},
		"bad gateway":                   {refuse(502, ""), client.MayHaveActed, client.ClassServer},
		"unavailable":                   {refuse(503, "ServiceUnavailable"), client.MayHaveActed, client.ClassServer},
		"throttling word behind a 503":  {refuse(503, "ThrottlingException"), client.MayHaveActed, client.ClassThrottled},
		"gateway timeout, by the model": {refuse(504, "GatewayTimeoutException"), client.MayHaveActed, client.ClassTimeout},
		"gateway timeout, by the ref.":  {refuse(504, "InternalServiceException"), client.MayHaveActed, client.ClassTimeout},
		"connection reset":              {reset, client.MayHaveActed, client.ClassNetwork},
		"connection closed":             {func(t *testing.T, w http.ResponseWriter) { hijack(t, w).Close() }, client.MayHaveActed, client.ClassNetwork},
		"answer cut off":                {truncate(200), client.MayHaveActed, client.ClassNetwork},
		"refusal cut off":               {truncate(400), client.MayHaveActed, client.ClassNetwork},
		"answer of HTML":                {say("<html>"), client.MayHaveActed, client.ClassProtocol},
		"answer of nothing":             {say(""), client.MayHaveActed, client.ClassProtocol},
		"answer of null":                {say("null"), client.MayHaveActed, client.ClassProtocol},
		"answer of a list":              {say("[]"), client.MayHaveActed, client.ClassProtocol},
		"answer of half an object":      {say(`{"jobId":"j"`), client.MayHaveActed, client.ClassProtocol},
		"answer of another shape":       {say(`{"jobId":{}}`), client.MayHaveActed, client.ClassProtocol},
		"no content":                    {func(_ *testing.T, w http.ResponseWriter) { w.WriteHeader(204) }, client.MayHaveActed, client.ClassProtocol},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { test.fault(t, w) })
			out, err := c.UpdateBackendAPI(t.Context(), updateInput())
			failed(t, out, err, test.effect, test.class)
			if unknown := test.effect == client.MayHaveActed; unknown != strings.Contains(err.Error(), "outcome unknown") {
				t.Errorf("the text says whether the outcome is known: %v", err)
			}
			if got := len(s.seen()); got != 1 {
				t.Errorf("%d posts", got)
			}
		})
	}
}

// failed checks what an update that has failed says.
func failed(t *testing.T, out *wire.UpdateBackendAPIOutput, err error, effect client.Effect, class client.Class) {
	t.Helper()
	var update *client.UpdateError
	if out != nil || !errors.As(err, &update) {
		t.Fatalf("got %v, %v", out, err)
	}
	if got := client.EffectOf(err); got != effect {
		t.Errorf("it %v, want %v: %v", got, effect, err)
	}
	if got := client.Classify(err); got != class {
		t.Errorf("class %q, want %q: %v", got, class, err)
	}
}

// truncate promises more bytes than it sends.
func truncate(status int) func(*testing.T, http.ResponseWriter) {
	return func(t *testing.T, w http.ResponseWriter) {
		conn := hijack(t, w)
		fmt.Fprintf(conn, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"jobId\":\"j", status)
		conn.Close()
	}
}

// TestAnswersAreReturnedAsGiven: what an answer without a job, or with an error,
// means is for the caller to judge.
func TestAnswersAreReturnedAsGiven(t *testing.T) {
	for name, test := range map[string]struct {
		status           int
		body             string
		job, text, state string
	}{
		"job":               {200, `{"jobId":"j","status":"CREATED"}`, "j", "", "CREATED"},
		"accepted":          {202, `{"jobId":"j"}`, "j", "", ""},
		"nothing in it":     {200, ` {} `, "", "", ""},
		"error":             {200, `{"error":"half done"}`, "", "half done", ""},
		"error and job":     {200, `{"error":"half done","jobId":"j"}`, "j", "half done", ""},
		"numbers for texts": {200, `{"jobId":7,"status":8}`, "7", "", "8"},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				w.Header().Set("X-Amzn-Requestid", "req-1")
				w.WriteHeader(test.status)
				io.WriteString(w, test.body)
			})
			out, err := c.UpdateBackendAPI(t.Context(), updateInput())
			if err != nil {
				t.Fatal(err)
			}
			if text(out.JobID) != test.job || text(out.Error) != test.text || text(out.Status) != test.state || out.RequestID != "req-1" {
				t.Errorf("got job %q, error %q, status %q, request %q", text(out.JobID), text(out.Error), text(out.Status), out.RequestID)
			}
			if n := len(s.seen()); n != 1 {
				t.Errorf("%d posts", n)
			}
		})
	}
}

func TestUnreachableServiceMayBeAskedAgain(t *testing.T) {
	isolate(t)
	withKeys(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	listener.Close()
	for name, mode := range map[string]aws.ClientLogMode{"quiet": 0, "with wire logs": aws.LogRequestWithBody | aws.LogResponseWithBody} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, client.Options{EndpointURL: "http://" + address, LogMode: mode, Logger: discard()})
			out, err := c.UpdateBackendAPI(t.Context(), updateInput())
			failed(t, out, err, client.MayRepeat, client.ClassNetwork)
		})
	}
}

func TestFailedHandshakeMayBeTriedAgain(t *testing.T) {
	isolate(t)
	withKeys(t)
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = quietServerLog()
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	c := newClient(t, client.Options{EndpointURL: untrusted.URL})
	out, err := c.UpdateBackendAPI(t.Context(), updateInput())
	failed(t, out, err, client.MayRepeat, client.ClassNetwork)
	if !strings.Contains(client.Advice(err), "AWS_CA_BUNDLE") {
		t.Errorf("advice: %s", client.Advice(err))
	}
}

func TestWithoutCredentialsNothingIsSent(t *testing.T) {
	isolate(t, profiles)
	sts(t, 403, stsError("AccessDenied", "User is not authorized to perform: sts:AssumeRole"))
	c := newClient(t, client.Options{Profile: "role"})
	out, err := c.UpdateBackendAPI(t.Context(), updateInput())
	failed(t, out, err, client.MayRepeat, client.ClassCredentials)
}

func TestWhatCannotBeBuiltIsNotSent(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, nil) })
	for name, change := range map[string]func(*wire.UpdateBackendAPIInput){
		"no app":         func(in *wire.UpdateBackendAPIInput) { in.AppID = "" },
		"climbing label": func(in *wire.UpdateBackendAPIInput) { in.AppID = ".." },
		"not UTF-8":      func(in *wire.UpdateBackendAPIInput) { in.ResourceConfig.APIName = ptr("a\xff") },
	} {
		t.Run(name, func(t *testing.T) {
			in := updateInput()
			change(in)
			out, err := c.UpdateBackendAPI(t.Context(), in)
			failed(t, out, err, client.DidNotAct, client.ClassBadRequest)
		})
	}
	if n := len(s.seen()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestCancelledInFlightProvesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, c := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) {
		cancel()
		<-r.Context().Done()
	})
	out, err := c.UpdateBackendAPI(ctx, updateInput())
	failed(t, out, err, client.MayHaveActed, client.ClassCanceled)
	if len(s.seen()) != 1 {
		t.Errorf("%d posts", len(s.seen()))
	}
}

func TestCancelledBeforeSendingDidNotAct(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, nil) })
	out, err := c.UpdateBackendAPI(ctx, updateInput())
	failed(t, out, err, client.DidNotAct, client.ClassCanceled)
	if len(s.seen()) != 0 {
		t.Errorf("%d posts", len(s.seen()))
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
				t.Error("the request was sent elsewhere")
			}))
			t.Cleanup(elsewhere.Close)
			s, c := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
				http.Redirect(w, r, elsewhere.URL, status)
			})
			out, err := c.UpdateBackendAPI(t.Context(), updateInput())
			failed(t, out, err, client.DidNotAct, client.ClassProtocol)
			if len(s.seen()) != 1 {
				t.Errorf("%d posts", len(s.seen()))
			}
		})
	}
}

// text returns what s points to, "" if that is nothing.
func text[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}
