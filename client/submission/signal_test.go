package submission_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// TestSignalDuringALook ends the context while a request is under way. That the
// request was cancelled is no failure of the service.
func TestSignalDuringALook(t *testing.T) {
	for call, want := range map[string]end{
		"Job": {submission.Started, "signal", 4, 1}, "List": {unknown, "signal", 5, 1}, "Read": {submission.Unconfirmed, "signal", 6, 1},
	} {
		t.Run(call, func(t *testing.T) {
			s := newScene(t)
			s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
			if call == "List" {
				s.onPost = answers(gateway504)
			}
			ctx, cancel := context.WithCancel(t.Context())
			s.onAnyOf = func(c string) {
				if c == call && s.count("Post") == 1 {
					cancel()
				}
			}
			sub := submission.New(s.approval, s.options)
			submission.Runner{Deps: s.deps()}.Run(ctx, sub)
			s.ends(sub, want)
			if strings.Contains(told(sub), "ancel") || says(sub, submission.EntryVerdict, "could not be listed") {
				t.Errorf("the cancelled look counts as a failure:\n%s", told(sub))
			}
		})
	}
}

// TestSignalWhileSending ends the context while the answer is waited for.
func TestSignalWhileSending(t *testing.T) {
	for _, c := range []struct {
		name string
		hard bool // a second signal comes
		late bool // the answer does not come within five seconds
		err  error
		want end
	}{
		{"the answer comes", false, false, nil, end{submission.Started, "signal", 4, 1}},
		{"a refusal comes", false, false, &client.UpdateError{Effect: client.DidNotAct, Err: denied}, end{submission.NotStarted, "", 1, 1}},
		{"a failure comes", false, false, gateway504, end{unknown, "signal", 5, 1}},
		{"the answer is too late", false, true, nil, end{unknown, "signal", 5, 1}},
		{"a second signal", true, true, nil, end{unknown, "signal", 5, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			grace, sent, hard := make(chan struct{}), make(chan struct{}), make(chan struct{})
			s.clock.held = map[time.Duration]chan struct{}{5 * time.Second: grace}
			s.clock.waiting = make(chan time.Duration, 1)
			left := make(chan struct{})
			s.onPost = func(int) (*wire.UpdateBackendAPIOutput, error) {
				cancel()
				<-s.clock.waiting
				switch {
				case c.hard:
					close(hard)
				case c.late:
					close(grace)
				}
				if c.late {
					<-left
				}
				defer close(sent)
				return answer("new-1"), c.err
			}
			sub := submission.New(s.approval, s.options)
			submission.Runner{Deps: s.deps(), Hard: hard}.Run(ctx, sub)
			close(left)
			<-sent
			s.ends(sub, c.want)
			if r := s.onDisk(sub.Receipt().ID); c.late && (len(r.Attempts) != 1 || !r.Attempts[0].Ended.IsZero()) {
				t.Errorf("the attempts are %+v", r.Attempts)
			}
		})
	}
}

// TestUntil is what --timeout does.
func TestUntil(t *testing.T) {
	hour := life{id: "new-1", operation: "UpdateBackendAPI", ended: time.Hour}
	for _, c := range []struct {
		name  string
		until time.Duration
		set   func(*scene)
		want  end
	}{
		{"over before it begins", 0, func(*scene) {}, end{submission.NotStarted, "", 1, 0}},
		{"less than 15 s left", 14 * time.Second, func(*scene) {}, end{submission.NotStarted, "", 1, 0}},
		{"15 s left", 15 * time.Second, func(s *scene) { s.jobs = append(s.jobs, hour) }, end{submission.Started, "timeout", 4, 1}},
		{"while watching", time.Minute, func(s *scene) { s.jobs = append(s.jobs, hour) }, end{submission.Started, "timeout", 4, 1}},
		{"while looking", time.Minute, func(s *scene) { s.onPost = answers(gateway504) }, end{unknown, "timeout", 5, 1}},
		{"while reading back", 40 * time.Second, func(s *scene) {
			s.effect = -1
			s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, ""))
		}, end{submission.Unconfirmed, "timeout", 6, 1}},
		{"while another job is waited for", time.Minute, func(s *scene) {
			s.options.WaitForJobs = time.Hour
			s.jobs = append(s.jobs, update("theirs", -time.Hour, time.Hour, ""))
		}, end{submission.NotStarted, "", 1, 0}},
		{"before the next attempt", time.Minute, func(s *scene) { s.onPost = answers(tooMany(2 * time.Minute)) }, end{submission.NotStarted, "", 1, 1}},
		{"too late for the next attempt", time.Minute, func(s *scene) { s.onPost = answers(tooMany(50 * time.Second)) }, end{submission.NotStarted, "", 1, 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScene(t)
			s.options.Until = noon.Add(c.until)
			c.set(s)
			sub := s.submit()
			s.ends(sub, c.want)
			if s.clock.since() > c.until {
				t.Errorf("it ended after %v", s.clock.since())
			}
			if c.want.posts > 0 && strings.Contains(strings.ToLower(sub.Headline().Text), "nothing was sent") {
				t.Errorf("%d requests were sent, and it says %q", c.want.posts, sub.Headline().Text)
			}
		})
	}
}
