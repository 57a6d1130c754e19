package submission_test

import (
	"time"

	"ampedit/client/submission"
)

// afterwards is what the user does when it is over; nil if nothing.
func (w *world) afterwards(l *process, round int) *process {
	w.judgeOver(l)
	if w.fair && !w.settled(l) {
		return w.insist(l, round)
	}
	v := l.s.Verdict()
	dice := w.rng.Float64()
	if round > mostRounds || len(w.approvals) > 2 {
		dice = 1
	}
	switch {
	case dice < 0.12:
		l.end()
		return w.restart(l)
	case dice < 0.24 && l.s.CanLookAgain():
		w.lookAgain(l)
	case dice < 0.33 && v == submission.Unknown && !w.fair:
		old, id := l.ap, l.s.Receipt().ID
		if w.chance(0.5) {
			old = nil
		}
		l.begin(w.approve(id, old), id)
	case dice < 0.36 && v == submission.Unknown && !w.fair:
		w.hit("given-up")
		w.tracef("given up")
		l.s.GiveUp(l.clock.Now())
	case dice < 0.45 && v != submission.Unknown && v != submission.Started:
		l.begin(w.approve("", nil), "")
	default:
		l.end()
		return nil
	}
	return l
}

func (w *world) lookAgain(l *process) {
	w.hit("looked-again")
	w.tracef("looks again")
	l.s.LookAgain(l.clock.Now())
}

// insist goes on where the service is fair and the end is not known yet.
func (w *world) insist(l *process, round int) *process {
	if round > 5*mostRounds {
		w.wrong("fair: it ends in %s (%s), and the truth is %s", l.s.Verdict(), l.s.Reason(), w.truth(l.ap))
	}
	if l.s.CanLookAgain() && w.chance(0.7) {
		w.pass(w.between(time.Second, time.Minute)) // else a run that is not waited for looks in vain all the time
		w.lookAgain(l)
		return l
	}
	l.end()
	return w.restart(l)
}

// settled reports whether the true verdict is reached. Where the program was killed
// with an attempt that is recorded and did nothing, nobody can know it.
func (w *world) settled(l *process) bool {
	r := l.s.Receipt()
	n := len(r.Attempts)
	lost := n > 0 && r.Attempts[n-1].Ended.IsZero() && !l.ap.acted()
	return lost || l.s.Verdict() == w.truth(l.ap)
}

// truth is the true verdict with a fair service.
func (w *world) truth(ap *approval) submission.Verdict {
	for _, p := range ap.posts {
		for _, j := range p.jobs {
			switch {
			case j.failed(w.now):
				return submission.Failed
			case j.completed(w.now):
				return submission.Done
			default:
				return submission.Started
			}
		}
	}
	return submission.NotStarted
}
