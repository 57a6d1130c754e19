package emulator_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"ampedit/client/emulator"
)

const (
	prod       = "/backend/" + emulator.SampleAppID + "/api/" + emulator.SampleProd
	prodJobs   = "/backend/" + emulator.SampleAppID + "/job/" + emulator.SampleProd
	appDetails = "/backend/" + emulator.SampleAppID + "/details"
	readNotes  = `{"resourceName":"notes"}`
	renewNotes = `{"resourceName":"notes","resourceConfig":{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":90}}}}`
)

var start = time.Date(2026, time.November, 22, 14, 0, 0, 0, time.UTC)

// seed is a source of job ids that never ends and never repeats a byte soon.
type seed byte

func (s *seed) Read(p []byte) (int, error) {
	for i := range p {
		*s++
		p[i] = byte(*s)
	}
	return len(p), nil
}

// caller signs requests the way AWS's Go SDK does, by the emulator's clock.
type caller struct {
	t       *testing.T
	e       *emulator.Emulator
	clock   *emulator.ManualClock
	service string
	region  string
	secret  string
	skew    time.Duration
	edit    func(*http.Request) // before signing
	tamper  func(*http.Request) // after signing
}

func startEmulator(t *testing.T, o emulator.Options) caller {
	t.Helper()
	clock := emulator.NewManualClock(start)
	if o.Clock == nil {
		o.Clock = clock
	}
	if o.Random == nil {
		o.Random = new(seed)
	}
	e, err := emulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return caller{t: t, e: e, clock: clock, service: "amplifybackend", region: e.Region(), secret: e.Credentials().SecretAccessKey}
}

type reply struct {
	status int
	header http.Header
	body   map[string]any
}

// code is the error code, "" for a success.
func (r reply) code() string { return r.header.Get("X-Amzn-ErrorType") }

func (r reply) text(name string) string {
	s, _ := r.body[name].(string)
	return s
}

// call sends a signed request and demands an answer.
func (c caller) call(method, path, body string) reply {
	c.t.Helper()
	r, err := c.send(method, path, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return r
}

func (c caller) send(method, path, body string) (reply, error) {
	req, err := http.NewRequest(method, c.e.URL()+path, strings.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.edit != nil {
		c.edit(req)
	}
	sum := sha256.Sum256([]byte(body))
	credentials := aws.Credentials{
		AccessKeyID: c.e.Credentials().AccessKeyID, SecretAccessKey: c.secret, SessionToken: c.e.Credentials().SessionToken,
	}
	at := c.clock.Now().Add(c.skew)
	if err := v4.NewSigner().SignHTTP(context.Background(), credentials, req, hex.EncodeToString(sum[:]), c.service, c.region, at); err != nil {
		return reply{}, err
	}
	if c.tamper != nil {
		c.tamper(req)
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	res, err := transport.RoundTrip(req)
	if err != nil {
		return reply{}, err
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return reply{}, err
	}
	out := reply{status: res.StatusCode, header: res.Header}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&out.body); err != nil {
		return reply{}, err
	}
	return out, nil
}

// update starts a job that must be accepted, and returns its id.
func (c caller) update(body string) string {
	c.t.Helper()
	r := c.call("POST", prod, body)
	if r.status != 200 || r.text("jobId") == "" || r.text("status") != "RUNNING" || r.text("operation") != "UpdateBackendAPI" {
		c.t.Fatalf("update answered %d %v, want a running job", r.status, r.body)
	}
	return r.text("jobId")
}

func (c caller) jobStatus(id string) string {
	c.t.Helper()
	return c.call("GET", prodJobs+"/"+id, "").text("status")
}

// config is the deployed configuration of notes in prod.
func (c caller) config() map[string]any {
	c.t.Helper()
	r := c.call("POST", prod+"/details", readNotes)
	if r.status != 200 {
		c.t.Fatalf("GetBackendAPI answered %d %v", r.status, r.body)
	}
	config, _ := r.body["resourceConfig"].(map[string]any)
	return config
}

// keyDays is expirationTime of the deployed default authorization.
func (c caller) keyDays() any {
	c.t.Helper()
	defaultAuth, _ := c.config()["defaultAuthType"].(map[string]any)
	settings, _ := defaultAuth["settings"].(map[string]any)
	return settings["expirationTime"]
}

func TestStartRefusesWhatItCannotServe(t *testing.T) {
	if _, err := emulator.Start(emulator.Options{Scenario: "hapy"}); err == nil || !strings.Contains(err.Error(), "happy, failed") {
		t.Errorf("unknown scenario: %v, want an error that lists the scenarios", err)
	}
	if _, err := emulator.Start(emulator.Options{Port: 65536}); err == nil {
		t.Error("port 65536 was accepted")
	}
	bad := []emulator.App{{ID: "d1", Environments: []emulator.Environment{{Name: "dev", APIs: map[string]string{"x": `{"apiname":"x"}`}}}}}
	if _, err := emulator.Start(emulator.Options{Apps: bad}); err == nil || !strings.Contains(err.Error(), "apiname") {
		t.Errorf("misspelt member in Apps: %v, want an error that names it", err)
	}
	c := startEmulator(t, emulator.Options{})
	if !strings.HasPrefix(c.e.URL(), "http://127.0.0.1:") {
		t.Errorf("URL %s is not on the loopback address", c.e.URL())
	}
}

func TestAnswersCarryRequestIDAndDate(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	first, second := c.call("POST", appDetails, `{}`), c.call("POST", "/nowhere", `{}`)
	for _, r := range []reply{first, second} {
		if r.header.Get("X-Amzn-RequestId") == "" || r.header.Get("Date") != "Sun, 22 Nov 2026 14:00:00 GMT" {
			t.Errorf("headers %v lack a request id or the emulator's date", r.header)
		}
	}
	if first.header.Get("X-Amzn-RequestId") == second.header.Get("X-Amzn-RequestId") {
		t.Error("two answers share a request id")
	}
}

func TestUnknownRoutesAndNames(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	const app = "/backend/" + emulator.SampleAppID
	for _, tt := range []struct {
		name, method, path, body string
		status                   int
		code, resourceType       string
	}{
		{"no such path", "POST", "/backend", `{}`, 403, "MissingAuthenticationTokenException", ""},
		{"another method", "GET", prod, ``, 403, "MissingAuthenticationTokenException", ""},
		{"stage prefix", "POST", "/prod" + prod, readNotes, 403, "MissingAuthenticationTokenException", ""},
		{"trailing slash", "POST", prod + "/", readNotes, 403, "MissingAuthenticationTokenException", ""},
		{"operation not emulated", "POST", prod + "/remove", readNotes, 403, "MissingAuthenticationTokenException", ""},
		{"empty label", "POST", app + "/api//details", readNotes, 400, "BadRequestException", ""},
		{"unknown app", "POST", "/backend/d0/details", `{}`, 404, "NotFoundException", "App"},
		{"app without a backend", "POST", "/backend/d7f6e5d4c3b2a1/details", `{}`, 404, "NotFoundException", "App"},
		{"unknown environment", "POST", app + "/api/qa/details", readNotes, 404, "NotFoundException", "BackendEnvironment"},
		{"unknown environment of the meta data", "POST", appDetails, `{"backendEnvironmentName":"qa"}`, 404, "NotFoundException", "BackendEnvironment"},
		{"unknown resource", "POST", prod, `{"resourceName":"note"}`, 404, "NotFoundException", "BackendAPI"},
		{"unknown job", "GET", prodJobs + "/0", ``, 404, "NotFoundException", "BackendJob"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := c
			c.t = t
			r := c.call(tt.method, tt.path, tt.body)
			if r.status != tt.status || r.code() != tt.code || r.text("resourceType") != tt.resourceType || r.text("message") == "" {
				t.Errorf("answered %d %s %v, want %d %s %s", r.status, r.code(), r.body, tt.status, tt.code, tt.resourceType)
			}
		})
	}
}

func TestQueryIsPartOfTheSignature(t *testing.T) {
	c := startEmulator(t, emulator.Options{})
	r := c.call("POST", appDetails+"?b=1&a-b=2&a=x%20y&a=%2F", `{}`)
	if r.status != 400 || !strings.Contains(r.text("message"), "GetBackend takes no parameters") {
		t.Errorf("a signed query answered %d %v, want 400: the signature is right, the parameters are not", r.status, r.body)
	}
}

func TestLabelsAreDecoded(t *testing.T) {
	odd := []emulator.App{{ID: "d 1/2é", Environments: []emulator.Environment{{Name: "dev"}}}}
	c := startEmulator(t, emulator.Options{Apps: odd})
	r := c.call("POST", "/backend/d%201%2F2%C3%A9/details", `{}`)
	if r.status != 200 || r.text("appId") != "d 1/2é" {
		t.Errorf("answered %d %v, want the app with the odd id", r.status, r.body)
	}
}

func TestRequestsAreLoggedWithoutSecrets(t *testing.T) {
	c := startEmulator(t, emulator.Options{SessionToken: "token-of-the-session"})
	c.call("POST", appDetails, `{}`)
	c.call("POST", prod, `{"resourcename":"notes"}`)
	log := c.e.Requests()
	if len(log) != 2 {
		t.Fatalf("%d requests in the log, want 2", len(log))
	}
	got := log[1]
	if got.Operation != "UpdateBackendAPI" || got.Method != "POST" || got.Path != prod || got.Status != 400 ||
		string(got.Body) != `{"resourcename":"notes"}` || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("logged %+v", got)
	}
	for _, r := range log {
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("Signature=")) || bytes.Contains(text, []byte("token-of-the-session")) {
			t.Errorf("the log keeps a secret: %s", text)
		}
	}
	if n := c.e.Count("UpdateBackendAPI"); n != 1 {
		t.Errorf("counted %d updates, want 1", n)
	}
}
