package journal

import (
	"time"

	"ampedit/client/wire"
)

// Receipt is a submission and what came of it, as far as it is known. What the
// members mean together is package submission's to say: the journal keeps what it
// is given.
type Receipt struct {
	// ID is the time of the intent in UTC and the environment, such as
	// 2026-11-22T14-03-31Z-prod. Begin sets it.
	ID string `json:"id"`
	// Time is when the intent was written, Version the version of the program that
	// wrote it; Begin sets both.
	Time    time.Time `json:"time"`
	Version string    `json:"version"`
	Target  Target    `json:"target"`
	// CallerARN is the identity that the credentials belong to, "" if not known.
	CallerARN string `json:"callerArn"`
	// Mark ties the receipt to the draft that was sent with it, "" for none.
	Mark string `json:"mark,omitempty"`
	// RequestHash is the SHA-256 of the request's body in hexadecimal digits.
	RequestHash string `json:"requestHash"`
	// MeaningHash and BeforeHash are wire.MeaningHash of the configuration that was
	// sent and of the one that was deployed, before secrets were taken out; "" for one
	// that is not known.
	MeaningHash string   `json:"meaningHash,omitempty"`
	BeforeHash  string   `json:"beforeHash,omitempty"`
	Baseline    Baseline `json:"baseline"`
	// PassedOver are the jobs that had not ended, and of which the user said that they
	// will not.
	PassedOver []string `json:"passedOver,omitempty"`
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

	// Attempts are those to send it. One without an end may have acted.
	Attempts []Attempt `json:"attempts,omitempty"`
	// Answer is what the service answered, nil if it did not, or not properly.
	Answer *Answer `json:"answer,omitempty"`
	// Verdict and Reason are what is known, in submission's words.
	Verdict string `json:"verdict"`
	Reason  string `json:"reason,omitempty"`
	// Error is what happened instead of a proper answer, or "".
	Error string `json:"error"`
	// AnsweredAt is when the answer or the failure came; zero if it did not.
	AnsweredAt time.Time `json:"answeredAt,omitzero"`

	// JobID is the job that the service's answer named, "" if it named none. The
	// members after it are that job, as it was seen last.
	JobID     string `json:"jobId"`
	Operation string `json:"operation,omitempty"`
	// Status is the service's word.
	Status string `json:"status"`
	// JobError is the whole text with which the job failed, or "".
	JobError string `json:"jobError"`
	// CreateTime and UpdateTime are the job's times as the service wrote them.
	CreateTime string `json:"createTime,omitempty"`
	UpdateTime string `json:"updateTime,omitempty"`
	// StartedAt is when the service created the job, zero if it does not say in a form
	// that is understood.
	StartedAt time.Time `json:"startedAt,omitzero"`
	// EndedAt is when the job ended, by the service's account if it gives one, else
	// by when that was seen. It is zero while the job runs.
	EndedAt time.Time `json:"endedAt,omitzero"`
	// Late are the ids of candidates that were made much later than the request.
	Late []string `json:"late,omitempty"`
	// Candidates are the jobs that appeared after a lost answer.
	Candidates []wire.Job `json:"candidates,omitempty"`

	// ReadBack is what was last read after the end, nil if nothing was.
	ReadBack *ReadBack `json:"readBack,omitempty"`
	// Abandoned is when the user decided to look no further, zero if not so. The
	// verdict stays unknown.
	Abandoned time.Time `json:"abandoned,omitzero"`
	// Closed is when it was decided that nothing more can be found out, zero if not so.
	Closed time.Time `json:"closed,omitzero"`

	// InEffect is what receipts of the first format say in place of ReadBack.
	InEffect *bool `json:"inEffect,omitzero"`
}

// Baseline is what the environment's jobs were before the request. A job that is
// not in it may be the request's.
type Baseline struct {
	JobIDs []string `json:"jobIds"`
	// Date is the service's own time when it listed them, zero if it did not say.
	Date time.Time `json:"date,omitzero"`
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

// Attempt is one attempt to send.
type Attempt struct {
	// Left is when it was about to leave, Ended when its end was known; zero while it
	// is not.
	Left  time.Time `json:"left"`
	Ended time.Time `json:"ended,omitzero"`
	// End says how it ended.
	End string `json:"end,omitempty"`
}

// Answer are the members of the service's answer to the request, as answered, and
// the id of the request.
type Answer struct {
	AppID       string `json:"appId,omitempty"`
	Environment string `json:"backendEnvironmentName,omitempty"`
	Error       string `json:"error,omitempty"`
	JobID       string `json:"jobId,omitempty"`
	Operation   string `json:"operation,omitempty"`
	Status      string `json:"status,omitempty"`
	RequestID   string `json:"requestId,omitempty"`
}

// ReadBack is the configuration that was read after the end, compared with the one
// that was sent.
type ReadBack struct {
	At time.Time `json:"at"`
	// Same reports whether both mean the same.
	Same bool `json:"same"`
	// Differs are the members that do not, Notes members that this program does not
	// know and that differ.
	Differs []string `json:"differs,omitempty"`
	Notes   []string `json:"notes,omitempty"`
	// Error is why nothing could be read, or "".
	Error string `json:"error,omitempty"`
}

// Took is how long the job took by what is recorded, false if that is not known.
// A start that the service does not state is taken to be that of the answer.
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
