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
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

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

func TestUpdateIsRepeatedOnlyWhenItProvablyDidNotAct(t *testing.T) {
	for name, test := range map[string]struct {
		fault   func(*testing.T, http.ResponseWriter)
		posts   int
		unknown bool
		class   client.Class
	}{
		"throttled, by the model":       {refuse(429, "TooManyRequestsException"), 3, false, client.ClassThrottled},
		"throttled, by the reference":   {refuse(429, "LimitExceededException"), 3, false, client.ClassThrottled},
		"throttled, in unknown words":   {refuse(429, "HoldYourHorses"), 3, false, client.ClassThrottled},
		"throttled, by the gateway":     {refuse(400, "ThrottlingException"), 3, false, client.ClassThrottled},
		"bad request":                   {refuse(400, "BadRequestException"), 1, false, client.ClassBadRequest},
		"denied":                        {refuse(403, "AccessDeniedException"), 1, false, client.ClassDenied},
		"not found":                     {refuse(404, "NotFoundException"), 1, false, client.ClassNotFound},
		"request timeout":               {refuse(408, "RequestTimeoutException"), 1, true, client.ClassTimeout},
		"client closed request":         {refuse(499, ""), 1, true, client.ClassBadRequest},
		"internal error":                {refuse(500, "InternalServerError"), 1, true, client.ClassServer},
		"bad gateway":                   {refuse(502, ""), 1, true, client.ClassServer},
		"unavailable":                   {refuse(503, "ServiceUnavailable"), 1, true, client.ClassServer},
		"throttling word behind a 503":  {refuse(503, "ThrottlingException"), 1, true, client.ClassThrottled},
		"gateway timeout, by the model": {refuse(504, "GatewayTimeoutException"), 1, true, client.ClassTimeout},
		"gateway timeout, by the ref.":  {refuse(504, "InternalServiceException"), 1, true, client.ClassTimeout},
		"connection reset":              {reset, 1, true, client.ClassNetwork},
		"connection closed":             {func(t *testing.T, w http.ResponseWriter) { hijack(t, w).Close() }, 1, true, client.ClassNetwork},
		"answer cut off":                {truncate, 1, true, client.ClassNetwork},
		"answer of HTML":                {func(_ *testing.T, w http.ResponseWriter) { io.WriteString(w, "<html>") }, 1, true, client.ClassProtocol},
		"answer of nothing":             {func(*testing.T, http.ResponseWriter) {}, 1, true, client.ClassProtocol},
		"answer of another shape":       {func(_ *testing.T, w http.ResponseWriter) { io.WriteString(w, "[]") }, 1, true, client.ClassProtocol},
		"answer without a job":          {func(t *testing.T, w http.ResponseWriter) { reply(t, w, 200, map[string]any{}) }, 1, true, client.ClassProtocol},
		"answer with an error":          {func(t *testing.T, w http.ResponseWriter) { reply(t, w, 200, map[string]any{"error": "no"}) }, 1, true, client.ClassServer},
		"answer with an error and a job": {func(t *testing.T, w http.ResponseWriter) {
			reply(t, w, 200, map[string]any{"error": "no", "jobId": "j"})
		}, 1, true, client.ClassServer},
	} {
		t.Run(name, func(t *testing.T) {
			s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { test.fault(t, w) })
			out, err := c.UpdateBackendAPI(t.Context(), updateInput())
			if out != nil || err == nil {
				t.Fatalf("got %v, %v", out, err)
			}
			var unknown *client.OutcomeUnknownError
			if errors.As(err, &unknown) != test.unknown {
				t.Errorf("outcome unknown should be %t: %v", test.unknown, err)
			}
			if test.unknown != strings.Contains(err.Error(), "outcome unknown") {
				t.Errorf("the text does not say so: %v", err)
			}
			if got := len(s.seen()); got != test.posts {
				t.Errorf("%d posts, want %d", got, test.posts)
			}
			if got := client.Classify(err); got != test.class {
				t.Errorf("class %q, want %q (%v)", got, test.class, err)
			}
		})
	}
}

// truncate promises more bytes than it sends.
func truncate(t *testing.T, w http.ResponseWriter) {
	conn := hijack(t, w)
	fmt.Fprint(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"jobId\":\"j")
	conn.Close()
}

func TestAnErrorWithAJobNamesTheJob(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"error": "half done", "jobId": "j-9"})
	})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	var unknown *client.OutcomeUnknownError
	if !errors.As(err, &unknown) || unknown.JobID != "j-9" {
		t.Errorf("got %v", err)
	}
}

func TestUpdateGoesOnAfterThrottling(t *testing.T) {
	s, quiet := serve(t, func(w http.ResponseWriter, r *http.Request, n int) {
		if r.ContentLength <= 0 {
			t.Errorf("the length was not sent: %d", r.ContentLength)
		}
		if n%2 == 0 {
			reply(t, w, 429, nil)
			return
		}
		reply(t, w, 200, map[string]any{"jobId": "j"})
	})
	talkative := newClient(t, client.Options{EndpointURL: s.URL, Logger: discard(), LogMode: aws.LogRequestWithBody | aws.LogResponseWithBody})
	for _, c := range []*client.Client{quiet, talkative} {
		out, err := c.UpdateBackendAPI(t.Context(), updateInput())
		if err != nil || *out.JobID != "j" {
			t.Fatalf("got %v, %v", out, err)
		}
	}
	want, err := wire.Body(updateInput())
	if err != nil {
		t.Fatal(err)
	}
	posts := s.seen()
	if len(posts) != 4 {
		t.Errorf("%d posts", len(posts))
	}
	for i, post := range posts {
		if post.body != string(want) {
			t.Errorf("post %d sent %q", i, post.body)
		}
	}
}

func TestRetrySettingsOfTheUser(t *testing.T) {
	for name, test := range map[string]struct {
		variable, value string
		attempts        int
	}{
		"as the SDK does":    {"AWS_RETRY_MODE", "standard", 3},
		"adaptive":           {"AWS_RETRY_MODE", "adaptive", 3},
		"number of attempts": {"AWS_MAX_ATTEMPTS", "2", 2},
	} {
		t.Run(name, func(t *testing.T) {
			s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 500, nil) })
			t.Setenv(test.variable, test.value)
			_, err := newClient(t, client.Options{EndpointURL: s.URL}).GetBackendJob(t.Context(), jobInput())
			if client.Classify(err) != client.ClassServer || len(s.seen()) != test.attempts {
				t.Errorf("%d attempts: %v", len(s.seen()), err)
			}
		})
	}
}

func TestThrottledThenLostIsUnknown(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n == 0 {
			reply(t, w, 429, nil)
			return
		}
		reset(t, w)
	})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	var unknown *client.OutcomeUnknownError
	if !errors.As(err, &unknown) || len(s.seen()) != 2 {
		t.Errorf("%d posts: %v", len(s.seen()), err)
	}
}

func TestThrottledThenUnreachableDidNotAct(t *testing.T) {
	var s *service
	var c *client.Client
	s, c = serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		s.Listener.Close()
		w.Header().Set("Connection", "close")
		reply(t, w, 429, nil)
	})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	var unknown *client.OutcomeUnknownError
	if err == nil || errors.As(err, &unknown) || client.Classify(err) != client.ClassNetwork || len(s.seen()) != 1 {
		t.Errorf("%d posts: %v", len(s.seen()), err)
	}
}

func TestUnreachableServiceDidNotAct(t *testing.T) {
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
			_, err := c.UpdateBackendAPI(t.Context(), updateInput())
			var unknown *client.OutcomeUnknownError
			if err == nil || errors.As(err, &unknown) || client.Classify(err) != client.ClassNetwork {
				t.Errorf("class %q: %v", client.Classify(err), err)
			}
		})
	}
}

func TestFailedHandshakeDidNotAct(t *testing.T) {
	isolate(t)
	withKeys(t)
	untrusted := httptest.NewUnstartedServer(http.NotFoundHandler())
	untrusted.Config.ErrorLog = quietServerLog()
	untrusted.StartTLS()
	t.Cleanup(untrusted.Close)
	c := newClient(t, client.Options{EndpointURL: untrusted.URL})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	var unknown *client.OutcomeUnknownError
	if err == nil || errors.As(err, &unknown) {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(client.Advice(err), "AWS_CA_BUNDLE") {
		t.Errorf("advice: %s", client.Advice(err))
	}
}

func TestSilenceIsUnknown(t *testing.T) {
	s, _ := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() })
	impatient := awshttp.NewBuildableClient().WithReadTimeout(100 * time.Millisecond)
	_, err := newClient(t, client.Options{EndpointURL: s.URL, HTTPClient: impatient}).UpdateBackendAPI(t.Context(), updateInput())
	var unknown *client.OutcomeUnknownError
	if !errors.As(err, &unknown) || client.Classify(err) != client.ClassTimeout || len(s.seen()) > 1 {
		t.Errorf("%d posts, class %q: %v", len(s.seen()), client.Classify(err), err)
	}
}

func TestCancelledInFlightIsUnknown(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	s, c := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) {
		cancel()
		<-r.Context().Done()
	})
	_, err := c.UpdateBackendAPI(ctx, updateInput())
	var unknown *client.OutcomeUnknownError
	if !errors.As(err, &unknown) || client.Classify(err) != client.ClassCanceled || len(s.seen()) != 1 {
		t.Errorf("got %v", err)
	}
}

func TestCancelledBeforeSendingDidNotAct(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, nil) })
	_, err := c.UpdateBackendAPI(ctx, updateInput())
	var unknown *client.OutcomeUnknownError
	if err == nil || errors.As(err, &unknown) || len(s.seen()) != 0 {
		t.Errorf("got %v", err)
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
			_, err := c.UpdateBackendAPI(t.Context(), updateInput())
			var unknown *client.OutcomeUnknownError
			if err == nil || errors.As(err, &unknown) || len(s.seen()) != 1 {
				t.Errorf("%d posts: %v", len(s.seen()), err)
			}
		})
	}
}

func TestReadsAreRepeated(t *testing.T) {
	for name, fault := range map[string]func(*testing.T, http.ResponseWriter){
		"reset":   reset,
		"cut off": truncate,
		"504":     func(t *testing.T, w http.ResponseWriter) { reply(t, w, 504, nil) },
		"429":     func(t *testing.T, w http.ResponseWriter) { reply(t, w, 429, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, n int) {
				if n < 2 {
					fault(t, w)
					return
				}
				reply(t, w, 200, map[string]any{"appId": "d1example", "resourceConfig": map[string]any{"apiName": "notes"}})
			})
			out, err := c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{AppID: "d1example", BackendEnvironmentName: "dev", ResourceName: "notes"})
			if err != nil || *out.ResourceConfig.APIName != "notes" {
				t.Errorf("got %v, %v", out, err)
			}
		})
	}
}

func TestClockSkewIsCorrected(t *testing.T) {
	ahead := 20 * time.Minute
	s, c := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		now := time.Now().Add(ahead)
		w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
		signed, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		if err != nil || now.Sub(signed).Abs() > 5*time.Minute {
			w.Header().Set("X-Amzn-ErrorType", "InvalidSignatureException")
			reply(t, w, 403, map[string]any{"message": "Signature expired"})
			return
		}
		reply(t, w, 200, map[string]any{"jobId": "j"})
	})
	for want := 2; want <= 3; want++ { // the second call knows the skew already
		if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil {
			t.Fatal(err)
		}
		if got := len(s.seen()); got != want {
			t.Errorf("%d requests so far, want %d", got, want)
		}
	}
}
