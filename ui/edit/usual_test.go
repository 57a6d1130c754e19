package edit_test

import (
	"strconv"
	"testing"
	"time"

	"ampedit/client/wire"
	"ampedit/ui/edit"
)

func finished(operation string, status wire.JobStatus, took time.Duration) wire.Job {
	made := time.UnixMilli(1_700_000_000_000)
	created, updated := strconv.FormatInt(made.UnixMilli(), 10), strconv.FormatInt(made.Add(took).UnixMilli(), 10)
	return wire.Job{Operation: &operation, Status: &status, CreateTime: &created, UpdateTime: &updated}
}

func TestUsualIsMedianAndNinetiethPercentileOfFinishedUpdates(t *testing.T) {
	var jobs []wire.Job
	for minutes := 1; minutes <= 10; minutes++ {
		jobs = append(jobs, finished("UpdateBackendAPI", "COMPLETED", time.Duration(minutes)*time.Minute))
	}
	jobs = append(jobs, finished("UpdateBackendAPI", "RUNNING", time.Hour), finished("GenerateBackendAPIModels", "COMPLETED", time.Hour))
	got := edit.UsualOf(jobs, []time.Duration{5 * time.Minute})
	want := edit.Usual{Median: 5 * time.Minute, Most: 9 * time.Minute, Count: 10}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNothingIsUsualAfterTwoJobs(t *testing.T) {
	jobs := []wire.Job{finished("UpdateBackendAPI", "COMPLETED", time.Minute), finished("UpdateBackendAPI", "FAILED", time.Hour)}
	if edit.UsualOf(jobs, nil).Known() || edit.UsualOf(nil, nil).Known() {
		t.Error("two jobs were taken for a rule")
	}
}
