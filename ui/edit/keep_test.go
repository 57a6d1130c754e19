package edit_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

// identity is whose credentials those of the emulator are.
var identity = client.Identity{Account: emulator.SampleAccount, ARN: emulator.SampleCaller}

// keeping is a sender that keeps receipts in a new folder.
func (b *backend) keeping() edit.Sender {
	b.t.Helper()
	s := b.sender()
	s.Journal = openJournal(b.t, b.t.TempDir(), b.clock.Now)
	s.Region, s.Identity = emulator.SampleRegion, identity
	return s
}

func openJournal(t *testing.T, root string, now func() time.Time) *journal.Journal {
	t.Helper()
	j, err := journal.Open(journal.Options{Root: root, Version: "test", Now: now, Redact: client.Redact})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// sends sends an approval with a sender and lets ten minutes pass meanwhile.
func (b *backend) sends(s edit.Sender, a edit.Approval) edit.Outcome {
	var outcome edit.Outcome
	b.run(func() { outcome = s.Submit(b.t.Context(), a) }, 10*time.Minute)
	return outcome
}

func receipt(t *testing.T, j *journal.Journal, id string) *journal.Receipt {
	t.Helper()
	r, err := j.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReceiptSaysWhatBecame(t *testing.T) {
	for _, c := range []struct {
		name    string
		options emulator.Options
		verdict journal.Verdict
		knownBy string
		error   string
		job     bool
	}{
		{name: "answered", verdict: journal.Started, knownBy: "the service's answer", job: true},
		{name: "found", options: emulator.Options{Scenario: emulator.Timeout}, verdict: journal.Started, knownBy: "a new job", job: true},
		{name: "lost", options: emulator.Options{Scenario: emulator.Lost}, verdict: journal.Unknown, error: "no new job appeared"},
		{name: "denied", options: emulator.Options{Scenario: emulator.Denied}, verdict: journal.NotStarted, knownBy: "a failure that proves it", error: "AccessDenied"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := serve(t, c.options)
			before := b.edit.Base().Config
			b.set(description, "changed")
			s, a := b.keeping(), b.approve()
			o := b.sends(s, a)
			if o.NotKept != nil {
				t.Fatal(o.NotKept)
			}
			r := receipt(t, s.Journal, o.Receipt)
			if r.Verdict != c.verdict || !strings.Contains(r.KnownBy, c.knownBy) || !strings.Contains(r.Error, c.error) || (r.Error == "") != (c.error == "") {
				t.Errorf("the receipt says %s by %q, error %q", r.Verdict, r.KnownBy, r.Error)
			}
			if r.JobID != o.Accepted.JobID || (r.JobID != "") != c.job {
				t.Errorf("job %q, and the outcome has %q", r.JobID, o.Accepted.JobID)
			}
			if r.RequestHash != wire.Hash(a.Body) || r.CallerARN != identity.ARN || r.Target.Account != identity.Account || len(r.Changes) != 1 {
				t.Errorf("the receipt is %+v", r)
			}
			if !r.Before.Equal(before) || !r.Sent.Equal(a.Input.ResourceConfig) || len(r.Baseline.JobIDs) == 0 {
				t.Errorf("before %+v, sent %+v, baseline %v", r.Before, r.Sent, r.Baseline)
			}
		})
	}
}

// TestNothingIsSentWithoutAReceipt sends with a journal that cannot write.
func TestNothingIsSentWithoutAReceipt(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s := b.keeping()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.Journal = openJournal(t, filepath.Join(file, "journal"), b.clock.Now)
	o := b.sends(s, b.approve())
	if o.Verdict != edit.NotStarted || o.Err == nil || !strings.Contains(o.Err.Error(), "nothing was sent") || b.server.Count("UpdateBackendAPI") != 0 {
		t.Errorf("%v after %d updates: %v", o.Verdict, b.server.Count("UpdateBackendAPI"), o.Err)
	}
}

func TestTwoProgramsDoNotSubmitAtOnce(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s := b.keeping()
	lock, err := s.Journal.Lock(edit.ReceiptPlace(emulator.SampleRegion, prod))
	if err != nil {
		t.Fatal(err)
	}
	o := b.sends(s, b.approve())
	var busy *journal.BusyError
	if !errors.As(o.Err, &busy) || busy.Holder == nil || !strings.Contains(o.Err.Error(), "is submitting to environment") || b.server.Count("UpdateBackendAPI") != 0 {
		t.Errorf("%v after %d updates: %v", o.Verdict, b.server.Count("UpdateBackendAPI"), o.Err)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
	if o := b.sends(s, b.approve()); o.Verdict != edit.Started {
		t.Errorf("after the lock's release: %v", o.Err)
	}
}

func TestAccountGuard(t *testing.T) {
	unknown := errors.New("no route to host")
	for _, c := range []struct {
		name     string
		known    client.Identity
		identify func(context.Context) (client.Identity, error)
		allowed  []string
		says     string
	}{
		{name: "no accounts configured, and nobody knows"},
		{name: "no accounts configured, and it cannot be found out", identify: func(context.Context) (client.Identity, error) { return client.Identity{}, unknown }},
		{name: "allowed", known: identity, allowed: []string{"1", identity.Account}},
		{name: "allowed once found out", identify: func(context.Context) (client.Identity, error) { return identity, nil }, allowed: []string{identity.Account}},
		{name: "another", known: identity, allowed: []string{"210987654321"}, says: `account "123456789012" is not among the allowed ones`},
		{name: "nobody knows", allowed: []string{identity.Account}, says: "not among the allowed"},
		{name: "it cannot be found out", identify: func(context.Context) (client.Identity, error) { return client.Identity{}, unknown }, allowed: []string{identity.Account}, says: "could not be found out: no route"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			b.set(description, "changed")
			s := b.keeping()
			s.Identity, s.Identify, s.Allowed = c.known, c.identify, c.allowed
			o := b.sends(s, b.approve())
			if refused := c.says != ""; refused != (o.Verdict == edit.NotStarted) || refused != (b.server.Count("UpdateBackendAPI") == 0) {
				t.Errorf("%v after %d updates: %v", o.Verdict, b.server.Count("UpdateBackendAPI"), o.Err)
			}
			if c.says != "" && (o.Err == nil || !strings.Contains(o.Err.Error(), c.says) || !strings.Contains(o.Err.Error(), "nothing was sent")) {
				t.Errorf("the message is %v", o.Err)
			}
		})
	}
}

func TestRecordEnd(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s, a := b.keeping(), b.approve()
	o := b.sends(s, a)
	record := func(status wire.JobStatus, back *edit.ReadBack) *journal.Receipt {
		t.Helper()
		at := "1793698230"
		job := &wire.Job{JobID: &o.Accepted.JobID, Status: &status, CreateTime: &at, UpdateTime: &at}
		if err := s.RecordEnd(o.Receipt, job, back); err != nil {
			t.Fatal(err)
		}
		return receipt(t, s.Journal, o.Receipt)
	}
	if r := record("SOMETHING_NEW", nil); r.Status != "SOMETHING_NEW" || !r.EndedAt.IsZero() || r.StartedAt.Unix() != 1793698230 {
		t.Errorf("while it runs: %+v", r)
	}
	if r := record("COMPLETED", &edit.ReadBack{Err: errors.New("unreadable")}); r.EndedAt.Unix() != 1793698230 || r.InEffect != nil {
		t.Errorf("at the end, unreadable: %+v", r)
	}
	if r := record("COMPLETED", &edit.ReadBack{Same: false}); r.InEffect == nil || *r.InEffect {
		t.Errorf("read back: %+v", r)
	}
	if err := s.RecordEnd("", &wire.Job{}, nil); err != nil {
		t.Errorf("without a receipt: %v", err)
	}
}
