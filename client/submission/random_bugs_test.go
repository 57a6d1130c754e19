package submission_test

import (
	"context"
	"errors"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// bug is one that is planted to see that it is noticed.
type bug string

const (
	noBug        bug = ""
	firstJob     bug = "the first new job is adopted"
	inEffect     bug = "in effect counts as done"
	repeats500   bug = "a 500 is repeated"
	partOfList   bug = "a part of the list counts as the whole"
	earlyFailure bug = "FAILED is believed before the window is over"
)

// plant plants the bugs that are in what events mean.
func (b bug) plant(s *submission.Submission, e submission.Event) {
	switch b {
	case firstJob:
		submission.PlantFirstJob(s, e)
	case inEffect:
		submission.PlantInEffect(s, e)
	case earlyFailure:
		submission.PlantEarlyFailure(s, e)
	}
}

// wrap plants the bugs that are in what the service is asked.
func (b bug) wrap(api client.API) client.API {
	switch b {
	case repeats500:
		return repeating{api}
	case partOfList:
		return firstPage{api}
	}
	return api
}

// repeating sends an update again after a 500.
type repeating struct{ client.API }

func (r repeating) UpdateBackendAPI(ctx context.Context, in *wire.UpdateBackendAPIInput) (*wire.UpdateBackendAPIOutput, error) {
	out, err := r.API.UpdateBackendAPI(ctx, in)
	var answer *client.Error
	if errors.As(err, &answer) && answer.Status == 500 {
		return r.API.UpdateBackendAPI(ctx, in)
	}
	return out, err
}

// firstPage reads no more than the first page of a list.
type firstPage struct{ client.API }

func (f firstPage) ListBackendJobs(ctx context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	out, err := f.API.ListBackendJobs(ctx, in)
	if err == nil {
		out.NextToken = nil
	}
	return out, err
}
