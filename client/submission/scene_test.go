package submission_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// noon is when every scene begins. Times in a scene are counted from it, and since
// nothing takes time but waiting, that is when the first request is sent.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

var prodAPI = journal.Target{Account: "123456789012", Region: "eu-west-1", AppID: "d1example", Environment: "prod", ResourceName: "notes"}

// eagerClock jumps over every wait.
type eagerClock struct {
	mu    sync.Mutex
	now   time.Time
	waits []time.Duration
	// held are waits that last until their channel is closed.
	held map[time.Duration]chan struct{}
	// waiting is told of each wait that is held.
	waiting chan time.Duration
	// jumps are what happens to the clock beside, by the number of the wait.
	jumps map[int]time.Duration
}

func (c *eagerClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *eagerClock) Wait(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	hold := c.held[d]
	c.mu.Unlock()
	if hold != nil {
		if c.waiting != nil {
			c.waiting <- d
		}
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waits = append(c.waits, d)
	c.now = c.now.Add(d + c.jumps[len(c.waits)])
	return nil
}

func (c *eagerClock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func (c *eagerClock) since() time.Duration { return c.Now().Sub(noon) }

// scene is a service whose course a test writes, and this program beside it.
type scene struct {
	t     *testing.T
	clock *eagerClock
	root  string
	// journal keeps receipts; nil keeps nothing.
	journal *journal.Journal

	before, after *wire.ResourceConfig
	effect        time.Duration // when after is what is deployed; negative for never
	ahead         time.Duration // of the service's clock before ours
	dateless      bool          // the service does not say what time it is
	jobs          []life

	onPost   func(n int) (*wire.UpdateBackendAPIOutput, error) // request n, counted from 0
	onList   func(n int) error                                 // nil: listed
	onJob    func(n int) (*wire.Job, error)                    // both nil: as the jobs are
	onRead   func(n int) (*wire.ResourceConfig, error)         // both nil: what is deployed
	onMoved  func(n int) error
	onGuard  func() (client.Identity, error)
	onAnyOf  func(call string) // before each call
	approval submission.Approval
	options  submission.Options

	mu    sync.Mutex
	calls []string // Guard, Moved, List, Post, Job, Read, in their order
	acted bool     // the service has made the request's job
}

func newScene(t *testing.T) *scene {
	t.Helper()
	config := func(days float64) *wire.ResourceConfig {
		mode, schema, name := wire.ModeAPIKey, "type Note @model { id: ID! }", "notes"
		return &wire.ResourceConfig{APIName: &name, TransformSchema: &schema,
			DefaultAuthType: &wire.AuthType{Mode: &mode, Settings: &wire.AuthSettings{ExpirationTime: &days}}}
	}
	s := &scene{t: t, clock: &eagerClock{now: noon}, root: t.TempDir(), before: config(30), after: config(365), effect: 20 * time.Second}
	s.jobs = []life{update("old-1", -time.Hour, -50*time.Minute, "COMPLETED")}
	s.options.Jitter = func() float64 { return 0 }
	s.journal = s.openJournal()
	s.approve()
	return s
}

func (s *scene) openJournal() *journal.Journal {
	s.t.Helper()
	j, err := journal.Open(journal.Options{Root: s.root, Version: "test", Now: s.clock.Now, Files: unsynced{}})
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// approve makes the approval for what is before and after.
func (s *scene) approve() {
	s.t.Helper()
	body, err := wire.Body(&wire.UpdateBackendAPIInput{
		AppID: prodAPI.AppID, BackendEnvironmentName: prodAPI.Environment, ResourceName: prodAPI.ResourceName, ResourceConfig: s.after})
	if err != nil {
		s.t.Fatal(err)
	}
	s.approval = submission.Approval{Target: prodAPI, Body: body, Wanted: s.after, Before: s.before,
		Said: []journal.Change{{Symbol: "~", Path: "defaultAuthType", Old: "30 days", New: "365 days"}}}
}

func (s *scene) deps() submission.Deps {
	return submission.Deps{Service: s, Journal: s.journal, Clock: s.clock,
		Guard: func(context.Context) (client.Identity, error) {
			s.called("Guard")
			if s.onGuard != nil {
				return s.onGuard()
			}
			return client.Identity{Account: prodAPI.Account, ARN: "arn:aws:iam::123456789012:user/ann"}, nil
		},
		Unmoved: func(context.Context) error {
			n := s.called("Moved")
			if s.onMoved != nil {
				return s.onMoved(n)
			}
			return nil
		}}
}

// called keeps a call and returns how many of its kind came before.
func (s *scene) called(name string) int {
	if s.onAnyOf != nil {
		s.onAnyOf(name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, call := range s.calls {
		if call == name {
			n++
		}
	}
	s.calls = append(s.calls, name)
	return n
}

func (s *scene) count(name string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, call := range s.calls {
		if call == name {
			n++
		}
	}
	return n
}

// order is the calls so far in one line.
func (s *scene) order() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.calls, " ")
}

// submit does the whole submission.
func (s *scene) submit() *submission.Submission {
	s.t.Helper()
	sub := submission.New(s.approval, s.options)
	s.run(sub)
	return sub
}

// run drives a submission to its end, which must come within ten days.
func (s *scene) run(sub *submission.Submission) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	defer cancel()
	begun := s.clock.since()
	submission.Runner{Deps: s.deps(), Took: func() {
		if s.clock.since() > begun+240*time.Hour {
			s.t.Error("it does not end")
			cancel()
		}
	}}.Run(ctx, sub)
}

// resume reads a receipt from the disk, as the next start does, and drives it on.
func (s *scene) resume(id string) *submission.Submission {
	s.t.Helper()
	sub := submission.Resume(s.onDisk(id), s.options)
	s.run(sub)
	return sub
}

// goOn does a step that was asked for already, and drives the submission on.
func (s *scene) goOn(sub *submission.Submission, step submission.Step) {
	s.t.Helper()
	sub.Take(s.deps().Do(s.t.Context(), step))
	s.run(sub)
}

// next does one step, waiting until it is due; false if there is none.
func (s *scene) next(sub *submission.Submission) (submission.Kind, bool) {
	s.t.Helper()
	step, ok := s.due(sub)
	if ok {
		sub.Take(s.deps().Do(s.t.Context(), step))
	}
	return step.Kind, ok
}

// due waits until the next step is due and returns it.
func (s *scene) due(sub *submission.Submission) (submission.Step, bool) {
	s.t.Helper()
	for {
		now := s.clock.Now()
		step, ok := sub.Next(now)
		if !ok || !step.At.After(now) {
			return step, ok
		}
		if err := s.clock.Wait(s.t.Context(), step.At.Sub(now)); err != nil {
			s.t.Fatal(err)
		}
	}
}

// until does steps until one of the kind is due, and returns it without doing it.
func (s *scene) until(sub *submission.Submission, kind submission.Kind) submission.Step {
	s.t.Helper()
	for {
		step, ok := s.due(sub)
		if !ok {
			s.t.Fatalf("it ended before step %d: %s %s", kind, sub.Verdict(), sub.Reason())
		}
		if step.Kind == kind {
			return step
		}
		sub.Take(s.deps().Do(s.t.Context(), step))
	}
}

// unsynced are the files of this machine, of which none is made to outlast a loss of
// power: that is what takes the time of tests that keep receipts.
type unsynced struct{ journal.Disk }

func (u unsynced) Create(name string) (journal.File, error) {
	file, err := u.Disk.Create(name)
	return unsyncedFile{file}, err
}

func (unsynced) SyncDir(string) error { return nil }

type unsyncedFile struct{ journal.File }

func (unsyncedFile) Sync() error { return nil }
