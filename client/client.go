package client

import (
	"context"
	"net/url"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/config"
)

// Client calls AmplifyBackend, and the few operations of other services that
// help to find a backend. It is safe for concurrent use.
type Client struct {
	cfg      aws.Config
	endpoint *url.URL
	retryer  aws.RetryerV2 // one for all calls: they share quota and rate limit
	signer   *v4.Signer
	skew     atomic.Int64 // nanoseconds the service's clock is ahead of ours
	clock    Clock
	readOnly bool
}

// Option changes how a Client works.
type Option func(*Client)

// WithReadOnly makes a client refuse UpdateBackendAPI with ErrReadOnly before
// anything is sent. Which operations are refused does not depend on the HTTP
// method: most of the service's reads are POSTs.
func WithReadOnly(readOnly bool) Option {
	return func(c *Client) { c.readOnly = readOnly }
}

// WithClock makes a client sign with the time of clock instead of SystemClock.
func WithClock(clock Clock) Option {
	return func(c *Client) { c.clock = clock }
}

// New makes a client of a configuration, usually one from LoadConfig. It does
// all that needs no network: it checks the region and the endpoint, which must
// use https unless it is on this machine. A missing region is an
// [aws.MissingRegionError], an unusable endpoint an [EndpointError].
func New(ctx context.Context, cfg aws.Config, options ...Option) (*Client, error) {
	endpoint, err := resolveEndpoint(ctx, cfg)
	if err != nil {
		return nil, err
	}
	cfg = cfg.Copy()
	cfg.HTTPClient = httpClient(cfg.HTTPClient)
	c := &Client{
		cfg:      cfg,
		endpoint: endpoint,
		retryer:  newRetryer(cfg),
		signer:   v4.NewSigner(),
		clock:    SystemClock{},
	}
	for _, option := range options {
		option(c)
	}
	return c, nil
}

// Region returns the region that requests are signed for.
func (c *Client) Region() string { return c.cfg.Region }

// Endpoint returns the URL below which the operations of AmplifyBackend are.
func (c *Client) Endpoint() string { return c.endpoint.String() }

// Profile returns the name of the shared configuration profile in use, or ""
// when there is none.
func (c *Client) Profile() string { return profileName(c.cfg) }

// ProfileRegion returns the region that the profile in use states, or "".
func (c *Client) ProfileRegion() string {
	for _, source := range c.cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok {
			return shared.Region
		}
	}
	return ""
}

// ReadOnly reports whether UpdateBackendAPI is refused.
func (c *Client) ReadOnly() bool { return c.readOnly }
