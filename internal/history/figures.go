package history

import (
	"github.com/google/uuid"

	"rollinportal/internal/onboarding"
)

// Figures are what a report counts on one day.
type Figures struct {
	Live, Whole int // onboardings that are live, of all that count
	InWork      int // begun, and not yet live
	Paused      int
	Covered     int // services that are live in every competent body
	Services    int // services in roll-in
}

// Figures counts the Stichtag.
func (r *Report) Figures() Figures {
	return count(r.Rollins, r.Ways, func(w Way) Point { return w.Then })
}

// Earlier counts the day that the Stichtag is compared with.
func (r *Report) Earlier() Figures {
	var begun []Rollin
	for _, s := range r.Rollins {
		if !s.BegunOn.After(r.Since) {
			begun = append(begun, s)
		}
	}
	return count(begun, r.Ways, func(w Way) Point { return w.Before })
}

// inWork are the states between the beginning and the Produktivstart.
var inWork = map[onboarding.State]bool{
	onboarding.Committed: true, onboarding.Preparing: true, onboarding.Connecting: true, onboarding.Testing: true, onboarding.Ready: true,
}

func count(rollins []Rollin, ways []Way, at func(Way) Point) Figures {
	f := Figures{Services: len(rollins)}
	area := map[uuid.UUID]*Line{}
	for _, s := range rollins {
		area[s.ID] = &Line{}
	}
	for _, w := range ways {
		p, l := at(w), area[w.Rollin.ID]
		if l == nil {
			continue
		}
		l.add(p)
		switch {
		case InWork.holds(w, p):
			f.InWork++
		case Paused.holds(w, p):
			f.Paused++
		}
	}
	for _, l := range area {
		f.Live, f.Whole = f.Live+l.Live, f.Whole+l.Whole
		if l.Covered() {
			f.Covered++
		}
	}
	return f
}

// Line is a service with how many of its onboardings are live.
type Line struct {
	Rollin
	Live, Whole int
	Pending     int // competent bodies without an onboarding
	Before      int // live on the day compared with
	Began       int // live, and not on that day
	Ended       int // live on that day, and not any more
}

func (l *Line) add(p Point) {
	switch {
	case p.pending():
		l.Pending++
	case p.Counts():
		l.Whole++
		if p.State.IsLive() {
			l.Live++
		}
	}
}

// compare counts what became of a way since the day compared with.
func (l *Line) compare(w Way) {
	if w.Before.State.IsLive() {
		l.Before++
	}
	if WentLive.holds(w, w.Then) {
		l.Began++
	}
	if Ended.holds(w, w.Then) {
		l.Ended++
	}
}

// Covered reports whether the service is live in every competent body (flächendeckend).
func (l *Line) Covered() bool { return l.Whole > 0 && l.Live == l.Whole && l.Pending == 0 }

// Lines counts each service.
func (r *Report) Lines() []Line {
	lines, at := make([]Line, len(r.Rollins)), map[uuid.UUID]int{}
	for i, s := range r.Rollins {
		lines[i], at[s.ID] = Line{Rollin: s}, i
	}
	for _, w := range r.Ways {
		i, known := at[w.Rollin.ID]
		if !known {
			continue
		}
		lines[i].add(w.Then)
		lines[i].compare(w)
	}
	return lines
}
