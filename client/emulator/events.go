package emulator

import (
	"cmp"
	"fmt"
	"time"
)

// Event is a job that somebody else starts, whether or not another one runs.
type Event struct {
	// After says when: so long after the first UpdateBackendAPI request was
	// received, refused or not, or with FromStart after the start.
	After     time.Duration
	FromStart bool
	// AppID and Environment say where. Empty means where the first update went,
	// and before any SampleAppID and SampleProd.
	AppID, Environment string
	// Job is the job. Its Created is not used; an empty ID means a random one, no
	// Duration means [Options.JobDuration].
	Job Job
	// Change is a resourceConfig, as JSON, that takes effect when the job
	// completes. With SameAsUpdate it is the one of the last update request
	// instead. It changes the resource of that request, or the first there is.
	Change       string
	SameAsUpdate bool
}

// event is an Event that has not happened yet.
type event struct {
	Event
	change object
}

// addEvents checks events and puts them in line.
func (b *backend) addEvents(events []Event) error {
	for i, e := range events {
		added := &event{Event: e}
		if e.Change != "" {
			var err error
			if added.change, err = decode([]byte(e.Change), resourceConfigShape); err != nil {
				return fmt.Errorf("change of event %d: %w", i+1, err)
			}
		}
		if e.AppID != "" || e.Environment != "" {
			if _, err := b.find(cmp.Or(e.AppID, SampleAppID), cmp.Or(e.Environment, SampleProd)); err != nil {
				return fmt.Errorf("event %d: %w", i+1, err)
			}
		}
		b.events = append(b.events, added)
	}
	return nil
}

// happen lets every event that is due by now happen, as of its own time. It is
// called before the state is looked at, so that no timer is needed.
func (b *backend) happen(now time.Time) error {
	var waiting []*event
	for _, e := range b.events {
		at, known := b.due(e)
		if !known || at.After(now) {
			waiting = append(waiting, e)
			continue
		}
		if err := b.startForeign(e, at); err != nil {
			return err
		}
	}
	b.events = waiting
	return nil
}

// due is when e happens, as far as that is known yet.
func (b *backend) due(e *event) (time.Time, bool) {
	switch {
	case e.FromStart:
		return b.started.Add(e.After), true
	case len(b.updates) == 0:
		return time.Time{}, false
	}
	return b.updates[0].at.Add(e.After), true
}

// startForeign starts the job of e. In an environment that does not exist, where
// an update may have gone, nothing happens.
func (b *backend) startForeign(e *event, at time.Time) error {
	appID, name := SampleAppID, SampleProd
	if len(b.updates) > 0 {
		appID, name = b.updates[0].appID, b.updates[0].environment
	}
	env, err := b.find(cmp.Or(e.AppID, appID), cmp.Or(e.Environment, name))
	if err != nil {
		return nil
	}
	change := e.change
	if e.SameAsUpdate && b.last != nil {
		change = b.last.change
	}
	target := b.target(env)
	if target == nil {
		change = nil
	}
	env.settle(at)
	wanted := e.Job
	wanted.Created = at
	_, err = b.startJob(env, wanted, target, change)
	return err
}

// target is the resource of env that a foreign job changes, or nil.
func (b *backend) target(env *environment) *resource {
	if b.last != nil {
		if r, err := env.resource(b.last.resource); err == nil {
			return r
		}
	}
	if len(env.resources) > 0 {
		return env.resources[0]
	}
	return nil
}

// update is an UpdateBackendAPI request that was received.
type update struct {
	number             int // counted from 1
	at                 time.Time
	appID, environment string
	resource           string // empty in a request that was refused unread
	change             object
	status             int // of the answer
	jobID              string
}

// note remembers an update request before it is carried out.
func (b *backend) note(c call) *update {
	u := &update{
		number: len(b.updates) + 1, at: c.now,
		appID: c.labels["appId"], environment: c.labels["backendEnvironmentName"],
	}
	b.updates = append(b.updates, u)
	if name, ok := c.input["resourceName"].(string); ok {
		u.resource = name
		u.change, _ = c.input["resourceConfig"].(object)
		b.last = u
	}
	return u
}
