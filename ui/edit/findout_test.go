package edit_test

import (
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

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

func TestNextStartRemembersHowTheAnswerWasLost(t *testing.T) {
	b := serve(t, emulator.Options{Scenario: emulator.Lost})
	b.set(description, "changed")
	s := b.keeping()
	o := b.sends(s, b.approve())
	before := receipt(t, s.Journal, o.Receipt).Error
	for range 2 {
		b.findsOut(s)
	}
	if r := receipt(t, s.Journal, o.Receipt); r.Verdict != journal.Unknown || r.Error != before || !strings.Contains(r.Error, "GatewayTimeout") {
		t.Errorf("the receipt says %q, and said %q", r.Error, before)
	}
}

// TestNextStartTakesNoJobOfAnotherRequest sends while it is not known what became of
// an earlier request: the new job is not the earlier one's.
func TestNextStartTakesNoJobOfAnotherRequest(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "changed")
	s, a := b.keeping(), b.approve()
	lost := b.crash(s, a, false)
	o := b.sends(s, a)
	if o.Verdict != edit.Started {
		t.Fatal(o.Err)
	}
	b.findsOut(s)
	if r := receipt(t, s.Journal, lost); r.Verdict != journal.Unknown || r.JobID != "" {
		t.Errorf("the receipt of the earlier request is %+v", r)
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
