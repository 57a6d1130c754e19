package command

import (
	"errors"
	"strings"
	"testing"

	"ampedit/client"
	"ampedit/ui"
	"ampedit/ui/edit"
	"ampedit/ui/task"
)

var (
	sentTarget  = edit.Target{AppID: "d1a2b3c4d5e6f7", Environment: "prod", ResourceName: "notes"}
	sentSession = &edit.Session{Profile: "acme-prod", Region: "eu-west-1", Identity: client.Identity{Account: "123456789012"}}
)

const head = "UpdateBackendAPI  d1a2b3c4d5e6f7 / prod / notes  (123456789012, eu-west-1)\n"

func sent(change func(*ui.Exit)) ui.Exit {
	x := ui.Exit{Submitted: true, Target: sentTarget, Session: sentSession, Outcome: &edit.Outcome{Verdict: edit.Started}, JobID: "1f0c2e77", Elapsed: "4 m 20 s"}
	change(&x)
	return x
}

const watchedHead = "watched  d1a2b3c4d5e6f7 / prod  (123456789012, eu-west-1)\n"

func watched(change func(*ui.Exit)) ui.Exit {
	x := sent(func(x *ui.Exit) { x.Submitted, x.Watched, x.Outcome = false, true, nil })
	change(&x)
	return x
}

func outcome(v edit.Verdict, err error) func(*ui.Exit) {
	return func(x *ui.Exit) { x.Outcome = &edit.Outcome{Verdict: v, Err: err} }
}

func TestSummaryAndExitCode(t *testing.T) {
	moved := &edit.MovedError{Base: &edit.Base{}}
	tests := map[string]struct {
		exit ui.Exit
		code int
		want string
	}{
		"left before sending": {ui.Exit{Target: sentTarget}, 0, "nothing was sent\n"},
		"fault":               {ui.Exit{Panic: &task.PanicMsg{}}, 1, "nothing was sent\n"},
		"completed": {sent(func(x *ui.Exit) { x.Status, x.Result = "COMPLETED", edit.Completed }), 0,
			head + "job 1f0c2e77 is COMPLETED after 4 m 20 s\n"},
		"failed": {sent(func(x *ui.Exit) { x.Status, x.Result, x.JobErr = "FAILED", edit.Failed, "first\nsecond\x1b[2J" }), 3,
			head + "job 1f0c2e77 is FAILED after 4 m 20 s\n  first\n  second\n"},
		"running": {sent(func(x *ui.Exit) { x.Status = "RUNNING" }), 4,
			head + "job 1f0c2e77 is still RUNNING after 4 m 20 s; come back with\n  ampedit watch 1f0c2e77 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"},
		"status that nobody knows": {sent(func(x *ui.Exit) { x.Status = "PAUSED\x07" }), 4,
			head + "job 1f0c2e77 is still PAUSED after 4 m 20 s; come back with\n  ampedit watch 1f0c2e77 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"},
		"receipt": {sent(func(x *ui.Exit) {
			x.Status, x.Result, x.Receipt = "COMPLETED", edit.Completed, "2026-11-22T14-03-31Z-prod"
		}), 0,
			head + "job 1f0c2e77 is COMPLETED after 4 m 20 s\nreceipt 2026-11-22T14-03-31Z-prod: ampedit history show 2026-11-22T14-03-31Z-prod\n"},
		"watched to its end": {watched(func(x *ui.Exit) { x.Status, x.Result = "COMPLETED", edit.Completed }), 0,
			watchedHead + "job 1f0c2e77 is COMPLETED after 4 m 20 s\n"},
		"watched until it failed": {watched(func(x *ui.Exit) { x.Status, x.Result, x.JobErr = "FAILED", edit.Failed, "why" }), 3,
			watchedHead + "job 1f0c2e77 is FAILED after 4 m 20 s\n  why\n"},
		"watched and left": {watched(func(x *ui.Exit) { x.Status = "RUNNING" }), 4,
			watchedHead + "job 1f0c2e77 is still RUNNING after 4 m 20 s; come back with\n  ampedit watch 1f0c2e77 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"},
		"left before it was seen": {watched(func(*ui.Exit) {}), 4,
			watchedHead + "job 1f0c2e77 was not seen yet; come back with\n  ampedit watch 1f0c2e77 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"},
		"watched after a refusal": {watched(func(x *ui.Exit) { x.Submitted, x.Status, x.Result = true, "COMPLETED", edit.Completed }), 0,
			watchedHead + "job 1f0c2e77 is COMPLETED after 4 m 20 s\n"},
		"fault while watching": {watched(func(x *ui.Exit) { x.Status, x.Panic = "RUNNING", &task.PanicMsg{} }), 1,
			watchedHead + "job 1f0c2e77 is still RUNNING after 4 m 20 s; come back with\n  ampedit watch 1f0c2e77 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1\n"},
		"left while it was sent": {sent(func(x *ui.Exit) { x.InFlight, x.Outcome = true, nil }), 5,
			head + "outcome unknown: left while the request was on its way, so a job may have started or not\nLook at the environment's jobs before you send it again.\n"},
		"answer lost": {sent(outcome(edit.Unknown, &client.UpdateError{Err: errors.New("504 da2-abcdefghijklmnopqrstuvwxyz")})), 5,
			head + "outcome unknown: the request was sent once; 504 [redacted]\nLook at the environment's jobs before you send it again.\n"},
		"no job named": {sent(outcome(edit.Unknown, errors.New("the answer names no job"))), 5,
			head + "outcome unknown: the request was sent once; the answer names no job\nLook at the environment's jobs before you send it again.\n"},
		"refused": {sent(outcome(edit.NotStarted, &client.Error{Code: "AccessDeniedException", Message: "no", Status: 403})), 1,
			head + "nothing was started: AccessDeniedException: no\n" + client.Advice(&client.Error{Code: "AccessDeniedException", Status: 403}) + "\n"},
		"stopped because something moved": {sent(outcome(edit.NotStarted, moved)), 0, head + moved.Error() + "\n"},
	}
	resume := resumer(&flags{}, func(string) string { return "" })
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := exitCode(test.exit); got != test.code {
				t.Errorf("exit code %d, not %d", got, test.code)
			}
			if got := summary(test.exit, resume); got != test.want {
				t.Errorf("summary\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestSummaryOfTheDemoNamesNoWayBack(t *testing.T) {
	x := sent(func(x *ui.Exit) { x.Status = "RUNNING" })
	got := summary(x, resumer(&flags{demo: "happy"}, func(string) string { return "" }))
	if strings.Contains(got, "ampedit watch") || !strings.Contains(got, "still RUNNING") {
		t.Error(got)
	}
}

func TestResumeCommandWorksInAnotherShell(t *testing.T) {
	tests := map[string]struct {
		target  edit.Target
		session *edit.Session
		flag    string
		env     map[string]string
		want    string
		jobID   string
	}{
		"plain":      {sentTarget, sentSession, "", nil, "ampedit watch j1 --app-id d1a2b3c4d5e6f7 --env prod --profile acme-prod --region eu-west-1", "j1"},
		"no session": {sentTarget, nil, "", nil, "ampedit watch j1 --app-id d1a2b3c4d5e6f7 --env prod", "j1"},
		"endpoint flag": {sentTarget, nil, "http://127.0.0.1:1", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2"},
			"ampedit watch j1 --app-id d1a2b3c4d5e6f7 --env prod --endpoint-url http://127.0.0.1:1", "j1"},
		"endpoint variable": {sentTarget, nil, "", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2", "AWS_ENDPOINT_URL_AMPLIFYBACKEND": "http://127.0.0.1:3"},
			"ampedit watch j1 --app-id d1a2b3c4d5e6f7 --env prod --endpoint-url http://127.0.0.1:3", "j1"},
		"endpoint ignored": {sentTarget, nil, "", map[string]string{"AWS_ENDPOINT_URL": "http://127.0.0.1:2", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
			"ampedit watch j1 --app-id d1a2b3c4d5e6f7 --env prod", "j1"},
		"shell characters": {edit.Target{AppID: "d1; rm -rf ~", Environment: "it's"}, nil, "", nil,
			`ampedit watch '$(id)' --app-id 'd1; rm -rf ~' --env 'it'\''s'`, "$(id)"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			resume := resumer(&flags{endpointURL: test.flag}, func(name string) string { return test.env[name] })
			if got := resume(test.target, test.session, test.jobID); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}
