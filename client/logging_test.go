package client_test

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
)

func discard() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func quietServerLog() *log.Logger { return log.New(io.Discard, "", 0) }

func TestLogsHoldNoSecret(t *testing.T) {
	const apiKey = "da2-abcdefghijklmnopqrstuvwxyz"
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"jobId": "j", "note": apiKey, "accessToken": "oidc-secret", "echo": "it was " + testSecretKey})
	})
	var logged bytes.Buffer
	c := newClient(t, client.Options{
		EndpointURL: s.URL,
		Logger:      slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})),
		LogMode:     aws.LogRequestWithBody | aws.LogResponseWithBody | aws.LogSigning | aws.LogRetries,
	})
	in := updateInput()
	in.ResourceConfig.TransformSchema = ptr("# key " + apiKey)
	if _, err := c.UpdateBackendAPI(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	if _, err := c.CallerIdentity(t.Context()); err == nil {
		t.Error("the answer is not one of STS")
	}
	for _, secret := range []string{testAccessKey, testSecretKey, testSessionToken, "Signature=", apiKey, "oidc-secret"} {
		if strings.Contains(logged.String(), secret) {
			t.Errorf("%q was logged:\n%s", secret, logged.String())
		}
	}
	for _, kept := range []string{"/backend/d1example/api/dev", "resourceName", "jobId"} {
		if !strings.Contains(logged.String(), kept) {
			t.Errorf("%q was not logged", kept)
		}
	}
}

func TestRedaction(t *testing.T) {
	for message, secret := range map[string]string{
		"POST / HTTP/1.1\r\nAuthorization: AWS4-HMAC-SHA256 Credential=X, Signature=cafe\r\nHost: h": "cafe",
		"GET /\nX-Amz-Sso_bearer_token: bear3r\n":                                                    "bear3r",
		`{"secretAccessKey":"s3cr\"et","expiration":1}`:                                              `s3cr`,
		`{"refreshToken" : "r3new"}`:                                                                 "r3new",
		"<SessionToken>sess</SessionToken>":                                                          "sess",
		"Action=AssumeRole&TokenCode=123456&Version=2011-06-15":                                      "123456",
		"https://h/?X-Amz-Security-Token=tok&X-Amz-Signature=f00d0":                                  "f00d0",
		"the key da2-fakeapikey is in a comment":                                                     "da2-fakeapikey",
		"user ASIAABCDEFGHIJKLMNOP":                                                                  "ASIAABCDEFGHIJKLMNOP",
		"[default]\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG\n":                                 "wJalr",
		"aws_access_key_id=AKID1\n":                                                                  "AKID1",
		"AWS_SESSION_TOKEN=abc/def+ghi== ampedit":                                                    "abc/def",
		`export AWS_SECRET_ACCESS_KEY="with space"`:                                                  "space",
		"AWS_SECURITY_TOKEN='quoted'":                                                                "quoted",
		"bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl":                                "c2lnbmF0dXJl",
		"token FwoGZXIvYXdzEJr//////////wEaDKabc+1/2==":                                              "EJr",
		"token IQoJb3JpZ2luX2VjEOz%2F%2Fabc":                                                         "X2VjEOz",
		"key_da2-fakeapikey":                                                                         "fakeapikey",
	} {
		if got := client.Redact(message); strings.Contains(got, secret) || !strings.Contains(got, "[redacted]") {
			t.Errorf("%q became %q", message, got)
		}
	}
	for _, harmless := range []string{
		"panda2-one is an app", "region = eu-west-1", "the session_token is missing", "eyJust a name", "next_token=5",
	} {
		if got := client.Redact(harmless); got != harmless {
			t.Errorf("%q became %q", harmless, got)
		}
	}
	const harmless = "POST /backend/d1/api/dev HTTP/1.1\r\nHost: h\r\n\r\n{\"nextToken\": 5, \"description\":\"the token is elsewhere\"}"
	if got := client.Redact(harmless); got != harmless {
		t.Errorf("%q became %q", harmless, got)
	}
}

func TestNothingIsWrittenToTheTerminal(t *testing.T) {
	out, err := os.CreateTemp(t.TempDir(), "stderr")
	if err != nil {
		t.Fatal(err)
	}
	saved := os.Stderr
	os.Stderr = out
	t.Cleanup(func() { os.Stderr = saved })
	s, _ := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { reply(t, w, 429, nil) })
	c := newClient(t, client.Options{EndpointURL: s.URL, LogMode: aws.LogRequest | aws.LogRetries})
	if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err == nil {
		t.Error("throttling went unnoticed")
	}
	written, err := os.ReadFile(out.Name())
	if err != nil || len(written) > 0 {
		t.Errorf("stderr: %q, %v", written, err)
	}
}
