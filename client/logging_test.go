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
