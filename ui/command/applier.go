package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"time"

	"ampedit/client"
	"ampedit/client/files"
	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/ui/edit"
)

// applier makes one change without a terminal.
type applier struct {
	*planner
	flags  *applyFlags
	hard   <-chan struct{}
	resume resumeFunc
	log    *slog.Logger
}

var planHash = regexp.MustCompile(`^[0-9a-f]{7,64}$`)

// checkExpect refuses what is not the hash of a plan.
func (f *applyFlags) checkExpect() error {
	hash := strings.ToLower(f.expect)
	if hash != "" && !planHash.MatchString(hash) {
		return usage("--expect %q is not the hash of a plan: it has 64 hexadecimal digits, of which the first 7 will do", f.expect)
	}
	f.expect = hash
	return nil
}

// apply goes all the way: guards, read, plan, approve, send, watch, read back.
func (a *applier) apply(ctx context.Context, file string) error {
	var until time.Time
	if a.flags.timeout > 0 {
		until = a.clock.Now().Add(a.flags.timeout)
	}
	a.edit.PassOver(a.flags.ignoreJobs...)
	if a.flags.waitForJobs > 0 {
		a.edit.WaitForJobs()
	}
	if err := a.begin(ctx, file); err != nil {
		return err
	}
	if g := a.edit.Forbidden(); g != nil {
		return &exitError{ExitError, refusal(g)}
	}
	plan, hash, err := a.plan(ctx)
	if err != nil {
		return err
	}
	if err := a.allowed(plan, hash); err != nil {
		return err
	}
	approval, err := a.edit.Approve()
	if err != nil {
		return err
	}
	deps := a.deps()
	deps.Unmoved = a.edit.Unmoved(files.Disk{})
	sub := submission.New(approval, submission.Options{NoWait: a.flags.noWait, WaitForJobs: a.flags.waitForJobs, Until: until})
	d := driver{events: a.events, resume: a.resume, session: a.edit.Session(), hard: a.hard, log: a.log}
	return d.drive(ctx, deps, sub)
}

// refusal is the error of a guard, and how to get past it where there is a way.
func refusal(g *edit.Guard) error {
	err := error(&edit.GuardError{Guard: *g})
	if g.Kind == edit.GuardJob {
		return fmt.Errorf("%w; --wait-for-jobs waits for it, --ignore-job passes over one that will never end", err)
	}
	return err
}

// allowed refuses what may not be sent as it is, and names what would allow it.
func (a *applier) allowed(plan edit.Plan, hash string) error {
	f := a.flags
	env := plan.Input.BackendEnvironmentName
	if err := blocked(plan); err != nil {
		return err
	}
	if plan.Nothing() {
		a.events.say("nothing", "nothing differs from what is deployed, and there is no API key to renew, so nothing is sent")
		return &exitError{code: ExitDone}
	}
	if len(plan.Changes) == 0 && !f.renew {
		a.events.say("nothing", "nothing differs from what is deployed, so nothing is sent; --renew sends it all the same")
		return &exitError{code: ExitDone}
	}
	switch {
	case !strings.HasPrefix(hash, f.expect):
		return fmt.Errorf("nothing was sent: the plan has the hash %s, not %s; look at it again with ampedit plan", hash[:7], f.expect)
	case plan.NeedsName() && f.confirm != env && (f.yes || a.edit.Protected()):
		return fmt.Errorf("nothing was sent: %s is protected or the change is destructive; --confirm %s sends it", env, shell.Here().Word(env))
	case !f.yes:
		a.events.say("not-sent", "nothing was sent; --yes sends it")
		return &exitError{code: ExitUsage}
	case plan.Schema.Errors() > 0 && !f.acceptErrors:
		return fmt.Errorf("nothing was sent: the checker finds %d errors in the schema; --accept-schema-errors sends it all the same", plan.Schema.Errors())
	case len(plan.Losses) > 0 && !f.acceptLosses:
		return errors.New("nothing was sent: the backend has what no request can carry and may lose it; --accept-losses sends it all the same")
	}
	return nil
}

// driver drives a submission without a terminal, and prints what happens.
type driver struct {
	events  *events
	resume  resumeFunc
	session *edit.Session
	hard    <-chan struct{}
	log     *slog.Logger // nil for none
}

// drive goes on until the submission is over. Its error carries the exit code.
func (d driver) drive(ctx context.Context, deps submission.Deps, sub *submission.Submission) error {
	printed := 0
	submission.Runner{Deps: deps, Hard: d.hard, Took: func() {
		for ; printed < len(sub.History()); printed++ {
			d.events.happened(sub.History()[printed])
		}
	}}.Run(ctx, sub)
	return d.end(sub)
}

// end says what it has come to.
func (d driver) end(sub *submission.Submission) error {
	command := ""
	if sub.CanLookAgain() {
		command = d.resume(sub, d.session)
	}
	d.events.end(sub, command)
	if d.log != nil {
		logSubmission(d.log, sub)
	}
	code := sub.ExitCode()
	if code == ExitDone {
		return nil
	}
	return &exitError{code, errors.New(sub.Conclusion())}
}

// advised adds to an error what to do next.
func advised(err error) error {
	if client.Classify(err) == client.ClassOther {
		return err
	}
	return fmt.Errorf("%w. %s", err, cmp.Or(client.Advice(err), "Try again"))
}
