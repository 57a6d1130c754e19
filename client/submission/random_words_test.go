package submission_test

import (
	"regexp"
	"strings"
)

// jobWord finds a job and, if it is there, the word for its state in a text.
var jobWord = regexp.MustCompile(`(j-\w+)(?: \([^)]*\))?(?:(?:,| is|:) ([A-Z_]{3,}))?`)

// checkWords holds the new words of a submission against what really happened.
func (w *world) checkWords(l *process) {
	history := l.s.History()
	for i := min(l.told, len(history)); i < len(history); i++ {
		e := history[i]
		w.tracef("says: %s (%s, %s)", e.Text, e.Verdict, e.Reason)
		w.checkText(l, e.Text)
		if e.Job != "" {
			if j := w.job(e.Job); j == nil && e.Job != "j-none" || j != nil && !j.statuses[e.Status] {
				w.wrong("the history says %s is %q, which was never shown", e.Job, e.Status)
			}
		}
		if e.Same != nil {
			w.checkRead(l, *e.Same)
		}
	}
	l.told = len(history)
	now := l.s.Headline().Text
	for _, line := range l.s.Lines() {
		now += "\n" + line.Text
	}
	if now != l.lines {
		l.lines = now
		for _, line := range strings.Split(now, "\n") {
			w.checkText(l, line)
		}
	}
}

// checkText holds the claims of a text that can be told against what really
// happened.
func (w *world) checkText(l *process, text string) {
	ap, lower := l.ap, strings.ToLower(text)
	for _, m := range jobWord.FindAllStringSubmatch(text, -1) {
		j := w.job(m[1])
		if j == nil && m[1] != "j-none" || j != nil && m[2] != "" && !j.shownAs(m[2]) {
			w.wrong("%q was said, and was never shown", m[0])
		}
	}
	if (strings.Contains(lower, "nothing was started") || strings.Contains(lower, "nothing was sent")) && ap.acted() {
		w.wrong("%q was said, but approval %d took effect", text, ap.n)
	}
	if strings.Contains(lower, "nothing was sent") && ap.first() != nil {
		w.wrong("%q was said, but approval %d was sent", text, ap.n)
	}
	if strings.Contains(lower, "sent once") && ap.first() == nil {
		w.wrong("%q was said, but nothing has left", text)
	}
	if strings.Contains(lower, "no job appeared after it") || strings.Contains(lower, "no job has appeared after it") {
		w.checkNoJob(ap, text)
	}
	if strings.Contains(lower, "any more") && l.s.JobID() != "" {
		if j := w.job(l.s.JobID()); j == nil || len(j.statuses) == 0 {
			w.wrong("%q was said of a job that was never seen", text)
		}
	}
	if strings.HasPrefix(lower, "read back: ") {
		w.checkRead(l, strings.Contains(lower, "is what was approved"))
	}
}

// shownAs reports whether a word was shown for a job, whatever is around it.
func (j *task) shownAs(word string) bool {
	for shown := range j.statuses {
		if isWord(shown, word) {
			return true
		}
	}
	return false
}

// checkNoJob: no list since the POST shows a job that may be its.
func (w *world) checkNoJob(ap *approval, text string) {
	first := ap.first()
	if first == nil {
		return
	}
	for _, list := range ap.lists[ap.forgotten:] {
		for _, j := range list.jobs {
			if list.from.After(first.at) && w.eligible(ap, j) {
				w.wrong("%q was said, but job %s was listed", text, j.id)
			}
		}
	}
}

// checkRead: what was read last is what was approved, or not.
func (w *world) checkRead(l *process, same bool) {
	if n := len(l.ap.reads); !l.ap.unread && (n == 0 || (l.ap.reads[n-1].meaning == l.ap.want) != same) {
		w.wrong("it was said that what was read is what was approved: %t", same)
	}
}
