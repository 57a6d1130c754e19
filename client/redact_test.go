package client_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
	"ampedit/client/wire"
)

func TestTextsOfTheServiceHoldNoSecret(t *testing.T) {
	const key = "da2-abcdefghijklmnopqrstuvwxyz"
	s, _ := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		job := map[string]any{"jobId": "j", "status": "FAILED", "operation": "op " + key, "error": "no key " + key}
		switch {
		case strings.HasSuffix(r.URL.Path, "/details"):
			reply(t, w, 200, map[string]any{"appId": "d1", "appName": "app " + key})
		case r.Method == http.MethodGet:
			reply(t, w, 200, job)
		default:
			reply(t, w, 200, map[string]any{"jobs": []any{job}})
		}
	})
	c := newClient(t, client.Options{EndpointURL: s.URL})
	job, err := c.GetBackendJob(t.Context(), &wire.GetBackendJobInput{AppID: "d1", BackendEnvironmentName: "dev", JobID: "j"})
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := c.ListBackendJobs(t.Context(), &wire.ListBackendJobsInput{AppID: "d1", BackendEnvironmentName: "dev"})
	if err != nil {
		t.Fatal(err)
	}
	backend, err := c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: "d1"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []*string{job.Operation, job.Error, jobs.Jobs[0].Operation, jobs.Jobs[0].Error, backend.AppName} {
		if text == nil || strings.Contains(*text, key) || !strings.Contains(*text, "[redacted]") {
			t.Errorf("the text is %q", aws.ToString(text))
		}
	}
}
