package command

import (
	"context"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/task"
)

var (
	sentPlace   = journal.Target{Account: "123456789012", Region: "eu-west-1", AppID: "d1a2b3c4d5e6f7", Environment: "prod", ResourceName: "notes"}
	sentSession = &edit.Session{Profile: "acme-prod", Region: "eu-west-1", Identity: client.Identity{Account: "123456789012"}}
)

const (
	head     = "UpdateBackendAPI  d1a2b3c4d5e6f7 / prod / notes  (123456789012, eu-west-1)\n"
	wayBack  = " --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"
	receipt1 = "receipt 2026-11-22T14-03-31Z-prod: ampedit history show 2026-11-22T14-03-31Z-prod\n"
)

// sent is a program that was left with what a receipt says.
func sent(change func(*journal.Receipt)) ui.Exit {
	r := journal.Receipt{ID: "2026-11-22T14-03-31Z-prod", Target: sentPlace, Sent: &wire.ResourceConfig{}, JobID: "1f0c2e77"}
	change(&r)
	return ui.Exit{Submission: submission.Resume(r, submission.Options{}), Session: sentSession}
}

// leftRefused is a program that was left after a step of its submission failed.
func leftRefused(err error) ui.Exit {
	body, _ := wire.Body(&wire.UpdateBackendAPIInput{ResourceName: "notes", ResourceConfig: &wire.ResourceConfig{}})
	s := submission.New(submission.Approval{Target: sentPlace, Body: body, Wanted: &wire.ResourceConfig{}}, submission.Options{})
	fails := func(context.Context) (client.Identity, error) { return client.Identity{}, err }
	submission.Runner{Deps: submission.Deps{Clock: client.SystemClock{}, Guard: fails}}.Run(context.Background(), s)
	return ui.Exit{Submission: s, Session: sentSession}
}

func TestSummaryAndExitCode(t *testing.T) {
	moved := &edit.MovedError{Base: &edit.Base{}}
	stale := "  Local checkouts are stale now: run amplify pull in each of them.\n"
	tests := map[string]struct {
		exit ui.Exit
		code int
		want string
	}{
		"left before sending": {ui.Exit{}, 0, "nothing was sent\n"},
		"fault":               {ui.Exit{Panic: &task.PanicMsg{}}, 1, "nothing was sent\n"},
		"done": {sent(func(r *journal.Receipt) {
			r.Verdict, r.Status, r.ReadBack = "done", "COMPLETED", &journal.ReadBack{Same: true}
		}), 0, head + "job 1f0c2e77: COMPLETED\n  read back: it is what was approved\n" + stale + receipt1},
		"differs": {sent(func(r *journal.Receipt) {
			r.Verdict, r.Reason, r.Status, r.ReadBack = "unconfirmed", "differs", "COMPLETED", &journal.ReadBack{Differs: []string{"transformSchema"}}
		}), 6, head + "job 1f0c2e77: COMPLETED, but what is deployed is not what was approved\n  read back: it differs from what was approved, in transformSchema\n" + stale + receipt1},
		"failed": {sent(func(r *journal.Receipt) {
			r.Verdict, r.Status, r.JobError = "failed", "FAILED", "first\nsecond\x1b[2J"
		}), 3, head + "job 1f0c2e77: FAILED\n  first\n  second\n" + receipt1},
		"running": {sent(func(r *journal.Receipt) { r.Verdict, r.Status = "started", "PAUSED\x07" }), 4,
			head + "job 1f0c2e77: PAUSED\n" + receipt1},
		"unknown": {sent(func(r *journal.Receipt) {
			r.Verdict, r.Reason, r.JobID, r.Error, r.Abandoned = "unknown", "no-job", "", "504 da2-abcdefghijklmnopqrstuvwxyz", time.Now()
		}), 5, head + "Outcome unknown: no job appeared after it. The request may be running, or come to run.\n  Instead of a proper answer: 504 [redacted]\n" + receipt1},
		"fault while watching": {func() ui.Exit {
			x := sent(func(r *journal.Receipt) { r.Verdict, r.Status = "started", "RUNNING" })
			x.Panic = &task.PanicMsg{}
			return x
		}(), 1, head + "job 1f0c2e77: RUNNING\n" + receipt1},
		"refused": {leftRefused(&client.Error{Code: "AccessDeniedException", Message: "no", Status: 403}), 1,
			head + "Nothing was started. AccessDeniedException: no. " + client.Advice(&client.Error{Code: "AccessDeniedException", Status: 403}) + "\n"},
		"stopped because something moved": {leftRefused(moved), 0,
			head + "Nothing was started. T" + strings.TrimPrefix(moved.Error(), "t") + ".\n"},
		"read-only": {leftRefused(client.ErrReadOnly), 1,
			head + "Nothing was started. This session is read-only; nothing was sent. " + client.Advice(client.ErrReadOnly) + "\n"},
	}
	resume := resumer(&flags{}, func(string) string { return "" })
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := exitCode(test.exit); got != test.code {
				t.Errorf("exit code %d, not %d", got, test.code)
			}
			if got := string(summary(test.exit, resume, time.Now())); got != test.want {
				t.Errorf("summary\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

// leftWatching is a program that was left while a job runs that was not sent from
// here.
func leftWatching() ui.Exit {
	s := submission.Follow(sentPlace, "1f0c2e77", submission.Options{})
	s.Leave(time.Now(), submission.ReasonLeft)
	return ui.Exit{Submission: s, Session: sentSession}
}

func TestSummaryNamesTheWayBack(t *testing.T) {
	got := string(summary(leftWatching(), resumer(&flags{}, func(string) string { return "" }), time.Now()))
	want := "watched  d1a2b3c4d5e6f7 / prod  (123456789012, eu-west-1)\njob 1f0c2e77: status not known yet\ncome back with\n  ampedit watch 1f0c2e77" + wayBack
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	got = string(summary(leftWatching(), resumer(&flags{demo: "happy"}, func(string) string { return "" }), time.Now()))
	if strings.Contains(got, "ampedit watch") {
		t.Errorf("the demo's service has ended, and this is the way back to it:\n%s", got)
	}
}

func TestResumeCommandWorksInAnotherShell(t *testing.T) {
	tests := map[string]struct {
		app, env, job string
		session       *edit.Session
		flag          string
		variables     map[string]string
		want          string
	}{
		"plain":      {"d1", "prod", "j1", sentSession, "", nil, "ampedit watch j1 --app-id d1 --env prod --profile acme-prod --region eu-west-1"},
		"no session": {"d1", "prod", "j1", nil, "", nil, "ampedit watch j1 --app-id d1 --env prod --region eu-west-1"},
		"endpoint flag": {"d1", "prod", "j1", nil, "http://127.0.0.1:1", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2"},
			"ampedit watch j1 --app-id d1 --env prod --region eu-west-1 --endpoint-url http://127.0.0.1:1"},
		"endpoint variable": {"d1", "prod", "j1", nil, "", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2", "AWS_ENDPOINT_URL_AMPLIFYBACKEND": "http://127.0.0.1:3"},
			"ampedit watch j1 --app-id d1 --env prod --region eu-west-1 --endpoint-url http://127.0.0.1:3"},
		"endpoint ignored": {"d1", "prod", "j1", nil, "", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
			"ampedit watch j1 --app-id d1 --env prod --region eu-west-1"},
		"shell characters": {"d1; rm -rf ~", "it's", "$(id)", nil, "", nil,
			shell.Line("ampedit", "watch", "$(id)", "--app-id", "d1; rm -rf ~", "--env", "it's", "--region", "eu-west-1")},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			place := journal.Target{AppID: test.app, Environment: test.env, Region: "eu-west-1"}
			resume := resumer(&flags{endpointURL: test.flag}, func(name string) string { return test.variables[name] })
			if got := resume(submission.Follow(place, test.job, submission.Options{}), test.session); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
