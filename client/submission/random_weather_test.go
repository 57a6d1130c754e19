package submission_test

import "time"

// faults are all that may go wrong, by name. Each must strike in the runs of
// go test.
var faults = append(append(append(append([]string{}, postFaults...), lookFaults...), serviceFaults...), programFaults...)

// postFaults are what may become of a POST. Idle means that nothing took effect.
var postFaults = []string{
	"post-fine", "post-5xx-acted", "post-5xx-idle", "post-reset-acted", "post-reset-idle", "post-lost-on-the-way",
	"post-timeout-acted", "post-timeout-idle", "post-cut-acted", "post-not-json-acted", "post-not-json-idle", "post-no-job-acted",
	"post-no-job-idle", "post-error-no-job-acted", "post-error-no-job-idle", "post-error-and-job", "post-names-old-job-acted",
	"post-names-old-job-idle", "post-names-other-target-acted", "post-names-other-target-idle", "post-names-no-such-job", "post-429",
	"post-refused", "post-redirect", "post-throttled-acted", "post-throttled-idle", "post-in-progress-acted", "post-in-progress-idle",
	"post-pending", "post-late-answer", "post-doubled", "post-no-connection", "post-acts-later",
}

// fairPosts are those of a fair service: every lost answer took effect.
var fairPosts = []string{
	"post-fine", "post-5xx-acted", "post-reset-acted", "post-timeout-acted", "post-cut-acted", "post-not-json-acted", "post-no-job-acted",
	"post-error-no-job-acted", "post-names-old-job-acted", "post-names-other-target-acted", "post-429", "post-refused", "post-redirect",
	"post-throttled-acted", "post-in-progress-acted", "post-late-answer", "post-no-connection",
}

// lookFaults are what may become of the answers to questions. Stale ones come in
// another order than they were made.
var lookFaults = []string{
	"list-5xx", "list-429", "list-reset", "list-cut", "list-null", "list-error", "list-message", "list-not-json", "list-403", "list-slow",
	"list-loops", "list-no-id", "list-stale", "list-shrinks",
	"job-5xx", "job-429", "job-reset", "job-cut", "job-null", "job-not-json", "job-403", "job-slow", "job-404", "job-other", "job-stale",
	"read-5xx", "read-429", "read-reset", "read-cut", "read-null", "read-not-json", "read-error", "read-403", "read-slow", "read-stale", "read-empty",
}

// serviceFaults are what may be odd about the service and its other clients.
var serviceFaults = []string{
	"pages-of-one", "date-missing", "date-drifting", "clock-off", "draft", "times-missing", "times-odd", "status-odd", "operation-missing",
	"operation-renamed", "job-late", "job-vanishes", "job-fails", "job-never-ends", "job-reports-error",
	"foreign-operation", "foreign-unnamed", "second-client-other", "second-client-same", "old-job-unended",
}

// programFaults are what may happen to the program, and what its user may do.
var programFaults = []string{
	"suspend", "killed", "killed-writing", "killed-sending", "clock-changed", "left", "left-in-flight", "answer-taken-late", "looked-again",
	"superseded", "given-up", "signal", "signal-twice", "time-limit", "not-waited", "jobs-waited-for", "passed-over", "renewal", "before-unknown",
	"moved", "resumed", "secret",
}

// weather is what a run is like.
type weather struct {
	fair  bool
	posts []string // what becomes of the POSTs, in order; then they are fine
	looks map[string]float64
	spare int // how many more looks may go wrong

	page, order  int
	date         string
	serviceClock time.Duration // ahead of the truth
	draft        bool
	times        string
	status       string
	update       string // what updates are called
	unnamed      float64
	late         time.Duration // the most that a job is listed late
	vanish, fail float64
	endless      float64
	reports      float64
	others       int // the most jobs of others around each POST
	refuses      bool

	machine          time.Duration // clock of the machine ahead of the truth
	kill, leave, nap float64       // per step
	run              bool          // driven by a Runner
}

// forecast makes the weather of a run.
func (w *world) forecast() weather {
	f := weather{fair: w.rng.IntN(5) == 0, looks: map[string]float64{}, page: 25, update: "UpdateBackendAPI", date: "fine", times: "ms", fail: 0.3}
	f.run = w.bug == noBug && w.chance(0.15)
	f.order = w.rng.IntN(3)
	if w.chance(0.2) {
		f.page = oneOf(w, 1, 2, 7)
	}
	for range w.rng.IntN(3) {
		f.kill = oneOf(w, 0, 0.01, 0.05)
		f.nap = oneOf(w, 0, 0.02, 0.1)
	}
	if w.chance(0.4) {
		rate := oneOf(w, 0.02, 0.1, 0.3)
		for range 1 + w.rng.IntN(4) {
			f.looks[oneOf(w, lookFaults...)] = rate
		}
		f.spare = 30
	}
	if w.chance(0.5) {
		f.leave = oneOf(w, 0.01, 0.03)
	}
	if f.fair {
		w.fairWeather(&f)
	} else {
		w.foulWeather(&f)
	}
	return f
}

// fairWeather is that of a service with which it always ends in the true verdict.
func (w *world) fairWeather(f *weather) {
	for range w.rng.IntN(4) {
		f.posts = append(f.posts, oneOf(w, fairPosts...))
	}
	f.late = oneOf(w, 0, 5*time.Second, 29*time.Second)
	for _, name := range []string{"list-stale", "job-stale", "read-stale", "list-403", "job-403", "read-403", "read-null", "read-empty", "job-404", "list-shrinks"} {
		delete(f.looks, name)
	}
	f.spare = min(f.spare, 8)
}

func (w *world) foulWeather(f *weather) {
	for range w.rng.IntN(4) {
		f.posts = append(f.posts, oneOf(w, postFaults...))
	}
	f.late = oneOf(w, 0, time.Second, 20*time.Second, 100*time.Second, 5*time.Minute)
	f.others = oneOf(w, 0, 0, 1, 2, 4)
	f.refuses = w.chance(0.3)
	f.draft = w.chance(0.25)
	if w.chance(0.3) {
		f.date = oneOf(w, "missing", "missing", "drifting")
	}
	if w.chance(0.4) {
		f.serviceClock = w.between(-24*time.Hour, 24*time.Hour)
		f.machine = w.between(-24*time.Hour, 24*time.Hour)
		w.hit("clock-off")
	}
	if w.chance(0.3) {
		f.times = oneOf(w, "s", "rfc3339", "number", "missing", "missing", "odd")
	}
	if w.chance(0.2) {
		f.status = "odd"
	}
	// Where drafts of failed updates stay, and updates are called otherwise, a foreign
	// job that nobody names passes for ours by the rules: no verdict could be true.
	if w.chance(0.1) && !f.draft {
		f.update = "UpdateAPI"
	}
	f.unnamed = oneOf(w, 0, 0, 0, 0.3, 1)
	f.vanish = oneOf(w, 0, 0, 0.3)
	if f.draft {
		f.vanish = 0 // what is stored would stay without a job
	}
	f.endless = oneOf(w, 0, 0, 0, 0.1)
	f.reports = oneOf(w, 0, 0, 0.2)
}
