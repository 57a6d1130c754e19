package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"

	"ampedit/client"
)

func TestErrorCodesInTheWaysTheyTravel(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		header string
		body   string
		want   client.Error
	}{
		"header":                {400, "BadRequestException", `{"message":"m"}`, client.Error{Code: "BadRequestException", Message: "m"}},
		"header with namespace": {404, "com.amazonaws#NotFoundException:http://h/", `{"message":"m","resourceType":"api"}`, client.Error{Code: "NotFoundException", Message: "m", ResourceType: "api"}},
		"__type":                {429, "", `{"__type":"x.y#TooManyRequestsException","message":"m","limitType":"rate"}`, client.Error{Code: "TooManyRequestsException", Message: "m", LimitType: "rate"}},
		"code":                  {504, "", `{"code":"GatewayTimeoutException","message":"m"}`, client.Error{Code: "GatewayTimeoutException", Message: "m"}},
		"header wins":           {400, "A", `{"__type":"B","code":"C"}`, client.Error{Code: "A"}},
		"__type before code":    {400, "", `{"__type":"B","code":"C"}`, client.Error{Code: "B"}},
		"Message, capital":      {403, "AccessDeniedException", `{"Message":"m"}`, client.Error{Code: "AccessDeniedException", Message: "m"}},
		"reference, 429":        {429, "LimitExceededException", `{"message":"m"}`, client.Error{Code: "LimitExceededException", Message: "m"}},
		"reference, 504":        {504, "InternalServiceException", `{"message":"m"}`, client.Error{Code: "InternalServiceException", Message: "m"}},
		"undeclared":            {400, "ValidationException", `{"message":null}`, client.Error{Code: "ValidationException"}},
		"numeric code":          {400, "", `{"code":400,"message":"m"}`, client.Error{Code: "BadRequestException", Message: "m"}},
		"gateway, no code":      {403, "", `{"message":"Forbidden"}`, client.Error{Code: "AccessDeniedException", Message: "Forbidden"}},
		"proxy, HTML":           {429, "", `<html>slow down</html>`, client.Error{Code: "TooManyRequestsException"}},
		"proxy, nothing":        {504, "", ``, client.Error{Code: "GatewayTimeoutException"}},
		"proxy, teapot":         {418, "", `short and stout`, client.Error{Code: "I'm a teapot"}},
		"nonsense":              {599, "", `[1]`, client.Error{Code: "UnknownError"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				w.Header().Set("X-Amzn-Requestid", "req-1")
				if test.header != "" {
					w.Header().Set("X-Amzn-Errortype", test.header)
				}
				w.WriteHeader(test.status)
				io.WriteString(w, test.body)
			})
			_, err := c.GetBackendJob(t.Context(), jobInput())
			var got *client.Error
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			test.want.Status, test.want.RequestID = test.status, "req-1"
			if diff := cmp.Diff(&test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			var api smithy.APIError
			if !errors.As(err, &api) || api.ErrorCode() != got.Code || (api.ErrorFault() == smithy.FaultServer) != (test.status >= 500) {
				t.Errorf("as an API error: %v", api)
			}
			if client.Classify(err) == client.ClassOther || client.Advice(err) == "" {
				t.Errorf("class %q, advice %q", client.Classify(err), client.Advice(err))
			}
		})
	}
}

func TestErrorsSayWhatHelpsToFindThem(t *testing.T) {
	for want, err := range map[string]client.Error{
		"NotFoundException: no such job (resourceType JOB, request 1234-5678)": {
			Code: "NotFoundException", Message: "no such job", ResourceType: "JOB", RequestID: "1234-5678", Status: 404,
		},
		"TooManyRequestsException: slow down (limitType RATE)": {Code: "TooManyRequestsException", Message: "slow down", LimitType: "RATE", Status: 429},
		"BadRequestException: m (request 1)":                   {Code: "BadRequestException", Message: "m.", RequestID: "1", Status: 400},
		"BadRequestException: m.":                              {Code: "BadRequestException", Message: "m.", Status: 400},
		"Not Found (status 404)":                               {Code: "Not Found", Status: 404},
		"A (status 400, resourceType r, limitType l, request q)": {
			Code: "A", Status: 400, ResourceType: "r", LimitType: "l", RequestID: "q",
		},
		"A: first second third (request q r)": {Code: "A", Message: "first\r\nsecond\nthird", RequestID: "q\nr"},
	} {
		if got := err.Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestErrorsOfAnOperationNameTheRequestOnce(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Header().Set("X-Amzn-Requestid", "req-1")
		w.Header().Set("X-Amzn-Errortype", "NotFoundException")
		reply(t, w, 404, map[string]any{"message": "no such job", "resourceType": "JOB"})
	})
	_, err := c.GetBackendJob(t.Context(), jobInput())
	const want = "operation error AmplifyBackend: GetBackendJob, status 404, NotFoundException: no such job (resourceType JOB, request req-1)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	var sdk *awshttp.ResponseError
	if !errors.As(err, &sdk) || sdk.ServiceRequestID() != "req-1" || sdk.HTTPStatusCode() != 404 {
		t.Errorf("the SDK's error is not found in it: %v", sdk)
	}
}

func TestRetryAfterIsRead(t *testing.T) {
	for header, want := range map[string]time.Duration{"": 0, "7": 7 * time.Second, "-1": 0, "soon": 0, "999999": time.Hour} {
		_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
			w.Header().Set("Retry-After", header)
			reply(t, w, 400, nil)
		})
		_, err := c.GetBackendJob(t.Context(), jobInput())
		var got *client.Error
		if !errors.As(err, &got) || got.RetryAfter != want {
			t.Errorf("%q: %v, %v", header, got, err)
		}
	}
}

func TestClassesOfAnswers(t *testing.T) {
	for name, test := range map[string]struct {
		err  client.Error
		want client.Class
	}{
		"pending job, as reported": {client.Error{Status: 400, Code: "ValidationException", Message: "There is already a pending job for the requested appId"}, client.ClassPendingJob},
		"pending job, bad request": {client.Error{Status: 400, Code: "BadRequestException", Message: "a Pending Job exists"}, client.ClassPendingJob},
		"expired":                  {client.Error{Status: 403, Code: "ExpiredTokenException"}, client.ClassCredentials},
		"unknown key":              {client.Error{Status: 403, Code: "UnrecognizedClientException"}, client.ClassCredentials},
		"signature":                {client.Error{Status: 403, Code: "InvalidSignatureException"}, client.ClassCredentials},
		"wrong name for a 404":     {client.Error{Status: 404, Code: "LimitExceededException"}, client.ClassNotFound},
		"unauthorized":             {client.Error{Status: 401, Code: "X"}, client.ClassDenied},
		"proxy wants a password":   {client.Error{Status: 407, Code: "X"}, client.ClassNetwork},
		"redirect":                 {client.Error{Status: 302, Code: "Found"}, client.ClassProtocol},
	} {
		if got := client.Classify(fmt.Errorf("wrapped: %w", &test.err)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestClassesOfOtherErrors(t *testing.T) {
	for _, test := range []struct {
		err  error
		want client.Class
	}{
		{nil, client.ClassNone},
		{errors.New("x"), client.ClassOther},
		{context.Canceled, client.ClassCanceled},
		{context.DeadlineExceeded, client.ClassTimeout},
		{&client.UpdateError{Err: &client.Error{Status: 504}}, client.ClassTimeout},
	} {
		if got := client.Classify(test.err); got != test.want {
			t.Errorf("%v: %q, want %q", test.err, got, test.want)
		}
	}
	if client.Advice(nil) != "" {
		t.Errorf("advice about nothing: %s", client.Advice(nil))
	}
}

func TestAdviceOnAnUnknownOutcomeNeverSaysTryAgain(t *testing.T) {
	for _, cause := range []error{context.Canceled, context.DeadlineExceeded, &client.Error{Status: 503}} {
		advice := client.Advice(fmt.Errorf("update: %w", &client.UpdateError{Err: cause}))
		if !strings.Contains(advice, "jobs") || strings.Contains(advice, "try again") {
			t.Errorf("%v: %s", cause, advice)
		}
	}
}
