package client

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"ampedit/client/redact"
)

// CredentialsKind says where credentials come from.
type CredentialsKind int

// The kinds of credentials. A role that is assumed with credentials of another
// kind counts as that other kind, unless those are plain keys.
const (
	CredentialsUnknown CredentialsKind = iota
	// CredentialsNone means that nothing is configured: the SDK would ask the
	// instance metadata service as a last resort.
	CredentialsNone
	CredentialsEnvironment
	CredentialsProfile
	CredentialsAssumeRole
	CredentialsWebIdentity
	CredentialsSSO
	CredentialsLogin
	CredentialsProcess
	CredentialsContainer
	CredentialsInstance
)

var kindNames = map[CredentialsKind]string{
	CredentialsNone:        "nothing configured",
	CredentialsEnvironment: "environment variables",
	CredentialsProfile:     "keys in the profile",
	CredentialsAssumeRole:  "assumed role",
	CredentialsWebIdentity: "web identity",
	CredentialsSSO:         "IAM Identity Center",
	CredentialsLogin:       "aws login",
	CredentialsProcess:     "credential process",
	CredentialsContainer:   "container",
	CredentialsInstance:    "instance metadata",
}

// String names the kind for people.
func (k CredentialsKind) String() string {
	return cmp.Or(kindNames[k], "unknown")
}

// CredentialsError says that credentials could not be had. Nothing was sent to
// the service.
type CredentialsError struct {
	// Kind is where they should have come from.
	Kind CredentialsKind
	// Profile is the shared configuration profile in use, or "".
	Profile string
	// Err is the SDK's error.
	Err error
}

// Error names the source and the SDK's error.
func (e *CredentialsError) Error() string {
	return fmt.Sprintf("get credentials (%v): %v", e.Kind, e.Err)
}

// Unwrap returns the SDK's error.
func (e *CredentialsError) Unwrap() error { return e.Err }

// CredentialsKind tells where credentials come from, without any network.
func (c *Client) CredentialsKind() CredentialsKind { return kindOf(c.cfg.Credentials) }

// RetrieveCredentials gets the credentials, from the cache if they are there and
// still valid. It may need network, a prompt (Options.AskMFA) or, when their kind
// is CredentialsProcess, a program that wants the terminal for itself. A failure
// is a *CredentialsError.
//
// When ctx ends first, retrieval goes on behind, and a later call joins it.
func (c *Client) RetrieveCredentials(ctx context.Context) error {
	_, err := c.credentials(ctx)
	return err
}

// CredentialsMark tells credentials apart: it is the same for the same ones, and says
// nothing of them. It gets them as RetrieveCredentials does.
func (c *Client) CredentialsMark(ctx context.Context) (string, error) {
	creds, err := c.credentials(ctx)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256([]byte(creds.AccessKeyID + "\n" + creds.SecretAccessKey + "\n" + creds.SessionToken))
	return hex.EncodeToString(sum[:]), nil
}

func (c *Client) credentials(ctx context.Context) (aws.Credentials, error) {
	if c.cfg.Credentials == nil {
		return aws.Credentials{}, &CredentialsError{Kind: CredentialsNone, Err: errors.New("the configuration has no provider")}
	}
	return c.cfg.Credentials.Retrieve(ctx)
}

// InvalidateCredentials forgets cached credentials, so that the next call gets
// new ones.
func (c *Client) InvalidateCredentials() {
	if cached, ok := c.cfg.Credentials.(interface{ Invalidate() }); ok {
		cached.Invalidate()
	}
}

// forgetExpired invalidates the cache when err says that its content is no
// longer good. What the service refused has not acted, so the user may repeat it.
func (c *Client) forgetExpired(err error) {
	if slices.Contains(staleCredentialCodes, errorCode(err)) {
		c.InvalidateCredentials()
	}
}

// staleCredentialCodes are what services answer to credentials that were good
// once.
var staleCredentialCodes = []string{"ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId"}

// credentialsProvider is the SDK's cached provider. It has the credentials
// redacted wherever they turn up, and says in errors where they should have come from.
type credentialsProvider struct {
	aws.CredentialsProvider
	kind    CredentialsKind
	profile string
}

// Retrieve returns the credentials or a *CredentialsError.
func (p *credentialsProvider) Retrieve(ctx context.Context) (aws.Credentials, error) {
	creds, err := p.CredentialsProvider.Retrieve(ctx)
	if err != nil {
		return creds, &CredentialsError{Kind: p.kind, Profile: p.profile, Err: err}
	}
	redact.Know(creds.AccessKeyID, creds.SecretAccessKey, creds.SessionToken)
	return creds, nil
}

// Invalidate empties the SDK's cache.
func (p *credentialsProvider) Invalidate() {
	if cached, ok := p.CredentialsProvider.(interface{ Invalidate() }); ok {
		cached.Invalidate()
	}
}

// ProviderSources passes on what the SDK says about the provider.
func (p *credentialsProvider) ProviderSources() []aws.CredentialSource {
	if source, ok := p.CredentialsProvider.(aws.CredentialProviderSource); ok {
		return source.ProviderSources()
	}
	return nil
}

// kinds assigns the SDK's sources, the most telling first.
var kinds = []struct {
	source aws.CredentialSource
	kind   CredentialsKind
}{
	{aws.CredentialSourceProfileSSO, CredentialsSSO},
	{aws.CredentialSourceSSO, CredentialsSSO},
	{aws.CredentialSourceProfileSSOLegacy, CredentialsSSO},
	{aws.CredentialSourceSSOLegacy, CredentialsSSO},
	{aws.CredentialSourceProfileLogin, CredentialsLogin},
	{aws.CredentialSourceLogin, CredentialsLogin},
	{aws.CredentialSourceProfileProcess, CredentialsProcess},
	{aws.CredentialSourceProcess, CredentialsProcess},
	{aws.CredentialSourceHTTP, CredentialsContainer},
	{aws.CredentialSourceEnvVarsSTSWebIDToken, CredentialsWebIdentity},
	{aws.CredentialSourceProfileSTSWebIDToken, CredentialsWebIdentity},
	{aws.CredentialSourceIMDS, CredentialsInstance},
	{aws.CredentialSourceSTSAssumeRole, CredentialsAssumeRole},
	{aws.CredentialSourceEnvVars, CredentialsEnvironment},
	{aws.CredentialSourceProfile, CredentialsProfile},
	{aws.CredentialSourceCode, CredentialsProfile},
}

func kindOf(provider aws.CredentialsProvider) CredentialsKind {
	if provider == nil {
		return CredentialsNone
	}
	described, ok := provider.(aws.CredentialProviderSource)
	if !ok {
		return CredentialsUnknown
	}
	sources := described.ProviderSources()
	if len(sources) == 1 && sources[0] == aws.CredentialSourceIMDS && !wantsInstanceMetadata() {
		return CredentialsNone
	}
	for _, k := range kinds {
		if slices.Contains(sources, k.source) {
			return k.kind
		}
	}
	return CredentialsUnknown
}

// wantsInstanceMetadata reports whether the environment asks for the instance
// metadata service, which the SDK otherwise takes as its last resort.
func wantsInstanceMetadata() bool {
	return os.Getenv("AWS_EC2_METADATA_SERVICE_ENDPOINT") != "" ||
		strings.EqualFold(os.Getenv("AWS_EC2_METADATA_DISABLED"), "false")
}

// profileName returns the shared configuration profile that cfg was read from.
func profileName(cfg aws.Config) string {
	for _, source := range cfg.ConfigSources {
		if shared, ok := source.(config.SharedConfig); ok {
			return shared.Profile
		}
	}
	return ""
}

// chosenProfile returns the profile that will be read, as the SDK chooses it.
func chosenProfile(o Options) string {
	return cmp.Or(o.Profile, os.Getenv("AWS_PROFILE"), os.Getenv("AWS_DEFAULT_PROFILE"), config.DefaultSharedConfigProfile)
}
