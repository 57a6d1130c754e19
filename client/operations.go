package client

import (
	"context"
	"errors"
	"net/http"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"

	"ampedit/client/wire"
)

// JobReader reads one job.
type JobReader interface {
	GetBackendJob(context.Context, *wire.GetBackendJobInput) (*wire.Job, error)
}

// JobLister reads a page of an environment's jobs.
type JobLister interface {
	ListBackendJobs(context.Context, *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error)
}

// API is the part of AmplifyBackend that ampedit uses. *Client implements it.
type API interface {
	JobReader
	JobLister
	UpdateBackendAPI(context.Context, *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error)
	GetBackendAPI(context.Context, *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error)
	GetBackend(context.Context, *wire.GetBackendInput) (*wire.GetBackendOutput, error)
}

var _ API = (*Client)(nil)

// operation is an operation's HTTP trait in the service model.
type operation struct {
	name, method, path string
	mutates            bool
}

// member is a required request member by its name in the service model.
type member struct{ name, value string }

var (
	updateBackendAPI = operation{"UpdateBackendAPI", http.MethodPost, "/backend/{AppId}/api/{BackendEnvironmentName}", true}
	getBackendAPI    = operation{"GetBackendAPI", http.MethodPost, "/backend/{AppId}/api/{BackendEnvironmentName}/details", false}
	getBackendJob    = operation{"GetBackendJob", http.MethodGet, "/backend/{AppId}/job/{BackendEnvironmentName}/{JobId}", false}
	listBackendJobs  = operation{"ListBackendJobs", http.MethodPost, "/backend/{AppId}/job/{BackendEnvironmentName}", false}
	getBackend       = operation{"GetBackend", http.MethodPost, "/backend/{AppId}/details", false}
)

// UpdateBackendAPI asks for a new configuration. The body sent is exactly
// wire.Body(in), and it is sent at most once: nothing in here repeats it.
//
// An answer with status 2xx that holds a JSON object is returned as it is, also if
// it carries an error or names no job; what that means is for the caller to judge.
// Everything else is an *UpdateError, which says whether the service may have
// acted. A client with WithReadOnly refuses with ErrReadOnly in it.
func (c *Client) UpdateBackendAPI(ctx context.Context, in *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error) {
	if c.readOnly {
		return nil, operationError(updateBackendAPI, &UpdateError{Effect: DidNotAct, Err: ErrReadOnly})
	}
	out := new(wire.UpdateBackendAPIOutput)
	md, err := c.call(ctx, updateBackendAPI, in, out,
		member{"AppId", in.AppID}, member{"BackendEnvironmentName", in.BackendEnvironmentName}, member{"ResourceName", in.ResourceName})
	if err != nil {
		return nil, err
	}
	out.RequestID, _ = awsmiddleware.GetRequestIDMetadata(md)
	return out, nil
}

// GetBackendAPI reads the configuration of an API. An error that the service
// reports in an answer with status 200 is a *ReportedError.
func (c *Client) GetBackendAPI(ctx context.Context, in *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	out := new(wire.GetBackendAPIOutput)
	_, err := c.call(ctx, getBackendAPI, in, out,
		member{"AppId", in.AppID}, member{"BackendEnvironmentName", in.BackendEnvironmentName}, member{"ResourceName", in.ResourceName})
	if err == nil {
		err = reportedIn(getBackendAPI, out.Error)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// GetBackendJob reads a job, without the secrets that its texts may quote. The error
// of a job that failed is part of the job; an error in an answer that has neither
// job id nor status is a *ReportedError.
func (c *Client) GetBackendJob(ctx context.Context, in *wire.GetBackendJobInput) (*wire.Job, error) {
	out := new(wire.Job)
	_, err := c.call(ctx, getBackendJob, nil, out,
		member{"AppId", in.AppID}, member{"BackendEnvironmentName", in.BackendEnvironmentName}, member{"JobId", in.JobID})
	if err != nil {
		return nil, err
	}
	if wire.Text(out.JobID) == "" && out.Status == nil {
		if err := reportedIn(getBackendJob, out.Error); err != nil {
			return nil, err
		}
		return nil, operationError(getBackendJob, &smithy.DeserializationError{Err: errors.New("the answer holds no job")})
	}
	return out, nil
}

// GetBackend reads an app's metadata and the names of its environments. An error
// that the service reports in an answer with status 200 is a *ReportedError.
func (c *Client) GetBackend(ctx context.Context, in *wire.GetBackendInput) (*wire.GetBackendOutput, error) {
	out := new(wire.GetBackendOutput)
	_, err := c.call(ctx, getBackend, in, out, member{"AppId", in.AppID})
	if err == nil {
		err = reportedIn(getBackend, out.Error)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

func reportedIn(op operation, message *string) error {
	if wire.Text(message) == "" {
		return nil
	}
	return operationError(op, &ReportedError{Message: *message})
}

// operationError names the operation in an error, as generated clients do.
func operationError(op operation, err error) error {
	return &smithy.OperationError{ServiceID: serviceID, OperationName: op.name, Err: err}
}
