package dashboard

import "rollinportal/internal/figure"

// Figure is a figure of the Lagebild together with what it means.
type Figure = figure.Figure[*Picture]

// The figures at the top of the Lagebild.
var (
	LiveOnboardings = Figure{Meaning: figure.Meaning{
		Key: "produktive-anbindungen", Name: "Produktive Anbindungen", Definition: "Eine Anbindung ist eine Leistung in einer Einheit.",
		Part:  "Anbindungen im Stand „Produktiv“ oder „Regelbetrieb“",
		Whole: "Alle Anbindungen: alle Leistungen im Roll-in in allen zuständigen Einheiten",
		Apart: "Wo eine andere Stelle zuständig ist, und Leistungen ohne Beschluss zählen nicht mit.", Source: "domain.md 1.15, 6.3",
	}, Of: func(p *Picture) Share { return p.Live() }}
	CoveredServices = Figure{Meaning: figure.Meaning{
		Key: "leistungen-in-der-flaeche", Name: "Leistungen in der Fläche", Definition: "In jeder zuständigen Einheit produktiv. 21 von 22 ist nicht die Fläche.",
		Part: "Leistungen, die in jeder zuständigen Einheit produktiv sind", Whole: "Leistungen im Roll-in: beschlossen und vom Land gestartet",
		Apart: "Einheiten, die nicht zuständig sind, zählen nicht mit. Eine zuständige ohne Anbindung verhindert die Fläche.", Source: "domain.md 1.15, 6.3",
	}, Of: func(p *Picture) Share { return p.Covered() }}
	PunctualBodies = Figure{Meaning: figure.Meaning{
		Key: "einheiten-ohne-verzug", Name: "Einheiten ohne Verzug", Definition: "Landkreise und kreisfreie Städte ohne überfällige Aufgabe.",
		Part: "Einheiten ohne überfällige Aufgabe", Whole: "Alle Landkreise und kreisfreien Städte des Landes",
		Apart: "Eine Einheit, die es nicht mehr gibt, zählt, solange sie Anbindungen hat.", Source: "domain.md 4.1, 6.3",
	}, Of: func(p *Picture) Share { return p.Punctual() }}
	OverdueTasks = Figure{Meaning: figure.Meaning{
		Key: "ueberfaellige-aufgaben", Name: "Überfällige Aufgaben", Definition: OverdueMeans, Part: "Überfällige Aufgaben",
		Apart: "Aufgaben, die entfallen, und Aufgaben ruhender Anbindungen zählen nicht mit.", Source: "domain.md 6.3",
	}, Of: func(p *Picture) Share { return Share{Part: p.Overdue} }}
	BlockedOnboardings = Figure{Meaning: figure.Meaning{
		Key: "blockierte-anbindungen", Name: "Blockierte Anbindungen", Definition: "Anbindungen, bei denen eine offene Hürde eine Aufgabe blockiert.",
		Part: "Blockierte Anbindungen", Apart: "Produktive und ruhende zählen nicht dazu.", Source: "domain.md 1.13, 6.3",
	}, Of: func(p *Picture) Share { return Share{Part: p.Blocked()} }}
	OpenConditions = Figure{Meaning: figure.Meaning{
		Key: "offene-auflagen", Name: "Offene Auflagen", Definition: "Auflagen aus geltenden Beschlüssen, die weder erfüllt noch erlassen sind.",
		Part: "Offene Auflagen", Apart: "Auflagen aufgehobener Beschlüsse zählen nicht mit.", Source: "domain.md 1.7",
	}, Of: func(p *Picture) Share { return Share{Part: p.Conditions.Unfinished} }}
	LateConditions = Figure{Meaning: figure.Meaning{
		Key: "ueberfaellige-auflagen", Name: "Überfällige Auflagen", Definition: "Auflagen, deren Tag vorbei ist und deren Erfüllung niemand gemeldet hat.",
		Part: "Überfällige Auflagen", Apart: "Gemeldete Auflagen, deren Prüfung aussteht, zählen nicht mit.", Source: "domain.md 1.7",
	}, Of: func(p *Picture) Share { return Share{Part: p.Conditions.Late} }}
	OpenDecisions = Figure{Meaning: figure.Meaning{
		Key: "offene-entscheidungen", Name: "Offene Entscheidungen", Definition: "Angefragt oder in Prüfung, noch nicht beschlossen, zurückgestellt oder abgelehnt.",
		Part: "Offene Entscheidungen", Apart: "Zurückgezogene Vorgänge zählen nicht mit.", Source: "domain.md 1.7, 6.3",
	}, Of: func(p *Picture) Share { return Share{Part: p.Open} }}
)

// Figures lists the figures in the order of the Lagebild.
var Figures = []Figure{
	LiveOnboardings, CoveredServices, PunctualBodies, OverdueTasks, BlockedOnboardings, OpenConditions, LateConditions, OpenDecisions,
}
