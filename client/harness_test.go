package client_test

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ampedit/client"
	"ampedit/client/wire"
)

const (
	testAccessKey    = "AKIDLOOPBACKTEST"
	testSecretKey    = "loopback-secret-key"
	testSessionToken = "loopback-session-token"
)

// isolate takes away every AWS setting of the machine that the test runs on.
// The files in it, if any, are those of configuration, by their names.
func isolate(t *testing.T, files ...string) {
	t.Helper()
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			t.Setenv(name, "") // so that it is put back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "credentials"))
	for i, content := range files {
		name := []string{"config", "credentials"}[i]
		if err := os.WriteFile(filepath.Join(home, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// withKeys sets credentials and a region in the environment.
func withKeys(t *testing.T) {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", testAccessKey)
	t.Setenv("AWS_SECRET_ACCESS_KEY", testSecretKey)
	t.Setenv("AWS_SESSION_TOKEN", testSessionToken)
	t.Setenv("AWS_REGION", "eu-west-1")
}

// newClient makes a client for an endpoint that retries without waiting.
func newClient(t *testing.T, o client.Options, options ...client.Option) *client.Client {
	t.Helper()
	cfg, err := client.LoadConfig(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	c, err := client.New(t.Context(), cfg, options...)
	if err != nil {
		t.Fatal(err)
	}
	client.SkipBackoff(c)
	return c
}

// service is a loopback server that keeps what it was asked.
type service struct {
	*httptest.Server
	mu       sync.Mutex
	requests []request
}

type request struct {
	method, uri string
	header      http.Header
	body        string
}

// serve answers request n, counted from 0, with answer. It isolates the test and
// sets credentials.
func serve(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, n int)) (*service, *client.Client) {
	t.Helper()
	isolate(t)
	withKeys(t)
	s := new(service)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read the request: %v", err)
		}
		s.mu.Lock()
		n := len(s.requests)
		s.requests = append(s.requests, request{r.Method, r.RequestURI, r.Header.Clone(), string(body)})
		s.mu.Unlock()
		answer(w, r, n)
	}))
	t.Cleanup(s.Close)
	return s, newClient(t, client.Options{EndpointURL: s.URL})
}

func (s *service) seen() []request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]request(nil), s.requests...)
}

// reply writes a JSON answer.
func reply(t *testing.T, w http.ResponseWriter, status int, members map[string]any) {
	t.Helper()
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(members); err != nil {
		t.Errorf("write the answer: %v", err)
	}
}

// hijack gives the raw connection of a request.
func hijack(t *testing.T, w http.ResponseWriter) net.Conn {
	t.Helper()
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		t.Errorf("hijack: %v", err)
	}
	return conn
}

// reset ends a connection with RST.
func reset(t *testing.T, w http.ResponseWriter) {
	t.Helper()
	conn := hijack(t, w)
	if err := conn.(*net.TCPConn).SetLinger(0); err != nil {
		t.Errorf("linger: %v", err)
	}
	conn.Close()
}

func ptr[T any](v T) *T { return &v }

func updateInput() *wire.UpdateBackendAPIInput {
	return &wire.UpdateBackendAPIInput{
		AppID: "d1example", BackendEnvironmentName: "dev", ResourceName: "notes",
		ResourceConfig: &wire.ResourceConfig{
			APIName:         ptr("notes"),
			TransformSchema: ptr("type Note @model { id: ID! } # <&>"),
			DefaultAuthType: &wire.AuthType{
				Mode:     ptr(wire.ModeAPIKey),
				Settings: &wire.AuthSettings{ExpirationTime: ptr(30.0)},
			},
			AdditionalAuthTypes: []wire.AuthType{},
		},
	}
}

func jobInput() *wire.GetBackendJobInput {
	return &wire.GetBackendJobInput{AppID: "d1example", BackendEnvironmentName: "dev", JobID: "job-1"}
}
