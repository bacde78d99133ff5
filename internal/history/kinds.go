package history

import (
	"rollinportal/internal/figure"
	"rollinportal/internal/onboarding"
)

// Kind is a figure of a report: the ways of which something holds. On is how a way stood on the day that is counted; what
// became of it between the two days asks the way itself.
type Kind struct {
	figure.Meaning
	holds func(w Way, on Point) bool
}

// basis is where the figures of a report come from.
const basis = "domain.md 1.15, 6.3"

// How ways stood on a day.
var (
	Live = Kind{figure.Meaning{
		Key: "bericht-produktiv", Name: "Produktive Anbindungen am Stichtag", Definition: "Dieselbe Zahl wie auf dem Lagebild, für einen Tag.",
		Part: "Anbindungen, die an diesem Tag produktiv oder im Regelbetrieb waren", Whole: "Alle Anbindungen an diesem Tag",
		Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit. Ein Produktivstart zählt ab dem Tag, an dem er bekannt war, oder mit „Stand heute“ ab dem Tag, von dem an er gilt.", Source: basis,
	}, func(_ Way, on Point) bool { return on.State.IsLive() }}
	Counting = Kind{figure.Meaning{
		Key: "bericht-anbindungen", Name: "Anbindungen am Stichtag", Definition: "Der Nenner des Berichts: eine Leistung in einer Einheit.",
		Part: "Alle Anbindungen, die es an diesem Tag gab", Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit.", Source: basis,
	}, func(_ Way, on Point) bool { return on.Counts() }}
	InWork = Kind{figure.Meaning{
		Key: "bericht-in-arbeit", Name: "In Arbeit am Stichtag", Definition: "Begonnen und noch nicht produktiv.",
		Part: "Anbindungen von „Zugesagt“ bis „Bereit für Go-live“", Apart: "Pausierte, abgelehnte und noch nicht begonnene zählen nicht dazu.", Source: basis,
	}, func(_ Way, on Point) bool { return inWork[on.State] }}
	Paused = Kind{figure.Meaning{
		Key: "bericht-pausiert", Name: "Pausiert am Stichtag", Definition: "Mit Grund und Tag der Wiederaufnahme angehalten.",
		Part: "Pausierte Anbindungen", Apart: "Was auf die Auswertung der Pilotierung wartet, ist nicht pausiert.", Source: basis,
	}, func(_ Way, on Point) bool { return on.State == onboarding.Paused }}
)

// What became of ways between two days. A way may be of several kinds.
var (
	WentLive = change("seitdem-produktiv", "Seitdem produktiv gegangen", "Anbindungen, die am Stichtag produktiv waren und am Vergleichstag nicht",
		func(w Way) bool { return w.Then.State.IsLive() && !w.Before.State.IsLive() })
	Moved = change("seitdem-verschoben", "Seitdem verschoben", "Anbindungen, deren Zieltermin ein anderer ist als am Vergleichstag, oder als der erste, wenn es sie damals nicht gab",
		func(w Way) bool { return w.Then.State != "" && !w.Then.TargetOn.Equal(w.From()) })
	WasPaused = change("seitdem-pausiert", "Seitdem pausiert", "Anbindungen, die am Stichtag pausierten und am Vergleichstag nicht",
		func(w Way) bool {
			return w.Then.State == onboarding.Paused && w.Before.State != onboarding.Paused
		})
	Resumed = change("seitdem-wieder-aufgenommen", "Seitdem wieder aufgenommen", "Anbindungen, die am Vergleichstag pausierten und am Stichtag nicht",
		func(w Way) bool {
			return w.Before.State == onboarding.Paused && w.Then.State != onboarding.Paused
		})
	WasDeclined = change("seitdem-abgelehnt", "Seitdem abgelehnt", "Anbindungen, deren Einheit die Teilnahme seitdem abgelehnt hat",
		func(w Way) bool {
			return w.Then.State == onboarding.Declined && w.Before.State != onboarding.Declined
		})
	Ended = change("seitdem-beendet", "Nicht mehr produktiv", "Anbindungen, die am Vergleichstag produktiv waren und am Stichtag nicht",
		func(w Way) bool { return w.Before.State.IsLive() && !w.Then.State.IsLive() })
	New = change("seitdem-neu", "Seitdem neu im Roll-in", "Anbindungen, die es am Vergleichstag nicht gab",
		func(w Way) bool { return w.Before.State == "" && w.Then.State != "" })
)

// Kinds lists what a report counts of ways.
var Kinds = []Kind{Live, Counting, InWork, Paused, WentLive, Moved, WasPaused, Resumed, WasDeclined, Ended, New}

func change(key, name, part string, holds func(Way) bool) Kind {
	return Kind{figure.Meaning{
		Key: key, Name: name, Definition: "Verglichen werden der Stand am Stichtag und der am Vergleichstag.", Part: part,
		Apart: "Was dazwischen hin und wieder zurück geändert wurde, zählt nicht.", Source: basis,
	}, func(w Way, _ Point) bool { return holds(w) }}
}

// Covered are the services that a report counts as live everywhere.
var Covered = figure.Figure[*Report]{
	Meaning: figure.Meaning{
		Key: "bericht-flaeche", Name: "Leistungen in der Fläche am Stichtag", Definition: "An diesem Tag in jeder zuständigen Einheit produktiv.",
		Part: "Leistungen, die in jeder zuständigen Einheit produktiv waren", Whole: "Leistungen, deren Roll-in bis zu diesem Tag begonnen hatte",
		Apart: "Einheiten, die nicht zuständig waren, zählen nicht mit. Eine zuständige ohne Anbindung verhindert die Fläche.", Source: basis,
	},
	Of: func(r *Report) figure.Share {
		f := r.Figures()
		return figure.Share{Part: f.Covered, Whole: f.Services}
	},
}

// Begun are the services that a report speaks of.
var Begun = figure.Figure[*Report]{
	Meaning: figure.Meaning{
		Key: "bericht-leistungen", Name: "Leistungen im Roll-in am Stichtag", Definition: "Der Nenner der Fläche.",
		Part: "Leistungen, deren Roll-in bis zu diesem Tag begonnen hatte", Apart: "Leistungen ohne Beschluss zählen nicht mit.", Source: basis,
	},
	Of: func(r *Report) figure.Share { return figure.Share{Part: r.Figures().Services} },
}

// Pick returns the ways of a kind on the Stichtag, of one service or of all for "".
func (r *Report) Pick(k Kind, service string) []Way {
	var found []Way
	for _, w := range r.Ways {
		if (service == "" || w.Rollin.Slug == service) && k.holds(w, w.Then) {
			found = append(found, w)
		}
	}
	return found
}
