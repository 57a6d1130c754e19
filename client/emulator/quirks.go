package emulator

import (
	"strconv"
	"time"
)

// Never, as a duration, does not pass.
const Never = forever

// Quirks are what is odd about a job. The zero value is a job that is shown and
// takes effect as the service's jobs are known to.
type Quirks struct {
	// ListedAfter is how long after its creation the job stays out of sight: in
	// no list, and 404 from GetBackendJob. It runs, blocks updates and takes
	// effect all the same. With [Never] it is not seen at all.
	ListedAfter time.Duration
	// GoneAfterReads and GoneAfterLists say how many answers of GetBackendJob,
	// or pages of ListBackendJobs, show the job; after that it is out of sight
	// for good. 0 means any number.
	GoneAfterReads, GoneAfterLists int

	// Draft deploys the job's change as soon as it is created, however it ends:
	// what is read back is then a draft.
	Draft bool
	// NoEffect keeps the change from being deployed, though the job completes.
	NoEffect bool
	// EffectAfter is how long after its completion the change is deployed.
	EffectAfter time.Duration

	Times   TimeForm // of createTime and updateTime; empty means [Options.JobTimes] for a new job, [Milliseconds] for one of the past
	Members Members  // shown in place of the job's own
	Ended   Members  // the same from the job's end on; they go over Members
}

// Members are members of an answer, by name, as anything that JSON can say. In
// place of a value, nil is null, and [Absent] leaves the member out.
type Members map[string]any

// Absent, as a value of [Members], leaves that member out.
var Absent any = absent{}

type absent struct{}

// over puts m over the members of out. Strings go through fill before.
func (m Members) over(out object, fill func(string) string) {
	for name, value := range m {
		switch v := value.(type) {
		case absent:
			delete(out, name)
		case string:
			out[name] = fill(v)
		default:
			out[name] = v
		}
	}
}

// TimeForm is how the times of a job are written: one of the constants below, or
// any other text, which then stands in place of every time.
type TimeForm string

// The forms that depend on the time. All are strings, as the model says.
const (
	Milliseconds TimeForm = "ms" // the one form seen in a public report (aws-amplify/amplify-hosting issue 1722)
	Seconds      TimeForm = "s"
	Microseconds TimeForm = "µs"
	Nanoseconds  TimeForm = "ns"
	RFC3339      TimeForm = "RFC 3339"
	NoTimes      TimeForm = "none" // leaves the members out
)

// write is the member for t, or Absent.
func (f TimeForm) write(t time.Time) any {
	switch f {
	case "", Milliseconds:
		return strconv.FormatInt(t.UnixMilli(), 10)
	case Seconds:
		return strconv.FormatInt(t.Unix(), 10)
	case Microseconds:
		return strconv.FormatInt(t.UnixMicro(), 10)
	case Nanoseconds:
		return strconv.FormatInt(t.UnixNano(), 10)
	case RFC3339:
		return t.UTC().Format(time.RFC3339)
	case NoTimes:
		return Absent
	}
	return string(f)
}
