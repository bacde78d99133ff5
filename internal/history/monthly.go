package history

import (
	"time"

	"rollinportal/internal/figure"
)

// Monthly is a column of the pipeline: the ways whose day lies in a month, or in it and all before.
type Monthly struct {
	figure.Meaning
	of      func(Month) int
	day     func(Way) (time.Time, bool)
	upTo    bool
	happens bool // it is no plan
}

// The columns of the pipeline.
var (
	Scope       = monthly("monat-umfang", "Umfang am Monatsende", "Anbindungen, die bis zum Ende des Monats begonnen hatten", func(m Month) int { return m.Scope }, begun, true, true)
	FirstPlan   = monthly("monat-zuerst-geplant", "Zuerst geplant", "Anbindungen, deren erster Zieltermin in dem Monat lag", func(m Month) int { return m.Plan }, firstTarget, false, false)
	CurrentPlan = monthly("monat-jetzt-geplant", "Jetzt geplant", "Anbindungen, deren Zieltermin am Stichtag in dem Monat liegt", func(m Month) int { return m.Target }, target, false, false)
	LiveIn      = monthly("monat-produktiv", "Produktiv im Monat", "Anbindungen, die in dem Monat produktiv wurden und am Stichtag produktiv sind", func(m Month) int { return m.Live }, live, false, true)
	PlanInAll   = monthly("monat-plan-gesamt", "Plan gesamt", "Anbindungen, deren erster Zieltermin in dem Monat oder davor lag", func(m Month) int { return m.Planned }, firstTarget, true, false)
	LiveInAll   = monthly("monat-ist-gesamt", "Ist gesamt", "Anbindungen, die in dem Monat oder davor produktiv wurden", func(m Month) int { return m.Done }, live, true, true)
)

// Columns lists the columns of the pipeline from left to right.
var Columns = []Monthly{Scope, FirstPlan, CurrentPlan, LiveIn, PlanInAll, LiveInAll}

func monthly(key, name, part string, of func(Month) int, day func(Way) (time.Time, bool), upTo, happens bool) Monthly {
	return Monthly{figure.Meaning{
		Key: key, Name: name, Definition: "Der Verlauf, Monat für Monat. Gezählt werden die Anbindungen, die am Stichtag zählen.", Part: part,
		Apart: "Was vor dem ersten Monat liegt, zählt in ihm, und was nach dem letzten liegt, in jenem.", Source: basis,
	}, of, day, upTo, happens}
}

func begun(w Way) (time.Time, bool)       { return w.BegunOn, true }
func firstTarget(w Way) (time.Time, bool) { return w.FirstTarget, true }
func target(w Way) (time.Time, bool)      { return w.Then.TargetOn, true }

func live(w Way) (time.Time, bool) {
	if !w.Then.State.IsLive() {
		return time.Time{}, false
	}
	return *w.Then.LiveOn, true
}

// Happens reports whether the column is no plan: it says nothing of months to come.
func (m Monthly) Happens() bool { return m.happens }

// Of reads the column of a month.
func (m Monthly) Of(month Month) int { return m.of(month) }

// InMonth returns the ways that a column counts in the month that begins on a day.
func (r *Report) InMonth(m Monthly, first time.Time) []Way {
	months := r.Months()
	if len(months) == 0 {
		return nil
	}
	var found []Way
	at := placeIn(months, first)
	for _, w := range r.Ways {
		day, counts := m.day(w)
		if n := placeIn(months, day); w.Then.Counts() && counts && (n == at || m.upTo && n < at) {
			found = append(found, w)
		}
	}
	return found
}

// placeIn returns in which month a day counts: what lies before the first counts in it, what lies beyond the last one
// there, so that no onboarding is lost.
func placeIn(months []Month, day time.Time) int {
	return min(len(months)-1, max(0, between(months[0].First, day)))
}
