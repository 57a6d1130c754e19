package edit

import (
	"context"

	"ampedit/client"
)

// Access says with what to call AWS. Empty members mean what the environment and
// the shared configuration say.
type Access struct {
	Profile, Region string
	// DefaultRegion is the region where neither Region nor AWS's own sources say one.
	DefaultRegion string
	// RegionFrom says who states the region, as far as it is not the profile; "" if
	// nobody is known to.
	RegionFrom string
}

// Session is a connection to the services, made without any network.
type Session struct {
	Access Access
	// Service is AmplifyBackend in the region below.
	Service client.API
	// Region is the region that requests go to.
	Region string
	// Profile is the shared configuration profile in use, "" for none.
	Profile string
	// ProfileRegion is the region that the profile states, "" for none.
	ProfileRegion string
	// Credentials says in words where credentials come from, Endpoint is the URL that
	// AmplifyBackend is called at.
	Credentials, Endpoint string
	// Identify asks STS who the credentials belong to.
	Identify func(context.Context) (client.Identity, error)
	// Mark tells credentials apart, without saying what they are; nil if they cannot be.
	Mark func(context.Context) (string, error)
	// ListApps and ListUserPools list, at most so many pages.
	ListApps      func(ctx context.Context, pages int) ([]client.App, bool, error)
	ListUserPools func(ctx context.Context, pages int) ([]client.UserPool, bool, error)
	// LoginCommand returns the words of the command that signs in anew after an
	// error, nil if no command helps.
	LoginCommand func(err error) []string
	// Probe is set if no credentials are configured: it looks in the background, for
	// a moment, whether this machine has some of its own. It returns why there are
	// none.
	Probe func(context.Context) error
	// Identity is what Identify said, zero before it did, and IdentityErr why it said
	// nothing.
	Identity    client.Identity
	IdentityErr error
}

// Connector makes a session. It reads files, but needs no network.
type Connector func(context.Context, Access) (*Session, error)

// Target names the API to edit.
type Target struct {
	AppID, Environment, ResourceName string
}

// Complete reports whether nothing of the target is missing.
func (t Target) Complete() bool {
	return t.AppID != "" && t.Environment != "" && t.ResourceName != ""
}
