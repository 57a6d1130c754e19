package submission_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// riddles are sentences in which nobody knows what "it" or "that" is.
var riddles = regexp.MustCompile(`it was left while that|^it `)

// TestHeadlines go through each verdict with each reason, as the next start shows
// them without a connection: what must be said, and what must not.
func TestHeadlines(t *testing.T) {
	type row struct {
		verdict submission.Verdict
		reason  submission.Reason
		must    string // all of its words, parted by |
		not     string
	}
	rows := []row{
		{"not started", "", "othing was", "running|unknown"},
		{"not started", "signal", "othing was", "running|unknown"},
		{"started", "", "RUNNING", "COMPLETED|lost"},
		{"started", "no-wait", "RUNNING", "COMPLETED|lost"},
		{"started", "signal", "RUNNING", "COMPLETED|lost"},
		{"started", "timeout", "RUNNING", "COMPLETED|lost"},
		{"started", "look-failed", "RUNNING", "COMPLETED|lost"},
		{"done", "", "COMPLETED", "but|unknown|lost"},
		{"failed", "", "FAILED", "COMPLETED|unknown"},
		{"failed", "signal", "FAILED", "COMPLETED|unknown"},
		{"unconfirmed", "differs", "COMPLETED|but|not what was approved", "FAILED|unknown"},
		{"unconfirmed", "unreadable", "COMPLETED|but|could not be read", "FAILED|unknown"},
		{"unconfirmed", "job-error", "COMPLETED|but|error", "FAILED|unknown"},
		{"unconfirmed", "not-read-yet", "COMPLETED|but|read back", "FAILED|unknown"},
		{"unconfirmed", "signal", "COMPLETED|but|read back", "FAILED|unknown"},
		{"unconfirmed", "timeout", "COMPLETED|but|read back", "FAILED|unknown"},
		{"unknown", "sending", "", "accepted|COMPLETED|FAILED|has not come yet"},
		{"unknown", "looking", "", "accepted|COMPLETED|FAILED"},
		{"unknown", "no-job", "no job", "accepted|COMPLETED|FAILED"},
		{"unknown", "jobs-unread", "could not be listed", "accepted|COMPLETED|FAILED|no job"},
		{"unknown", "job-running", "not ended", "accepted|COMPLETED|FAILED|no job"},
		{"unknown", "jobs-disagree", "differently", "accepted|no job"},
		{"unknown", "job-vanished", "found", "accepted|COMPLETED|no job"},
		{"unknown", "times-disagree", "time", "accepted|no job"},
		{"unknown", "operation-unnamed", "operation", "accepted|no job"},
		{"unknown", "differs", "not what was approved", "accepted|no job"},
		{"unknown", "unreadable", "could not be read", "accepted|no job"},
		{"unknown", "signal", "", "accepted|COMPLETED|FAILED"},
		{"unknown", "timeout", "", "accepted|COMPLETED|FAILED"},
		{"unknown", "left", "", "accepted|COMPLETED|FAILED"},
	}
	for _, closed := range []bool{false, true} {
		for _, c := range rows {
			s := newScene(t)
			r := submission.New(s.approval, s.options).Receipt()
			r.Verdict, r.Reason = string(c.verdict), string(c.reason)
			if c.verdict == "started" || c.verdict == "done" || c.verdict == "failed" || c.verdict == "unconfirmed" {
				r.JobID, r.Status = "new-1", map[submission.Verdict]string{"started": "RUNNING", "failed": "FAILED"}[c.verdict]
			}
			if closed {
				r.Closed = noon
			}
			sub := submission.Resume(r, s.options)
			text := sub.Headline().Text
			for _, want := range strings.Split(c.must, "|") {
				if !strings.Contains(text, want) {
					t.Errorf("%s %s, closed %v: %q does not say %q", c.verdict, c.reason, closed, text, want)
				}
			}
			for _, never := range strings.Split(c.not, "|") {
				if strings.Contains(text, never) {
					t.Errorf("%s %s, closed %v: %q says %q", c.verdict, c.reason, closed, text, never)
				}
			}
			if text == "" || riddles.MatchString(text) {
				t.Errorf("%s %s, closed %v: %q is a riddle", c.verdict, c.reason, closed, text)
			}
			for _, l := range sub.Lines() {
				if l.Text == "" || strings.HasSuffix(l.Text, ": ") {
					t.Errorf("%s %s: a line says nothing: %q", c.verdict, c.reason, l.Text)
				}
			}
			if words := submission.Result(&r); words == "" || strings.HasSuffix(words, ", ") {
				t.Errorf("%s %s: the result is %q", c.verdict, c.reason, words)
			}
		}
	}
}

// TestHeadlinesOnTheWay are those of a course of events while it goes on.
func TestHeadlinesOnTheWay(t *testing.T) {
	for _, c := range courses {
		s := newScene(t)
		c.set(s)
		sub := submission.New(s.approval, s.options)
		for more := true; more; {
			text := sub.Headline().Text
			switch {
			case text == "" || riddles.MatchString(text):
				t.Errorf("%s: %q", c.name, text)
			case s.acted && (strings.Contains(text, "othing was sent") || strings.Contains(text, "othing was started")):
				t.Errorf("%s: the service has acted, and it says %q", c.name, text)
			case s.count("Post") > 0 && strings.Contains(text, "othing was sent"):
				t.Errorf("%s: %d requests were sent, and it says %q", c.name, s.count("Post"), text)
			}
			for _, l := range sub.Lines() {
				if strings.TrimSpace(l.Text) == "" {
					t.Errorf("%s: an empty line", c.name)
				}
			}
			_, more = s.next(sub)
		}
		for _, e := range sub.History() {
			if e.Text == "" || e.At.IsZero() || e.Kind == "" || riddles.MatchString(e.Text) {
				t.Errorf("%s: an entry is %+v", c.name, e)
			}
		}
	}
}

// TestAllOfAnError is said: a refusal with its resource type or limit type, for the
// person and in the receipt.
func TestAllOfAnError(t *testing.T) {
	for want, answer := range map[string]*client.Error{
		"AppDoesNotExist": {Status: 404, Code: "NotFoundException", Message: "no app", ResourceType: "AppDoesNotExist"},
		"RequestsPerHour": {Status: 429, Code: "TooManyRequestsException", Message: "slow", LimitType: "RequestsPerHour"},
		"no such thing":   {Status: 400, Code: "BadRequestException", Message: "no such thing"},
	} {
		s := newScene(t)
		s.onPost = answers(&client.UpdateError{Effect: client.DidNotAct, Err: answer})
		sub := s.submit()
		if all := sub.Headline().Text + lines(sub); !strings.Contains(all, want) {
			t.Errorf("%s is not said in %q", want, all)
		}
		if r := s.onDisk(sub.Receipt().ID); !strings.Contains(r.Error, want) {
			t.Errorf("%s is not in the receipt: %q", want, r.Error)
		}
	}
}

// TestWhyNothingWasSent keeps the reason of this program beside that of the service.
func TestWhyNothingWasSent(t *testing.T) {
	s := newScene(t)
	s.onList = func(int) error { return outage }
	if text := s.submit().Headline().Text; !strings.Contains(text, "jobs could not be listed") || !strings.Contains(text, "503") {
		t.Errorf("it says %q", text)
	}
}

// TestLinesOfJobs say which job ended how.
func TestLinesOfJobs(t *testing.T) {
	s := newScene(t)
	s.onPost = answers(gateway504)
	failed := update("a", time.Second, 2*time.Second, "FAILED")
	failed.err = "Syntax Error: unexpected Name"
	s.jobs = append(s.jobs, failed)
	sub := s.submit()
	for _, want := range []string{"a (UpdateBackendAPI), FAILED", "Syntax Error: unexpected Name", "The transformer refuses the schema"} {
		if !strings.Contains(lines(sub), want) {
			t.Errorf("%q is not in\n%s", want, lines(sub))
		}
	}
	s = newScene(t)
	s.jobs = append(s.jobs, update("new-1", 0, 2*time.Second, "FAILED"))
	if all := lines(s.submit()); !strings.Contains(all, "gave no reason") || strings.Contains(all, "stale now") {
		t.Errorf("it says\n%s", all)
	}
}

func TestLinesOfTheAnswer(t *testing.T) {
	s := newScene(t)
	a := answer("new-1")
	a.Operation, a.Error, a.AppID = some("UpdateApi"), some("the table is locked"), some("d9other")
	s.onPost, s.effect = answers(a), -1
	sub := s.submit()
	for _, want := range []string{"appId d9other, not d1example", "operation UpdateApi, not UpdateBackendAPI", "carries an error: the table is locked", "request id req-1"} {
		if !strings.Contains(lines(sub), want) {
			t.Errorf("%q is not in\n%s", want, lines(sub))
		}
	}
}

func TestUsual(t *testing.T) {
	finished := func(operation, status string, took time.Duration) wire.Job {
		made := noon.Format(time.RFC3339)
		end, word := noon.Add(took).Format(time.RFC3339), wire.JobStatus(status)
		return wire.Job{Operation: &operation, Status: &word, CreateTime: &made, UpdateTime: &end}
	}
	var jobs []wire.Job
	for n := 1; n <= 10; n++ {
		jobs = append(jobs, finished("UpdateBackendAPI", "COMPLETED", time.Duration(n)*time.Minute))
	}
	jobs = append(jobs, finished("UpdateBackendAPI", "RUNNING", time.Hour), finished("GenerateBackendAPIModels", "COMPLETED", time.Hour), wire.Job{})
	want := submission.Usual{Median: 5 * time.Minute, Most: 9 * time.Minute, Count: 10}
	if got := submission.UsualOf(jobs, []time.Duration{5 * time.Minute}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	two := []wire.Job{finished("UpdateBackendAPI", "COMPLETED", time.Minute), finished("UpdateBackendAPI", "FAILED", time.Hour)}
	if submission.UsualOf(two, nil).Known() || submission.UsualOf(nil, nil).Known() || !submission.UsualOf(two, []time.Duration{time.Second * 7}).Known() {
		t.Error("three jobs make a rule, two do not")
	}
}

func TestSmallWords(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 1500 * time.Millisecond: "1 s", 59 * time.Second: "59 s", time.Minute: "1 m 00 s", 252 * time.Second: "4 m 12 s",
		time.Hour: "1 h 00 m", 47*time.Hour + 59*time.Minute: "47 h 59 m", 48 * time.Hour: "2 days",
	} {
		if got := submission.Duration(d); got != want {
			t.Errorf("%v is %q, not %q", d, got, want)
		}
	}
	if submission.Elapsed(noon, noon.Add(1500*time.Millisecond)) != time.Second || submission.Elapsed(noon, noon.Add(-time.Hour)) != 0 {
		t.Error("elapsed")
	}
	if submission.Short(nil) == "" || submission.Short(errors.New("x")) != "x" {
		t.Error("short")
	}
}

// TestRecall takes up what a name means.
func TestRecall(t *testing.T) {
	s := newScene(t)
	s.options.NoWait = true
	s.jobs = append(s.jobs, update("new-1", 0, time.Minute, ""))
	first := s.submit().Receipt().ID
	s.clock.pass(time.Hour)
	s.onPost = answers(&client.UpdateError{Effect: client.DidNotAct, Err: denied})
	s.submit() // nothing was started: not what "the last one" means
	for name, want := range map[string]string{"": first, "new-1": first, first: first, first[:12]: "?", "no-such": ""} {
		sub, err := submission.Recall(s.openJournal(), journal.Target{}, name, s.options)
		switch {
		case want == "?":
			var many *journal.AmbiguousError
			if !errors.As(err, &many) {
				t.Errorf("%q: %v", name, err)
			}
		case err != nil || (sub == nil) != (want == "") || sub != nil && sub.Receipt().ID != want:
			t.Errorf("%q: %v, %v", name, sub, err)
		}
	}
	other := prodAPI
	for change, of := range map[string]func(*journal.Target){
		"another region": func(t *journal.Target) { t.Region = "us-east-1" }, "another environment": func(t *journal.Target) { t.Environment = "dev" },
		"another account": func(t *journal.Target) { t.Account = "210987654321" },
	} {
		other = prodAPI
		of(&other)
		if found, err := submission.Earlier(s.openJournal(), other, s.options); err != nil || len(found) != 0 {
			t.Errorf("%s: %v, %v", change, found, err)
		}
	}
	if found, err := submission.Earlier(s.openJournal(), prodAPI, s.options); err != nil || len(found) != 1 || found[0].Receipt().ID != first {
		t.Errorf("earlier are %v, %v", found, err)
	}
}
