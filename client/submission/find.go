package submission

import (
	"slices"
	"strings"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

const (
	// updateOperation is what the service most likely calls the jobs of updates; it
	// does not document it.
	updateOperation = "UpdateBackendAPI"
	// window is how long after a lost answer its job may appear. No verdict rests on
	// found jobs before it is over.
	window = 90 * time.Second
	// grace is how much longer a list is tried for that could not be read.
	grace = 30 * time.Second
	// near is how long after the intent a job may be made to be adopted by a later
	// run, by the service's clock.
	near = 10 * time.Minute
	// forgottenAfter is after how long a request without a trace is closed.
	forgottenAfter = 24 * time.Hour
	// The waits between looks double from the first to the longest.
	firstLook = time.Second
	lastLook  = 10 * time.Second
)

// search is the looking for the jobs of an update whose answer was lost.
type search struct {
	end      time.Time // of the window, by the clock of this machine
	wait     time.Duration
	later    bool      // by a later run, which adopts only what was made near the intent
	gone     time.Time // since when a candidate is missing from the list
	failures int       // in a row
	confirm  bool      // the next list decides whether what was read counts
}

func (f *search) begin(from time.Time, later bool) {
	*f = search{end: from.Add(window), wait: firstLook, later: later}
}

// again looks once more.
func (f *search) again(now time.Time) {
	if f.end.IsZero() { // it was left before the answer came
		f.end = now.Add(window)
	}
	f.wait, f.later, f.gone, f.failures = firstLook, true, time.Time{}, 0
}

func isUpdate(operation string) bool { return strings.EqualFold(operation, updateOperation) }

// mayBeOurs reports whether a job may be the update's: it was not there before, no
// other submission has it, and its operation is that of an update or not named.
func (s *Submission) mayBeOurs(job *wire.Job, o others) bool {
	id, operation := wire.Text(job.JobID), strings.TrimSpace(wire.Text(job.Operation))
	if s.r.JobID != "" { // the service's answer named it
		return id == s.r.JobID
	}
	return !slices.Contains(s.base.ids, id) && !slices.Contains(o.claimed, id) &&
		(operation == "" || isUpdate(operation) || slices.Contains(o.operations, operation))
}

// listed takes a list of the environment's jobs after a lost answer.
func (s *Submission) listed(e Event) {
	if s.Verdict() == NotStarted {
		s.nameHolder(e)
		return
	}
	if e.err != nil {
		s.unlisted(e)
		return
	}
	s.find.failures, s.err = 0, nil
	known := len(s.r.Candidates)
	s.adopt(e)
	if confirm := s.find.confirm; confirm && len(s.r.Candidates) == known {
		s.conclude(Done, "")
		s.r.EndedAt = s.r.ReadBack.At
		return
	}
	s.find.confirm = false
	settled := s.candidatesEnded()
	switch {
	case s.o.NoWait && !settled && s.windowOver(e):
		s.conclude(Unknown, ReasonRunning)
		s.note(e.at, EntryLeft, leftWords(Unknown, ReasonNoWait))
	case !s.windowOver(e), !settled && !s.tooLongGone(e.at):
		s.set(Unknown, s.searching())
		s.again(e.at)
	case len(s.r.Candidates) == 0 && s.forgotten(e):
		s.r.Closed = e.at
		s.unknown(e.at, ReasonNoJob)
	default:
		s.judge(e.at)
	}
}

// windowOver reports whether the job of a lost answer would be listed by now. A later
// run cannot trust the clock of this machine alone, which may have been set meanwhile.
func (s *Submission) windowOver(e Event) bool {
	if s.find.later && s.find.end.IsZero() {
		s.find.end = e.from.Add(window)
		long := !s.base.date.IsZero() && !e.list.Date.IsZero() && e.list.Date.Sub(s.base.date) >= near
		if long && e.at.Sub(s.r.Time) >= window {
			s.find.end = e.from
		}
	}
	return !e.from.Before(s.find.end)
}

// again lists the jobs anew after a while: slowly once the window is over.
func (s *Submission) again(at time.Time) {
	wait := s.find.wait
	s.find.wait = min(2*wait, lastLook)
	s.todo, s.due = List, at.Add(wait)
	if at.Before(s.find.end) && s.due.After(s.find.end) {
		s.due = s.find.end // the list that counts is one after the window
	}
}

// searching is what is behind Unknown while the jobs are looked at.
func (s *Submission) searching() Reason {
	if len(s.r.Candidates) > 0 && !s.candidatesEnded() {
		return ReasonRunning
	}
	return ReasonLooking
}

// unlisted takes that the jobs could not be listed.
func (s *Submission) unlisted(e Event) {
	s.find.failures++
	s.err = e.err
	s.note(e.at, EntryLookFailed, "the jobs could not be listed: "+Short(e.err))
	running := len(s.r.Candidates) > 0 && !s.candidatesEnded()
	passing := client.Classify(e.err).Passing() || client.RenewableCredentials(e.err)
	if !passing || !running && (s.find.end.IsZero() || !e.at.Before(s.find.end.Add(grace))) && (!s.find.later || s.find.failures > 3) {
		s.unknown(e.at, ReasonUnlisted)
		return
	}
	s.again(e.at)
}

// adopt takes into the set of candidates what the list shows of them. One that is
// missing now keeps what was seen of it.
func (s *Submission) adopt(e Event) {
	missing := false
	for i := range s.r.Candidates {
		missing = missing || !ended(status(&s.r.Candidates[i])) && !listHas(e.list, wire.Text(s.r.Candidates[i].JobID))
	}
	for i := range e.list.Jobs {
		job := &e.list.Jobs[i]
		if !s.mayBeOurs(job, e.others) {
			continue
		}
		at := slices.IndexFunc(s.r.Candidates, func(c wire.Job) bool { return wire.Text(c.JobID) == wire.Text(job.JobID) })
		if at < 0 {
			s.r.Candidates, s.dirty = append(s.r.Candidates, *job), true
			s.note(e.at, EntryJob, s.appeared(job, e.list.Date)).of(job)
			continue
		}
		if was := &s.r.Candidates[at]; status(was) != status(job) && !ended(status(was)) {
			s.dirty = true
			s.note(e.at, EntryJob, "job "+wire.Text(job.JobID)+": "+orUnnamed(status(job))).of(job)
		}
		if !ended(status(&s.r.Candidates[at])) || ended(status(job)) {
			s.r.Candidates[at] = *job
		}
	}
	switch {
	case !missing:
		s.find.gone = time.Time{}
	case s.find.gone.IsZero():
		s.find.gone = e.at
	}
}

func listHas(l client.JobList, id string) bool {
	return slices.ContainsFunc(l.Jobs, func(j wire.Job) bool { return wire.Text(j.JobID) == id })
}

// appeared says that a job appeared, and marks one that was made much later than
// the request.
func (s *Submission) appeared(job *wire.Job, date time.Time) string {
	if s.find.later && s.madeLater(job, date) {
		s.r.Late = append(s.r.Late, wire.Text(job.JobID))
		return "job " + JobName(job) + " appeared much later; whether it is this request's is not known"
	}
	word := "a job that appeared after it: "
	if len(s.r.Attempts) > 1 {
		word = "a job that appeared after the attempts, and may be of any of them: "
	}
	return word + JobName(job) + ", " + orUnnamed(status(job))
}

// madeLater reports whether a job was made more than ten minutes after the intent,
// or may have been: by the service's clock alone, and not at all without it.
func (s *Submission) madeLater(job *wire.Job, now time.Time) bool {
	intent := s.base.date
	if intent.IsZero() {
		return false
	}
	if made, ok := client.JobTime(wire.Text(job.CreateTime)); ok {
		return made.Sub(intent).Abs() > near
	}
	return now.IsZero() || now.Sub(intent) > near
}

func (s *Submission) candidatesEnded() bool {
	return !slices.ContainsFunc(s.r.Candidates, func(j wire.Job) bool { return !ended(status(&j)) })
}

// tooLongGone reports whether a candidate that runs cannot be found for two
// minutes.
func (s *Submission) tooLongGone(at time.Time) bool {
	return !s.find.gone.IsZero() && at.Sub(s.find.gone) >= vanishedFor
}

// forgotten reports whether a request of a day ago has left no trace in a list
// that still holds what was there before it.
func (s *Submission) forgotten(e Event) bool {
	if !s.find.later || e.list.Date.IsZero() || s.base.date.IsZero() || e.list.Date.Sub(s.base.date) < forgottenAfter {
		return false
	}
	return !slices.ContainsFunc(s.base.ids, func(id string) bool { return !listHas(e.list, id) })
}

// judge says what the found jobs come to, once a whole list read after the window
// shows no other. Times only weaken it.
func (s *Submission) judge(at time.Time) {
	all := func(is func(*wire.Job) bool) bool {
		return !slices.ContainsFunc(s.r.Candidates, func(j wire.Job) bool { return !is(&j) })
	}
	switch {
	case len(s.r.Candidates) == 0:
		s.unknown(at, ReasonNoJob)
	case !s.candidatesEnded():
		s.unknown(at, ReasonVanished)
	case len(s.r.Late) > 0, !all(s.endedAfterwards):
		s.unknown(at, ReasonTimes)
	case all(func(j *wire.Job) bool { return failed(status(j)) }):
		s.back.decides = false
		s.set(Failed, "")
		s.r.JobError = firstError(s.r.Candidates)
		s.note(at, EntryVerdict, "every job that appeared after it "+failedWord)
		s.read(at)
	case all(func(j *wire.Job) bool { return completed(status(j)) && wire.Text(j.Error) == "" }):
		s.back.decides = true // by being what was approved
		s.set(Unknown, ReasonLooking)
		s.read(at)
	case all(func(j *wire.Job) bool { return completed(status(j)) }):
		s.unknown(at, ReasonJobError)
	default:
		s.unknown(at, ReasonMixed)
	}
}

// endedAfterwards reports that a job did not end before the service answered the
// baseline. Where a time is missing it says nothing against the job.
func (s *Submission) endedAfterwards(job *wire.Job) bool {
	at, ok := client.JobTime(wire.Text(job.UpdateTime))
	return !ok || s.base.date.IsZero() || !at.Before(s.base.date)
}

func firstError(jobs []wire.Job) string {
	for i := range jobs {
		if e := wire.Text(jobs[i].Error); e != "" {
			return e
		}
	}
	return ""
}

// unknown gives up looking by itself. What is deployed is read to be said beside
// it.
func (s *Submission) unknown(at time.Time, why Reason) {
	s.back.decides = false
	s.set(Unknown, why)
	s.find.confirm = false
	s.note(at, EntryVerdict, unknownWords[why])
	s.read(at)
}
