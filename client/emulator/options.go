package emulator

import (
	"cmp"
	"crypto/rand"
	"io"
	"slices"
	"time"
)

// Options say how an [Emulator] differs from the default one.
type Options struct {
	Port         int           // on 127.0.0.1; 0 picks a free one
	Scenario     Scenario      // what happens; empty means [Happy]
	Faults       []Fault       // what else goes wrong; the first that strikes wins, Scenario's come last
	Apps         []App         // what there is; nil means [SampleApps]
	JobDuration  time.Duration // how long an update's job runs; 0 means 8 seconds
	SessionToken string        // when not empty, must come with every request
	Clock        Clock         // nil means the system's
	Random       io.Reader     // source of job ids; nil means crypto/rand

	// Edit replaces the members of answers, errors included, before they leave: it gets
	// each with its value, nil for one that is absent, and gives the new value, nil for
	// none. It must not call the emulator.
	Edit func(m AnswerMember, value any) any

	// Made says what is special about the jobs that updates make: the first
	// about the first job, and so on, the last about all after it, too. Their
	// Operation and Created are not used; an empty ID means a random one, no
	// Duration means JobDuration. Scenario's come last.
	Made     []Job
	JobTimes TimeForm // of jobs to come; empty means [Milliseconds]
	Events   []Event  // what others do meanwhile

	// ClockOffset is how far the service's clock is ahead of Clock: in the Date
	// header, the times of jobs and the check of signatures. SkewJobTimes goes
	// onto the times of jobs alone. Neither changes when something happens.
	ClockOffset, SkewJobTimes time.Duration
	NoDate                    bool // leave the Date header out

	// PageSize is the most jobs on a page of ListBackendJobs, whatever was asked
	// for; 0 means as many as that. A token names the job that the next page
	// starts with. With OffsetTokens it counts jobs instead, so that a list loses
	// one when it shrinks meanwhile (see Quirks.GoneAfterLists). With RepeatToken
	// the first token comes again with every page, for ever.
	PageSize                  int
	OffsetTokens, RepeatToken bool
}

// backend is the state that o describes, as it is at now.
func (o Options) backend(now time.Time) (*backend, error) {
	if o.Apps == nil {
		o.Apps = SampleApps(now)
	}
	b, err := newBackend(o.Apps, now)
	if err != nil {
		return nil, err
	}
	b.jobDuration = cmp.Or(o.JobDuration, 8*time.Second)
	b.jobTimes, b.made = o.JobTimes, slices.Clone(o.Made)
	b.jobPages = jobPages
	b.jobPages.limit, b.jobPages.offsets, b.jobPages.repeat = o.PageSize, o.OffsetTokens, o.RepeatToken
	b.jobSkew = o.ClockOffset + o.SkewJobTimes
	if b.random = o.Random; b.random == nil {
		b.random = rand.Reader
	}
	return b, b.addEvents(o.Events)
}
