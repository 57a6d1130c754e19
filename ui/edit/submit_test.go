package edit_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"ampedit/client/emulator"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

// connected has the edit send with the backend's own client.
func (b *backend) connected() *backend {
	b.edit.SetSession(&edit.Session{Service: b.service, Region: b.service.Region(), Identify: b.others.CallerIdentity})
	return b
}

// send sends an approval, after making sure that nothing moved.
func (b *backend) send(a submission.Approval, unmoved func(context.Context) error) *submission.Submission {
	deps := b.edit.Deps(nil, b.clock)
	deps.Unmoved = unmoved
	s := submission.New(a, submission.Options{Jitter: func() float64 { return 0 }})
	b.run(func() { submission.Runner{Deps: deps}.Run(b.t.Context(), s) }, runLimit)
	return s
}

func TestWhatWasApprovedIsSent(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	b.set(description, "approved")
	a, unmoved := b.approve(), b.edit.Unmoved(b.disk)
	b.set(description, "typed afterwards")
	if s := b.send(a, unmoved); !s.InEffect() {
		t.Fatal(s.Headline())
	}
	for _, r := range b.server.Requests() {
		if r.Operation == "UpdateBackendAPI" && string(r.Body) != string(a.Body) {
			t.Errorf("sent:\n%s\napproved:\n%s", r.Body, a.Body)
		}
	}
}

// TestNothingElseIsSent changes something between approval and sending.
func TestNothingElseIsSent(t *testing.T) {
	for name, tamper := range map[string]func(b *backend, a *submission.Approval){
		"other bytes": func(_ *backend, a *submission.Approval) { a.Body = append(a.Body, ' ') },
		"other input": func(_ *backend, a *submission.Approval) { a.Wanted.APIName = new(string) },
		"other text in the schema": func(b *backend, _ *submission.Approval) {
			b.disk["schema.graphql"].Data = []byte("type Other @model {\n  id: ID!\n}\n")
		},
		"schema gone": func(b *backend, _ *submission.Approval) { delete(b.disk, "schema.graphql") },
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{}).connected()
			b.set(source, "file")
			b.set(path, "schema.graphql")
			b.edit.SetSchema(edit.LoadSchema(b.disk, "schema.graphql"))
			a, unmoved := b.approve(), b.edit.Unmoved(b.disk)
			tamper(b, &a)
			s := b.send(a, unmoved)
			if s.Verdict() != submission.NotStarted || s.Err() == nil || b.server.Count("UpdateBackendAPI") != 0 {
				t.Errorf("%s after %d updates", s.Headline().Text, b.server.Count("UpdateBackendAPI"))
			}
			if strings.Contains(name, "schema") != edit.Moved(s.Err()) {
				t.Errorf("Moved is %v for %v", edit.Moved(s.Err()), s.Err())
			}
		})
	}
}

func TestMovedBaseIsGiven(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Drift}).connected()
	b.set(description, "changed")
	var moved *edit.MovedError
	err := b.edit.Unmoved(b.disk)(t.Context())
	if !errors.As(err, &moved) || *moved.Base.Config.DefaultAuthType.Settings.Description != "renewed in Amplify Studio" {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatIsDeployedMustBeReadableAgain(t *testing.T) {
	b := serve(t, emulator.Options{Faults: []emulator.Fault{{Operation: "GetBackendAPI", First: 2, Status: 403, Code: "AccessDeniedException"}}}).connected()
	if err := b.edit.Unmoved(b.disk)(t.Context()); err == nil || edit.Moved(err) || !strings.Contains(err.Error(), "could not be read again") {
		t.Errorf("the error is %v", err)
	}
}

func TestApproveRefuses(t *testing.T) {
	for name, spoil := range map[string]func(*backend){
		"what is blocked": func(b *backend) { b.edit.Answers.Add(string(wire.ModeOIDC)); b.edit.Touch() },
		"no connection":   func(b *backend) { b.edit.SetSession(nil) },
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{}).connected()
			spoil(b)
			if a, err := b.edit.Approve(); err == nil {
				t.Errorf("this is approved: %s", a.Body)
			}
		})
	}
}

// TestPlanHash is the same as long as neither the request nor what it is made against
// moves.
func TestPlanHash(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	hash := func() string {
		t.Helper()
		h, err := b.edit.PlanHash()
		if err != nil || len(h) != 64 {
			t.Fatalf("%q, %v", h, err)
		}
		return h
	}
	b.set(description, "changed")
	first := hash()
	if again := hash(); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	b.set(description, "changed again")
	if hash() == first {
		t.Error("another request has the same hash")
	}
	b.set(description, "changed")
	if hash() != first {
		t.Error("the same request has another hash")
	}
	moved := *b.edit.Base()
	moved.Config = moved.Config.Clone()
	moved.Config.Unknown = wire.Members{"new": []byte(`1`)}
	b.edit.SetBase(&moved)
	if hash() == first {
		t.Error("what is deployed has moved, and the hash has not")
	}
}
