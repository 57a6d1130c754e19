package submission_test

import (
	"slices"
	"strings"
	"time"

	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// slack is more than answers may be out of date.
const slack = time.Minute

// kept is a receipt on the disk.
type kept struct {
	journal.Receipt
	open bool
}

// reader reads the journal as another program would.
func (w *world) reader() *journal.Journal {
	j, err := journal.Open(journal.Options{Root: w.root, Files: &mount{memoryDisk: w.disk, dead: true}})
	if err != nil {
		panic(err)
	}
	return j
}

// receipts are those on the disk.
func (w *world) receipts() []kept {
	list, err := w.reader().List(journal.Target{}, 1000)
	if err != nil || len(list.Unreadable) > 0 {
		w.wrong("receipts cannot be read: %v %v", err, list.Unreadable)
	}
	var out []kept
	for _, r := range list.Receipts {
		_, open := w.disk.files[w.root+"/receipts/"+r.ID+".open.json"]
		out = append(out, kept{r, open})
	}
	return out
}

// judgeDisk holds the receipts that have changed against what really happened.
func (w *world) judgeDisk() {
	for len(w.disk.changed) > 0 {
		for id := range w.disk.changed {
			delete(w.disk.changed, id)
			r, err := w.reader().Get(id)
			if err != nil {
				w.wrong("a receipt cannot be read: %v", err)
				continue
			}
			ap := w.approvals[approvalOf(r)]
			ap.recorded = r.JobID
			w.claim(ap, "the receipt", r)
		}
	}
}

// judge holds all that the program says against what really happened.
func (w *world) judge(l *process) {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := l.s.Receipt()
	w.claim(l.ap, "the submission", &r)
	w.checkExit(l)
	w.checkWords(l)
	w.judgeDisk()
}

// claim holds a receipt against what really happened.
func (w *world) claim(ap *approval, who string, r *journal.Receipt) {
	switch v := submission.Verdict(r.Verdict); v {
	case submission.NotStarted:
		if ap.acted() {
			w.wrong("%s says not started, but approval %d took effect", who, ap.n)
		}
	case submission.Started, submission.Unconfirmed:
		w.checkNamed(ap, who, r, v)
	case submission.Done:
		w.checkDone(ap, who, r)
	case submission.Failed:
		w.checkFailed(ap, who, r)
	case submission.Unknown:
	default:
		w.wrong("%s says %q of an approval", who, v)
	}
	if r.JobID != "" && !ap.wasNamed(r.JobID) {
		w.wrong("%s of approval %d has job %s, which no answer to its POST named", who, ap.n, r.JobID)
	}
	for i := range r.Candidates {
		w.checkCandidate(ap, who, &r.Candidates[i])
	}
	if len(r.Attempts) > len(ap.posts)+1 {
		w.wrong("%s tells of %d attempts, of %d that left", who, len(r.Attempts), len(ap.posts))
	}
}

// wasNamed reports whether a proper answer to a POST of it named a job.
func (ap *approval) wasNamed(id string) bool {
	return slices.ContainsFunc(ap.posts, func(p *post) bool { return p.named == id })
}

func (w *world) checkNamed(ap *approval, who string, r *journal.Receipt, v submission.Verdict) {
	if r.JobID == "" {
		w.wrong("%s says %s without a job", who, v)
		return
	}
	if v == submission.Unconfirmed {
		if j := w.job(r.JobID); j == nil || !j.completed(w.now) {
			w.wrong("%s says %s, but job %s is not COMPLETED", who, v, r.JobID)
		}
	}
}

// checkDone: the job that the answer named did it without an error, or some job put
// in effect what was approved after it was sent, and the last that was read was it.
func (w *world) checkDone(ap *approval, who string, r *journal.Receipt) {
	if j := w.job(r.JobID); r.JobID != "" && (j == nil || !j.completed(w.now) || j.error != "") {
		w.wrong("%s says done, but job %s did not end well", who, r.JobID)
	}
	since := ap.begun
	if p := ap.first(); p != nil {
		since = p.at
	}
	did := slices.ContainsFunc(w.jobs, func(j *task) bool {
		return j.change != "" && meaning(j.change) == ap.want && j.completed(w.now) && j.ends.After(since.Add(-slack))
	})
	if !did {
		w.wrong("%s says done, but no job put approval %d in effect after it was sent", who, ap.n)
	}
	if n := len(ap.reads); n == 0 || ap.reads[n-1].meaning != ap.want {
		w.wrong("%s says done, but what was read last is not approval %d", who, ap.n)
	}
}

// checkFailed: the job that the answer named failed, or all that may be its jobs
// did, by a list after the window.
func (w *world) checkFailed(ap *approval, who string, r *journal.Receipt) {
	if r.JobID != "" {
		if j := w.job(r.JobID); j == nil || !j.failed(w.now) {
			w.wrong("%s says failed, but job %s did not fail", who, r.JobID)
		}
		return
	}
	first := ap.first()
	if first == nil {
		return // a colleague's failed, and whether ours left nobody knows
	}
	any := len(r.Candidates) > 0
	for _, l := range ap.lists[ap.forgotten:] {
		for _, j := range l.jobs {
			if l.from.After(first.at) {
				any = any || j.update || !j.named
				if w.eligible(ap, j) && !j.failed(w.now) {
					w.wrong("%s says failed, but job %s may be approval %d and did not fail", who, j.id, ap.n)
				}
			}
		}
	}
	if last := ap.lists[len(ap.lists)-1]; !any || last.at.Sub(first.at) < 90*time.Second {
		w.wrong("%s says failed by a list %s after approval %d was sent", who, last.at.Sub(first.at), ap.n)
	}
}

// eligible reports whether a job may be an approval's, as far as the service says:
// it was not there before, no answer named it to another, and its operation fits.
func (w *world) eligible(ap *approval, j *task) bool {
	operation := w.operation(j)
	if operation != "" && operation != "UpdateBackendAPI" {
		return false
	}
	return !w.old(ap, j) && !w.taken(ap, j.id)
}

// old reports whether a job was listed before the POST.
func (w *world) old(ap *approval, j *task) bool {
	first := ap.first()
	if first == nil {
		return false
	}
	before := ap.baseline(first.at)
	if before == nil {
		return false
	}
	return before.has(j.id) || j.shown(before.from.Add(-slack)) && j.shown(before.at)
}

// taken reports whether the receipt of another approval has a job.
func (w *world) taken(ap *approval, id string) bool {
	return slices.ContainsFunc(w.approvals, func(o *approval) bool { return o != ap && o.recorded == id })
}

// checkCandidate holds a job that may be the update's against what it really is.
func (w *world) checkCandidate(ap *approval, who string, c *wire.Job) {
	id, word := "", ""
	if c.JobID != nil {
		id = *c.JobID
	}
	if c.Status != nil {
		word = string(*c.Status)
	}
	j := w.job(id)
	switch {
	case j == nil || !j.statuses[word]:
		w.wrong("%s has candidate %s, %q, which was never shown so", who, id, word)
	case j.named && !j.update:
		w.wrong("%s of approval %d has candidate %s, which is of another operation", who, ap.n, id)
	case w.old(ap, j):
		w.wrong("%s of approval %d has candidate %s, which was there before", who, ap.n, id)
	case w.taken(ap, id):
		w.wrong("%s of approval %d has candidate %s, which is another approval's", who, ap.n, id)
	case isWord(word, "COMPLETED") && !j.completed(w.now), isWord(word, "FAILED") && !j.failed(w.now):
		w.wrong("%s has candidate %s as %s, which it is not", who, id, word)
	}
}

func isWord(word, end string) bool { return strings.EqualFold(strings.TrimSpace(word), end) }

// checkExit: the exit code says the same as the verdict.
func (w *world) checkExit(l *process) {
	want := map[submission.Verdict]int{
		submission.Done: 0, submission.NotStarted: 1, submission.Failed: 3, submission.Started: 4, submission.Unknown: 5, submission.Unconfirmed: 6,
	}[l.s.Verdict()]
	code := l.s.ExitCode()
	if left := !l.s.Over() || l.s.Reason() != "" || l.s.Receipt().Error == ""; left && l.s.Verdict() == submission.NotStarted && l.s.Err() == nil {
		want = 0 // as it was left before anything came of it
	}
	if code != want {
		w.wrong("exit code %d for %s (%s)", code, l.s.Verdict(), l.s.Reason())
	}
}

// judgeOver holds what must be so at an end.
func (w *world) judgeOver(l *process) {
	if !l.s.Over() {
		w.wrong("nothing is to be done, and it is not over: %s", l.s.Verdict())
	}
	if submission.LockOf(l.s) != nil {
		w.wrong("it is over and holds the lock")
	}
	if l.s.KeepErr() != nil {
		w.wrong("the journal has not all: %v", l.s.KeepErr())
	}
	v, r := l.s.Verdict(), l.s.Receipt()
	goesOn := (v == submission.Unknown || v == submission.Started) && r.Closed.IsZero() && r.Abandoned.IsZero()
	settled := v == submission.Done || v == submission.Failed || v == submission.NotStarted
	for _, f := range w.receipts() {
		if f.ID == r.ID && (goesOn && !f.open || settled && f.open) {
			w.wrong("the receipt says %s, and that it is open: %t", v, f.open)
		}
	}
}
