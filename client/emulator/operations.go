package emulator

import (
	"net/http"
	"slices"
	"time"
)

// call is one request that passed the checks of its operation.
type call struct {
	labels map[string]string // path labels, decoded
	input  object            // body members or query parameters
	now    time.Time
	update *update // of UpdateBackendAPI: what is remembered of the request
}

// operation is one row of the routing table.
type operation struct {
	name    string
	service *service
	method  string
	path    string // with {labels}
	target  string // X-Amz-Target, where several operations share a path
	body    *shape // nil where no body belongs
	query   *shape // nil where no query parameter belongs
	answer  *shape
	run     func(*backend, call) (object, error)
}

var operations = []*operation{
	{name: updateOperation, service: amplifyBackend, method: http.MethodPost,
		path: "/backend/{appId}/api/{backendEnvironmentName}", body: apiShape, answer: updateAnswer, run: (*backend).updateBackendAPI},
	{name: "GetBackendAPI", service: amplifyBackend, method: http.MethodPost,
		path: "/backend/{appId}/api/{backendEnvironmentName}/details", body: apiShape, answer: getAPIAnswer, run: (*backend).getBackendAPI},
	{name: "GetBackendJob", service: amplifyBackend, method: http.MethodGet,
		path: "/backend/{appId}/job/{backendEnvironmentName}/{jobId}", answer: jobShape, run: (*backend).getBackendJob},
	{name: "ListBackendJobs", service: amplifyBackend, method: http.MethodPost,
		path: "/backend/{appId}/job/{backendEnvironmentName}", body: listJobsShape, answer: listJobsAnswer, run: (*backend).listBackendJobs},
	{name: "GetBackend", service: amplifyBackend, method: http.MethodPost,
		path: "/backend/{appId}/details", body: getBackendShape, answer: getBackendAnswer, run: (*backend).getBackend},
	{name: "ListApps", service: amplify, method: http.MethodGet,
		path: "/apps", query: listAppsShape, answer: listAppsAnswer, run: (*backend).listApps},
	{name: "ListUserPools", service: cognito, method: http.MethodPost,
		path: "/", target: "AWSCognitoIdentityProviderService.ListUserPools", body: listUserPoolsShape, answer: listUserPoolsAnswer, run: (*backend).listUserPools},
	{name: "GetCallerIdentity", service: sts, method: http.MethodPost,
		path: "/", body: getCallerIdentityShape, answer: getCallerIdentityAnswer, run: (*backend).getCallerIdentity},
}

func (b *backend) updateBackendAPI(c call) (object, error) {
	appID, name := c.labels["appId"], c.labels["backendEnvironmentName"]
	env, err := b.environment(appID, name, c.now)
	if err != nil {
		return nil, err
	}
	target, err := env.resource(c.input["resourceName"].(string))
	if err != nil {
		return nil, err
	}
	if env.pending(c.now) {
		return nil, pendingJob(appID, name)
	}
	change, _ := c.input["resourceConfig"].(object)
	j, err := b.startJob(env, b.nextMade(c.now), target, change)
	if err != nil {
		return nil, err
	}
	j.update, c.update.jobID = c.update.number, j.ID
	return object{
		"appId":                  appID,
		"backendEnvironmentName": name,
		"jobId":                  j.ID,
		"operation":              j.Operation,
		"status":                 j.status(c.now),
	}, nil
}

// pendingJob is the refusal users report when an environment is busy
// (aws-amplify/amplify-cli issue 9295). The model does not declare its code.
func pendingJob(appID, env string) error {
	return &failure{
		status: http.StatusBadRequest,
		code:   "ValidationException",
		message: "There is already a pending job for the requested appId: " + appID +
			" and backendEnvironmentName: " + env + ", wait for it to complete before creating a new job.",
	}
}

func (b *backend) getBackendAPI(c call) (object, error) {
	appID, name := c.labels["appId"], c.labels["backendEnvironmentName"]
	env, err := b.environment(appID, name, c.now)
	if err != nil {
		return nil, err
	}
	r, err := env.resource(c.input["resourceName"].(string))
	if err != nil {
		return nil, err
	}
	return object{
		"appId":                  appID,
		"backendEnvironmentName": name,
		"resourceConfig":         r.config,
		"resourceName":           r.name,
	}, nil
}

func (b *backend) getBackendJob(c call) (object, error) {
	appID, name := c.labels["appId"], c.labels["backendEnvironmentName"]
	env, err := b.environment(appID, name, c.now)
	if err != nil {
		return nil, err
	}
	j, err := env.job(c.labels["jobId"], c.now)
	if err != nil {
		return nil, err
	}
	j.reads++
	return b.describe(j, appID, name, c.now), nil
}

var jobPages = pager{list: "jobs", key: "jobId", size: "maxResults", token: "nextToken", most: 25}

// listBackendJobs answers with the newest job first. The service documents no
// order.
func (b *backend) listBackendJobs(c call) (object, error) {
	appID, name := c.labels["appId"], c.labels["backendEnvironmentName"]
	env, err := b.environment(appID, name, c.now)
	if err != nil {
		return nil, err
	}
	described, shown := []object{}, []*job{}
	for _, j := range slices.Backward(env.jobs) {
		if d := b.describe(j, appID, name, c.now); j.visible(c.now) && matches(d, c.input, "jobId", "operation", "status") {
			described, shown = append(described, d), append(shown, j)
		}
	}
	from, to, err := b.jobPages.cut(described, c.input)
	if err != nil {
		return nil, err
	}
	for _, j := range shown[from:to] {
		j.lists++
	}
	return b.jobPages.answer(described, from, to, c.input), nil
}

// matches reports whether d has the value filter gives for each of names.
// A name without a filter, or with an empty one, matches all.
func matches(d, filter object, names ...string) bool {
	for _, name := range names {
		if want, ok := filter[name]; ok && want != "" && want != d[name] {
			return false
		}
	}
	return true
}

// getBackend answers amplifyMetaConfig only when an environment is named: the
// meta data are an environment's.
func (b *backend) getBackend(c call) (object, error) {
	a, err := b.app(c.labels["appId"])
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, env := range a.environments {
		names = append(names, env.name)
	}
	out := object{
		"amplifyFeatureFlags":    string(marshal(featureFlags)),
		"appId":                  a.id,
		"appName":                a.name,
		"backendEnvironmentList": names,
	}
	name, ok := c.input["backendEnvironmentName"].(string)
	if !ok {
		return out, nil
	}
	env, err := b.environment(a.id, name, c.now)
	if err != nil {
		return nil, err
	}
	out["backendEnvironmentName"] = name
	out["amplifyMetaConfig"] = string(marshal(meta(a, env)))
	return out, nil
}
