package submission_test

import (
	"context"
	"strconv"
	"time"

	"ampedit/client/journal"
	"ampedit/client/submission"
)

const (
	// mostSteps is more than the longest job that ends needs.
	mostSteps = 3000
	// mostRounds is how often a submission is taken up anew.
	mostRounds = 6
)

// play plays the run to its end.
func (w *world) play() {
	if w.chance(0.2) {
		w.crowdBefore()
	}
	l := w.boot()
	l.begin(w.approve("", nil), "")
	for round := 0; l != nil && len(w.bad) == 0; round++ {
		if killed := l.drive(); killed {
			l = w.restart(l)
			continue
		}
		if len(w.bad) == 0 {
			w.judge(l)
			l = w.afterwards(l, round)
		}
	}
	if l != nil {
		l.end()
	}
	w.judgeDisk()
	w.checkUnlocked()
}

// checkUnlocked sees that no run keeps the next one from sending.
func (w *world) checkUnlocked() {
	l := w.boot()
	lock, err := l.journal.Lock(target)
	if err != nil {
		w.wrong("the environment is still locked: %v", err)
		return
	}
	_ = lock.Release()
}

// crowdBefore lets others be busy about the time of the baseline.
func (w *world) crowdBefore() {
	if w.others > 0 {
		w.intrude(oneOf(w, "foreign-operation", "foreign-unnamed", "second-client-other"), w.now.Add(w.between(0, 5*time.Second)), "")
	}
}

// begin begins with an approval.
func (l *process) begin(ap *approval, supersedes string) {
	a := ap.approved()
	a.Supersedes = supersedes
	l.ap, l.s, l.told, l.lines, l.resumed = ap, submission.New(a, l.options(true)), 0, "", false
}

func (l *process) options(limits bool) submission.Options {
	w := l.w
	o := submission.Options{Jitter: w.rng.Float64}
	if !limits {
		return o
	}
	if w.chance(0.08) {
		o.Until = l.clock.Now().Add(w.between(5*time.Second, 5*time.Minute))
		w.hit("time-limit")
	}
	if w.chance(0.05) {
		o.NoWait = true
		w.hit("not-waited")
	}
	if w.chance(0.2) {
		o.WaitForJobs = w.between(time.Second, 20*time.Minute)
		w.hit("jobs-waited-for")
	}
	return o
}

// drive does step after step until the submission is over; true if the program is
// killed before.
func (l *process) drive() (killed bool) {
	w := l.w
	if w.run && w.chance(0.5) {
		l.runner()
		return false
	}
	for n := 0; len(w.bad) == 0; n++ {
		if n > mostSteps {
			w.wrong("it does not end: %d steps, %s", n, l.s.Doing())
		}
		now := l.clock.Now()
		step, ok := l.s.Next(now)
		if !ok {
			return false
		}
		w.judge(l)
		if wait := step.At.Sub(now); wait > 0 {
			l.wait(wait, n)
		} else if l.do(step) {
			return true
		}
	}
	return false
}

// wait lets the time until the next step pass, unless something happens first.
func (l *process) wait(d time.Duration, n int) {
	w := l.w
	switch {
	case w.chance(w.nap):
		w.hit("suspend")
		w.pass(d + w.between(time.Second, oneOf(w, time.Minute, time.Hour, 26*time.Hour)))
	case w.chance(w.leave), n > 40 && w.endlessJobs():
		w.hit("left")
		w.tracef("left")
		l.s.Leave(l.clock.Now(), submission.ReasonLeft)
	default:
		w.pass(d)
	}
}

func (w *world) endlessJobs() bool {
	for _, j := range w.jobs {
		if j.ends.Equal(never) {
			return true
		}
	}
	return false
}

// do does a step; true if the program is killed meanwhile.
func (l *process) do(step submission.Step) (killed bool) {
	w, kill := l.w, l.w.kill
	if step.Shield {
		kill *= 3 // where it matters most
	}
	if w.chance(w.nap / 2) {
		w.hit("suspend")
		w.pass(w.between(time.Second, oneOf(w, time.Minute, 26*time.Hour)))
	}
	if w.chance(kill) {
		l.kill()
		return true
	}
	writes := step.Kind == submission.Intent || step.Kind == submission.Record
	if writes && w.chance(kill) {
		w.hit("killed-writing")
		l.mount.left = w.rng.IntN(6)
	}
	w.tracef("step %s: %s", stepNames[step.Kind], l.s.Doing())
	e := l.deps.Do(context.Background(), step)
	l.loose = submission.LockIn(e)
	if l.mount.left >= 0 || w.chance(kill) {
		if step.Kind == submission.Post {
			w.hit("killed-sending")
		}
		l.kill()
		return true
	}
	if leave := w.leave; w.chance(leave) || step.Kind == submission.Post && w.chance(4*leave) {
		l.leaveInFlight(e)
		return false
	}
	l.take(e)
	return false
}

// stepNames are those of the steps.
var stepNames = map[submission.Kind]string{
	submission.Guard: "guard", submission.Lock: "lock", submission.Baseline: "baseline", submission.Unmoved: "unmoved", submission.Intent: "intent",
	submission.Post: "post", submission.List: "list", submission.Job: "job", submission.ReadBack: "read", submission.Record: "record", submission.Unlock: "unlock",
}

func (l *process) take(e submission.Event) {
	l.s.Take(e)
	l.loose = nil
	l.w.bug.plant(l.s, e)
	l.w.judge(l)
}

// leaveInFlight leaves while a step is done; what comes of it may be taken late.
func (l *process) leaveInFlight(e submission.Event) {
	w := l.w
	w.hit("left-in-flight")
	w.tracef("left during %s", stepNames[e.Kind()])
	l.ap.forget() // what is taken late is dropped, but for the end of a POST
	l.s.Leave(l.clock.Now(), submission.ReasonSignal)
	w.judge(l)
	for range 3 {
		step, ok := l.s.Next(l.clock.Now())
		if !ok {
			break
		}
		l.take(l.deps.Do(context.Background(), step))
	}
	l.loose = submission.LockIn(e)
	if e.Kind() != submission.Post || w.chance(0.7) { // a second signal does not wait for the answer to a POST
		w.hit("answer-taken-late")
		w.tracef("taken late: %s", stepNames[e.Kind()])
		l.take(e)
	}
}

// restart starts the program again after it has ended, and takes up what the
// journal has. It is nil if there is nothing.
func (w *world) restart(before *process) *process {
	w.judgeDisk()
	w.pass(w.between(time.Second, oneOf(w, 10*time.Second, 10*time.Minute, 40*time.Hour)))
	if !w.fair && w.chance(0.2) {
		w.machine = w.between(-24*time.Hour, 24*time.Hour)
		w.hit("clock-changed")
	}
	l := w.boot()
	l.ap = before.ap
	r := l.receipt(l.ap)
	if r == nil {
		if l.ap.first() != nil {
			w.wrong("approval %d was sent, and no receipt tells of it", l.ap.n)
		}
		w.program = nil
		return nil
	}
	w.hit("resumed")
	l.resumed = true
	w.tracef("resumed: %s, %s", r.Verdict, r.Reason)
	l.s = submission.Resume(*r, l.options(false))
	w.judge(l)
	return l
}

// receipt finds the receipt of an approval: among the open ones as the program
// does, or among all.
func (l *process) receipt(ap *approval) *journal.Receipt {
	for _, list := range []func() (journal.Listing, error){
		l.journal.Open, func() (journal.Listing, error) { return l.journal.List(journal.Target{}, 1000) },
	} {
		found, err := list()
		if err != nil {
			l.w.wrong("the receipts cannot be listed: %v", err)
		}
		for i := range found.Receipts {
			if approvalOf(&found.Receipts[i]) == ap.n {
				return &found.Receipts[i]
			}
		}
	}
	return nil
}

// approvalOf is the number of the approval that a receipt is of.
func approvalOf(r *journal.Receipt) int {
	n, err := strconv.Atoi(r.Changes[0].New)
	if err != nil {
		panic(err)
	}
	return n
}
