package client

import (
	"context"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/endpointcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
)

// Options are what a user may choose beside the AWS variables and the shared
// configuration files. Zero values leave the choice to those.
type Options struct {
	// Profile and Region are the names of --profile and --region.
	Profile, Region string
	// DefaultRegion is the region where neither Region nor AWS's own sources name one.
	DefaultRegion string
	// EndpointURL replaces the endpoint of every service that a Client calls.
	// Credentials are still fetched from where they always are.
	EndpointURL string
	// Logger receives the SDK's warnings and, at debug level, what LogMode asks
	// for, with secrets removed. Without a logger nothing is logged.
	Logger *slog.Logger
	// LogMode says what is logged about the requests of a Client.
	LogMode aws.ClientLogMode
	// AskMFA asks the user for a code when a profile assumes a role with MFA. It
	// may be called from any goroutine, again at each expiry, and returns
	// ErrPromptCancelled when the user gives none. Without it such a profile is
	// an error.
	AskMFA func(MFARequest) (string, error)
}

// MFARequest says what an MFA code is asked for.
type MFARequest struct {
	// Profile is the shared configuration profile that assumes the role.
	Profile string
	// RoleARN names the role, and SerialNumber the device that shows the code: the
	// ARN of a virtual one.
	RoleARN, SerialNumber string
}

// LoadConfig reads the AWS configuration. It touches neither network nor
// terminal; credentials are resolved when they are first needed. An empty region
// is not an error here, but one of New.
func LoadConfig(ctx context.Context, o Options) (aws.Config, error) {
	if o.EndpointURL != "" {
		if err := checkEndpoint(o.EndpointURL); err != nil {
			return aws.Config{}, err
		}
	}
	cfg, err := config.LoadDefaultConfig(ctx, loadOptions(o)...)
	if err != nil {
		return aws.Config{}, &ConfigError{Profile: chosenProfile(o), Err: err}
	}
	// Set only now, so that the clients that fetch credentials stay silent and
	// keep their own endpoints.
	cfg.ClientLogMode = o.LogMode
	if o.EndpointURL != "" {
		cfg.BaseEndpoint = &o.EndpointURL
		cfg.ConfigSources = append([]any{explicitEndpoint(o.EndpointURL)}, cfg.ConfigSources...)
	}
	if cfg.Credentials != nil {
		cfg.Credentials = &credentialsProvider{
			CredentialsProvider: cfg.Credentials,
			kind:                kindOf(cfg.Credentials),
			profile:             profileName(cfg),
		}
	}
	return cfg, nil
}

func loadOptions(o Options) []func(*config.LoadOptions) error {
	options := []func(*config.LoadOptions) error{
		// The automatic mode asks the instance metadata service.
		config.WithDefaultsMode(aws.DefaultsModeStandard),
		config.WithLogger(newLogger(o.Logger)),
		config.WithHTTPClient(sdkClient()),
		config.WithEndpointCredentialOptions(func(container *endpointcreds.Options) {
			container.HTTPClient = sdkClient() // it takes none from the configuration
		}),
	}
	if o.Profile != "" {
		options = append(options, config.WithSharedConfigProfile(o.Profile))
	}
	if o.Region != "" {
		options = append(options, config.WithRegion(o.Region))
	}
	if o.DefaultRegion != "" {
		options = append(options, config.WithDefaultRegion(o.DefaultRegion))
	}
	if o.AskMFA != nil {
		options = append(options, config.WithAssumeRoleCredentialOptions(func(role *stscreds.AssumeRoleOptions) {
			asked := MFARequest{Profile: chosenProfile(o), RoleARN: role.RoleARN, SerialNumber: aws.ToString(role.SerialNumber)}
			role.TokenProvider = func() (string, error) { return o.AskMFA(asked) }
		}))
	}
	return options
}

// ConfigError says that the AWS configuration could not be read.
type ConfigError struct {
	// Profile is the profile that was asked for, or "default".
	Profile string
	// Err is the SDK's error.
	Err error
}

// Error names the profile and the SDK's error.
func (e *ConfigError) Error() string {
	return "read the AWS configuration of profile " + e.Profile + ": " + e.Err.Error()
}

// Unwrap returns the SDK's error.
func (e *ConfigError) Unwrap() error { return e.Err }

// explicitEndpoint is a configuration source that comes before all others. With
// AWS_ENDPOINT_URL_… or AWS_IGNORE_CONFIGURED_ENDPOINT_URLS in the environment, a
// base endpoint alone would lose.
type explicitEndpoint string

// GetServiceBaseEndpoint gives the endpoint for any service.
func (e explicitEndpoint) GetServiceBaseEndpoint(context.Context, string) (string, bool, error) {
	return string(e), true, nil
}

// GetIgnoreConfiguredEndpoints says that configured endpoints count.
func (e explicitEndpoint) GetIgnoreConfiguredEndpoints(context.Context) (bool, bool, error) {
	return false, true, nil
}
