package wire

import "time"

// JobStatus is the state of a job as the service words it. The service model
// lists no states, so any text may come, and none has to be understood.
type JobStatus string

// UpdateBackendAPIInput asks for a new configuration of an API. AppID,
// BackendEnvironmentName and ResourceName are required.
type UpdateBackendAPIInput struct {
	AppID                  string          `json:"-"`
	BackendEnvironmentName string          `json:"-"`
	ResourceName           string          `json:"resourceName"`
	ResourceConfig         *ResourceConfig `json:"resourceConfig,omitzero"`
}

// UpdateBackendAPIOutput names the job that carries the update out. All six
// members are optional in the service model; Error may be set in an answer with
// status 200, with a job or without.
type UpdateBackendAPIOutput struct {
	AppID                  *string    `json:"appId,omitzero"`
	BackendEnvironmentName *string    `json:"backendEnvironmentName,omitzero"`
	Error                  *string    `json:"error,omitzero"`
	JobID                  *string    `json:"jobId,omitzero"`
	Operation              *string    `json:"operation,omitzero"`
	Status                 *JobStatus `json:"status,omitzero"`
	Unknown                Members    `json:"-"`
	// RequestID is the service's identifier of the request, from a header, or "".
	RequestID string `json:"-"`
}

// GetBackendAPIInput asks for the configuration of an API. All three members
// are required.
type GetBackendAPIInput struct {
	AppID                  string `json:"-"`
	BackendEnvironmentName string `json:"-"`
	ResourceName           string `json:"resourceName"`
}

// GetBackendAPIOutput is the configuration of an API as the service keeps it.
type GetBackendAPIOutput struct {
	AppID                  *string         `json:"appId,omitzero"`
	BackendEnvironmentName *string         `json:"backendEnvironmentName,omitzero"`
	Error                  *string         `json:"error,omitzero"`
	ResourceConfig         *ResourceConfig `json:"resourceConfig,omitzero"`
	ResourceName           *string         `json:"resourceName,omitzero"`
	Unknown                Members         `json:"-"`
}

// GetBackendInput asks about an app and its environments. Only AppID is
// required.
type GetBackendInput struct {
	AppID                  string  `json:"-"`
	BackendEnvironmentName *string `json:"backendEnvironmentName,omitzero"`
}

// GetBackendOutput tells about an app. AmplifyMetaConfig and
// AmplifyFeatureFlags are JSON documents in strings.
type GetBackendOutput struct {
	AmplifyFeatureFlags    *string  `json:"amplifyFeatureFlags,omitzero"`
	AmplifyMetaConfig      *string  `json:"amplifyMetaConfig,omitzero"`
	AppID                  *string  `json:"appId,omitzero"`
	AppName                *string  `json:"appName,omitzero"`
	BackendEnvironmentList []string `json:"backendEnvironmentList,omitzero"`
	BackendEnvironmentName *string  `json:"backendEnvironmentName,omitzero"`
	Error                  *string  `json:"error,omitzero"`
	Unknown                Members  `json:"-"`
}

// GetBackendJobInput names a job. All three members are required.
type GetBackendJobInput struct {
	AppID                  string `json:"-"`
	BackendEnvironmentName string `json:"-"`
	JobID                  string `json:"-"`
}

// Job is BackendJobRespObj and GetBackendJobOutput of the service model. Status,
// operation and times are plain strings there, without an enumeration.
type Job struct {
	AppID                  *string    `json:"appId,omitzero"`
	BackendEnvironmentName *string    `json:"backendEnvironmentName,omitzero"`
	CreateTime             *string    `json:"createTime,omitzero"`
	Error                  *string    `json:"error,omitzero"`
	JobID                  *string    `json:"jobId,omitzero"`
	Operation              *string    `json:"operation,omitzero"`
	Status                 *JobStatus `json:"status,omitzero"`
	UpdateTime             *string    `json:"updateTime,omitzero"`
	Unknown                Members    `json:"-"`
}

// ListBackendJobsInput asks for a page of an environment's jobs. AppID and
// BackendEnvironmentName are required; MaxResults is 1 to 25.
type ListBackendJobsInput struct {
	AppID                  string  `json:"-"`
	BackendEnvironmentName string  `json:"-"`
	JobID                  *string `json:"jobId,omitzero"`
	MaxResults             *int    `json:"maxResults,omitzero"`
	NextToken              *string `json:"nextToken,omitzero"`
	Operation              *string `json:"operation,omitzero"`
	Status                 *string `json:"status,omitzero"`
}

// ListBackendJobsOutput is a page of jobs, in an order that is not documented.
type ListBackendJobsOutput struct {
	Jobs      []Job   `json:"jobs,omitzero"`
	NextToken *string `json:"nextToken,omitzero"`
	Unknown   Members `json:"-"`
	// Date is the service's own time when it answered, from the Date header; zero
	// if there was none or it could not be read. It is exact to a second.
	Date time.Time `json:"-"`
}

// UnmarshalJSON keeps members that it does not know.
func (o *UpdateBackendAPIOutput) UnmarshalJSON(data []byte) error {
	type plain UpdateBackendAPIOutput
	return decodeMembers(data, (*plain)(o), &o.Unknown)
}

// UnmarshalJSON keeps members that it does not know.
func (o *GetBackendAPIOutput) UnmarshalJSON(data []byte) error {
	type plain GetBackendAPIOutput
	return decodeMembers(data, (*plain)(o), &o.Unknown)
}

// UnmarshalJSON keeps members that it does not know.
func (o *GetBackendOutput) UnmarshalJSON(data []byte) error {
	type plain GetBackendOutput
	return decodeMembers(data, (*plain)(o), &o.Unknown)
}

// UnmarshalJSON keeps members that it does not know.
func (j *Job) UnmarshalJSON(data []byte) error {
	type plain Job
	return decodeMembers(data, (*plain)(j), &j.Unknown)
}

// UnmarshalJSON keeps members that it does not know.
func (o *ListBackendJobsOutput) UnmarshalJSON(data []byte) error {
	type plain ListBackendJobsOutput
	return decodeMembers(data, (*plain)(o), &o.Unknown)
}
