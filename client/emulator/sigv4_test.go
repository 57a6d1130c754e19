package emulator_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
)

// swap replaces a part of the Authorization header.
func swap(old, new string) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Set("Authorization", strings.Replace(r.Header.Get("Authorization"), old, new, 1))
	}
}

func TestSignature(t *testing.T) {
	for _, tt := range []struct {
		name   string
		adjust func(*caller)
		code   string // empty: accepted
	}{
		{"as it should be", func(*caller) {}, ""},
		{"another region", func(c *caller) { c.region = "us-east-1" }, ""},
		{"five minutes slow", func(c *caller) { c.skew = -5 * time.Minute }, ""},
		{"signed header with spaces", func(c *caller) { c.edit = func(r *http.Request) { r.Header.Set("X-Note", "  a   b ") } }, ""},
		{"unsigned", func(c *caller) { c.tamper = func(r *http.Request) { r.Header.Del("Authorization") } }, "MissingAuthenticationTokenException"},
		{"another algorithm", func(c *caller) { c.tamper = swap("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256") }, "IncompleteSignatureException"},
		{"no signature", func(c *caller) { c.tamper = swap("Signature=", "Signed=") }, "IncompleteSignatureException"},
		{"short scope", func(c *caller) { c.tamper = swap("/aws4_request", "") }, "IncompleteSignatureException"},
		{"two Authorization headers", func(c *caller) {
			c.tamper = func(r *http.Request) { r.Header.Add("Authorization", r.Header.Get("Authorization")) }
		}, "IncompleteSignatureException"},
		{"no date", func(c *caller) { c.tamper = func(r *http.Request) { r.Header.Del("X-Amz-Date") } }, "IncompleteSignatureException"},
		{"unsorted signed headers", func(c *caller) { c.tamper = swap("SignedHeaders=", "SignedHeaders=x-z;") }, "IncompleteSignatureException"},
		{"unsigned host", func(c *caller) { c.tamper = swap("host;", "") }, "InvalidSignatureException"},
		{"unsigned date", func(c *caller) { c.tamper = swap(";x-amz-date", "") }, "InvalidSignatureException"},
		{"unsigned X-Amz header", func(c *caller) {
			c.tamper = func(r *http.Request) { r.Header.Set("X-Amz-Meta", "later") }
		}, "InvalidSignatureException"},
		{"wrong secret", func(c *caller) { c.secret = "guess" }, "InvalidSignatureException"},
		{"wrong access key", func(c *caller) { c.tamper = swap("AKIDEMULATOR", "AKIDOTHER") }, "UnrecognizedClientException"},
		{"session token nobody issued", func(c *caller) {
			c.edit = func(r *http.Request) { r.Header.Set("X-Amz-Security-Token", "t") }
		}, "UnrecognizedClientException"},
		{"another service", func(c *caller) { c.service = "amplify" }, "InvalidSignatureException"},
		{"scope of another day", func(c *caller) { c.tamper = swap("/20261122/", "/20261121/") }, "InvalidSignatureException"},
		{"body changed", func(c *caller) {
			c.tamper = func(r *http.Request) { r.Body = http.NoBody; r.ContentLength = 0 }
		}, "InvalidSignatureException"},
		{"signed header changed", func(c *caller) {
			c.tamper = func(r *http.Request) { r.Header.Set("Content-Type", "application/json; charset=utf-8") }
		}, "InvalidSignatureException"},
		{"host changed", func(c *caller) { c.tamper = func(r *http.Request) { r.Host = "localhost" } }, "InvalidSignatureException"},
		{"path changed", func(c *caller) { c.tamper = func(r *http.Request) { r.URL.Path = "/backend/d2/details" } }, "InvalidSignatureException"},
		{"query added", func(c *caller) { c.tamper = func(r *http.Request) { r.URL.RawQuery = "a=b" } }, "InvalidSignatureException"},
		{"false payload hash", func(c *caller) {
			c.edit = func(r *http.Request) { r.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD") }
		}, "InvalidSignatureException"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := startEmulator(t, emulator.Options{})
			tt.adjust(&c)
			want := 403
			if tt.code == "" {
				want = 200
			}
			if r := c.call("POST", appDetails, `{}`); r.status != want || r.code() != tt.code {
				t.Errorf("answered %d %s %v, want %d %s", r.status, r.code(), r.body, want, tt.code)
			}
		})
	}
}

func TestSignatureFromAnotherTime(t *testing.T) {
	for skew, reason := range map[time.Duration]string{
		-5*time.Minute - time.Second: "Signature expired",
		5*time.Minute + time.Second:  "Signature not yet current",
	} {
		c := startEmulator(t, emulator.Options{})
		c.skew = skew
		r := c.call("POST", appDetails, `{}`)
		if r.status != 403 || r.code() != "InvalidSignatureException" || !strings.HasPrefix(r.text("message"), reason) {
			t.Errorf("%v off: answered %d %s %v, want 403 and %q", skew, r.status, r.code(), r.body, reason)
		}
		if date := r.header.Get("Date"); date != start.Format(http.TimeFormat) {
			t.Errorf("%v off: Date %q does not show the emulator's clock", skew, date)
		}
	}
}

func TestSessionTokenIsDemanded(t *testing.T) {
	c := startEmulator(t, emulator.Options{SessionToken: "token"})
	if r := c.call("POST", appDetails, `{}`); r.status != 200 {
		t.Fatalf("with the token: answered %d %v", r.status, r.body)
	}
	c.tamper = func(r *http.Request) { r.Header.Del("X-Amz-Security-Token") }
	if r := c.call("POST", appDetails, `{}`); r.status != 403 || r.code() != "UnrecognizedClientException" {
		t.Errorf("without the token: answered %d %s, want 403 UnrecognizedClientException", r.status, r.code())
	}
}
