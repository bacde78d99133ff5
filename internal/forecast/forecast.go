// Package forecast says when a service is likely to be live everywhere. It plays the open ways to their end many times,
// each with durations that finished ways of the same Land had, and looks at when the last one arrives.
//
// The same ways and the same seed give the same answer.
package forecast

import (
	"math/rand/v2"
	"slices"
)

// Fewest is how many finished ways a forecast needs, and runs how often it plays.
const (
	Fewest = 5
	runs   = 2000
)

// Finished is a way that arrived: how many days it took from entering each state.
type Finished map[string]int

// whole is the longest of its durations: from its first state on.
func (f Finished) whole() int {
	longest := 0
	for _, days := range f {
		longest = max(longest, days)
	}
	return longest
}

// Open is a way that has not arrived.
type Open struct {
	State     string // "" where the whole way is ahead
	Days      int    // since it has been in the state
	NotBefore int    // in how many days it arrives at the earliest
}

// Result is in how many days the last way arrives, with a chance of 50 and of 85 in 100.
type Result struct{ P50, P85 int }

// Play returns when the last of the open ways arrives; false if too few have finished, or none is open.
func Play(finished []Finished, open []Open, seed uint64) (Result, bool) {
	if len(finished) < Fewest || len(open) == 0 {
		return Result{}, false
	}
	chance := rand.New(rand.NewPCG(seed, runs))
	left := make([][]int, len(open))
	for i, o := range open {
		left[i] = o.left(finished)
	}
	ends := make([]int, runs)
	for run := range ends {
		for i, o := range open {
			ends[run] = max(ends[run], o.NotBefore, left[i][chance.IntN(len(left[i]))])
		}
	}
	slices.Sort(ends)
	return Result{at(ends, 50), at(ends, 85)}, true
}

// left are the days that the way may still take: what finished ways took from the same state, less what has passed.
// A way that has been in its state for longer than all of them takes as long again.
func (o Open) left(finished []Finished) []int {
	var took []int
	for _, f := range finished {
		if days, passed := f[o.State]; passed {
			took = append(took, days)
		}
	}
	if len(took) == 0 {
		for _, f := range finished {
			took = append(took, f.whole())
		}
		return took
	}
	var left []int
	for _, days := range took {
		if days > o.Days {
			left = append(left, days-o.Days)
		}
	}
	if len(left) == 0 {
		return took
	}
	return left
}

// at is the value that so many in a hundred do not exceed.
func at(sorted []int, percent int) int { return sorted[(len(sorted)*percent+99)/100-1] }
