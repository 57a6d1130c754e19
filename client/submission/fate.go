package submission

import (
	"fmt"

	"ampedit/client/journal"
)

// Fate says what has become of a change that was approved, for those who keep what
// was typed until it is in effect.
type Fate int

// The fates.
const (
	// FateNone: it is not in effect by this. Nothing was sent, what was sent provably
	// did nothing, or its job failed.
	FateNone Fate = iota
	// FatePending: it may still come into effect, or that it did be found out.
	FatePending
	// FateInEffect: it is.
	FateInEffect
	// FateCompleted: its job is COMPLETED, but it is not known to be in effect as a
	// whole. What is deployed tells which of it is.
	FateCompleted
	// FateUnknown: whether it came into effect is not known, and nobody looks after it
	// any more.
	FateUnknown
)

// Fate says what has become of what was approved, as far as it is known.
func (s *Submission) Fate() Fate {
	givenUp := !s.r.Closed.IsZero() || !s.r.Abandoned.IsZero()
	switch s.Verdict() {
	case NotStarted:
		if !s.over {
			return FatePending
		}
	case Started, Unknown:
		if givenUp {
			return FateUnknown
		}
		return FatePending
	case Done:
		return FateInEffect
	case Unconfirmed:
		if s.r.ReadBack == nil && s.remains() {
			return FatePending
		}
		return FateCompleted
	}
	return FateNone
}

// FateOf says what has become of the approval that was marked so, by the receipts of
// a target. Empty members of the target match anything.
func FateOf(j *journal.Journal, t journal.Target, mark string) (Fate, error) {
	if mark == "" {
		return FateNone, nil
	}
	list, err := j.List(t, allReceipts)
	if err != nil {
		return FateNone, fmt.Errorf("look for what was sent: %w", err)
	}
	for _, r := range list.Receipts {
		if r.Mark == mark {
			return Resume(r, Options{}).Fate(), nil
		}
	}
	return FateNone, nil
}
