// Package submission is one submission of an update, from the approval to the
// configuration that is read back. It also is a job that is followed, and the
// submission of an earlier run that a receipt tells of.
//
// A [Submission] does no I/O. [Submission.Next] says which step is next, somebody
// does the step ([Deps.Do]), and [Submission.Take] takes what came of it. So the
// same object is driven by a loop ([Run]), by Bubble Tea messages, and by tests
// against a service that misbehaves; and it can be stopped between any two steps.
//
// What it has come to are its readings: the [Verdict], the exit code, the receipt,
// the words. A verdict is true at every moment: before the first attempt to send
// it is [NotStarted], while an attempt is open it is [Unknown], and it gets better
// only by what the service says. Nobody else has to look at the status of a job.
//
// Read submission.go first, then next.go (the order of the steps), post.go (what
// the answer of the update means) and find.go (what became of a lost answer).
package submission
