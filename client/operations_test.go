package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/smithy-go"

	"ampedit/client"
	"ampedit/client/wire"
)

func TestTheApprovedBytesAreSent(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"jobId": "j", "status": "CREATED"})
	})
	in := updateInput()
	want, err := wire.Body(in)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.UpdateBackendAPI(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	got := s.seen()[0]
	if got.body != string(want) {
		t.Errorf("sent\n%s\napproved\n%s", got.body, want)
	}
	if got.method != "POST" || got.uri != "/backend/d1example/api/dev" {
		t.Errorf("sent %s %s", got.method, got.uri)
	}
	for _, name := range []string{"Idempotency-Key", "X-Idempotency-Key"} {
		if _, set := got.header[name]; set {
			t.Errorf("%s is set: net/http would replay the POST", name)
		}
	}
	if got.header.Get("Content-Type") != "application/json" || got.header.Get("X-Amz-Security-Token") != testSessionToken {
		t.Errorf("headers: %v", got.header)
	}
}

func TestRequestsOfEachOperation(t *testing.T) {
	const app, env = "d 1/2é?", "a%b"
	for _, test := range []struct {
		name, request, body string
		call                func(context.Context, *client.Client) error
	}{
		{"GetBackendAPI", "POST /backend/d%201%2F2%C3%A9%3F/api/a%25b/details", "{\n  \"resourceName\": \"r\"\n}", func(ctx context.Context, c *client.Client) error {
			_, err := c.GetBackendAPI(ctx, &wire.GetBackendAPIInput{AppID: app, BackendEnvironmentName: env, ResourceName: "r"})
			return err
		}},
		{"GetBackendJob", "GET /backend/d%201%2F2%C3%A9%3F/job/a%25b/..j", "", func(ctx context.Context, c *client.Client) error {
			_, err := c.GetBackendJob(ctx, &wire.GetBackendJobInput{AppID: app, BackendEnvironmentName: env, JobID: "..j"})
			return err
		}},
		{"ListBackendJobs", "POST /backend/d%201%2F2%C3%A9%3F/job/a%25b", "{\n  \"maxResults\": 25\n}", func(ctx context.Context, c *client.Client) error {
			_, err := c.ListBackendJobs(ctx, &wire.ListBackendJobsInput{AppID: app, BackendEnvironmentName: env, MaxResults: ptr(25)})
			return err
		}},
		{"GetBackend", "POST /backend/d%201%2F2%C3%A9%3F/details", "{}", func(ctx context.Context, c *client.Client) error {
			_, err := c.GetBackend(ctx, &wire.GetBackendInput{AppID: app})
			return err
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				reply(t, w, 200, map[string]any{"jobId": "j", "status": "RUNNING"})
			})
			if err := test.call(t.Context(), c); err != nil {
				t.Fatal(err)
			}
			got := s.seen()[0]
			if got.method+" "+got.uri != test.request || got.body != test.body {
				t.Errorf("sent %s %s %q", got.method, got.uri, got.body)
			}
		})
	}
}

func TestAnEndpointMayHaveAPath(t *testing.T) {
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, map[string]any{}) })
	for _, base := range []string{"/a%20b", "/a%20b/"} {
		c := newClient(t, client.Options{EndpointURL: s.URL + base})
		if _, err := c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: "d/1"}); err != nil {
			t.Fatal(err)
		}
	}
	for _, r := range s.seen() {
		if r.uri != "/a%20b/backend/d%2F1/details" {
			t.Errorf("sent %s", r.uri)
		}
	}
}

func TestRequestsAreSignedWithTheTimeOfTheClock(t *testing.T) {
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, map[string]any{}) })
	c := newClient(t, client.Options{EndpointURL: s.URL}, client.WithClock(newFakeClock()))
	if _, err := c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: "d1"}); err != nil {
		t.Fatal(err)
	}
	if got := s.seen()[0].header.Get("X-Amz-Date"); got != "20260504T120000Z" {
		t.Errorf("signed at %s", got)
	}
}

func TestRequiredMembersAreCheckedBeforeSending(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, nil) })
	_, err := c.UpdateBackendAPI(t.Context(), &wire.UpdateBackendAPIInput{BackendEnvironmentName: "dev"})
	var invalid smithy.InvalidParamsError
	if !errors.As(err, &invalid) || invalid.Len() != 2 || client.Classify(err) != client.ClassBadRequest {
		t.Errorf("got %v", err)
	}
	for _, member := range []string{"AppId", "ResourceName"} {
		if !strings.Contains(err.Error(), member) {
			t.Errorf("%s is not named: %v", member, err)
		}
	}
	_, jobErr := c.GetBackendJob(t.Context(), &wire.GetBackendJobInput{AppID: "d1", BackendEnvironmentName: "dev"})
	_, backendErr := c.GetBackend(t.Context(), &wire.GetBackendInput{})
	_, listErr := c.ListBackendJobs(t.Context(), &wire.ListBackendJobsInput{AppID: "d1"})
	for _, err := range []error{jobErr, backendErr, listErr} {
		if !errors.As(err, &invalid) {
			t.Errorf("got %v", err)
		}
	}
	if n := len(s.seen()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestLabelsCannotClimb(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, nil) })
	for _, label := range []string{".", "..", "a\xff"} {
		in := jobInput()
		in.AppID = label
		if _, err := c.GetBackendJob(t.Context(), in); client.Classify(err) != client.ClassBadRequest {
			t.Errorf("%q: %v", label, err)
		}
	}
	if n := len(s.seen()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestReadOnlyRefusesUpdatesAndNothingElse(t *testing.T) {
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"jobId": "j"})
	})
	c := newClient(t, client.Options{EndpointURL: s.URL}, client.WithReadOnly(true))
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	if !errors.Is(err, client.ErrReadOnly) || client.Classify(err) != client.ClassReadOnly || len(s.seen()) != 0 {
		t.Errorf("%d requests: %v", len(s.seen()), err)
	}
	if _, err := c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{AppID: "d1", BackendEnvironmentName: "dev", ResourceName: "r"}); err != nil {
		t.Errorf("a read that is a POST: %v", err)
	}
}

func TestErrorsInsideA200AreFailures(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"error": "the backend is broken"})
	})
	_, apiErr := c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{AppID: "d1", BackendEnvironmentName: "dev", ResourceName: "r"})
	_, backendErr := c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: "d1"})
	_, jobErr := c.GetBackendJob(t.Context(), jobInput())
	for _, err := range []error{apiErr, backendErr, jobErr} {
		var reported *client.ReportedError
		if !errors.As(err, &reported) || reported.Message != "the backend is broken" {
			t.Errorf("got %v", err)
		}
	}
}

func TestTheErrorOfAFailedJobIsPartOfTheJob(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"jobId": "job-1", "status": "FAILED", "error": "API key not found"})
	})
	job, err := c.GetBackendJob(t.Context(), jobInput())
	if err != nil || *job.Error != "API key not found" {
		t.Errorf("got %v, %v", job, err)
	}
}

func TestAnAnswerWithoutAJobIsNoJob(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 200, map[string]any{}) })
	if _, err := c.GetBackendJob(t.Context(), jobInput()); client.Classify(err) != client.ClassProtocol {
		t.Errorf("got %v", err)
	}
}
