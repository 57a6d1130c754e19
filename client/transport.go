package client

import (
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// Time limits of a connection. The SDK has none for a server that stays silent.
// API Gateway gives up after 29 s, so that its answer comes before our limit.
const (
	dialTimeout = 10 * time.Second
	readTimeout = 40 * time.Second
)

// httpClientFunc is an aws.HTTPClient that is a function.
type httpClientFunc func(*http.Request) (*http.Response, error)

// Do calls f.
func (f httpClientFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }

// httpClient returns what requests are sent through: client itself, if it is not
// the SDK's own, else a copy of that with time limits, which keeps a certificate
// bundle that the configuration put there. Two things are refused. Redirects are
// not followed: that would send a signed update, and a session token, a second
// time and elsewhere. Plain http goes to this machine only.
func httpClient(client aws.HTTPClient) aws.HTTPClient {
	buildable, ok := client.(*awshttp.BuildableClient)
	if client == nil {
		buildable, ok = awshttp.NewBuildableClient(), true
	}
	if ok {
		client = withLimits(buildable)
	}
	return httpClientFunc(func(req *http.Request) (*http.Response, error) {
		if err := checkScheme(req.URL); err != nil {
			return nil, err
		}
		return client.Do(req)
	})
}

func withLimits(b *awshttp.BuildableClient) aws.HTTPClient {
	if _, set := b.GetReadTimeout(); !set {
		b = b.WithReadTimeout(readTimeout)
	}
	frozen := b.WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout }).Freeze()
	if standard, ok := frozen.(*http.Client); ok {
		standard.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return frozen
}
