package history

import "time"

// Month is what was planned for a month and what came of it.
type Month struct {
	First   time.Time // its first day
	Scope   int       // onboardings that had begun by its end
	Plan    int       // Produktivstarts that were planned for it first
	Target  int       // that are planned for it now
	Live    int       // that happened
	Planned int       // Plan of this and all months before
	Done    int       // Live of this and all months before
	Past    bool      // it had begun on the Stichtag
}

// longestPipeline is how many months a report shows at most.
const longestPipeline = 60

// Months returns the pipeline: from the month in which the first onboarding began to the one of the last date. It counts
// what counts on the Stichtag, so its last figures are those of the report.
func (r *Report) Months() []Month {
	var first time.Time
	last := month(r.Day)
	for _, w := range r.Ways {
		if !w.Then.Counts() {
			continue
		}
		if begun := month(w.BegunOn); first.IsZero() || begun.Before(first) {
			first = begun
		}
		for _, t := range []time.Time{w.FirstTarget, w.Then.TargetOn} {
			if month(t).After(last) {
				last = month(t)
			}
		}
	}
	if first.IsZero() {
		return nil
	}
	months := make([]Month, min(longestPipeline, between(first, last)+1))
	for i := range months {
		months[i].First = first.AddDate(0, i, 0)
		months[i].Past = !months[i].First.After(r.Day)
	}
	for _, w := range r.Ways {
		if w.Then.Counts() {
			w.enter(months)
		}
	}
	for i := 1; i < len(months); i++ {
		months[i].Scope += months[i-1].Scope
		months[i].Planned = months[i-1].Planned + months[i].Plan
		months[i].Done = months[i-1].Done + months[i].Live
	}
	return months
}

// enter counts a way in its months.
func (w Way) enter(months []Month) {
	at := func(t time.Time) *Month { return &months[placeIn(months, t)] }
	at(w.BegunOn).Scope++
	at(w.FirstTarget).Plan++
	at(w.Then.TargetOn).Target++
	if w.Then.State.IsLive() {
		at(*w.Then.LiveOn).Live++
	}
	months[0].Planned, months[0].Done = months[0].Plan, months[0].Live
}

func month(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }

// between is how many months lie between two days.
func between(from, to time.Time) int {
	return (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
}

// Behind is how many onboardings the plan is ahead of what is live on the Stichtag.
func (r *Report) Behind() int {
	due, live := 0, 0
	for _, w := range r.Ways {
		if !w.Then.Counts() {
			continue
		}
		if !w.FirstTarget.After(r.Day) {
			due++
		}
		if w.Then.State.IsLive() {
			live++
		}
	}
	return due - live
}
