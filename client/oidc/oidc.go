// Package oidc asks an OpenID Connect provider which issuer it states, as
// OpenID Connect Discovery 1.0 describes it.
package oidc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"ampedit/client/loopback"
	"ampedit/client/sanitize"
)

const (
	// DiscoveryPath is where a provider publishes its document, below its issuer.
	DiscoveryPath = "/.well-known/openid-configuration"
	// Timeout is how long a check takes at most.
	Timeout = 5 * time.Second
	// MaxDocument is the greatest size of a document that is read, in bytes.
	MaxDocument = 1 << 20

	maxRedirects = 5
)

// Result is what a provider states.
type Result struct {
	// Issuer is the issuer of the provider's document, to the letter. It holds no
	// control characters.
	Issuer string
	// Difference says how Issuer differs from the one that was checked, "" if they
	// are equal.
	Difference string
}

// Check fetches the discovery document of an issuer and compares the issuer in it
// to the letter, as AppSync does with the tokens' "iss". issuer may also be the
// address of the document itself. A nil transport means the default one.
//
// Only https is used, but for addresses of this machine; no redirect to another
// host is followed, and no credentials are sent. Where no issuer could be read,
// the error says why in words for a person; it wraps the context's own error.
func Check(ctx context.Context, transport http.RoundTripper, issuer string) (Result, error) {
	document, err := documentURL(issuer)
	if err != nil {
		return Result{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, Timeout)
	defer cancel()
	data, err := fetch(ctx, &http.Client{Transport: transport, CheckRedirect: sameHost}, document)
	if err != nil {
		return Result{}, err
	}
	stated, err := statedIssuer(data)
	if err != nil {
		return Result{}, fmt.Errorf("%s %w", document, err)
	}
	return Result{Issuer: stated, Difference: difference(issuer, stated)}, nil
}

// documentURL returns the address of an issuer's document: a slash at the end of
// the issuer goes before the path is added.
func documentURL(issuer string) (string, error) {
	u, err := url.Parse(issuer)
	switch {
	case err != nil || u.Hostname() == "":
		return "", fmt.Errorf("%q is not an absolute URL, so there is nobody to ask", issuer)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || strings.Contains(issuer, "#"):
		return "", errors.New("an issuer has no user name, query or fragment, so nobody was asked")
	case u.Scheme != "https" && !(u.Scheme == "http" && loopback.Is(u.Hostname())):
		return "", errors.New("only https is used to ask a provider; plain http is for localhost")
	}
	text := u.String()
	if strings.HasSuffix(text, DiscoveryPath) {
		return text, nil
	}
	return strings.TrimSuffix(text, "/") + DiscoveryPath, nil
}

// errRedirect marks a redirect that is not followed.
var errRedirect = errors.New("redirect refused")

func sameHost(next *http.Request, before []*http.Request) error {
	switch first := before[0].URL; {
	case !strings.EqualFold(next.URL.Host, first.Host) || next.URL.Scheme != first.Scheme:
		return fmt.Errorf("%w: it leads to %q", errRedirect, next.URL.Scheme+"://"+next.URL.Host)
	case len(before) > maxRedirects:
		return fmt.Errorf("%w: there are more than %d", errRedirect, maxRedirects)
	}
	return nil
}

func fetch(ctx context.Context, client *http.Client, document string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, document, nil)
	if err != nil {
		return nil, fmt.Errorf("%q cannot be asked for: %w", document, err)
	}
	request.Header.Set("Accept", "application/json")
	response, err := client.Do(request)
	if err != nil {
		return nil, unreachable(document, err)
	}
	defer response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotFound:
		return nil, fmt.Errorf("%s does not exist; the issuer may be mistyped, or the provider publishes no document", document)
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s was answered with status %d; try again, or compare the issuer by hand", document, response.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(response.Body, MaxDocument+1))
	switch {
	case err != nil:
		return nil, unreachable(document, err)
	case len(data) > MaxDocument:
		return nil, fmt.Errorf("%s is larger than 1 MB, so it was not read", document)
	}
	return data, nil
}

// unreachable says why there is no answer. What the transport says may hold text
// of the other side, so that it is quoted.
func unreachable(document string, err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		err = outer.Err
	}
	switch {
	case errors.Is(err, errRedirect):
		return fmt.Errorf("%s redirects elsewhere, which was not followed: %w", document, err)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("%s gave no answer within %d s: %w", document, int(Timeout.Seconds()), err)
	}
	return &unreachableError{document, err}
}

type unreachableError struct {
	document string
	err      error
}

// Error says what could not be reached, free of control characters.
func (e *unreachableError) Error() string {
	return e.document + " cannot be reached: " + string(sanitize.Error(e.err))
}

// Unwrap returns what the transport said.
func (e *unreachableError) Unwrap() error { return e.err }

// statedIssuer reads the document's issuer. Its name is compared to the letter,
// unlike encoding/json does it for structs.
func statedIssuer(data []byte) (string, error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return "", fmt.Errorf("is no JSON object, so it is not a discovery document: %w", err)
	}
	var issuer *string
	switch err := json.Unmarshal(members["issuer"], &issuer); {
	case members["issuer"] == nil:
		return "", errors.New("names no issuer, so it is not a discovery document")
	case err != nil, issuer == nil, *issuer == "":
		return "", errors.New("has an issuer that is not a text")
	case string(sanitize.Verbatim(*issuer)) != *issuer:
		return "", errors.New("has an issuer with control characters, which nobody can use")
	}
	return *issuer, nil
}
