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

func (b *backend) findsOut(s edit.Sender) []edit.Finding {
	b.t.Helper()
	var found []edit.Finding
	b.run(func() {
		var err error
		if found, err = s.FindOut(b.t.Context(), prod); err != nil {
			b.t.Error(err)
		}
	}, time.Minute)
	return found
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

// crash leaves what a program leaves that was killed after it had written the
// intent: before it sent the request, or after.
func (b *backend) crash(s edit.Sender, a edit.Approval, sent bool) (receipt string) {
	b.t.Helper()
	lock, err := s.Journal.Lock(edit.ReceiptPlace(s.Region, prod))
	if err != nil {
		b.t.Fatal(err)
	}
	place := edit.ReceiptPlace(s.Region, prod)
	place.Account = s.Identity.Account
	known := journal.Baseline{}
	for _, j := range b.server.Jobs(prod.AppID, prod.Environment) {
		known.JobIDs = append(known.JobIDs, j.ID)
	}
	p, err := lock.Begin(journal.Intent{Target: place, Before: a.Base.Config, Sent: a.Input.ResourceConfig, RequestHash: wire.Hash(a.Body), Baseline: known})
	if err != nil {
		b.t.Fatal(err)
	}
	if sent {
		if _, err := b.service.UpdateBackendAPI(b.t.Context(), a.Input); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := lock.Release(); err != nil { // as the system does
		b.t.Fatal(err)
	}
	return p.Receipt().ID
}

func TestNextStartFindsOut(t *testing.T) {
	for name, sent := range map[string]bool{"killed before sending": false, "killed before the answer": true} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			b.set(description, "changed")
			s := b.keeping()
			id := b.crash(s, b.approve(), sent)
			posts := b.server.Count("UpdateBackendAPI")

			found := b.findsOut(s)
			r := receipt(t, s.Journal, id)
			if !sent {
				if len(found) != 1 || !strings.Contains(found[0].Text, "still not known") || r.Verdict != journal.Unknown {
					t.Fatalf("found %+v; the receipt says %s", found, r.Verdict)
				}
				if again := b.findsOut(s); len(again) != 1 {
					t.Errorf("the next start finds %+v", again)
				}
			} else {
				job := b.updates()[0].ID
				if len(found) != 2 || !strings.Contains(found[0].Text, "started job "+job) || !strings.Contains(found[1].Text, "job "+job+" is RUNNING") {
					t.Fatalf("found %+v", found)
				}
				if r.Verdict != journal.Started || r.JobID != job || !r.EndedAt.IsZero() {
					t.Errorf("the receipt is %+v", r)
				}
				b.pass(time.Minute)
				if later := b.findsOut(s); len(later) != 1 || later[0].Text != "job "+job+" is COMPLETED" {
					t.Errorf("after the job's end: %+v", later)
				}
				if r := receipt(t, s.Journal, id); r.EndedAt.IsZero() || r.InEffect == nil || !*r.InEffect {
					t.Errorf("the receipt is %+v", r)
				}
				if rest := b.findsOut(s); len(rest) != 0 {
					t.Errorf("all is known, but %+v", rest)
				}
			}
			if now := b.server.Count("UpdateBackendAPI"); now != posts {
				t.Errorf("finding out has sent %d updates", now-posts)
			}
		})
	}
}

// pass lets time pass while nothing happens.
func (b *backend) pass(d time.Duration) { b.run(func() {}, d) }

// TestNextStartSeesTheConfiguration is a crash after which the job is not listed.
func TestNextStartSeesTheConfiguration(t *testing.T) {
	b := serve(t, emulator.Options{Faults: []emulator.Fault{{Operation: "ListBackendJobs", Status: 403, Code: "AccessDeniedException"}}})
	b.set(description, "changed")
	s := b.keeping()
	id := b.crash(s, b.approve(), true)
	b.pass(time.Minute)
	found := b.findsOut(s)
	if len(found) != 1 || !strings.Contains(found[0].Text, "is in effect") {
		t.Fatalf("found %+v", found)
	}
	if r := receipt(t, s.Journal, id); r.Verdict != journal.Started || r.JobID != "" || r.InEffect == nil || !*r.InEffect {
		t.Errorf("the receipt is %+v", r)
	}
	if rest := b.findsOut(s); len(rest) != 0 {
		t.Errorf("all is known, but %+v", rest)
	}
}

func TestNextStartLeavesOthersAlone(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s := b.keeping()
	b.crash(s, b.approve(), true)
	for name, change := range map[string]func(*edit.Sender, *edit.Target){
		"another account":     func(s *edit.Sender, _ *edit.Target) { s.Identity.Account = "210987654321" },
		"another region":      func(s *edit.Sender, _ *edit.Target) { s.Region = "us-east-1" },
		"another environment": func(_ *edit.Sender, to *edit.Target) { to.Environment = "dev" },
		"no journal":          func(s *edit.Sender, _ *edit.Target) { s.Journal = nil },
	} {
		other, target := s, prod
		change(&other, &target)
		if found, err := other.FindOut(t.Context(), target); err != nil || len(found) != 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
	}
	lock, err := s.Journal.Lock(edit.ReceiptPlace(emulator.SampleRegion, prod))
	if err != nil {
		t.Fatal(err)
	}
	if found := b.findsOut(s); len(found) != 1 || !strings.Contains(found[0].Text, "another ampedit is just submitting") {
		t.Errorf("while another program submits: %+v", found)
	}
	if err := lock.Release(); err != nil {
		t.Fatal(err)
	}
}

func TestNextStartWithoutAnAnswer(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Failed})
	b.set(description, "changed")
	s := b.keeping()
	o := b.sends(s, b.approve())
	unreachable := s
	if found, err := unreachable.FindOut(cancelled(), prod); err != nil || len(found) != 1 || !strings.Contains(found[0].Text, "could not be looked at") {
		t.Errorf("without an answer: %+v, %v", found, err)
	}
	if found := b.findsOut(s); len(found) != 1 || found[0].Text != "job "+o.Accepted.JobID+" is FAILED" {
		t.Errorf("after the job's end: %+v", found)
	}
	if r := receipt(t, s.Journal, o.Receipt); r.Status != "FAILED" || r.JobError == "" || r.InEffect != nil {
		t.Errorf("the receipt is %+v", r)
	}
}

// TestSendingAgainGivesTheFirstUp keeps the next start from taking the new job for
// the first request's.
func TestSendingAgainGivesTheFirstUp(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Lost})
	b.set(description, "changed")
	s, a := b.keeping(), b.approve()
	first := b.sends(s, a)
	if first.Verdict != edit.Unknown {
		t.Fatalf("the verdict is %v", first.Verdict)
	}
	a.Supersedes = first.Receipt
	second := b.sends(s, a)
	if second.Verdict != edit.Started || second.Receipt == first.Receipt || b.server.Count("UpdateBackendAPI") != 2 {
		t.Fatalf("the second is %+v", second)
	}
	if r := receipt(t, s.Journal, first.Receipt); r.Abandoned.IsZero() || r.Verdict != journal.Unknown || r.JobID != "" {
		t.Errorf("the first receipt is %+v", r)
	}
	if found := b.findsOut(s); len(found) != 1 || found[0].Receipt.ID != second.Receipt {
		t.Errorf("the next start finds %+v", found)
	}
}

func TestLookingAgainCompletesTheReceipt(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Timeout, Faults: []emulator.Fault{
		{Operation: "ListBackendJobs", First: 2, Count: 12, Status: 400, Code: "BadRequestException"},
		{Operation: "GetBackendAPI", First: 3, Count: 1, Status: 400, Code: "BadRequestException"},
	}})
	b.set(description, "changed")
	s, a := b.keeping(), b.approve()
	before := b.sends(s, a)
	if before.Verdict != edit.Unknown || receipt(t, s.Journal, before.Receipt).Verdict != journal.Unknown {
		t.Fatalf("the outcome is %+v", before)
	}
	var after edit.Outcome
	b.run(func() { after = s.LookAgain(t.Context(), a, before) }, 10*time.Minute)
	if r := receipt(t, s.Journal, before.Receipt); after.Verdict != edit.Started || after.Receipt != before.Receipt || r.Verdict != journal.Started || r.JobID != after.Accepted.JobID {
		t.Errorf("the outcome is %+v, the receipt %+v", after, r)
	}
}

func TestRecordEnd(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s, a := b.keeping(), b.approve()
	o := b.sends(s, a)
	record := func(status string, back *edit.ReadBack) *journal.Receipt {
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
