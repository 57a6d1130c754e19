package submission

import (
	"encoding/json"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/redact"
	"ampedit/client/wire"
)

// keepJob writes what was seen of the job into the receipt, its times as the
// service wrote them beside what is understood of them. It reports whether that is
// worth writing to the disk: not every look at a job that runs is.
func keepJob(r *journal.Receipt, job *wire.Job) bool {
	before := [4]string{r.Operation, r.Status, r.JobError, r.CreateTime}
	r.Operation, r.Status, r.JobError = wire.Text(job.Operation), status(job), wire.Text(job.Error)
	r.CreateTime, r.UpdateTime = wire.Text(job.CreateTime), wire.Text(job.UpdateTime)
	if made, ok := client.JobTime(r.CreateTime); ok {
		r.StartedAt = made
	}
	return before != [4]string{r.Operation, r.Status, r.JobError, r.CreateTime}
}

// jobOf is the job of a receipt as it was seen last.
func jobOf(r *journal.Receipt) *wire.Job {
	job := &wire.Job{JobID: &r.JobID}
	set := func(to **string, value string) {
		if value != "" {
			*to = &value
		}
	}
	set(&job.Operation, r.Operation)
	set(&job.Error, r.JobError)
	set(&job.CreateTime, r.CreateTime)
	set(&job.UpdateTime, r.UpdateTime)
	if r.Status != "" {
		word := wire.JobStatus(r.Status)
		job.Status = &word
	}
	return job
}

// upgrade brings a receipt of the first format into the present one: its verdict
// "started" did not say how the job ended.
func upgrade(r journal.Receipt) journal.Receipt {
	if r.MeaningHash == "" && !holdsGap(r.Sent) {
		r.MeaningHash = wire.MeaningHash(r.Sent)
	}
	if r.BeforeHash == "" && !r.BeforeRedacted {
		r.BeforeHash = wire.MeaningHash(r.Before)
	}
	if Verdict(r.Verdict) == Started && r.JobID == "" { // what was read was taken for the end
		r.Verdict, r.Reason = string(Unknown), string(ReasonNoJob)
	}
	if Verdict(r.Verdict) != Started || r.EndedAt.IsZero() {
		return r
	}
	switch {
	case failed(r.Status):
		r.Verdict = string(Failed)
	case r.InEffect == nil && r.JobError != "":
		r.Verdict, r.Reason = string(Unconfirmed), string(ReasonJobError)
	case r.InEffect == nil:
		r.Verdict, r.Reason = string(Unconfirmed), string(ReasonUnread)
	case *r.InEffect && r.JobError == "":
		r.Verdict = string(Done)
	case *r.InEffect:
		r.Verdict, r.Reason = string(Unconfirmed), string(ReasonJobError)
	default:
		r.Verdict, r.Reason = string(Unconfirmed), string(ReasonDiffers)
	}
	if r.InEffect != nil && r.ReadBack == nil {
		r.ReadBack = &journal.ReadBack{At: r.EndedAt, Same: *r.InEffect}
	}
	return r
}

// holdsGap reports whether a secret was taken out of a configuration outside its
// schema, so that it no longer is what was sent.
func holdsGap(c *wire.ResourceConfig) bool {
	if c == nil {
		return false
	}
	rest := *c
	rest.TransformSchema = nil
	data, err := json.Marshal(rest)
	return err != nil || redact.HasGap(string(data))
}
