package client_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials/logincreds"

	"ampedit/client"
	"ampedit/client/wire"
)

// elsewhere is the endpoint of a server on this machine, by an address that counts
// as another machine's. It must not be connected to.
func elsewhere(t *testing.T) string {
	t.Helper()
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			t.Error("there was a connection over plain http")
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "0.0.0.0", 1)
}

// signedIn writes the token of profile sso or legacy-sso where the AWS CLI keeps it.
func signedIn(t *testing.T, token string) {
	t.Helper()
	folder := filepath.Join(os.Getenv("HOME"), ".aws", "sso", "cache")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	// The names are the SHA-1 of the session, "corp", and of the start URL.
	for _, name := range []string{"ee0bfd2552fbd840c02cc48b6e823320543c450f", "f7c9b39d0b4c7a7d82c79307585f77e1c5e74378"} {
		if err := os.WriteFile(filepath.Join(folder, name+".json"), []byte(token), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// loggedIn writes an expired token of profile login where aws login keeps it.
func loggedIn(t *testing.T) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	token, err := json.Marshal(map[string]any{
		"accessToken": map[string]string{"accessKeyId": "AKIDL", "secretAccessKey": "s", "sessionToken": "t", "accountId": "111122223333", "expiresAt": "2020-01-01T00:00:00Z"},
		"tokenType":   "aws_sigv4", "refreshToken": "r", "identityToken": "i", "clientId": "c",
		"dpopKey": string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der})),
	})
	if err != nil {
		t.Fatal(err)
	}
	file, err := logincreds.StandardCachedTokenFilepath("arn:aws:iam::111122223333:user/ada", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, token, 0o600)); err != nil {
		t.Fatal(err)
	}
}

const (
	goodToken    = `{"accessToken":"t","expiresAt":"2099-01-01T00:00:00Z"}`
	expiredToken = `{"accessToken":"t","expiresAt":"2020-01-01T00:00:00Z","refreshToken":"r","clientId":"c","clientSecret":"s","registrationExpiresAt":"2099-01-01T00:00:00Z"}`
)

func credentialsOf(t *testing.T, profile string) error {
	t.Helper()
	return newClient(t, client.Options{Profile: profile, Region: "eu-west-1"}).RetrieveCredentials(t.Context())
}

// TestPlainHTTPIsRefusedForEveryService goes through every service that a request
// with a secret in it may go to.
func TestPlainHTTPIsRefusedForEveryService(t *testing.T) {
	for name, ask := range map[string]func(t *testing.T, endpoint string) error{
		"STS": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_STS", endpoint)
			return credentialsOf(t, "role")
		},
		"STS, of the profile": func(t *testing.T, endpoint string) error {
			isolate(t, strings.Replace(profiles, "[profile role]", "[services local]\nsts =\n  endpoint_url = "+endpoint+"\n[profile role]\nservices = local", 1))
			return credentialsOf(t, "role")
		},
		"STS with a web identity": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_STS", endpoint)
			t.Setenv("AWS_ROLE_ARN", "arn:aws:iam::111122223333:role/editor")
			t.Setenv("AWS_WEB_IDENTITY_TOKEN_FILE", os.Getenv("AWS_CONFIG_FILE"))
			return credentialsOf(t, "")
		},
		"SSO after a redirect": func(t *testing.T, endpoint string) error {
			server := httptest.NewServer(http.RedirectHandler(endpoint, http.StatusTemporaryRedirect))
			t.Cleanup(server.Close)
			t.Setenv("AWS_ENDPOINT_URL_SSO", server.URL)
			signedIn(t, goodToken)
			return credentialsOf(t, "legacy-sso")
		},
		"SSO": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_SSO", endpoint)
			signedIn(t, goodToken)
			return credentialsOf(t, "legacy-sso")
		},
		"SSO of a session": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_SSO", endpoint)
			signedIn(t, goodToken)
			return credentialsOf(t, "sso")
		},
		"SSO OIDC": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_SSO_OIDC", endpoint)
			signedIn(t, expiredToken)
			return credentialsOf(t, "sso")
		},
		"aws login": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_SIGNIN", endpoint)
			loggedIn(t)
			return credentialsOf(t, "login")
		},
		"a container's, after a redirect": func(t *testing.T, endpoint string) error {
			server := httptest.NewServer(http.RedirectHandler(endpoint, http.StatusTemporaryRedirect))
			t.Cleanup(server.Close)
			t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.URL)
			return credentialsOf(t, "")
		},
		"instance metadata elsewhere": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
			t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", endpoint)
			return credentialsOf(t, "empty")
		},
		"caller identity": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_STS", endpoint)
			_, err := newClient(t, client.Options{Profile: "keys"}).CallerIdentity(t.Context())
			return err
		},
		"Amplify": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_AMPLIFY", endpoint)
			_, _, err := newClient(t, client.Options{Profile: "keys"}).ListApps(t.Context(), 1)
			return err
		},
		"Cognito": func(t *testing.T, endpoint string) error {
			t.Setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", endpoint)
			_, _, err := newClient(t, client.Options{Profile: "keys"}).ListUserPools(t.Context(), 1)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			isolate(t, profiles)
			err := ask(t, elsewhere(t))
			var refused *client.EndpointError
			if !errors.As(err, &refused) || client.Classify(err) != client.ClassConfig {
				t.Errorf("class %q: %v", client.Classify(err), err)
			}
			if !strings.Contains(client.Advice(err), "use https") {
				t.Errorf("advice: %s", client.Advice(err))
			}
		})
	}
}

func TestPlainHTTPForCredentials(t *testing.T) {
	isolate(t)
	for endpoint, allowed := range map[string]bool{
		"http://169.254.169.254/latest/api/token":      true,
		"http://[fd00:ec2::254]/latest/meta-data/iam/": true,
		"http://127.0.0.1:4000/latest/api/token":       true,
		"http://localhost:4000/":                       true,
		"https://sts.amazonaws.com/":                   true,
		"https://10.0.0.1/":                            true,
		"http://169.254.169.254/":                      false,
		"http://169.254.169.254/other/latest/":         false,
		"http://169.254.169.253/latest/api/token":      false,
		"http://169.254.170.2/v2/credentials":          true,
		"http://169.254.170.23/v1/credentials":         true,
		"http://[fd00:ec2::23]/v1/credentials":         true,
		"http://169.254.170.3/v2/credentials":          false,
		"http://10.0.0.1/latest/api/token":             false,
		"http://sts.amazonaws.com/":                    false,
	} {
		u, err := url.Parse(endpoint)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.GuardedProxy(&http.Request{URL: u}); (err == nil) != allowed {
			t.Errorf("%s: allowed should be %t: %v", endpoint, allowed, err)
		}
	}
}

// TestOwnCertificates asks for credentials and for a job over TLS with certificates
// that only AWS_CA_BUNDLE names.
func TestOwnCertificates(t *testing.T) {
	isolate(t, profiles)
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/xml")
			w.Write([]byte(roleAnswer))
			return
		}
		reply(t, w, 200, map[string]any{"jobId": "j"})
	}))
	t.Cleanup(server.Close)
	bundle := filepath.Join(t.TempDir(), "bundle.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(bundle, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CA_BUNDLE", bundle)
	t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
	c := newClient(t, client.Options{Profile: "role", EndpointURL: server.URL})
	if out, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil || text(out.JobID) != "j" {
		t.Errorf("got %v, %v", out, err)
	}
	t.Setenv("AWS_ENDPOINT_URL_STS", elsewhere(t))
	if err := credentialsOf(t, "role"); client.Classify(err) != client.ClassConfig {
		t.Errorf("plain http: %v", err)
	}
}

// onIPv6 serves on ::1 of this machine.
func onIPv6(t *testing.T, answer http.HandlerFunc) (endpoint string) {
	t.Helper()
	listener, err := net.Listen("tcp6", "[::1]:0")
	if err != nil {
		t.Skipf("this machine has no ::1: %v", err)
	}
	server := httptest.NewUnstartedServer(answer)
	server.Listener.Close()
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return server.URL
}

func TestAnIPv6Endpoint(t *testing.T) {
	isolate(t)
	withKeys(t)
	c := newClient(t, client.Options{EndpointURL: onIPv6(t, func(w http.ResponseWriter, _ *http.Request) {
		reply(t, w, 200, map[string]any{"jobId": "j", "apps": []any{}})
	})})
	if _, err := c.GetBackendJob(t.Context(), jobInput()); err != nil {
		t.Error(err)
	}
	if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil {
		t.Error(err)
	}
	if _, _, err := c.ListApps(t.Context(), 1); err != nil {
		t.Error(err)
	}
}

func TestCredentialsFromAnIPv6Endpoint(t *testing.T) {
	for name, test := range map[string]struct{ variable, profile, answer string }{
		"STS":       {"AWS_ENDPOINT_URL_STS", "role", roleAnswer},
		"SSO":       {"AWS_ENDPOINT_URL_SSO", "legacy-sso", `{"roleCredentials":{"accessKeyId":"A","secretAccessKey":"s","sessionToken":"t","expiration":4000000000000}}`},
		"container": {"AWS_CONTAINER_CREDENTIALS_FULL_URI", "", `{"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"2099-01-01T00:00:00Z"}`},
	} {
		t.Run(name, func(t *testing.T) {
			isolate(t, profiles)
			signedIn(t, goodToken)
			t.Setenv(test.variable, onIPv6(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(test.answer)) }))
			if err := credentialsOf(t, test.profile); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestAnAnswerThatTricklesIsGivenUp: the service sends a space every millisecond,
// and after so many of them a proper answer, which nobody waits for.
func TestAnAnswerThatTricklesIsGivenUp(t *testing.T) {
	t.Cleanup(client.LimitAttempts(400 * time.Millisecond))
	s, _ := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		ticks := time.NewTicker(time.Millisecond)
		defer ticks.Stop()
		for range 5000 {
			select {
			case <-ticks.C:
			case <-r.Context().Done():
				return
			}
			w.Write([]byte(" "))
			w.(http.Flusher).Flush()
		}
		w.Write([]byte(`{"jobId":"j","apps":[]}`))
	})
	t.Setenv("AWS_MAX_ATTEMPTS", "1")
	c := newClient(t, client.Options{EndpointURL: s.URL})
	out, err := c.UpdateBackendAPI(t.Context(), updateInput())
	failed(t, out, err, client.MayHaveActed, client.ClassTimeout)
	_, jobErr := c.GetBackendJob(t.Context(), jobInput())
	_, _, appsErr := c.ListApps(t.Context(), 1)
	_, _, poolsErr := c.ListUserPools(t.Context(), 1)
	_, callerErr := c.CallerIdentity(t.Context())
	_, listErr := c.ListBackendJobs(t.Context(), &wire.ListBackendJobsInput{AppID: "d1", BackendEnvironmentName: "dev"})
	for i, err := range []error{jobErr, appsErr, poolsErr, callerErr, listErr} {
		if client.Classify(err) != client.ClassTimeout {
			t.Errorf("operation %d, class %q: %v", i, client.Classify(err), err)
		}
	}
	if posts := s.seen(); len(posts) != 6 {
		t.Errorf("%d requests", len(posts))
	}
}

func TestSilenceIsGivenUp(t *testing.T) {
	t.Cleanup(client.LimitAttempts(400 * time.Millisecond))
	s, c := serve(t, func(_ http.ResponseWriter, r *http.Request, _ int) { <-r.Context().Done() })
	out, err := c.UpdateBackendAPI(t.Context(), updateInput())
	failed(t, out, err, client.MayHaveActed, client.ClassTimeout)
	if n := len(s.seen()); n > 1 {
		t.Errorf("%d posts", n)
	}
}
