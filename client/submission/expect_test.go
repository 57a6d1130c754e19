package submission_test

import (
	"fmt"
	"slices"
	"strings"

	"ampedit/client/journal"
	"ampedit/client/submission"
)

// onDisk is the receipt as another program reads it.
func (s *scene) onDisk(id string) journal.Receipt {
	s.t.Helper()
	r, err := s.openJournal().Get(id)
	if err != nil {
		s.t.Fatal(err)
	}
	return *r
}

// open are the ids of the receipts of which something may still be found out.
func (s *scene) open() []string {
	s.t.Helper()
	list, err := s.openJournal().Open()
	if err != nil {
		s.t.Fatal(err)
	}
	var ids []string
	for _, r := range list.Receipts {
		ids = append(ids, r.ID)
	}
	return ids
}

// end is what a submission has come to.
type end struct {
	verdict submission.Verdict
	reason  submission.Reason
	exit    int
	posts   int
}

// ends checks what it has come to, that the receipt says the same, that it is open
// exactly if something may still be found out, and that the lock is free.
func (s *scene) ends(sub *submission.Submission, want end) {
	s.t.Helper()
	if got := (end{sub.Verdict(), sub.Reason(), sub.ExitCode(), s.count("Post")}); got != want {
		s.t.Errorf("it came to %+v, not %+v (%v)\n%s", got, want, sub.Err(), told(sub))
	}
	if !sub.Over() {
		s.t.Error("it is not over")
	}
	if s.journal == nil || sub.Receipt().ID == "" {
		return
	}
	r := s.onDisk(sub.Receipt().ID)
	if r.Verdict != string(want.verdict) || r.Reason != string(want.reason) {
		s.t.Errorf("the receipt says %s %s", r.Verdict, r.Reason)
	}
	if open := slices.Contains(s.open(), r.ID); open != sub.CanLookAgain() {
		s.t.Errorf("the receipt is open: %v; looking again may help: %v", open, sub.CanLookAgain())
	}
	s.unlocked()
}

// unlocked checks that another program could submit now.
func (s *scene) unlocked() {
	s.t.Helper()
	lock, err := s.openJournal().Lock(prodAPI)
	if err != nil {
		s.t.Errorf("the lock is not free: %v", err)
		return
	}
	if err := lock.Release(); err != nil {
		s.t.Error(err)
	}
}

// told is the history in lines.
func told(sub *submission.Submission) string {
	var b strings.Builder
	for _, e := range sub.History() {
		fmt.Fprintf(&b, "%8v  %-12s %s\n", e.At.Sub(noon), e.Kind, e.Text)
	}
	return b.String()
}

// says reports whether the history has an entry of a kind with a text in it.
func says(sub *submission.Submission, kind submission.EntryKind, text string) bool {
	return slices.ContainsFunc(sub.History(), func(e submission.Entry) bool { return e.Kind == kind && strings.Contains(e.Text, text) })
}

// lines are all lines that say what is known.
func lines(sub *submission.Submission) string {
	var b strings.Builder
	for _, l := range sub.Lines() {
		fmt.Fprintln(&b, l.Text)
	}
	return b.String()
}
