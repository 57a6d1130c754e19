package edit

import (
	"cmp"
	"fmt"
	"slices"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// GuardKind says what a guard is about.
type GuardKind string

// The guards, in the order in which they are said.
const (
	GuardReadOnly  GuardKind = "read-only"
	GuardAccount   GuardKind = "account"
	GuardJob       GuardKind = "job"
	GuardProtected GuardKind = "protected"
)

// Guard is something that keeps an update from being sent from here, or that asks for
// more than a yes.
type Guard struct {
	Kind GuardKind
	// Text says the reason first, and who made it one: a clause without a full stop.
	Text string
	// Forbids says that nothing can be sent. Else the environment's name is asked for,
	// or there is nothing more to say than that it is not known.
	Forbids bool
	// Unknown says that it is not known whether the guard is one.
	Unknown bool

	err error // why it is not known
}

// GuardError says that a guard kept an update from being sent.
type GuardError struct{ Guard Guard }

// Error says that nothing was sent, and the reason.
func (e *GuardError) Error() string { return "nothing was sent: " + e.Guard.Text }

// Unwrap returns why it is not known whether the guard is one, if that is the reason.
func (e *GuardError) Unwrap() error { return e.Guard.err }

// Guards are those of the present target and connection, those that forbid first.
func (e *Edit) Guards() []Guard {
	var guards []Guard
	for _, g := range []*Guard{e.readOnlyGuard(), e.accountGuard(), e.jobGuard(), e.protectedGuard()} {
		if g != nil {
			guards = append(guards, *g)
		}
	}
	slices.SortStableFunc(guards, func(a, b Guard) int { return cmp.Compare(weight(b), weight(a)) })
	return guards
}

func weight(g Guard) int {
	switch {
	case g.Forbids:
		return 2
	case g.Unknown:
		return 0
	}
	return 1
}

// Forbidden is the first guard that forbids sending, nil if none does.
func (e *Edit) Forbidden() *Guard {
	if guards := e.Guards(); len(guards) > 0 && guards[0].Forbids {
		return &guards[0]
	}
	return nil
}

func (e *Edit) readOnlyGuard() *Guard {
	if e.session != nil {
		return e.policy.readOnly(e.session.Profile)
	}
	if g := e.policy.readOnly(""); g != nil || len(e.policy.ReadOnlyProfiles) == 0 {
		return g
	}
	return &Guard{
		Kind: GuardReadOnly, Forbids: true, Unknown: true,
		Text: "read-only or not is not known yet: " + e.policy.ReadOnlyProfiles[0].From + " go by the profile, and there is no connection",
	}
}

func (p Policy) readOnly(profile string) *Guard {
	by := p.ReadOnlyBy(profile)
	if by == "" {
		return nil
	}
	return &Guard{Kind: GuardReadOnly, Forbids: true, Text: "read-only: " + by}
}

func (e *Edit) accountGuard() *Guard {
	if e.session == nil {
		return e.policy.account(client.Identity{}, nil)
	}
	return e.policy.account(e.session.Identity, e.session.IdentityErr)
}

// account is the guard of who the caller is; err says why that is not known.
func (p Policy) account(who client.Identity, err error) *Guard {
	g := &Guard{Kind: GuardAccount, Forbids: true, Unknown: who.Account == "", err: err}
	switch {
	case len(p.Accounts) == 0, slices.Contains(p.Accounts, who.Account):
		return nil
	case who.Account != "":
		g.Text = fmt.Sprintf("account %s is not among those of %s", who.Account, p.AccountsFrom)
	case err != nil:
		g.Text = fmt.Sprintf("the account could not be verified, and %s allows only some: %v", p.AccountsFrom, err)
	default:
		g.Text = "the account is not known yet, and " + p.AccountsFrom + " allows only some"
	}
	return g
}

func (e *Edit) jobGuard() *Guard {
	job := e.Holding()
	switch {
	case job != nil:
		text := submission.JobWords(job, e.now()) + "; the service runs one at a time"
		if e.waits {
			return &Guard{Kind: GuardJob, Text: text + ", and it is waited for"}
		}
		return &Guard{Kind: GuardJob, Forbids: true, Text: text}
	case !e.jobsKnown():
		return &Guard{Kind: GuardJob, Unknown: true, Text: "whether a job holds the environment is not known yet"}
	case e.jobs.err != nil:
		return &Guard{Kind: GuardJob, Unknown: true, Text: "the environment's jobs could not be listed: " + e.jobs.err.Error(), err: e.jobs.err}
	}
	return nil
}

func (e *Edit) protectedGuard() *Guard {
	env := e.Target().Environment
	by := e.policy.ProtectedBy(env)
	if env == "" || by == "" {
		return nil
	}
	return &Guard{Kind: GuardProtected, Text: env + " is protected (" + by + "): its name is typed to send"}
}

// environmentJobs are the jobs of an environment as they were listed last.
type environmentJobs struct {
	place environment
	list  []wire.Job
	err   error
}

// environment is where jobs run.
type environment struct{ region, app, name string }

func (e *Edit) environment() environment {
	t := e.Target()
	at := environment{app: t.AppID, name: t.Environment}
	if e.session != nil {
		at.region = e.session.Region
	}
	return at
}

// SetJobs records which jobs the present environment has, or why they could not be
// listed.
func (e *Edit) SetJobs(jobs []wire.Job, err error) {
	e.jobs = environmentJobs{place: e.environment(), list: jobs, err: err}
}

func (e *Edit) jobsKnown() bool { return e.session != nil && e.jobs.place == e.environment() }

// Holding is the job that keeps an update from being sent, nil if none is known to.
func (e *Edit) Holding() *wire.Job {
	if !e.jobsKnown() {
		return nil
	}
	if unended := e.NotPassedOver(submission.Unended(e.jobs.list)); len(unended) > 0 {
		return &unended[0]
	}
	return nil
}

// PassOver says that jobs will not end, by their ids.
func (e *Edit) PassOver(ids ...string) {
	e.passOver = append(e.passOver, ids...)
}

// PassedOver are the ids of the jobs that the user says will not end.
func (e *Edit) PassedOver() []string { return slices.Clone(e.passOver) }

// NotPassedOver leaves out the jobs of which the user says that they will not end.
func (e *Edit) NotPassedOver(jobs []wire.Job) []wire.Job {
	return slices.DeleteFunc(slices.Clone(jobs), func(j wire.Job) bool { return slices.Contains(e.passOver, wire.Text(j.JobID)) })
}

// WaitForJobs says that a job that holds the environment is waited for.
func (e *Edit) WaitForJobs() { e.waits = true }
