package client_test

import (
	"cmp"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"ampedit/client"
	"ampedit/client/wire"
)

// TestAgainstAnotherImplementation runs every operation against a service that
// somebody else wrote, at AMPEDIT_ORACLE_ENDPOINT, in whatever state it is. The
// service may be slow, busy or broken, but it must not find fault with a request.
func TestAgainstAnotherImplementation(t *testing.T) {
	endpoint := os.Getenv("AMPEDIT_ORACLE_ENDPOINT")
	if endpoint == "" {
		t.Skip("AMPEDIT_ORACLE_ENDPOINT is not set")
	}
	isolate(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDORACLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "oracle-secret")
	c := newClient(t, client.Options{EndpointURL: endpoint, Region: "us-east-1"})
	check := func(err error) {
		t.Helper()
		switch client.Classify(err) {
		case client.ClassBadRequest, client.ClassCredentials, client.ClassDenied, client.ClassProtocol, client.ClassOther:
			t.Error(err)
		}
	}
	in := fullInput()
	_, err := c.UpdateBackendAPI(t.Context(), in)
	check(err)
	list, err := client.ListJobs(t.Context(), c, in.AppID, in.BackendEnvironmentName)
	check(err)
	for _, job := range list.Jobs {
		seen, err := c.GetBackendJob(t.Context(), &wire.GetBackendJobInput{AppID: in.AppID, BackendEnvironmentName: in.BackendEnvironmentName, JobID: *job.JobID})
		check(err)
		if err == nil {
			t.Logf("job %s: %s", *job.JobID, *cmp.Or(seen.Status, ptr(wire.JobStatus("no status"))))
		}
	}
	_, err = c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{AppID: in.AppID, BackendEnvironmentName: in.BackendEnvironmentName, ResourceName: in.ResourceName})
	check(err)
	_, err = c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: in.AppID, BackendEnvironmentName: &in.BackendEnvironmentName})
	check(err)
	_, _, err = c.ListApps(t.Context(), 2)
	check(err)
	_, _, err = c.ListUserPools(t.Context(), 2)
	check(err)
}

// fullInput has a value for every kind of member, and labels that need
// escaping.
func fullInput() *wire.UpdateBackendAPIInput {
	in := updateInput()
	in.AppID = "d 1/2é"
	in.ResourceConfig.AdditionalAuthTypes = []wire.AuthType{{
		Mode: ptr(wire.ModeOIDC),
		Settings: &wire.AuthSettings{
			OpenIDProviderName: ptr("corp"), OpenIDIssueURL: ptr("https://id.example/"), OpenIDClientID: ptr("a|b"),
			OpenIDAuthTTL: ptr("3600000"), OpenIDIatTTL: ptr("3600000"),
		},
	}}
	in.ResourceConfig.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: ptr(wire.StrategyAutomerge)}
	return in
}

// TestBodyIsThatOfTheAWSCLI gives the CLI the input that we send and compares
// what both put on the wire, as JSON values.
func TestBodyIsThatOfTheAWSCLI(t *testing.T) {
	cli, err := exec.LookPath("aws")
	if err != nil {
		t.Skip("the AWS CLI is not on the PATH")
	}
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		reply(t, w, 200, map[string]any{"jobId": "j"})
	})
	in := updateInput()
	if _, err := c.UpdateBackendAPI(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	input := `{"AppId":"d1example","BackendEnvironmentName":"dev","ResourceName":"notes","ResourceConfig":{"ApiName":"notes",` +
		`"TransformSchema":"type Note @model { id: ID! } # <&>","AdditionalAuthTypes":[],` +
		`"DefaultAuthType":{"Mode":"API_KEY","Settings":{"ExpirationTime":30}}}}`
	file := filepath.Join(t.TempDir(), "input.json")
	if err := os.WriteFile(file, []byte(input), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), cli, "amplifybackend", "update-backend-api",
		"--cli-input-json", "file://"+file, "--endpoint-url", s.URL, "--region", "eu-west-1", "--output", "json")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("the AWS CLI does not work here: %v\n%s", err, out)
	}
	requests := s.seen()
	if len(requests) != 2 || requests[0].method+requests[0].uri != requests[1].method+requests[1].uri {
		t.Fatalf("requests: %+v", requests)
	}
	var ours, theirs any
	for body, value := range map[string]*any{requests[0].body: &ours, requests[1].body: &theirs} {
		if err := json.Unmarshal([]byte(body), value); err != nil {
			t.Fatal(err)
		}
	}
	if diff := gocmp.Diff(theirs, ours); diff != "" {
		t.Errorf("(-CLI +ours)\n%s", diff)
	}
}

func BenchmarkUpdateAndReadJob(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"jobId":"j","status":"COMPLETED"}`)
	}))
	b.Cleanup(server.Close)
	b.Setenv("AWS_ACCESS_KEY_ID", testAccessKey)
	b.Setenv("AWS_SECRET_ACCESS_KEY", testSecretKey)
	cfg, err := client.LoadConfig(b.Context(), client.Options{EndpointURL: server.URL, Region: "eu-west-1"})
	if err != nil {
		b.Fatal(err)
	}
	c, err := client.New(b.Context(), cfg)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := c.UpdateBackendAPI(b.Context(), updateInput()); err != nil {
			b.Fatal(err)
		}
		if _, err := c.GetBackendJob(b.Context(), jobInput()); err != nil {
			b.Fatal(err)
		}
	}
}
