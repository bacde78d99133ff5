package dashboard

// Figure is a figure of the Lagebild together with what it means: the page of definitions says of it what Of computes,
// and nothing is written down twice.
type Figure struct {
	Key        string // in addresses
	Name       string
	Definition string
	Part       string // what is counted
	Whole      string // out of what; "" for a mere count
	Apart      string // what does not count
	Source     string // in the description of the field (domain.md)

	of func(*Picture) Share
}

// Of computes the figure. A mere count has no whole.
func (f Figure) Of(p *Picture) Share { return f.of(p) }

// Rounding is how shares are rounded, everywhere.
const Rounding = "Anteile sind abgerundet: 21 von 22 sind 95 %, und 100 % heißt alle. Ein Anteil ohne Nenner ist nicht angegeben."

// The figures at the top of the Lagebild.
var (
	LiveOnboardings = Figure{
		Key: "produktive-anbindungen", Name: "Produktive Anbindungen", Definition: "Eine Anbindung ist eine Leistung in einer Einheit.",
		Part:  "Anbindungen im Stand „Produktiv“ oder „Regelbetrieb“",
		Whole: "Alle Anbindungen: alle Leistungen im Roll-in in allen zuständigen Einheiten",
		Apart: "Wo eine andere Stelle zuständig ist, und Leistungen ohne Beschluss zählen nicht mit.", Source: "domain.md 1.15, 6.3",
		of: func(p *Picture) Share { return p.Live() },
	}
	CoveredServices = Figure{
		Key: "leistungen-in-der-flaeche", Name: "Leistungen in der Fläche", Definition: "In jeder zuständigen Einheit produktiv. 21 von 22 ist nicht die Fläche.",
		Part: "Leistungen, die in jeder zuständigen Einheit produktiv sind", Whole: "Leistungen im Roll-in: beschlossen und vom Land gestartet",
		Apart: "Einheiten, die nicht zuständig sind, zählen nicht mit. Eine zuständige ohne Anbindung verhindert die Fläche.", Source: "domain.md 1.15, 6.3",
		of: func(p *Picture) Share { return p.Covered() },
	}
	PunctualBodies = Figure{
		Key: "einheiten-ohne-verzug", Name: "Einheiten ohne Verzug", Definition: "Landkreise und kreisfreie Städte ohne überfällige Aufgabe.",
		Part: "Einheiten ohne überfällige Aufgabe", Whole: "Alle Landkreise und kreisfreien Städte des Landes",
		Apart: "Eine Einheit, die es nicht mehr gibt, zählt, solange sie Anbindungen hat.", Source: "domain.md 4.1, 6.3",
		of: func(p *Picture) Share { return p.Punctual() },
	}
	OverdueTasks = Figure{
		Key: "ueberfaellige-aufgaben", Name: "Überfällige Aufgaben", Definition: OverdueMeans, Part: "Überfällige Aufgaben",
		Apart: "Aufgaben, die entfallen, und Aufgaben ruhender Anbindungen zählen nicht mit.", Source: "domain.md 6.3",
		of: func(p *Picture) Share { return Share{Part: p.Overdue} },
	}
	BlockedOnboardings = Figure{
		Key: "blockierte-anbindungen", Name: "Blockierte Anbindungen", Definition: "Anbindungen, bei denen eine offene Hürde eine Aufgabe blockiert.",
		Part: "Blockierte Anbindungen", Apart: "Produktive und ruhende zählen nicht dazu.", Source: "domain.md 1.13, 6.3",
		of: func(p *Picture) Share { return Share{Part: p.Blocked()} },
	}
	OpenConditions = Figure{
		Key: "offene-auflagen", Name: "Offene Auflagen", Definition: "Auflagen aus geltenden Beschlüssen, die weder erfüllt noch erlassen sind.",
		Part: "Offene Auflagen", Apart: "Auflagen aufgehobener Beschlüsse zählen nicht mit.", Source: "domain.md 1.7",
		of: func(p *Picture) Share { return Share{Part: p.Conditions.Unfinished} },
	}
	LateConditions = Figure{
		Key: "ueberfaellige-auflagen", Name: "Überfällige Auflagen", Definition: "Auflagen, deren Tag vorbei ist und deren Erfüllung niemand gemeldet hat.",
		Part: "Überfällige Auflagen", Apart: "Gemeldete Auflagen, deren Prüfung aussteht, zählen nicht mit.", Source: "domain.md 1.7",
		of: func(p *Picture) Share { return Share{Part: p.Conditions.Late} },
	}
	OpenDecisions = Figure{
		Key: "offene-entscheidungen", Name: "Offene Entscheidungen", Definition: "Angefragt oder in Prüfung, noch nicht beschlossen, zurückgestellt oder abgelehnt.",
		Part: "Offene Entscheidungen", Apart: "Zurückgezogene Vorgänge zählen nicht mit.", Source: "domain.md 1.7, 6.3",
		of: func(p *Picture) Share { return Share{Part: p.Open} },
	}
)

// Figures lists the figures in the order of the Lagebild.
var Figures = []Figure{
	LiveOnboardings, CoveredServices, PunctualBodies, OverdueTasks, BlockedOnboardings, OpenConditions, LateConditions, OpenDecisions,
}
