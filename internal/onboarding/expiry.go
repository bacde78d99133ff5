package onboarding

import "time"

// NoticeDays is for how many days before its evidence expires a step says so.
const NoticeDays = 28

// Notice is the last day whose end is announced today.
func Notice(today time.Time) time.Time { return today.AddDate(0, 0, NoticeDays) }

// HoldsUntil returns the last day on which the evidence of a step holds; nil if it does not expire. What the body's
// profile proves ends with its proof.
func (s Step) HoldsUntil() *time.Time {
	if s.ProofEnds != nil && !s.Unneeded {
		return s.ProofEnds
	}
	if !s.Dated {
		return nil
	}
	return later(s.ValidUntil, s.filesHoldUntil())
}

// filesHoldUntil is the last day on which one of the files holds; nil if none of them has one.
func (s Step) filesHoldUntil() *time.Time {
	var last *time.Time
	for _, f := range s.Files {
		last = later(last, f.ValidUntil)
	}
	return last
}

func later(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.After(*a) {
		return b
	}
	return a
}

// Expiring reports whether the evidence of a finished step expires soon, and when.
func (s Step) Expiring(today time.Time) (time.Time, bool) {
	until := s.HoldsUntil()
	if s.State != Done || until == nil || until.After(Notice(today)) {
		return time.Time{}, false
	}
	return *until, true
}

// Again reports whether the step was done before and is to be done once more, for the reason that stands with it.
func (s Step) Again() bool { return s.State == InProgress && s.Reason != "" }
