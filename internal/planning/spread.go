package planning

import (
	"slices"
	"time"

	"rollinportal/internal/onboarding"
)

// Window is a wave to spread: its bodies in their order, from its first day on, best until its last.
type Window struct {
	From, Until time.Time
	Bodies      []Need
}

// Need is a body and the IT-Dienstleister whose time its connection takes.
type Need struct {
	Key       string
	Providers []string
}

// Load counts connections of IT-Dienstleister by week; a week is its Monday.
type Load map[string]map[time.Time]int

// add counts one connection more.
func (l Load) add(provider string, week time.Time) {
	if l[provider] == nil {
		l[provider] = map[time.Time]int{}
	}
	l[provider][week]++
}

// Spaced is a wave whose bodies have their days.
type Spaced struct {
	Slots []onboarding.Slot
	Last  time.Time
	Over  int // weeks by which the last day lies after the window; 0 if it fits
}

// Spread gives every body a day: the first week of its wave in which all its IT-Dienstleister have time. None ever
// connects more bodies in a week than its limit, what others have taken counted; without a limit there is always time.
// Of two bodies with the same IT-Dienstleister, the one that comes first in the plan is never the later one.
func Spread(waves []Window, limits map[string]int, taken Load) []Spaced {
	used, reached := Load{}, map[string]time.Time{}
	found := make([]Spaced, len(waves))
	for i, w := range waves {
		for _, b := range w.Bodies {
			limited := slices.DeleteFunc(slices.Clone(b.Providers), func(p string) bool { return limits[p] < 1 })
			on := w.From
			for !free(on, limited, limits, used, taken, reached) {
				on = on.AddDate(0, 0, 7)
			}
			for _, p := range limited {
				used.add(p, week(on))
				reached[p] = week(on)
			}
			found[i].Slots = append(found[i].Slots, onboarding.Slot{Key: b.Key, On: on})
			if on.After(found[i].Last) {
				found[i].Last = on
			}
		}
		found[i].Over = weeksBetween(w.Until, found[i].Last)
	}
	return found
}

func free(on time.Time, providers []string, limits map[string]int, used, taken Load, reached map[string]time.Time) bool {
	monday := week(on)
	return !slices.ContainsFunc(providers, func(p string) bool {
		return monday.Before(reached[p]) || used[p][monday]+taken[p][monday] >= limits[p]
	})
}

// week is the Monday of a day's week.
func week(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

// weeksBetween is by how many weeks, begun ones counted, a day lies after another; 0 if it does not.
func weeksBetween(until, day time.Time) int {
	days := int(day.Sub(until).Hours() / 24)
	return max(0, (days+6)/7)
}

// Proposal is one way to make a wave fit.
type Proposal struct {
	Until    time.Time // end the wave on this day, or
	From     time.Time // begin it on this day, or
	Provider string    // have this IT-Dienstleister connect
	Limit    int       // so many a week, or
	Later    []string  // move these bodies to a later wave
}

// most is how many connections a week a proposal asks of an IT-Dienstleister at most.
const most = 50

// Propose says how wave i could fit, each way by itself.
func Propose(waves []Window, limits map[string]int, taken Load, i int, earliest time.Time) []Proposal {
	spaced := Spread(waves, limits, taken)[i]
	if spaced.Over == 0 {
		return nil
	}
	found := []Proposal{{Until: spaced.Last}}
	for _, p := range providers(waves[i]) {
		if limit := enough(waves, limits, taken, i, p); limit > 0 {
			found = append(found, Proposal{Provider: p, Limit: limit})
		}
	}
	for n := 1; n <= spaced.Over; n++ {
		early := slices.Clone(waves)
		early[i].From = early[i].From.AddDate(0, 0, -7*n)
		if !early[i].From.Before(earliest) && Spread(early, limits, taken)[i].Over == 0 {
			found = append(found, Proposal{From: early[i].From})
			break
		}
	}
	var later []string
	for _, s := range spaced.Slots {
		if s.On.After(waves[i].Until) {
			later = append(later, s.Key)
		}
	}
	if len(later) < len(spaced.Slots) {
		found = append(found, Proposal{Later: later})
	}
	return found
}

// enough is the smallest limit of an IT-Dienstleister with which a wave fits; 0 if none does.
func enough(waves []Window, limits map[string]int, taken Load, i int, provider string) int {
	if limits[provider] < 1 {
		return 0
	}
	tried := map[string]int{}
	for p, n := range limits {
		tried[p] = n
	}
	for n := limits[provider] + 1; n <= most; n++ {
		tried[provider] = n
		if Spread(waves, tried, taken)[i].Over == 0 {
			return n
		}
	}
	return 0
}

func providers(w Window) []string {
	var found []string
	for _, b := range w.Bodies {
		found = append(found, b.Providers...)
	}
	slices.Sort(found)
	return slices.Compact(found)
}
