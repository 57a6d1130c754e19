package edit_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

// TestSubmit sends one change to a service that fails in each way, and counts.
func TestSubmit(t *testing.T) {
	update := func(f emulator.Fault) emulator.Options {
		f.Operation, f.Count = "UpdateBackendAPI", 1
		return emulator.Options{Faults: []emulator.Fault{f}}
	}
	for _, c := range []struct {
		name    string
		options emulator.Options
		verdict edit.Verdict
		how     client.How
		sent    int // updates on the wire
		jobs    int // that they started
		says    string
	}{
		{name: "accepted", verdict: edit.Started, how: client.Answered, sent: 1, jobs: 1},
		{name: "refused", options: update(emulator.Fault{Status: 400, Code: "BadRequestException", Message: "pending"}), sent: 1, says: "pending"},
		{name: "denied", options: emulator.Options{Scenario: emulator.Denied}, sent: 1, says: "AccessDenied"},
		{name: "not found", options: update(emulator.Fault{Status: 404, Code: "NotFoundException"}), sent: 1, says: "NotFound"},
		{name: "another job runs", options: emulator.Options{Scenario: emulator.Pending}, says: "90be5c17"},
		{name: "moved", options: emulator.Options{Scenario: emulator.Drift}, says: "has changed"},
		{name: "unreadable", options: emulator.Options{Faults: []emulator.Fault{{Operation: "GetBackendAPI", First: 2, Status: 403, Code: "AccessDeniedException"}}}, says: "could not be read again"},
		{name: "jobs unlisted", options: emulator.Options{Faults: []emulator.Fault{{Operation: "ListBackendJobs", Status: 403, Code: "AccessDeniedException"}}}, says: "could not be listed"},
		{name: "504, in effect", options: emulator.Options{Scenario: emulator.Timeout}, verdict: edit.Started, how: client.Found, sent: 1, jobs: 1},
		{name: "504, lost", options: emulator.Options{Scenario: emulator.Lost}, verdict: edit.Unknown, sent: 1, says: "no new job"},
		{name: "reset", options: emulator.Options{Scenario: emulator.Reset}, verdict: edit.Started, how: client.Found, sent: 1, jobs: 1},
		{name: "500", options: update(emulator.Fault{Status: 500, Code: "InternalFailure"}), verdict: edit.Unknown, sent: 1},
		{name: "a proxy's 502", options: update(emulator.Fault{Status: 502, Body: "<html>Bad gateway</html>"}), verdict: edit.Unknown, sent: 1},
		{name: "cut off", options: update(emulator.Fault{Truncate: true}), verdict: edit.Started, how: client.Found, sent: 1, jobs: 1},
		{name: "no job named", options: update(emulator.Fault{Status: 200, Body: "{}"}), verdict: edit.Unknown, sent: 1},
		{name: "an error inside a 200", options: update(emulator.Fault{Status: 200, Body: `{"error":"no such thing"}`}), verdict: edit.Unknown, sent: 1, says: "no such thing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := serve(t, c.options)
			b.set(description, "changed")
			o := b.submit(b.approve())
			if o.Verdict != c.verdict || c.verdict == edit.Started && o.Accepted.How != c.how {
				t.Errorf("the verdict is %v by %v, not %v by %v: %v", o.Verdict, o.Accepted.How, c.verdict, c.how, o.Err)
			}
			if sent := b.server.Count("UpdateBackendAPI"); sent != c.sent {
				t.Errorf("%d updates were sent, not %d", sent, c.sent)
			}
			if jobs := b.updates(); len(jobs) != c.jobs {
				t.Errorf("the jobs are %+v, not %d", jobs, c.jobs)
			}
			if (o.Err == nil) != (c.verdict == edit.Started) {
				t.Errorf("the error is %v", o.Err)
			}
			if c.says != "" && (o.Err == nil || !strings.Contains(o.Err.Error(), c.says)) {
				t.Errorf("%v does not say %q", o.Err, c.says)
			}
			if o.Verdict == edit.Started && o.Accepted.JobID != b.updates()[0].ID {
				t.Errorf("job %q is taken for %q", o.Accepted.JobID, b.updates()[0].ID)
			}
		})
	}
}

// updates are the jobs that updates started.
func (b *backend) updates() []emulator.Job {
	return slices.DeleteFunc(b.jobs(), func(j emulator.Job) bool { return j.Operation != "UpdateBackendAPI" })
}

func TestSubmitSendsWhatWasApproved(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "approved")
	a := b.approve()
	b.set(description, "typed afterwards")
	if o := b.submit(a); o.Verdict != edit.Started {
		t.Fatal(o.Err)
	}
	for _, r := range b.server.Requests() {
		if r.Operation == "UpdateBackendAPI" && string(r.Body) != string(a.Body) {
			t.Errorf("sent:\n%s\napproved:\n%s", r.Body, a.Body)
		}
	}
}

// TestSubmitSendsNothingElse changes what was approved between approval and
// sending.
func TestSubmitSendsNothingElse(t *testing.T) {
	for name, tamper := range map[string]func(b *backend, a *edit.Approval){
		"other bytes": func(_ *backend, a *edit.Approval) { a.Body = append(a.Body, ' ') },
		"other input": func(_ *backend, a *edit.Approval) { a.Input.ResourceConfig.APIName = new(string) },
		"other text in the schema": func(b *backend, _ *edit.Approval) {
			b.disk["schema.graphql"].Data = []byte("type Other @model {\n  id: ID!\n}\n")
		},
		"schema gone": func(b *backend, _ *edit.Approval) { delete(b.disk, "schema.graphql") },
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			b.set(source, "file")
			b.set(path, "schema.graphql")
			b.edit.SetSchema(edit.LoadSchema(b.disk, "schema.graphql"))
			a := b.approve()
			tamper(b, &a)
			o := b.submit(a)
			if o.Verdict != edit.NotStarted || o.Err == nil || b.server.Count("UpdateBackendAPI") != 0 {
				t.Errorf("the outcome is %+v after %d updates", o, b.server.Count("UpdateBackendAPI"))
			}
			if strings.Contains(name, "schema") != edit.Moved(o.Err) {
				t.Errorf("Moved is %v for %v", edit.Moved(o.Err), o.Err)
			}
		})
	}
}

func TestMovedBaseIsGiven(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Drift})
	b.set(description, "changed")
	o := b.submit(b.approve())
	var moved *edit.MovedError
	if !errors.As(o.Err, &moved) || *moved.Base.Config.DefaultAuthType.Settings.Description != "renewed in Amplify Studio" {
		t.Errorf("the error is %v", o.Err)
	}
}

func TestLookAgainFindsALateJob(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Timeout, Faults: []emulator.Fault{
		{Operation: "ListBackendJobs", First: 2, Count: 40, Status: 400, Code: "BadRequestException"},
		{Operation: "GetBackendAPI", First: 3, Count: 40, Status: 400, Code: "BadRequestException"},
	}})
	b.set(description, "changed")
	a := b.approve()
	before := b.submit(a)
	if before.Verdict != edit.Unknown {
		t.Fatalf("the verdict is %v: %v", before.Verdict, before.Err)
	}
	var after edit.Outcome
	for range 5 { // until the faults are used up
		b.run(func() { after = b.sender().LookAgain(t.Context(), a, before) }, 10*time.Minute)
	}
	if after.Verdict != edit.Started || after.Accepted.JobID != b.updates()[0].ID || b.server.Count("UpdateBackendAPI") != 1 {
		t.Errorf("looking again gives %+v after %d updates", after, b.server.Count("UpdateBackendAPI"))
	}
}

func TestApproveRefusesWhatIsBlocked(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.edit.Answers.Add(string(wire.ModeOIDC))
	b.edit.Touch()
	if a, err := b.edit.Approve(); err == nil {
		t.Errorf("an unfinished entry is approved: %s", a.Body)
	}
}

func TestReadAfter(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	a := b.approve()
	if back := edit.ReadAfter(t.Context(), b.service, a, b.clock.Now); back.Err != nil || back.Same {
		t.Errorf("before sending: %+v", back)
	}
	b.submit(a)
	if back := edit.ReadAfter(t.Context(), b.service, a, b.clock.Now); back.Err != nil || !back.Same {
		t.Errorf("after the job: %+v", back)
	}
	if back := edit.ReadAfter(cancelled(), b.service, a, b.clock.Now); back.Err == nil || back.Same {
		t.Errorf("without an answer: %+v", back)
	}
}
