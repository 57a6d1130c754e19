package command

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/oidc"
	"ampedit/ui/edit"
)

// connector makes sessions with AWS.
type connector struct {
	endpointURL string
	// policy says with which profiles nothing is changed.
	policy edit.Policy
	logger *slog.Logger
	debug  bool
	// askMFA asks for the codes of MFA devices, nil for nobody to ask.
	askMFA func(client.MFARequest) (string, error)
}

// connect reads the AWS configuration and makes a session of it, without any
// network.
func (c connector) connect(ctx context.Context, access edit.Access) (*edit.Session, error) {
	cfg, err := client.LoadConfig(ctx, client.Options{
		Profile: access.Profile, Region: access.Region, DefaultRegion: access.DefaultRegion, EndpointURL: c.endpointURL,
		Logger: c.logger, LogMode: c.logMode(), AskMFA: c.askMFA,
	})
	if err != nil {
		return nil, c.logged(err)
	}
	return c.session(ctx, cfg, access)
}

func (c connector) session(ctx context.Context, cfg aws.Config, access edit.Access) (*edit.Session, error) {
	service, err := client.New(ctx, cfg)
	if err == nil && c.policy.ReadOnlyBy(service.Profile()) != "" { // the profile is known only now
		service, err = client.New(ctx, cfg, client.WithReadOnly(true))
	}
	if err != nil {
		return nil, c.logged(err)
	}
	c.logger.Info("connected", "region", service.Region(), "profile", service.Profile(), "endpoint", service.Endpoint())
	s := &edit.Session{
		Access: access, Service: service, Region: service.Region(), Profile: service.Profile(), LoginCommand: service.LoginCommand,
		Identify: func(ctx context.Context) (client.Identity, error) {
			identity, err := service.CallerIdentity(ctx)
			return identity, c.logged(err)
		},
		Mark: service.CredentialsMark, ListApps: service.ListApps, ListUserPools: service.ListUserPools,
		ProfileRegion: service.ProfileRegion(), Credentials: service.CredentialsKind().String(), Endpoint: service.Endpoint(),
	}
	if service.CredentialsKind() == client.CredentialsNone {
		s.Probe = func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, probeLimit)
			defer cancel()
			return service.RetrieveCredentials(ctx)
		}
	}
	return s, nil
}

// probeLimit is how long the instance metadata service is waited for when nothing
// is configured. Where there is one it answers within milliseconds.
const probeLimit = 1500 * time.Millisecond

// demo connects to an emulator, whatever the user's AWS configuration says.
func (c connector) demo(e *emulator.Emulator, scenario emulator.Scenario) edit.Connector {
	url := e.URL()
	var ask func(client.MFARequest) (string, error)
	if scenario == emulator.MFA {
		ask = orNobody(c.askMFA)
	}
	return func(ctx context.Context, access edit.Access) (*edit.Session, error) {
		s, err := c.session(ctx, aws.Config{
			Region:       cmp.Or(access.Region, e.Region()),
			BaseEndpoint: &url,
			Credentials:  aws.NewCredentialsCache(demoCredentials{keys: e.Credentials(), ask: ask}),
		}, access)
		if err == nil {
			s.Credentials = "the demo's own"
		}
		return s, err
	}
}

func (c connector) logMode() aws.ClientLogMode {
	if c.debug {
		return aws.LogRequest | aws.LogResponse | aws.LogRetries
	}
	return 0
}

// logged notes an error in the log and returns it.
func (c connector) logged(err error) error {
	if err != nil && !errors.Is(err, context.Canceled) {
		c.logger.Warn("not connected", "error", err)
	}
	return err
}

// checkIssuer asks an OpenID Connect provider, by way of the proxy that the
// environment names.
func checkIssuer(ctx context.Context, issuer string) (oidc.Result, error) {
	return oidc.Check(ctx, nil, issuer)
}
