package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/smithy-go"

	"ampedit/client/wire"
)

// maxJobPages bounds how many pages of jobs are read. A service that answers with
// ever more pages is not believed.
const maxJobPages = 1000

// JobList is every job of an environment at one time.
type JobList struct {
	Jobs []wire.Job
	// Date is the service's own time when it answered the last page, zero if it
	// does not say.
	Date time.Time
}

// ListJobs reads all jobs of an environment, page by page until the service has no
// more. Their order is not documented; of a job that is on several pages, the one
// read last counts. An error means that the jobs are not known: a list is complete
// or there is none. That 1000 pages have no end, or that a page leads back to an
// earlier one, is such an error, too.
func ListJobs(ctx context.Context, api JobLister, appID, environment string) (JobList, error) {
	var list JobList
	places, tokens := map[string]int{}, map[string]bool{}
	in := wire.ListBackendJobsInput{AppID: appID, BackendEnvironmentName: environment}
	for range maxJobPages {
		page, err := api.ListBackendJobs(ctx, &in)
		if err != nil {
			return JobList{}, err
		}
		for _, job := range page.Jobs {
			id := wire.Text(job.JobID)
			if at, known := places[id]; known {
				list.Jobs[at] = job
				continue
			}
			places[id] = len(list.Jobs)
			list.Jobs = append(list.Jobs, job)
		}
		list.Date = page.Date
		token := wire.Text(page.NextToken)
		switch {
		case token == "":
			return list, nil
		case tokens[token]:
			return JobList{}, noJobList("the pages of the list lead back to an earlier one")
		}
		tokens[token] = true
		in.NextToken = page.NextToken
	}
	return JobList{}, noJobList(fmt.Sprintf("the list has not ended after %d pages", maxJobPages))
}

// ListBackendJobs reads one page of an environment's jobs, without the secrets that
// their texts may quote. An answer that is no list of jobs is an error, so that it
// cannot pass for a list without jobs: an error in an answer with status 200 is a
// *ReportedError, one that holds something else than jobs with ids a
// [smithy.DeserializationError].
func (c *Client) ListBackendJobs(ctx context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	out := new(wire.ListBackendJobsOutput)
	md, err := c.call(ctx, listBackendJobs, in, out,
		member{"AppId", in.AppID}, member{"BackendEnvironmentName", in.BackendEnvironmentName})
	if err == nil {
		err = checkJobList(out)
	}
	if err != nil {
		return nil, err
	}
	out.Date, _ = awsmiddleware.GetServerTime(md)
	return out, nil
}

// checkJobList says why an answer is no list of jobs. An object without jobs is one
// with none.
func checkJobList(out *wire.ListBackendJobsOutput) error {
	for i := range out.Jobs {
		if wire.Text(out.Jobs[i].JobID) == "" {
			return noJobList(fmt.Sprintf("entry %d of the list has no job id", i+1))
		}
	}
	for name, value := range out.Unknown {
		switch {
		case strings.EqualFold(name, "jobs"), strings.EqualFold(name, "nextToken"):
			return noJobList(fmt.Sprintf("the list is spelt in another way: %q", name))
		case len(out.Jobs) > 0:
		case name == "error", name == "Error", name == "message", name == "Message":
			if err := reportedBy(value); err != nil {
				return operationError(listBackendJobs, err)
			}
		}
	}
	return nil
}

// reportedBy returns the error that a member of an answer reports, nil if it is null
// or an empty text. What is no text is given as it stands.
func reportedBy(value json.RawMessage) error {
	var message *string
	if err := json.Unmarshal(value, &message); err != nil {
		return &ReportedError{Message: string(value)}
	}
	if wire.Text(message) == "" {
		return nil
	}
	return &ReportedError{Message: *message}
}

// noJobList is an answer that cannot be taken for a list of jobs.
func noJobList(why string) error {
	return operationError(listBackendJobs, &smithy.DeserializationError{Err: errors.New(why)})
}
