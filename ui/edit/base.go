package edit

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ampedit/client"
	"ampedit/client/project"
	"ampedit/client/wire"
)

// Base is a configuration as it was read from the service.
type Base struct {
	Target Target
	// Local is set if the configuration is what the local project says, which may
	// be stale, because the service's could not be read.
	Local bool
	// Config is never nil; a service that knows no configuration gives an empty
	// one.
	Config *wire.ResourceConfig
	// SchemaPath is where the local project keeps its schema, "" if that is not known.
	SchemaPath string
	Read       time.Time
	// KeyEnd is when the present API key ends, zero if that is not known.
	KeyEnd time.Time
	// AppName and Environments are empty if GetBackend gave no answer.
	AppName      string
	Environments []string
	// Resources are the names of the environment's AppSync APIs.
	Resources []string
	// Transformer is the version of Amplify's GraphQL transformer that the backend
	// is set to, 1 or 2; 0 if that is not known.
	Transformer int
	// Findings are what the backend's metadata says that a request cannot.
	Findings []project.Finding
}

// ReadBase reads the deployed configuration. What GetBackend adds is welcome, but
// its failure is none of ReadBase.
func ReadBase(ctx context.Context, service client.API, t Target, now func() time.Time) (*Base, error) {
	got, err := service.GetBackendAPI(ctx, &wire.GetBackendAPIInput{
		AppID: t.AppID, BackendEnvironmentName: t.Environment, ResourceName: t.ResourceName,
	})
	if err != nil {
		return nil, fmt.Errorf("read the deployed configuration of %s in %s of %s: %w", t.ResourceName, t.Environment, t.AppID, err)
	}
	b := &Base{Target: t, Config: got.ResourceConfig, Read: now()}
	if b.Config == nil {
		b.Config = &wire.ResourceConfig{}
	}
	_ = b.addBackend(ctx, service) // it only adds to what is known
	return b, nil
}

func (b *Base) addBackend(ctx context.Context, service client.API) error {
	in := &wire.GetBackendInput{AppID: b.Target.AppID}
	if b.Target.Environment != "" {
		in.BackendEnvironmentName = &b.Target.Environment
	}
	about, err := service.GetBackend(ctx, in)
	if err != nil {
		return err
	}
	b.Environments = about.BackendEnvironmentList
	b.AppName = text(about.AppName)
	backend := project.FromService(b.Target.Environment, text(about.AmplifyMetaConfig), text(about.AmplifyFeatureFlags))
	b.KeyEnd, b.Findings = backend.KeyExpires().Value, backend.Findings
	b.Transformer = backend.TransformerVersion.Value
	for _, name := range backend.Resources {
		b.Resources = append(b.Resources, name.Value)
	}
	return nil
}

func text[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

// MovedError says that the deployed configuration is no longer the one that the
// change was made against. Nothing was sent.
type MovedError struct {
	// Base is the configuration as it is now.
	Base *Base
}

// Error says what moved and what to do.
func (e *MovedError) Error() string {
	return "the deployed configuration has changed since it was read; nothing was sent. Look at the plan again and approve it anew"
}

// SchemaMovedError says that the schema's files have changed since the plan was
// approved. Nothing was sent.
type SchemaMovedError struct {
	// Schema is what the path gives now.
	Schema Schema
}

// Error says what moved and what to do.
func (e *SchemaMovedError) Error() string {
	return "the schema at " + e.Schema.Path + " has changed since the plan was made; nothing was sent. Look at the plan again and approve it anew"
}

// Moved reports whether err says that something changed between plan and
// sending.
func Moved(err error) bool {
	var base *MovedError
	var schema *SchemaMovedError
	return errors.As(err, &base) || errors.As(err, &schema)
}
