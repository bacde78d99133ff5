package onboarding

import "rollinportal/internal/figure"

// What is counted of a roll-in.
var (
	ProductiveBodies = figure.Figure[*Rollin]{Meaning: figure.Meaning{
		Key: "rollin-produktiv", Name: "Produktiv im Roll-in einer Leistung", Definition: "Wie auf dem Lagebild, für eine Leistung.",
		Part: "Einheiten, in denen die Leistung produktiv oder im Regelbetrieb ist", Whole: "Einheiten mit einer Anbindung dieser Leistung",
		Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit. Eine Leistung nur für kreisfreie Städte hat den Nenner 5.", Source: "domain.md 1.15, 6.3",
	}, Of: func(r *Rollin) figure.Share { return figure.Share{Part: r.Productive(), Whole: r.Competent()} }}
	LandStepsDone = figure.Figure[*Rollin]{Meaning: figure.Meaning{
		Key: "rollin-schritte", Name: "Erledigte Schritte des Landes", Definition: "Was das Land einmal für alle Einheiten tut.",
		Part: "Erledigte Schritte des Landes", Whole: "Alle Schritte des Landes in diesem Roll-in", Apart: "Schritte, die entfallen, zählen nicht mit.", Source: "domain.md 2",
	}, Of: (*Rollin).landSteps}
)

func (r *Rollin) landSteps() figure.Share {
	var sum figure.Share
	for _, s := range r.Steps {
		if s.State != NotApplicable {
			sum.Whole++
		}
		if s.State == Done {
			sum.Part++
		}
	}
	return sum
}
