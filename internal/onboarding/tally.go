package onboarding

// tally is what is kept of steps: how many count at all, how many of them are done, and on how many somebody works. Where
// it is counted over many checklists, the database counts by the same words (counting); VerifyProgress compares.
type tally struct{ Relevant, Done, Active int }

func tallyOf(s StepState) tally {
	switch s {
	case NotApplicable:
		return tally{}
	case Done:
		return tally{Relevant: 1, Done: 1}
	case InProgress, Submitted, Returned:
		return tally{Relevant: 1, Active: 1}
	}
	return tally{Relevant: 1}
}

// tally counts steps of the body.
func (c *Checklist) tally(counts func(*Step) bool) (sum tally) {
	for i := range c.Steps {
		if s := &c.Steps[i]; counts(s) {
			t := tallyOf(s.State)
			sum.Relevant, sum.Done, sum.Active = sum.Relevant+t.Relevant, sum.Done+t.Done, sum.Active+t.Active
		}
	}
	return sum
}

func ofBody(*Step) bool { return true }
