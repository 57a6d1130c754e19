package journal

import (
	"time"

	"ampedit/client/wire"
)

// Verdict says what is known of a submission.
type Verdict string

// The verdicts. A receipt begins as Unknown: nobody can tell what a program did
// that died after writing it.
const (
	NotStarted Verdict = "not started" // provably nothing happened
	Started    Verdict = "started"     // a job carries the update out
	Unknown    Verdict = "unknown"     // it may have started or not
)

// Intent is a submission as it is known before the request leaves.
type Intent struct {
	// Time is when the intent was written; Begin sets it.
	Time time.Time `json:"time"`
	// Version is the version of the program that wrote it; Begin sets it.
	Version string `json:"version"`
	Target  Target `json:"target"`
	// CallerARN is the identity that the credentials belong to, "" if not known.
	CallerARN string `json:"callerArn"`
	// RequestHash is the SHA-256 of the request's body in hexadecimal digits.
	RequestHash string   `json:"requestHash"`
	Baseline    Baseline `json:"baseline"`
	// Changes are what the user approved.
	Changes []Change `json:"changes"`
	// Before is the configuration that was deployed, nil if none could be read.
	Before *wire.ResourceConfig `json:"before"`
	// BeforeRedacted says that Before held a secret outside the schema, which was
	// taken out: it cannot be sent again as it is. Begin sets it.
	BeforeRedacted bool `json:"beforeRedacted,omitzero"`
	// Sent is the configuration in the request. A secret outside the schema is
	// taken out of it, so RequestHash need not be its hash.
	Sent *wire.ResourceConfig `json:"sent"`
}

// Baseline is what the environment's jobs were before the request. A job that is
// not in it may be the request's.
type Baseline struct {
	JobIDs []string `json:"jobIds"`
	// NewestCreateTime is the newest of their creation times, as the service
	// wrote it; "" if there are no jobs.
	NewestCreateTime string `json:"newestCreateTime"`
}

// Change is one approved difference between the deployed configuration and the
// one that was sent, in the words in which it was approved.
type Change struct {
	Symbol string `json:"symbol"`
	Path   string `json:"path"`
	Old    string `json:"old"`
	New    string `json:"new"`
	Risk   string `json:"risk"`
}

// Receipt is a submission and what came of it, as far as it is known.
type Receipt struct {
	// ID is the time of the intent in UTC and the environment, such as
	// 2026-11-22T14-03-31Z-prod.
	ID string `json:"id"`
	Intent
	Resolution
	JobState
	// Abandoned is when the user decided to look no further, zero if not so. The
	// verdict stays unknown.
	Abandoned time.Time `json:"abandoned,omitzero"`
}

// Resolution is what was found out about a submission.
type Resolution struct {
	Verdict Verdict `json:"verdict"`
	// JobID is the job that carries the update out, "" if none is known.
	JobID string `json:"jobId"`
	// KnownBy says in words how the verdict became known.
	KnownBy string `json:"knownBy"`
	// Error is what happened instead of a proper answer, or "".
	Error string `json:"error"`
	// SentAt is when the request left, AnsweredAt when its answer or the failure
	// came; zero if that is not known.
	SentAt     time.Time `json:"sentAt,omitzero"`
	AnsweredAt time.Time `json:"answeredAt,omitzero"`
}

// JobState is how far the job of a submission is.
type JobState struct {
	// Status is the service's word, COMPLETED, FAILED or another.
	Status string `json:"status"`
	// JobError is the whole text with which the job failed, or "".
	JobError string `json:"jobError"`
	// StartedAt is when the service created the job, zero if it does not say.
	StartedAt time.Time `json:"startedAt,omitzero"`
	// EndedAt is when the job ended, by the service's account if it gives one, else
	// by when that was seen. It is zero while the job runs.
	EndedAt time.Time `json:"endedAt,omitzero"`
	// InEffect says whether the configuration that was read after the end is the
	// one that was sent; nil while that was not looked at.
	InEffect *bool `json:"inEffect,omitzero"`
}

// closed reports whether nothing remains to be found out.
func (r *Receipt) closed() bool {
	return r.Verdict == NotStarted || !r.Abandoned.IsZero() || !r.EndedAt.IsZero()
}

// Took is how long the job took; false if it has not ended or its start is not
// known. Without the service's account of the start, the answer's time counts.
func (r *Receipt) Took() (time.Duration, bool) {
	start := r.StartedAt
	if start.IsZero() {
		start = r.AnsweredAt
	}
	if start.IsZero() || !r.EndedAt.After(start) {
		return 0, false
	}
	return r.EndedAt.Sub(start), true
}
