package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/amplify"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"ampedit/client/loopback"
)

// EndpointError says that an endpoint or a region cannot be used. Nothing has
// been sent.
type EndpointError struct {
	// Endpoint is the URL or the region in question.
	Endpoint string
	// Err says what is wrong with it.
	Err error
}

// Error names the endpoint and what is wrong with it.
func (e *EndpointError) Error() string { return fmt.Sprintf("endpoint %q: %v", e.Endpoint, e.Err) }

// Unwrap returns what is wrong.
func (e *EndpointError) Unwrap() error { return e.Err }

// RetryableError tells the SDK's retryer that trying again does not help.
func (e *EndpointError) RetryableError() bool { return false }

// resolveEndpoint finds the service's URL as a generated client does: an
// explicit one, AWS_ENDPOINT_URL_AMPLIFYBACKEND, AWS_ENDPOINT_URL, the services
// section of the profile, its endpoint_url, and then the rules of the partitions
// with FIPS and dual-stack.
func resolveEndpoint(ctx context.Context, cfg aws.Config) (*url.URL, error) {
	if cfg.Region == "" { // signatures need it even with an endpoint of one's own
		return nil, fmt.Errorf("no region is set: %w", &aws.MissingRegionError{})
	}
	if !smithyhttp.ValidHostLabel(cfg.Region) { // or it could steer the host name
		return nil, &EndpointError{cfg.Region, errors.New("this is not the name of a region")}
	}
	custom := configuredEndpoint(ctx, cfg)
	if custom != nil {
		if err := checkEndpoint(*custom); err != nil {
			return nil, err
		}
	}
	// Both services follow the standard regional rules; only the first word of
	// the host differs. Borrowing them keeps the table of partitions out of here.
	resolved, err := amplify.NewDefaultEndpointResolverV2().ResolveEndpoint(ctx, amplify.EndpointParameters{
		Region:       &cfg.Region,
		UseFIPS:      aws.Bool(useFIPS(ctx, cfg)),
		UseDualStack: aws.Bool(useDualStack(ctx, cfg)),
		Endpoint:     custom,
	})
	if err != nil {
		return nil, &EndpointError{aws.ToString(custom), fmt.Errorf("resolve the endpoint in region %s: %w", cfg.Region, err)}
	}
	endpoint := resolved.URI
	if custom == nil {
		rest, ok := strings.CutPrefix(endpoint.Host, "amplify")
		if !ok {
			return nil, &EndpointError{endpoint.String(), errors.New("the partition rules gave an unexpected host")}
		}
		endpoint.Host = signingName + rest
	}
	return &endpoint, nil
}

// checkEndpoint accepts an absolute http or https URL of a host, with a path at
// most.
func checkEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	switch {
	case err != nil:
		var cause *url.Error // its text repeats the URL
		if errors.As(err, &cause) {
			err = cause.Err
		}
		return &EndpointError{endpoint, err}
	case u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return &EndpointError{endpoint, errors.New("it must be an http or https URL with a host")}
	case u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return &EndpointError{u.Redacted(), errors.New("it must not have a user, a query or a fragment")}
	}
	return checkScheme(u)
}

// checkScheme lets plain http go to this machine only: a request carries a
// session token and the whole configuration.
func checkScheme(u *url.URL) error {
	if u.Scheme == "https" || loopback.Is(u.Hostname()) {
		return nil
	}
	return &EndpointError{u.Scheme + "://" + u.Host, errors.New("plain http is allowed to this machine only; use https")}
}

// configuredEndpoint returns the URL that the user configured, or nil.
func configuredEndpoint(ctx context.Context, cfg aws.Config) *string {
	type ignores interface {
		GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error)
	}
	type endpoints interface {
		GetServiceBaseEndpoint(context.Context, string) (string, bool, error)
	}
	ignore, _ := configured(cfg, func(s ignores) (bool, bool, error) { return s.GetIgnoreConfiguredEndpoints(ctx) })
	_, forAll := os.LookupEnv("AWS_ENDPOINT_URL")
	_, forService := os.LookupEnv("AWS_ENDPOINT_URL_AMPLIFYBACKEND")
	if ignore || forAll && !forService { // then services sections do not count
		return cfg.BaseEndpoint
	}
	endpoint, found := configured(cfg, func(s endpoints) (string, bool, error) { return s.GetServiceBaseEndpoint(ctx, serviceID) })
	if found {
		return &endpoint
	}
	return cfg.BaseEndpoint
}

func useFIPS(ctx context.Context, cfg aws.Config) bool {
	type source interface {
		GetUseFIPSEndpoint(context.Context) (aws.FIPSEndpointState, bool, error)
	}
	state, _ := configured(cfg, func(s source) (aws.FIPSEndpointState, bool, error) { return s.GetUseFIPSEndpoint(ctx) })
	return state == aws.FIPSEndpointStateEnabled
}

func useDualStack(ctx context.Context, cfg aws.Config) bool {
	type source interface {
		GetUseDualStackEndpoint(context.Context) (aws.DualStackEndpointState, bool, error)
	}
	state, _ := configured(cfg, func(s source) (aws.DualStackEndpointState, bool, error) { return s.GetUseDualStackEndpoint(ctx) })
	return state == aws.DualStackEndpointStateEnabled
}

// configured asks the sources of a configuration in their order, which is that of
// precedence. Sources offer a setting by having its method.
func configured[Source, Value any](cfg aws.Config, get func(Source) (Value, bool, error)) (value Value, found bool) {
	for _, s := range cfg.ConfigSources {
		if source, ok := s.(Source); ok {
			if v, found, err := get(source); err == nil && found {
				return v, true
			}
		}
	}
	return value, false
}
