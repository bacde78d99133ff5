package history

import (
	"maps"
	"slices"
	"time"
)

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

// What a pipeline counts onboardings by: the month in which each of it lies.
const (
	byBeginning = iota
	byFirstTarget
	byTarget
	byLive
)

// pipeline counts onboardings by month.
type pipeline [4]map[time.Time]int

func (p *pipeline) add(by int, month time.Time, n int) {
	if p[by] == nil {
		p[by] = map[time.Time]int{}
	}
	p[by][month] += n
}

// Months returns the pipeline: from the month in which the first onboarding began to the one of the last date. It counts
// what counts on the Stichtag, so its last figures are those of the report.
func (r *Report) Months() []Month {
	var p pipeline
	for _, w := range r.Ways {
		if !w.Then.Counts() {
			continue
		}
		p.add(byBeginning, month(w.BegunOn), 1)
		p.add(byFirstTarget, month(w.FirstTarget), 1)
		p.add(byTarget, month(w.Then.TargetOn), 1)
		if w.Then.State.IsLive() {
			p.add(byLive, month(*w.Then.LiveOn), 1)
		}
	}
	return p.months(r.Day)
}

// months lays out what was counted, seen from a day.
func (p *pipeline) months(day time.Time) []Month {
	begun := slices.SortedFunc(maps.Keys(p[byBeginning]), time.Time.Compare)
	if len(begun) == 0 {
		return nil
	}
	first, last := begun[0], month(day)
	for _, planned := range []map[time.Time]int{p[byFirstTarget], p[byTarget]} {
		for m := range planned {
			last = later(m, last)
		}
	}
	months := make([]Month, min(longestPipeline, between(first, last)+1))
	for i := range months {
		months[i].First = first.AddDate(0, i, 0)
		months[i].Past = !months[i].First.After(day)
	}
	for by, counted := range p {
		for m, n := range counted {
			*months[placeIn(months, m)].column(by) += n
		}
	}
	months[0].Planned, months[0].Done = months[0].Plan, months[0].Live
	for i := 1; i < len(months); i++ {
		months[i].Scope += months[i-1].Scope
		months[i].Planned = months[i-1].Planned + months[i].Plan
		months[i].Done = months[i-1].Done + months[i].Live
	}
	return months
}

// column is where a month has its count.
func (m *Month) column(by int) *int { return []*int{&m.Scope, &m.Plan, &m.Target, &m.Live}[by] }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func month(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC) }

// between is how many months lie between two days.
func between(from, to time.Time) int {
	return (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
}

// behind is how many onboardings the plan is ahead of what is live on the Stichtag.
func (r *Report) behind() int {
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
