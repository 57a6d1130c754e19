package journal

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestReceiptKeepsAllThatIsKnown(t *testing.T) {
	j, c := openNew(t)
	p := mustBegin(t, j, prod)
	want := Receipt{ID: "2026-11-22T14-03-31Z-prod", Intent: intent(prod)}
	want.Time, want.Version, want.Verdict = began, "1.2.3", Unknown
	check := func(stage string) {
		t.Helper()
		got, err := j.Get(want.ID)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", stage, diff)
		}
	}
	check("begun")

	c.Time = began.Add(time.Second)
	want.Resolution = Resolution{
		Verdict: Started, JobID: "job-3", KnownBy: "one new job", Error: "504 Gateway Timeout",
		SentAt: began, AnsweredAt: c.Time,
	}
	if err := p.Resolve(want.Resolution); err != nil {
		t.Fatal(err)
	}
	check("resolved")

	want.JobState = JobState{Status: "DEPLOYING", StartedAt: began}
	if err := j.Record(want.ID, want.JobState); err != nil {
		t.Fatal(err)
	}
	check("running")

	want.JobState = JobState{Status: "FAILED", JobError: "<b>line one\nline two & ünïcode", StartedAt: began, EndedAt: began.Add(time.Minute)}
	if err := j.Record(want.ID, want.JobState); err != nil {
		t.Fatal(err)
	}
	check("ended")

	if err := j.Record(want.ID, JobState{Status: "RUNNING"}); err != nil {
		t.Fatal(err)
	}
	check("told of an earlier state afterwards")

	want.InEffect = ptr(false)
	if err := j.Record(want.ID, JobState{InEffect: want.InEffect}); err != nil {
		t.Fatal(err)
	}
	check("read back")

	if err := j.Record(want.ID, JobState{InEffect: ptr(true)}); err != nil {
		t.Fatal(err)
	}
	check("read back again, after a later change")
}

func TestVerdictDecidesWhoAsksAgain(t *testing.T) {
	type outcome struct{ unresolved, unended int }
	for _, test := range []struct {
		name string
		do   func(*Pending) error
		want outcome
	}{
		{"nothing yet", func(*Pending) error { return nil }, outcome{unresolved: 1}},
		{"unknown", func(p *Pending) error { return p.Resolve(Resolution{Verdict: Unknown, KnownBy: "no new job"}) }, outcome{unresolved: 1}},
		{"not started", func(p *Pending) error { return p.Resolve(Resolution{Verdict: NotStarted}) }, outcome{}},
		{"started", func(p *Pending) error { return p.Resolve(Resolution{Verdict: Started}) }, outcome{unended: 1}},
		{"abandoned", (*Pending).Abandon, outcome{}},
		{"unknown, then started", func(p *Pending) error {
			return errors.Join(p.Resolve(Resolution{Verdict: Unknown}), p.Resolve(Resolution{Verdict: Started}))
		}, outcome{unended: 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			j, _ := openNew(t)
			if err := test.do(mustBegin(t, j, prod)); err != nil {
				t.Fatal(err)
			}
			unresolved, err := j.Unresolved()
			if err != nil {
				t.Fatal(err)
			}
			unended, err := j.Unended()
			if err != nil {
				t.Fatal(err)
			}
			if got := (outcome{len(unresolved.Receipts), len(unended.Receipts)}); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
			if list, err := j.List(prod, 10); err != nil || len(list.Receipts) != 1 {
				t.Errorf("history holds %q, error %v; want the receipt whatever its verdict", ids(list), err)
			}
		})
	}
}

func TestVerdictIsFinal(t *testing.T) {
	for name, settle := range map[string]func(*Pending) error{
		"started":     func(p *Pending) error { return p.Resolve(Resolution{Verdict: Started, JobID: "job-3"}) },
		"not started": func(p *Pending) error { return p.Resolve(Resolution{Verdict: NotStarted}) },
		"abandoned":   (*Pending).Abandon,
	} {
		t.Run(name, func(t *testing.T) {
			j, _ := openNew(t)
			l := mustLock(t, j, prod)
			p, err := l.Begin(intent(prod))
			if err != nil {
				t.Fatal(err)
			}
			if err := settle(p); err != nil {
				t.Fatal(err)
			}
			before := contents(t, j.root)
			if err := p.Resolve(Resolution{Verdict: Unknown}); !errors.Is(err, ErrResolved) {
				t.Errorf("resolved again: %v", err)
			}
			if _, err := l.Resume(p.Receipt().ID); !errors.Is(err, ErrResolved) {
				t.Errorf("resumed: %v", err)
			}
			if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
				t.Errorf("files changed:\n%s", diff)
			}
		})
	}
}

func TestRecordNeedsAStartedJob(t *testing.T) {
	j, _ := openNew(t)
	p := mustBegin(t, j, prod)
	if err := j.Record(p.Receipt().ID, JobState{Status: "COMPLETED", EndedAt: began}); err == nil {
		t.Error("recorded the end of a job that may not exist")
	}
	if err := p.Resolve(Resolution{Verdict: "perhaps"}); err == nil {
		t.Error("took a verdict that there is not")
	}
	for _, id := range []string{"2020-01-01T00-00-00Z-prod", "", "../receipts/" + p.Receipt().ID} {
		if err := j.Record(id, JobState{}); !errors.Is(err, ErrNotFound) {
			t.Errorf("receipt %q: %v, want not found", id, err)
		}
	}
}

func TestTook(t *testing.T) {
	for _, test := range []struct {
		name                     string
		started, answered, ended time.Duration // since began; negative means not known
		want                     time.Duration // negative means not known
	}{
		{"by the service's account", time.Second, 5 * time.Second, time.Minute, 59 * time.Second},
		{"from the answer", -1, 5 * time.Second, time.Minute, 55 * time.Second},
		{"still running", time.Second, 5 * time.Second, -1, -1},
		{"no start", -1, -1, time.Minute, -1},
		{"clocks that disagree", time.Minute, -1, time.Second, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			at := func(d time.Duration) time.Time {
				if d < 0 {
					return time.Time{}
				}
				return began.Add(d)
			}
			r := Receipt{Resolution: Resolution{AnsweredAt: at(test.answered)}, JobState: JobState{StartedAt: at(test.started), EndedAt: at(test.ended)}}
			got, known := r.Took()
			if known != (test.want >= 0) || known && got != test.want {
				t.Errorf("%v, known %v; want %v", got, known, test.want)
			}
		})
	}
}
