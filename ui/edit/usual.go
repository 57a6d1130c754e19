package edit

import (
	"slices"
	"strings"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// Usual is how long the updates of an environment took before.
type Usual struct {
	// Median is the middle of them, Most what nine of ten did not exceed.
	Median, Most time.Duration
	// Count is how many there were; with fewer than three nothing is usual.
	Count int
}

// Known reports whether there were enough jobs to call anything usual.
func (u Usual) Known() bool { return u.Count >= 3 }

// UsualOf works it out from the environment's finished jobs and from the own
// receipts. A job that is in both counts once.
func UsualOf(jobs []wire.Job, own []time.Duration) Usual {
	took := slices.Clone(own)
	for i := range jobs {
		job := &jobs[i]
		made, ok := client.JobTime(text(job.CreateTime))
		ended, done := client.JobTime(text(job.UpdateTime))
		if !ok || !done || JobResult(job) == Running || !strings.EqualFold(text(job.Operation), "UpdateBackendAPI") {
			continue
		}
		if d := ended.Sub(made); d > 0 && !slices.ContainsFunc(own, func(o time.Duration) bool { return (o - d).Abs() < time.Second }) {
			took = append(took, d)
		}
	}
	if len(took) == 0 {
		return Usual{}
	}
	slices.Sort(took)
	return Usual{Median: took[(len(took)-1)/2], Most: took[(len(took)*9+9)/10-1], Count: len(took)}
}
