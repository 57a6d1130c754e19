package client

import (
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// Time limits. The SDK has none for a server that stays silent. API Gateway gives
// up after 29 s, so that its answer comes before our limits.
const (
	dialTimeout = 10 * time.Second
	readTimeout = 40 * time.Second // without a byte
)

// attemptLimit bounds one attempt of any operation, from dialling to the last byte
// of the answer: an answer that trickles never meets the read timeout.
var attemptLimit = 60 * time.Second

// httpClientFunc is an aws.HTTPClient that is a function.
type httpClientFunc func(*http.Request) (*http.Response, error)

// Do calls f.
func (f httpClientFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }

// sdkClient is what the SDK sends through while it fetches credentials. It stays
// the SDK's own type: only to that does config add the certificates of
// AWS_CA_BUNDLE, and the metadata client its short time limits. Such copies keep
// the limits and the guard, which therefore sits in the transport.
func sdkClient() *awshttp.BuildableClient {
	return limited(awshttp.NewBuildableClient()).WithTransportOptions(func(t *http.Transport) { t.Proxy = guardedProxy })
}

// limited sets the time limits that b does not have.
func limited(b *awshttp.BuildableClient) *awshttp.BuildableClient {
	if _, set := b.GetReadTimeout(); !set {
		b = b.WithReadTimeout(readTimeout)
	}
	if b.GetTimeout() == 0 {
		b = b.WithTimeout(attemptLimit)
	}
	return b.WithDialerOptions(func(d *net.Dialer) { d.Timeout = dialTimeout })
}

// guardedProxy makes a transport refuse plain http to other machines. A transport
// asks for the proxy of a request before it connects anywhere, and gives up if that
// fails; it asks about every request over plain http, redirected ones included.
func guardedProxy(req *http.Request) (*url.URL, error) {
	if !onItsLink(req.URL) {
		if err := checkScheme(req.URL); err != nil {
			return nil, err
		}
	}
	return http.ProxyFromEnvironment(req)
}

// onItsLink reports whether u is of a service on a link of the machine that speaks
// plain http and nothing else: the instance metadata of EC2, and the credentials of
// containers in ECS and EKS.
func onItsLink(u *url.URL) bool {
	switch strings.ToLower(u.Hostname()) {
	case "169.254.169.254", "fd00:ec2::254":
		return strings.HasPrefix(u.Path, "/latest/")
	case "169.254.170.2", "169.254.170.23", "fd00:ec2::23":
		return true
	}
	return false
}

// httpClient returns what a Client's requests are sent through: client itself, if
// it is not the SDK's own, else a copy of that with time limits, which keeps a
// certificate bundle that the configuration put there. Two things are refused.
// Redirects are not followed: that would send a signed update, and a session
// token, a second time and elsewhere. Plain http goes to this machine only.
func httpClient(client aws.HTTPClient) aws.HTTPClient {
	buildable, ok := client.(*awshttp.BuildableClient)
	if client == nil {
		buildable, ok = awshttp.NewBuildableClient(), true
	}
	if ok {
		client = withoutRedirects(limited(buildable))
	}
	return httpClientFunc(func(req *http.Request) (*http.Response, error) {
		if err := checkScheme(req.URL); err != nil {
			return nil, err
		}
		return client.Do(req)
	})
}

func withoutRedirects(b *awshttp.BuildableClient) aws.HTTPClient {
	frozen := b.Freeze()
	if standard, ok := frozen.(*http.Client); ok {
		standard.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	return frozen
}
