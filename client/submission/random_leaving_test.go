package submission_test

import (
	"slices"
	"time"

	"ampedit/client/submission"
)

// checkLeaving holds what must be so when a POST leaves: it is the only one, the
// journal tells of it, and the whole list of jobs was read just before.
func (w *world) checkLeaving(l *process, ap *approval, p *post) {
	n := 0
	for _, q := range ap.posts {
		if q.left && q.status != 429 {
			n++
		}
	}
	if n > 1 {
		w.wrong("approval %d was sent %d times", ap.n, n)
	}
	w.checkRecorded(l, ap)
	if len(ap.lists) < 2 || ap.partial != nil {
		w.wrong("a POST left without two whole lists of the jobs before it")
		return
	}
	last, other := ap.lists[len(ap.lists)-1], ap.lists[len(ap.lists)-2]
	if !sameIDs(last.ids, other.ids) {
		w.wrong("a POST left after two lists that do not agree: %v, %v", other.ids, last.ids)
	}
	if age := w.now.Sub(last.at); age > 31*time.Second {
		w.wrong("a POST left %s after the jobs were listed", age)
	}
	for _, j := range last.jobs {
		if !j.ended(last.at) && !slices.Contains(ap.passOver, j.id) && !j.ended(last.at.Add(-slack)) && j.made.Before(last.at.Add(-slack)) {
			w.wrong("a POST left while job %s was running", j.id)
		}
	}
}

func sameIDs(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

// checkRecorded looks on the disk when a POST leaves: the program may be killed now.
func (w *world) checkRecorded(l *process, ap *approval) {
	for _, f := range w.receipts() {
		if approvalOf(&f.Receipt) != ap.n {
			continue
		}
		r := &f.Receipt
		switch n := len(r.Attempts); {
		case !f.open:
			w.wrong("a POST left while its receipt was closed: %s", r.Verdict)
		case r.Verdict != string(submission.Unknown):
			w.wrong("a POST left while its receipt said: %s", r.Verdict)
		case n != len(ap.posts) || !r.Attempts[n-1].Ended.IsZero():
			w.wrong("a POST left that the receipt does not tell of: %d attempts", n)
		}
		return
	}
	w.wrong("a POST left without a receipt")
}
