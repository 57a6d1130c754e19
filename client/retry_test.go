package client_test

import (
	"net/http"
	"testing"

	"ampedit/client"
	"ampedit/client/wire"
)

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
			c := newClient(t, client.Options{EndpointURL: s.URL})
			_, err := c.GetBackendJob(t.Context(), jobInput())
			if client.Classify(err) != client.ClassServer || len(s.seen()) != test.attempts {
				t.Errorf("%d attempts: %v", len(s.seen()), err)
			}
			if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err == nil || len(s.seen()) != test.attempts+1 {
				t.Errorf("%d attempts in all: %v", len(s.seen()), err)
			}
		})
	}
}

func TestReadsAreRepeated(t *testing.T) {
	for name, fault := range map[string]func(*testing.T, http.ResponseWriter){
		"reset":   reset,
		"cut off": truncate(200),
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
