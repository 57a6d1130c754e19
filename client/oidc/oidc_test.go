package oidc_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ampedit/client/oidc"
)

// provider is a provider with TLS. Its handler is told its own issuer.
func provider(t *testing.T, answer func(w http.ResponseWriter, r *http.Request, issuer string)) *httptest.Server {
	t.Helper()
	var server *httptest.Server
	server = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer(w, r, server.URL)
	}))
	t.Cleanup(server.Close)
	return server
}

// states answers with a document; ISSUER in it is the server's address.
func states(document string) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, r *http.Request, issuer string) {
		if !strings.HasSuffix(r.URL.Path, oidc.DiscoveryPath) {
			http.NotFound(w, r)
			return
		}
		w.Write([]byte(strings.ReplaceAll(document, "ISSUER", issuer)))
	}
}

func TestIssuers(t *testing.T) {
	for _, test := range []struct {
		name, path, document, difference string
	}{
		{"equal", "", `{"issuer":"ISSUER","jwks_uri":"x"}`, ""},
		{"equal with a slash", "/", `{"issuer":"ISSUER/"}`, ""},
		{"equal with a path", "/tenant/v2.0", `{"issuer":"ISSUER/tenant/v2.0"}`, ""},
		{"a slash is missing", "", `{"issuer":"ISSUER/"}`, "ends with a slash: ISSUER/."},
		{"a slash too much", "/", `{"issuer":"ISSUER"}`, "ends without a slash: ISSUER."},
		{"case", "/Tenant", `{"issuer":"ISSUER/tenant"}`, "differs in upper and lower case"},
		{"path", "/a", `{"issuer":"ISSUER/b"}`, "has another path"},
		{"host", "", `{"issuer":"https://id.example.com"}`, "is on another host: https://id.example.com."},
		{"no URL", "", `{"issuer":"%zz"}`, "is another one: %zz."},
		{"the document's address", oidc.DiscoveryPath, `{"issuer":"ISSUER"}`, "is not the address of its document: ISSUER."},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := provider(t, states(test.document))
			got, err := oidc.Check(t.Context(), server.Client().Transport, server.URL+test.path)
			want := strings.ReplaceAll(test.difference, "ISSUER", server.URL)
			if err != nil || (want == "") != (got.Difference == "") || !strings.Contains(got.Difference, want) {
				t.Errorf("got %+v, %v; want %q", got, err, want)
			}
		})
	}
}

func TestSchemeOfTheIssuer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(`{"issuer":"https://` + r.Host + `"}`))
	}))
	defer server.Close()
	got, err := oidc.Check(t.Context(), nil, server.URL)
	if err != nil || !strings.Contains(got.Difference, "has the scheme https") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestNoIssuer(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer func(http.ResponseWriter, *http.Request, string)
		want   string
	}{
		{"not found", func(w http.ResponseWriter, r *http.Request, _ string) { http.NotFound(w, r) }, "does not exist"},
		{"failing", func(w http.ResponseWriter, _ *http.Request, _ string) { w.WriteHeader(503) }, "status 503"},
		{"no JSON", states("<html>"), "no JSON object"},
		{"a list", states(`["issuer"]`), "no JSON object"},
		{"two documents", states(`{"issuer":"ISSUER"}{}`), "no JSON object"},
		{"missing", states(`{"Issuer":"ISSUER"}`), "names no issuer"},
		{"not a text", states(`{"issuer":7}`), "not a text"},
		{"null", states(`{"issuer":null}`), "not a text"},
		{"empty", states(`{"issuer":""}`), "not a text"},
		{"escape sequence", states(`{"issuer":"ISSUER\u001b[31m"}`), "control characters"},
		{"turned text", states(`{"issuer":"ISSUER\u202e"}`), "control characters"},
		{"too large", states(`{"issuer":"ISSUER","x":"` + strings.Repeat("x", oidc.MaxDocument) + `"}`), "larger than 1 MB"},
		{"another host", func(w http.ResponseWriter, r *http.Request, _ string) {
			http.Redirect(w, r, "https://elsewhere.example.com/", http.StatusFound)
		}, "redirects elsewhere"},
		{"plain http", func(w http.ResponseWriter, r *http.Request, _ string) {
			http.Redirect(w, r, "http://"+r.Host+"/", http.StatusFound)
		}, "redirects elsewhere"},
		{"in circles", func(w http.ResponseWriter, r *http.Request, _ string) {
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
		}, "more than 5"},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := provider(t, test.answer)
			got, err := oidc.Check(t.Context(), server.Client().Transport, server.URL)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("got %+v, %v; want %q", got, err, test.want)
			}
			if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r == '\u202e' }) {
				t.Errorf("control characters are shown: %q", err)
			}
		})
	}
}

func TestRedirectOnTheSameHost(t *testing.T) {
	server := provider(t, func(w http.ResponseWriter, r *http.Request, issuer string) {
		if r.URL.Path == oidc.DiscoveryPath {
			http.Redirect(w, r, "/moved", http.StatusFound)
			return
		}
		w.Write([]byte(`{"issuer":"` + issuer + `"}`))
	})
	got, err := oidc.Check(t.Context(), server.Client().Transport, server.URL)
	if err != nil || got != (oidc.Result{Issuer: server.URL}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

// nobody fails the test when it is asked.
type nobody struct{ t *testing.T }

func (n nobody) RoundTrip(r *http.Request) (*http.Response, error) {
	n.t.Errorf("%s was asked for", r.URL)
	return nil, errors.New("nobody")
}

func TestNobodyIsAsked(t *testing.T) {
	for issuer, want := range map[string]string{
		"":                             "not an absolute URL",
		"id.example.com":               "not an absolute URL",
		"https://":                     "not an absolute URL",
		"https://id.example.com/\x1b[": "not an absolute URL",
		"http://id.example.com":        "only https",
		"ftp://id.example.com":         "only https",
		"http://127.0.0.1.example.com": "only https",
		"https://me:pw@example.com":    "user name",
		"https://example.com/?a=b":     "query",
		"https://example.com/#part":    "fragment",
	} {
		_, err := oidc.Check(t.Context(), nobody{t}, issuer)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", issuer, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: a control character is shown", issuer)
		}
	}
}

// asked keeps the request and fails as a network does.
type asked struct {
	request *http.Request
	err     error
}

func (a *asked) RoundTrip(r *http.Request) (*http.Response, error) {
	a.request = r
	return nil, a.err
}

func TestUnreachable(t *testing.T) {
	network := &asked{err: errors.New("no such\x1b[31m host")}
	_, err := oidc.Check(t.Context(), network, "https://id.example.com/tenant/")
	if !errors.Is(err, network.err) || strings.Contains(err.Error(), "\x1b") || !strings.Contains(err.Error(), "cannot be reached: no such") {
		t.Errorf("got %q", err)
	}
	if got := network.request.URL.String(); got != "https://id.example.com/tenant/.well-known/openid-configuration" {
		t.Errorf("asked for %s", got)
	}
	if h := network.request.Header; h.Get("Authorization") != "" || h.Get("Cookie") != "" {
		t.Errorf("credentials are sent: %v", h)
	}
}

// silence never answers.
type silence struct{}

func (silence) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

func TestNoAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := oidc.Check(t.Context(), silence{}, "https://id.example.com")
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "no answer within 5 s") {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != oidc.Timeout {
			t.Errorf("it took %v", took)
		}
	})
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := oidc.Check(ctx, silence{}, "https://id.example.com"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
